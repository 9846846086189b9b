"""What the claims of one sentence are about: an outcome and a time for each, shared where claims stand side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from counterproof.extract.cues import cue
from counterproof.extract.prose.arms import Mention
from counterproof.extract.prose.context import timepoints
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.obstacles import item_of_list
from counterproof.extract.prose.outcomes import did, masked, outcome, own_words, respectively
from counterproof.extract.prose.results import p_head
from counterproof.extract.prose.tokens import Token
from counterproof.kb.characters import folded

_ACTED = re.compile(
    r"^\s(?:of (?:all|the|these) )?(?:had|were|was|died|underwent|met|gave|did|withdrew|[a-z]{3,}ed)\s(?!patients"
    r"|subjects|groups?|participants|with\b|to\b)"
)


_OF_PATIENTS = re.compile(
    r"\s(?:of (?:all |the |these )?(?:\w+ )?(?:patients|participants|subjects|women|men|children)|(?:in"
    r"|of) (?:the )?‡\s*(?:had|were|was|died|[a-z]{3,}ed)\b|of (?:[a-z-]+\s){1,5}(?:tested|had|showed)\s)"
)
_EVENT_NOUNS = frozenset({"deaths", "death", "events", "births", "dropouts", "completers", "responders", "survivors", "pregnancies"})
_OWN_STUDY = re.compile(r"(?i)^\s*in (?:our|this|the (?:present|current)) (?:[\w-]+\s)?(?:study|trial|series|cohort|analysis),?\s")
_TIME_BEHIND = re.compile(
    r"\s?,?\s?(?:at|after|by) (?P<time>(?:\d+(?:\.\d+)?|one|two|three|four|five|six|twelve)[\s-](?:years?|months?|weeks?|days?|hours?|h))\b"
)
_POINTER = cue(
    "fig|table|appendix",
    r"(?i)[(\[]\s?(?:see )?(?:supplement\w* )?(?:fig|table|appendix)[^()\[\]]{0,60}[)\]]"
    r"|,?\s?\b(?:Fig(?:ure)?s?\.?|Tables?)\s?\d[\w-]{0,6}",
)
"""Pointers to figures and tables, which are no words of a claim."""


def _parts(token: Token) -> bool:
    """Whether a token is a word that ends a list of P-values."""
    return token.tag == "W" and token.text.lower() not in ("p", "values", "value")


class Subject(NamedTuple):
    """Outcome and time of a claim, as far as they are named."""

    what: str | None = None
    time: str | None = None


class Subjects:
    """Finds the subjects of the claims and P-values of one sentence."""

    def __init__(self, text: str, tokens: Sequence[Token], values: Sequence[Value], mentions: Sequence[Mention]) -> None:
        self.text, self.tokens, self.values = text, tokens, values
        self.masked = masked(text, mentions)
        if _POINTER.search(self.masked, folded(text)):
            self.masked = _POINTER.expression.sub(lambda hit: " " * len(hit[0]), self.masked)
        for token in tokens:
            if token.tag == "P":
                head = p_head(text, token)
                self.masked = self.masked[:head] + " " * (token.end - head) + self.masked[token.end :]
        self._known: dict[int, Subject] = {}
        self._rows: dict[int, list[int]] = {}

    def of_group(self, group: Sequence[int]) -> list[Subject]:
        """Outcome and time of each claim of a run."""
        start, since = self._start(group[0]), self._since(group[0])
        what = self._what(group)
        after = self.values[group[-1]].last
        until = next((value.first for value in self.values if value.first >= after), len(self.tokens))
        listed = any(t.tag == "RESPECTIVELY" for t in self.tokens[after:until])
        whats = respectively(what, len(group)) if listed else [what] * len(group)
        times = timepoints(self.text[since:start], len(group))
        found = [Subject(what, self._time_behind(i) or time) for i, what, time in zip(group, whats, times, strict=True)]
        times = [one.time for one in found]
        earlier = self._known.get(self._earlier(group[0]))
        if earlier and times[0] is None and not own_words(self.masked[since:start]):
            found = [one._replace(time=earlier.time) for one in found]
        self._known.update(zip(group, found, strict=True))
        return found

    def _time_behind(self, i: int) -> str | None:
        """``70% at 2 years``: the time that stands right behind a number."""
        hit = _TIME_BEHIND.match(self.masked, self._end(i))
        return hit["time"] if hit else None

    def of_p(self, p: int) -> str | None:
        """The outcome of a P-value beside which no claim stands; of a list of them each its own."""
        row = self._row(p)
        start = p_head(self.text, self.tokens[row[0]])
        since = next((t.end for t in self.tokens[row[0] - 1 :: -1] if t.tag == "P"), 0) if row[0] else 0
        listed = len(row) > 1 and any(t.tag == "RESPECTIVELY" for t in self.tokens[row[-1] :])
        what = outcome(self.masked[since:start], several=listed)
        if what is None and (since or listed):
            what = outcome(self.masked[:start])
        return (respectively(what, len(row)) if listed else [what] * len(row))[row.index(p)]

    def _row(self, p: int) -> list[int]:
        """The P-values of a list, this one among them: no word stands between them; looked for once for all of them."""
        if p not in self._rows:
            row = self._row_around(p)
            self._rows.update(dict.fromkeys(row, row))
        return self._rows[p]

    def _row_around(self, p: int) -> list[int]:
        first = last = p
        while first > 0 and not _parts(self.tokens[first - 1]):
            first -= 1
        while last + 1 < len(self.tokens) and not _parts(self.tokens[last]):
            last += 1
        return [i for i in range(first, last + 1) if self.tokens[i].tag == "P"]

    def clause(self, p: int) -> str:
        """The words that speak of a P-value: from the last one or the last semicolon up to shortly behind it."""
        end = self.tokens[p].end
        after = re.match(r"[^;()]{0,30}", self.text[end : end + 30])
        return self._list_opening(p) + self._up_to(p) + (after[0] if after else "")

    def _up_to(self, p: int) -> str:
        """The words from the P-value or the semicolon before up to a P-value."""
        start = next((t.end for t in self.tokens[p - 1 :: -1] if t.tag in ("SEMI", "P")), 0) if p else 0
        return self.text[start : self.tokens[p].end]

    def _list_opening(self, p: int) -> str:
        """The words before the bracket of the first of several items with a P-value each: ``no interaction for age (P = .4) or sex …``."""
        first = self._firsts[p]
        return self._up_to(first).rpartition("(")[0] if first != p else ""

    @cached_property
    def _firsts(self) -> dict[int, int]:
        """Of every P-value the first of the list in which it stands, by the places of their tokens."""
        firsts: dict[int, int] = {}
        before = -1
        for p in (at for at, token in enumerate(self.tokens) if token.tag == "P"):
            item = before >= 0 and item_of_list(self.text[self.tokens[before].end : self.tokens[p].start])
            firsts[p] = firsts[before] if item else p
            before = p
        return firsts

    def opening(self, p: int) -> str | None:
        """The words that speak of the list in which a P-value stands, where it is not the first."""
        first = self._row(p)[0]
        return self.clause(first) if first != p else None

    def _what(self, group: Sequence[int]) -> str | None:
        i = group[0]
        value, start = self.values[i], self._start(i)
        if (value.kinds & {"count", "percent"}) and (done := self._divided(group) or self._done(self.values[group[-1]])):
            return done
        if value.kinds & {"count", "percent"} and self._against(group) and (done := self._done(value)):
            return done
        middle = bool(value.kinds & {"mean", "median"})
        if not self._since(i):
            return outcome(self.masked[:start], middle=middle) or self._opens(group) or self._event(value)
        between = self.masked[self._since(i) : start]
        if not own_words(between):
            return self._known.get(self._earlier(i), Subject()).what
        return outcome(between, middle=middle, item=True) or outcome(self.masked[:start], middle=middle)

    def _event(self, value: Value) -> str | None:
        """``There were 12 deaths``: an event that is counted is the outcome."""
        nouns = [t.text.lower() for t in self.tokens[value.first : value.last] if t.tag == "PEOPLE"]
        return next((noun for noun in nouns if noun in _EVENT_NOUNS), None)

    def _against(self, group: Sequence[int]) -> bool:
        """Whether two claims are set against each other by words behind what the first says that its patients did."""
        if len(group) != 2:
            return False
        link = self.tokens[self.values[group[0]].last : self.values[group[1]].first]
        return any(t.tag in ("COMPARED", "VS", "THAN") for t in link) and sum(t.tag in ("W", "PEOPLE") for t in link) > 2

    def _opens(self, group: Sequence[int]) -> str | None:
        """``In our trial 21 of 29 (72%) relapses came early``: of a count that opens its sentence, the words behind it."""
        value = self.values[group[0]]
        if len(group) > 1 or not value.kinds & {"count", "percent"} or own_words(_OWN_STUDY.sub("", self.masked[: self._start(group[0])])):
            return None
        return did(self.masked[self._end(group[0]) :])

    def _divided(self, group: Sequence[int]) -> str | None:
        """``9 patients (5 in A and 4 in B) withdrew``: of people counted, and of their parts in the bracket, the words behind it."""
        first = self.values[group[0]]
        around = [at for at in (first.last, first.first - 1) if 0 < at < len(self.tokens) and self.tokens[at].tag == "LP"]
        opened = around[0] if around else None
        if not opened or self.tokens[opened - 1].tag != "PEOPLE" or not any(t.parts for t in self.tokens[opened : opened + 3]):
            return None
        closed = next((i for i in range(opened, min(opened + 30, len(self.tokens))) if self.tokens[i].tag == "RP"), None)
        inside = self.tokens[opened:closed]
        if closed is None or not any(t.tag in ("IN", "OF") or t.text == "receiving" for t in inside):
            return None
        return did(self.masked[self.tokens[closed].end :])

    def _done(self, value: Value) -> str | None:
        """What the patients of a count did, where patients are named with it or a verb follows."""
        last = value.last
        count = value.part("count")
        opened = next((t.start for t in self.tokens[value.first : last] if t.tag == "LP"), None)
        if count and opened and count.end < opened and _ACTED.match(self.masked[count.end : opened]):
            return did(self.masked[count.end : opened])
        if self.tokens[last - 1].tag != "RP" and last < len(self.tokens) and self.tokens[last].tag == "RP":
            return None
        after = self.masked[self.tokens[last - 1].end :]
        counted = value.part("count") is not None and any(t.tag == "PEOPLE" for t in self.tokens[value.first : last + 1])
        people = counted or _OF_PATIENTS.match(after)
        return did(after) if people or _ACTED.match(after) else None

    def _earlier(self, i: int) -> int:
        """The claim before, or -1; a number that is no claim of its own is passed over."""
        for j in range(i - 1, -1, -1):
            if self.values[j].form != "plain" or self.values[j].kinds & {"mean", "median"}:
                return j
        return -1

    def _since(self, i: int) -> int:
        """Where the words begin that stand between a claim and the one before."""
        earlier = self._earlier(i)
        return self._end(earlier) if earlier >= 0 else 0

    def apart(self, i: int, j: int) -> bool:
        """Whether the words between two claims name something of their own for the second."""
        return own_words(self.masked[self._end(i) : self._start(j)])

    def _start(self, i: int) -> int:
        return self.tokens[self.values[i].first].start

    def _end(self, i: int) -> int:
        return self.tokens[self.values[i].last - 1].end
