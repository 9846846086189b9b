"""Exports that keep the page's layout with spaces: two columns of prose side by side are put one behind the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from counterproof.extract.text.lines import Line

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_WIDE_GAP = re.compile(r"\S {3}")
_REACH = 4
_FULL = 0.6  # the share of a column that a line of running text fills


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words parted from others by two or more spaces, with its place on the line."""

    text: str
    start: int
    end: int


def segments(line: Line) -> list[Segment]:
    """The runs of a line, by their absolute places."""
    return [Segment(hit[0], line.indent + hit.start(), line.indent + hit.end()) for hit in _SEGMENT.finditer(line.spaced)]


def keeps_layout(lines: Sequence[Line], share: float = 0.12) -> bool:
    """Whether more than a share of the lines set words at their places by runs of spaces."""
    return len(lines) > 2 and sum(bool(_WIDE_GAP.search(line.spaced)) for line in lines) > share * len(lines)


def unfold(lines: Sequence[Line]) -> list[Line]:
    """The lines with the right column of each page's two-column stretches behind its left one."""
    unfolded: list[Line] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        unfolded.extend(_page(list(page)))
    return unfolded


def _page(lines: list[Line]) -> list[Line]:
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    sides = _smoothed([_side(line, gutter) for line in lines])
    result: list[Line] = []
    for crossing, band in groupby(zip(lines, sides, strict=True), key=lambda pair: pair[1] == "cross"):
        pairs = list(band)
        if crossing:
            result.extend(line for line, _ in pairs)
        else:
            result.extend(_column([line for line, _ in pairs], gutter, left=True))
            result.extend(_column([line for line, _ in pairs], gutter, left=False))
    return result


def _gutter(lines: Sequence[Line]) -> int | None:
    """Where the right column's lines begin, None on a page of one column."""
    width = sorted(line.indent + len(line.spaced) for line in lines)[int(0.9 * len(lines))] if lines else 0
    starts: Counter[int] = Counter()
    for line in lines:
        for k, segment in enumerate(segments(line)):
            if 0.3 * width < segment.start < 0.72 * width and (k or line.indent > 0.3 * width) and len(segment.text) > 12:
                starts[segment.start] += 1
    if not starts:
        return None
    best = max(starts, key=lambda x: (starts[x], -x))
    support = sum(starts[x] for x in range(best, best + _REACH))
    return best if support >= max(5, 0.2 * len(lines)) else None


def _side(line: Line, gutter: int) -> str:
    runs = segments(line)
    if any(run.start < gutter - 1 and run.end > gutter for run in runs):
        return "cross"
    left, right = any(run.end <= gutter for run in runs), any(run.start >= gutter - 1 for run in runs)
    if left and right:
        # A full line of prose beside a table's cells, or two lines of prose side by side; else a row across the page.
        prose = runs[0].end <= gutter and runs[0].end - runs[0].start > _FULL * gutter and (len(runs) < 2 or runs[1].start >= gutter - 1)
        return "both" if prose or any(gutter - 1 <= run.start <= gutter + _REACH for run in runs) else "cross"
    return "left" if left else "right"


def _smoothed(sides: list[str]) -> list[str]:
    """A line between crossing ones belongs to what they are: a row of a wide table."""
    smooth = list(sides)
    for i, side in enumerate(sides):
        near = sides[max(0, i - 3) : i], sides[i + 1 : i + 4]
        if side != "cross" and all("cross" in n for n in near) and sum(n.count("cross") for n in near) >= 3:
            smooth[i] = "cross"
    return smooth


def _column(lines: Iterable[Line], gutter: int, *, left: bool) -> list[Line]:
    """One side of a band of lines; blank lines are counted anew."""
    result: list[Line] = []
    row = last = 0
    for i, line in enumerate(lines):
        row += 1 + (line.gap if i else 0)
        cut = max(0, gutter - 1 - line.indent)
        spaced = line.spaced[:cut] if left else line.spaced[cut:]
        lead = len(spaced) - len(spaced.lstrip(" "))
        body = spaced.strip(" ")
        if not body:
            continue
        indent = line.indent + lead if left else max(0, line.indent + cut + lead - gutter)
        gap = row - last - 1 if result else max(1, line.gap)
        result.append(
            replace(
                line,
                text=re.sub(r"\s+", " ", body) if "\u202f" not in body else re.sub(r" +", " ", body),
                spaced=body,
                indent=indent,
                gap=gap,
            )
        )
        last = row
    return result
