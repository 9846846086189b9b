"""The kinds of the numbers of one row: what is announced for its cells, nearest first, and what its columns say together."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from counterproof.extract.tables.cells import count_of
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.kinds import Hint, Verdict, decide, hints_of, percent_fits
from counterproof.extract.tables.layout import Row
from counterproof.extract.tables.measures import Measure
from counterproof.extract.tables.misprints import MISPRINTED, misprinted
from counterproof.extract.tables.notes import marked_measures
from counterproof.extract.tables.reading import PanelReading, Slot
from counterproof.extract.tables.sums import fills_arms

Verdicts = dict[int, Verdict]
_LIMITS = (("ci_low", "ci_high"), ("min", "max"), ("q1", "q3"))


def row_kinds(reading: PanelReading, row: Row, without: Column | None) -> tuple[Verdicts, dict[int, int]]:
    """The verdict for each column of a row, and for columns of counts the column that holds their base."""
    alike: dict[tuple[object, ...], list[Column]] = defaultdict(list)
    for column in reading.valued:
        if (row.index, column.index) in reading.cells and column is not without:
            alike[column.role, column.measures].append(column)
    verdicts: Verdicts = {}
    for columns in alike.values():
        cells = [reading.cell(row, column) for column in columns]
        bases = [[int(reading.bases.value(i)) for i in reading.sizes(row, column)] for column in columns]
        hints = _announced(reading, row, columns[0])
        decided = decide(cells, bases, hints)
        if misprinted(reading, row, cells, bases, decided, hints):
            decided = [MISPRINTED] * len(cells)
        if columns[0].role == "value" and _DIFFERENCE.match(row.label):
            decided = [_of_difference(verdict) for verdict in decided]
        verdicts.update({column.index: verdict for column, verdict in zip(columns, decided, strict=True)})
    _counts_beside(reading, row, verdicts)
    denominators = _denominators(reading, row, verdicts)
    _spread_over_columns(reading, row, verdicts)
    _limits_over_columns(reading, verdicts)
    return verdicts, denominators


_DIFFERENCE = re.compile(
    r"(?:(?:estimated|adjusted|unadjusted|mean|net|absolute) ){0,3}"
    r"(?:between[- ]?(?:groups?|arms?|treatments?)(?: mean)? (?:difference|effect)s?\b"
    r"|(?:treatment|intervention)(?: mean)? (?:difference|effect)s?"
    r"(?=\W{0,9}$|\s?[(\[,:;*]| (?:at|in|on|of|for|from|to|vs|versus|with|between|after|by|adjusted)\b)"
    r"|differences? (?:between (?:the )?(?:groups?|arms?|treatments?)|vs\.?|versus|compared)\b)",
    re.IGNORECASE,
)
"""A row of what arms differ by, in a table whose notes tell of means.

