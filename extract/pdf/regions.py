"""Which part of a page is a table: captions are matched with frames, and what has no frame with white space."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from counterproof.extract.pdf.captions import Caption
from counterproof.extract.pdf.frames import Frame, find_frames, prose_start
from counterproof.extract.pdf.geometry import Line, Rect
from counterproof.extract.pdf.layout import Layout
from counterproof.extract.pdf.notes import NOTE
from counterproof.extract.pdf.tabular import is_row

Side = Literal["above", "below", "beside"]

NEAR = 3.0
"""A frame stands within this many line pitches of its caption …"""
BESIDE = 8.0
"""… or this many font sizes beside it."""
HOLE = 3.5
"""White space of this many line pitches ends a table that no rule closes."""


@dataclass(slots=True)
class Region:
    """A table's place on a page: its body, the level rules within, and the lines of notes after it."""

    caption: Caption
    body: Rect
    rules: list[Rect]
    notes: list[Line] = field(default_factory=list)
    ruled: bool = True


@dataclass(slots=True)
class Match:
    """A caption that may belong to a frame: where it stands as seen from the frame, and how far off (points)."""

    caption: Caption
    frame: Frame
    side: Side
    distance: float
    region: Region | None = None


@dataclass(slots=True)
class PageTables:
    """A page's captions and frames, and how they may belong together."""

    layout: Layout
    captions: list[Caption]
    frames: list[Frame]
    matches: list[Match]


def survey(layout: Layout, captions: list[Caption]) -> PageTables:
    """Everything on a page that may be a table."""
    tables = [c for c in captions if c.is_table]
    frames = find_frames(layout, captions) if tables else []
    matches = [m for c in tables for f in frames if (m := _match(layout, c, f))]
    for match in matches:
        match.region = _framed(layout, match, captions)
    matches = [m for m in matches if m.region]
    return PageTables(layout, captions, frames, matches)


def usual_side(pages: list[PageTables]) -> Side:
    """Where this paper sets its captions: the side that, tried first, leaves the fewest captions without a frame."""
    sides: tuple[Side, ...] = ("above", "below", "beside")
    chosen = {side: [m for page in pages for m in _choose(page, side)] for side in sides}
    return max(sides, key=lambda side: (len(chosen[side]), sum(m.side == side for m in chosen[side])))


def _choose(page: PageTables, usual: Side) -> list[Match]:
    """One frame for each caption, the usual side first, then the nearest."""
    pitch = page.layout.body.pitch
    chosen: list[Match] = []
    for match in sorted(page.matches, key=lambda m: m.distance + (0 if m.side == usual else 2 * pitch)):
        if not any(match.caption is c.caption or match.frame is c.frame for c in chosen):
            chosen.append(match)
    return chosen


def find_regions(page: PageTables, usual: Side) -> list[Region]:
    """A region for each table caption of the page that has one, from top to bottom."""
    regions = [m.region for m in _choose(page, usual) if m.region]
    done = [r.caption for r in regions]
    for caption in page.captions:
        if caption.is_table and not any(caption is c for c in done):
            region = _unruled(page.layout, caption, page.captions, regions)
            if region:
                regions.append(region)
    return sorted(regions, key=lambda r: (r.body.top, r.body.x0))


def find_sequel(page: PageTables, before: PageTables, last: Region) -> Region | None:
    """The rest of a table that fills its page to the foot, where the next page opens with a frame of its width and no caption."""
    if last.notes or any(o.base > last.body.bottom + 1 and _over(o, last.body) for o in before.layout.lines):
        return None
    for frame in find_frames(page.layout, page.captions) if not page.frames else page.frames:
        lines = [o for o in page.layout.lines if frame.top < o.base < frame.bottom and frame.x0 - 3 <= o.middle_x <= frame.x1 + 3]
        first = not any(o.base < frame.top and frame.x0 < o.x1 and o.x0 < frame.x1 for o in page.layout.lines)
        alike = abs(frame.width - last.body.width) <= 2 * page.layout.body.size
        if first and alike and len(frame.full) > 1 and sum(is_row(row) for row in _rows_of(lines)) >= 2:
            caption = Caption([], last.caption.label, "", continued=True)
            body = Rect(min(frame.x0, *(o.x0 for o in lines)), frame.top - 1, max(frame.x1, *(o.x1 for o in lines)), frame.bottom)
            after = sorted((o for o in page.layout.lines if o.base >= frame.bottom and _over(o, body)), key=lambda o: o.base)
            return Region(caption, body, frame.rules, _notes(page.layout, after, lines))
    return None


def _over(line: Line, rect: Rect) -> bool:
    return line.x0 < rect.x1 and line.x1 > rect.x0


def _match(layout: Layout, caption: Caption, frame: Frame) -> Match | None:
    at, pitch, size = caption.rect, layout.body.pitch, layout.body.size
    overlap = min(at.x1, frame.x1) - max(at.x0, frame.x0)
    if overlap > 0.5 * min(at.width, frame.width):
        down, up = frame.top - at.bottom, at.top - frame.bottom
        if -0.5 * pitch <= down <= NEAR * pitch and not _between(layout, caption, at.bottom, frame.top, frame):
            return Match(caption, frame, "above", max(0.0, down))
        if -0.5 * pitch <= up <= NEAR * pitch and len(frame.full) > 1:
            return Match(caption, frame, "below", max(0.0, up))
        return None
    gap = max(frame.x0 - at.x1, at.x0 - frame.x1)
    if -0.5 * size <= gap <= BESIDE * size and abs(at.top - frame.top) <= 2 * pitch and at.width < 0.8 * frame.width:
        return Match(caption, frame, "beside", abs(at.top - frame.top) + gap / 4)
    return None


