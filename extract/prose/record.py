"""Writes what a sentence claims into the facts of its document: arms, outcome, base and time as far as the sentence names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from counterproof.extract.facts import Facts
from counterproof.extract.methods.alpha import declared_alphas
from counterproof.extract.methods.names import TESTS
from counterproof.extract.prose.arm_orders import ESTIMATES, topic
from counterproof.extract.prose.arms import Arms
from counterproof.extract.prose.attribution import arms_of
from counterproof.extract.prose.citations import CITING, Citations
from counterproof.extract.prose.comparisons import Compared, alike, compared, runs
from counterproof.extract.prose.context import cited, own_results, plans
from counterproof.extract.prose.grammar import Value, values
from counterproof.extract.prose.kinds import declares_errors
from counterproof.extract.prose.obstacles import comparison_kind, corrected, named_obstacle, obstacle, obstacle_between, of_margin
from counterproof.extract.prose.others import record_others
from counterproof.extract.prose.outcomes import related, respectively
from counterproof.extract.prose.reading import Reading
from counterproof.extract.prose.results import NO_RESULTS, is_result, may_tell_figures, only_discusses, reported_in_methods
from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.prose.subjects import Subject
from counterproof.extract.prose.tokens import tokens
from counterproof.extract.prose.words import words
from counterproof.extract.prose.zeros import record_zeros, speaks_of_nobody
from counterproof.kb.document import Block
from counterproof.kb.evidence import Comparison, ComparisonKind, Member, Obstacle

CONTRAST = re.compile(r"(?:In|For|Among|With|By|Whereas|Compared|Conversely|The corresponding|This|It|That|Its)\b")
"""How a sentence begins that goes on about the outcome of the one before."""

EVENTS = re.compile(
    r"(?i)cycles|episodes|procedures|lesions|occurrences|doses|visits|infusions|samples|specimens|nodes|teeth|eyes|sites|injections"
    r"|nights|days|sessions|implants|vessels"
)
"""What may be counted several times in a patient."""

CORRECTED_BEHIND = 45
"""So many characters behind a P-value may say that it was corrected."""

_OTHERS_ALONE = CITING & NO_RESULTS
"""The parts of a paper that tell others' figures and none of its own."""

ZEROS = frozenset({"abstract", "results"})
"""The parts of a paper that tell what happened to nobody."""

LIMITS = words("than least most over above below under exceeding within")
"""Words before a percent that is a limit."""


NO_SHARE = re.compile(
    r"\s?%?\s?(?:[a-z]+\s){0,3}(?:confidence|credible)\b"
    r"|\s?%?\s(?:saline|sodium chloride|NaCl|glucose|dextrose|li(?:do|gno)caine|(?:levo)?bupivacaine|ropivacaine|ethanol|solution)\b"
)
"""What follows a percent that is the level of an interval, or the strength of a solution."""


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
    last: Sentence | None = None
    """The sentence before."""
    sizes: dict[int, int] = field(default_factory=dict)
    """Sizes of arms (evidence) that the paragraph has named: a subgroup's go on for the sentences that follow."""
    block: Block | None = None
    carried: Carried | None = None
    before: Sentence | None = None
    """The sentence before in the same block, to which "of these" may point."""
    counts: dict[int, int] = field(default_factory=dict)
    """The counts of the block (evidence) by their place in the document."""
    citations: Citations = field(init=False)
    errors: bool = field(init=False)
    """Whether the paper declares standard errors behind its means."""

    def __post_init__(self) -> None:
        self.citations = Citations(self.facts.document)
        self.errors = declares_errors(self.facts.document, self.facts.methods)

    def read(self, sentence: Sentence, worth: bool) -> None:
        """Record the claims of one sentence, where it is worth reading."""
        if sentence.block is not self.block:
            self.block, self.sizes, self.counts, self.carried, self.before = sentence.block, {}, {}, None, None
        part, text = sentence.block.part, sentence.text
        # elsewhere a sentence in a form of results is worth reading
        tells = not worth and part in _OTHERS_ALONE and may_tell_figures(text)
        nobody = part in ZEROS and speaks_of_nobody(text)
        theirs = (worth or tells or nobody) and cited(sentence, self.last.text if self.last else "")
        asked = (tells and theirs) or (worth and (theirs or part != "discussion" or not only_discusses(text)))
        reading = self._reading(sentence, theirs) if asked else None
        if reading:
            if worth:
                reading.record()
            record_others(reading, self.citations, self.last)
        self.carried = reading.carries() if reading else None
        if nobody and not theirs:
            record_zeros(self.facts, self.arms, sentence)
        self.last = self.before = sentence

    def _reading(self, sentence: Sentence, theirs: bool) -> _Recording | None:
        """The reading of a sentence that has claims or P-values; others have nothing to record."""
        printed = tokens(sentence.text)
        claims = values(printed)
        if not claims and not any(token.tag == "P" for token in printed):
            return None
        return _Recording(self, sentence, printed, claims, theirs)


