"""One P-value and its aggregates as a comparison: kind, members in order, obstacle."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from counterproof.extract.facts import Facts
from counterproof.extract.methods.names import TESTS
from counterproof.extract.tables.columns import says_change
from counterproof.extract.tables.factors import are_levels
from counterproof.extract.tables.notes import marked_notes
from counterproof.extract.tables.reading import Given, PanelReading
from counterproof.extract.tables.scope import Scope
from counterproof.kb.evidence import Comparison, ComparisonKind, Member, Obstacle

_EFFECTS = {"hr", "or", "rr", "difference", "coefficient", "correlation", "estimate"}
_SURVIVAL = re.compile(
    r"\b(?:overall|progression[- ]free|disease[- ]free|relapse[- ]free|recurrence[- ]free|event[- ]free|\d+-year|median) survival\b|"
    r"\b(?:OS|PFS|DFS|RFS|EFS)\b|\btime to (?:event|progression|death|recurrence)\b|\blog-?rank\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(?:stages?|grades?|scores?|class(?:ification)?|categor(?:y|ies) of age|age (?:group|categor)|degree|severity|level of|performance|"
    r"ECOG|ASA|NYHA|Child|TNM|tumou?r category|[cpy]{0,2}[TN] (?:stage|category)|education|quartile|tertile)",
    re.IGNORECASE,
)
_TREND = re.compile(r"\btrend\b", re.IGNORECASE)
_WITHIN = re.compile(r"paired|matched|within|intra")
_MODEL = re.compile(r"(?<!un)adj|correct|varia|regression")
_STEP = re.compile(r"^\W*(?:[A-Za-z]{0,6}\s?)?(?:\d|[IV]{1,3}\b)|^\W*[<>≤≥]")
_SHORT_NOTE = 120
"""Characters of notes that name one thing, such as a test."""
_REST = re.compile(r"unknown|missing|other|not ", re.IGNORECASE)


def build(
    facts: Facts, reading: PanelReading, p: int, scope: Scope, given: list[Given], variable: str | None, doubt: str | None
) -> Comparison:
    """The comparison of a P-value with the aggregates that it was found to speak of."""
    numbers = reading.numbers
    given = [g for g in given if numbers[g.aggregate].keys() - {"n"}]
    kind = _kind(given, numbers, scope, f"{variable or ''} {scope.method_text}")
    given = _of_kind(given, numbers, kind)
    confidence = 1.0
    grown = scope.obstacle == "within_arm_change" and bool(given) and _grown(facts, given)
    change = _own_change(given, numbers)
    kind = "effect" if change else kind
    factor = kind == "means" and are_levels(facts, reading, given)
    members = _members(given, effect=kind == "effect", grown=grown, factor=factor)
    arms = {member.arm_order for member in members}
    if grown:
        confidence = 0.75
    obstacle = _obstacle(facts, kind, given, numbers, len(arms), scope, factor=factor) if not change else None
    if scope.effect and kind in ("means", "medians", "unknown") and given:
        obstacle = "adjusted_model" if "adjust" in scope.note else "no_values"
    stronger = ("within_arm_change", "trend_test", "interaction_test", "margin_test", "survival_test")
    if scope.obstacle and not grown and not change and not factor and obstacle not in stronger:
        obstacle = scope.obstacle
    own = _row_notes(facts, reading, p)
    if obstacle is None and len(own) < _SHORT_NOTE and _TREND.search(own) and not _tests(own):
        obstacle = "trend_test"
    if doubt and not (factor and doubt == "arms_unclear"):
        obstacle = doubt
    if facts.evidence[p].number.value is None and facts.evidence[p].number.text[:1].lower() != "n":
        obstacle = "unreadable_p"
    if kind in ("counts", "means") and any(_borrowed(facts, g, reading.panel.table.index) for g in given):
        confidence = min(confidence, 0.75)
    if not members and obstacle in (None, "single_arm"):
        obstacle = "no_values"
    levels = list(dict.fromkeys(facts.aggregates[m.aggregate].level or "" for m in members))
    return Comparison(
        kind,
        p,
        members,
        variable,
        _ordered(variable, levels),
        _method(facts, reading, p, scope, kind, own),
        cast("Obstacle | None", obstacle),
        confidence,
    )


def _kind(given: list[Given], numbers: dict[int, dict[str, float]], scope: Scope, text: str) -> ComparisonKind:
    kinds = [numbers[g.aggregate].keys() for g in given]
    if scope.effect and all(k & _EFFECTS for k in kinds):
        return "effect"
    if not kinds:
        return "unknown"
    if all("statistic" in k for k in kinds):
        return "statistic"
    if _SURVIVAL.search(text) and any("median" in k or ("percent" in k and "count" not in k) for k in kinds):
        return "survival"
    if all("count" in k or "percent" in k for k in kinds):
        return "counts"
    means, medians = sum("mean" in k for k in kinds), sum("median" in k for k in kinds)
    if means and (means == len(kinds) or medians < len(kinds)):
        return "means"
    return "medians" if medians else "unknown"


def _own_change(given: list[Given], numbers: dict[int, dict[str, float]]) -> bool:
    """Whether the one aggregate beside a P-value is the mean change of an arm with its dispersion: it is tested against none."""
    if len(given) != 1 or not says_change(given[0].slot.time):
        return False
    kinds = set(numbers[given[0].aggregate])
    return "mean" in kinds and bool({"sd", "se"} & kinds)


def _of_kind(given: list[Given], numbers: dict[int, dict[str, float]], kind: ComparisonKind) -> list[Given]:
    """Of a variable told in several ways (mean and median rows), the aggregates of the kind that is compared."""
    key = {"means": "mean", "medians": "median"}.get(kind)
    return [g for g in given if key in numbers[g.aggregate]] if key else given


def _members(given: list[Given], *, effect: bool, grown: bool, factor: bool) -> tuple[Member, ...]:
    if factor:
        return tuple(Member(g.aggregate, order, 0) for order, g in enumerate(given))
    if effect:
        return tuple(Member(g.aggregate, 0, order) for order, g in enumerate(given))
    arms: dict[tuple[str | None, str], int] = {}
    levels: dict[tuple[int, str | None], int] = {}
    return tuple(
        [Member(g.aggregate, arms.setdefault(_arm(g, grown), len(arms)), levels.setdefault(_level(g), len(levels))) for g in given]
    )


def _arm(given: Given, grown: bool) -> tuple[str | None, str]:
    if grown:
        return given.arm, given.slot.time or ""
    return given.arm, given.slot.context if given.arm is None else ""


def _grown(facts: Facts, given: list[Given]) -> bool:
    """Whether an arm's size grows from one time to the next: then other people were seen, and the times compare like arms."""
    sizes: dict[str | None, float] = {}
    for g in given:
        bases = facts.aggregates[g.aggregate].bases
        sizes.setdefault(g.slot.time, (facts.evidence[bases[0]].number.value or 0.0) if bases else 0.0)
    first, *later = sizes.values()
    return len({g.arm for g in given}) == 1 and bool(later) and first > 0 and all(size > 1.02 * first for size in later)


