"""The heads of a table, and which columns each of them spans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from counterproof.extract.pdf.columns import ATOM, Span, column_at
from counterproof.extract.pdf.geometry import Line, Rect, Word
from counterproof.extract.pdf.words import split_line

LEVEL_STEP = 1.3
"""Lines of one head cell follow each other within this many font sizes; levels of heads stand further apart."""
FLUSH = 0.3
"""Edges closer than this many font sizes are aligned."""
BESIDE = 0.8
"""Baselines closer than this many font sizes are not one below the other: one head is centred against its neighbours."""
BELOW = 2.3
"""A spanner's rule runs at most this many font sizes below its words."""


@dataclass(slots=True)
class Head:
    """A head cell: its lines of words, the columns it spans, and its level (0 = outermost)."""

    lines: list[list[Word]]
    first: int
    last: int
    level: int = 0
    top: float = 0.0


def read_heads(lines: list[list[Word]], columns: list[Span], extents: list[Span], strokes: list[Rect], upright: list[Rect]) -> list[Head]:
    """Head cells with their spans; ``extents`` is where the columns' values stand, ``strokes`` the level rules within the head and
    ``upright`` the upright ones.
    """
    rows = [_parts(line, columns) for line in lines]
    rows = [row for row in rows if row]
    spans = {id(part): _overlapped(part, columns, extents) for row in rows for part in row}
    reach = _reach(rows, spans, extents)
    for index, row in enumerate(rows):
        _widen(rows, index, row, spans, reach, columns, strokes, upright)
    spanning = {part.base for row in rows for part in row if spans[id(part)][0] < spans[id(part)][1]}
    heads: list[Head] = []
    for row in rows:
        for part in row:
            _stack(heads, part, *spans[id(part)], strokes, spanning)
    _set_levels(heads, len(columns))
    return heads


def _parts(line: list[Word], columns: list[Span]) -> list[Line]:
    """The line's parts between gaps; neighbours over one column stay together."""
    joined: list[Line] = []
    for part in split_line(line, ATOM):
        last = joined[-1] if joined else None
        if last and part.x0 - last.x1 < 0.95 * part.size and column_at(columns, part.middle_x) == column_at(columns, last.middle_x):
            joined[-1] = Line(last.words + part.words)
        else:
            joined.append(part)
    return joined


def _overlapped(part: Line, columns: list[Span], extents: list[Span]) -> tuple[int, int]:
    """The columns over which a part stands."""
    held = []
    for index, (column, extent) in enumerate(zip(columns, extents, strict=True)):
        shared = min(part.x1, column.x1) - max(part.x0, column.x0)
        over = min(part.x1, extent.x1) - max(part.x0, extent.x0)
        if part.x0 <= extent.middle <= part.x1 or over > 0.6 * (extent.x1 - extent.x0) or shared > 0.6 * (part.x1 - part.x0):
            held.append(index)
    if not held:
        at = column_at(columns, part.middle_x)
        return at, at
    return held[0], held[-1]


def _reach(rows: list[list[Line]], spans: dict[int, tuple[int, int]], extents: list[Span]) -> list[Span]:
    """Where each column's values and own heads stand."""
    reach = list(extents)
    for row in rows:
        for part in row:
            first, last = spans[id(part)]
            if first == last:
                old = reach[first]
                reach[first] = Span(min(old.x0, part.x0), max(old.x1, part.x1))
    return reach


def _widen(
    rows: list[list[Line]],
    index: int,
    row: list[Line],
    spans: dict[int, tuple[int, int]],
    reach: list[Span],
    columns: list[Span],
    strokes: list[Rect],
    upright: list[Rect],
) -> None:
    """Give each spanner of a line the columns of the rule under it, or those over whose middle it is centred."""
    free = _with_heads_below(rows, index, spans)
    ruled = [
        _by_box(part, row, upright, reach)
        or _by_stroke(part, [s for s in strokes if not any(s.x0 <= o.middle_x <= s.x1 for o in row if o is not part)], columns, reach)
        for part in row
    ]
    for part, held in zip(row, ruled, strict=True):
        if held:
            spans[id(part)] = held
    wide = [not held and _level_below(rows, index, part) for part, held in zip(row, ruled, strict=True)]
    choices = [_centred(part, spans[id(part)], free, reach) if w else [(spans[id(part)], 0.0)] for part, w in zip(row, wide, strict=True)]
    own = [spans[id(part)] for part in row]
    shared = own if any(ruled) else _from_left(row, own, free, reach)
    if shared == own:
        shared = _share(choices)
    for part, span in zip(row, shared, strict=True):
        spans[id(part)] = span


def _from_left(row: list[Line], spans: list[tuple[int, int]], free: set[int], reach: list[Span]) -> list[tuple[int, int]]:
    """The spans of heads that are set flush left over equal numbers of columns; the given ones where the line is not so regular."""
    held = [(part, span) for part, span in zip(row, spans, strict=True) if span[0] > 0]
    starts = [first for _, (first, _) in held]
    widths = {b - a for a, b in pairwise(starts)}
    if len(widths) != 1 or any(abs(part.x0 - reach[first].x0) > FLUSH * part.size for part, (first, _) in held):
        return spans
    width = widths.pop()
    if width < 2 or any(c not in free for first in starts for c in range(first, first + width)):
        return spans
    return [span if span[0] == 0 else (span[0], span[0] + width - 1) for span in spans]


