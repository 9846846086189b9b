"""Sentences of a paragraph, and the whole numbers of people in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"[.?!]\s+(?=[A-Z(])")
_ABBREVIATED = re.compile(r"\b(?:vs|Fig|Figs|No|Nos|Dr|Prof|e\.g|i\.e|al|cf|approx|[A-Z])\.$")

_SPELLED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: value for value, word in enumerate(_SPELLED)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))

_WHOLE = re.compile(
    rf"(?<![\w.,·%/^–−:<>≤≥±-])(?:(?P<digits>\d{{1,3}}(?:[,\u2009\u202f]\d{{3}})+|\d{{1,6}})|(?P<words>(?:{_WORD})(?:-(?:{_WORD}))?))"
    r"(?![\w/^:±×-]|[.,·]\d|\s?%|\s?[–−]\s?\d)",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"\s?(?:-|°|years?|yrs?|months?|mo\b|weeks?|wks?|days?|hours?|h\b|min|sec|mg|μg|µg|g\b|kg|mm|cm|ml|mL|l\b|L\b|Gy|cGy|IU|mmol|times|"
    r"groups?|arms?|centers?|centres?|hospitals?|sites?|countries|cycles?|doses?|fractions?|or more|points?|treatment|study|sets?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|parts?|phases?|stages?|steps?|of the (?:two|three|four)|main|different|"
    r"types?|institutions?|trials?|studies|villages?|schools?|to \d)",
    re.IGNORECASE,
)
"""Words behind a number that counts no people."""

_NAMED = re.compile(
    r"(?:table|figure|fig\.?|trial|phase|stage|grade|type|group|arm|step|version|week|day|month|year|age|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|in|since|until|from|score|at|than|least|p|α|and/or)\s?=?\s?$",
    re.IGNORECASE,
)
"""Words before a number that names or dates something."""


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of a sentence that may count people: its value and its span."""

    value: int
    start: int
    end: int


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph with their offsets."""
    start = 0
    for gap in _END.finditer(text):
        end = gap.start() + 1
        if not _ABBREVIATED.search(text[max(start, end - 8) : end]):
            yield start, text[start:end]
            start = gap.end()
    yield start, text[start:]


def counts(sentence: str) -> list[Count]:
    """The whole numbers of a sentence, in figures or words, without years, ages, doses, times and names of groups."""
    found = []
    for hit in _WHOLE.finditer(sentence):
        value = _value(hit)
        if _NO_COUNT.match(sentence, hit.end()) or _NAMED.search(sentence[max(0, hit.start() - 12) : hit.start()]):
            continue
        found.append(Count(value, hit.start(), hit.end()))
    return found


def _value(hit: re.Match[str]) -> int:
    if hit["digits"]:
        return int(re.sub(r"\D", "", hit["digits"]))
    return sum(_NUMBERS[word] for word in hit["words"].lower().replace("ſ", "s").split("-"))
