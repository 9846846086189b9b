"""A panel's value cells as aggregates and reported numbers: variable, level, arm, time, kind, bases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterproof.extract.facts import Facts
from counterproof.extract.tables.arms import KnownArms, arm_key, name_column_arms, row_arms, rows_surely_arms
from counterproof.extract.tables.bases import Bases, is_size_row
from counterproof.extract.tables.cells import CellReading, align_commas, read
from counterproof.extract.tables.columns import Column, read_columns
from counterproof.extract.tables.headings import read_heading
from counterproof.extract.tables.kinds import Hint, Verdict, decide, percent_fits, ratio_levels
from counterproof.extract.tables.layout import Panel, Row
from counterproof.extract.tables.naming import Meaning, is_listing, name_rows
from counterproof.extract.tables.rows import Place, place_rows
from counterproof.extract.tables.text_sizes import text_size
from counterproof.kb.cells import CellPart
from counterproof.kb.document import Table
from counterproof.kb.evidence import Aggregate, Arm

_NONE = re.compile(r"^[-–—.\s/*]*$|^n/?[ad]$|^not? ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """What the heads say about a column's values: columns with the same slot tell of one aggregate a row."""

    arm: str | None
    time: str | None
    level: str | None
    context: str


@dataclass(slots=True)
class Given:
    """One aggregate that a panel gave: its row, its columns' slot, its index among the facts."""

    row: int
    columns: tuple[int, ...]
    slot: Slot
    arm: str | None
    aggregate: int
    role: str
    total: bool = False
    level: str | None = None


@dataclass(slots=True)
class PanelReading:
    """A panel as it was understood, for the comparisons to build on."""

    panel: Panel
    columns: list[Column]
    arms_in_columns: bool
    arm_rows: dict[int, str]
    places: dict[int, Place]
    meanings: dict[int, Meaning]
    given: list[Given] = field(default_factory=list)
    notes: tuple[Hint, ...] = ()
    start: int = 0


