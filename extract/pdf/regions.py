"""Which part of a page is a table: from its caption to the rules, bands or white space that frame it."""

from __future__ import annotations

from dataclasses import dataclass, field

from counterproof.extract.pdf.captions import Caption
from counterproof.extract.pdf.geometry import Line, Rect
from counterproof.extract.pdf.layout import Layout

NEAR = 3.5
"""A table starts within this many line pitches of its caption."""
HOLE = 4.5
"""White space of this many line pitches ends a table that no rule closes."""


@dataclass(slots=True)
class Region:
    """A table's place on a page: its body, the level rules within, and the lines of notes after it."""

    caption: Caption
    body: Rect
    rules: list[Rect]
    notes: list[Line] = field(default_factory=list)
    ruled: bool = True


def merged_rules(layout: Layout) -> list[Rect]:
    """Level rules with the pieces of one stroke joined: tables draw a rule a cell."""
    size = layout.frame.size
    rules: list[Rect] = []
    for rule in sorted(layout.view.level, key=lambda r: (round((r.top + r.bottom) / 2), r.x0)):
        y = (rule.top + rule.bottom) / 2
        for index in range(len(rules) - 1, -1, -1):
            other = rules[index]
            if y - (other.top + other.bottom) / 2 > 2.0:
                break
            if rule.x0 - other.x1 <= 0.25 * size and other.x0 - rule.x1 <= 0.25 * size:
                rules[index] = Rect(min(rule.x0, other.x0), min(rule.top, other.top), max(rule.x1, other.x1), max(rule.bottom, other.bottom))
                break
        else:
            rules.append(rule)
    return sorted(rules, key=lambda r: r.top)


def find_regions(layout: Layout, captions: list[Caption]) -> list[Region]:
    """A region for each table caption of the page that has one."""
    rules = merged_rules(layout)
    regions: list[Region] = []
    for caption in captions:
        if not caption.is_table:
            continue
        region = _below(layout, caption, captions, rules) or _beside(layout, caption, captions, rules) or _above(layout, caption, captions, rules)
        region = region or _unruled(layout, caption, captions)
        if region:
            regions.append(region)
    return regions


def _stops(captions: list[Caption], own: Caption, x0: float, x1: float) -> list[Rect]:
    return [c.rect for c in captions if c is not own and c.rect.x0 < x1 and c.rect.x1 > x0]


def _below(layout: Layout, caption: Caption, captions: list[Caption], rules: list[Rect]) -> Region | None:
    at, pitch = caption.rect, layout.frame.pitch
    first = [r for r in rules if at.top - 0.5 * pitch <= r.top <= at.bottom + NEAR * pitch and r.x0 < at.x1 and r.x1 > at.x0 and r.width > 6 * layout.frame.size and r.top > at.bottom - 2]
    if not first:
        return None
    top = first[0]
    between = [o for o in layout.lines if o not in caption.lines and at.bottom < o.base < top.top and o.x0 < top.x1 and o.x1 > top.x0]
    if any(layout.is_prose(o) for o in between):
        return None
    peers = [r for r in first if abs(r.top - top.top) <= 2.0 * pitch]
    widest = max(peers, key=lambda r: r.width)
    return _grow(layout, caption, captions, rules, widest, top.top)


def _beside(layout: Layout, caption: Caption, captions: list[Caption], rules: list[Rect]) -> Region | None:
    at, pitch = caption.rect, layout.frame.pitch
    first = [r for r in rules if at.top - pitch <= r.top <= at.top + 2.5 * pitch and at.x1 - 2 <= r.x0 <= at.x1 + 6 * layout.frame.size and r.width > 6 * layout.frame.size]
    if not first:
        return None
    return _grow(layout, caption, captions, rules, first[0], first[0].top)


def _grow(layout: Layout, caption: Caption, captions: list[Caption], rules: list[Rect], frame: Rect, top: float) -> Region | None:
    """From the top rule down along rules of the same extent, to the last one before prose or another caption."""
    x0, x1 = frame.x0, frame.x1
    slack = max(0.03 * (x1 - x0), layout.frame.size)
    stops = [s.top for s in _stops(captions, caption, x0, x1) if s.top > top + 2]
    limit = min([*stops, layout.view.height])
    inside = sorted((o for o in layout.lines if top < o.base < limit and o.x0 < x1 + slack and o.x1 > x0 - slack and o not in caption.lines), key=lambda o: o.base)
    inside = [o for o in inside if (o.x0 + o.x1) / 2 > x0 - slack and (o.x0 + o.x1) / 2 < x1 + slack]
    end = _prose_start(layout, inside)
    limit = min(limit, end)
    family = [r for r in rules if top - 1 <= r.top < limit + 3 and r.x0 >= x0 - slack and r.x1 <= x1 + slack]
    full = [r for r in family if abs(r.x0 - x0) <= slack and abs(r.x1 - x1) <= slack]
    inside = [o for o in inside if o.base < limit]
    if not inside:
        return None
    bottom = full[-1].bottom if full else top
    within = [o for o in inside if o.base < bottom]
    after = [o for o in inside if o.base >= bottom]
    if not within or (len(full) < 3 and _goes_on(layout, within, after)):
        bottom = _open_end(layout, inside, bottom)
        within = [o for o in inside if o.base < bottom]
        after = [o for o in inside if o.base >= bottom]
    if not within:
        return None
    body = Rect(min(x0, *(o.x0 for o in within)), top - 1, max(x1, *(o.x1 for o in within)), bottom)
    notes = _notes(layout, after, within)
    return Region(caption, body, [r for r in family if r.top <= bottom + 1], notes)


