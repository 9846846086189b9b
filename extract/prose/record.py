"""Writes what a sentence claims into the facts of its document: arms, outcome, base and time as far as the sentence names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from counterproof.extract.facts import Facts
from counterproof.extract.methods.alpha import declared_alphas
from counterproof.extract.methods.names import TESTS
from counterproof.extract.prose.arms import Arms
from counterproof.extract.prose.attribution import arms_of
from counterproof.extract.prose.bases import allocated, listed, may_share, opening_base, referred, the_count, whole_sample
from counterproof.extract.prose.comparisons import Compared, alike, compared, runs
from counterproof.extract.prose.context import PLANNING, cited, own_results
from counterproof.extract.prose.grammar import Value, values
from counterproof.extract.prose.kinds import settled
from counterproof.extract.prose.obstacles import comparison_kind, obstacle, subgroup
from counterproof.extract.prose.outcomes import respectively
from counterproof.extract.prose.results import is_result, reported_in_methods
from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.prose.subjects import Subject, Subjects
from counterproof.extract.prose.tokens import Part, tokens
from counterproof.extract.prose.words import words
from counterproof.kb.document import Block, Locator
from counterproof.kb.evidence import Aggregate, Comparison, ComparisonKind, Member, Obstacle

ALLOCATED = re.compile(r"(?i)\b(?:randomi[sz]|assign|allocat|divided|enrol|recruit|includ|comprised|consist|group \([nN])")
"""What a sentence says that gives arms their sizes, not those of some part of them."""

CONTRAST = re.compile(r"(?:In|For|Among|With|By|Whereas|Compared|Conversely|The corresponding|This|It|That|Its)\b")
"""How a sentence begins that goes on about the outcome of the one before."""

EVENTS = re.compile(
    r"(?i)cycles|episodes|procedures|lesions|occurrences|doses|visits|infusions|samples|specimens|nodes|teeth|eyes|sites|injections"
    r"|nights|days|sessions|implants|vessels"
)
"""What may be counted several times in a patient."""

LIMITS = words("than least most over above below under exceeding within")
"""Words before a percent that is a limit."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The one claim about an arm that a sentence made, with which the next may compare another arm's."""

    value: Value
    aggregate: int
    arm: int
    base: bool


@dataclass(slots=True)
class Recorder:
    """Adds the claims of sentence after sentence to ``facts``."""

    facts: Facts
    arms: Arms
    previous: str = ""
    sizes: dict[int, int] = field(default_factory=dict)
    """Sizes of arms (evidence) that the paragraph has named: a subgroup's go on for the sentences that follow."""
    block: Block | None = None
    carried: Carried | None = None
    before: Sentence | None = None
    """The sentence before in the same block, to which "of these" may point."""
    counts: dict[int, int] = field(default_factory=dict)
    """The counts of the block (evidence) by their place in the document."""

    def read(self, sentence: Sentence, worth: bool) -> None:
        """Record the claims of one sentence, where it is worth reading."""
        if sentence.block is not self.block:
            self.block, self.sizes, self.counts, self.carried, self.before = sentence.block, {}, {}, None, None
        if worth:
            reading = _Reading(self, sentence)
            reading.record()
            self.carried = reading.carries()
        else:
            self.carried = None
        self.previous, self.before = sentence.text, sentence