def _share(choices: list[list[tuple[tuple[int, int], float]]]) -> list[tuple[int, int]]:
    """One span for each part of a line, none overlapping another, so that they cover most columns and are best centred."""
    best: dict[int, tuple[int, float, list[tuple[int, int]]]] = {0: (0, 0.0, [])}
    for options in choices:
        reached: dict[int, tuple[int, float, list[tuple[int, int]]]] = {}
        for start, (covered, off, spans) in best.items():
            for (first, last), distance in options:
                if first < start:
                    continue
                found = (covered + last - first + 1, off - distance, [*spans, (first, last)])
                if last + 1 not in reached or found[:2] > reached[last + 1][:2]:
                    reached[last + 1] = found
        best = reached or {k: (c, o, [*s, options[0][0]]) for k, (c, o, s) in best.items()}
    return max(best.values(), key=lambda found: found[:2])[2]


def _by_stroke(part: Line, strokes: list[Rect], columns: list[Span], reach: list[Span]) -> tuple[int, int] | None:
    """The columns over a rule that runs under this part alone."""
    width = columns[-1].x1 - columns[0].x0
    under = [
        s for s in strokes
        if 0 < (s.top + s.bottom) / 2 - part.base < BELOW * part.size and s.x0 - 2 <= part.middle_x <= s.x1 + 2
        and s.width < 0.97 * width and s.width > 0.8 * (part.x1 - part.x0)
    ]  # fmt: skip
    if not under:
        return None
    stroke = min(under, key=lambda s: s.top)
    held = [i for i, r in enumerate(reach) if stroke.x0 - 2 <= r.middle <= stroke.x1 + 2]
    return (held[0], held[-1]) if held else None


def _by_box(part: Line, row: list[Line], upright: list[Rect], reach: list[Span]) -> tuple[int, int] | None:
    """The columns between the upright rules on both sides of a part, if it stands there alone."""
    y = part.base - 0.3 * part.size
    edges = [(r.x0 + r.x1) / 2 for r in upright if r.top <= y <= r.bottom]
    left = max((x for x in edges if x <= part.middle_x), default=None)
    right = min((x for x in edges if x > part.middle_x), default=None)
    if left is None or right is None or any(left < o.middle_x < right for o in row if o is not part):
        return None
    held = [i for i, r in enumerate(reach) if left - 2 <= r.middle <= right + 2]
    return (held[0], held[-1]) if held else None


def _with_heads_below(rows: list[list[Line]], index: int, spans: dict[int, tuple[int, int]]) -> set[int]:
    """Columns that have a head on a lower line: those that a spanner on this line may reach over."""
    base = max(part.base + BESIDE * part.size for part in rows[index])
    below = [spans[id(part)] for row in rows[index + 1 :] for part in row if part.base > base]
    return {c for first, last in below for c in range(first, last + 1)}


def _level_below(rows: list[list[Line]], index: int, part: Line) -> bool:
    """Whether what stands under a part is another level of heads, not the part's own next line."""
    below = [o for row in rows[index + 1 :] for o in row if o.base > part.base + BESIDE * part.size]
    under = [o for o in below if o.x0 < part.x1 and o.x1 > part.x0] or below
    return bool(under) and min(o.base for o in under) - part.base >= LEVEL_STEP * part.size


def _centred(part: Line, own: tuple[int, int], free: set[int], reach: list[Span]) -> list[tuple[tuple[int, int], float]]:
    """The runs of columns around a part whose middle is the part's, with how far off each is (in font sizes)."""
    found = [(own, 0.5)]
    for first in range(min(own[0], 1), own[0] + 1):
        for last in range(own[1], len(reach)):
            off = abs((reach[first].x0 + reach[last].x1) / 2 - part.middle_x) / part.size
            if (first, last) != own and off <= 1.0 and all(c in free for c in range(first, last + 1)):
                found.append(((first, last), off))
    return found


def _stack(heads: list[Head], part: Line, first: int, last: int, strokes: list[Rect], spanning: set[float]) -> None:
    """Add a part to the head cell above it, or begin a new one: below a rule, or a level below a line of spanners."""
    for head in reversed(heads):
        if head.first <= last and head.last >= first:
            above = head.lines[-1][0]
            ruled = any(
                above.base < (s.top + s.bottom) / 2 < part.base - 0.3 * part.size and s.x0 <= part.middle_x <= s.x1 for s in strokes
            )
            level = part.base - above.base >= LEVEL_STEP * part.size and any(abs(above.base - base) < 1 for base in spanning)
            if head.first == first and head.last == last and not ruled and not level:
                head.lines.append(part.words)
                return
            break
    heads.append(Head([part.words], first, last, top=part.base))


def _set_levels(heads: list[Head], columns: int) -> None:
    """Number the levels so that a head stands below all heads over its columns."""
    heads.sort(key=lambda h: h.top)
    depth = [0] * columns
    for head in heads:
        head.level = max(depth[head.first : head.last + 1])
        for column in range(head.first, head.last + 1):
            depth[column] = head.level + 1