def _prose_start(layout: Layout, lines: list[Line]) -> float:
    """Where running text sets in among these lines: two full lines of it in one column, one pitch apart."""
    last: dict[float, Line] = {}
    for line in lines:
        if not layout.is_prose(line):
            continue
        column = layout.column_of(line.x0, line.x1)
        key = column.x0 if column else -1.0
        before = last.get(key)
        if before is not None and line.base - before.base <= 1.3 * layout.frame.pitch and not _has_neighbours(lines, line, layout):
            return before.top
        last[key] = line
    return layout.view.height


def _has_neighbours(lines: list[Line], line: Line, layout: Layout) -> bool:
    """Whether other text stands on the line's baseline within its column: then it is a row, not prose."""
    column = layout.column_of(line.x0, line.x1)
    return any(o is not line and abs(o.base - line.base) < 2 and layout.column_of(o.x0, o.x1) == column for o in lines)


def _goes_on(layout: Layout, within: list[Line], after: list[Line]) -> bool:
    """Whether rows follow the last rule: lines of several parts, not yet prose or notes."""
    if not after:
        return False
    start = after[0].base
    near = [o for o in after if o.base <= start + 3 * layout.frame.pitch]
    rows = {round(o.base) for o in near if any(p is not o and abs(p.base - o.base) < 2 for p in near)}
    return len(rows) >= 1 and not all(layout.is_body(o) for o in near) or (len(rows) >= 2 and all(layout.is_body(o) for o in within))


def _open_end(layout: Layout, lines: list[Line], start: float) -> float:
    """The end of rows that no rule closes: a hole in the text, or the end of what there is."""
    bottom = start
    size = lines[0].size
    for line in lines:
        if line.base < start:
            continue
        if line.top - bottom > HOLE * layout.frame.pitch or abs(line.size - size) > 0.2 * size:
            break
        bottom = max(bottom, line.bottom)
    return bottom + 1


def _notes(layout: Layout, after: list[Line], within: list[Line]) -> list[Line]:
    """Lines close under the table, in type no larger than the table's and not that of running text."""
    size = max(o.size for o in within)
    notes: list[Line] = []
    bottom = max(o.bottom for o in within)
    for line in after:
        gap = line.top - bottom
        if gap > (2.2 if not notes else 0.9) * layout.frame.pitch:
            break
        if line.size > size + 0.2 or (layout.is_body(line) and layout.is_prose(line) and line.size > 0.97 * size and not notes):
            break
        if notes and abs(line.size - notes[-1].size) > 0.15 * line.size:
            break
        notes.append(line)
        bottom = max(bottom, line.bottom)
    return notes


def _above(layout: Layout, caption: Caption, captions: list[Caption], rules: list[Rect]) -> Region | None:
    """A table whose caption stands under it: the rules of one extent that end close above the caption."""
    at, pitch, size = caption.rect, layout.frame.pitch, layout.frame.size
    last = [r for r in rules if at.top - NEAR * pitch <= r.bottom <= at.top + 2 and r.x0 < at.x1 and r.x1 > at.x0 and r.width > 6 * size]
    if not last:
        return None
    frame = max(last, key=lambda r: r.width)
    slack = max(0.03 * frame.width, size)
    stops = [s.bottom for s in _stops(captions, caption, frame.x0, frame.x1) if s.bottom < at.top]
    limit = max([*stops, 0.0])
    lines = [o for o in layout.lines if limit < o.base < frame.bottom and o.x0 < frame.x1 + slack and o.x1 > frame.x0 - slack]
    prose = [o.bottom for o in lines if layout.is_prose(o) and not _has_neighbours(lines, o, layout)]
    limit = max([limit, *prose])
    full = [r for r in rules if limit - 1 <= r.top <= frame.bottom + 1 and abs(r.x0 - frame.x0) <= slack and abs(r.x1 - frame.x1) <= slack]
    if len(full) < 2:
        return None
    top = full[0].top
    within = [o for o in lines if top < o.base < frame.bottom]
    if not within:
        return None
    body = Rect(min(frame.x0, *(o.x0 for o in within)), top - 1, max(frame.x1, *(o.x1 for o in within)), frame.bottom + 1)
    family = [r for r in rules if top - 1 <= r.top <= frame.bottom + 1 and r.x0 >= body.x0 - slack and r.x1 <= body.x1 + slack]
    return Region(caption, body, family)


def _unruled(layout: Layout, caption: Caption, captions: list[Caption]) -> Region | None:
    """A table without rules: lines of several parts under the caption, up to prose or a hole."""
    at = caption.rect
    column = layout.column_of(at.x0, at.x1)
    x0, x1 = (column.x0, column.x1) if column else (min(c.x0 for c in layout.columns), max(c.x1 for c in layout.columns))
    stops = [s.top for s in _stops(captions, caption, x0, x1) if s.top > at.bottom]
    limit = min([*stops, layout.view.height])
    lines = sorted((o for o in layout.lines if at.bottom < o.base < limit and o.x0 < x1 and o.x1 > x0 and o not in caption.lines), key=lambda o: o.base)
    limit = min(limit, _prose_start(layout, lines))
    lines = [o for o in lines if o.base < limit]
    if not lines or lines[0].top - at.bottom > NEAR * layout.frame.pitch:
        return None
    bottom = _open_end(layout, lines, at.bottom)
    within = [o for o in lines if o.base < bottom]
    rows = {round(o.base) for o in within if any(p is not o and abs(p.base - o.base) < 2 for p in within)}
    if len(rows) < 2:
        return None
    body = Rect(min(o.x0 for o in within), at.bottom, max(o.x1 for o in within), bottom)
    return Region(caption, body, [], ruled=False)