def _level(given: Given) -> tuple[int, str | None]:
    """Levels stand in rows, or in columns (grades); arms in rows share their levels."""
    return (0 if given.arm and not given.slot.arm else given.row), given.level


def _obstacle(
    facts: Facts, kind: ComparisonKind, given: list[Given], numbers: dict[int, dict[str, float]], arms: int, scope: Scope, *, factor: bool
) -> str | None:
    for word, obstacle in (
        ("trend", "trend_test"),
        ("inter", "interaction_test"),
        ("×", "interaction_test"),
        ("hetero", "interaction_test"),
        ("homogen", "interaction_test"),
        ("inferior", "margin_test"),
        ("equivalen", "margin_test"),
        ("time effect", "within_arm_change"),
        ("linear", "trend_test"),
    ):
        if word in scope.note and "intra" not in scope.note:
            return obstacle
    if _WITHIN.search(scope.note):
        return "within_arm_change"
    if not given:
        return "no_values"
    if kind != "effect" and _MODEL.search(scope.note):
        return "adjusted_model"
    if kind == "effect" and scope.corrected and not any("adjusted" in g.slot.context for g in given):
        return "corrected_p" if "correct" in scope.note else "adjusted_model"
    if kind == "effect":
        if any({"ci_low", "se"} & set(numbers[g.aggregate]) for g in given):
            return None
        told = [g for g in given if "correlation" in numbers[g.aggregate] and _sized(facts, g, numbers[g.aggregate])]
        return None if told else "no_dispersion"  # a correlation needs no more than the number of pairs
    if kind == "statistic":
        return None
    if factor and all({"sd", "se"} & set(numbers[g.aggregate]) for g in given):
        return None
    if all(g.arm is None for g in given):
        return "arms_unclear"
    if arms < 2:
        return "single_arm"
    if any(method.kind == "design" and method.name == "crossover" for method in facts.methods):
        return "crossover_design"
    if all(_PHASE.match(g.arm or "") for g in given) and _same_size(facts, given):
        return "paired_design"
    if kind == "survival":
        return "survival_test"
    if kind in ("means", "medians") and len({_level(g) for g in given}) > 1:
        return "arms_unclear"
    if kind == "medians":
        return "rank_test_on_summaries"
    if kind == "means" and not all({"sd", "se"} & set(numbers[g.aggregate]) for g in given):
        return "no_dispersion"
    partitions = {facts.aggregates[g.aggregate].partition for g in given}
    filled = kind == "counts" and partitions == {True}  # levels that divide the arm add up to its size
    if kind in ("means", "counts") and not filled and not all(_sized(facts, g, numbers[g.aggregate]) for g in given):
        return "arm_size_unknown"
    if kind == "counts" and False in partitions and len({g.row for g in given}) > 1:
        return "multiple_responses"
    if kind == "counts" and _events(facts, given, numbers):
        return "event_counts"
    if kind == "unknown":
        return "no_dispersion" if all(set(numbers[g.aggregate]) <= {"value", "n"} for g in given) else "no_values"
    return None


