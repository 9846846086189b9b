"""Headings: which lines are, and which of them open a part of the paper."""

from __future__ import annotations

import re
from collections import Counter

from counterproof.extract.pdf.layout import Body
from counterproof.extract.pdf.prose import Paragraph
from counterproof.extract.sections import part_of

MAX_LINES, MAX_WORDS, MAX_LETTERS = 3, 20, 180
"""No heading is longer."""
NAME_WORDS = 4
"""The name of a part has at most this many words where nothing but its words marks it as a heading."""
LARGER = 1.04
"""A heading's type is this many times that of running text."""
_TERMINAL = re.compile(r"[.;,]$")
_NUMBER = re.compile(r"^\s*(?:\d+\.?\s*\|?\s*)+")
_MAIN = re.compile(
    r"(?:introduction|background|(?:materials?|patients?|subjects?|participants?|study)\s(?:and|&)\smethods?|methods?|results?"
    r"|discussion|conclusions?|references|acknowledge?ments?)",
    re.IGNORECASE,
)

Style = tuple[float, bool, bool, bool]
"""Size, weight, slant and capitals of a heading."""


def is_heading(paragraph: Paragraph, body: Body) -> bool:
    """Whether a short paragraph in bold, slanted, larger or capital type, or a known name of a part, is a heading."""
    text = paragraph.text
    if len(paragraph.lines) > MAX_LINES or len(text) > MAX_LETTERS or len(text.split()) > MAX_WORDS or not text[:1].isalnum():
        return False
    if _TERMINAL.search(text) and (part_of(text) is None or len(text.split()) > NAME_WORDS):
        return False
    first = paragraph.first
    marked = first.bold or first.size > LARGER * body.size or all(w.italic for w in first.words) or text.isupper()
    return marked or (part_of(text) is not None and len(text.split()) <= NAME_WORDS)


def style_of(paragraph: Paragraph) -> Style:
    """How a heading is set."""
    first = paragraph.first
    return round(first.size, 1), first.bold, all(w.italic for w in first.words), paragraph.text.isupper()


def main_style(headings: list[Paragraph]) -> Style | None:
    """The style of the headings that name the parts of a paper, if at least two of them share it."""
    named = [h for h in headings if _MAIN.fullmatch(_NUMBER.sub("", h.text).strip(" .:"))]
    styles = Counter(style_of(h) for h in named).most_common(1)
    return styles[0][0] if styles and styles[0][1] > 1 else None


def depth(text: str) -> int:
    """How deep a heading's own number says that it is (0 where it has none)."""
    hit = re.match(r"\s*(\d+(?:\.\d+)*)\.?[\s|]", text)
    return len(hit[1].split(".")) if hit else 0
