"""The P-values of a panel: which rows and arms each belongs to, or why that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

from counterproof.extract.facts import Facts
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.members import build
from counterproof.extract.tables.partitions import divides
from counterproof.extract.tables.pcells import read_ps
from counterproof.extract.tables.reading import PanelReading
from counterproof.extract.tables.scope import Scope, column_scope, row_scope
from counterproof.kb.p_values import PValue


@dataclass(slots=True)
class PCell:
    """A cell that holds P-values: its place, its numbers, the rows that it spans."""

    row: int
    column: int
    found: list[PValue]
    span: int
    marks: tuple[str, ...] = ()


def add_comparisons(facts: Facts, reading: PanelReading) -> None:
    """Add every P-value of a panel with its comparison."""
    for column in reading.columns:
        if column.role == "p":
            cells = _p_cells(reading, column)
            rows_with_p = {cell.row for cell in cells if cell.found}
            for cell in cells:
                scope = column_scope(reading, column)
                rows, doubt = _rows_of(facts, reading, cell, rows_with_p)
                if scope.effect and any(g.row == cell.row for g in scope.given):
                    rows, doubt = [cell.row], None
                _add(facts, reading, cell, scope, rows, doubt)
    for row in reading.panel.rows:
        if row.heading.p:
            for column in reading.columns:
                if column.role == "p":
                    continue
                found = _cell(reading, row, column)
                if found:
                    scope = row_scope(reading, row, column)
                    _add(facts, reading, found, scope, [g.row for g in scope.given], None)


def _add(facts: Facts, reading: PanelReading, cell: PCell, scope: Scope, rows: list[int], doubt: str | None) -> None:
    given = [g for g in scope.given if g.row in set(rows)] or [g for g in scope.fallback if g.row in set(rows)]
    several = len(cell.found) > 1
    for found in cell.found:
        variable = facts.aggregates[given[0].aggregate].variable if given else None
        if variable is None:
            variable = reading.meanings[cell.row].variable if cell.row in reading.meanings else reading.panel.table.caption or None
        p = facts.add_table_number(
            "p_value", found.number, reading.panel.table, cell.row, cell.column, (found.start, found.end), variable=variable
        )
        facts.add_comparison(build(facts, reading, p, scope, given, variable, "pairwise_unclear" if several else doubt))


def _p_cells(reading: PanelReading, column: Column) -> list[PCell]:
    cells = []
    for row in reading.panel.rows:
        cell = reading.panel.cell(row.index, column.index)
        if cell and cell.row == row.index and cell.column == column.index and not row.heading.p:
            found = list(read_ps(cell.text).values)
            if found:
                cells.append(PCell(row.index, column.index, found, cell.row_span, cell.marks))
        elif cell and cell.row == row.index and row.heading.p and cell.column == column.index:
            found = list(read_ps(cell.text).values)
            if found:
                cells.append(PCell(row.index, column.index, found, 1, cell.marks))
    return cells


def _cell(reading: PanelReading, row: Row, column: Column) -> PCell | None:
    cell = reading.panel.cell(row.index, column.index)
    if not cell or cell.row != row.index or cell.column != column.index:
        return None
    found = list(read_ps(cell.text).values)
    return PCell(row.index, column.index, found, 1, cell.marks) if found else None


def _rows_of(facts: Facts, reading: PanelReading, cell: PCell, rows_with_p: set[int]) -> tuple[list[int], str | None]:
    """The rows that a P-value in a column speaks of, with an obstacle where that is in doubt."""
    order = [row.index for row in reading.panel.rows]
    row, place = reading.row(cell.row), reading.places[cell.row]
    if row.heading.p:
        return [
            i for i in order if i != cell.row and (reading.places[i].parent, reading.places[i].above) == (place.parent, place.above)
        ], None
    if cell.span > 1:
        return [index for index in order if cell.row <= index < cell.row + cell.span], None
    own = any(g.row == cell.row and g.role == "value" for g in reading.given)
    effect = any(g.row == cell.row and g.role != "value" for g in reading.given)
    if not own and not effect:
        below = [index for index in order if reading.places[index].parent == cell.row]
        if below:
            values = [index for index in below if any(g.row == index for g in reading.given)]
            return values, None
        if not row.label:
            at = order.index(cell.row)
            below = [
                i for i in order[at + 1 :] if reading.places[i].parent is None and not reading.places[i].above and i not in rows_with_p
            ]
            if not at and divides(facts, [g for g in reading.given if g.row in below and not g.total], reading.start):
                return below, None
            return ([order[at - 1]] if at else []), "pairwise_unclear"
        return [], None
    if not own:
        return [cell.row], None
    siblings = _siblings(reading, cell.row)
    if len(siblings) > 1 and sum(index in rows_with_p for index in siblings) == 1 and not _head_has_p(reading, cell.row, rows_with_p):
        blocks = {facts.aggregates[g.aggregate].partition for g in reading.given if g.row in siblings and g.role == "value"}
        if blocks == {True}:
            return siblings, None
        if blocks == {None}:
            # one P beside levels that do not fill the arm: it may be of them all or of its own row
            return siblings, "arms_unclear"
    run = _unheaded_levels(facts, reading, cell.row, rows_with_p)
    return (run, None) if run else ([cell.row], None)


def _unheaded_levels(facts: Facts, reading: PanelReading, index: int, rows_with_p: set[int]) -> list[int]:
    """Levels without a common head (``Lower education``, ``Higher education``) of which one bears the P: told by their sum."""
    if reading.places[index].parent is not None or reading.places[index].above:
        return []
    order = [row.index for row in reading.panel.rows]
    at = order.index(index)
    counted = {g.row for g in reading.given if g.role == "value"}
    for neighbours in (order[at + 1 :], order[:at][::-1]):
        run = [index]
        for other in neighbours:
            place = reading.places[other]
            if other in rows_with_p or place.parent is not None or place.above or other not in counted or len(run) > 11:
                break
            run.append(other)
            if divides(facts, [g for g in reading.given if g.row in run and not g.total], reading.start):
                return sorted(run)
    return []


def _siblings(reading: PanelReading, index: int) -> list[int]:
    place = reading.places[index]
    if place.parent is None and not place.above:
        return [index]
    given = {g.row for g in reading.given if g.role == "value" and g.level is not None}
    return [
        row.index
        for row in reading.panel.rows
        if row.index in given and reading.places[row.index].parent == place.parent and reading.places[row.index].above == place.above
    ]


def _head_has_p(reading: PanelReading, index: int, rows_with_p: set[int]) -> bool:
    parent = reading.places[index].parent
    return parent is not None and parent in rows_with_p
