"""The P-values of a panel: which rows and arms each belongs to, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from counterproof.extract.facts import Facts
from counterproof.extract.tables.cells import read
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.members import build
from counterproof.extract.tables.notes import star_legend
from counterproof.extract.tables.partitions import divides
from counterproof.extract.tables.pcells import read_ps, unreadable
from counterproof.extract.tables.reading import Given, PanelReading
from counterproof.extract.tables.row_scope import row_scope
from counterproof.extract.tables.scope import Scope, column_scope
from counterproof.kb.p_values import PValue

_MOST_LEVELS = 12


class PCell(NamedTuple):
    """A cell that holds P-values: its place, its numbers, the rows that it spans."""

    row: int
    column: int
    found: tuple[PValue, ...]
    span: int


def add_comparisons(facts: Facts, reading: PanelReading) -> None:
    """Add every P-value of a panel with its comparison."""
    legend = star_legend(reading.panel.table)
    for column in reading.columns:
        if column.role == "p":
            cells = [cell for row in reading.panel.rows if (cell := _p_cell(reading, row, column, legend))]
            scope, rows_with_p = column_scope(reading, column), {cell.row for cell in cells}
            within = {g.row for g in scope.given}
            contrasts = {g.row for g in scope.given if {"ci_low", "se"} & set(reading.numbers[g.aggregate])}
            filled = {row.index for row in reading.panel.rows if reading.panel.cell(row.index, column.index)}  # with a dash, it may be
            for cell in cells:
                if scope.effect and (cell.row in within or _is_reference(reading, cell, contrasts)):
                    _add(facts, reading, cell, scope, _effects_of(reading, cell, contrasts or within, filled), None)
                else:
                    _add(facts, reading, cell, scope, *_rows_of(facts, reading, cell, rows_with_p))
    for row in reading.panel.rows:
        for column in reading.columns if row.heading.p else ():
            found = _p_cell(reading, row, column, legend) if column.role != "p" else None
            if found:
                scope = row_scope(reading, row, column)
                _add(facts, reading, found, scope, [g.row for g in scope.given], None)
    _add_told_in_cells(facts, reading)


def _add_told_in_cells(facts: Facts, reading: PanelReading) -> None:
    """``2.3 (-0.2 to 4.7) p=0.07``: the P-value behind an effect is that effect's; behind an arm's value it may compare anything."""
    roles = {column.index: column.role for column in reading.columns}
    by_cell = {(given.row, column): given for given in reading.given for column in given.columns}
    for (row, column), cell in reading.cells.items():
        given = by_cell.get((row, column))
        if not cell.p or not given or reading.row(row).heading.p:
            continue
        effect, spans = roles[column] == "effect", PValue(cell.p.number, cell.p.start, cell.p.end)
        scope = Scope([given], effect=effect)
        _add(facts, reading, PCell(row, column, (spans,), 1), scope, [row], None if effect else "pairwise_unclear")


def _p_cell(reading: PanelReading, row: Row, column: Column, legend: dict[str, str]) -> PCell | None:
    cell = reading.panel.cell(row.index, column.index)
    if not cell or (cell.row, cell.column) != (row.index, column.index):
        return None
    found = read_ps(cell.text, legend).values
    if not found and column.role == "p" and _above_one(cell.text) and _holds_ps(reading, column):
        found = (unreadable(cell.text),)
    return PCell(row.index, column.index, found, cell.row_span) if found else None


def _above_one(text: str) -> bool:
    """Whether a cell is a bare number with decimals above 1, which no P-value can be."""
    reading = read(text)
    if reading.shape != "number" or not reading.values:  # "P 40" names its number a P-value and has no other
        return False
    return reading.values[0] > 1 and reading.numbers[0].decimals > 0 and reading.numbers[0].unit is None


def _holds_ps(reading: PanelReading, column: Column) -> bool:
    """Whether most cells of a column are P-values, two or more."""
    cells = [
        cell.text for row in reading.panel.rows if (cell := reading.panel.cell(row.index, column.index)) and read(cell.text).has_values
    ]
    readable = sum(bool(read_ps(text).values) for text in cells)
    return readable > 1 and readable * 2 > len(cells)


def _add(facts: Facts, reading: PanelReading, cell: PCell, scope: Scope, rows: list[int], doubt: str | None) -> None:
    given = scope.within(rows)
    variable = facts.aggregates[given[0].aggregate].variable if given else reading.meanings[cell.row].variable
    for found in cell.found:
        span = (found.start, found.end)
        p = facts.add_table_number("p_value", found.number, reading.panel.table, cell.row, cell.column, span, variable=variable)
        unclear = "pairwise_unclear" if len(cell.found) > 1 else doubt
        facts.add_comparison(build(facts, reading, p, scope, given, variable, unclear))


def _is_reference(reading: PanelReading, cell: PCell, contrasts: set[int]) -> bool:
    """Whether a P-value stands beside the level without an effect with which its neighbours are compared."""
    home = reading.places[cell.row].home
    return cell.span == 1 and home != (None, ()) and bool(contrasts & set(reading.kin[home])) and not reading.row(cell.row).heading.p


def _effects_of(reading: PanelReading, cell: PCell, contrasts: set[int], filled: set[int]) -> list[int]:
    """The rows with effects that a P-value beside an effect tests: its own, those that its cell spans, or those beside it without a P.

    One P for several levels stands beside the first of them or, where its span was lost, in their middle. The ``contrasts`` are the
    rows whose effects have an interval or error, which the reference (1.00) has not; ``filled`` those that print something for a P.
    """
    if cell.span > 1:
        return [index for index in reading.order if cell.row <= index < cell.row + cell.span and index in contrasts]
    home, wanted = reading.places[cell.row].home, contrasts | {cell.row}
    levels = _unbroken(reading, cell.row, wanted) if home == (None, ()) else reading.kin[home]
    levels = [index for index in levels if index in wanted]
    at = levels.index(cell.row)
    first = 0 if not filled & set(levels[:at]) else at
    later = next((i for i, index in enumerate(levels) if i > at and index in filled), len(levels))
    return [index for index in levels[first:later] if index in contrasts] or [cell.row]


def _unbroken(reading: PanelReading, row: int, wanted: set[int]) -> list[int]:
    """The longest run of wanted rows about a row where a reference stands at its edge, a row with something and no effect; else the row."""
    order = reading.order
    start = end = order.index(row)
    while start and order[start - 1] in wanted:
        start -= 1
    while end + 1 < len(order) and order[end + 1] in wanted:
        end += 1
    edges = [*order[max(0, start - 1) : start], *order[end + 1 : end + 2]]
    return order[start : end + 1] if any(not reading.places[i].blank for i in edges) else [row]


def _rows_of(facts: Facts, reading: PanelReading, cell: PCell, rows_with_p: set[int]) -> tuple[list[int], str | None]:
    """The rows that a P-value in a column speaks of, with an obstacle where that is in doubt."""
    order = reading.order
    row, place = reading.row(cell.row), reading.places[cell.row]
    if row.heading.p:
        return [i for i in reading.kin[place.home] if i != cell.row], None
    if cell.span > 1:
        spanned = [index for index in order if cell.row <= index < cell.row + cell.span]
        return _rest_of_block(facts, reading, spanned, rows_with_p)
    roles = {g.role for g in reading.given_at.get(cell.row, [])}
    if not roles:
        return _rows_of_bare(facts, reading, order, cell, rows_with_p)
    if "value" not in roles:
        levels = [i for i in order if reading.places[i].parent == cell.row and i in reading.given_at and i not in rows_with_p]
        # a label that tells its own statistic ("Age, mean (SD)") is a variable of its own
        levels = list(takewhile(lambda i: not reading.row(i).heading.explicit, levels))
        if not levels:
            return [cell.row], None
        return levels, None if divides(facts, reading, [g for g in _of(reading, levels) if g.role == "value"]) else "arms_unclear"
    siblings = _siblings(reading, cell.row)
    if len(siblings) > 1 and sum(index in rows_with_p for index in siblings) == 1 and place.parent not in rows_with_p:
        blocks = {facts.aggregates[g.aggregate].partition for g in _of(reading, siblings) if g.role == "value"}
        if blocks == {True}:
            return siblings, None
        if blocks == {None}:
            # one P beside levels that do not fill the arm: it may be of them all or of its own row
            return siblings, "arms_unclear"
    run = _unheaded_levels(facts, reading, cell.row, rows_with_p)
    return run or [cell.row], None


def _rest_of_block(facts: Facts, reading: PanelReading, spanned: list[int], rows_with_p: set[int]) -> tuple[list[int], str | None]:
    """The rows that a P-value spans and the further levels of their variable without a P: a span set too short is no other block."""
    siblings = _siblings(reading, spanned[-1]) if spanned else []
    beyond = [index for index in siblings if index > spanned[-1]]
    later = next((i for i, index in enumerate(beyond) if index in rows_with_p), len(beyond))
    beyond = beyond[:later]
    if not beyond or not set(spanned) & set(siblings):
        return spanned, None
    rows = [*spanned, *beyond]
    divided = divides(facts, reading, [g for g in _of(reading, rows) if g.role == "value"])
    return rows, None if divided else "arms_unclear"


def _rows_of_bare(
    facts: Facts, reading: PanelReading, order: list[int], cell: PCell, rows_with_p: set[int]
) -> tuple[list[int], str | None]:
    """A P on a row without values is of the rows below its label; on a row without a label, of its neighbours."""
    below = [index for index in order if reading.places[index].parent == cell.row]
    if below:
        told = [index for index in below if index in reading.given_at]
        effects = all(g.role != "value" for g in _of(reading, told))
        return ([] if effects and set(told) <= rows_with_p else told), None
    if reading.row(cell.row).label:
        return [], None
    at = order.index(cell.row)
    free = [i for i in order[at + 1 :] if reading.places[i].home == (None, ()) and i not in rows_with_p]
    if not at and divides(facts, reading, _of(reading, free)):
        return free, None
    return order[max(0, at - 1) : at], "pairwise_unclear"


def _of(reading: PanelReading, rows: Iterable[int]) -> list[Given]:
    return [given for index in rows for given in reading.given_at.get(index, [])]


def _siblings(reading: PanelReading, index: int) -> list[int]:
    """The rows with levels of the same variable as a row's."""
    home = reading.places[index].home
    if home == (None, ()):
        return [index]
    return [i for i in reading.kin[home] if any(g.role == "value" and g.level is not None for g in reading.given_at.get(i, []))]


def _unheaded_levels(facts: Facts, reading: PanelReading, index: int, rows_with_p: set[int]) -> list[int]:
    """Levels without a common head (``Lower education``, ``Higher education``) of which one bears the P: told by their sum."""
    if reading.places[index].home != (None, ()):
        return []
    order = reading.order
    at = order.index(index)
    for neighbours in (order[at + 1 : at + _MOST_LEVELS], order[max(0, at - _MOST_LEVELS) : at][::-1]):
        run = [index]
        for other in neighbours:
            counted = any(g.role == "value" for g in reading.given_at.get(other, []))
            if other in rows_with_p or reading.places[other].home != (None, ()) or not counted:
                break
            run.append(other)
            if divides(facts, reading, _of(reading, run)):
                return sorted(run)
    return []
