"""From characters to words, superscripts told by size and baseline, and from words to lines."""

from __future__ import annotations

import itertools
from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from counterproof.extract.pdf.chars import Chars
from counterproof.extract.pdf.geometry import Line, Word

Floats = NDArray[np.float64]

GAP = 0.15
"""A gap of this many font sizes parts words where spaces are not printed …"""
GAP_PRINTED = 0.26
"""… and this many where they are (letter spacing is then no word space)."""
NARROW = 0.09
"""A gap of this many font sizes is enough where PDFium sees a space too."""
PRINTED_SHARE = 0.08
TRACKED = 0.06
"""Gaps beyond this many font sizes between most letters of a line are letter spacing."""
SMALLER = 0.87
"""A superscript's type is at most this much of its neighbour's …"""
SHIFT = (0.1, 0.8)
"""… and its baseline is off by this many of the neighbour's font sizes."""
SAME_LINE = 0.25
"""Baselines within this many font sizes are one line."""
_HYPHEN, LINE_HYPHEN = 0x02, 0xFFFE
"""What PDFium writes for a hyphen at a line's end, and what its text functions (and this package) write for it."""
_SPACES = (0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x3000, *range(0x2002, 0x200C), 0x202F, 0x205F, 0xFEFF)


def make_words(chars: Chars, x0: Floats, x1: Floats, base: Floats, turn: NDArray[np.int32]) -> dict[int, list[Word]]:
    """Words by direction of text; the coordinates are those of each character's own view."""
    code = np.where(chars.code == _HYPHEN, LINE_HYPHEN, chars.code)
    space = np.isin(code, _SPACES)
    # PDFium puts spaces of its own between words; they have no extent. Where the printed ones decide, these must not.
    printed = (chars.style >= 0) & (~space | (chars.box[:, 2] - chars.box[:, 0] > 0.01))
    size = np.array([s.size for s in chars.styles] + [0.0])[chars.style]
    keep = np.flatnonzero(printed & ~space & (size > 0.5) & (code > 31))
    if not len(keep):
        return {}
    limit = GAP_PRINTED if np.count_nonzero(space & printed) > PRINTED_SHARE * len(keep) else GAP
    after, before = keep[1:], keep[:-1]
    # The letters of a ligature share one box.
    gap = np.where(x0[after] == x0[before], 0.0, x0[after] - x1[before])
    height = np.maximum(size[after], size[before])
    spaced = np.diff(np.cumsum(space & printed)[keep]) > 0
    moved = (np.abs(base[after] - base[before]) > 0.02 * height) | (size[after] != size[before]) | (turn[after] != turn[before])
    spaced |= _seen_by_pdfium(chars, keep, gap / height, NARROW if limit == GAP else GAP)
    gap = gap - _tracking(gap / height, moved) * height
    apart = (gap > limit * height) | (gap < -0.6 * height)
    cut = np.flatnonzero(spaced | apart | moved)
    words: dict[int, list[Word]] = {}
    starts = [0, *(cut + 1).tolist()]
    ends = [*(cut + 1).tolist(), len(keep)]
    codes, styles = code[keep].tolist(), chars.style[keep].tolist()
    left, right, bases = x0[keep].tolist(), x1[keep].tolist(), base[keep].tolist()
    turns, gaps = turn[keep].tolist(), [True, *(spaced | apart).tolist()]
    for order, (start, end) in enumerate(zip(starts, ends, strict=True)):
        style = chars.styles[styles[start]]
        text = "".join(map(chr, codes[start:end]))
        word = Word(_surrogates(text), min(left[start:end]), max(right[start:end]), bases[start], style.size, style.bold, style.italic)
        word.order, word.glued = order, not gaps[start]
        words.setdefault(turns[start], []).append(word)
    return {direction: _settle(runs) for direction, runs in words.items()}


def _seen_by_pdfium(chars: Chars, keep: NDArray[np.intp], gap: Floats, least: float) -> NDArray[np.bool_]:
    """Where PDFium sees a space in a gap that is narrow for one: lines are squeezed to fit. Between figures it sees too many."""
    seen = np.diff(np.cumsum(chars.code == 0x20)[keep]) > 0
    figure = (chars.code >= 0x30) & (chars.code <= 0x39)
    return seen & (gap > least) & ~(figure[keep[1:]] & figure[keep[:-1]])


