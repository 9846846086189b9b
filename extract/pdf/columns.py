"""Columns of a table, by the white space that runs down between its values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from counterproof.extract.pdf.geometry import Line, Rect, Word
from counterproof.extract.pdf.words import split_line

ATOM = 0.38
"""Words closer than this many font sizes stand in one cell: a word space is a quarter of one."""
SEPARATOR = 0.42
"""White space at least this many font sizes wide along all rows parts columns …"""
TIGHT = 0.1
"""… and this many where a rule is cut or an upright one stands …"""
WIDE = 1.2
"""… and white space this wide even where some rows cross it, since cells may span columns:"""
CROSSING = 0.3
"""at most this share of them,"""
CLEARER = 2.5
"""and this many times fewer than stand clear on both sides of it."""
RESOLUTION = 2
"""Steps a point in the projection."""
GRID_SHARE = 0.6
"""Upright rules make a grid if there are this many of them for each edge of a column seen in white space."""
BULLETS = frozenset("•►▶▪●■◦‣➢✓")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch on the x axis; ``tight`` says that its left edge may stand within a word space."""

    x0: float
    x1: float
    tight: bool = False

    @property
    def middle(self) -> float:
        """Halfway between both ends."""
        return (self.x0 + self.x1) / 2


def tie_bullets(rows: list[list[Word]]) -> None:
    """Let each bullet reach to its text, so that no column is seen between the two."""
    for row in rows:
        for bullet, word in pairwise(row):
            if bullet.text in BULLETS and 0 < word.x0 - bullet.x1 < 3 * word.size:
                bullet.x1 = word.x0 - 0.25 * word.size