def _between(layout: Layout, caption: Caption, top: float, bottom: float, frame: Frame) -> bool:
    """Whether other text stands between a caption and its frame."""
    mine = {id(o) for o in caption.lines}
    return any(top < o.base < bottom - 1 and o.x0 < frame.x1 and o.x1 > frame.x0 and id(o) not in mine for o in layout.lines)


def _framed(layout: Layout, match: Match, captions: list[Caption]) -> Region | None:
    frame, caption = match.frame, match.caption
    mine = {id(o) for o in caption.lines}
    stops = [
        c.rect.top for c in captions if c is not caption and c.rect.top > frame.top + 2 and c.rect.x0 < frame.x1 and c.rect.x1 > frame.x0
    ]
    limit = min([*stops, layout.view.height])
    lines = [o for o in layout.lines if frame.top < o.base < limit and frame.x0 - 3 <= o.middle_x <= frame.x1 + 3 and id(o) not in mine]
    lines.sort(key=lambda o: o.base)
    within = [o for o in lines if o.base < frame.bottom]
    after = [o for o in lines if o.base >= frame.bottom]
    bottom = frame.bottom
    if match.side != "below" and _is_open(layout, frame, within, after):
        bottom = _open_end(layout, after, frame.bottom, within)
        within = [o for o in lines if o.base < bottom]
        after = [o for o in lines if o.base >= bottom]
    if len(within) < 2:
        return None
    body = Rect(min(frame.x0, *(o.x0 for o in within)), frame.top - 1, max(frame.x1, *(o.x1 for o in within)), bottom)
    notes = [] if match.side == "below" else _notes(layout, after, within)
    return Region(caption, body, frame.rules, notes)


def _is_open(layout: Layout, frame: Frame, within: list[Line], after: list[Line]) -> bool:
    """Whether rows go on after the last rule: then what the rules close are the heads only."""
    if len(frame.full) > 2 or not after:
        return not within
    first, last = frame.full[0].bottom, frame.full[-1].top
    held = [o for o in within if first < o.base < last]
    if any(is_row(row) for row in _rows_of(held)):
        return False
    start = prose_start(layout, after)
    near = [o for o in after if (start is None or o.base < start) and o.base < after[0].base + 5 * layout.body.pitch]
    return after[0].top - last < 2 * layout.body.pitch and sum(is_row(row) for row in _rows_of(near)) >= 1


def _rows_of(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda o: (o.base, o.x0)):
        if rows and abs(rows[-1][0].base - line.base) <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda o: o.x0)
    return rows


def _open_end(layout: Layout, lines: list[Line], start: float, within: list[Line]) -> float:
    """The end of rows that no rule closes: running text, a hole, smaller type across the table, or the end of what there is."""
    prose = prose_start(layout, lines)
    bottom = start
    if not lines:
        return bottom
    size = within[0].size if within else lines[0].size
    for row in _rows_of(lines):
        if prose is not None and row[0].base > prose:
            break
        smaller = len(row) == 1 and row[0].size < 0.93 * size
        if row[0].top - bottom > HOLE * layout.body.pitch or smaller or row[0].size > 1.2 * size:
            break
        bottom = max(bottom, max(o.bottom for o in row))
    return bottom + 0.5


def _notes(layout: Layout, after: list[Line], within: list[Line]) -> list[Line]:
    """Lines close under the table, in type no larger than the table's, up to running text."""
    size = max(o.size for o in within)
    notes: list[Line] = []
    bottom = max(o.bottom for o in within)
    for row in _rows_of(after):
        line = row[0]
        gap = line.top - bottom
        if gap > (2.2 if not notes else 0.8) * layout.body.pitch or (notes and abs(line.size - notes[-1].size) > 0.15 * line.size):
            break
        if not notes and not _is_note(layout, line, size, gap):
            break
        if notes and layout.is_body(line) and (line.bold or gap > 0.5 * line.size):
            break
        notes.extend(row)
        bottom = max(bottom, *(o.bottom for o in row))
    return notes


def _is_note(layout: Layout, line: Line, size: float, gap: float) -> bool:
    """Whether a line under a table opens its notes: small type, or the words and marks that notes begin with."""
    if line.words[0].raised == 1 or NOTE.match(line.text):
        return line.size <= 1.3 * size
    return line.size <= size + 0.2 and not (layout.is_body(line) and (line.bold or line.words[0].bold or gap > 0.9 * layout.body.pitch))


def _unruled(layout: Layout, caption: Caption, captions: list[Caption], taken: list[Region]) -> Region | None:
    """A table without rules: lines of several parts under the caption, up to prose or a hole."""
    at = caption.rect
    column = layout.column_of(at.x0, at.x1)
    x0, x1 = (column.x0, column.x1) if column else (min(c.x0 for c in layout.columns), max(c.x1 for c in layout.columns))
    mine = {id(o) for o in caption.lines}
    stops = [
        r.top
        for r in [c.rect for c in captions if c is not caption] + [t.body for t in taken]
        if r.top > at.bottom and r.x0 < x1 and r.x1 > x0
    ]
    limit = min([*stops, layout.view.height])
    lines = sorted(
        (o for o in layout.lines if at.bottom < o.base < limit and o.x0 < x1 and o.x1 > x0 and id(o) not in mine), key=lambda o: o.base
    )
    if not lines or lines[0].top - at.bottom > NEAR * layout.body.pitch:
        return None
    bottom = _open_end(layout, lines, at.bottom, [])
    within = [o for o in lines if o.base < bottom]
    if sum(is_row(row) for row in _rows_of(within)) < 2:
        return None
    body = Rect(min(o.x0 for o in within), at.bottom, max(o.x1 for o in within), bottom)
    after = [o for o in lines if o.base >= bottom]
    return Region(caption, body, [], _notes(layout, after, within), ruled=False)
