"""A panel's value cells as aggregates and reported numbers: variable, level, arm, time, kind, bases."""

from __future__ import annotations

from collections.abc import Iterable

from counterproof.extract.facts import Facts
from counterproof.extract.tables.arms import KnownArms, is_generic
from counterproof.extract.tables.cells import CellReading
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.kinds import percent_fits, ratio_levels
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.naming import Meaning
from counterproof.extract.tables.reading import Given, PanelReading, Slot
from counterproof.extract.tables.row_kinds import Verdicts, row_kinds
from counterproof.extract.tables.sizes import ArmBook
from counterproof.extract.tables.units import unit_of
from counterproof.kb.cell_values import CellPart
from counterproof.kb.evidence import Aggregate, Kind

_COUNTED = frozenset(("count", "percent", "n"))


def read_values(facts: Facts, reading: PanelReading, known: KnownArms) -> None:
    """Add everything that a panel's value cells say; what was added stands in ``reading.given``."""
    writer = _Writer(facts, reading, ArmBook(facts, reading, known))
    writer.book.read_heads()
    for row in reading.panel.rows:
        if not row.heading.p and not writer.book.read_size_row(row):
            writer.book.read_section_size(row)
            writer.row(row)


class _Writer:
    """Writes the rows of one panel into the facts."""

    def __init__(self, facts: Facts, reading: PanelReading, book: ArmBook) -> None:
        self.facts, self.reading, self.book = facts, reading, book
        self.table = reading.panel.table
        self._bases: dict[tuple[int, int], int] = {}
        self._own_names: dict[int, str] = {}

    def row(self, row: Row) -> None:
        """One row: its columns grouped by what their heads say, denominators before what they are the base of."""
        sized = self.book.read_size_column(row)
        verdicts, denominators = row_kinds(self.reading, row, sized)
        slots: dict[Slot, list[Column]] = {}
        for column in self.reading.columns:
            if column.index in verdicts:
                slots.setdefault(self.reading.slot(column), []).append(column)
        for slot, columns in _denominators_first(slots, denominators):
            for group in _without_repeats(columns, verdicts):
                self._aggregate(row, slot, group, verdicts, denominators)

    def _aggregate(self, row: Row, slot: Slot, columns: list[Column], verdicts: Verdicts, denominators: dict[int, int]) -> None:
        first = columns[0]
        kinds = {kind for column in columns for kind in verdicts[column.index].kinds}
        counted = not kinds.isdisjoint(_COUNTED) or kinds == {"value"}
        meaning = self.reading.meanings[row.index]
        variable, level = self._names(meaning, slot, first, counted=counted, stray="count" in kinds and self._under_measured(row))
        arm = self.book.of_cell(row, first)
        unit = None if "count" in kinds or "percent" in kinds else unit_of(variable)
        place = (variable, level, arm, slot.time or meaning.time, self.table.index, row.index, first.index)
        base = Aggregate(*place, (), None, None, unit)
        levels = _levels(row, self.reading.cell(row, first)) if len(columns) == 1 else []
        if levels:
            self._ratio(row, first, slot, base, levels)
            return
        index = self.facts.add_aggregate(base)
        own = [self._bases[row.index, denominators[c.index]] for c in columns if c.index in denominators] if denominators else []
        told: dict[str, CellPart] = {}
        for column in columns:
            cell, verdict = self.reading.cell(row, column), verdicts[column.index]
            for part, kind in zip(cell.parts, verdict.kinds, strict=True):
                number = self._number(kind, part, row, column, index, verdict.confidence)
                told[kind] = part
                if kind == "n":
                    own.append(number)
                    self._bases[row.index, column.index] = number
            if cell.size:
                own.append(self._own_size(row, column, cell.size, base))
        bases = self._ranked([*own, *self.reading.sizes(row, first)], told, row)
        if bases:
            self.facts.aggregates[index] = Aggregate(*place, bases, None, None, unit)
        self._give(row, columns, slot, index, base)

    def _number(self, kind: Kind, part: CellPart, row: Row, column: Column, aggregate: int, confidence: float) -> int:
        number = part.number
        told = self.reading.numbers.setdefault(aggregate, {})
        if number.value is not None:
            told[kind] = number.value
        return self.facts.add_table_number(
            kind, number, self.table, row.index, column.index, (part.start, part.end), aggregate=aggregate, confidence=confidence
        )

    def _ranked(self, offered: list[int], told: dict[str, CellPart], row: Row) -> tuple[int, ...]:
        """The sizes on offer, those first that explain the printed percent, else in their order of nearness.

        A size that the row states is on offer beside several arms only where it explains the percent.
        """
        count, percent = told.get("count"), told.get("percent")
        if count and percent and count.number.value is not None and percent.number.value is not None:
            numbers, bases = (count.number.value, percent.number.value, percent.number.decimals), self.reading.bases
            of_row = bases.of_row(row, self.reading.places)
            fits = {i for i in [*offered, *of_row] if percent_fits(*numbers, bases.value(i))}
            offered = [*offered, *(i for i in of_row if i in fits and numbers[0] > 0)]
            offered = sorted(offered, key=lambda i: i not in fits)
        return tuple(dict.fromkeys(offered)) if len(offered) > 1 else tuple(offered)

    def _ratio(self, row: Row, column: Column, slot: Slot, base: Aggregate, levels: list[str]) -> None:
        """``4 : 3`` under a label that names the levels (male : female): one aggregate a level."""
        cell: CellReading = self.reading.cell(row, column)
        own = [self._own_size(row, column, cell.size, base)] if cell.size else []
        offered = [*own, *self.reading.sizes(row, column)]
        total = sum(cell.values)
        fits = [index for index in offered if self.reading.bases.value(index) == total]
        bases, block = tuple(dict.fromkeys([*fits, *offered])), self.facts.new_block()
        for level, part in zip(levels, cell.parts, strict=True):
            aggregate = base._replace(level=level, bases=bases, block=block, partition=True if fits else None)
            index = self.facts.add_aggregate(aggregate)
            self._number("count", part, row, column, index, 0.95)
            self._give(row, [column], slot, index, aggregate)

    def _own_size(self, row: Row, column: Column, size: CellPart, base: Aggregate) -> int:
        """The ``(n = 34)`` of one cell: its own base."""
        span = (size.start, size.end)
        return self.facts.add_table_number(
            "n", size.number, self.table, row.index, column.index, span, variable=base.variable, arm=base.arm
        )

    def _give(self, row: Row, columns: list[Column], slot: Slot, index: int, aggregate: Aggregate) -> None:
        arm = self.facts.arms[aggregate.arm] if aggregate.arm is not None else None
        label, total = (arm.label, arm.role == "total") if arm else (None, False)
        places = tuple([column.index for column in columns])
        self.reading.give(Given(row.index, places, slot, label, index, columns[0].role, total, aggregate.level))

    def _own_name(self, column: Column) -> str:
        """What a column's heads call it; nothing for ``Results`` above the only column."""
        if column.index not in self._own_names:
            name = " ".join(column.names).strip()
            alone = is_generic(name) and len({c.names for c in self.reading.columns if c.role == "value" and c.names}) == 1
            self._own_names[column.index] = "" if alone else name
        return self._own_names[column.index]

    def _under_measured(self, row: Row) -> bool:
        """Whether the label above a row announces a mean or median: what is counted below it is no level of that."""
        parent = self.reading.places[row.index].parent
        above = self.reading.row(parent).heading if parent is not None else None
        return bool(above and above.explicit and above.measures and above.measures[0][0] in ("mean", "median"))

    def _names(self, meaning: Meaning, slot: Slot, column: Column, *, counted: bool, stray: bool) -> tuple[str, str | None]:
        """Variable and level of a cell: the row's, completed by what the column names besides an arm.

        What is counted has levels; what is measured under a head (``Lipids``: ``LDL``) is a variable of its own.
        ``stray``: the row only seems to hang from the label above it.
        """
        variable, level = meaning.variable, meaning.level
        name = self._own_name(column)
        if column.role in ("effect", "statistic"):
            return variable, _joined(level, name)
        if self.reading.listing:
            return name or variable, level or variable
        if level is not None and stray:
            variable, level = level, None
        if level is not None and not counted:
            variable, level = f"{variable}: {level}", None
        if self.reading.arms_in_columns:
            return variable, _joined(level, slot.level)
        if name and self.reading.arm_rows:
            return (f"{variable}: {name}" if meaning.named else name), level
        return variable, _joined(level, name)