class _Reading:
    """One sentence while it is recorded."""

    def __init__(self, recorder: Recorder, sentence: Sentence) -> None:
        self.facts, self.names, self.sentence, self.text = recorder.facts, recorder.arms, sentence, sentence.text
        self.earlier, self.carried = recorder.sizes, recorder.carried
        self.tokens = tokens(self.text)
        self.theirs = cited(sentence, recorder.previous)
        self.base = opening_base(self.tokens)
        read = settled(values(self.tokens), self.tokens, self.text, self.facts.methods)
        self.values = [value for value in read if not self.base or value.parts[0].start != self.base.start]
        self.mentions = self.names.mentions(self.text)
        self.subjects = Subjects(self.text, self.tokens, self.values, self.mentions)
        self.captioned = sentence.block.table is not None or sentence.text.startswith("Table")
        self.arms: dict[int, tuple[int, float]] = {}
        self.aggregates: dict[int, int] = {}
        self.bases: dict[int, int] = {}
        self.about: dict[int, Subject] = {}
        self.before, self.counts = recorder.before, recorder.counts
        self.items = listed(self.tokens, self.values, self.base)
        self.referred = referred(self.text, self.values)

    def record(self) -> None:
        """Comparisons first, since they say which claims belong together; then the claims that stand alone."""
        alphas = declared_alphas(self.text) if any(token.tag == "P" for token in self.tokens) else []
        note = self.sentence.block.kind in ("caption", "footnote")
        found = [c for c in compared(self.tokens, self.values, self.subjects.apart) if is_result(self.tokens[c.p], self.text, alphas, note)]
        if self.sentence.block.part == "methods":
            found = [c for c in found if c.members or reported_in_methods(self.tokens[c.p], self.text)]
        if self.theirs:
            for comparison in found:
                what = self.subjects.of_p(comparison.p)
                evidence = self._number(self.tokens[comparison.p].parts[0], None, 1.0, what)
                self.facts.add_comparison(Comparison("unknown", evidence, variable=what, obstacle="cited_study"))
            return
        groups = [list(c.members) for c in found if c.members]
        taken = {i for group in groups for i in group}
        groups += [run for run in runs(self.tokens, self.values, self.subjects.apart) if taken.isdisjoint(run)]
        self.arms = arms_of(self.tokens, self.values, groups, self.mentions, self.names.pair)
        for i, value in enumerate(self.values):
            if value.form == "size" and i in self.arms and not self.captioned:
                self.earlier[self.arms[i][0]] = self._size(i)
        for group in sorted(groups):
            self.about.update(zip(group, self.subjects.of_group(group), strict=True))
        self._name_lists(found)
        for comparison in found:
            self._comparison(comparison)
        told = self.sentence.block.part not in ("methods", "introduction", "back") and not PLANNING.search(self.text)
        if told and own_results(self.sentence):
            for i in range(len(self.values)):
                self._alone(i)

    def _name_lists(self, found: list[Compared]) -> None:
        """Pairs that a list of P-values compares have an outcome each, where as many are named."""
        whats: list[str | None] = []
        for one in found:
            if one.listed > 1 and one.members:
                whats = whats if one.place else respectively(self.about[one.members[0]].what, one.listed)
                for i in one.members:
                    self.about[i] = replace(self.about[i], what=whats[one.place])

    def carries(self) -> Carried | None:
        """Its one claim about an arm, where it makes no other and prints no P-value."""
        if len(self.aggregates) != 1 or any(token.tag == "P" for token in self.tokens):
            return None
        ((i, aggregate),) = self.aggregates.items()
        if i not in self.arms or self.values[i].form not in ("proportion", "mean", "median"):
            return None
        return Carried(self.values[i], aggregate, self.arms[i][0], self._base_of(i) is not None)

    def _over_two_sentences(self, found: Compared) -> int | None:
        """The claim that a P-value compares with that of the sentence before: ``It was 5 in group A. In group B it was 6 (P = .03)``."""
        if found.members or self.carried is None or not CONTRAST.match(self.text):
            return None
        other = [i for i, (arm, _) in self.arms.items() if arm != self.carried.arm and self.values[i].last <= found.p]
        return other[0] if len(other) == 1 and alike(self.carried.value, self.values[other[0]]) else None

    def _comparison(self, found: Compared) -> None:
        over = self._over_two_sentences(found)
        if over is not None and self.carried is not None:
            self._carried_on(found, over, self.carried)
            return
        members = [self.values[i] for i in found.members]
        clause = self.subjects.clause(found.p)
        what = self.about[found.members[0]].what if members else self.subjects.of_p(found.p)
        evidence = self._number(self.tokens[found.p].parts[0], None, 1.0, what)
        aggregates = [self._aggregate(i, found.confidence) for i in found.members]
        kind = comparison_kind(members, clause)
        named = [self._base_of(i) is not None for i in found.members]
        sized = all(named) or (not any(named) and all(self._sized(i) for i in found.members))
        self.facts.add_comparison(
            Comparison(
                kind,
                evidence,
                tuple(Member(aggregate, order) for order, aggregate in enumerate(aggregates)),
                what,
                method=_named_test(clause),
                obstacle=obstacle(kind, members, sized, found.change, clause) or self._events(kind, found),
                confidence=self._confidence(found, kind),
            )
        )

    def _carried_on(self, found: Compared, i: int, carried: Carried) -> None:
        """A comparison with the claim of the sentence before."""
        what = self.facts.aggregates[carried.aggregate].variable
        self.about[i] = Subject(what, self.facts.aggregates[carried.aggregate].timepoint)
        evidence = self._number(self.tokens[found.p].parts[0], None, 1.0, what)
        members = (Member(carried.aggregate, 0), Member(self._aggregate(i, 0.7), 1))
        pair, clause = [carried.value, self.values[i]], self.subjects.clause(found.p)
        kind = comparison_kind(pair, clause)
        based = self._base_of(i) is not None
        sized = based == carried.base and (based or self._sized(i))
        blocked = obstacle(kind, pair, sized, False, clause)
        self.facts.add_comparison(Comparison(kind, evidence, members, what, None, _named_test(clause), blocked, 0.7))

    def _confidence(self, found: Compared, kind: ComparisonKind) -> float:
        """Of the pairing, of the arms, and of bases that the sentence leaves to the tables."""
        sure = [found.confidence, *(self.arms[i][1] for i in found.members if i in self.arms)]
        unnamed = kind in ("counts", "means") and any(self._base_of(i) is None for i in found.members)
        declared = kind == "medians" and not re.search(r"(?i)\bmedians?\b", self.text)
        return min(sure + [0.75] * (unnamed or declared))

    def _events(self, kind: ComparisonKind, found: Compared) -> Obstacle | None:
        """Counts of a base of cycles, lesions or the like are no counts of patients."""
        nouns = [t.text for i in found.members for t in self.tokens[self.values[i].first : self.values[i].last + 1]]
        return "event_counts" if kind == "counts" and any(EVENTS.fullmatch(noun) for noun in nouns) else None

    def _base_of(self, i: int) -> int | None:
        """The base (evidence) that the text names for a claim: beside it, by the sentence's opening, or as the size of its arm."""
        value = self.values[i]
        if value.form == "statistic" or "ci_low" in value.kinds:
            return None
        part = value.part("n")
        if part is None and i in self.referred and value.kinds & {"count", "percent"}:
            return self._pointed_at(i)
        if part is None and self.base and value.part("count") and self.base.start < value.parts[0].start:
            part = self.base
        if part is None and i in self.arms:
            return self.earlier.get(self.arms[i][0])
        if part is None:
            return self._sample_before(i) if {"count", "percent"} <= value.kinds else None
        if part.start not in self.bases:
            self.bases[part.start] = self._number(replace(part, kind="n"), None, 0.95)
        return self.bases[part.start]

    def _pointed_at(self, i: int) -> int | None:
        """The count (its evidence) to which "of whom" or "of these" points, in this sentence or the one before."""
        target, value = self.referred[i], self.values[i]
        if value.form == "plain":
            value = replace(value, parts=(replace(value.parts[0], kind="count"),))
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
            self.counts[place] = self._number(replace(part, kind="n"), None, 0.8, sentence=self.before)
        return self.counts[place]

    def _sized(self, i: int) -> bool:
        """Whether the arm's size is known and is that of the patients that the sentence speaks of."""
        known = i in self.arms and self.facts.arms[self.names.index(self.arms[i][0])].n is not None
        return known and not subgroup(self.text)

    def _alone(self, i: int) -> None:
        """A claim beside which no P-value stands."""
        value = self.values[i]
        if i in self.aggregates:
            return
        if value.form == "size":
            if not self.captioned:
                self._size(i)
        elif self._is_size(i):
            self._sample(i)
        elif value.form in ("plain", "spread") and not value.kinds & {"mean", "median"}:
            if i in self.items or self._item_of_whom(i):
                self.values[i] = replace(value, form="proportion", parts=(replace(value.parts[0], kind="count"),))
                self._aggregate(i, 0.85)
        elif not self._limit(i):
            self._aggregate(i, 0.9)

    def _limit(self, i: int) -> bool:
        """Whether a percent is a limit (``more than 10%``) and no result."""
        value = self.values[i]
        before = self.tokens[value.first - 1].text.lower() if value.first else ""
        return value.kinds == {"percent"} and before in LIMITS

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
            self.bases[part.start] = self._number(replace(part, kind="n"), None, 0.85, None if arm is not None else "patients", arm)
            if self.base and self.base.start not in self.bases:
                self.bases[self.base.start] = self._number(replace(self.base, kind="n"), None, 0.85, "patients")
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
            if part.kind != "n":
                evidence = self._number(part, self.aggregates[i], min(confidence, sure))
            if part.kind == "count":
                self.counts[self.sentence.start + part.start] = evidence
        return self.aggregates[i]

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


def _named_test(clause: str) -> str | None:
    """The test that a clause names for its P-value, if it names exactly one."""
    names = {name for name, _, expression in TESTS if expression.search(clause)}
    return names.pop() if len(names) == 1 else None