class PanelReader:
    """Reads one panel into the facts."""

    def __init__(self, facts: Facts, panel: Panel, known: KnownArms, notes: Sequence[Hint]) -> None:
        self.facts, self.panel, self.known = facts, panel, known
        self.table: Table = panel.table
        self.columns = read_columns(panel)
        in_columns = name_column_arms(self.columns, known, rows_are_arms=rows_surely_arms(panel, self.columns, known))
        self.arm_rows = {} if in_columns else row_arms(panel, self.columns, known)
        self.bases = Bases(facts, panel, self.columns, known)
        self.readings = self._read_cells()
        self.places = place_rows(panel, self.columns, self._counts, self._sizes(), self.arm_rows)
        self.meanings = name_rows(panel, self.places, self.arm_rows, self.table)
        self.out = PanelReading(panel, self.columns, in_columns, self.arm_rows, self.places, self.meanings, notes=tuple(notes), start=len(facts.evidence))
        self.arms: dict[tuple[str, bool], int] = {}
        self.row_bases: dict[tuple[int, int], int] = {}
        self.emitted: dict[tuple[int, int], int] = {}

    def read(self) -> PanelReading:
        """Add everything that the panel's value cells say."""
        self._head_sizes()
        for row in self.panel.rows:
            if row.heading.p:
                continue
            if is_size_row(row) and self.places[row.index].parent is None and self._size_row(row):
                continue
            self._section_size(row)
            self._row(row)
        return self.out

    def _read_cells(self) -> dict[tuple[int, int], CellReading]:
        found: dict[tuple[int, int], CellReading] = {}
        for row in self.panel.rows:
            texts = {
                column.index: (reading, cell.text)
                for column in self.columns
                if column.role != "p"
                and (cell := self.panel.cell(row.index, column.index))
                and (cell.row, cell.column) == (row.index, column.index)
                and (reading := read(cell.text)).has_values
            }
            found.update({(row.index, column): reading for column, reading in align_commas(texts).items()})
        return found

    # sizes

    def _sizes(self) -> list[int | None]:
        return [self.bases.head_size(column) for column in self._arm_columns()]

    def _arm_columns(self) -> list[Column]:
        """One column for each arm: the first that can hold its counts."""
        first: dict[tuple[str | None, str | None], Column] = {}
        for column in self.columns:
            if column.role == "value" and not column.total and not (column.measures and column.measures[0][0] in ("percent", "mean", "sd")):
                first.setdefault((column.arm, column.time), column)
        return list(first.values())

    def _counts(self, row: Row) -> list[int | None]:
        counts: list[int | None] = []
        for column in self._arm_columns():
            reading = self.readings.get((row.index, column.index))
            counts.append(_count(reading) if reading else None)
        return counts

    def _head_sizes(self) -> None:
        if not self.arm_rows and not any(column.arm and not column.total for column in self.columns):
            self.bases.add_caption_size()
        for column in self.columns:
            if column.size and column.role != "p":
                arm = self._arm(column.arm, column) if column.arm else None
                self.bases.add_head_size(column, arm)

    def _size_row(self, row: Row) -> bool:
        """A body row of group sizes (``No. of patients``)."""
        done = False
        for column in self.columns:
            reading = self.readings.get((row.index, column.index))
            if not reading or column.role != "value" or reading.numbers[0].decimals or reading.shape not in ("number", "bracket"):
                continue
            if column.measures and column.measures[0] in (("percent",), ("mean",), ("sd",)):
                continue
            arm = self._arm(column.arm, column) if column.arm else None
            self.bases.add_row_size(column, row, reading.parts[0], arm)
            if len(reading.parts) == 2:
                found = reading.parts[1]
                self.facts.add_table_number(
                    "percent", found.number, self.table, row.index, column.index, (found.start, found.end), variable=row.label, arm=arm
                )
            done = True
        return done

    def _size_columns(self, row: Row) -> list[Column]:
        """Columns headed ``n`` beside rows that are arms."""
        if row.index not in self.arm_rows:
            return []
        shared = [column.time for column in self.columns if ("percent",) in column.measures]
        found = [
            column
            for column in self.columns
            if column.role == "value"
            and column.measures == (("count",),)
            and not column.names
            and (reading := self.readings.get((row.index, column.index)))
            and reading.shape == "number"
            and not reading.numbers[0].decimals
            and column.time not in shared
        ]
        return found if len(found) == 1 else []

    def _arm_row_size(self, row: Row, column: Column) -> None:
        arm = self._arm(self.arm_rows[row.index], None, row)
        part = self.readings[row.index, column.index].parts[0]
        self.bases.add_arm_row_size(row, column, part, arm, self.arm_rows[row.index])

    def _section_size(self, row: Row) -> None:
        """``n = 116`` on a row, in its label or in a value cell: the base of the row and of the rows below it."""
        if row.heading.size:
            column = next((c for c in range(self.panel.stub) if (cell := self.panel.cell(row.index, c)) and cell.text.strip() == row.label), None)
            label = self.arm_rows.get(row.index)
            if column is not None:
                self.bases.add_section_size(row, column, row.heading.size, arm=(self._arm(label, None, row), label) if label else None)
        for column in self.columns:
            cell = self.panel.cell(row.index, column.index)
            if cell and re.fullmatch(r"\(?\s*[nN]\s?=\s?\d[\d,]*\s*\)?", cell.text.strip()):
                size = read_heading(cell.text).size
                if size:
                    self.bases.add_section_size(row, column.index, size, column)

    # arms

    def _arm(self, label: str, column: Column | None, row: Row | None = None) -> int:
        total = bool(column and column.total) if row is None else read_heading(label).total
        key = (label, total)
        if key not in self.arms:
            at = column.index if column is not None and row is None else None
            self.arms[key] = self.facts.add_arm(Arm(label, None, self.table.index, at, "total" if total else "arm"))
            self._size_from_text(label, self.arms[key], total, column if row is None else None)
        return self.arms[key]

    def _size_from_text(self, label: str, arm: int, total: bool, column: Column | None) -> None:
        """Where no table sizes an arm, the running text may."""
        if total or arm_key(label) in self.known.sizes or (column and self.bases.head_size(column)):
            return
        if any(is_size_row(row) for row in self.panel.rows) or any(c.measures == (("count",),) and not c.names for c in self.columns):
            return
        others = {c.arm for c in self.columns if c.arm and not c.total} or set(self.arm_rows.values())
        size = text_size(self.facts, label, len(others), arm)
        self.known.sizes[arm_key(label)] = [size] if size is not None else []
        if size is not None:
            self.facts.set_arm_size(arm, size)

    def _arm_of(self, row: Row, column: Column) -> str | None:
        return column.arm or (self.arm_rows.get(row.index) if column.role == "value" else None)

    # rows

    def _row(self, row: Row) -> None:
        by_measure: dict[tuple[object, ...], list[Column]] = defaultdict(list)
        for column in self.columns:
            if column.role in ("value", "effect", "statistic") and self.readings.get((row.index, column.index)):
                by_measure[(column.role, column.measures)].append(column)
        verdicts: dict[int, Verdict] = {}
        for column in self._size_columns(row):
            self._arm_row_size(row, column)
            by_measure[(column.role, column.measures)].remove(column)
        for columns in filter(None, by_measure.values()):
            readings = [self.readings[row.index, column.index] for column in columns]
            bases = [[size for _, size in self.bases.offered(row, column, self.places, self._arm_of(row, column))] for column in columns]
            hints = self._hints(row, columns[0])
            for column, verdict in zip(columns, decide(readings, bases, hints), strict=True):
                verdicts[column.index] = verdict
        if verdicts:
            self._counts_beside(row, verdicts)
            self._denominators(row, verdicts)
            self._spread_over_columns(row, verdicts)
            self._emit(row, verdicts)

    def _hints(self, row: Row, column: Column) -> list[Hint]:
        """What is announced for a cell, nearest first: its label, its head, the labels above, the notes of the table."""
        hints: list[Hint] = []
        own = row.heading.measures
        leaf = column.measures
        if column.role in ("effect", "statistic"):
            return [*(Hint(measure, True) for measure in leaf), *self.out.notes]
        if len(leaf) == 1 and len(leaf[0]) == 1 and not (own and row.heading.explicit and len(own[0]) > 1):
            hints += [Hint(leaf[0], True)]
        if row.heading.explicit:
            hints += [Hint(measure, True) for measure in own]
        place = self.places[row.index]
        parent = place.parent
        while parent is not None:
            above = next(r for r in self.panel.rows if r.index == parent)
            if above.heading.explicit:
                hints += [Hint(measure, True) for measure in above.heading.measures]
            parent = self.places[parent].parent
        hints += [Hint(measure, len(leaf) == 1) for measure in leaf]
        stub_head = self.panel.heads[0][-1][0] if self.panel.stub and self.panel.heads[0] else None
        if stub_head and stub_head.explicit and not leaf:
            hints += [Hint(measure, len(stub_head.measures) == 1) for measure in stub_head.measures]
        if own and not row.heading.explicit:
            # "Mean anal verge", "No. of vessels": the note tells the spread that goes with such a centre
            centre = own[0][0]
            hints += [hint for hint in self.out.notes if hint.measure[0] == centre]
            hints.append(Hint(own[0], centre != "count"))
        return hints + list(self.out.notes)

    def _counts_beside(self, row: Row, verdicts: dict[int, Verdict]) -> None:
        """Bare whole numbers beside counts with percents are counts (``0`` beside ``4 (5.1)``), or where they add up to the total's."""
        values = [c for c in self.columns if c.index in verdicts and c.role == "value"]
        counted = [c for c in values if "count" in verdicts[c.index].kinds]
        bare = [c for c in values if verdicts[c.index].kinds == ("value",) and _count(self.readings[row.index, c.index]) is not None]
        bare += [c for c in values if verdicts[c.index] == Verdict(("count",), 0.6)]
        alike = [c for c in bare if any(c.measures == other.measures for other in counted)]
        total = next((_count(self.readings[row.index, c.index]) for c in counted if c.total), None)
        if total and len(bare) > 1 and sum(_count(self.readings[row.index, c.index]) or 0 for c in bare) == total:
            alike = bare
        for column in alike:
            verdicts[column.index] = Verdict(("count",), 0.95)

    def _denominators(self, row: Row, verdicts: dict[int, Verdict]) -> None:
        """A column of whole numbers (``Blood samples``) of which the arm's next column tells count and percent."""
        for before, column in zip(self.columns, self.columns[1:], strict=False):
            if before.index not in verdicts or column.index not in verdicts or (before.arm, before.time) != (column.arm, column.time):
                continue
            base, told = self.readings[row.index, before.index], self.readings[row.index, column.index]
            whole = base.shape == "number" and not base.numbers[0].decimals
            if whole and verdicts[column.index].kinds == ("count", "percent") and not any(h in before.measures for h in (("percent",), ("mean",))):
                own = [value for _, value in self.bases.offered(row, column, self.places)]
                fits = percent_fits(told.values[0], told.values[1], told.numbers[1].decimals, base.values[0])
                if fits and told.values[0] > 0 and base.values[0] not in own:
                    verdicts[before.index] = Verdict(("n",), 0.9)
                    self.row_bases[row.index, column.index] = before.index

    def _spread_over_columns(self, row: Row, verdicts: dict[int, Verdict]) -> None:
        """``Mean (SD)`` told over two columns headed for counts (``61.3 | 10.1``), and ``N`` columns beside means."""
        slots: dict[Slot, list[Column]] = defaultdict(list)
        for column in self.columns:
            if column.index in verdicts and column.role == "value":
                slots[self._slot(column)].append(column)
        measure = row.heading.measures[0] if row.heading.explicit and row.heading.measures else None
        for columns in slots.values():
            singles = [c for c in columns if len(verdicts[c.index].kinds) == 1]
            heads = [c.measures[0] if c.measures else () for c in columns]
            if measure and len(measure) > 1 and len(singles) == len(columns) == len(measure) and heads != [(kind,) for kind in measure]:
                for column, kind in zip(columns, measure, strict=True):
                    verdicts[column.index] = Verdict((kind,), 0.85)
            elif len(columns) > 1 and heads[0] == ("count",) and any(set(h) & {"mean", "median", "rate"} or h == () for h in heads[1:]):
                verdicts[columns[0].index] = Verdict(("n",), 0.9) if len(singles) and columns[0] in singles else verdicts[columns[0].index]

    def _slot(self, column: Column) -> Slot:
        context = column.context if self.out.arms_in_columns else " ".join((column.context, *column.names)).strip()
        if column.role in ("effect", "statistic"):
            kind = "adjusted" if column.adjusted else "crude" if column.adjusted is False else ""
            return Slot(None, column.time, None, f"{column.role} {' '.join(column.names)} {kind}".strip())
        return Slot(column.arm, column.time, column.level, context)

    def _emit(self, row: Row, verdicts: dict[int, Verdict]) -> None:
        slots: dict[Slot, list[Column]] = {}
        for column in self.columns:
            if column.index in verdicts:
                slots.setdefault(self._slot(column), []).append(column)
        bases = set(self.row_bases.values())
        for slot, columns in sorted(slots.items(), key=lambda item: not any(c.index in bases for c in item[1])):
            for group in _without_repeats(columns, verdicts):
                self._emit_slot(row, slot, group, verdicts)

    def _emit_slot(self, row: Row, slot: Slot, columns: list[Column], verdicts: dict[int, Verdict]) -> None:
        meaning, first = self.meanings[row.index], columns[0]
        arm_label = slot.arm or (self.arm_rows.get(row.index) if first.role == "value" else None)
        arm = self._arm(arm_label, first, None if slot.arm else row) if arm_label else None
        kinds = {kind for column in columns for kind in verdicts[column.index].kinds}
        variable, level = self._names(meaning, slot, first, counted=bool(kinds & {"count", "percent", "n"}) or kinds == {"value"})
        base = Aggregate(variable, level, arm, slot.time or meaning.time, self.table.index, row.index, first.index)
        reading = self.readings[row.index, first.index]
        levels = _levels(row, reading) if len(columns) == 1 else []
        if levels:
            self._emit_ratio(row, first, slot, base, reading, levels)
            return
        bases = [index for index, _ in self.bases.offered(row, first, self.places, self._arm_of(row, first))]
        index = self.facts.add_aggregate(base)
        own_bases = [self.emitted[row.index, at] for c in columns if (at := self.row_bases.get((row.index, c.index))) is not None]
        shared: dict[str, tuple[float, int]] = {}
        for column in columns:
            verdict, cell = verdicts[column.index], self.readings[row.index, column.index]
            for found, kind in zip(cell.parts, verdict.kinds, strict=True):
                number = self.facts.add_table_number(
                    kind, found.number, self.table, row.index, column.index, (found.start, found.end), aggregate=index, confidence=verdict.confidence
                )
                shared[kind] = (found.number.value or 0.0, found.number.decimals)
                self.emitted[row.index, column.index] = number
                if kind == "n":
                    own_bases.append(number)
            if cell.size:
                own_bases.append(self._own_size(row, column, cell.size, base))
        offered = [*own_bases, *bases]
        if "count" in shared and "percent" in shared:
            fits = {i for i in offered if percent_fits(shared["count"][0], *shared["percent"], self.bases.value(i))}
            offered.sort(key=lambda i: i not in fits)
        self.facts.aggregates[index] = _with(self.facts.aggregates[index], bases=tuple(dict.fromkeys(offered)))
        self.out.given.append(Given(row.index, tuple(c.index for c in columns), slot, arm_label, index, first.role, self._is_total(arm), level))

    def _emit_ratio(self, row: Row, column: Column, slot: Slot, base: Aggregate, reading: CellReading, levels: list[str]) -> None:
        """``4 : 3`` under a label that names the levels (male : female): one aggregate a level."""
        block = self.facts.new_block()
        counts = reading.parts
        sizes = [self._own_size(row, column, reading.size, base)] if reading.size else []
        offered = [*sizes, *(index for index, _ in self.bases.offered(row, column, self.places, self._arm_of(row, column)))]
        total = sum(found.number.value or 0 for found in counts)
        fits = [index for index in offered if self.bases.value(index) == total]
        for level, found in zip(levels, counts, strict=True):
            aggregate = _with(base, level=level, bases=tuple(dict.fromkeys([*fits, *offered])), block=block, partition=True if fits else None)
            index = self.facts.add_aggregate(aggregate)
            self.facts.add_table_number(
                "count", found.number, self.table, row.index, column.index, (found.start, found.end), aggregate=index, confidence=0.95
            )
            self.out.given.append(Given(row.index, (column.index,), slot, slot.arm, index, "value", self._is_total(base.arm), level))

    def _own_size(self, row: Row, column: Column, size: CellPart, base: Aggregate) -> int:
        """The ``(n = 34)`` of one cell: its own base."""
        span = (size.start, size.end)
        return self.facts.add_table_number("n", size.number, self.table, row.index, column.index, span, variable=base.variable, arm=base.arm)

    def _is_total(self, arm: int | None) -> bool:
        return arm is not None and self.facts.arms[arm].role == "total"

    def _names(self, meaning: Meaning, slot: Slot, column: Column, *, counted: bool) -> tuple[str, str | None]:
        """Variable and level of a cell: the row's, completed by what the column names besides an arm.

        What is counted has levels; what is measured under a head (``Lipids``: ``LDL``) is a variable of its own.
        """
        variable, level = meaning.variable, meaning.level
        if level is not None and not counted and column.role == "value":
            variable, level = f"{variable}: {level}", None
        if column.role in ("effect", "statistic"):
            told = ", ".join(column.names)
            return variable, f"{level}, {told}" if level and told else level or told or None
        if is_listing(self.panel):
            return " ".join(column.names) or variable, level or variable
        if self.out.arms_in_columns:
            if slot.level and level is None:
                level = slot.level
            elif slot.level:
                level = f"{level}, {slot.level}"
            return variable, level
        name = " ".join(column.names).strip()
        if name and self.arm_rows:
            return (f"{variable}: {name}" if meaning.named else name), level
        if name:
            level = f"{level}, {name}" if level else name
        return variable, level


