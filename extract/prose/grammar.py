"""The claims of a sentence: patterns over the tags of its tokens, matched as expressions over one character for each tag.

A pattern is written as a line of tags. ``A|B`` is either, ``?`` and ``{0,4}`` say how often, ``role:TAG`` says what the number is where
the token alone does not. WORDS is any word, NUMBER any plain number, GLUE what may stand between a name and its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import cast, get_args

from counterproof.extract.prose.tokens import Part, Token
from counterproof.kb.evidence import Kind

_CLASSES = {
    "WORDS": "W|DET|PEOPLE|IN|TO|BE|OF|MEAN|MEDIAN|THAN|FROM|TIME|NAME",
    "NUMBER": "COUNT|DECIMAL|QTY|PCT",
    "GLUE": "W|DET|IN|TO|BE|OF|EQ|COLON|COMMA|LP|RP|TIME",
    "JOIN": "COMMA|SEMI|LP|EQ",
    "BARE": "COUNT|DECIMAL|QTY",
}

PATTERNS: dict[str, tuple[str, ...]] = {
    "proportion": (
        "count:COUNT|COUNTWORD LP PCT RP OF DET{0,2} n:COUNT PEOPLE?",
        "count:COUNT|COUNTWORD W|DET{0,3} PEOPLE WORDS{0,6} LP PCT RP|COMMA|SEMI",
        "count:COUNT|COUNTWORD BE? W|DET|OF|TO{0,7} LP PCT RP|COMMA|SEMI",
        "count:COUNT|COUNTWORD PEOPLE? COMMA|SEMI PCT RP",
        "FRAC WORDS{0,8} LP PCT RP|COMMA|SEMI",
        "FRAC PEOPLE|W{0,2} SEMI|COMMA PCT",
        "FRAC EQ PCT",
        "PCT W{0,2} LP FRAC WORDS{0,4} RP",
        "PCT WORDS{0,3} LP count:NEQ RP",
        "PCT LP count:COUNT WORDS{0,3} RP",
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
        "EFFECT GLUE{0,6} effect:NUMBER LP SPAN RP",
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
class Value:
    """The numbers of one claim: its form, the span of its tokens (first, last + 1), and each number with its kind."""

    form: str
    first: int
    last: int
    parts: tuple[Part, ...]
    name: str = ""

    def part(self, kind: Kind) -> Part | None:
        """Its number of this kind, if any."""
        return next((part for part in self.parts if part.kind == kind), None)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its numbers."""
        return frozenset(part.kind for part in self.parts)


Match = tuple[str, int, int, list[str]]
"""A form, the first of its tokens, the last + 1, and the role of each of them."""


def values(tokens: list[Token]) -> list[Value]:
    """The claims of a sentence in reading order; none shares a number with another."""
    codes, patterns = _machine()
    ranks = {form: i for i, form in enumerate(PATTERNS)}
    line = "".join(codes.get(token.tag, " ") for token in tokens)
    found = [_match(form, hit, roles) for form, expression, roles in patterns for hit in expression.finditer(line)]

    def rank(match: Match) -> tuple[int, int, int, int]:
        form, first, last, _ = match
        return -_numbers(tokens, first, last), ranks[form], last - first, first

    taken: set[int] = set()
    chosen: list[Value] = []
    for form, first, last, roles in sorted(found, key=rank):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            chosen.append(_value(form, tokens, first, last, roles))
    return sorted(chosen, key=lambda value: value.first)


def _match(form: str, hit: re.Match[str], roles: list[str]) -> Match:
    return form, hit.start(), hit.end(), [role for i, role in enumerate(roles, 1) for _ in range(*hit.span(i))]


def _numbers(tokens: list[Token], first: int, last: int) -> int:
    return sum(len(token.parts) for token in tokens[first:last])


def _value(form: str, tokens: list[Token], first: int, last: int, labels: list[str]) -> Value:
    parts: list[Part] = []
    name = ""
    for token, label in zip(tokens[first:last], labels, strict=True):
        name = token.name or name
        role = name if label == "effect" and form == "effect" else label
        parts += [replace(part, kind=cast(Kind, role)) if role else part for part in token.parts[:1]] if role else token.parts
    return Value(form, first, last, tuple(parts), name)


_ITEM = re.compile(r"(?:(?P<role>[a-z_0-9]+):)?(?P<tags>[A-Z|]+)(?P<often>\?|\{\d+,\d+\})?")


@cache
def _machine() -> tuple[dict[str, str], list[tuple[str, re.Pattern[str], list[str]]]]:
    """The character of each tag; each pattern with its form and the role of each of its places."""
    codes: dict[str, str] = {}
    patterns: list[tuple[str, re.Pattern[str], list[str]]] = []
    for form, lines in PATTERNS.items():
        for line in lines:
            expression, roles = _compiled(line, codes)
            patterns.append((form, expression, roles))
    return codes, patterns


def _compiled(line: str, codes: dict[str, str]) -> tuple[re.Pattern[str], list[str]]:
    """A pattern as an expression with a group for each of its places, and their roles; all repetitions are bounded."""
    expression, roles = "", []
    for word in line.split():
        item = _ITEM.fullmatch(word)
        assert item is not None, word
        role = item["role"] or ""
        assert not role or role == "effect" or role in get_args(Kind), role
        tags = [tag for name in item["tags"].split("|") for tag in _CLASSES.get(name, name).split("|")]
        any_of = "".join(codes.setdefault(tag, chr(0x100 + len(codes))) for tag in tags)
        expression += f"([{any_of}]{item['often'] or ''})"
        roles.append(role)
    return re.compile(expression), roles
