"""The arms of one panel as they enter the facts, with every size that its heads, rows and cells or the text give them."""

from __future__ import annotations

from counterproof.extract.facts import Facts
from counterproof.extract.tables.arms import KnownArms, arm_key
from counterproof.extract.tables.bases import is_size_row
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.headings import read_heading
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.marked_sizes import marked_sizes
from counterproof.extract.tables.reading import PanelReading
from counterproof.extract.tables.rows import LONE_SIZE
from counterproof.extract.tables.text_sizes import note_size, text_size
from counterproof.kb.evidence import Arm


class ArmBook:
    """Enters arms once each and gives them their sizes."""

    def __init__(self, facts: Facts, reading: PanelReading, known: KnownArms) -> None:
        self.facts, self.reading, self.known = facts, reading, known
        self.table = reading.panel.table
        self._arms: dict[tuple[str, bool], int] = {}

    def of_column(self, column: Column) -> int | None:
        """The arm that heads a column."""
        return self._arm(column.arm, column.total, column) if column.arm else None

    def of_row(self, row: Row) -> int | None:
        """The arm that a row is."""
        label = self.reading.arm_rows.get(row.index)
        return self._arm(label, read_heading(label).total, None) if label else None

    def of_cell(self, row: Row, column: Column) -> int | None:
        """The arm that a cell tells of."""
        found = self.of_column(column)
        return self.of_row(row) if found is None and column.role == "value" else found

    def _arm(self, label: str, total: bool, column: Column | None) -> int:
        arm = self._arms.get((label, total))
        if arm is None:
            at = column.index if column else None
            arm = self._arms[label, total] = self.facts.add_arm(Arm(label, None, self.table.index, at, "total" if total else "arm"))
            if not total:
                self._size_from_text(label, arm, column)
        return arm

    def _size_from_text(self, label: str, arm: int, column: Column | None) -> None:
        """Where no head sizes an arm, the table's own note may; where no table does, the running text."""
        if column and not column.size and not any(is_size_row(row) for row in self.reading.panel.rows):
            names = list(dict.fromkeys(c.arm for c in self.reading.columns if c.arm and not c.total))
            noted = note_size(self.facts, self.table, label, names, arm)
            if noted is not None:
                self.reading.bases.add_note_size(label, noted)
                self.facts.set_arm_size(arm, noted)
                return
        if arm_key(label) in self.known.sizes or (column and self.reading.bases.head_size(column)):
            return
        columns, rows = self.reading.columns, self.reading.panel.rows
        if any(is_size_row(row) for row in rows) or any(c.measures == (("count",),) and not c.names for c in columns):
            return
        others = {c.arm for c in columns if c.arm and not c.total} or set(self.reading.arm_rows.values())
        size = text_size(self.facts, label, len(others), arm, alone=not self.known.names)
        self.known.sizes[arm_key(label)] = [size] if size is not None else []
        if size is not None:
            self.facts.set_arm_size(arm, size)

    def read_heads(self) -> None:
        """The sizes in the heads and in the notes of marked cells; in the caption, where the table is not split in arms."""
        columns = self.reading.columns
        self.reading.bases.marked = marked_sizes(self.facts, self.reading.panel, columns)
        if not self.reading.arm_rows and not any(column.arm and not column.total for column in columns):
            self.reading.bases.add_caption_size()
        for column in columns:
            if column.size and column.role != "p":
                self.reading.bases.add_head_size(column, self.of_column(column))

    def read_size_row(self, row: Row) -> bool:
        """A body row of group sizes (``No. of patients``); false where the row is none."""
        if not is_size_row(row) or self.reading.places[row.index].parent is not None:
            return False
        done = False
        for column in self.reading.columns:
            reading = self.reading.cells.get((row.index, column.index))
            if not reading or column.role != "value" or reading.numbers[0].decimals or reading.shape not in ("number", "bracket"):
                continue
            if column.measures and column.measures[0] in (("percent",), ("mean",), ("sd",)) and self._shares_arm(column):
                continue
            arm = self.of_column(column)
            self.reading.bases.add_row_size(column, row, reading.parts[0], arm)
            for found in reading.parts[1:]:
                span = (found.start, found.end)
                self.facts.add_table_number("percent", found.number, self.table, row.index, column.index, span, variable=row.label, arm=arm)
            done = True
        return done

    def _shares_arm(self, column: Column) -> bool:
        alike = [c for c in self.reading.columns if c.role == "value" and (c.arm, c.time) == (column.arm, column.time)]
        return len(alike) > 1

    def read_section_size(self, row: Row) -> None:
        """``n = 116`` on a row, in its label or in a value cell: the base of the row and of the rows below it."""
        panel, bases = self.reading.panel, self.reading.bases
        if row.heading.size:
            at = next((c for c in range(panel.stub) if (cell := panel.cell(row.index, c)) and cell.text.strip() == row.label), None)
            arm = self.of_row(row)
            if at is not None:
                label = (arm, self.reading.arm_rows[row.index]) if arm is not None else None
                bases.add_section_size(row, at, row.heading.size, arm=label)
        for column in self.reading.columns:
            cell = panel.cell(row.index, column.index)
            size = read_heading(cell.text).size if cell and "=" in cell.text and LONE_SIZE.fullmatch(cell.text.strip()) else None
            if size:
                bases.add_section_size(row, column.index, size, column)

    def read_size_column(self, row: Row) -> Column | None:
        """The column headed ``n`` beside rows that are arms: it sizes the row's arm."""
        arm = self.of_row(row)
        if arm is None:
            return None
        percents = [column.time for column in self.reading.columns if ("percent",) in column.measures]
        found = [c for c in self.reading.columns if self._holds_size(row, c) and c.time not in percents]
        if len(found) != 1:
            return None
        part = self.reading.cell(row, found[0]).parts[0]
        self.reading.bases.add_arm_row_size(row, found[0], part, arm, self.reading.arm_rows[row.index])
        return found[0]

    def _holds_size(self, row: Row, column: Column) -> bool:
        reading = self.reading.cells.get((row.index, column.index))
        headed = column.role == "value" and column.measures == (("count",),) and not column.names
        return headed and reading is not None and reading.shape == "number" and not reading.numbers[0].decimals