def _with(aggregate: Aggregate, **changes: object) -> Aggregate:
    from dataclasses import replace

    return replace(aggregate, **changes)  # type: ignore[arg-type]


def _without_repeats(columns: list[Column], verdicts: dict[int, Verdict]) -> list[list[Column]]:
    """Columns of one slot in runs that hold each kind once, so that an aggregate never has two counts."""
    runs: list[list[Column]] = []
    for column in columns:
        kinds = set(verdicts[column.index].kinds) - {"value"}
        taken = {kind for c in runs[-1] for kind in verdicts[c.index].kinds} if runs else {"-"}
        if not runs or kinds & taken or not kinds:
            runs.append([])
        runs[-1].append(column)
    return runs


def _levels(row: Row, reading: CellReading) -> list[str]:
    """The levels of a cell of several whole numbers (``4 : 3``, ``8/22``, ``2/23/15``) whose label lists as many."""
    if reading.shape not in ("ratio_list", "fraction", "several") or any(part.number.decimals for part in reading.parts):
        return []
    return ratio_levels(row.label, len(reading.parts))


def _count(reading: CellReading) -> int | None:
    """The whole number that a cell begins with, where it may be a count."""
    number = reading.numbers[0]
    whole = not number.decimals and number.comparator == "=" and number.value is not None
    countable = reading.shape in ("number", "bracket", "fraction", "fraction_percent", "several") and not reading.percents[0]
    return int(number.value or 0) if whole and countable else None
