"""The arms that a document's tables name beyond doubt, learnt before any table is read."""

from __future__ import annotations

from collections.abc import Sequence

from counterproof.extract.tables.arms import KnownArms, arm_key
from counterproof.extract.tables.bases import is_size_row
from counterproof.extract.tables.cells import read
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.layout import Panel


def learn_arms(panels: Sequence[tuple[Panel, list[Column]]]) -> KnownArms:
    """Names of groups that a head or a body row gives a size.

    Where the rows of a table carry such names from other tables, its sized columns are variables, not arms.
    """
    named = [_sized_names(panel, columns) for panel, columns in panels]
    known = KnownArms()
    for i, (panel, _) in enumerate(panels):
        elsewhere = {arm_key(name) for j, names in enumerate(named) if j != i for name in names}
        labels = [arm_key(row.heading.name) for row in panel.rows if row.heading.name]
        hits = {label for label in labels if label in elsewhere}
        if len(hits) >= 2 and 2 * sum(label in hits for label in labels) >= len(labels):
            continue
        for name in named[i]:
            known.learn(name)
    return known


def _sized_names(panel: Panel, columns: list[Column]) -> list[str]:
    columns = [column for column in columns if column.role == "value" and column.names and not column.total]
    sized = [row for row in panel.rows[:4] if is_size_row(row)]
    names = [column.size[0].name for column in columns if column.size and column.size[0].name]
    for column in columns:
        for row in sized[:1]:
            cell = panel.cell(row.index, column.index)
            if cell and (numbers := read(cell.text).numbers) and not numbers[0].decimals and len(columns) > 1:
                names.append(column.names[-1])
    return names
