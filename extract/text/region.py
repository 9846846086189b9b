"""Where a table begins and ends in an export: its caption, its lines, its notes before and after, and the prose that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterproof.extract.sections import part_of
from counterproof.extract.text.captions import Caption, is_figure_caption, table_caption
from counterproof.extract.text.lines import Line
from counterproof.extract.text.values import peel
from counterproof.extract.text.words import ENDS, SIZE, STUB, begins_with_mark, is_note


@dataclass(slots=True)
class Region:
    """The lines of one table; ``stop`` is the index of the first line behind it."""

    caption: Caption
    title: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    stop: int = 0


def find_region(lines: Sequence[Line], start: int, caption: Caption, width: int) -> Region:
    """The region of the table whose caption opens at ``lines[start]``; ``width`` is the usual length of a full line."""
    region = Region(caption)
    k = _take_title(lines, start, region, width)
    k = _take_notes(lines, k, region)
    begin = k
    last = k
    while k < len(lines):
        line = lines[k]
        if _continues(line, caption):
            k += 1
            continue
        if (
            table_caption(line.text)
            or is_figure_caption(line.text)
            or (part_of(line.text) and len(line.text) < 30 and _heads_prose(lines, k, width))
        ):
            break
        values = peel(line.text).values
        if last > begin and is_note(line.text) and not (values and len(line.text) < 0.6 * width):
            last = k
            break
        if _prose_begins(lines, k, width, last > begin):
            break
        if values:
            last = k + 1
        elif k - last >= (12 if last > begin else 45):
            break
        k += 1
    last = _with_wrap(lines, last, k) if last > begin else last
    region.body = [line for line in lines[begin:last] if not _continues(line, caption)]
    region.stop = _take_notes(lines, last, region) if region.body else last
    return region


def _continues(line: Line, caption: Caption) -> bool:
    """Whether a line only says that this table goes on from the page before."""
    again = table_caption(line.text)
    return again is not None and again.continued and again.label.casefold() == caption.label.casefold()


def _take_title(lines: Sequence[Line], start: int, region: Region, width: int) -> int:
    """The caption's own lines."""
    region.title.append(lines[start])
    telling = any(line.soft for line in lines)
    k = start + 1
    while k < len(lines) and k - start < 8:
        above, line = lines[k - 1], lines[k]
        if line.opens and (k > start + 1 or region.caption.rest or line.gap > 2):
            break
        if _opens_head(line) or is_figure_caption(line.text):
            break
        if k + 1 < len(lines) and (k > start + 1 or region.caption.rest) and _is_row(lines[k + 1]) and not line.text.endswith("."):
            break
        bare = k == start + 1 and not region.caption.rest
        if not bare and (not above.soft if telling else not _wraps(above, line, region.title, width)):
            break
        region.title.append(line)
        k += 1
    return k


def _is_row(line: Line) -> bool:
    """Whether a line holds a label and several values, or one of a form that prose seldom ends in."""
    values = peel(line.text).values
    return len(values) > 1 or (bool(values) and values[0].kind in ("bracket", "spread", "interval") and len(line.text) < 50)


def _opens_head(line: Line) -> bool:
    hit = STUB.match(line.text)
    short = (
        bool(hit) and (len(line.text) - len(hit[0]) < 3 or not ENDS.search(line.text)) and len(line.text.split()) <= 14 if hit else False
    )
    return (short and hit is not None and not hit[0].islower()) or len(SIZE.findall(line.text)) > 1 or len(peel(line.text).values) > 2


def _wraps(above: Line, line: Line, title: Sequence[Line], width: int) -> bool:
    longest = max(len(o.text) for o in title)
    if above.text.endswith("-") or line.text[:1] == "(" or line.text[:1].islower():
        return True
    if ENDS.search(above.text) and (len(above.text) < 0.85 * longest or len(line.text) < 0.5 * longest):
        return False
    if len(line.text) >= 0.8 * longest and not peel(line.text).values and longest > 0.6 * width:
        return True
    return len(above.text) >= 0.8 * width and not ENDS.search(above.text)


