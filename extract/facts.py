"""Collects what is read from a document and numbers it: arms, aggregates, evidence, comparisons, methods."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from counterproof.kb.document import Document, Locator, Part, Table
from counterproof.kb.errors import CounterproofError
from counterproof.kb.evidence import Aggregate, Arm, CitedFigure, Comparison, Evidence, Extraction, Kind, Method
from counterproof.kb.numbers import ReportedNumber

LONGEST_QUOTE = 2000
"""Characters of a quote; a row or sentence of a paper has a few hundred."""

FAULT = "was not read, by a fault of this program"
"""Words in a document's problems that only a defect of this program brings there."""

OF_THE_WHOLE = CounterproofError, MemoryError, RecursionError
"""Errors for which a document is refused as a whole; any other costs the part in which it arose."""

Kept = list[list[Any]]


class Facts:
    """The growing extraction of one document; each ``add_*`` returns the position of what it added."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.arms: list[Arm] = []
        self.aggregates: list[Aggregate] = []
        self.evidence: list[Evidence] = []
        self.comparisons: list[Comparison] = []
        self.methods: list[Method] = []
        self.cited: list[CitedFigure] = []
        self._blocks = 0
        self._claims = 0
        self._rows: dict[tuple[int, int], tuple[int, int]] = {}
        self._quotes: dict[tuple[int, int], str] = {}

    def kept(self) -> Kept:
        """What was added so far, to return to."""
        return [list(part) for part in self._parts()]

    def restore(self, kept: Kept) -> None:
        """Take away what was added since."""
        for part, before in zip(self._parts(), kept, strict=True):
            part[:] = before

    def _parts(self) -> Kept:
        return [self.arms, self.aggregates, self.evidence, self.comparisons, self.methods, self.cited]

    def tell_fault(self, what: str, error: Exception) -> None:
        """Note that a part of the document was not read because this program stumbled over it."""
        at = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{what} {FAULT} ({type(error).__name__} in {Path(at.filename).name}, line {at.lineno}: {error})"
        self.document = replace(self.document, status="partial", problems=(*self.document.problems, problem))

    def new_block(self) -> int:
        """A fresh number for ``Aggregate.block``: the levels of one variable share it."""
        self._blocks += 1
        return self._blocks

    def add_arm(self, arm: Arm) -> int:
        """Add a group; its position."""
        self.arms.append(arm)
        return len(self.arms) - 1

    def set_arm_size(self, arm: int, evidence: int) -> None:
        """Name the evidence (kind ``n``) that is an arm's size."""
        self.arms[arm] = replace(self.arms[arm], n=evidence)

    def add_aggregate(self, aggregate: Aggregate) -> int:
        """Add an aggregate; its position."""
        self.aggregates.append(aggregate)
        return len(self.aggregates) - 1

    def add_evidence(self, evidence: Evidence) -> int:
        """Add a reported number; its position."""
        self.evidence.append(evidence)
        return len(self.evidence) - 1

    def add_table_number(
        self,
        kind: Kind,
        number: ReportedNumber,
        table: Table,
        row: int,
        column: int,
        span: tuple[int, int],
        *,
        aggregate: int | None = None,
        variable: str | None = None,
        arm: int | None = None,
        confidence: float = 1.0,
    ) -> int:
        """Add a number of a cell; ``span`` is its place within the cell's text. Meaning is taken from the aggregate if given."""
        cell = table.covered[row][column]
        assert cell is not None, "a number stands in a cell"
        begins, _, box, xpath = cell.locator
        start, end = begins + span[0], begins + span[1]
        level = timepoint = None
        if aggregate is not None:
            group = self.aggregates[aggregate]
            variable, level, arm, timepoint = group[:4]
        return self.add_evidence(
            Evidence(
                kind,
                number,
                Locator(start, end, box, xpath),
                self.row_quote(table, cell.row, start, end),
                table.part,
                table.section,
                variable,
                level,
                arm,
                timepoint,
                table.index,
                row,
                column,
                aggregate,
                min(confidence, cell.confidence),
            )
        )

    def row_quote(self, table: Table, row: int, start: int, end: int) -> str:
        """The row as it stands in the document's text; of one that is endless, what stands around the number at ``start``."""
        quote = self._quotes.get((table.index, row))
        if quote is not None:
            return quote  # the numbers of a row share it
        held = self._rows.get((table.index, row))
        if held is None:
            cells = [cell for cell in table.grid[row] if cell]
            held = (cells[0].locator.start, cells[-1].locator.end) if cells else (start, end)
            self._rows[table.index, row] = held
        low, high = held
        if high - low > LONGEST_QUOTE:
            return self.document.text[max(low, start - LONGEST_QUOTE // 2) : min(high, end + LONGEST_QUOTE // 2)]
        quote = self._quotes[table.index, row] = self.document.text[low:high]
        return quote

    def add_prose_number(
        self,
        kind: Kind,
        number: ReportedNumber,
        locator: Locator,
        quote: str,
        *,
        part: Part,
        section: str,
        aggregate: int | None = None,
        variable: str | None = None,
        arm: int | None = None,
        confidence: float = 1.0,
    ) -> int:
        """Add a number of running text. Meaning is taken from the aggregate if given."""
        group = self.aggregates[aggregate] if aggregate is not None else None
        return self.add_evidence(
            Evidence(
                kind,
                number,
                locator,
                quote if len(quote) <= LONGEST_QUOTE else self._around(locator),
                part,
                section,
                group.variable if group else variable,
                group.level if group else None,
                group.arm if group else arm,
                group.timepoint if group else None,
                aggregate=aggregate,
                confidence=confidence,
            )
        )

    def _around(self, place: Locator) -> str:
        """What stands around a number whose sentence is endless."""
        return self.document.text[max(0, place.start - LONGEST_QUOTE // 2) : place.end + LONGEST_QUOTE // 2]

    def add_comparison(self, comparison: Comparison) -> int:
        """Add a comparison; its position."""
        self.comparisons.append(comparison)
        return len(self.comparisons) - 1

    def add_method(self, method: Method) -> int:
        """Add a declared method; its position."""
        self.methods.append(method)
        return len(self.methods) - 1

    def new_claim(self) -> int:
        """A fresh number for ``CitedFigure.claim``, from 0."""
        self._claims += 1
        return self._claims - 1

    def add_cited(self, figure: CitedFigure) -> int:
        """Add a number of another study; its position."""
        self.cited.append(figure)
        return len(self.cited) - 1

    def build(self) -> Extraction:
        """The finished extraction."""
        return Extraction(
            self.document,
            tuple(self.arms),
            tuple(self.aggregates),
            tuple(self.evidence),
            tuple(self.comparisons),
            tuple(self.methods),
            tuple(self.cited),
        )
