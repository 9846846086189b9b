"""The arms that a document's tables name beyond doubt, learnt before any table is read."""

from __future__ import annotations

from collections.abc import Sequence

from counterproof.extract.tables.arms import KnownArms
from counterproof.extract.tables.bases import is_size_row
from counterproof.extract.tables.cells import read
from counterproof.extract.tables.columns import read_columns
from counterproof.extract.tables.layout import Panel


def learn_arms(panels: Sequence[Panel]) -> KnownArms:
    """Names of groups that a head or a body row gives a size."""
    known = KnownArms()
    for panel in panels:
        columns = [column for column in read_columns(panel) if column.role == "value" and column.names and not column.total]
        sized = [row for row in panel.rows[:4] if is_size_row(row)]
        for column in columns:
            if column.size and column.size[0].name:
                known.learn(column.size[0].name)
            for row in sized[:1]:
                cell = panel.cell(row.index, column.index)
                if cell and (numbers := read(cell.text).numbers) and not numbers[0].decimals and len(columns) > 1:
                    known.learn(column.names[-1])
    return known