``Difference`` alone may be an arm's change, ``Treatment effect expectation`` is a scale.
"""


def _of_difference(verdict: Verdict) -> Verdict:
    return verdict._replace(kinds=("difference", *verdict.kinds[1:])) if verdict.kinds[0] == "mean" else verdict


def _announced(reading: PanelReading, row: Row, column: Column) -> list[Hint]:
    """What is announced for a cell, nearest first: its label, its head, the labels above, the notes of the table."""
    own, leaf, notes = row.heading.measures, column.measures, reading.notes
    if column.role in ("effect", "statistic"):
        return [*hints_of(leaf, True), *notes]
    hints = [Hint(measure, True) for measure in marked_measures(reading.panel, row, column.index)]
    if len(leaf) == 1 and len(leaf[0]) == 1 and not (own and row.heading.explicit and len(own[0]) > 1):
        hints += hints_of(leaf, True)
    if row.heading.explicit:
        hints += hints_of(own, True)
    parent = reading.places[row.index].parent
    while parent is not None:
        above = reading.row(parent).heading
        if above.explicit:
            hints += hints_of(above.measures, True, above=True)
        parent = reading.places[parent].parent
    hints += hints_of(leaf, len(leaf) == 1)
    for path in reading.panel.heads[: reading.panel.stub]:
        if path and path[-1][0].explicit and not leaf:
            hints += hints_of(path[-1][0].measures, len(path[-1][0].measures) == 1)
    if len(own) and own[0] and not row.heading.explicit:
        # "Mean anal verge", "No. of vessels": the note tells the spread that goes with such a centre
        hints += [hint for hint in notes if hint.measure[0] == own[0][0]]
        hints.append(Hint(own[0], own[0][0] != "count"))
    return [*hints, *notes]


def _counts_beside(reading: PanelReading, row: Row, verdicts: Verdicts) -> None:
    """Bare whole numbers beside counts with percents are counts (``0`` beside ``4 (5.1)``), or where they add up to a total or to arms."""
    if not any(verdict.kinds == ("value",) for verdict in verdicts.values()):
        return
    values = [c for c in reading.columns if c.index in verdicts and c.role == "value"]
    counted = [c for c in values if "count" in verdicts[c.index].kinds]
    bare = [c for c in values if verdicts[c.index].kinds == ("value",) and count_of(reading.cell(row, c)) is not None]
    if not bare:
        return
    if fills_arms(reading, row):
        verdicts.update(dict.fromkeys([column.index for column in bare], Verdict(("count",), 0.9)))
        return
    alike = [c for c in bare if any(c.measures == other.measures for other in counted)]
    total = next((count_of(reading.cell(row, c)) for c in counted if c.total), None)
    if total and len(bare) > 1 and sum(count_of(reading.cell(row, c)) or 0 for c in bare) == total:
        alike = bare
    for column in alike:
        verdicts[column.index] = Verdict(("count",), 0.95)
    for before, column in pairwise(values):
        if (
            before in bare
            and before not in alike
            and verdicts[column.index].kinds == ("percent",)
            and reading.slot(before) == reading.slot(column)
        ):
            count, sizes = reading.cell(row, before).values[0], [reading.bases.value(i) for i in reading.sizes(row, before)]
            if not sizes or count <= max(sizes):
                verdicts[before.index] = Verdict(("count",), 0.85)


def _denominators(reading: PanelReading, row: Row, verdicts: Verdicts) -> dict[int, int]:
    """A column of whole numbers (``Blood samples``) of which the arm's next column tells count and percent."""
    found: dict[int, int] = {}
    if not any(verdict.kinds == ("count", "percent") for verdict in verdicts.values()):
        return found
    for before, column in pairwise(reading.columns):
        if before.index not in verdicts or column.index not in verdicts or (before.arm, before.time) != (column.arm, column.time):
            continue
        base, told = reading.cell(row, before), reading.cell(row, column)
        whole = base.shape == "number" and not base.numbers[0].decimals and before.measures not in ((("percent",),), (("mean",),))
        if whole and verdicts[column.index].kinds == ("count", "percent"):
            known = {reading.bases.value(i) for i in reading.sizes(row, column)}
            fits = percent_fits(told.values[0], told.values[1], told.numbers[1].decimals, base.values[0])
            if fits and told.values[0] > 0 and base.values[0] not in known:
                verdicts[before.index] = Verdict(("n",), 0.9)
                found[column.index] = before.index
    return found


def _spread_over_columns(reading: PanelReading, row: Row, verdicts: Verdicts) -> None:
    """``Mean (SD)`` told over two columns headed for counts (``61.3 | 10.1``), and ``N`` columns beside means."""
    if not reading.shared_slots:
        return
    slots: dict[Slot, list[Column]] = defaultdict(list)
    for column in reading.columns:
        if column.index in verdicts and column.role == "value":
            slots[reading.slot(column)].append(column)
    measure = row.heading.measures[0] if row.heading.explicit and row.heading.measures else ()
    for columns in slots.values():
        if len(columns) < 2:
            continue
        singles = [c for c in columns if len(verdicts[c.index].kinds) == 1]
        heads = [c.measures[0] if c.measures else () for c in columns]
        if len(measure) > 1 and len(singles) == len(columns) == len(measure) and heads != [(kind,) for kind in measure]:
            for column, kind in zip(columns, measure, strict=True):
                verdicts[column.index] = Verdict((kind,), 0.85)
        elif heads[0] == ("count",) and columns[0] in singles and any(_measured(head) for head in heads[1:]):
            verdicts[columns[0].index] = Verdict(("n",), 0.9)


def _limits_over_columns(reading: PanelReading, verdicts: Verdicts) -> None:
    """Two columns under one ``95% CI``: the lower and the upper limit."""
    if not any(verdict.kinds == ("value",) for verdict in verdicts.values()):
        return
    for low, high in pairwise(c for c in reading.columns if c.index in verdicts):
        spread = low.measures[0][-2:] if low.measures and low.measures == high.measures else ()
        bare = all(verdicts[c.index].kinds == ("value",) for c in (low, high))
        if bare and spread in _LIMITS and _same_heads(reading, low, high):
            for column, kind in zip((low, high), spread, strict=True):
                verdicts[column.index] = Verdict((kind,), 0.9)


def _same_heads(reading: PanelReading, one: Column, other: Column) -> bool:
    return [cell for _, cell in reading.panel.heads[one.index]] == [cell for _, cell in reading.panel.heads[other.index]]


def _measured(head: Measure) -> bool:
    """Whether a column beside ``N`` holds what is measured, not what is counted."""
    return not head or bool(set(head) & {"mean", "median", "rate"})
