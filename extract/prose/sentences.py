"""Splits running text into sentences without falling for the full stops of clinical prose.

``vs.``, ``Fig. 2``, ``et al. [8]``, ``P = .04``, initials and decimal points end no sentence; a superscript citation number that
was set behind the full stop (``in the trial.6 We``) does not hide an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from counterproof.extract.prose.words import words
from counterproof.kb.document import Block, Document

READ: frozenset[str] = frozenset({"title", "paragraph", "caption", "footnote"})
"""The kinds of blocks that hold sentences; tables are read as tables, and references are other people's."""


class Sentence(NamedTuple):
    """A sentence: ``Document.text[start:end]``, in the block where it stands."""

    start: int
    end: int
    text: str
    block: Block


_STOP = re.compile(
    r"[.!?](?P<mark>\d{1,3}(?:[,–-]\d{1,3}){0,6}|[⁰¹²³⁴-⁹]{1,3}(?:[,–⁻-]?\s?[⁰¹²³⁴-⁹]{1,3}){0,6})?[)\]\"”’]{0,2}\s+(?=[A-Z0-9(\[\"“*†‡§#<>])"
)
_PARTS = re.compile(r";\s(?=of (?:the |these )?\d)")
"""``Of the 40 in one group, 12 died; of the 42 in the other, 15``: two sentences in one."""

_LAST_WORD = re.compile(r"(?<![A-Za-z.])([A-Za-z.]*[A-Za-z])$")

_BEFORE_ANYTHING = words("vs al i.e e.g cf approx dr prof mr ms mrs fig figs ref refs eq eqs tab suppl resp viz ver")
"""Abbreviations that never end a sentence here."""

_BEFORE_NUMBERS = words("no nos p pp v vol n ca art sec ch")
"""Abbreviations where a number follows, words of their own else."""

_NAMED_BY_LETTER = re.compile(
    r"(?i)\b(?:groups?|arms?|vitamins?|hepatitis|types?|class|stages?|grades?|and|or|cohorts?|figs?"
    r"|figures?|parts?)\s+[A-Z]$"
)


def split(document: Document) -> Iterator[Sentence]:
    """The sentences of a document in reading order, without its tables, headings and references."""
    for block in document.blocks:
        if block.kind in READ and block.part != "references":
            yield from of_block(block)


def of_block(block: Block) -> Iterator[Sentence]:
    """The sentences of one block."""
    at, text = block.locator.start, block.text
    for start, end in spans(text):
        yield Sentence(at + start, at + end, text[start:end], block)


@lru_cache(maxsize=1024)
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence of a piece of text, white space around it left out.

    Kept for a while, since a document's sentences are asked for its methods and again for its claims.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in _ends_of_sentences(text):
        piece = text[start:end]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if right > left:
            found.append((start + left, start + right))
        start = end
    return tuple(found)


def _ends_of_sentences(text: str) -> list[int]:
    """Where the sentences of a text end, those too that a semicolon joins."""
    ends = [stop.end() for stop in _STOP.finditer(text) if _ends(text, stop)]
    if ";" in text:
        ends += [part.start() + 1 for part in _PARTS.finditer(text)]
        ends.sort()
    return [*ends, len(text)]


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether the full stop at this place ends a sentence."""
    if text[stop.start()] != ".":
        return True
    before, after = text[max(0, stop.start() - 40) : stop.start()], text[stop.end() : stop.end() + 1]
    if stop["mark"]:
        return before[-1:].isalpha() or before[-1:] in ")]%"
    word = _LAST_WORD.search(before[before.rfind(" ") + 1 :])
    if word is None:
        return True
    last = word[1].lower()
    if last in _BEFORE_ANYTHING:
        return False
    if len(last) == 1 and word[1].isupper():
        return bool(_NAMED_BY_LETTER.search(before))
    return not (last in _BEFORE_NUMBERS and after.isdigit())
