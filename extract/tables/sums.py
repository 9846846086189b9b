"""Levels whose whole numbers, bare or before a bracket, add up to the size of every arm are counts, though nothing says so."""

from __future__ import annotations

from counterproof.extract.tables.cells import CellReading, count_of
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.reading import PanelReading


def fills_arms(reading: PanelReading, row: Row) -> bool:
    """Whether a row is one of several levels of a variable that do so in two arms or more; worked out once for all of them."""
    home = reading.places[row.index].home
    if home not in reading.filled:
        reading.filled[home] = bool(home[1]) and _fill(reading, reading.kin[home])
    return reading.filled[home]


def _fill(reading: PanelReading, rows: list[int]) -> bool:
    arms = [column for column in reading.columns if column.role == "value" and column.arm and not column.total]
    told = [column for column in arms if any((row, column.index) in reading.cells for row in rows)]
    return len(rows) > 1 and len(told) > 1 and all(_fills(reading, rows, column) for column in told)


def _fills(reading: PanelReading, rows: list[int], column: Column) -> bool:
    """Whether a column has a whole number in each of the rows, bare or before one in brackets, and their sum is a size of its arm."""
    cells = [reading.cells.get((row, column.index)) for row in rows]
    whole = [count for cell in cells if cell and (count := _count(cell)) is not None]
    sizes = {reading.bases.value(index) for index in reading.sizes(reading.row(rows[0]), column)}
    return len(whole) == len(rows) and sum(whole) in sizes


def _count(cell: CellReading) -> float | None:
    if cell.shape == "number":
        return count_of(cell)
    pair = cell.shape == "bracket" and len(cell.values) == 2
    return cell.values[0] if pair and not cell.numbers[0].decimals else None
