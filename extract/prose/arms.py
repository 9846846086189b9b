"""Finds the mentions of arms in sentences: labels from the tables, their abbreviations, and groups that only the text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from counterproof.extract.facts import Facts
from counterproof.extract.prose.words import words
from counterproof.kb.evidence import Arm

_SIZE = re.compile(
    r"\(?\s{0,3}\b[nN]\s?[=:]\s?[\d,\u202f]++\s*\)?|\(\s*+\d[\d,.\u202f]*+\s*+(?:%\s*+)?\)|\((?:no|n)\.?,?\s?\(?%\)?\)"
    r"|,?\s{0,3}(?:no|n)\.?\s?\(\s?%\s?\)|\(%\)|%"
    r"|±\s?SDs?"
    r"|\bmean\s?\(SD\)"
)
_NOUN = r"(?:groups?|arms?|cohorts?|conditions?|patients?|subjects?|participants?|treatment)"
_UNITS = (
    r"(?:villages?|communit(?:y|ies)|schools?|households?|clinics?|practices|hospitals?|wards?|clusters?|areas?|women|men|children"
    r"|infants|mothers|students|volunteers|individuals|persons|eyes|animals|mice|rats|dogs|sites?|cent(?:er|re)s?)"
)
"""What an arm may consist of, behind its name: ``control villages``."""
_NOUNS_BEHIND = re.compile(rf"(?i)(?:[\s-]+(?:treated )?(?:{_NOUN}|{_UNITS})\b){{1,2}}")
_TAIL = re.compile(rf"(?i)(?<![\s,-])[\s,-]+{_NOUN}$")
_HEAD = re.compile(rf"(?i)^(?:the )?{_NOUN}[\s,-]+(?=\w\w)")
_NAMED = re.compile(
    r"(?i)\b(?:in|of|from|for|to|with|than|the|and|vs\.?|versus|our)\s(?:the\s)?"
    r"(?P<label>[a-z0-9][\w/+®-]*(?:[\s-][a-z0-9][\w/+®-]*){0,2})\s(?:treatment )?(?:group|arm)$"
)
_GROUPS = tuple(re.compile(rf"{r}(?<=\b[GgAa].)(?i:(?<=g.)oup|(?<=a.)m)\b") for r in "rR")
"""The word "group" or "arm", sought by its second letter, in which fewer words have one."""
_SHORTS = tuple(re.compile(rf"{mark}(?P<short>[A-Z][\w/+-]{{0,11}})(?: {_NOUN})?[)\]]") for mark in (r"\(", r"\["))
_TREATED = re.compile(r" (?:treated|treatment|therapy|assigned|randomi[sz]ed|intervention)$")
_NO_LABEL = words(
    "the this that these those each both all other another either neither same one two three four every any no "
    "study treatment total whole age sub of in and or between among than with second first third remaining larger "
    "smaller similar risk patient different any entire respective research working control's work single "
    "multicenter reference which whose its their our a an to from for per within parallel"
)
_TOO_COMMON = words(
    "all total overall mean median value values yes no male female n p sd range baseline before after change "
    "difference test i ii iii age sex week month day year number percent rate result results group arm patients "
    "variable time point pre post sum score on off a an the in at men women or and hr rr"
)


class Mention(NamedTuple):
    """An arm named in a sentence, at these characters; ``arm`` counts the names known to :class:`Arms`."""

    arm: int
    start: int
    end: int


class Arms:
    """The arms of one document and the ways in which its prose names them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._labels: list[str] = [arm.label for arm in facts.arms]
        self._index: dict[int, int] = {i: i for i in range(len(facts.arms))}
        self._by_phrase: dict[str, int] = {}
        for index, arm in enumerate(facts.arms):
            if arm.role == "arm":
                for phrase in _phrases(arm.label):
                    self._by_phrase.setdefault(f"{phrase} group" if _is_generic(phrase) else phrase, index)
        arms = {arm for phrase, arm in self._by_phrase.items() if not any(phrase.startswith(other + " ") for other in self._by_phrase)}
        self.pair = frozenset(arms) if len(arms) == 2 else frozenset()
        """The two arms of a study whose tables have no others."""
        self._add_abbreviations()
        self._add_named()
        self._add_numbered()
        words = "|".join(
            re.escape(phrase).replace(r"\ ", r"[\s-]").replace("μ", "[μµ]") for phrase in sorted(self._by_phrase, key=len, reverse=True)
        )
        self._names = re.compile(rf"(?<![\w-])(?<!\d\.)(?:{words or '(?!)'})(?![\w-])", re.IGNORECASE)

    def mentions(self, text: str) -> list[Mention]:
        """Arms named in a sentence, left to right; of overlapping names the longer."""
        found: list[Mention] = []
        at = 0
        while name := self._names.search(text, at):
            nouns = _NOUNS_BEHIND.match(text, name.end())
            at = nouns.end() if nouns else name.end()
            found.append(Mention(self._by_phrase[_key(name[0])], name.start(), at))
        return found

    def index(self, arm: int) -> int:
        """The place in ``Facts.arms`` of an arm that is mentioned; one that the tables do not have is added."""
        if arm not in self._index:
            self._index[arm] = self._facts.add_arm(Arm(self._labels[arm]))
        return self._index[arm]

    def _add_abbreviations(self) -> None:
        """``early failure (EF) group`` gives the arm "Early failure group" the names "EF" and "EF group"."""
        if not self._by_phrase:
            return
        text = self._facts.document.text
        for hit in _in_order(_SHORTS, text):
            key = _key(hit["short"])
            if key in _TOO_COMMON or len(key) < 2 or key in self._by_phrase:
                continue
            before = _TAIL.sub("", text[max(0, hit.start() - 70) : hit.start()].rstrip())
            words = _key(before)
            known = next((arm for phrase, arm in self._by_phrase.items() if words.endswith(phrase) and _ends_with(before, phrase)), None)
            if known is not None:
                self._by_phrase[key] = known

    def _add_named(self) -> None:
        """Groups that the text names at least twice ("in the EF group") and no table has."""
        labels: dict[str, str] = {}
        often: Counter[str] = Counter()
        text = self._facts.document.text
        for noun in _in_order(_GROUPS, text):
            hit = _NAMED.search(text, max(0, noun.start() - 61), noun.end())
            label = _label(hit["label"]) if hit else None
            if label:
                often[_key(label)] += 1
                labels.setdefault(_key(label), label)
        for key, times in often.items():
            known = self._by_phrase.get(_TREATED.sub("", key), self._counterpart(key))
            if known is not None:
                self._by_phrase.setdefault(key, known)
            elif times >= 2 and key not in self._by_phrase:
                self._labels.append(labels[key])
                name = f"{key} group" if len(key) < 2 or key in _GENERIC else key
                self._by_phrase[name] = len(self._labels) - 1

    def _counterpart(self, key: str) -> int | None:
        """The arm of two that the text calls the control (or intervention) group and the tables by what it got, or did not get."""
        labels = {arm: _key(self._labels[arm]) for arm in self.pair}
        controls = [arm for arm, label in labels.items() if _UNTREATED.match(label)]
        if len(controls) != 1:
            return None
        if key in ("control", "comparison", "comparator"):
            return controls[0]
        return next(iter(self.pair - set(controls))) if key in ("intervention", "treatment", "experimental", "treated", "active") else None

    def _add_numbered(self) -> None:
        """Groups that go by a letter code with a number (``participants of IG1``), which no table has: two of one code or more."""
        families: dict[str, dict[str, str]] = {}
        text = self._facts.document.text
        for number in _CODE_NUMBER.finditer(text):
            if hit := _CODED.search(text, max(0, number.end() - 40), number.end()):
                families.setdefault(hit["code"], {}).setdefault(_key(hit["label"]), hit["label"])
        for labels in families.values():
            if len(labels) < 2 or any(key in self._by_phrase for key in labels):
                continue
            for key, label in labels.items():
                self._labels.append(label)
                self._by_phrase[key] = len(self._labels) - 1


