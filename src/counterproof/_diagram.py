"""How the tables of evidence hang together, as a Mermaid diagram for the docs."""

from __future__ import annotations

from collections.abc import Iterable

from counterproof.kb.export.package import KEYS, REFERENCES
from counterproof.kb.schema import Relation

TABLES = frozenset({"documents", *REFERENCES})
"""The tables of the diagram."""

WHOLE = {
    ("evidence", "aggregates"): "is one number of",
    ("evidence", "arms"): "is printed for",
    ("evidence", "tables"): "stands in",
    ("aggregates", "arms"): "is of",
    ("comparisons", "evidence"): "is about the P",
    ("findings", "comparisons"): "judges",
}
"""References that may be missing in a row, and what they say."""


def entity_diagram(described: Iterable[Relation]) -> str:
    """The tables with the columns that name and join their rows."""
    relations = {relation.name: relation for relation in described}
    names = list(dict.fromkeys(["documents", *REFERENCES]))
    lines = ["```mermaid", "erDiagram"]
    lines += [f"    {other} ||--o{{ {name} : has" for name, keys in REFERENCES.items() for _, other in keys]
    lines += [f'    {other} |o--o{{ {name} : "{says}"' for (name, other), says in WHOLE.items()]
    for name in names:
        key = KEYS.get(name, ())
        joins = {column for columns, _ in REFERENCES.get(name, ()) for column in columns.split(",")}
        joins |= {column.name for column in relations[name].columns if column.name.endswith("_no")}
        shown = [column for column in relations[name].columns if column.name in {*key, *joins}]
        lines += [f"    {name} {{", *(f"        {_type(c.type)} {c.name}{_mark(c.name, key)}" for c in shown), "    }"]
    return "\n".join([*lines, "```"])


def _type(name: str) -> str:
    return name.lower().replace("[]", "_list")


def _mark(column: str, key: Iterable[str]) -> str:
    return " PK" if column in key else " FK"
