"""Means of the levels of one factor in rows, each with its own size: groups of people, compared like arms."""

from __future__ import annotations

from counterproof.extract.facts import Facts
from counterproof.extract.tables.columns import says_change
from counterproof.extract.tables.headings import is_time
from counterproof.extract.tables.reading import Given, PanelReading


def are_levels(facts: Facts, reading: PanelReading, given: list[Given]) -> bool:
    """Whether these aggregates are means of levels, one a row, under one label and in one column, and of groups of different sizes.

    Groups of one size may be the same people measured in several ways or at several times. Where the size is the count in a column
    of its own (``Number | Percent | Score``) and the percents beside it divide the whole, it becomes the base of the mean.
    """
    rows = [g.row for g in given]
    homes = {reading.places[row].home for row in rows}
    if len(given) < 2 or len(set(rows)) < len(rows) or len(homes) > 1 or homes == {(None, ())}:
        return False
    if any(g.arm or g.slot.arm or g.total for g in given) or len({g.columns for g in given}) > 1:
        return False
    if any(is_time(reading.row(row).label) or says_change(reading.row(row).label) for row in rows):
        return False
    counts = {g.aggregate: _counted(reading, g.row) for g in given if not facts.aggregates[g.aggregate].bases}
    if None in counts.values() or (counts and not _divide(reading, [counted for counted in counts.values() if counted is not None])):
        return False
    for aggregate, counted in counts.items():
        bases = tuple(i for i, e in enumerate(facts.evidence) if e.aggregate == counted and e.kind == "count")
        facts.aggregates[aggregate] = facts.aggregates[aggregate]._replace(bases=bases)
    sizes = {facts.evidence[facts.aggregates[g.aggregate].bases[0]].number.value for g in given}
    return len(sizes) > 1


def _divide(reading: PanelReading, counted: list[int]) -> bool:
    """Whether the percents of counts add up to all. Those of deaths would not; sizes that only differ may be of one people."""
    percents = [share for aggregate in counted if (share := reading.numbers[aggregate].get("percent")) is not None]
    return 0 < len(percents) == len(counted) and abs(sum(percents) - 100) <= 0.6 * len(percents)


def _counted(reading: PanelReading, row: int) -> int | None:
    """The aggregate that counts the people of a row, where there is one."""
    told = [g for g in reading.given_at.get(row, []) if g.arm is None and "count" in reading.numbers.get(g.aggregate, {})]
    sized = len(told) == 1 and ("percent" in reading.numbers[told[0].aggregate] or not told[0].slot.context)
    return told[0].aggregate if sized else None
