"""Tables written as text: cells parted by ``|``, a leading dot for each step of indent, ``^`` before footnote marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from counterproof.extract.builder import CellDraft, DocumentBuilder, TableDraft
from counterproof.extract.facts import Facts
from counterproof.extract.tables import read_tables
from counterproof.kb.document import Footnote
from counterproof.kb.evidence import Aggregate, Comparison, Extraction, Method


@dataclass(frozen=True)
class Read:
    """An extraction with short ways to ask for what was read."""

    extraction: Extraction

    def numbers(self, variable: str, arm: str | None, level: str | None = None, time: str | None = None) -> dict[str, str]:
        """Kind to printed text of one aggregate."""
        found: dict[str, str] = {}
        for evidence in self.extraction.evidence:
            if evidence.aggregate is None:
                continue
            group = self.extraction.aggregates[evidence.aggregate]
            if (group.variable, self.arm(group), group.level, group.timepoint) == (variable, arm, level, time):
                found[evidence.kind] = evidence.number.text
        return found

    def arm(self, group: Aggregate) -> str | None:
        return self.extraction.arms[group.arm].label if group.arm is not None else None

    def groups(self, variable: str) -> list[Aggregate]:
        return [group for group in self.extraction.aggregates if group.variable == variable]

    def bases(self, group: Aggregate) -> list[str]:
        return [self.extraction.evidence[i].number.text for i in group.bases]

    def sizes(self) -> dict[str, str]:
        """Each arm's size as printed."""
        return {arm.label: self.extraction.evidence[arm.n].number.text for arm in self.extraction.arms if arm.n is not None}

    def comparison(self, p: str) -> Comparison:
        """The comparison of the only P-value printed so."""
        hits = [c for c in self.extraction.comparisons if c.p is not None and self.extraction.evidence[c.p].number.text == p]
        assert len(hits) == 1, f"{len(hits)} P-values printed {p}"
        return hits[0]

    def compared(self, p: str) -> list[tuple[str | None, str | None]]:
        """Arm and level of the members of a P-value, in order."""
        groups = [self.extraction.aggregates[m.aggregate] for m in self.comparison(p).members]
        return [(self.arm(group), group.level) for group in groups]


def _draft(text: str, header_rows: int, caption: str, notes: Sequence[tuple[str, str]], label: str) -> TableDraft:
    cells, levels = [], []
    for row, line in enumerate(text.strip().splitlines()):
        printed = [cell.strip() for cell in line.strip().split("|")]
        levels.append(len(printed[0]) - len(printed[0].lstrip(".")))
        printed[0] = printed[0].lstrip(".").strip()
        column = 0
        for cell in printed:
            body, *marks = cell.split("^")
            span = 1
            while body.endswith("<<"):
                body, span = body[:-2].strip(), span + 1
            if body.strip():
                cells.append(CellDraft(row, column, body.strip(), column_span=span, marks=tuple(marks)))
            column += span
    return TableDraft(label, caption, cells, header_rows, levels, [Footnote(mark, note) for mark, note in notes])


@pytest.fixture
def read() -> Callable[..., Read]:
    """Reads one table (or several, each with its own arguments) after paragraphs of text."""

    def build(
        text: str,
        *,
        head: int = 1,
        caption: str = "What was seen",
        notes: Sequence[tuple[str, str]] = (),
        prose: str = "",
        methods: Sequence[Method] = (),
        then: str = "",
        then_notes: Sequence[tuple[str, str]] = (),
    ) -> Read:
        builder = DocumentBuilder(b"x", "x", "text")
        if prose:
            builder.block("paragraph", prose, part="methods")
        builder.table(_draft(text, head, caption, notes, "Table 1"))
        if then:
            builder.table(_draft(then, head, "More", then_notes, "Table 2"))
        facts = Facts(builder.build())
        for method in methods:
            facts.add_method(method)
        read_tables(facts)
        return Read(facts.build())

    return build
