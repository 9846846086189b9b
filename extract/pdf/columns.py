"""Columns of a table, by the white space that runs down between its values."""

from __future__ import annotations

from dataclasses import dataclass

from counterproof.extract.pdf.geometry import Rect, Word
from counterproof.extract.pdf.words import split_line

ATOM = 0.38
"""Words closer than this many font sizes stand in one cell: a word space is a quarter of one."""
SEPARATOR = 0.42
"""White space at least this many font sizes wide along all rows parts columns."""
RESOLUTION = 2
"""Steps a point in the projection."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch on the x axis."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def find_columns(rows: list[list[Word]], body: Rect, pieces: list[float]) -> list[Span]:
    """The columns' extents, left to right; ``rows`` are the lines under the heads, ``pieces`` where rules are cut into cells."""
    value_rows = _value_rows(rows, body)
    if not value_rows:
        return [Span(body.x0, body.x1)]
    size = sorted(w.size for row in value_rows for w in row)[len(value_rows) // 2]
    start = body.x0
    steps = int((body.x1 - start) * RESOLUTION) + 4
    cover = [0] * steps
    for row in value_rows:
        for atom in split_line(row, ATOM):
            for x in range(max(0, round((atom.x0 - start) * RESOLUTION)), min(steps, round((atom.x1 - start) * RESOLUTION) + 1)):
                cover[x] += 1
    few = len(value_rows) // 25
    sure = _gaps(cover, 0, 0.1 * size)
    gaps = [g for g in sure if g[1] - g[0] >= SEPARATOR * size * RESOLUTION or _cut_by(pieces, g, start)]
    if few:
        gaps = _merge_gaps(gaps, _gaps(cover, few, 0.8 * size))
    edges = [start + (a + b) / 2 / RESOLUTION for a, b in gaps]
    bounds = [body.x0 - 1, *edges, body.x1 + 1]
    return [Span(a, b) for a, b in zip(bounds, bounds[1:], strict=False)]


def _cut_by(pieces: list[float], gap: tuple[int, int], start: float) -> bool:
    """Whether rules are cut, or an upright one stands, in a gap that is narrow for a column's edge."""
    return any(gap[0] - 1 <= (piece - start) * RESOLUTION <= gap[1] + 1 for piece in pieces)


def _value_rows(rows: list[list[Word]], body: Rect) -> list[list[Word]]:
    """Rows of several parts, or of one that does not begin at the left: a section's head may run over all columns."""
    several = [row for row in rows if len(split_line(row, 0.95)) > 1]
    left = min((row[0].x0 for row in rows), default=body.x0)
    single = [row for row in rows if len(split_line(row, 0.95)) == 1 and row[0].x0 > left + 0.25 * (body.x1 - body.x0) and len(row) < 8]
    return several + single if several else []


def _gaps(cover: list[int], few: int, width: float) -> list[tuple[int, int]]:
    gaps: list[tuple[int, int]] = []
    start: int | None = None
    seen = False
    for x, count in enumerate(cover):
        if count > few:
            if seen and start is not None and x - start >= width * RESOLUTION:
                gaps.append((start, x))
            seen, start = True, None
        elif start is None:
            start = x
    return gaps


def _merge_gaps(sure: list[tuple[int, int]], likely: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sure gaps, and the likely ones that overlap none of them."""
    return sorted(sure + [g for g in likely if not any(g[0] < s[1] and s[0] < g[1] for s in sure)])


def column_at(columns: list[Span], x: float) -> int:
    """The column that holds this place."""
    for index, column in enumerate(columns):
        if x < column.x1:
            return index
    return len(columns) - 1


def split_cells(row: list[Word], columns: list[Span]) -> list[list[Word]]:
    """The row's words by column; words that cling together stay together."""
    cells: list[list[Word]] = [[] for _ in columns]
    place = 0
    for index, word in enumerate(row):
        if not (word.glued and index):
            place = column_at(columns, word.middle)
        cells[place].append(word)
    return cells
