"""Table grids into evidence: arms, variables and levels, kinds of numbers, P-values and what they compare."""

from __future__ import annotations

from counterproof.extract.facts import Facts
from counterproof.extract.tables.arms import KnownArms
from counterproof.extract.tables.columns import read_columns
from counterproof.extract.tables.comparisons import add_comparisons
from counterproof.extract.tables.kinds import Hint
from counterproof.extract.tables.layout import panels
from counterproof.extract.tables.notes import table_notes
from counterproof.extract.tables.partitions import mark_partitions
from counterproof.extract.tables.values import PanelReader


def read_tables(facts: Facts) -> None:
    """Read every table of the document into aggregates, evidence, arms and comparisons."""
    plans = [(table, panels(table)) for table in facts.document.tables if not table.image]
    known = KnownArms()
    for _, parts in plans:
        for panel in parts:
            for column in read_columns(panel):
                if column.size and column.size[0].name and not column.total:
                    known.learn(column.size[0].name)
    for table, parts in plans:
        notes: list[Hint] = table_notes(table, facts.methods)
        for panel in parts:
            reading = PanelReader(facts, panel, known, notes).read()
            mark_partitions(facts, reading)
            add_comparisons(facts, reading)