def find_columns(rows: list[list[Word]], body: Rect, pieces: list[float]) -> list[Span]:
    """The columns' extents, left to right; ``rows`` are the lines under the heads, ``pieces`` where rules are cut into cells."""
    atoms = [split_line(row, ATOM) for row in _value_rows(rows, body)]
    if not atoms:
        return [Span(body.x0, body.x1)]
    size = float(np.median([atom.size for row in atoms for atom in row]))
    cover = _cover(atoms, body)
    gaps = [(a, b) for a, b in _gaps(cover, 0, TIGHT * size) if b - a >= SEPARATOR * size * RESOLUTION or _cut_by(pieces, a, b, body.x0)]
    for few in sorted({min(len(atoms) >= 6, 1), len(atoms) // 10, len(atoms) // 5, int(CROSSING * len(atoms))} - {0}):
        likely = [g for g in _gaps(cover, few, WIDE * size) if not any(g[0] < s[1] and s[0] < g[1] for s in gaps)]
        gaps += [g for g in likely if _has_two_sides(atoms, body.x0 + g[0] / RESOLUTION, body.x0 + g[1] / RESOLUTION)]
    gaps.sort()
    edges = [body.x0 - 1, *(body.x0 + (a + b) / 2 / RESOLUTION for a, b in gaps), body.x1 + 1]
    tight = [False, *(b - a < SEPARATOR * size * RESOLUTION for a, b in gaps)]
    return [Span(a, b, t) for a, b, t in zip(edges, edges[1:], tight, strict=False)]


def _cover(atoms: list[list[Line]], body: Rect) -> NDArray[np.int32]:
    """How many rows have ink at each place."""
    steps = int((body.x1 - body.x0) * RESOLUTION) + 4
    cover = np.zeros(steps, np.int32)
    for row in atoms:
        for atom in row:
            cover[max(0, round((atom.x0 - body.x0) * RESOLUTION)) : max(0, round((atom.x1 - body.x0) * RESOLUTION) + 1)] += 1
    return cover


def _gaps(cover: NDArray[np.int32], few: int, width: float) -> list[tuple[int, int]]:
    """The stretches between ink that at most ``few`` rows cross, at least ``width`` points wide."""
    ink = np.flatnonzero(cover > few)
    return [(int(a) + 1, int(b)) for a, b in pairwise(ink) if b - a - 1 >= width * RESOLUTION]


def _cut_by(pieces: list[float], start: int, end: int, left: float) -> bool:
    """Whether rules are cut, or an upright one stands, in a gap that is narrow for a column's edge."""
    return any(start - 1 <= (piece - left) * RESOLUTION <= end + 1 for piece in pieces)


def _has_two_sides(atoms: list[list[Line]], x0: float, x1: float) -> bool:
    """Whether far more rows stand clear on both sides of a gap than cross it."""
    crossed = [any(a.x0 < x1 - 1 and a.x1 > x0 + 1 for a in row) for row in atoms]
    both = [any(a.x1 <= x0 + 1 for a in row) and any(a.x0 >= x1 - 1 for a in row) for row in atoms]
    clear = sum(two and not cross for two, cross in zip(both, crossed, strict=True))
    return clear >= 3 and clear >= CLEARER * sum(crossed)


def _value_rows(rows: list[list[Word]], body: Rect) -> list[list[Word]]:
    """Rows of several parts, or of one that does not begin at the left: a section's head may run over all columns."""
    parts = [len(split_line(row, 0.95)) for row in rows]
    left = min((row[0].x0 for row in rows), default=body.x0) + 0.25 * body.width
    single = [row for row, n in zip(rows, parts, strict=True) if n == 1 and row[0].x0 > left and len(row) < 8]
    several = [row for row, n in zip(rows, parts, strict=True) if n > 1]
    return several + single if several else []


def grid_columns(edges: list[float], found: list[Span], body: Rect) -> list[Span]:
    """The columns between upright rules where these make a grid, else those that were found by white space."""
    if len(edges) < 2 or len(edges) < GRID_SHARE * (len(found) - 1):
        return found
    bounds = [body.x0 - 1, *edges, body.x1 + 1]
    return [Span(a, b, index > 0) for index, (a, b) in enumerate(pairwise(bounds))]


def split_by_heads(columns: list[Span], heads: list[list[Word]], rows: list[list[Word]]) -> list[Span]:
    """Cut a column in which two heads stand side by side, where no word of the rows is in the way: a column may be empty."""
    ink = sorted((a.x0, a.x1) for row in rows for a in split_line(row, ATOM))
    cuts: set[float] = set()
    for line in heads:
        parts = split_line(line, 0.95)
        for left, right in pairwise(parts):
            column = columns[column_at(columns, left.middle_x)]
            if left.x0 < column.x0 - 1 or right.x1 > column.x1 + 1:
                continue
            free = [x for x in _steps(left.x1, right.x0) if not any(a < x < b for a, b in ink)]
            if free and not any(column.x0 < cut < column.x1 for cut in cuts):
                cuts.add(free[len(free) // 2])
    edges = sorted({columns[0].x0, columns[-1].x1, *(c.x0 for c in columns), *cuts})
    tight = {c.x0 for c in columns if c.tight}
    return [Span(a, b, a in tight) for a, b in pairwise(edges)]


def _steps(x0: float, x1: float) -> list[float]:
    """Places between two, half a point apart."""
    return [x0 + 0.5 * i for i in range(1, int((x1 - x0) * RESOLUTION))]


def column_at(columns: list[Span], x: float) -> int:
    """The column that holds this place."""
    return next((index for index, column in enumerate(columns) if x < column.x1), len(columns) - 1)


def split_cells(row: list[Word], columns: list[Span]) -> tuple[list[list[Word]], dict[int, int]]:
    """The row's words by column, and for cells that reach over several columns the last one.

    Words that stand together stay together: a long label runs on over empty columns.
    """
    cells: list[list[Word]] = [[] for _ in columns]
    spans: dict[int, int] = {}
    for atom in split_line(row, ATOM):
        for words in _cut_at_tight(atom.words, columns):
            first = column_at(columns, words[0].middle)
            last = column_at(columns, words[-1].middle)
            cells[first].extend(words)
            if last > first:
                spans[first] = last
    return cells, spans


def _cut_at_tight(words: list[Word], columns: list[Span]) -> list[list[Word]]:
    """Cut an atom at those edges of columns that were seen in word spaces."""
    edges = [c.x0 for c in columns if c.tight]
    parts = [[words[0]]]
    for left, right in pairwise(words):
        if any(left.middle < edge < right.middle and left.x1 - 1 <= edge <= right.x0 + 1 for edge in edges):
            parts.append([])
        parts[-1].append(right)
    return parts
