"""Which levels belong to one variable, and whether they divide the arm: told by arithmetic."""

from __future__ import annotations

from collections import defaultdict

from counterproof.extract.facts import Facts
from counterproof.extract.tables.reading import Given, PanelReading

_MISPRINTED = 1.02
"""How far above the size that is named the levels may add up, and divide the arm all the same, where their percents do."""


def mark_partitions(facts: Facts, reading: PanelReading) -> None:
    """Number the blocks of levels and judge whether each divides its arm."""
    blocks: dict[tuple[object, ...], list[Given]] = defaultdict(list)
    for given in reading.given:
        aggregate = facts.aggregates[given.aggregate]
        if given.role == "value" and aggregate.level is not None and aggregate.block is None:
            place = reading.places[given.row]
            in_columns = given.slot.level is not None
            blocks[aggregate.variable, place.parent, place.above, given.row if in_columns else None].append(given)
    for members in blocks.values():
        if len({(g.row, g.level) for g in members}) < 2:
            continue
        block, verdict = facts.new_block(), _partition(facts, reading, members)
        for given in members:
            facts.aggregates[given.aggregate] = facts.aggregates[given.aggregate]._replace(block=block, partition=verdict)


def divides(facts: Facts, reading: PanelReading, given: list[Given]) -> bool:
    """Whether rows of counts fill the base, in two arms or more."""
    members = [g for g in given if not g.total]
    return len({g.arm for g in members if g.arm}) > 1 and _partition(facts, reading, members) is True


def _partition(facts: Facts, reading: PanelReading, members: list[Given]) -> bool | None:
    """True where the levels fill the base in every arm, False where they exceed it in any, None where they fall short or are not counts."""
    verdicts: set[bool | None] = set()
    groups: dict[tuple[object, ...], list[Given]] = defaultdict(list)
    for given in members:
        groups[given.arm, given.slot.time, given.slot.context].append(given)
    numbers = reading.numbers
    for group in groups.values():
        counts = [numbers[g.aggregate].get("count") for g in group]
        percents = [numbers[g.aggregate].get("percent") for g in group]
        bases = {facts.evidence[i].number.value for g in group for i in facts.aggregates[g.aggregate].bases}
        full = None
        if all(p is not None for p in percents):
            share = sum(p or 0.0 for p in percents)
            slack = 0.6 * len(percents) if all(p == int(p or 0) for p in percents) else 0.06 * len(percents) + 0.05
            full = True if abs(share - 100) <= slack else False if share > 100 + slack else None
        if all(c is not None for c in counts) and bases:
            total = sum(c or 0.0 for c in counts)
            most = max(b or 0 for b in bases)
            told = full is True and total <= _MISPRINTED * most  # the percents add up to 100: the size is a misprint
            full = True if total in bases or told else False if total > most else full
        verdicts.add(full)
    if False in verdicts:
        return False
    return True if verdicts == {True} else None
