"""Cells of markup on a table's grid: spans resolved, nothing lost, nothing beyond the table's own width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

RowGroup = Literal["head", "body", "foot"]
MOST_COLUMNS = 500

_WIDTHS = {
    "\u2003": 1.0, "\u2001": 1.0, "\u3000": 1.0, "\u2002": 0.5, "\u2000": 0.5, "\u2007": 0.5, "\u2004": 0.33, "\u2005": 0.25,
    "\u00a0": 0.25, "\u2008": 0.25, "\u2009": 0.2, "\u202f": 0.2, "\u2006": 0.17, "\u200a": 0.1,
}  # fmt: skip
_EMS = {"em": 1.0, "rem": 1.0, "px": 16.0, "pt": 12.0, "%": 5.0, "": 16.0}
_STYLE_INDENT = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d{1,4}(?:\.\d{1,3})?)\s*(em|rem|px|pt|%|)")


@dataclass(slots=True)
class MarkupCell:
    """A cell as marked up: its text not yet repaired (line feeds are breaks), its spans, what tells heads and levels."""

    text: str
    row_span: int = 1
    column_span: int = 1
    head: bool = False
    bold: bool = False
    italic: bool = False
    indent: float = 0.0
    marks: Sequence[str] = ()
    xpath: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is printed in the cell."""
        return not self.text.strip()


@dataclass(slots=True)
class MarkupRow:
    """A row with the group that it stands in (``thead``, ``tbody``, ``tfoot``); ``section`` counts the groups."""

    cells: list[MarkupCell]
    group: RowGroup = "body"
    section: int = 0


class Placed(NamedTuple):
    """A cell with its upper left place on the grid."""

    row: int
    column: int
    cell: MarkupCell


def span_of(value: str | None) -> int:
    """A ``rowspan`` or ``colspan`` attribute, at least 1; 0, nonsense and absurd sizes count as 1."""
    if value is None or value == "1":
        return 1
    text = value.strip()
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def indent_of(text: str, style: str | None = None) -> float:
    """How far a cell's text is indented, in ems: leading fixed-width spaces, padding or indent by style; plain spaces do not count."""
    if not style and not text[:1].isspace():
        return 0.0
    width = 0.0
    for character in text:
        if not character.isspace():
            break
        width += _WIDTHS.get(character, 0.0)
    return round(width + sum(float(amount) / _EMS[unit] for amount, unit in _STYLE_INDENT.findall(style or "")), 2)


def place(rows: Sequence[MarkupRow]) -> list[Placed]:
    """Each cell at its place. A span ends where its row group ends, and a row of one lone cell does not widen the table."""
    width = max((min(sum([c.column_span for c in row.cells]), MOST_COLUMNS) for row in rows if len(row.cells) > 1), default=1)
    held: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    ends = _group_ends(rows)
    for r, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while held and (r, column) in held:
                column += 1
            if cell.row_span == cell.column_span == 1:  # as most cells
                placed.append(Placed(r, column, cell))
                column += 1
                continue
            room = max(1, (width if len(row.cells) == 1 else MOST_COLUMNS) - column)
            down, across = min(cell.row_span, ends[r] - r), min(cell.column_span, room)
            if (down, across) != (cell.row_span, cell.column_span):
                cell = replace(cell, row_span=down, column_span=across)
            held.update((r + i, column + j) for i in range(1, cell.row_span) for j in range(cell.column_span))
            placed.append(Placed(r, column, cell))
            column += cell.column_span
    return placed


def width_of(placed: Sequence[Placed]) -> int:
    """The number of columns."""
    return max((p.column + p.cell.column_span for p in placed), default=0)


def _group_ends(rows: Sequence[MarkupRow]) -> list[int]:
    """For each row, the row behind the last one of its group."""
    ends = [len(rows)] * len(rows)
    for r in range(len(rows) - 2, -1, -1):
        same = (rows[r].group, rows[r].section) == (rows[r + 1].group, rows[r + 1].section)
        ends[r] = ends[r + 1] if same else r + 1
    return ends
