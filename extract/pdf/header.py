"""The heads of a table: where they end, and which columns each of them spans."""

from __future__ import annotations

from dataclasses import dataclass

from counterproof.extract.pdf.columns import ATOM, Span, column_at
from counterproof.extract.pdf.geometry import Line, Rect, Word
from counterproof.extract.pdf.tabular import is_row
from counterproof.extract.pdf.words import split_line


@dataclass(slots=True)
class Head:
    """A head cell: its lines of words, the columns it spans, and its level (0 = outermost)."""

    lines: list[list[Word]]
    first: int
    last: int
    level: int = 0
    top: float = 0.0


def header_end(lines: list[list[Word]], body: Rect, rules: list[Rect]) -> float:
    """The y below which the rows begin: the rule under the heads, else the first line with a label and mostly numbers."""
    full = _full_rules(body, rules)
    bases = [line[0].base for line in lines]
    bands = [[line for line, base in zip(lines, bases, strict=True) if a < base <= b] for a, b in zip(full, [*full[1:], body.bottom + 1], strict=True)]
    bands_y = [(y, band) for y, band in zip(full, bands, strict=True) if band]
    if len(bands_y) >= 2:
        end = bands_y[1][0]
        for (_, band), (below, _) in zip(bands_y[1:], bands_y[2:], strict=False):
            if len(bands_y[0][1]) <= 3 and len(band) <= 3 and not any(_is_row(line, body) for line in band):
                end = below
            else:
                break
        return end
    for index, line in enumerate(lines):
        if index and _is_row(line, body):
            back = index
            while back > 1 and _is_section(lines[back - 1], body):
                back -= 1
            return lines[back][0].base - lines[back][0].size
    return lines[0][0].base + 0.3 * lines[0][0].size if lines else body.top


def _full_rules(body: Rect, rules: list[Rect]) -> list[float]:
    slack = max(0.05 * body.width, 6.0)
    ys: list[float] = []
    for rule in rules:
        y = (rule.top + rule.bottom) / 2
        if rule.x0 <= body.x0 + slack and rule.x1 >= body.x1 - slack and (not ys or y - ys[-1] > 3):
            ys.append(y)
    return ys if ys and ys[0] <= body.top + 6 else [body.top, *ys]


def _is_row(line: list[Word], body: Rect) -> bool:
    """A line with several parts, most of which after the first are numbers."""
    parts = split_line(line, 0.95)
    if len(parts) < 2:
        return False
    return is_row(parts) and parts[0].x0 < body.x0 + 0.3 * body.width


def _is_section(line: list[Word], body: Rect) -> bool:
    parts = split_line(line, 0.95)
    return len(parts) == 1 and parts[0].x0 < body.x0 + 0.1 * body.width


def read_heads(lines: list[list[Word]], columns: list[Span], extents: list[Span], rules: list[Rect]) -> list[Head]:
    """Head cells with their spans; ``extents`` is where the columns' values stand, ``rules`` those within the head."""
    parts = [part for line in lines for part in _parts(line, columns, extents)]
    spanners: list[Head] = []
    leaves: dict[int, list[Line]] = {}
    for part in parts:
        first, last = _span(part, columns, extents, rules)
        if first == last:
            leaves.setdefault(first, []).append(part)
        else:
            _add_spanner(spanners, part, first, last)
    heads = list(spanners)
    for column, own in leaves.items():
        below = [p for p in own if not any(s.first <= column <= s.last and p.base < s.top for s in spanners)]
        above = [p for p in own if p not in below]
        for group in (above, below):
            if group:
                heads.append(Head([p.words for p in group], column, column, top=group[0].base))
    _set_levels(heads, len(columns))
    return heads


def _parts(line: list[Word], columns: list[Span], extents: list[Span]) -> list[Line]:
    """The line's parts between gaps; a part is cut once more where a column's edge falls into one of its word spaces."""
    del extents
    parts: list[Line] = []
    for part in split_line(line, ATOM):
        parts.append(part)
    joined: list[Line] = []
    for part in parts:
        if joined and part.x0 - joined[-1].x1 < 0.95 * part.size and column_at(columns, part.middle_x) == column_at(columns, joined[-1].middle_x):
            joined[-1] = Line(joined[-1].words + part.words)
        else:
            joined.append(part)
    return joined


def _span(part: Line, columns: list[Span], extents: list[Span], rules: list[Rect]) -> tuple[int, int]:
    """The columns under a head: those of the rule below it, else those whose values it stands over."""
    under = [r for r in rules if 0 < (r.top + r.bottom) / 2 - part.base < 2.2 * part.size and r.x0 <= part.middle_x <= r.x1 and r.width < 0.97 * (columns[-1].x1 - columns[0].x0)]
    if under:
        rule = min(under, key=lambda r: r.top)
        held = [i for i, e in enumerate(extents) if rule.x0 - 2 <= e.middle <= rule.x1 + 2]
        if held:
            return held[0], held[-1]
    held = [i for i, e in enumerate(extents) if _overlap(part, columns[i]) > 0.5 * min(part.x1 - part.x0, columns[i].x1 - columns[i].x0) or part.x0 <= e.middle <= part.x1]
    if not held:
        at = column_at(columns, part.middle_x)
        return at, at
    return held[0], held[-1]


def _overlap(part: Line, column: Span) -> float:
    return max(0.0, min(part.x1, column.x1) - max(part.x0, column.x0))


def _add_spanner(spanners: list[Head], part: Line, first: int, last: int) -> None:
    for head in spanners:
        if head.first == first and head.last == last and part.base - head.lines[-1][0].base < 1.6 * part.size:
            head.lines.append(part.words)
            return
    spanners.append(Head([part.words], first, last, top=part.base))


def _set_levels(heads: list[Head], columns: int) -> None:
    """Number the levels so that a head stands below all heads over its columns."""
    heads.sort(key=lambda h: h.top)
    depth = [0] * columns
    for head in heads:
        head.level = max(depth[head.first : head.last + 1])
        for column in range(head.first, head.last + 1):
            depth[column] = head.level + 1