def _take_notes(lines: Sequence[Line], k: int, region: Region) -> int:
    """The notes from ``lines[k]`` on, block by block."""
    while k < len(lines) and is_note(lines[k].text) and not table_caption(lines[k].text):
        block = [lines[k]]
        k += 1
        while k < len(lines) and not lines[k].opens and _note_goes_on(lines[k - 1], lines[k]):
            block.append(lines[k])
            k += 1
        region.notes.append(block)
    return k


def _note_goes_on(above: Line, line: Line) -> bool:
    if table_caption(line.text) or is_figure_caption(line.text) or _opens_head(line) or _is_row(line):
        return False
    if ENDS.search(above.text) and not is_note(line.text):
        return False
    return not (ENDS.search(above.text) and line.text[:1].islower() and not begins_with_mark(line.text))


def _with_wrap(lines: Sequence[Line], last: int, stop: int) -> int:
    """One more line where the last row's label goes on behind its values."""
    if last < stop and not lines[last].opens and len(lines[last].text) < 30 and lines[last].text[:1] in "(" and lines[last].indent > 0:
        return last + 1
    return last


def _wordy(line: Line, width: int) -> bool:
    peeled = peel(line.text)
    if len(line.text) < 0.62 * width or len(peeled.values) > 1:
        return False
    return not peeled.values or (len(peeled.label) > 0.75 * width and peeled.values[0].kind in ("number", "p", "percent"))


def _heads_prose(lines: Sequence[Line], k: int, width: int) -> bool:
    following = lines[k + 1 : k + 3]
    return len(following) == 2 and all(_wordy(line, width) for line in following)


def _prose_begins(lines: Sequence[Line], k: int, width: int, body: bool) -> bool:
    """Whether running text begins here: wordy lines one behind another, perhaps under a short heading."""
    block = [lines[k]]
    for line in lines[k + 1 : k + 4]:
        if line.opens:
            break
        block.append(line)
    wordy = [_wordy(line, width) for line in block]
    if not body:
        return len(wordy) >= 4 and all(wordy)
    if (len(block) >= 3 and all(wordy[:3])) or (
        len(block) == 2 and all(wordy) and (ENDS.search(block[1].text) or block[0].text[:1].islower())
    ):
        return True
    if wordy[0] and len(block) == 1 and ENDS.search(lines[k].text) and len(lines[k].text) > 60:
        return True
    # The tail of a sentence from before the table, often but one line and a half.
    glued = lines[k].text[:1].islower() and not lines[k - 1].soft and peel(lines[k - 1].text).values and len(block) > 1
    if glued and not peel(lines[k].text).values and (wordy[0] or ENDS.search(block[1].text)):
        return True
    return len(block) >= 3 and not wordy[0] and not peel(lines[k].text).values and all(wordy[1:3]) and (len(block) < 4 or wordy[3])


def figure_end(lines: Sequence[Line], start: int, width: int) -> int:
    """The index of the first line behind a figure's caption."""
    telling = any(line.soft for line in lines)
    k = start + 1
    while k < len(lines) and k - start < 12 and not lines[k].opens and not table_caption(lines[k].text):
        above = lines[k - 1]
        if telling and not above.soft and not above.text.endswith("-"):
            break
        if not telling and ENDS.search(above.text) and len(above.text) < 0.85 * width:
            break
        k += 1
    return k


def region_above(prose: Sequence[Line], caption: Caption, title: Sequence[Line], width: int) -> Region:
    """The region of a table whose caption stands below it: the rows and heads that end the lines before the caption."""
    start = len(prose)
    rows = 0
    while start and not _wordy(prose[start - 1], width) and not ENDS.search(prose[start - 1].text) and len(prose) - start < 120:
        start -= 1
        rows += _is_row(prose[start])
    body = list(prose[start:])
    return Region(caption, list(title), body if rows >= 3 and rows >= 0.4 * len(body) else [])
