"""Whether two mentions speak of the same outcome, by their words; and which mentions stand in two places."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

Mention = TypeVar("Mention")

PLAIN_WORDS = frozenset({
    "a", "an", "and", "the", "of", "in", "on", "at", "to", "for", "from", "with", "by", "as", "or", "vs", "versus", "was", "were",
    "is", "are", "be", "been", "had", "have", "has", "their", "our", "its", "this", "these", "those", "that", "mean", "median",
    "average", "number", "numbers", "no", "rate", "rates", "proportion", "percentage", "total", "value", "values", "level",
    "levels", "score", "scores", "significantly", "significant", "difference", "differences", "group", "groups", "patients",
    "patient", "subjects", "participants", "women", "men", "people", "between", "among", "both", "also", "higher", "lower",
    "longer", "shorter", "more", "less", "better", "worse", "greater", "smaller", "who", "which", "yr", "year", "years", "mo",
    "month", "months", "day", "days", "week", "weeks",
})  # fmt: skip
"""Words that do not tell one outcome from another."""

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ][\wÀ-ÿ]*|\d+(?:\.\d+)?")
_BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The telling words of a name, in order, each without its plural ending; brackets (units, abbreviations) are left out."""
    found = _TOKEN.findall(_BRACKETS.sub(" ", name))
    return tuple(w for token in found if (w := _singular(token)) and w.lower() not in PLAIN_WORDS)


def tells(text: str) -> bool:
    """Whether a stretch of text has a telling word."""
    found = _TOKEN.finditer(_BRACKETS.sub(" ", text))
    return any((w := _singular(token[0])) and w.lower() not in PLAIN_WORDS for token in found)


def same_subject(one: str | None, other: str | None) -> bool:
    """Whether two names are the same words, an abbreviation standing for the words whose initials it has (``LNs``: lymph nodes)."""
    if not one or not other:
        return False
    a, b = _read(one), _read(other)
    if not a.words or not b.words:
        return False
    return _bag(_spelled(a, b)) == _bag(_spelled(b, a)) if a.abbreviated or b.abbreviated else a.bag == b.bag


def shares_word(one: str | None, other: str | None) -> bool:
    """Whether two names have a telling word in common."""
    if not one or not other:
        return False
    a, b = _read(one), _read(other)
    return bool(_bag(_spelled(a, b)) & _bag(_spelled(b, a)))


def apart(mentions: Sequence[Mention], place: Callable[[Mention], object]) -> Iterator[tuple[Mention, Mention]]:
    """Every two mentions that stand in different places, in the order of ``combinations``.

    Most of a paper's stand in one table and are never looked at in pairs.
    """
    places = [place(mention) for mention in mentions]
    elsewhere = {here: [at for at, there in enumerate(places) if there != here] for here in set(places)}
    for at, here in enumerate(places):
        others = elsewhere[here]
        for later in others[bisect(others, at) :]:
            yield mentions[at], mentions[later]


class _Name(NamedTuple):
    """A name as read: its telling words, the same without order and case, and whether one of them is an abbreviation."""

    words: tuple[str, ...]
    bag: frozenset[str]
    abbreviated: bool


@lru_cache(maxsize=8192)
def _read(name: str) -> _Name:
    found = words(name)
    return _Name(found, _bag(found), any(map(_is_abbreviation, found)))


def _spelled(name: _Name, other: _Name) -> tuple[str, ...]:
    """The words with every abbreviation that the other name spells out put in full."""
    if not name.abbreviated:
        return name.words
    initials = "".join(w[0].lower() for w in other.words)
    spelled: list[str] = []
    for word in name.words:
        at = initials.find(word.lower()) if _is_abbreviation(word) else -1
        spelled += other.words[at : at + len(word)] if at >= 0 else (word,)
    return tuple(spelled)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) >= 2


@lru_cache(maxsize=8192)
def _bag(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w.lower() for w in names if w.lower() not in {"stage", "status"})


def _singular(token: str) -> str:
    if len(token) > 3 and token.endswith("ies"):
        return f"{token[:-3]}y"
    return token[:-1] if len(token) > 2 and token.endswith("s") and not token.endswith(("ss", "us", "is")) else token
