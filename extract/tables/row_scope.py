"""What a P-value in a row of P-values compares: the effect or effects above it, or the arms in the rows above it, in its own column."""

from __future__ import annotations

from counterproof.extract.tables.arms import is_statistic
from counterproof.extract.tables.columns import EFFECTS, Column
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.reading import Given, PanelReading
from counterproof.extract.tables.scope import Scope


def row_scope(reading: PanelReading, row: Row, column: Column) -> Scope:
    """What a P-value in a row of P-values compares: the effects or the arms in the rows above it, in its own column."""
    scope = Scope(note=row.heading.p_note, method_text=row.label)
    order = reading.order
    at = order.index(row.index)
    unlabelled = at > 0 and not any(reading.panel.cell(row.index, column) for column in range(reading.panel.stub))
    # a P-value below its rows without a label of its own hangs from what they hang from
    place = reading.places[order[at - 1] if unlabelled else row.index]
    above: list[int] = []
    home = place.above[:1]
    alike = any(reading.places[r.index].above[:1] == home and not r.heading.p and not is_statistic(r) for r in reading.panel.rows)
    for index in reversed(order[:at]):
        other = reading.row(index)
        if other.heading.p or is_statistic(other):
            if above:
                break
            continue
        if reading.places[index].blank and above:
            break
        if reading.places[index].above[:1] != home and (above or alike):
            break
        # a P set off below a head of its own ("Comparison between groups") speaks of the rows that stand together above it
        home = reading.places[index].above[:1]
        above.append(index)
    scope.given = [g for g in reading.given if g.row in above and _covers(reading, g, column) and not g.total]
    if above and _effect(reading, above[0], column):
        # "Difference (95% CI)" right above: the P is that effect's, or that of all levels with one
        scope.given, scope.effect = [effect for index in reversed(above) if (effect := _effect(reading, index, column))], True
        return scope
    if reading.arm_rows:
        return scope
    cells = {(cell.column, cell.column_span) for c in reading.columns if (cell := reading.panel.cell(row.index, c.index))}
    alone = len(cells) == 1
    if reading.arms_in_columns and alone:
        # one P in a row of its own compares the arms over the rows above it
        scope.given = [g for g in reading.given if g.row in above and not g.total]
        start, span = next(iter(cells))
        if span > 1:
            scope.given = [g for g in scope.given if start <= g.columns[0] < start + span]
        return scope
    if len({g.row for g in scope.given}) > 1 and reading.arms_in_columns:
        # levels in rows, one P below each arm's column: it compares levels within one arm
        scope.obstacle = "arms_unclear"
    elif not scope.given:
        scope.obstacle = "no_values"
    else:
        scope.obstacle = "arms_unclear"
    return scope


def _effect(reading: PanelReading, row: int, column: Column) -> Given | None:
    """The one effect with its interval or error that a row has in this column."""
    told = [g for g in reading.given_at.get(row, []) if column.index in g.columns]
    numbers = reading.numbers.get(told[0].aggregate, {}) if len(told) == 1 else {}
    return told[0] if EFFECTS & set(numbers) and {"ci_low", "se"} & set(numbers) else None


def _covers(reading: PanelReading, given: Given, column: Column) -> bool:
    if column.index in given.columns:
        return True
    return bool(column.names) and any(
        other.index in given.columns and other.names == column.names and other.time == column.time for other in reading.columns
    )
