"""The forms of claims, as patterns over the tags of a sentence's tokens.

A pattern is written as a line of tags. ``A|B`` is either, ``?`` and ``{0,4}`` say how often, ``role:TAG`` says what the number is where
the token alone does not. WORDS is any word, NUMBER any plain number, GLUE what may stand between a name and its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from counterproof.kb.evidence import Kind

_CLASSES = {
    "WORDS": "W|DET|PEOPLE|IN|TO|BE|OF|MEAN|MEDIAN|THAN|FROM|TIME|NAME",
    "NUMBER": "COUNT|DECIMAL|QTY|PCT",
    "GLUE": "W|DET|IN|TO|BE|OF|EQ|COLON|COMMA|LP|RP|TIME",
    "JOIN": "COMMA|SEMI|LP|EQ",
    "BARE": "COUNT|DECIMAL|QTY",
}

WORDS = frozenset(tag for name in ("WORDS", "GLUE", "JOIN") for tag in _CLASSES[name].split("|"))
"""The tags of tokens that hold no number."""

PATTERNS: dict[str, tuple[str, ...]] = {
    "proportion": (
        "count:COUNT|COUNTWORD LP PCT RP OF DET{0,2} n:COUNT PEOPLE?",
        "count:COUNT|COUNTWORD W|DET|OF|TO|PEOPLE{0,7} LP PCT RP W|PEOPLE? OF|IN DET{0,2} n:COUNT W{0,2} PEOPLE",
        "count:COUNT|COUNTWORD W|DET{0,3} PEOPLE WORDS{0,6} LP PCT RP|COMMA|SEMI",
        "count:COUNT|COUNTWORD BE? W|DET|OF|TO{0,7} LP PCT RP|COMMA|SEMI",
        "count:COUNT|COUNTWORD PEOPLE? COMMA|SEMI PCT RP",
        "FRAC WORDS{0,8} LP PCT RP|COMMA|SEMI",
        "FRAC PEOPLE|W{0,2} SEMI|COMMA PCT",
        "FRAC EQ PCT",
        "PCT W{0,2} LP FRAC WORDS{0,4} RP",
        "PCT WORDS{0,3} LP count:NEQ RP",
        "PCT LP count:COUNT WORDS{0,3} RP",
        "PCT LP count:COUNT|NEQ WORDS{0,3} RP W|PEOPLE? OF|IN DET{0,2} n:COUNT W{0,2} PEOPLE",
        "PCT OF DET{0,2} n:COUNT PEOPLE",
        "FRAC",
        "count:COUNT|COUNTWORD PEOPLE",
        "PCT",
    ),
    "mean": (
        "mean:NUMBER SDV|SEV",
        "mean:NUMBER W? LP SDV|SEV RP",
        "mean:NUMBER COMMA SDV|SEV",
    ),
    "median": (
        "median:NUMBER W? LP IQRV|RANGEV RP",
        "median:NUMBER W? COMMA IQRV|RANGEV",
    ),
    "effect": (
        "EFFECT GLUE{0,6} effect:NUMBER JOIN{0,2} CIV",
        "EFFECT GLUE{0,6} effect:NUMBER COMMA|SEMI? LP SPAN RP",
        "EFFECT EQ|COLON|OF|BE|COMMA? effect:NUMBER",
    ),
    "rate": ("rate:PCT JOIN{0,2} CIV",),
    "interval": ("estimate:BARE JOIN{0,2} CIV",),
    "spread": ("value:NUMBER LP SPAN RP", "value:NUMBER LP value:NUMBER RP"),
    "statistic": ("STAT",),
    "size": ("NEQ",),
    "plain": ("value:BARE|COUNTWORD",),
}
"""What a claim is, and how it is printed; the longest that fits is taken."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a pattern: the tags that may stand there, how often (as spaCy writes it), and what their number is."""

    tags: tuple[str, ...]
    often: str
    role: str

    @property
    def optional(self) -> bool:
        """Whether the place may stay empty."""
        return self.often == "?" or self.often.startswith("{0")

    @property
    def repeated(self) -> bool:
        """Whether more than one token may fill the place."""
        return self.often.startswith("{")

    @property
    def most(self) -> int:
        """How many tokens may fill the place."""
        return int(self.often[1:-1].partition(",")[2]) if self.repeated else 1


_PLACE = re.compile(r"(?:(?P<role>[a-z_0-9]+):)?(?P<tags>[A-Z|]+)(?P<often>\?|\{\d+,\d+\})?")


def places(line: str) -> tuple[Place, ...]:
    """The places of a pattern."""
    return tuple(_place(word) for word in line.split())


def _place(word: str) -> Place:
    written = _PLACE.fullmatch(word)
    assert written is not None, word
    role = written["role"] or ""
    assert not role or role == "effect" or role in get_args(Kind), role
    tags = [tag for name in written["tags"].split("|") for tag in _CLASSES.get(name, name).split("|")]
    return Place(tuple(tags), written["often"] or "", role)
