"""What each column of a panel holds: an arm's values, P-values, an effect estimate, a statistic, words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from counterproof.extract.tables.headings import Heading, as_p, may_be_p, p_note
from counterproof.extract.tables.layout import Panel, is_value
from counterproof.extract.tables.measures import Measure
from counterproof.extract.tables.pcells import read_ps
from counterproof.kb.document import Cell

Role = Literal["value", "p", "effect", "statistic", "size", "text"]

EFFECTS = {"hr", "or", "rr", "difference", "coefficient", "correlation", "estimate"}
_ADJUSTED = re.compile(r"\b(?:adjust|multivari|a(?:OR|HR|RR)\b)", re.IGNORECASE)
_CRUDE = re.compile(r"\b(?:un-?adjusted|crude|univari)", re.IGNORECASE)
_EFFECT_WORDS = re.compile(r"\beffects?\b|\bestimates?\b|\bratio\b|\bcontrast\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"(?:mean )?diff(?:erences?\b|\.)", re.IGNORECASE)
_BETWEEN_ARMS = re.compile(r"\bdiff(?:erences?\b|\.)(?! (?:from|to|since) )", re.IGNORECASE)
"""``Difference adjusted for baseline (95% CI)``: a difference between arms, not one from baseline."""
_CORRECTED = re.compile(r"\b(?:adj|correct)")
_TEST_NAME = re.compile(r"(?:[χΧ]\s?[²2]|\b[Ff]\s?\(\s?\d{1,3}\s?,\s?\d{1,4}\s?\)|\bt\s?\(\s?\d{1,4}\s?\))\W*$")
"""``Friedman's test χ2``, ``Repeated measures F(2, 22)``: a column of test statistics."""
_HETEROGENEITY = re.compile(r"I\s?[²2]\b|I²")
_TIMED = re.compile(r"\b(?:time|weeks?|months?|days?|hours?|minutes?|min|visits?|years?)\b", re.IGNORECASE)
_LIMITS: tuple[Measure, Measure] = (("ci_low",), ("ci_high",))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEVEL = re.compile(
    r"(?:grades?|stages?|class|level|score)?\s*(?:\d|[IV]{1,4}[ABab]?)(?:\s?(?:-|/|to|or|and|–)\s?(?:\d|[IV]{1,4}))?|"
    r"yes|no|none|mild|moderate|severe|"
    r"any(?: grade)?|all grades?|[≥≤<>]\s?\d+|positive|negative|present|absent|normal|abnormal|low|medium|high|"
    r"\d+\s?[+]|other|unknown|missing",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Column:
    """One column: its role and what its heads say. ``names`` are the naming heads, outer to inner."""

    index: int
    role: Role
    names: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    time: str | None = None
    size: tuple[Heading, Cell] | None = None
    total: bool = False
    contrast: tuple[str, ...] = ()
    p_note: str = ""
    p_corrected: bool = False
    spanners: tuple[int, ...] = ()
    adjusted: bool | None = None
    level: str | None = None
    arm: str | None = None
    context: str = ""


def read_columns(panel: Panel) -> list[Column]:
    """The columns right of the stub, with their roles; arms are named by ``arms.py``."""
    wide = _table_wide(panel)
    columns = [_column(panel, index, wide) for index in panel.columns if not _is_spacer(panel, index)]
    plain = [column for column in columns if column.role != "p"]
    for column in plain:
        _leave_told(column, plain)
    for before, column in pairwise(plain):
        if (
            _is_spread(column)
            and (before.role == "effect" or _of_one_arm(column, before))
            and before.role in ("value", "effect")
            and (column.role == "value" or (column.role == before.role == "effect" and not column.names))
            and column.time in (None, before.time)
            and (_beside(before, column) or _bare_limit(before, column))
        ):
            # "Mean days of leave | SD", "HR | 95% CI": the spread belongs to the column before it
            column.names, column.time, column.role, column.adjusted = before.names, before.time, before.role, before.adjusted
    for change, interval in pairwise(plain):
        if (
            _lone_change(change, plain)
            and interval.measures == (("ci_low", "ci_high"),)
            and interval.role == "effect"
            and not interval.names
        ):
            # "Change (SD) | 95% CI | P": the interval is that of the change before it
            change.role = "effect"
            change.measures = (_CHANGE_SD,)
            interval.time, interval.adjusted = change.time, change.adjusted
    for column in columns:
        if column.role == "value" and not _has_numbers(panel, column.index):
            column.role = "text"
    return columns


def _leave_told(column: Column, columns: list[Column]) -> None:
    """``Difference`` above ``Mean | SE | 95% CI``: where one column holds the effect, the others hold its error or interval alone."""
    if column.role != "effect" or len(column.measures) != 1 or len(column.measures[0]) < 2:
        return
    effect, *spread = column.measures[0]
    told = any(c.measures == ((effect,),) and set(c.spanners[:-1]) & set(column.spanners[:-1]) for c in columns)
    if effect in EFFECTS and told:
        column.measures = (tuple(spread),)


def _is_spacer(panel: Panel, index: int) -> bool:
    """Whether a column only sets others apart: nothing in its rows, and no head but what spans its neighbours too."""
    own = any(cell.column_span == 1 for _, cell in panel.heads[index])
    return not own and all(panel.cell(row.index, index) is None for row in panel.rows)


_CHANGE_SD: Measure = ("difference", "sd")
_CHANGE = re.compile(r"\b(?:change|difference|delta)\b|[ΔΔ]", re.IGNORECASE)
"""Words for what came of a measurement between two times."""


def says_change(text: str | None) -> bool:
    """Whether a head speaks of a change from one time to another."""
    return bool(text and _CHANGE.search(text))


def _lone_change(column: Column, columns: list[Column]) -> bool:
    """Whether a column holds the change of the only group that the table tells of."""
    named = says_change(column.time) and not column.names and column.role == "value"
    return named and column.measures in ((("sd",),), (("mean", "sd"),)) and sum(says_change(c.time) for c in columns) == 1


def _is_spread(column: Column) -> bool:
    spreads = ("sd", "se", "ci_low", "ci_high", "q1", "q3", "min", "max")
    return bool(column.measures) and all(kind in spreads for measure in column.measures for kind in measure)


def _of_one_arm(column: Column, before: Column) -> bool:
    """An SD beside its mean; an interval only where one spanner (an arm) holds both: else it is that of a difference between arms."""
    interval = any(kind in ("ci_low", "ci_high") for measure in column.measures for kind in measure)
    return not interval or bool(set(column.spanners[:-1]) & set(before.spanners[:-1]))


def _bare_limit(before: Column, column: Column) -> bool:
    """Whether a nameless limit of an interval stands right behind its estimate or the other limit."""
    limit = column.role == before.role == "effect" and not column.names and column.measures in ((("ci_low",),), (("ci_high",),))
    return limit and column.index == before.index + 1


def _beside(before: Column, column: Column) -> bool:
    """Whether a column may go on with the one before: same spanners, and no name of its own."""
    outer = set(before.spanners[:-1]) == set(column.spanners[:-1]) or not set(column.spanners[:-1]) - set(before.spanners)
    return outer and set(column.names) <= set(before.names)


def _column(panel: Panel, index: int, wide: set[int]) -> Column:
    path = panel.heads[index]
    column = Column(index, "value", spanners=tuple(id(cell) for _, cell in path if id(cell) not in wide))
    names: list[str] = []
    path = _with_doubtful_p(panel, index, path)
    for heading, cell in path:
        if id(cell) in wide and not heading.p:
            column.measures = column.measures or heading.measures
            column.context = heading.name or column.context
            continue
        if heading.measures:
            column.measures = _joined(column.measures, heading.measures)
        if heading.time:
            column.time = heading.time if not column.time else f"{column.time}, {heading.time}"
        if heading.size:
            column.size = (heading, cell)
        if heading.p:
            column.role = "p"
        if heading.contrast:
            column.contrast = heading.contrast
        if heading.name and heading.name not in names:
            names.append(heading.name)
    if names and _HETEROGENEITY.match(names[-1]):
        column.measures = ()  # heterogeneity is no share of patients
    text = " ".join(cell.text for _, cell in path)
    if column.role == "p":
        column.p_note = p_note(text)
        column.p_corrected = any(heading.p and heading.p_note and _CORRECTED.search(heading.p_note) for heading, _ in path)
    column.adjusted = True if _ADJUSTED.search(_CRUDE.sub("", text)) else False if _CRUDE.search(text) else None
    column.names = tuple(names)
    limits = _limits(path)
    if limits:
        column.role, column.measures = "effect", (_LIMITS[index - limits[1].column],)
        column.names = tuple(h.name for h, cell in path if cell.row < limits[1].row and h.name and id(cell) not in wide)
    column.total = any(heading.total for heading, cell in path if id(cell) not in wide)
    leaf = path[-1][0] if path else None
    if (
        column.role == "p"
        and leaf
        and not leaf.p
        and {kind for measure in leaf.measures for kind in measure} & {"ci_low", "statistic", "df"}
    ):
        column.role = "value"
    if column.role == "value" and not limits:
        column.role = _value_role(column, path)
    if names and column.role == "value" and not column.time and _TIMED.search(" ".join(names[:-1])) and _NUMBER.fullmatch(names[-1]):
        column.time, column.names = names[-1], tuple(names[:-1])
    return column


def _limits(path: list[tuple[Heading, Cell]]) -> tuple[Heading, Cell] | None:
    """The ``95% CI`` that spans two columns whose own heads name no statistic: the lower and the upper limit."""
    for heading, cell in path[:-1]:
        plain = path[-1][0].measures in ((), (("difference",),), (("mean",),))
        if heading.measures == (("ci_low", "ci_high"),) and not heading.name and cell.column_span == 2 and plain:
            return heading, cell
    return None


def _joined(upper: tuple[Measure, ...], lower: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """``Odds ratio`` above ``[95% CI]`` is one measure."""
    if len(upper) == 1 and upper[0] == ("difference",) and lower == (("mean",),):
        return upper  # "Difference" above "Mean" is a mean difference
    centre = len(upper) == 1 and len(upper[0]) == 1 and upper[0][0] in EFFECTS | {"mean", "median"}
    if centre and len(lower) == 1 and lower[0] in (("ci_low", "ci_high"), ("sd",), ("se",), ("q1", "q3"), ("min", "max")):
        return ((*upper[0], *lower[0]),)
    return lower


def _with_doubtful_p(panel: Panel, index: int, path: list[tuple[Heading, Cell]]) -> list[tuple[Heading, Cell]]:
    """``Balance vs. Relaxation p`` is a head of P-values where the column holds nothing else."""
    if not path or any(heading.p for heading, _ in path) or not may_be_p(path[-1][1].text):
        return path
    cells = [cell.text for row in panel.rows if (cell := panel.cell(row.index, index)) and cell.text.strip("-–— .*")]
    if cells and all(_only_p(text) for text in cells):
        return [*path[:-1], (as_p(path[-1][0]), path[-1][1])]
    return path


def _only_p(text: str) -> bool:
    reading = read_ps(text)
    return bool(reading.values) and not reading.unreadable


def _value_role(column: Column, path: list[tuple[Heading, Cell]]) -> Role:
    kinds = {kind for measure in column.measures for kind in measure}
    leaf = path[-1][0].measures if path else ()
    leaf_kinds = {kind for measure in leaf for kind in measure}
    if leaf_kinds <= {"ci_low", "ci_high", "se"} and _EFFECT_WORDS.search(" ".join(column.names)):
        column.measures = tuple(("estimate", *measure) for measure in column.measures) or (("estimate",),)
        return "effect"
    if leaf_kinds and leaf_kinds <= {"ci_low", "ci_high"} and not column.spanners[:-1]:
        if column.names and _BETWEEN_ARMS.search(column.names[-1]):
            column.measures = tuple([("difference", *measure) for measure in column.measures])
        return "effect"
    if leaf_kinds == {"mean"} and column.names and _DIFFERENCE.match(column.names[-1]):
        column.measures = (("difference",),)
        return "effect"
    if (
        len(column.measures) == 1
        and column.measures[0][0] in EFFECTS
        and column.measures[0][1:] == tuple(path[-1][0].measures[0] if leaf else ())
    ):
        return "effect"
    if leaf_kinds & EFFECTS or (kinds & EFFECTS and leaf_kinds <= {"ci_low", "ci_high", "se", "sd", "mean"}):
        return "effect"
    if leaf_kinds and leaf_kinds <= {"statistic", "df"}:
        return "statistic"
    if not leaf_kinds and column.names and _TEST_NAME.search(column.names[-1]):
        column.measures = (("statistic",),)
        return "statistic"
    return "value"


def _table_wide(panel: Panel) -> set[int]:
    """Heads that span every column of values: they speak of the table, not of an arm."""
    first = panel.heads[panel.stub :]
    wide: set[int] = set()
    for path in first:
        for _, cell in path:
            if cell.column <= panel.stub and cell.column + cell.column_span >= panel.table.n_columns and cell.column_span > 1:
                wide.add(id(cell))
    holders = Counter(key for path in first if not any(h.p for h, _ in path) for key in {id(cell) for _, cell in path})
    values = sum(not any(h.p or _is_effect(h) for h, _ in path) for path in first)
    wide |= {key for key, count in holders.items() if values > 1 and count >= values}
    return wide


def _is_effect(heading: Heading) -> bool:
    return any(kind in EFFECTS for measure in heading.measures for kind in measure)


def _has_numbers(panel: Panel, index: int) -> bool:
    return any((cell := panel.cell(row.index, index)) and is_value(cell.text) for row in panel.rows)


def is_level_name(name: str) -> bool:
    """Whether a head is a grade, a class or a yes/no, rather than an arm."""
    return bool(_LEVEL.fullmatch(name.strip()))
