"""Table grids into evidence: arms, variables and levels, kinds of numbers, P-values and what they compare."""

from __future__ import annotations

from counterproof.extract.facts import Facts
from counterproof.extract.tables.columns import read_columns
from counterproof.extract.tables.comparisons import add_comparisons
from counterproof.extract.tables.kinds import Hint
from counterproof.extract.tables.known import learn_arms
from counterproof.extract.tables.layout import panels
from counterproof.extract.tables.notes import table_notes
from counterproof.extract.tables.partitions import mark_partitions
from counterproof.extract.tables.reading import understand
from counterproof.extract.tables.values import read_values


def read_tables(facts: Facts) -> None:
    """Read every table of the document into aggregates, evidence, arms and comparisons."""
    plans = [(table, [(panel, read_columns(panel)) for panel in panels(table)]) for table in facts.document.tables if not table.image]
    known = learn_arms([part for _, parts in plans for part in parts])
    for table, parts in plans:
        notes: list[Hint] = table_notes(table, facts.methods)
        for panel, columns in parts:
            reading = understand(facts, panel, columns, known, notes)
            read_values(facts, reading, known)
            mark_partitions(facts, reading)
            add_comparisons(facts, reading)
