"""One sentence while it is read: its claims, the bases that they are shares of, and the evidence that is written for them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from counterproof.extract.prose.bases import (
    allocated,
    listed,
    may_share,
    named_as_base,
    narrowed,
    opening_base,
    referred,
    set_apart,
    the_count,
    whole_sample,
)
from counterproof.extract.prose.counted import counted
from counterproof.extract.prose.grammar import Value, values
from counterproof.extract.prose.kinds import settled
from counterproof.extract.prose.obstacles import subgroup
from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.prose.subjects import Subject, Subjects
from counterproof.extract.prose.tokens import Part, Token, tokens
from counterproof.kb.document import Locator
from counterproof.kb.evidence import Aggregate

if TYPE_CHECKING:
    from counterproof.extract.prose.record import Recorder

ALLOCATED = re.compile(r"(?i)\b(?:randomi[sz]|assign|allocat|divided|enrol|recruit|includ|comprised|consist|group \([nN])")
"""What a sentence says that gives arms their sizes, not those of some part of them."""


EACH = re.compile(
    r"(?: (?:patients?|participants?|subjects?|women|men|children|deaths?))?,? (?:in|from|of) each (?:of the )?(?:\w+ )?(?:group|arm)s?\b"
)
"""What stands behind a count that is said of every arm alone."""


class Reading:
    """The claims of one sentence, each written once as an aggregate with its base."""

    def __init__(self, recorder: Recorder, sentence: Sentence, printed: list[Token], claims: list[Value], theirs: bool) -> None:
        self.facts, self.names, self.sentence, self.text = recorder.facts, recorder.arms, sentence, sentence.text
        self.earlier, self.carried = recorder.sizes, recorder.carried
        self.tokens, self.theirs = printed, theirs
        self.prints_p = any(token.tag == "P" for token in self.tokens)
        self.base = opening_base(self.text, self.tokens)
        self.mentions = self.names.mentions(self.text)
        read = settled(claims, self.tokens, self.text, self.facts.methods, recorder.errors)
        own = [value for value in read if not self._in_names(value)] if self.mentions else read
        others = [value for value in own if not self.base or value.parts[0].start != self.base.start]
        self.values = counted(self.tokens, others, self.mentions)
        self.subjects = Subjects(self.text, self.tokens, self.values, self.mentions)
        self.captioned = sentence.block.table is not None or sentence.text.startswith("Table")
        self.arms: dict[int, tuple[int, float]] = {}
        self.aggregates: dict[int, int] = {}
        self.bases: dict[int, int] = {}
        self.about: dict[int, Subject] = {}
        self.before, self.counts = recorder.before, recorder.counts
        self.items = listed(self.tokens, self.values, self.base)
        self.referred = referred(self.text, self.values)
        self._narrower: dict[Part, set[int]] = {}

    def _in_names(self, value: Value) -> bool:
        """Whether the numbers of a claim belong to the names of arms."""
        ends = value.parts[0].start, value.parts[-1].end - 1
        return all(any(mention.start <= end < mention.end for mention in self.mentions) for end in ends)

    def _base_of(self, i: int) -> int | None:
        """The base (evidence) that the text names for a claim: beside it, by the sentence's opening, or as the size of its arm."""
        value = self.values[i]
        if value.form == "statistic" or "ci_low" in value.kinds:
            return None
        part = value.part("n")
        if part and not named_as_base(self.tokens, value, part):
            return None
        if part is None and i in self.referred and value.kinds & {"count", "percent"}:
            return self._pointed_at(i)
        if part is None and self._shares_opening(i):
            part = self.base
        if part is None and i in self.arms:
            return self._size_of_arm(i)
        if part is None:
            return self._sample_before(i) if {"count", "percent"} <= value.kinds else None
        if part.start not in self.bases:
            arm = self.names.index(self.arms[i][0]) if i in self.arms else None
            self.bases[part.start] = self._number(part._replace(kind="n"), None, 0.95, arm=arm)
        return self.bases[part.start]

    def _size_of_arm(self, i: int) -> int | None:
        """The size that the paragraph names for a claim's arm, where the claim is no share of some of its patients."""
        size, value = self.earlier.get(self.arms[i][0]), self.values[i]
        if size is None or not {"count", "percent"} <= value.kinds:
            return size
        base = Part("n", self.facts.evidence[size].number, -1, -1)
        return size if may_share(value, base) or i not in self._narrowed(base) else None

    def _shares_opening(self, i: int) -> bool:
        """Whether a count is one of those that the sentence's opening counts.

        Behind "versus", in one arm of several, or where the words name a part of the patients or another number of the sentence fits,
        its percent has to say so.
        """
        value = self.values[i]
        if self.base is None or value.part("count") is None or self.base.start >= value.parts[0].start:
            return False
        if value.part("percent") is not None and may_share(value, self.base):
            return True
        of_part = i in self.arms and len({arm for arm, _ in self.arms.values()}) > 1
        if of_part or set_apart(self.tokens, self.values, i, self.base):
            return False
        return value.part("percent") is None or i not in self._narrowed(self.base)

    def _narrowed(self, base: Part) -> set[int]:
        """The claims behind a base that may be shares of fewer, looked for once."""
        if base not in self._narrower:
            self._narrower[base] = narrowed(self.tokens, self.values, base)
        return self._narrower[base]

    def _pointed_at(self, i: int) -> int | None:
        """The count (its evidence) to which "of whom" or "of these" points, in this sentence or the one before."""
        target, value = self.referred[i], self.values[i]
        if value.form == "plain":
            value = replace(value, parts=(value.parts[0]._replace(kind="count"),))
        if target is not None:
            part = self.values[target].part("count")
            if part is None or not may_share(value, part):
                return None
            self._aggregate(target, 0.9)
            return self.counts.get(self.sentence.start + part.start)
        part = the_count(values(tokens(self.before.text))) if self.before else None
        if part is None or self.before is None or not may_share(value, part):
            return None
        place = self.before.start + part.start
        if place not in self.counts:
            self.counts[place] = self._number(part._replace(kind="n"), None, 0.8, sentence=self.before)
        return self.counts[place]

    def _sized(self, i: int) -> bool:
        """Whether the arm's size is known and is that of the patients that the sentence speaks of."""
        known = i in self.arms and self.facts.arms[self.names.index(self.arms[i][0])].n is not None
        return known and not subgroup(self.text)

    def _item_of_whom(self, i: int) -> bool:
        """``50 men, of whom 7 had a relapse``: a bare count behind "of whom"."""
        if i not in self.referred or self._pointed_at(i) is None:
            return False
        token, after = self.tokens[self.values[i].first], self.tokens[self.values[i].last : self.values[i].last + 1]
        return token.tag in ("COUNT", "COUNTWORD") and bool(after) and after[0].tag in ("W", "BE") and after[0].text != "to"

    def _sample_before(self, i: int) -> int | None:
        """``In all, 50 patients were included; 14 (28%) were women``: the sample that a paragraph's first sentence names."""
        end = self.values[i].parts[0].start
        counted = sum(token.tag in ("COUNT", "COUNTWORD", "FRAC", "NEQ") for token in self.tokens if token.start < end)
        samples = [j for j in range(i) if self.values[j].form == "proportion" and self._is_size(j)] if self.before is None else []
        named = len(samples) == counted == 1 and may_share(self.values[i], self.values[samples[0]].parts[0])
        return self._sample(samples[0]) if named else None

    def _is_size(self, i: int) -> bool:
        """Whether a count is that of all who were studied, or of all who were allocated to an arm."""
        value = self.values[i]
        if i in self.arms:
            return allocated(self.text, value)
        return self.base is None and i not in self.referred and whole_sample(self.text, value, self.tokens[value.last - 1].end)

    def _sample(self, i: int) -> int:
        """A count that is the size of a sample, made once."""
        part = self.values[i].parts[0]
        if part.start not in self.bases:
            arm = self.names.index(self.arms[i][0]) if i in self.arms else None
            self.bases[part.start] = self._number(part._replace(kind="n"), None, 0.85, None if arm is not None else "patients", arm)
            if self.base and self.base.start not in self.bases:
                self.bases[self.base.start] = self._number(self.base._replace(kind="n"), None, 0.85, "patients")
        return self.bases[part.start]

    def _size(self, i: int) -> int:
        """``(n = 38)``: the size of the arm that is named before it, made once."""
        part = self.values[i].parts[0]
        if part.start not in self.bases:
            arm = self.names.index(self.arms[i][0]) if i in self.arms else None
            what = None if arm is not None else self.subjects.of_group([i])[0].what
            self.bases[part.start] = self._number(part, None, 0.9 if arm is not None else 0.6, what, arm)
            if arm is not None and self.facts.arms[arm].n is None and ALLOCATED.search(self.text) and not subgroup(self.text):
                self.facts.set_arm_size(arm, self.bases[part.start])
        return self.bases[part.start]

    def _aggregate(self, i: int, confidence: float) -> int:
        """The aggregate of a claim, made once."""
        if i in self.aggregates:
            return self.aggregates[i]
        value = self.values[i]
        arm, sure = self.arms.get(i, (None, 1.0))
        about = self.about.get(i) or self.subjects.of_group([i])[0]
        size = self._base_of(i)
        self.aggregates[i] = self.facts.add_aggregate(
            Aggregate(
                about.what,
                None,
                self.names.index(arm) if arm is not None else None,
                about.time,
                bases=(size,) if size is not None else (),
                unit=next((part.number.unit for part in value.parts if part.number.unit), None),
            )
        )
        if value.kinds == {"median"} and not re.search(r"(?i)\bmedians?\b", self.text):
            sure = min(sure, 0.75)
        for part in value.parts:
            if part.kind == "n":
                continue
            evidence = self._number(part, self.aggregates[i], min(confidence, sure))
            if part.kind == "count":
                self.counts[self.sentence.start + part.start] = evidence
        return self.aggregates[i]

    def _in_each(self, i: int) -> tuple[int, ...]:
        """``Two patients in each group``: the arms of a study that has two, where a count is said of each of them."""
        value, named = self.values[i], self.names.pair
        if i in self.arms or value.kinds - {"count", "percent", "n"} or not named:
            return ()
        return tuple(sorted(named)) if EACH.match(self.text, self.tokens[value.last - 1].end) else ()

    def _number(
        self,
        part: Part,
        group: int | None,
        confidence: float,
        what: str | None = None,
        arm: int | None = None,
        sentence: Sentence | None = None,
    ) -> int:
        sentence = sentence or self.sentence
        block, at = sentence.block, sentence.start
        start, end = at + part.start, at + part.end
        return self.facts.add_prose_number(
            part.kind,
            part.number,
            Locator(start, end, block.locator.box, block.locator.xpath),
            sentence.text,
            part=block.part,
            section=block.section,
            aggregate=group,
            variable=what,
            arm=arm,
            confidence=confidence,
        )
