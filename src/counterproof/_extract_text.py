"""What was read of a document, told to people: its tables as grids, and how many numbers of which kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.text import Text

from counterproof._grid import grid
from counterproof._output import Target


def print_document(document: dict[str, Any], target: Target) -> None:
    """Print one document's object of the output contract."""
    about = document["document"]
    target.print(Text(about["path"], style="bold", no_wrap=True, overflow="ignore"))
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
    levels = table["row_levels"]
    rows = [["  " * levels[number] + row[0], *row[1:]] for number, row in enumerate(table["rows"])]
    for number, lines in enumerate(grid(rows, target.width - 2)):
        for line in lines:
            target.line(f"  {line}", "bold" if number < table["header_rows"] else "")
    for arm in table["arms"]:
        target.print(Text(f"  arm: {arm['label']}, n = {arm['n'] if arm['n'] is not None else 'not found'}"))
    for note in table["footnotes"]:
        target.print(Text(f"  {note['mark']} {note['text']}".rstrip(), style="dim"))
