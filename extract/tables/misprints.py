"""Counts with percents of which one does not fit: where nothing announces them, a misprint must not hide what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.tables.cells import CellReading
from counterproof.extract.tables.kinds import Bases, Group, Hint, Verdict, all_percents, may_be_counts, other_pair, percent_fits
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.reading import PanelReading
from counterproof.extract.tables.sums import fills_arms
from counterproof.extract.tables.units import unit_of

MISPRINTED = Verdict(("count", "percent"), 0.75)

_PLAIN = {("value", "value"), ("mean", "sd"), ("mean", "se")}
"""Pairs that tell of themselves no more than that they are two numbers."""

_MEASURED = re.compile(
    r"\b(?:age|weight|height|bmi|body mass|scores?|scales?|index|duration|stay|times?|intervals?|doses?|pressure|rates?|levels?|length"
    r"|volume|concentrations?|ratio|size|diameter|means?|medians?|average|years?|months?|weeks?|days?|hours?|minutes?)\b",
    re.IGNORECASE,
)
"""Words of what is measured: numbers in brackets behind it need be no percents."""


def misprinted(reading: PanelReading, row: Row, group: Group, bases: Bases, decided: Sequence[Verdict], hints: Sequence[Hint]) -> bool:
    """Whether pairs of a row that were taken for plain values are counts with percents all the same.

    Each pair is possible in itself, and either the levels of the row's variable add up to the arms and half of them fit; or nothing
    announces another pair or names what is measured, half of the pairs fit their bases with a decimal place at least, and the rows about
    it are counts with percents by arithmetic.
    """
    if decided[0].kinds not in _PLAIN or not all(map(_is_pair, group)) or not all(bases) or not may_be_counts(group, bases, near=False):
        return False
    if fills_arms(reading, row):
        return not other_pair([hint for hint in hints if hint.near]) and _levels_fit(reading, row)
    return not other_pair(_first(hints)) and _half_fit(group, bases) and not _is_measured(reading, row) and _counted_around(reading, row)


def _levels_fit(reading: PanelReading, row: Row) -> bool:
    """Whether most levels of the row's variable are counts with percents of their bases."""
    told = [fits for i in reading.kin[reading.places[row.index].home] if (fits := _counted(reading, reading.row(i))) is not None]
    return 2 * sum(told) >= len(told) > 1


def _first(hints: Sequence[Hint]) -> list[Hint]:
    """What is announced near a row, or where that is nothing the first pair that is told of its table."""
    near = [hint for hint in hints if hint.near]
    return near or [hint for hint in hints if len(hint.measure) == 2][:1]


def _is_pair(cell: CellReading) -> bool:
    """Whether a cell is two numbers; not one, as beside pairs in the same row."""
    return cell.shape == "bracket" and len(cell.values) == 2


def _half_fit(group: Group, bases: Bases) -> bool:
    """Whether half of the pairs are count and percent; of a hundred patients any number is its own percent, which says nothing.

    None of the patients is a count that fits, and no mean.
    """
    fitting = 0
    for pair, offered in zip(group, bases, strict=True):
        (count, percent), decimals = pair.values, pair.numbers[1].decimals
        fitting += count == percent == 0 or (
            bool(decimals and count > 0) and any(base != 100 and percent_fits(count, percent, decimals, base) for base in offered)
        )
    return 2 * fitting >= len(group) > 1


def _is_measured(reading: PanelReading, row: Row) -> bool:
    """Whether the label of a row, or one that it hangs from, has a unit or names something that is measured."""
    label, parent = row.label, reading.places[row.index].parent
    while parent is not None:
        above = reading.row(parent)
        label, parent = f"{above.label}; {label}", reading.places[parent].parent
    return bool(_MEASURED.search(label)) or any(unit_of(part) not in (None, "%") for part in label.split("; "))


def _counted_around(reading: PanelReading, row: Row) -> bool:
    """Whether at least three other rows are counts with percents of their bases, and of all rows of pairs more than four fifths."""
    told = [fits for other in reading.panel.rows if other is not row and (fits := _counted(reading, other)) is not None]
    return sum(told) >= 3 and sum(told) > 4 * (len(told) - sum(told))


def _counted(reading: PanelReading, row: Row) -> bool | None:
    """Whether all pairs in brackets of a row are count and percent of their bases; None where it has none."""
    columns = [c for c in reading.valued if (cell := reading.cells.get((row.index, c.index))) and _is_pair(cell)]
    bases = [[int(reading.bases.value(i)) for i in reading.sizes(row, column)] for column in columns]
    return all_percents([reading.cell(row, column) for column in columns], bases) if columns else None
