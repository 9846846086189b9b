"""The claims of a sentence: patterns over the tags of its tokens, matched by spaCy on a blank English vocabulary.

A pattern is written as a line of tags. ``A|B`` is either, ``?`` and ``{0,4}`` say how often, ``role:TAG`` says what the number is where
the token alone does not. WORDS is any word, NUMBER any plain number, GLUE what may stand between a name and its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast, get_args

from counterproof.extract.prose.tokens import Part, Token
from counterproof.kb.evidence import Kind

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

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


REACH = 9
"""No pattern has more tokens than these between two numbers, or before or behind one."""


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


def values(tokens: list[Token]) -> list[Value]:
    """The claims of a sentence in reading order; none shares a number with another."""
    from spacy.tokens import Doc

    vocab, matcher, roles = _machine()
    ranks = {form: i for i, form in enumerate(PATTERNS)}
    kept = _near_numbers(tokens)
    doc = Doc(vocab, words=[tokens[i].text for i in kept], tags=[tokens[i].tag if i >= 0 else "GAP" for i in kept])
    matches = cast(list[tuple[int, int, int, list[int]]], matcher(doc, with_alignments=True))
    found = [(key, kept[first], kept[last - 1] + 1, alignment) for key, first, last, alignment in matches]
    taken: set[int] = set()
    chosen: list[Value] = []

    def rank(match: tuple[int, int, int, list[int]]) -> tuple[int, int, int, int]:
        key, first, last, _ = match
        return -_numbers(tokens, first, last), ranks[roles[key][0]], last - first, first

    for key, first, last, alignment in sorted(found, key=rank):
        if not taken.isdisjoint(range(first, last)):
            continue
        taken.update(range(first, last))
        form, labels = roles[key]
        chosen.append(_value(form, tokens, first, last, [labels[i] for i in alignment]))
    return sorted(chosen, key=lambda value: value.first)


def _near_numbers(tokens: Sequence[Token]) -> list[int]:
    """The tokens that a pattern can reach from a number; -1 stands for those left out, which no pattern crosses."""
    reached = {j for i, token in enumerate(tokens) if token.parts for j in range(max(0, i - REACH), min(len(tokens), i + REACH + 1))}
    kept: list[int] = []
    for i in sorted(reached):
        if kept and kept[-1] != i - 1:
            kept.append(-1)
        kept.append(i)
    return kept


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


@cache
def _machine() -> tuple[Vocab, Matcher, dict[int, tuple[str, list[str]]]]:
    """The vocabulary, the matcher with all patterns, and for each its form and the role of each of its places."""
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    vocab = Vocab()
    matcher = Matcher(vocab)
    roles: dict[int, tuple[str, list[str]]] = {}
    for form, lines in PATTERNS.items():
        for i, line in enumerate(lines):
            items, labels = _compiled(line)
            key = f"{form}-{i}"
            matcher.add(key, [items], greedy="LONGEST")
            roles[vocab.strings[key]] = form, labels
    return vocab, matcher, roles


_ITEM = re.compile(r"(?:(?P<role>[a-z_0-9]+):)?(?P<tags>[A-Z|]+)(?P<often>\?|\{\d+,\d+\})?")


def _compiled(line: str) -> tuple[list[dict[str, Any]], list[str]]:
    """A pattern as spaCy's matcher takes it, and the role of each of its places."""
    items: list[dict[str, Any]] = []
    labels: list[str] = []
    for word in line.split():
        item = _ITEM.fullmatch(word)
        assert item is not None, word
        role = item["role"] or ""
        assert not role or role == "effect" or role in get_args(Kind), role
        tags = [tag for name in item["tags"].split("|") for tag in _CLASSES.get(name, name).split("|")]
        items.append({"TAG": tags[0] if len(tags) == 1 else {"IN": tags}} | ({"OP": item["often"]} if item["often"] else {}))
        labels.append(role)
    return items, labels
