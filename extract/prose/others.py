"""Writes the figures that a sentence attributes to other studies, each with the works that it cites for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from counterproof.extract.prose.citations import Citations, Mark, attributed, contrasted
from counterproof.extract.prose.context import speaks_of_itself
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.reading import Reading
from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.prose.tokens import Part
from counterproof.kb.document import Locator
from counterproof.kb.evidence import CitedFigure

CARRIED = 0.6
"""Confidence where the sentence itself names no work of the list, or names arms that may be those of this study."""

_GOES_ON = re.compile(
    r"(?i)(?:they|he|she|(?:these|those|the) (?:authors|investigators|researchers)|(?:in )?(?:that|their) (?:study|trial|series))\b"
)
"""How a sentence begins that goes on about the work of the one before."""


def record_others(reading: Reading, citations: Citations, before: Sentence | None) -> None:
    """Add the figures of a sentence about others (``theirs``), or of the stretches of one about this study that tell others' figures.

    ``before`` is the sentence before, to whose citations "They reported" refers where the sentence has none of its own.
    """
    if reading.theirs:
        told = [value for value in reading.values if _tells(reading, value)]
        if not told and not reading.prints_p:
            return
        marks = citations.of(reading.sentence)
        carried = citations.of(before)[-1:] if not marks and _GOES_ON.match(reading.text) else ()
        _write(reading, told, marks or carried, 0.9 if marks and not reading.mentions else CARRIED)
    elif reading.values and _sets_apart(reading) and (marks := citations.of(reading.sentence)):
        stretches = contrasted(reading.text, marks)
        apart = [value for value in reading.values if any(start <= value.parts[0].start < end for start, end in stretches)]
        _write(reading, [value for value in apart if _tells(reading, value)], marks, 0.7)


def _sets_apart(reading: Reading) -> bool:
    """Whether a sentence may set others' figures beside those of this study."""
    return reading.sentence.block.part == "discussion" and speaks_of_itself(reading.text)


_LIMIT = re.compile(
    r"(?i)(?:\b(?:than|least|most|over|above|below|under|up to|exceeding|within|between|from)|\d\s?%?\s?(?:[-–—]|\bto|\band))\s?$"
)
_RANGE = re.compile(r"\s?%?\s?(?:[-–—]|to\b)\s?\d")
_ABOUT = re.compile(r"(?i)\b(?:about|around|approximately|approx\.|nearly|almost|roughly|some|circa)\s$")
_LIKE = re.compile(
    r"(?i)\b(?:consistent|compatible|in (?:line|agreement|accordance|keeping)|concordant) with|\b(?:similar|comparable|close) to"
    r"|\bcomparable with|\b(?:high|low|great|short|long|bett|small|larg)er than|\bas (?:in|reported|described|observed)\b"
)
"""Words that set a figure of this study beside those of others."""


def _tells(reading: Reading, value: Value) -> bool:
    """Whether a claim is a figure of its own: no bare number whose meaning the words leave open, no limit and no end of a range."""
    if value.form == "size" or (value.form == "plain" and not value.kinds & {"mean", "median"}):
        return False
    first = value.parts[0]
    alone = len(value.parts) == 1
    return not (alone and (_LIMIT.search(reading.text[: first.start][-14:]) or _RANGE.match(reading.text, first.end)))


def _write(reading: Reading, told: Iterable[Value], marks: Sequence[Mark], sure: float) -> None:
    for value in told:
        position = reading.values.index(value)
        about = reading.subjects.of_group([position])[0]
        start = value.parts[0].start
        if _beside_ours(reading.text, marks, start):
            continue
        cited = attributed(marks, start)
        claim = reading.facts.new_claim()
        for part in value.parts:
            if not any(mark.start <= part.start < mark.end for mark in marks):
                reading.facts.add_cited(_figure(reading, part, claim, cited, about.what, about.time, sure))
    for token in reading.tokens:
        if token.tag == "P" and reading.theirs:
            cited = attributed(marks, token.start)
            claim = reading.facts.new_claim()
            reading.facts.add_cited(_figure(reading, token.parts[0], claim, cited, None, None, sure))


def _beside_ours(text: str, marks: Sequence[Mark], start: int) -> bool:
    """Whether words between a figure and the first mark say that others found the like: then it may be this study's own."""
    first = marks[0].start if marks else len(text)
    return start < first and bool(_LIKE.search(text, start, first))


def _figure(
    reading: Reading, part: Part, claim: int, references: tuple[int, ...], what: str | None, time: str | None, sure: float
) -> CitedFigure:
    sentence, block = reading.sentence, reading.sentence.block
    number = part.number
    if number.comparator == "=" and _ABOUT.search(reading.text[: part.start][-15:]):
        number = number._replace(comparator="≈")
    at = Locator(sentence.start + part.start, sentence.start + part.end, block.locator.box, block.locator.xpath)
    return CitedFigure(part.kind, number, at, sentence.text, claim, references, block.part, block.section, what, time, sure)