def _tracking(gap: Floats, moved: NDArray[np.bool_]) -> Floats:
    """The letter spacing at each gap, in font sizes: what most gaps of its line share, where that is not nothing."""
    tracking = np.zeros(len(gap))
    ends = np.flatnonzero(moved | (np.abs(gap) > 1.5))
    starts = np.concatenate(([0], ends + 1))
    stops = np.concatenate((ends, [len(gap)]))
    odd = np.concatenate(([0], np.cumsum(np.abs(gap) > TRACKED)))
    long = stops - starts >= 6
    for start, stop in zip(starts[long].tolist(), stops[long].tolist(), strict=True):
        if odd[stop] - odd[start] > 0.6 * (stop - start):
            tracking[start:stop] = np.median(gap[start:stop])
    return tracking


def _surrogates(text: str) -> str:
    if any("\ud800" <= c <= "\udfff" for c in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _settle(runs: list[Word]) -> list[Word]:
    """Mark superscripts, then join runs that touch on one baseline."""
    _raise_neighbours(runs)
    _raise_strays(runs)
    words: list[Word] = []
    for line in cluster(runs):
        _name_bullets(line)
        last: Word | None = None
        for run in line:
            run.glued = last is not None and _touch(last, run)
            if last is not None and run.glued and not last.raised and not run.raised:
                last.text += run.text
                last.x1 = max(last.x1, run.x1)
                last.size = max(last.size, run.size)
                last.order = run.order
            else:
                words.append(run)
                last = run
    return words


def _name_bullets(line: list[Word]) -> None:
    """A glyph without a meaning that opens a line, a space before its text, is a bullet."""
    for left, word in zip([None, *line], line, strict=False):
        if word.text == "\ufffd" and (left is None or word.x0 - left.x1 > word.size):
            word.text = "•"


def _touch(left: Word, right: Word) -> bool:
    gap = right.x0 - left.x1
    size = max(left.size, right.size)
    if right.order == left.order + 1:
        return right.glued and gap <= GAP_PRINTED * size
    return gap <= GAP * size


def _raise_neighbours(runs: list[Word]) -> None:
    """Small runs next to a larger one in the order of the content."""
    for left, right in itertools.pairwise(runs):
        gap = right.x0 - left.x1
        reach = 1.0 if left.size < right.size else 0.5
        if not -0.3 * left.size <= gap <= reach * max(left.size, right.size):
            continue
        small, large = (left, right) if left.size < right.size else (right, left)
        if not small.raised and _is_shifted(small, large):
            _attach(small, large)


def _raise_strays(runs: list[Word]) -> None:
    """Small runs that stand beside a larger one but come elsewhere in the content."""
    if not runs:
        return
    typical = float(np.median([w.size for w in runs]))
    by_base = sorted((w for w in runs if not w.raised), key=lambda w: w.base)
    bases = [w.base for w in by_base]
    for small in runs:
        if small.raised or small.size > SMALLER * typical or len(small.text) > 6:
            continue
        reach = SHIFT[1] * typical
        near = by_base[bisect_left(bases, small.base - reach) : bisect_left(bases, small.base + reach)]
        beside = [w for w in near if w is not small and -0.1 * w.size <= small.x0 - w.x1 <= 0.3 * w.size and _is_shifted(small, w)]
        if beside:
            _attach(small, min(beside, key=lambda w: abs(small.x0 - w.x1)))


def _is_shifted(small: Word, large: Word) -> bool:
    if small.size > SMALLER * large.size or large.raised:
        return False
    return SHIFT[0] * large.size <= abs(small.base - large.base) <= SHIFT[1] * large.size


def _attach(small: Word, large: Word) -> None:
    small.raised = 1 if small.base < large.base else -1
    small.base = large.base


def cluster(words: list[Word]) -> list[list[Word]]:
    """Words by line of text, from top to bottom, each line from left to right."""
    lines: list[list[Word]] = []
    base = -1e9
    for word in sorted(words, key=lambda w: w.base):
        if word.base - base > SAME_LINE * word.size:
            lines.append([])
            base = word.base
        lines[-1].append(word)
    for line in lines:
        line.sort(key=lambda w: w.x0)
    return lines


def split_line(words: list[Word], gap: float) -> list[Line]:
    """The parts of a line between gaps wider than ``gap`` font sizes."""
    parts: list[list[Word]] = [[words[0]]]
    reach = words[0].x1
    for word in words[1:]:
        if word.x0 - reach > gap * word.size:
            parts.append([])
        parts[-1].append(word)
        if word.x1 > reach:
            reach = word.x1
    return [Line(part) for part in parts]
