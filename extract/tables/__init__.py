"""Table grids into evidence: arms, variables and levels, kinds of numbers, P-values and what they compare."""

from __future__ import annotations

from counterproof.extract.facts import OF_THE_WHOLE, Facts
from counterproof.extract.tables.arms import KnownArms
from counterproof.extract.tables.columns import Column, read_columns
from counterproof.extract.tables.comparisons import add_comparisons
from counterproof.extract.tables.kinds import Hint
from counterproof.extract.tables.known import learn_arms
from counterproof.extract.tables.layout import Panel, panels
from counterproof.extract.tables.notes import table_notes
from counterproof.extract.tables.partitions import mark_partitions
from counterproof.extract.tables.reading import understand
from counterproof.extract.tables.values import read_values
from counterproof.kb.document import Table


def read_tables(facts: Facts) -> None:
    """Read every table of the document into aggregates, evidence, arms and comparisons.

    A table over which this program stumbles is left out, and the others are read as if it were not there. An error that belongs to no
    one table, in learning the arms from all of them, goes on to the caller.
    """
    tables = [table for table in facts.document.tables if not table.image]
    before = facts.kept()
    while stumbled := _read(facts, tables):
        broken, error = stumbled
        facts.restore(before)
        facts.tell_fault(broken.label or f"table {broken.index + 1}", error)
        tables = [table for table in tables if table.index != broken.index]


def _read(facts: Facts, tables: list[Table]) -> tuple[Table, Exception] | None:
    """Read these tables; the first that cannot be read and why, if there is one."""
    plans: list[tuple[Table, list[tuple[Panel, list[Column]]]]] = []
    current: Table | None = None
    try:
        for current in tables:
            plans.append((current, [(panel, read_columns(panel)) for panel in panels(current)]))
        current = None
        known = learn_arms([part for _, parts in plans for part in parts])
        for current, parts in plans:
            _read_panels(facts, current, parts, known)
    except OF_THE_WHOLE:
        raise
    except Exception as error:
        if current is None:  # it stumbled over all of them together
            raise
        return current, error
    return None


def _read_panels(facts: Facts, table: Table, parts: list[tuple[Panel, list[Column]]], known: KnownArms) -> None:
    notes: list[Hint] = table_notes(table, facts.methods)
    for panel, columns in parts:
        reading = understand(facts, panel, columns, known, notes)
        read_values(facts, reading, known)
        mark_partitions(facts, reading)
        add_comparisons(facts, reading)
