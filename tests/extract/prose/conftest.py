"""Builds small documents for the tests of prose, and puts what was read into plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.facts import Facts
from counterproof.extract.methods import read_methods
from counterproof.extract.prose import read_prose
from counterproof.kb.document import Document, Part
from counterproof.kb.evidence import Arm, Comparison, Evidence
from counterproof.kb.numbers import ReportedNumber

Paragraph = str | tuple[Part, str]
Numbers = dict[str, str]


@dataclass(frozen=True)
class Reading:
    """What was read from the prose of one small document."""

    facts: Facts

    @property
    def told(self) -> list[Evidence]:
        """The evidence of the prose."""
        return [e for e in self.facts.evidence if e.table is None]

    @property
    def p_values(self) -> list[str]:
        """The P-values as printed, with ``=`` for those without a comparator."""
        return [e.number.text if e.number.comparator != "=" else f"= {e.number.text}" for e in self.told if e.kind == "p_value"]

    @property
    def claims(self) -> list[tuple[str | None, str | None, Numbers]]:
        """Outcome, arm and numbers of every claim."""
        return [(a.variable, self.arm(i), self.numbers(i)) for i, a in enumerate(self.facts.aggregates)]

    @property
    def comparison(self) -> Comparison:
        """The only comparison."""
        assert len(self.facts.comparisons) == 1
        return self.facts.comparisons[0]

    def members(self, at: int = 0) -> list[tuple[str | None, Numbers]]:
        """Arm and numbers of each member of a comparison."""
        return [(self.arm(m.aggregate), self.numbers(m.aggregate)) for m in self.facts.comparisons[at].members]

    def numbers(self, aggregate: int) -> Numbers:
        """Kind and text of the numbers of an aggregate."""
        return {e.kind: e.number.text for e in self.facts.evidence if e.aggregate == aggregate}

    def arm(self, aggregate: int) -> str | None:
        """The label of an aggregate's arm."""
        arm = self.facts.aggregates[aggregate].arm
        return self.facts.arms[arm].label if arm is not None else None

    def base(self, aggregate: int) -> str | None:
        """The first base of an aggregate as printed."""
        bases = self.facts.aggregates[aggregate].bases
        return self.facts.evidence[bases[0]].number.text if bases else None


def document(*paragraphs: Paragraph) -> Document:
    """A document of paragraphs, of the results where no part is given."""
    builder = DocumentBuilder(repr(paragraphs).encode(), "made.txt", "text")
    for paragraph in paragraphs:
        part: Part = "results" if isinstance(paragraph, str) else paragraph[0]
        text = paragraph if isinstance(paragraph, str) else paragraph[1]
        builder.block("footnote" if part == "back" else "paragraph", text, part=part, section=part.title())
    return builder.build()


def reading(*paragraphs: Paragraph, arms: tuple[tuple[str, int], ...] = ()) -> Reading:
    """Read such a document, with arms as a table would have given them."""
    facts = Facts(document(*paragraphs))
    read_methods(facts)
    for label, n in arms:
        index = facts.add_arm(Arm(label))
        at = facts.document.blocks[0].locator
        size = facts.add_evidence(Evidence("n", ReportedNumber(str(n), float(n)), at, "table", table=0, arm=index))
        facts.set_arm_size(index, size)
    read_prose(facts)
    return Reading(facts)


@pytest.fixture
def read() -> Callable[..., Reading]:
    """Reads paragraphs (see :func:`reading`)."""
    return reading


@pytest.fixture
def make() -> Callable[..., Document]:
    """Makes a document of paragraphs."""
    return document
