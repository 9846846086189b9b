"""The order in which the lines of a page are read: column by column, between whatever reaches over the columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from counterproof.extract.pdf.geometry import Line, Rect
from counterproof.extract.pdf.layout import Layout

GUTTER = 0.7
"""White space of this many font sizes that no line of a stretch crosses parts it into columns."""
IRREGULAR = 3
"""From so many lines that stand beside others without fitting the paper's columns, a page is cut by its own white space."""

DEEPEST = 60
"""No page is cut more often than this."""
OUTSTANDING = 0.6
"""A level gap of this many font sizes is no line spacing."""
MOST_PLACES = 200
"""At so many places a cut across is tried."""

Stretch = tuple[Rect, list[Line]]
"""Lines that follow each other, and the column in which they stand."""


def stretches(layout: Layout, lines: Sequence[Line], walls: Sequence[Rect]) -> list[Stretch]:
    """The lines of a page as stretches in reading order; ``walls`` are floats, which part text where they reach over columns."""
    spanning = [o for o in lines if layout.column_of(o.x0, o.x1) is None]
    if _beside(spanning, lines) >= IRREGULAR:
        return _merge([_own_column(part) for part in _cut(list(lines))])
    return _zones(layout, lines, [w for w in walls if layout.column_of(w.x0, w.x1) is None])


def _beside(spanning: Sequence[Line], lines: Sequence[Line]) -> int:
    """How many of these lines have another one at their side."""
    return sum(any(o is not s and abs(o.base - s.base) < 0.8 * s.size and (o.x1 < s.x0 or o.x0 > s.x1) for o in lines) for s in spanning)


def _zones(layout: Layout, lines: Sequence[Line], walls: Sequence[Rect]) -> list[Stretch]:
    """Runs of spanning lines, and between them the columns from left to right."""
    whole = Rect(layout.columns[0].x0, 0, layout.columns[-1].x1, layout.view.height)
    zones: dict[tuple[int, int], list[Line]] = {}
    number, before = 0, 0
    tops = sorted(w.top for w in walls)
    for line in sorted(lines, key=lambda o: (o.base, o.x0)):
        column = layout.column_of(line.x0, line.x1)
        kind = -1 if column is None else 1
        while tops and tops[0] < line.base:
            tops.pop(0)
            before = 0
        if kind != before:
            number, before = number + 1, kind
        place = -1 if column is None else next(i for i, c in enumerate(layout.columns) if c is column)
        zones.setdefault((number, place), []).append(line)
    return [(whole if key[1] < 0 else layout.columns[key[1]], zones[key]) for key in sorted(zones)]


def _cut(lines: list[Line], depth: int = 0) -> list[list[Line]]:
    """Cut lines at the gutters that none crosses, else across, and the parts again."""
    if len(lines) < 2 or depth > DEEPEST:
        return [lines]
    parts = _by_gutters(lines)
    if len(parts) == 1:
        lines = sorted(lines, key=lambda o: (o.base, o.x0))
        at = _level_cut(lines)
        if at is None:
            return [lines]
        parts = [lines[:at], lines[at:]]
    return [piece for part in parts for piece in _cut(part, depth + 1)]


def _level_cut(lines: list[Line]) -> int | None:
    """Where to cut lines across: at a gap that stands out, else where the larger part has gutters of its own; None for plain text."""
    gaps: list[tuple[float, int]] = []
    bottom = lines[0].bottom
    for index, (above, below) in enumerate(pairwise(lines)):
        bottom = max(bottom, above.bottom)
        gaps.append((below.top - bottom, index + 1))
    widest, at = max(gaps)
    if widest > OUTSTANDING * lines[at].size:
        return at
    places = [place for gap, place in gaps if gap > -0.3 * lines[place].size][:MOST_PLACES]
    under = next((p for p in places if len(_by_gutters(lines[p:])) > 1), None)
    over = next((p for p in reversed(places) if len(_by_gutters(lines[:p])) > 1), None)
    if under is None or over is None:
        return under or over
    return under if len(lines) - under >= over else over


def _by_gutters(lines: list[Line]) -> list[list[Line]]:
    """The lines' parts from left to right, where white space runs down between them."""
    parts: list[list[Line]] = []
    reach = -1e9
    for line in sorted(lines, key=lambda o: o.x0):
        if line.x0 > reach + GUTTER * line.size:
            parts.append([])
        parts[-1].append(line)
        reach = max(reach, line.x1)
    return parts


def _own_column(lines: list[Line]) -> Stretch:
    return Rect(min(o.x0 for o in lines), 0, max(o.x1 for o in lines), max(o.bottom for o in lines)), lines


def _merge(parts: list[Stretch]) -> list[Stretch]:
    """Put together neighbours that stand in one column: cuts between their lines were only steps."""
    merged: list[Stretch] = []
    for column, lines in parts:
        if merged:
            last, before = merged[-1]
            shared = min(last.x1, column.x1) - max(last.x0, column.x0)
            if (
                shared > 0.5 * min(last.width, column.width)
                and abs(last.x0 - column.x0) < 3 * lines[0].size
                and lines[0].base > before[-1].base
            ):
                merged[-1] = (Rect(min(last.x0, column.x0), 0, max(last.x1, column.x1), column.bottom), before + lines)
                continue
        merged.append((column, lines))
    return merged
