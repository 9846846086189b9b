"""The commands ``schema``, ``checks``, ``explain`` and ``datasets``: what counterproof has to offer."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from counterproof._diagram import TABLES, entity_diagram
from counterproof._library import open_evidence
from counterproof._output import Target, output
from counterproof.kb.errors import DocumentError, UsageError
from counterproof.kb.schema import Relation, relations

if TYPE_CHECKING:
    from counterproof.queries.checks import Check

SCHEMA_HEAD = """# The evidence store

A store is one DuckDB file. Its views show, for each document, the latest reading that did not fail; every reading ever stored is
kept in the schema `facts`. A document is named by the SHA-256 of its file's bytes, so rows of all views join on `document_id`, and
within a document on the numbers `evidence_no`, `aggregate_no`, `arm_no`, `table_no` and so on, which count from 0. Names that are
words of SQL (`"row"`, `"column"`) are quoted.
"""

DIAGRAM_HEAD = """The columns that name a row (PK) and those that point to another (FK). Everything else is a view over these tables; for
questions start with `p_values`, `event_counts`, `means_with_sd`, `effect_estimates`, `outcomes`, `coverage`, `p_recomputations`."""


def store_relations(store: Path | None = None) -> list[Relation]:
    """The views of a store, or of an empty one of this version."""
    with open_evidence(store, read_only=store is not None) as evidence:
        return relations(evidence.connection, "main")


def schema_markdown(described: list[Relation]) -> str:
    """The schema as a page of the docs."""
    lines = [SCHEMA_HEAD, "| view | what a row is |", "|---|---|"]
    lines += [f"| [`{one.name}`](#{one.name}) | {one.comment} |" for one in described]
    if {one.name for one in described} >= TABLES:
        lines += ["", "## How the tables hang together", "", DIAGRAM_HEAD, "", entity_diagram(described)]
    for one in described:
        lines += ["", f"## {one.name}", "", one.comment, "", "| column | type | what it says |", "|---|---|---|"]
        lines += [f"| `{column.name}` | {column.type.lower()} | {column.comment} |" for column in one.columns]
    return "\n".join(lines) + "\n"


def schema(*, store: Path | None, format: str, names: list[str], to: Path | None) -> int:
    """Run the command ``schema``; the exit code."""
    described = store_relations(store)
    unknown = set(names) - {one.name for one in described}
    if unknown:
        raise UsageError(f"no view is named {', '.join(sorted(unknown))}; `counterproof schema` lists them")
    described = [one for one in described if not names or one.name in names]
    with output(to) as target:
        if format == "markdown":
            target.write(schema_markdown(described))
        elif format == "json":
            target.write(json.dumps([_relation_object(one) for one in described], ensure_ascii=False, indent=1) + "\n")
        else:
            _print_schema(described, target)
    return 0


def _relation_object(one: Relation) -> dict[str, object]:
    columns = [{"name": column.name, "type": column.type, "comment": column.comment} for column in one.columns]
    return {"name": one.name, "comment": one.comment, "columns": columns}


def _print_schema(described: list[Relation], target: Target) -> None:
    from rich.table import Table
    from rich.text import Text

    for one in described:
        target.print(Text.assemble((one.name, "bold"), f"  {one.comment}"))
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, style="dim")
        table.add_column(ratio=1)
        for column in one.columns:
            table.add_row(Text(f"  {column.name}"), Text(column.type.lower()), Text(column.comment))
        target.print(table)
        target.write("\n")


def checks(*, format: str, to: Path | None) -> int:
    """Run the command ``checks``; the exit code."""
    from counterproof.queries.checks import all_checks

    every = all_checks()
    with output(to) as target:
        if format == "json":
            listed = [{"id": one.id, "title": one.title, "view": one.view, "inspect_sr": one.inspect_sr} for one in every]
            target.write(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
            return 0
        if target.terminal:
            _list_checks(every, target)
            return 0
        longest = max(len(one.id) for one in every)
        for one in every:
            target.write(f"{one.id:<{longest}}  {one.title}\n")
    return 0


def _list_checks(every: tuple[Check, ...], target: Target) -> None:
    """The checks for the eye: titles wrapped beside their names, or below them where the terminal is narrow."""
    from rich.padding import Padding
    from rich.text import Text

    longest = max(len(one.id) for one in every)
    for one in every:
        if target.width >= 2 * longest + 20:
            for number, line in enumerate(textwrap.wrap(one.title, target.width - longest - 2)):
                target.print(Text.assemble((f"{'' if number else one.id:<{longest}}", "bold"), f"  {line}"))
        else:
            target.print(Text(one.id, "bold"), Padding(Text(one.title), (0, 0, 0, 2)))


def explain(name: str, paper: str | None = None, row: str | None = None) -> int:
    """Run the command ``explain``; the exit code. With a paper, the check's comparisons in it are worked out on paper."""
    from counterproof.queries.checks import choose

    (check,) = choose([name])
    if paper is not None:
        return _worked_out(check.id, paper, row)
    with output(None) as target:
        _print_check(check, target)
    return 0


def _print_check(check: Check, target: Target) -> None:
    """A check's documentation, its paragraphs set to the width of the terminal and their headings marked."""
    from rich.text import Text

    item = f" It serves item {check.inspect_sr} of INSPECT-SR." if check.inspect_sr else ""
    tried = f"`counterproof explain {check.id} --of PAPER` works out the comparisons of a paper." if check.id.startswith("p_from_") else ""
    target.line(check.id, "bold")
    for paragraph in (*check.doc.split("\n\n"), f"View: reads {check.view}.{item}", tried):
        if paragraph:
            text = Text(" ".join(paragraph.split()))
            text.highlight_regex(r"^(Preconditions|Example|Reference|View):", "bold")
            target.print(Text(""), text)


def _worked_out(check: str, paper: str, row: str | None) -> int:
    """The arithmetic of each comparison of a paper that this check recomputes, by every method, for rows that have these words."""
    from counterproof._inputs import sources
    from counterproof._library import add_documents, open_evidence

    with open_evidence() as evidence:
        read = [added.outcome for added in add_documents(evidence, sources([paper]))]
        problems = [problem for outcome in read if outcome.status == "failed" for problem in outcome.problems]
        from counterproof.queries.audit import audit, view_rows
        from counterproof.queries.working import workings

        if problems:
            raise DocumentError("; ".join(problems))
        found = [f for f in audit(evidence.connection, select=[check]).findings if f.recomputed]
        chosen = [f for f in found if row is None or row.lower() in f.message.lower() or row.lower() in f.place.quote.lower()]
        worked = workings(view_rows(evidence.connection, "comparison_rows"), chosen)
    with output(None) as target:
        for finding in chosen:
            if finding.comparison in worked:
                target.write(f"{finding.message}\n{worked[finding.comparison]}\n\n")
        if not worked:
            target.write("no comparison of this paper that the check recomputes has these words\n")
    return 0 if worked else 5


def list_datasets() -> int:
    """Run the command ``datasets list``; the exit code."""
    from counterproof import datasets

    with output(None) as target:
        for card in datasets.list():
            target.write(f"{card.name}  {card.title}\n  {card.description}\n  {len(card.documents)} documents, {card.licence}\n")
    return 0


def dataset_path(name: str) -> int:
    """Run the command ``datasets path``; the exit code."""
    from counterproof import datasets

    with output(None) as target:
        target.write(f"{datasets.path(name)}\n")
    return 0
