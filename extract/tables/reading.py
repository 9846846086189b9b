"""A panel as it is understood: its columns, arms, rows and cells, and the aggregates that were read from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from counterproof.extract.facts import Facts
from counterproof.extract.tables.arms import KnownArms, name_column_arms, row_arms, rows_surely_arms
from counterproof.extract.tables.bases import Bases
from counterproof.extract.tables.cells import CellReading, align_commas, count_of, read
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.kinds import Hint
from counterproof.extract.tables.layout import Panel, Row
from counterproof.extract.tables.naming import Meaning, is_listing, name_rows
from counterproof.extract.tables.rows import Home, Place, place_rows
from counterproof.extract.tables.wholes import settle_wholes


class Slot(NamedTuple):
    """What the heads say about a column's values: columns with the same slot tell of one aggregate a row."""

    arm: str | None
    time: str | None
    level: str | None
    context: str


class Given(NamedTuple):
    """One aggregate that a panel gave: its row, its columns and their slot, its index among the facts."""

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
    """What is known of a panel before and while its values become evidence; ``numbers`` holds each aggregate's values by kind."""

    panel: Panel
    columns: list[Column]
    arms_in_columns: bool
    arm_rows: dict[int, str]
    bases: Bases
    cells: dict[tuple[int, int], CellReading]
    places: dict[int, Place]
    meanings: dict[int, Meaning]
    notes: tuple[Hint, ...]
    listing: bool
    order: list[int]
    given: list[Given] = field(default_factory=list)
    given_at: dict[int, list[Given]] = field(default_factory=dict)
    numbers: dict[int, dict[str, float]] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    filled: dict[Home, bool] = field(default_factory=dict)
    slots: dict[int, Slot] = field(init=False)
    valued: list[Column] = field(init=False)
    kin: dict[Home, list[int]] = field(init=False)
    shared_slots: bool = field(init=False)

    def __post_init__(self) -> None:
        """The slot of each column, the columns whose numbers have kinds, the rows that hang from the same labels.

        And whether several columns of values tell of one aggregate. Each row asks for these.
        """
        self.kin = {}
        for row in self.panel.rows:
            self.kin.setdefault(self.places[row.index].home, []).append(row.index)
        self.slots = {column.index: self._slot(column) for column in self.columns}
        self.valued = [column for column in self.columns if column.role in ("value", "effect", "statistic")]
        slots = [self.slots[column.index] for column in self.columns if column.role == "value"]
        self.shared_slots = len(set(slots)) < len(slots)

    def give(self, given: Given) -> None:
        """Keep an aggregate that was read."""
        self.given.append(given)
        self.given_at.setdefault(given.row, []).append(given)

    def cell(self, row: Row, column: Column) -> CellReading:
        """The reading of a cell that holds values."""
        return self.cells[row.index, column.index]

    def arm_label(self, row: Row, column: Column) -> str | None:
        """The arm that a cell tells of, by its column or by its row."""
        return column.arm or (self.arm_rows.get(row.index) if column.role == "value" else None)

    def sizes(self, row: Row, column: Column) -> list[int]:
        """The sizes on offer for a cell as evidence, nearest first."""
        return self.bases.offered(row, column, self.places, self.arm_label(row, column))

    def row(self, index: int) -> Row:
        """The row at an index of the table."""
        if not self.rows:
            self.rows.update((row.index, row) for row in self.panel.rows)
        return self.rows[index]

    def slot(self, column: Column) -> Slot:
        """What the heads of a column say about its values."""
        return self.slots[column.index]

    def _slot(self, column: Column) -> Slot:
        if column.role in ("effect", "statistic"):
            kind = "adjusted" if column.adjusted else "crude" if column.adjusted is False else ""
            return Slot(None, column.time, None, f"{column.role} {' '.join(column.names)} {kind}".strip())
        context = column.context if self.arms_in_columns else " ".join((column.context, *column.names)).strip()
        return Slot(column.arm, column.time, column.level, context)


def understand(facts: Facts, panel: Panel, columns: list[Column], known: KnownArms, notes: Sequence[Hint]) -> PanelReading:
    """Take a panel apart: the arms of its columns, its cells, the hierarchy and meaning of its rows."""
    in_columns = name_column_arms(columns, known, rows_are_arms=rows_surely_arms(panel, columns, known))
    arm_rows = {} if in_columns else row_arms(panel, columns, known)
    bases = Bases(facts, panel, columns, known)
    cells = _read_cells(panel, columns)
    settle_wholes(columns, cells)
    leading = _count_columns(columns)

    counts = {row.index: [_count_at(cells, row, column) for column in leading] for row in panel.rows}
    places = place_rows(panel, columns, counts, [bases.head_size(column) for column in leading], arm_rows)
    meanings = name_rows(panel, places, arm_rows, panel.table)
    return PanelReading(
        panel,
        columns,
        in_columns,
        arm_rows,
        bases,
        cells,
        places,
        meanings,
        (*_of_label_columns(panel), *notes),
        is_listing(panel),
        [row.index for row in panel.rows],
    )


def _count_at(cells: dict[tuple[int, int], CellReading], row: Row, column: Column) -> int | None:
    reading = cells.get((row.index, column.index))
    return count_of(reading) if reading else None


def _of_label_columns(panel: Panel) -> list[Hint]:
    """A column of labels headed ``%`` says that the bare numbers beside it are percents."""
    told = [heading.measures for path in panel.heads[: panel.stub] for heading, _ in path if not heading.name]
    return [Hint(("percent",), True, True)] if (("percent",),) in told else []


def _read_cells(panel: Panel, columns: list[Column]) -> dict[tuple[int, int], CellReading]:
    found: dict[tuple[int, int], CellReading] = {}
    places = [
        (column.index, _APART.get("df" if column.measures == (("df",),) else column.role)) for column in columns if column.role != "p"
    ]
    for row in panel.rows:
        at = row.index
        texts: dict[int, tuple[CellReading, str]] = {}
        for index, apart in places:
            cell = panel.cell(at, index)
            if cell and cell.row == at and cell.column == index:
                reading = read(apart(cell.text) if apart else cell.text)
                if reading.has_values:
                    texts[index] = reading, cell.text
        for index, reading in align_commas(texts).items():
            found[at, index] = reading
    return found


_COMMA_OF_DF = re.compile(r"(?<=^\d),(?=\s?\d{2,4}$)")


def _df_apart(text: str) -> str:
    """``1,147`` under ``df`` is two degrees of freedom, not a thousand."""
    return _COMMA_OF_DF.sub(";", text.strip()) if len(text) == len(text.strip()) else text


_PER_UNIT = re.compile(r"(?<=\d)\s?(?:/|per )\s?[A-Za-z]{1,12}\b(?!\s?[\d(]?\d*/)")


def _unit_apart(text: str) -> str:
    """``1.02/y`` is an effect of 1.02 for each year; what follows keeps its place."""
    return _PER_UNIT.sub(lambda unit: " " * len(unit[0]), text) if "/" in text or "per " in text else text


_APART = {"df": _df_apart, "effect": _unit_apart}
"""What is set apart before the cells of a column are read, by what they hold."""


def _count_columns(columns: list[Column]) -> list[Column]:
    """One column for each arm: the first that can hold its counts."""
    first: dict[tuple[str | None, str | None], Column] = {}
    for column in columns:
        if column.role == "value" and not column.total and not (column.measures and column.measures[0][0] in ("percent", "mean", "sd")):
            first.setdefault((column.arm, column.time), column)
    return list(first.values())
