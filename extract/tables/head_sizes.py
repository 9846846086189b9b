"""Sizes that stand in a row of their own under the heads of the arms: ``n = 20``, ``(20)``, or ``20`` beside ``N``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.tables.headings import Heading, Size, read_heading
from counterproof.kb.characters import digits
from counterproof.kb.document import Cell, Table

_BARE = re.compile(r"\s*([(\[]?)(\d{1,3}(?:[,\u202f]\d{3})+|\d{1,6})[)\]]?\s*")
_COUNTS = re.compile(
    r"(?:total )?(?:n|no\.?|number|sample size)(?: of (?:patients|participants|subjects|cases|women|men|children))?", re.IGNORECASE
)
_YEARS = range(1900, 2100)


def size_rows(table: Table, rows: Sequence[int], stub: int) -> set[int]:
    """The head rows, the first aside, that hold nothing but bare sizes: in brackets, or beside a label that says so.

    Numbers that count the columns (``(1) (2) (3)``) and years are none.
    """
    return {row for row in rows[1:] if _holds_sizes(table, row, stub)}


def _holds_sizes(table: Table, row: int, stub: int) -> bool:
    hits = [_BARE.fullmatch(cell.text) for cell in table.grid[row][stub:] if cell and cell.text.strip()]
    if len(hits) < 2:
        return False
    label = table.grid[row][0] if stub else None
    told = bool(label and _COUNTS.fullmatch(label.text.strip(" ()=:")))
    sizes = [int(digits(hit[2])) for hit in hits if hit and (told or hit[1])]
    return len(sizes) == len(hits) and sizes != list(range(1, len(sizes) + 1)) and not all(size in _YEARS for size in sizes)


def bare_size(cell: Cell) -> Heading:
    """The heading of a cell in one of the :func:`size_rows`."""
    hit = _BARE.fullmatch(cell.text)
    return Heading(cell.text, "", Size(hit[2], int(digits(hit[2])), hit.start(2), hit.end(2))) if hit else read_heading(cell.text)


def named_size(heading: Heading, cell: Cell, above: Sequence[tuple[Heading, Cell]]) -> Heading:
    """A heading that is a size alone, with the name of the arm that it stands under."""
    if not heading.size or heading.name or heading.time or heading.p:
        return heading
    last = next((other for other, over in reversed(above) if _covers(over, cell) and not (other.explicit and not other.name)), None)
    alone = last and last.name and not (last.size or last.p or last.contrast or last.time)
    return heading._replace(name=last.name, total=last.total) if last and alone else heading


def _covers(over: Cell, under: Cell) -> bool:
    return over.column <= under.column and under.column + under.column_span <= over.column + over.column_span