_PHASE = re.compile(r"(?:before|after|pre|post|baseline|follow-?up|week|month|day|visit)\b|(?:pre|post)-?\w", re.IGNORECASE)
"""Columns named by time are the same people seen again, unless their numbers differ."""


def _same_size(facts: Facts, given: list[Given]) -> bool:
    sizes = {facts.evidence[facts.aggregates[g.aggregate].bases[0]].number.value for g in given if facts.aggregates[g.aggregate].bases}
    return len(sizes) < 2


def _borrowed(facts: Facts, given: Given, table: int) -> bool:
    """Whether the size stands in another table or in the text: there it may be of other people (randomised, not analysed)."""
    bases = facts.aggregates[given.aggregate].bases
    return bool(bases) and facts.evidence[bases[0]].table != table


def _sized(facts: Facts, given: Given, numbers: dict[str, float]) -> bool:
    return bool(facts.aggregates[given.aggregate].bases) or "n" in numbers or {"count", "percent"} <= set(numbers)


def _events(facts: Facts, given: list[Given], numbers: dict[int, dict[str, float]]) -> bool:
    """Counts above every size on offer are counts of events, not of patients."""
    for g in given:
        bases = [facts.evidence[i].number.value or 0.0 for i in facts.aggregates[g.aggregate].bases]
        if bases and numbers[g.aggregate].get("count", 0.0) > max(bases):
            return True
    return False


def _ordered(variable: str | None, levels: list[str]) -> bool | None:
    named = [level for level in levels if level and not _REST.match(level)]
    if len(named) < 2:
        return None
    if variable and _ORDERED.search(variable):
        return True
    return True if len(named) > 2 and all(_STEP.match(level) for level in named) else None


def _method(facts: Facts, reading: PanelReading, p: int, scope: Scope, kind: ComparisonKind, own: str) -> str | None:
    """The test that is named nearest to a P-value; None where several are named in one place.

    By a note marked on its row or itself, by the head of its column, by a note marked on that head; where no note of this table explains
    the head's mark, by the one test that notes of other tables with that mark name (not for counts: the notes speak of other rows).
    ``own`` are the notes that are marked on its row or on itself.
    """
    row, column, panel = facts.evidence[p].row, facts.evidence[p].column, reading.panel
    elsewhere = "" if kind == "counts" else _elsewhere(facts, reading, column)
    for text in (own, scope.method_text, " ".join(marked_notes(panel, row, column)), elsewhere):
        named = _tests(text) if text else ()
        if len(named) == 1:
            return next(iter(named))
    return None


@lru_cache(maxsize=1024)
def _tests(text: str) -> frozenset[str]:
    """The tests that a head or a note names; each P-value below the head asks for them."""
    return frozenset(name for name, _ in TESTS.named(text))


def _row_notes(facts: Facts, reading: PanelReading, p: int) -> str:
    """The notes marked on a P-value's row label or on itself, apart from those of its column's head."""
    row, column = facts.evidence[p].row, facts.evidence[p].column
    heads = marked_notes(reading.panel, None, column)
    return " ".join(text for text in marked_notes(reading.panel, row, column) if text not in heads)


def _elsewhere(facts: Facts, reading: PanelReading, column: int | None) -> str:
    """What notes of other tables say for the marks of a head that no note of this table explains."""
    if column is None:
        return ""
    table = reading.panel.table
    marks = {mark for _, cell in reading.panel.heads[column] for mark in cell.marks} - {note.mark for note in table.footnotes}
    return " ".join(note.text for other in facts.document.tables for note in other.footnotes if note.mark in marks)
