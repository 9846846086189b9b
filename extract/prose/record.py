"""Writes what a sentence claims into the facts of its document: arms, outcome, base and time as far as the sentence names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from counterproof.extract.facts import Facts
from counterproof.extract.methods.alpha import Alpha, declared_alphas
from counterproof.extract.methods.names import TESTS
from counterproof.extract.prose.arms import Arms
from counterproof.extract.prose.attribution import arms_of, base_of
from counterproof.extract.prose.comparisons import Compared, compared, runs
from counterproof.extract.prose.context import PLANNING, cited, obstacle, speaks_of_itself, timepoint
from counterproof.extract.prose.grammar import Value, values
from counterproof.extract.prose.kinds import settled
from counterproof.extract.prose.outcomes import masked, new_clause, outcome
from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.prose.tokens import Part, Token, tokens
from counterproof.extract.prose.words import PEOPLE_WORDS, WORD_NUMBERS
from counterproof.kb.document import Locator
from counterproof.kb.evidence import Aggregate, Comparison, ComparisonKind, Member, Obstacle

_THRESHOLD = re.compile(
    r"(?i)\b(?:variables?|factors?|covariates?|parameters?|predictors?|characteristics|items?|those|genes|terms?)\b[^.;]{0,60}\bp[\s-]?(?:values?)?\s?(?:of\s)?(?:<|≤|less|below|lower|under)"
    r"[^.;]{0,120}\b(?:includ|enter|select|retain|consider|model|multivaria|candidate|remain)"
    r"|\b(?:includ|enter|select|retain|remov|stepwise|criteri|cut-?off|threshold)[^.;()]{0,60}\b(?:at|if|when|with|of|was|:)\s(?:an?\s)?p[\s-]?(?:values?)?\s?(?:of\s)?(?:<|≤|>|≥|less|=)"
)
_LEGEND = re.compile(r"(?:[*†‡§¶#]|\b[a-e])\s{0,2}(?:[:=,]\s?|\(|indicates?\s|denotes?\s)?\s?$")
_LEVELS = frozenset({0.05, 0.01, 0.005, 0.001, 0.0001, 0.1, 0.0005, 0.00001})


_CLAIM = re.compile(
    r"%|±|\b(?:per\s?cent|CIs?|SDs?|SEM?|IQR|medians?|means?|averaged?|ranged?|ratio|[aHOR]+Rs?|total of)\b|\b[nN]\s?=|\d\s?/\s?\d|[)\]] (?:vs|versus)"
    rf"|\b(?:\d+|{WORD_NUMBERS})\s(?:\w+\s){{0,2}}{PEOPLE_WORDS}\b"
)
"""What a sentence without a P-value needs to claim anything."""
_P = re.compile(r"(?<![A-Za-z])[Pp](?![A-Za-oq-uw-z])")
_DIGIT = re.compile(r"\d")


def _worth_reading(sentence: Sentence) -> bool:
    if not _DIGIT.search(sentence.text):
        return False
    if _P.search(sentence.text):
        return True
    return sentence.block.part not in ("methods", "introduction") and bool(_CLAIM.search(sentence.text))


@dataclass(slots=True)
class Recorder:
    """Adds the claims of sentence after sentence to ``facts``."""

    facts: Facts
    arms: Arms
    previous: str = ""

    def read(self, sentence: Sentence) -> None:
        """Record the claims of one sentence."""
        if _worth_reading(sentence):
            _Reading(self, sentence, self.previous).record()
        self.previous = sentence.text


class _Reading:
    """One sentence while it is recorded."""

    def __init__(self, recorder: Recorder, sentence: Sentence, previous: str) -> None:
        self.facts = recorder.facts
        self.sentence = sentence
        self.text = sentence.text
        self.tokens = tokens(self.text)
        self.theirs = cited(sentence, previous)
        self.values = [settled(v, self.tokens, self.text, self.facts.methods) for v in values(self.tokens)]
        self.mentions = recorder.arms.mentions(self.text)
        self.masked = masked(self.text, self.mentions)
        self.arms: dict[int, tuple[int, float]] = {}
        self.aggregates: dict[int, int] = {}
        self._bases: dict[int, int] = {}

    def record(self) -> None:
        """Comparisons first, since they say which claims belong together; then the claims that stand alone."""
        alphas = declared_alphas(self.text) if self._has_p() else []
        found = [c for c in compared(self.tokens, self.values) if not self._no_result(self.tokens[c.p], alphas)]
        if self.theirs:
            for comparison in found:
                self._cited(comparison)
            return
        groups = [list(c.members) for c in found if c.members]
        taken = {i for group in groups for i in group}
        groups += [run for run in runs(self.tokens, self.values) if taken.isdisjoint(run)]
        self.arms = arms_of(self.tokens, self.values, groups, self.mentions)
        for comparison in found:
            self._comparison(comparison)
        if self.sentence.block.part not in ("methods", "introduction") and not PLANNING.search(self.text):
            self._alone()

    def _alone(self) -> None:
        """The claims beside which no P-value stands."""
        bases = {part.start for i in range(len(self.values)) if (part := base_of(self.tokens, self.values, i))}
        for i, value in enumerate(self.values):
            if i in self.aggregates or value.form in ("plain", "spread") or value.parts[0].start in bases:
                continue
            if value.form == "size":
                self._size(i)
            elif value.kinds != {"percent"} or i in self.arms or self._is_result():
                self._aggregate(i, 0.9)

    def _is_result(self) -> bool:
        """Whether a bare percent here is a result of this study."""
        return self.sentence.block.part != "discussion" or speaks_of_itself(self.text)

    def _size(self, i: int) -> None:
        """``(n = 38)``: the size of the arm that is named before it."""
        arm = self.arms.get(i)
        n = self._number(self.values[i].parts[0], None, None, 0.9 if arm else 0.75, arm[0] if arm else None)
        if arm and self.facts.arms[arm[0]].n is None:
            self.facts.set_arm_size(arm[0], n)

    def _cited(self, found: Compared) -> None:
        """A P-value of another study: found, but not this paper's."""
        what = outcome(self.masked[: self._p_start(self.tokens[found.p])])
        evidence = self._number(self.tokens[found.p].parts[0], None, what, 1.0)
        self.facts.add_comparison(Comparison("unknown", evidence, variable=what, obstacle="cited_study"))

    def _no_result(self, p: Token, alphas: list[Alpha]) -> bool:
        """Whether a P-value is a declared level, a threshold of a model, or the legend of a mark."""
        for alpha in alphas:
            if alpha.start <= p.start < alpha.end:
                return True
        number = p.parts[0].number
        if _THRESHOLD.search(self.text) and number.comparator != "=":
            return True
        legend = _LEGEND.search(self.text[max(0, p.start - 14) : self._p_start(p)])
        return bool(legend) and number.comparator in "<≤=" and number.value in _LEVELS

    def _has_p(self) -> bool:
        return any(token.tag == "P" for token in self.tokens)

    def _p_start(self, p: Token) -> int:
        """Where the letter P of a P-value stands."""
        letter = re.search(r"[Pp][\s-]{0,2}(?:values?)?[\s:]{0,3}$", self.text[max(0, p.start - 14) : p.start])
        return max(0, p.start - 14) + letter.start() if letter else p.start

    def _comparison(self, found: Compared) -> None:
        p = self.tokens[found.p]
        clause = self._clause(p)
        what = self._outcome(found.members[0]) if found.members else outcome(self.masked[: self._p_start(p)])
        evidence = self._number(p.parts[0], None, what, 1.0)
        members = [Member(self._aggregate(i, found.confidence, what), order) for order, i in enumerate(found.members)]
        kind = self._kind(found.members, clause)
        self.facts.add_comparison(
            Comparison(
                kind,
                evidence,
                tuple(members),
                what,
                method=_named_test(clause),
                obstacle=self._obstacle(found, kind, clause),
                confidence=min([found.confidence, *(self.arms[i][1] for i in found.members if i in self.arms)]),
            )
        )

    def _clause(self, p: Token) -> str:
        """The words that speak of a P-value: from the last one or the last semicolon up to shortly behind it."""
        start = max([t.end for t in self.tokens if t.end <= p.start and (t.tag == "SEMI" or (t.tag == "P" and t is not p))], default=0)
        after = re.match(r"[^;()]{0,30}", self.text[p.end :])
        return self.text[start : p.end] + (after[0] if after else "")

    def _kind(self, members: tuple[int, ...], clause: str) -> ComparisonKind:
        if not members:
            return "unknown"
        value = self.values[members[0]]
        kinds = value.kinds
        if value.form == "statistic":
            return "statistic"
        if "ci_low" in kinds and len(members) == 1:
            return "effect"
        if "rate" in kinds or (kinds <= {"median", "min", "max", "percent"} and obstacle(clause) == "survival_test"):
            return "survival"
        if kinds & {"count", "percent"}:
            return "counts"
        if "mean" in kinds:
            return "means"
        return "medians" if "median" in kinds else "effect" if len(members) == 1 else "unknown"

    def _obstacle(self, found: Compared, kind: ComparisonKind, clause: str) -> Obstacle | None:
        named = obstacle(clause)
        if kind in ("statistic", "effect"):
            return None
        if not found.members:
            return named or "no_values"
        if found.change or named == "within_arm_change":
            return "within_arm_change"
        if kind == "survival":
            return "survival_test"
        if named in ("interaction_test", "trend_test", "adjusted_model"):
            return named
        return self._missing(found.members, kind)

    def _missing(self, members: tuple[int, ...], kind: ComparisonKind) -> Obstacle | None:
        """What the claims lack for a recomputation."""
        every = [self.values[i] for i in members]
        if kind == "medians":
            return "rank_test_on_summaries"
        if kind == "means" and not all(v.kinds & {"sd", "se"} for v in every):
            return "no_dispersion"
        if kind == "unknown":
            return "no_dispersion"
        sized = all(v.part("n") or (i in self.arms and self.facts.arms[self.arms[i][0]].n is not None) for i, v in zip(members, every, strict=True))
        return None if sized or kind not in ("counts", "means") else "arm_size_unknown"

    def _aggregate(self, i: int, confidence: float, what: str | None = None) -> int:
        """The aggregate of a claim, made once."""
        if i in self.aggregates:
            return self.aggregates[i]
        value = self.values[i]
        arm, sure = self.arms.get(i, (None, 1.0))
        before = self.text[: min(part.start for part in value.parts)]
        base = base_of(self.tokens, self.values, i)
        size = self._base(value.part("n") or base)
        group = self.facts.add_aggregate(
            Aggregate(
                what or self._outcome(i),
                None,
                arm,
                timepoint(before[-120:]),
                bases=(size,) if size is not None else (),
                unit=next((part.number.unit for part in value.parts if part.number.unit), None),
            )
        )
        self.aggregates[i] = group
        for part in value.parts:
            if part.kind != "n" or value.form == "size":
                self._number(part, group, None, min(confidence, sure))
        return group

    def _outcome(self, i: int) -> str | None:
        """What a claim is about: the outcome of its clause, which all claims of the clause share; patients counted, what they did."""
        value = self.values[i]
        start = min(part.start for part in value.parts)
        last = self.tokens[value.last - 1]
        bracketed = last.tag != "RP" and value.last < len(self.tokens) and self.tokens[value.last].tag == "RP"
        if value.part("count") is not None and not bracketed and any(t.tag == "PEOPLE" for t in self.tokens[value.first : value.last + 1]):
            if (found := outcome("", self.masked[last.end :])) is not None:
                return found
        for j in (j for j in range(i) if self.values[j].form != "plain" or j in self.arms):
            earlier = min(part.start for part in self.values[j].parts)
            if not new_clause(self.masked[self.tokens[self.values[j].last - 1].end : start]):
                return outcome(self.masked[:earlier])
        return outcome(self.masked[:start])

    def _base(self, part: Part | None) -> int | None:
        """The evidence of a base, made once however many claims share it."""
        if part is None:
            return None
        if part.start not in self._bases:
            self._bases[part.start] = self._number(replace(part, kind="n"), None, None, 0.95)
        return self._bases[part.start]

    def _number(self, part: Part, group: int | None, what: str | None, confidence: float, arm: int | None = None) -> int:
        block = self.sentence.block
        start, end = self._place(part)
        printed = self.facts.document.text[start:end]
        return self.facts.add_prose_number(
            part.kind,
            replace(part.number, text=printed),
            Locator(start, end, block.locator.box, block.locator.xpath),
            self.text,
            part=block.part,
            section=block.section,
            aggregate=group,
            variable=what,
            arm=arm,
            confidence=confidence,
        )

    def _place(self, part: Part) -> tuple[int, int]:
        """Where the number itself stands, its unit and the equals sign left out."""
        at = self.text.find(part.number.text, part.start, part.end)
        start, length = (at, len(part.number.text)) if at >= 0 else (part.start, part.end - part.start)
        return self.sentence.start + start, self.sentence.start + start + length


def _named_test(clause: str) -> str | None:
    """The test that a clause names for its P-value, if it names exactly one."""
    names = {name for name, _, expression in TESTS if expression.search(clause)}
    return names.pop() if len(names) == 1 else None
