"""What was read of a document, told to people: its tables as grids, and how many numbers of which kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from counterproof._output import Target


def print_document(document: dict[str, Any], target: Target) -> None:
    """Print one document's object of the output contract."""
    about = document["document"]
    target.print(Text(about["path"], style="bold"))
    for line in (about["title"], _source(about)):
        if line:
            target.print(Text(f"  {line}"))
    for problem in document["problems"]:
        target.print(Text(f"  {document['status']}: {problem}", style="red" if document["status"] == "failed" else "yellow"))
    for table in document["tables"]:
        _print_table(target, table)
    if document["status"] != "failed":
        target.print(Text(f"  {_numbers(document)}"))
        target.print(Text(f"  {_methods(document)}"))
    target.write("\n")


def _source(about: dict[str, Any]) -> str:
    parts = [about.get("journal"), about["year"], about["doi"] and f"doi:{about['doi']}", about["pmcid"]]
    return ", ".join(str(part) for part in parts if part)


def _numbers(document: dict[str, Any]) -> str:
    kinds = Counter(evidence["kind"] for evidence in document["evidence"])
    listed = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    return f"{len(document['evidence'])} numbers" + (f": {listed}" if listed else "")


def _methods(document: dict[str, Any]) -> str:
    names = dict.fromkeys(f"{method['name']} ({method['kind']})" for method in document["methods"])
    return "declared: " + (", ".join(names) if names else "no method found")


def _print_table(target: Target, table: dict[str, Any]) -> None:
    target.write("\n")
    target.print(Text(f"  {table['label']}  {table['caption']}"[:400], style="italic"))
    if not table["rows"]:
        target.print(Text("  (no cell could be read)"))
        return
    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    needed = 2
    for column in zip(*table["rows"], strict=True):
        longest = min(14, max((len(word) for cell in column for word in cell.split()), default=1))
        grid.add_column(overflow="fold", min_width=longest)
        needed += longest + 4
    for number, row in enumerate(table["rows"]):
        indent = "  " * (table["row_levels"][number] if number < len(table["row_levels"]) else 0)
        cells = [Text(indent + row[0]), *map(Text, row[1:])]
        grid.add_row(*cells, style="bold" if number < table["header_rows"] else None)
    target.print(Padding(grid, (0, 0, 0, 2)), at_least=needed)
    for arm in table["arms"]:
        target.print(Text(f"  arm: {arm['label']}, n = {arm['n'] if arm['n'] is not None else 'not found'}"))
    for note in table["footnotes"]:
        target.print(Text(f"  {note['mark']} {note['text']}".rstrip(), style="dim"))
