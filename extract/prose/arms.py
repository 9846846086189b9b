"""Finds the mentions of arms in sentences: labels from the tables, their abbreviations, and groups that only the text names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from counterproof.extract.facts import Facts
from counterproof.kb.evidence import Arm

_SIZE = re.compile(r"\(?\s*\b[nN]\s?[=:]\s?[\d,]+\s*\)?|\(\s*\d[\d,.]*\s*%?\s*\)|\((?:no|n)\.?,?\s?\(?%\)?\)|,?\s*(?:no|n)\.?\s?\(\s?%\s?\)|\(%\)|%|±\s?SDs?|\bmean\s?\(SD\)")
_NOUN = r"(?:groups?|arms?|cohorts?|patients?|subjects?|participants?|treatment)"
_TAIL = re.compile(rf"(?i)[\s,-]+{_NOUN}$")
_HEAD = re.compile(rf"(?i)^(?:the )?{_NOUN}[\s,-]+(?=\w\w)")
_NAMED = re.compile(
    r"(?i)\b(?:in|of|from|for|to|with|than|the|and|vs\.?|versus|our)\s(?:the\s)?(?P<label>[a-z0-9][\w/+®-]*(?:[\s-][a-z0-9][\w/+®-]*){0,2})\s(?:treatment )?(?:group|arm|cohort)\b"
)
_NO_LABEL = frozenset(
    "the this that these those each both all other another either neither same one two three four every any no study treatment total whole age "
    "sub of in and or between among than with second first third remaining larger smaller similar risk patient different any entire respective".split()
)
_TOO_COMMON = frozenset(
    "all total overall mean median value values yes no male female n p sd range baseline before after change difference test i ii iii age sex "
    "week month day year number percent rate result results group arm patients variable time point pre post sum score on off a an the in at".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An arm named in a sentence, at these characters."""

    arm: int
    start: int
    end: int


class Arms:
    """The arms of one document and the ways in which its prose names them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._by_phrase: dict[str, int] = {}
        self._new: dict[str, int] = {}
        for index, arm in enumerate(facts.arms):
            if arm.role == "arm":
                for phrase in _phrases(arm.label):
                    self._by_phrase.setdefault(phrase, index)
        self._add_abbreviations()

    def mentions(self, text: str) -> list[Mention]:
        """Arms named in a sentence, left to right; of overlapping names the longer."""
        found: dict[int, Mention] = {}
        if self._by_phrase:
            for hit in self._expression.finditer(text):
                found[hit.start()] = Mention(self._by_phrase[_key(hit["phrase"])], hit.start(), hit.end())
        for hit in _NAMED.finditer(text):
            start, end = hit.span("label")
            if not any(m.start < hit.end() and start < m.end for m in found.values()):
                arm = self._named(hit["label"])
                if arm is not None:
                    found[start] = Mention(arm, start, hit.end())
        return [found[start] for start in sorted(found)]

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        phrases = sorted(self._by_phrase, key=len, reverse=True)
        words = "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]") for phrase in phrases)
        return re.compile(rf"(?<![\w-])(?P<phrase>{words})(?![\w-])(?:[\s-]+(?:treated )?{_NOUN}\b)?", re.IGNORECASE)

    def _named(self, label: str) -> int | None:
        """The arm of a name that stands before "group" or "arm", made where the tables have none."""
        words = label.lower().split()
        while words and words[0] in _NO_LABEL:
            words = words[1:]
        key = " ".join(words)
        if not key or words[-1] in _NO_LABEL or key in _TOO_COMMON or key.isdigit():
            return None
        if key not in self._new:
            self._new[key] = self._facts.add_arm(Arm(label=label[-len(key) :]))
        return self._new[key]

    def _add_abbreviations(self) -> None:
        """``early failure (EF) group`` gives the arm "Early failure group" the names "EF" and "EF group"."""
        if not self._by_phrase:
            return
        short = re.compile(rf"(?i)(?<![\w-])(?P<phrase>{'|'.join(re.escape(p) for p in self._by_phrase)})(?: {_NOUN})? ?[(\[](?P<short>[A-Z][\w/+-]{{0,11}})(?: {_NOUN})?[)\]]")
        for hit in short.finditer(self._facts.document.text):
            key = _key(hit["short"])
            if hit["short"][:1].isupper() and key not in _TOO_COMMON and (len(key) > 1):
                self._by_phrase.setdefault(key, self._by_phrase[_key(hit["phrase"])])


def _phrases(label: str) -> Iterator[str]:
    """The names that an arm's label offers: itself, and itself without "group"."""
    clean = " ".join(_SIZE.sub(" ", label).split()).strip(" ,;:()[]-–*†‡§")
    short = _HEAD.sub("", _TAIL.sub("", clean))
    for phrase in (clean, short):
        key = _key(phrase)
        if len(key) == 1 and key.isalpha():
            yield from (f"group {key}", f"arm {key}")
        elif 2 <= len(key) <= 60 and key not in _TOO_COMMON and any(c.isalpha() for c in key):
            yield key


def _key(phrase: str) -> str:
    return " ".join(phrase.lower().replace("-", " ").split())


def sizes(facts: Facts) -> dict[int, list[int]]:
    """Arms by size: which arms have this many patients."""
    by_size: dict[int, list[int]] = defaultdict(list)
    for index, arm in enumerate(facts.arms):
        if arm.n is not None and (value := facts.evidence[arm.n].number.value) is not None:
            by_size[int(value)].append(index)
    return by_size
