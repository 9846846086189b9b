"""The lines of an export, with what the export still says of layout: indents, blank lines, page ends, soft wraps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from counterproof.extract.repair import characters
from counterproof.extract.text.captions import table_caption
from counterproof.extract.text.tabs import align

_BLANKS = re.compile(r"[^\S\n\u202f]+")
_PAGE_OF = re.compile(r"(?:^|\s)page\s+\d{1,4}\s+of\s+\d{1,4}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:page\s|[-–—|]\s?)?[eESs]?\d{1,5}(?:\s?[-–—|])?|\d{1,4}\s?(?:/|of)\s?\d{1,4}", re.IGNORECASE)
_NOTICE = re.compile(
    r"^(?:www\.\S+|https?://\S+|doi:?\s?\S+|downloaded from .{0,120}|©.{0,120}|copyright .{0,160}"
    r"|\S+ et al\.? .{0,60}\(\d{4}\) \d+\s?:\S+.{0,40}|.{0,80}\|\s?(?:https?://)?(?:www\.)?(?:doi\.org|DOI)\S*.{0,40}"
    r"|for personal use only.{0,60}|this article is protected by copyright.{0,80})$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[\W_]+")
_TABULAR = re.compile(r"\d\s?[(±]|\)\s\d|\d\s\d")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. ``gap`` counts the blank lines above it, ``soft`` says that the export marks it as wrapped."""

    text: str
    indent: int
    page: int
    gap: int
    soft: bool
    spaced: str

    @property
    def opens(self) -> bool:
        """Whether a blank line or the file's beginning parts it from what stands above."""
        return self.gap > 0


def read_lines(text: str) -> list[Line]:
    """The lines of a text that hold something; ``spaced`` keeps the inner spaces of layouts."""
    lines: list[Line] = []
    page, gap = 0, 1
    raw_lines = align(characters(text).replace("\v", "\n").split("\n"))
    # Where lines end in a space they were wrapped; an export that never writes one (or always does) says nothing by it.
    ended = [raw.endswith((" ", "\t")) for raw in raw_lines if raw.strip()]
    telling = 0.1 < sum(ended) / max(1, len(ended)) < 0.97
    for raw in raw_lines:
        feeds = raw.count("\f")
        if feeds:
            page += feeds
            gap += 1
            raw = raw.replace("\f", "")
        body = raw.expandtabs(8).strip(" \u202f")
        if not body:
            gap += 1
            continue
        indent = len(raw.expandtabs(8)) - len(raw.expandtabs(8).lstrip(" "))
        lines.append(Line(_BLANKS.sub(" ", body), indent, page, gap, telling and raw.endswith((" ", "\t")), body))
        gap = 0
    return lines


def without_running_heads(lines: list[Line]) -> list[Line]:
    """The lines without running heads and feet and page numbers, also those in the middle of a table or sentence.

    A line is one where it says "Page 5 of 10", or is a lone number at a page's edge, or comes again, but for its numbers, on several
    pages' edges (without page ends: several times in the file, standing apart).
    """
    paged = lines[-1].page > 0 if lines else False
    edge = _edges(lines) if paged else {i for i, line in enumerate(lines) if _apart(lines, i)}
    shapes = Counter(_shape(lines[i].text) for i in edge)
    drop = {i for i, line in enumerate(lines) if _PAGE_OF.search(line.text) and len(line.text) < 140}
    drop |= {i for i in edge if shapes[_shape(lines[i].text)] >= (3 if paged else 4) and _running(lines[i].text)}
    drop |= {i for i in edge if _NOTICE.match(lines[i].text) and (paged or shapes[_shape(lines[i].text)] > 1)}
    if paged:
        same = Counter(_SIGNS.sub("", lines[i].text) for i in edge)
        drop |= {i for i in edge if same[_SIGNS.sub("", lines[i].text)] >= 3 and sum(c.isalpha() for c in lines[i].text) >= 3}
        drop |= _page_numbers(lines, edge)
    return _kept(lines, {i for i in drop if not table_caption(lines[i].text)})


def _page_numbers(lines: list[Line], edge: set[int]) -> set[int]:
    """The lone numbers at the pages' edges that count the pages: they run with them, as no table's values do."""
    lone = {i: int(_DIGITS.findall(lines[i].text)[0]) for i in edge if _PAGE_NUMBER.fullmatch(lines[i].text)}
    offsets = Counter(number - lines[i].page for i, number in lone.items())
    usual, times = offsets.most_common(1)[0] if offsets else (0, 0)
    return {i for i, number in lone.items() if times > 1 and number - lines[i].page == usual}


def _running(text: str) -> bool:
    return len(text) < 160 and not _TABULAR.search(text) and sum(c.isalpha() for c in text) >= 8 and not text.endswith((",", ";", "-"))


def _apart(lines: list[Line], i: int) -> bool:
    return lines[i].gap > 0 and (i + 1 == len(lines) or lines[i + 1].gap > 0)


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text.casefold()).strip(" .|")


def _edges(lines: list[Line]) -> set[int]:
    """The first three and the last three lines of each page."""
    places: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        places.setdefault(line.page, []).append(i)
    return {i for page in places.values() for i in (*page[:3], *page[-3:])}


def _kept(lines: list[Line], drop: set[int]) -> list[Line]:
    """The lines that stay. A line behind one that goes keeps a blank line above it only where there was one on both sides."""
    kept: list[Line] = []
    pending: int | None = None
    for i, line in enumerate(lines):
        if i in drop:
            pending = line.gap if pending is None else min(pending, line.gap)
            continue
        if pending is not None:
            apart = line.text[:1].isupper() or (pending > 0 and line.gap > 0)
            line = replace(line, gap=max(pending, line.gap) if apart else min(pending, line.gap))
            pending = None
        kept.append(line)
    return kept


def usual_width(lines: Iterable[Line]) -> int:
    """How long a full line of running text is: the upper quartile of the lines of some length."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    return lengths[3 * len(lengths) // 4] if lengths else 80