class _Recording(Reading):
    """One sentence while it is recorded."""

    def record(self) -> None:
        """Comparisons first, since they say which claims belong together; then the claims that stand alone."""
        alphas = declared_alphas(self.text) if self.prints_p else []
        block = self.sentence.block
        note, figure = block.kind in ("caption", "footnote"), block.kind == "caption" and block.table is None
        every = compared(self.tokens, self.values, self.subjects.apart)
        found = [c for c in every if is_result(self.tokens[c.p], self.text, alphas, note, figure)]
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
        spoken = topic(self.tokens, self.text, self.mentions) if self.mentions else None
        if spoken is not None:
            alone = [i for i, value in enumerate(self.values) if i not in taken and not value.kinds & (ESTIMATES | {"n"})]
            self.arms = dict.fromkeys(alone, (spoken, 0.8)) | self.arms
        for i, value in enumerate(self.values):
            if value.form == "size" and i in self.arms and not self.captioned:
                self.earlier[self.arms[i][0]] = self._size(i)
        for group in sorted(groups):
            self.about.update(zip(group, self.subjects.of_group(group), strict=True))
        self._name_lists(found)
        for comparison in found:
            self._comparison(comparison)
        told = self.sentence.block.part not in NO_RESULTS and not plans(self.text)
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
                    self.about[i] = self.about[i]._replace(what=whats[one.place])

    def carries(self) -> Carried | None:
        """Its one claim about an arm, where it makes no other and prints no P-value."""
        if len(self.aggregates) != 1 or self.prints_p:
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
        if members and members[0].form == "statistic" and members[0].name[:1] == "r":
            what = related(what, self.text[: members[0].parts[0].start].rpartition(members[0].name)[0])
            self.about[found.members[0]] = self.about[found.members[0]]._replace(what=what)
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
                obstacle=self._told_obstacle(found, kind, members)
                or obstacle(kind, members, sized, found.change or self._goes_on(found), clause)
                or self._events(kind, found),
                confidence=self._confidence(found, kind),
            )
        )

    def _told_obstacle(self, found: Compared, kind: ComparisonKind, members: list[Value]) -> Obstacle | None:
        """What the words at a P-value say against recomputing it from the numbers beside it: of several, of a trend, or corrected."""
        p = self.tokens[found.p]
        if found.joint:
            return "pairwise_unclear"
        behind = self.text[p.end :]
        if members and of_margin(self.text[: p.end], behind):
            return "margin_test"
        if kind == "effect" and (named := obstacle_between(self.text[members[-1].parts[-1].end : p.start], behind)):
            return named
        tail = behind[:CORRECTED_BEHIND].partition(";")[0]
        return "corrected_p" if members and corrected(self.text[: p.end] + tail) else None

    def _goes_on(self, found: Compared) -> bool:
        """Whether a P-value stands in a list that tells changes within an arm: ``from pre- to posttest (P = .46 and P = .93)``."""
        opening = None if found.members else self.subjects.opening(found.p)
        return opening is not None and named_obstacle(opening) == "within_arm_change"

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
        """Of the pairing, of the arms where the sizes are theirs, and of bases that the sentence leaves to the tables."""
        beside = bool(found.members) and all(self.values[i].part("n") for i in found.members)
        sure = [found.confidence, *(self.arms[i][1] for i in found.members if i in self.arms and not beside)]
        unnamed = kind in ("counts", "means") and any(self._base_of(i) is None for i in found.members)
        declared = kind == "medians" and not re.search(r"(?i)\bmedians?\b", self.text)
        return min(sure + [0.75] * (unnamed or declared))

    def _events(self, kind: ComparisonKind, found: Compared) -> Obstacle | None:
        """Counts of a base of cycles, lesions or the like are no counts of patients."""
        nouns = [t.text for i in found.members for t in self.tokens[self.values[i].first : self.values[i].last + 1]]
        return "event_counts" if kind == "counts" and any(EVENTS.fullmatch(noun) for noun in nouns) else None

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
                self.values[i] = replace(value, form="proportion", parts=(value.parts[0]._replace(kind="count"),))
                self._aggregate(i, 0.85)
        elif each := self._in_each(i):
            for arm in each:
                self.aggregates.pop(i, None)
                self.arms[i] = arm, 0.9
                self._aggregate(i, 0.9)
        elif not self._limit(i):
            self._aggregate(i, 0.9)

    def _limit(self, i: int) -> bool:
        """Whether a bare percent or count is a limit (``more than 10%``), the level of an interval or a strength, and no result."""
        value = self.values[i]
        before = [token.text.lower() for token in self.tokens[max(0, value.first - 2) : value.first]]
        if value.kinds == {"count"}:
            return bool(before) and (before[-1] in LIMITS - {"within"} or before == ["all", "but"])
        after = self.text[value.parts[-1].end :]
        return value.kinds == {"percent"} and ((bool(before) and before[-1] in LIMITS) or NO_SHARE.match(after) is not None)


def _named_test(clause: str) -> str | None:
    """The test that a clause names for its P-value, if it names exactly one."""
    names = {name for name, _ in TESTS.named(clause)}
    return names.pop() if len(names) == 1 else None
