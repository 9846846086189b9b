"""Frames on a page: level rules and filled bands of one width that stand above each other with no running text between."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from counterproof.extract.pdf.captions import Caption
from counterproof.extract.pdf.geometry import Line, Rect, View
from counterproof.extract.pdf.layout import Layout

TOUCH = 2.0
"""Rules whose heights differ by less than this (points) are pieces of one."""
MIN_WIDTH = 6.0
"""A frame is at least this many font sizes wide."""


@dataclass(slots=True)
class Frame:
    """Rules of the same extent, from top to bottom, and all rules within."""

    x0: float
    x1: float
    full: list[Rect]
    rules: list[Rect] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Where the first rule lies."""
        return self.full[0].top

    @property
    def bottom(self) -> float:
        """Where the last rule lies."""
        return self.full[-1].bottom

    @property
    def width(self) -> float:
        """From the left end to the right one."""
        return self.x1 - self.x0


def level_rules(view: View, size: float) -> list[Rect]:
    """Level rules with the pieces of one stroke joined (tables draw a rule a cell), the edges of filled bands among them."""
    strokes = list(view.level)
    for band in view.bands:
        if band.width > 2 * size and band.height < 0.9 * view.height:
            strokes += [Rect(band.x0, y, band.x1, y) for y in (band.top, band.bottom)]
    strokes.sort(key=lambda r: (r.top + r.bottom, r.x0))
    rules: list[Rect] = []
    start = 0
    for index, stroke in enumerate([*strokes, None]):
        if stroke is None or (stroke.top + stroke.bottom) / 2 - (strokes[start].top + strokes[start].bottom) / 2 > TOUCH:
            rules.extend(_join(strokes[start:index], 0.3 * size))
            start = index
    return rules


def _join(strokes: list[Rect], gap: float) -> list[Rect]:
    joined: list[Rect] = []
    for stroke in sorted(strokes, key=lambda r: r.x0):
        if joined and stroke.x0 - joined[-1].x1 <= gap:
            last = joined[-1]
            joined[-1] = Rect(last.x0, min(last.top, stroke.top), max(last.x1, stroke.x1), max(last.bottom, stroke.bottom))
        else:
            joined.append(stroke)
    return joined


def find_frames(layout: Layout, captions: list[Caption]) -> list[Frame]:
    """All frames of a page, those within another left out."""
    size = layout.body.size
    rules = [r for r in level_rules(layout.view, size) if r.width >= 1.5 * size]
    groups: list[list[Rect]] = []
    for rule in rules:
        if rule.width < MIN_WIDTH * size:
            continue
        for group in groups:
            slack = max(0.02 * group[0].width, 0.8 * size)
            if abs(rule.x0 - group[0].x0) <= slack and abs(rule.x1 - group[0].x1) <= slack:
                group.append(rule)
                break
        else:
            groups.append([rule])
    frames = [frame for group in groups for frame in _part(layout, captions, group)]
    frames = [f for f in frames if not any(_within(f, other) for other in frames if other is not f)]
    for frame in frames:
        frame.rules = [
            r for r in rules if frame.top - 1 <= r.top <= frame.bottom + 1 and r.x0 >= frame.x0 - size and r.x1 <= frame.x1 + size
        ]
    return frames


def _within(inner: Frame, outer: Frame) -> bool:
    if inner.x0 < outer.x0 - 2 or inner.x1 > outer.x1 + 2 or inner.width > 0.98 * outer.width:
        return False
    return outer.top - TOUCH <= inner.top and inner.bottom <= outer.bottom + TOUCH


def _part(layout: Layout, captions: list[Caption], group: list[Rect]) -> list[Frame]:
    """Cut a stack of rules where a caption or running text stands between two of them."""
    x0, x1 = min(r.x0 for r in group), max(r.x1 for r in group)
    lines = [o for o in layout.lines if x0 - 1 <= o.middle_x <= x1 + 1 or (o.x0 <= x0 + 2 and o.x1 >= x1 - 2)]
    heads = [c.rect for c in captions]
    frames: list[Frame] = []
    current = [group[0]]
    for above, below in itertools.pairwise(group):
        between = [o for o in lines if above.bottom < o.base < below.top + 1]
        caption = any(
            above.bottom - 1 < h.bottom
            and h.top < below.top
            and h.bottom > above.bottom
            and h.top >= above.top - 2
            and h.x0 < x1
            and h.x1 > x0
            for h in heads
        )
        if caption or has_prose(layout, between):
            frames.append(Frame(x0, x1, current))
            current = []
        current.append(below)
    frames.append(Frame(x0, x1, current))
    return frames


def has_prose(layout: Layout, lines: list[Line]) -> bool:
    """Whether two full lines of running text follow each other among these lines."""
    return prose_start(layout, lines) is not None


def prose_start(layout: Layout, lines: list[Line]) -> float | None:
    """The top of the first running text among these lines: two full lines of one column, one pitch apart."""
    last: dict[float, Line] = {}
    for line in sorted(lines, key=lambda o: o.base):
        if not layout.is_prose(line) or _has_neighbour(layout, lines, line):
            continue
        column = layout.column_of(line.x0, line.x1)
        key = column.x0 if column else -1.0
        before = last.get(key)
        if before is not None and line.base - before.base <= 1.35 * layout.body.pitch:
            return before.top
        last[key] = line
    return None


def _has_neighbour(layout: Layout, lines: list[Line], line: Line) -> bool:
    """Whether other text stands on the line's baseline within its column: then it is a row, not prose."""
    column = layout.column_of(line.x0, line.x1)
    return any(o is not line and abs(o.base - line.base) < 2 and layout.column_of(o.x0, o.x1) == column for o in lines)
