"""Counts with percents of which one does not fit: where nothing announces them, a misprint must not hide what they are."""

from __future__ import annotations

from collections.abc import Sequence

from counterproof.extract.tables.cells import CellReading
from counterproof.extract.tables.kinds import Bases, Group, Hint, Verdict, all_percents, may_be_counts, other_pair, percent_fits
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.reading import PanelReading

MISPRINTED = Verdict(("count", "percent"), 0.75)


def misprinted(reading: PanelReading, row: Row, group: Group, bases: Bases, decided: Sequence[Verdict], hints: Sequence[Hint]) -> bool:
    """Whether pairs of a row that were taken for plain values are counts with percents all the same.

    Nothing announces another pair, each pair is possible in itself, one fits its base with a decimal place at least, and the rows about
    it are counts with percents by arithmetic.
    """
    plain = all(map(_is_pair, group)) and decided[0].kinds == ("value", "value") and not other_pair(hints)
    return plain and all(bases) and may_be_counts(group, bases, near=False) and _one_fits(group, bases) and _counted_around(reading, row)


def _is_pair(cell: CellReading) -> bool:
    """Whether a cell is two numbers; not one, as beside pairs in the same row."""
    return cell.shape == "bracket" and len(cell.values) == 2


def _one_fits(group: Group, bases: Bases) -> bool:
    for pair, offered in zip(group, bases, strict=True):
        (count, percent), decimals = pair.values, pair.numbers[1].decimals
        if decimals and count > 0 and any(percent_fits(count, percent, decimals, base) for base in offered):
            return True
    return False


def _counted_around(reading: PanelReading, row: Row) -> bool:
    """Whether at least three other rows are counts with percents of their bases, and of all rows of pairs more than four fifths."""
    told = [fits for other in reading.panel.rows if other is not row and (fits := _counted(reading, other)) is not None]
    return sum(told) >= 3 and sum(told) > 4 * (len(told) - sum(told))


def _counted(reading: PanelReading, row: Row) -> bool | None:
    """Whether all pairs in brackets of a row are count and percent of their bases; None where it has none."""
    columns = [c for c in reading.valued if (cell := reading.cells.get((row.index, c.index))) and _is_pair(cell)]
    bases = [[int(reading.bases.value(i)) for i in reading.sizes(row, column)] for column in columns]
    return all_percents([reading.cell(row, column) for column in columns], bases) if columns else None
