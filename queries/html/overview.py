"""Many papers at a glance: how they rank, which checks flag them, and what chance alone would have given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from counterproof.kb.finding import FLAGS, Finding

ORDER = {"flagged": 0, "failed": 1, "unchecked": 2, "clear": 3}
STATES = {
    "flagged": ("with findings", "with findings"),
    "clear": ("without a finding among what could be checked", "without"),
    "unchecked": ("in which nothing could be checked", "nothing checkable"),
    "failed": ("that could not be read", "not read"),
}
"""The states of a paper: as the sentence tells them, and as the filter names them."""


class Ranked(Protocol):
    """What a paper's section says for its rank."""

    @property
    def state(self) -> str:
        """flagged, clear, unchecked or failed."""
        ...

    @property
    def told(self) -> int:
        """How many findings are told of it."""
        ...


S = TypeVar("S", bound=Ranked)


@dataclass(frozen=True, slots=True)
class Expectation:
    """Over many P-values whose chance is known: how many were consistent, and how many would have been by chance alone."""

    checked: int
    attained: int
    by_chance: float

    @property
    def sentence(self) -> str:
        """In words; empty where nothing could be checked."""
        if not self.checked:
            return ""
        flagged, by_chance = self.checked - self.attained, round(self.by_chance)
        return (
            f"Of the {self.checked} whose chance is known {self.attained} agree with the numbers beside them and {flagged} do not. "
            f"Chance alone, that is P-values taken from other papers, would have given about {by_chance} that agree "
            f"and {self.checked - by_chance} flags."
        )


def expectation(findings: Iterable[Finding]) -> Expectation:
    """What chance alone would give, over the P-values for which that is known."""
    known = [f for f in findings if f.chance is not None]
    return Expectation(len(known), sum(f.verdict == "consistent" for f in known), sum(f.chance or 0.0 for f in known))


def ranked(sections: Iterable[S]) -> list[S]:
    """The papers, those with the most findings first, those that are clear last."""
    return sorted(sections, key=lambda section: (ORDER[section.state], -section.told))


def states(sections: Sequence[Ranked]) -> list[tuple[str, int, str, str]]:
    """Each state with the number of its papers, its words in a sentence and its name in the filter."""
    counts = Counter(section.state for section in sections)
    return [(state, counts[state], words, name) for state, (words, name) in STATES.items()]


def flagging(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """The checks with flags and the number of papers that each flags, the most frequent first."""
    pairs = {(f.check, f.document) for f in findings if f.verdict in FLAGS}
    return Counter(check for check, _ in sorted(pairs)).most_common()
