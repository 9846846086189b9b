"""The sizes that a table offers as denominators: of a column's head, of a body row, of a section, of the same arm elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache

from counterproof.extract.facts import Facts
from counterproof.extract.tables.arms import KnownArms, arm_key
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.headings import Size
from counterproof.extract.tables.layout import Panel, Row
from counterproof.extract.tables.rows import Place
from counterproof.kb.cell_values import CellPart
from counterproof.kb.characters import digits
from counterproof.kb.document import Locator
from counterproof.kb.numbers import ReportedNumber

_SIZE_ROW = re.compile(
    r"(?:total |sample )?(?:n|no\.(?= )|no(?= of)|number|size|sample size|count)(?:\s*(?:of|"
    r",)\s*(?:\w+ )?(?:patients?|participants?|subjects?|cases|women|men|children|"
    r"individuals|persons|people|infants|eyes))?(?:\s*(?:\(%\)|\(n\)|, n))*|(?:patients|participants|"
    r"subjects)(?:\s*\(?n\)?|, (?:n|no\.?))?(?: \(%\))?",
    re.IGNORECASE,
)


_LEADING_SIZE = re.compile(r"\s*(\d[\d,\u202f]*)\b(?![.·])")
_CAPTION_SIZE = re.compile(r"(?<![A-Za-z])[nN]\s?=\s?(\d{1,3}(?:[,\u202f]\d{3})+|\d+)(?![\d.])")


def is_size_row(row: Row) -> bool:
    """Whether a row only tells how large the groups are."""
    return len(row.stubs) <= 1 and _is_size_label(row.label)


@lru_cache(maxsize=2048)
def _is_size_label(label: str) -> bool:
    return bool(_SIZE_ROW.fullmatch(label.strip(" :")))


class Bases:
    """Collects sizes as evidence and offers them to the rows of one panel."""

    def __init__(self, facts: Facts, panel: Panel, columns: list[Column], known: KnownArms) -> None:
        self.facts, self.panel, self.columns, self.known = facts, panel, columns, known
        self._head: dict[int, int] = {}
        self._row: dict[int, int] = {}
        self._section: dict[int, list[tuple[int | None, int]]] = {}
        self._values: dict[int, float] = {}
        self._caption: int | None = None
        self._noted: dict[str, int] = {}
        self.marked: dict[tuple[int, int], int] = {}
        self.arm_sized: set[int] = set()

    def value(self, evidence: int) -> float:
        """The size that an evidence row of kind ``n`` states."""
        if evidence not in self._values:
            self._values[evidence] = self.facts.evidence[evidence].number.value or 0.0
        return self._values[evidence]

    def head_size(self, column: Column) -> int | None:
        """The size that a column's own head, a size row or an earlier table gives it."""
        if column.size and column.size[0].size:
            return column.size[0].size.value
        for row in self.panel.rows[:4]:
            cell = self.panel.cell(row.index, column.index)
            if is_size_row(row) and cell and (hit := _LEADING_SIZE.match(cell.text)):
                return int(digits(hit[1]))
        known = self.known.sizes.get(arm_key(column.arm or ""), [])
        return int(self.value(known[0])) if known else None

    def add_note_size(self, arm: str, index: int) -> None:
        """The size that a note of this table gives an arm."""
        self._noted[arm_key(arm)] = index

    def add_caption_size(self) -> None:
        """``(n = 228)`` in the caption: the size of a table that is not split in arms."""
        for block in self.facts.document.blocks:
            if block.kind == "caption" and block.table == self.panel.table.index:
                hits = list(_CAPTION_SIZE.finditer(block.text))
                if len(hits) == 1:
                    start = block.locator.start
                    locator = Locator(start + hits[0].start(1), start + hits[0].end(1), block.locator.box, block.locator.xpath)
                    number = ReportedNumber(hits[0][1], float(digits(hits[0][1])))
                    self._caption = self.facts.add_prose_number("n", number, locator, block.text, part=block.part, section=block.section)

    def add_head_size(self, column: Column, arm: int | None) -> None:
        """The size in a column's head; a head over several columns counts once."""
        assert column.size is not None
        heading, cell = column.size
        assert heading.size is not None
        same = next((c for c in self.columns if c.index < column.index and c.size and c.size[1] is cell and c.index in self._head), None)
        if same is not None:
            self._head[column.index] = self._head[same.index]
            return
        number = ReportedNumber(heading.size.text, float(heading.size.value))
        table = self.panel.table
        index = self.facts.add_table_number("n", number, table, cell.row, cell.column, (heading.size.start, heading.size.end), arm=arm)
        self._keep(index, column, arm)
        self._head[column.index] = index

    def add_row_size(self, column: Column, row: Row, found: CellPart, arm: int | None) -> None:
        """The size that a body row gives a column's arm."""
        index = self.facts.add_table_number(
            "n", found.number, self.panel.table, row.index, column.index, (found.start, found.end), variable=row.label or None, arm=arm
        )
        self._keep(index, column, arm)
        for other in self.columns:
            if other.arm == column.arm and other.time == column.time and other.role == "value":
                self._row[other.index] = index

    def add_arm_row_size(self, row: Row, column: Column, found: CellPart, arm: int, label: str) -> None:
        """The size in the ``n`` column of a row that is an arm."""
        index = self.facts.add_table_number("n", found.number, self.panel.table, row.index, column.index, (found.start, found.end), arm=arm)
        self.known.add_size(label, index)
        self._section.setdefault(row.index, []).append((None, index))
        self.arm_sized.add(row.index)
        if self.facts.arms[arm].n is None:
            self.facts.set_arm_size(arm, index)

    def add_section_size(self, row: Row, column: int, size: Size, of: Column | None = None, arm: tuple[int, str] | None = None) -> None:
        """The size that a row states for itself and the rows below it, or for the arm that it is."""
        number = ReportedNumber(size.text, float(size.value))
        span = (size.start, size.end)
        index = self.facts.add_table_number(
            "n", number, self.panel.table, row.index, column, span, variable=row.heading.name or row.label, arm=arm[0] if arm else None
        )
        if arm:
            self.arm_sized.add(row.index)
            self.known.add_size(arm[1], index)
            if self.facts.arms[arm[0]].n is None:
                self.facts.set_arm_size(arm[0], index)
        self._section.setdefault(row.index, []).append((of.index if of and len(self.columns) > 1 else None, index))

    def _keep(self, index: int, column: Column, arm: int | None) -> None:
        if arm is not None and column.arm:
            self.known.add_size(column.arm, index)
            if self.facts.arms[arm].n is None:
                self.facts.set_arm_size(arm, index)

    def of_row(self, row: Row, places: dict[int, Place]) -> list[int]:
        """The sizes that a row and the heads above it state for all arms together or for the row's own people."""
        found: list[int] = []
        at: int | None = row.index if self._section else None
        while at is not None:
            found += [index for only, index in self._section.get(at, []) if only is None]
            at = places[at].parent
        return found

    def offered(self, row: Row, column: Column, places: dict[int, Place], arm: str | None) -> list[int]:
        """Every size on offer for a cell, as evidence, nearest first."""
        found = self._of_sections(row, column, places, arm) if self._section else []
        if (row.index, column.index) in self.marked:
            found.insert(0, self.marked[row.index, column.index])
        for held in (self._row, self._head):
            if column.index in held:
                found.append(held[column.index])
        if not found and arm:
            noted = self._noted.get(arm_key(arm))
            found += [noted] if noted is not None else self.known.sizes.get(arm_key(arm), [])[:1]
        if arm is None and self._caption is not None:
            found.append(self._caption)
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _of_sections(self, row: Row, column: Column, places: dict[int, Place], arm: str | None) -> list[int]:
        """The sizes that a row and the heads above it state for a cell's column or for its own people."""
        found: list[int] = []
        at: int | None = row.index
        alone = arm is None or column.total or row.index in self.arm_sized
        while at is not None:
            # beside several arms a size on the row ("Nutrition state (n = 629)") is that of all arms together
            found += [index for only, index in self._section.get(at, []) if only == column.index or (only is None and alone)]
            at = places[at].parent
        return found
