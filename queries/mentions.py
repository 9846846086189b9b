"""Whether two mentions speak of the same outcome, by their words."""

from __future__ import annotations

import re
from functools import lru_cache

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
    a, b = words(one), words(other)
    if not a or not b:
        return False
    return _bag(_spelled(a, b)) == _bag(_spelled(b, a))


def shares_word(one: str | None, other: str | None) -> bool:
    """Whether two names have a telling word in common."""
    if not one or not other:
        return False
    a, b = words(one), words(other)
    return bool(_bag(_spelled(a, b)) & _bag(_spelled(b, a)))


def _spelled(name: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The words with every abbreviation that the other name spells out put in full."""
    if not _abbreviated(name):
        return name
    initials = "".join(w[0].lower() for w in other)
    spelled: list[str] = []
    for word in name:
        at = initials.find(word.lower()) if _is_abbreviation(word) else -1
        spelled += other[at : at + len(word)] if at >= 0 else (word,)
    return tuple(spelled)


@lru_cache(maxsize=8192)
def _abbreviated(name: tuple[str, ...]) -> bool:
    """Whether a name has abbreviations."""
    return any(_is_abbreviation(word) for word in name)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) >= 2


@lru_cache(maxsize=8192)
def _bag(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w.lower() for w in names if w.lower() not in {"stage", "status"})


def _singular(token: str) -> str:
    if len(token) > 3 and token.endswith("ies"):
        return f"{token[:-3]}y"
    return token[:-1] if len(token) > 2 and token.endswith("s") and not token.endswith(("ss", "us", "is")) else token