def _denominators_first(slots: dict[Slot, list[Column]], denominators: dict[int, int]) -> Iterable[tuple[Slot, list[Column]]]:
    if not denominators:
        return slots.items()
    first = set(denominators.values())
    return sorted(slots.items(), key=lambda item: not any(c.index in first for c in item[1]))


def _joined(level: str | None, name: str | None) -> str | None:
    return f"{level}, {name}" if level and name else level or name or None


def _without_repeats(columns: list[Column], verdicts: Verdicts) -> list[list[Column]]:
    """Columns of one slot in runs that hold each kind once, so that an aggregate never has two counts."""
    if len(columns) == 1:
        return [columns]
    runs: list[list[Column]] = []
    for column in columns:
        kinds = set(verdicts[column.index].kinds) - {"value"}
        taken = {kind for c in runs[-1] for kind in verdicts[c.index].kinds} if runs else set()
        if not runs or kinds & taken or not kinds:
            runs.append([])
        runs[-1].append(column)
    return runs


def _levels(row: Row, reading: CellReading) -> list[str]:
    """The levels of a cell of several whole numbers (``4 : 3``, ``8/22``, ``2/23/15``) whose label lists as many."""
    if reading.shape not in ("ratio_list", "fraction", "several") or any(reading.percents):
        return []
    if any(part.number.decimals for part in reading.parts):
        return []
    return ratio_levels(row.label, len(reading.parts))