_UNTREATED = re.compile(r"no\b|non\b|without\b|placebo\b|usual\b|standard\b|sham\b|wait|routine\b|conventional\b|untreated\b|attention\b")
"""How a label begins that names what the comparator got, or did not get."""

_CODE_NUMBER = re.compile(r"[1-9](?<=[A-Z-].)\b")
_CODED = re.compile(
    r"\b(?i:patients|participants|subjects|volunteers|children|women|men|individuals|animals|rats|mice)"
    r" (?i:of|in|from|receiving) (?i:the )?(?P<label>(?P<code>[A-Z](?<!\w.)[A-Z]{0,3})-?[1-9])\Z"
)
"""A group called by a code: people of it are spoken of, so that it is no gene, no time and no vertebra."""

_GENERIC = words(
    "high low mild moderate severe young old older younger positive negative good poor early late long short small large new active"
)
"""Names of groups that mean one only with the word "group" behind them."""


def _in_order(expressions: Iterable[re.Pattern[str]], text: str) -> list[re.Match[str]]:
    """What any of several expressions finds, left to right; each begins with one letter, which is sought fastest."""
    return sorted((hit for expression in expressions for hit in expression.finditer(text)), key=re.Match.start)


def _ends_with(text: str, phrase: str) -> bool:
    """Whether a text ends with a name as a word of its own."""
    key = _key(text)
    return key.endswith(phrase) and (key.endswith(" " + phrase) or _key(text[-len(phrase) - 1 :]) == phrase)


def _is_generic(phrase: str) -> bool:
    """Whether a label is a common word (``expired``, ``high``) that names an arm only before "group"."""
    return phrase in _GENERIC or (" " not in phrase and phrase.endswith("ed"))


def _label(text: str) -> str | None:
    """The name before "group" without what is no part of it, or None where nothing is left."""
    words = text.split()
    while words and words[0].lower() in _NO_LABEL:
        words = words[1:]
    if not words or any(word.lower() in _NO_LABEL for word in words) or _key(" ".join(words)) in _TOO_COMMON:
        return None
    return None if all(word.isdigit() for word in words) else " ".join(words)


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
    return " ".join(phrase.lower().replace("-", " ").replace("µ", "μ").split())
