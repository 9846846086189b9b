"""What was read of a document, told to people: its tables as grids, and how many numbers of which kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from counterproof._output import Target


def print_document(document: dict[str, Any], target: Target) -> None:
    """Print one document's object of the output contract."""
    console = target.console()
    about = document["document"]
    console.print(Text(about["path"], style="bold"))
    for line in (about["title"], _source(about)):
        if line:
            console.print(Text(f"  {line}"))
    for problem in document["problems"]:
        console.print(Text(f"  {document['status']}: {problem}", style="red" if document["status"] == "failed" else "yellow"))
    for table in document["tables"]:
        _print_table(console, table)
    if document["status"] != "failed":
        console.print(Text(f"  {_numbers(document)}"))
        console.print(Text(f"  {_methods(document)}"))
    console.print()


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


def _print_table(console: Console, table: dict[str, Any]) -> None:
    console.print()
    console.print(Text(f"  {table['label']}  {table['caption']}"[:400], style="italic"))
    if not table["rows"]:
        console.print(Text("  (no cell could be read)"))
        return
    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for number in range(len(table["rows"][0])):
        grid.add_column(overflow="fold", ratio=2 if number == 0 else 1)
    for number, row in enumerate(table["rows"]):
        head = number < table["header_rows"]
        indent = "  " * (table["row_levels"][number] if number < len(table["row_levels"]) else 0)
        cells = [Text(f"  {indent}{row[0]}"), *(Text(cell) for cell in row[1:])]
        grid.add_row(*cells, style="bold" if head else None)
    console.print(grid)
    for arm in table["arms"]:
        console.print(Text(f"  arm: {arm['label']}, n = {arm['n'] if arm['n'] is not None else 'not found'}"))
    for note in table["footnotes"]:
        console.print(Text(f"  {note['mark']} {note['text']}".rstrip(), style="dim"))
