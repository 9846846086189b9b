"""Why a P-value is not recomputed, told as closely as the rows beside it show.

The engine knows that it could compute nothing, or that no declared test suits the data; what is missing, or of which arms the paper's
paired tests cannot be, the rows tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from counterproof.kb.numbers import read_number
from counterproof.queries.comparisons import Group
from counterproof.queries.proportions import whole
from counterproof.queries.statistics import declared as declarations

Row = dict[str, Any]

VALUES = ("count", "percent", "mean", "median", "estimate", "statistic")
CORRELATIONS = frozenset({"r", "rs", "rho", "correlation", "pearson", "spearman"})
OF_TIMES = re.compile(
    r"surviv|\bfree\b|-free|relapse|recurren|progress|mortal|death|kaplan|log[- ]?rank|cumulative|actuarial|\b(?:PFS|OS|DFS|RFS|EFS)\b",
    re.IGNORECASE,
)
"""Words of an outcome that is followed over time."""

FEW = 0.02
"""By no more than this share (or by one) a size that is not right falls short of the sum of its levels; patients of several go further."""

OF_MORE_ARMS = frozenset({"friedman", "cochran_q", "repeated_anova"})
"""Paired tests that compare three conditions or more."""


def true_reason(group: Group, reason: str) -> str:
    """The reason that the rows bear out, or the one given."""
    refine = _REFINED.get(reason)
    return refine(group) if refine else reason


def _missing(group: Group) -> str:
    """What is missing beside a P-value that has some values beside it."""
    told = [row for row in group.rows if any(row[name] for name in VALUES)]
    if not told or group.first.get("arm_order") is None:
        return "no_values"
    first = told[0]
    if first["estimate"] or first["statistic"]:
        return _missing_of_one(group, first)
    return "one_arm_found" if len({row["arm_order"] for row in told}) == 1 else "values_unclear"


def _missing_of_one(group: Group, row: Row) -> str:
    """What is missing beside an estimate or a statistic."""
    if str(row["effect"] or "").lower() in CORRELATIONS:
        return "values_unclear" if row["n"] or row["df"] else "pairs_unknown"
    if row["statistic"]:
        degrees = len(re.findall(r"\d+", row["df"] or ""))
        return "values_unclear" if degrees >= (2 if str(row["effect"]).lower() == "f" else 1) else "df_unknown"
    if not (row["ci_low"] and row["ci_high"]):
        return "values_unclear" if row["se"] or row["sd"] else "no_interval"
    limits = [read_number(row[name]) for name in ("ci_low", "ci_high")]
    if not all(limit and limit.value is not None and limit.comparator == "=" for limit in limits):
        return "interval_open"
    return "other_test_named" if group.first["declared"] else "values_unclear"


def _unpaired(group: Group) -> str:
    """Of arms that cannot be pairs the paired tests that a paper declares are not: what stands in the way of the others it names."""
    declared = declarations.names(str(group.first["declared"] or ""))
    if group.design or not _apart(group, declared):
        return "paired_design"
    if "repeated_anova" in declared:
        return "model_plausible"
    others = declared - declarations.PAIRED - declarations.BESIDE
    return declarations.obstacle(others, str(group.first["kind"])) or "test_unnamed"


def _apart(group: Group, declared: frozenset[str]) -> bool:
    """Whether the arms differ in size, or are those of a randomised trial: with tests of its arms too, or more than the tests pair."""
    sizes = {row["arm_order"]: row.get("arm_n") for row in group.rows}
    if len(sizes) > 1 and all(sizes.values()) and len(set(sizes.values())) > 1:
        return True
    if "randomised" not in str(group.first.get("design") or "").split(";"):
        return False
    return bool(declared - declarations.PAIRED - declarations.BESIDE) or (len(sizes) > 2 and not declared & OF_MORE_ARMS)


def _of_times(group: Group) -> str:
    """Percents with intervals are of times only where something says so; else what they were compared by is not told."""
    row = group.first
    if not all(one["percent"] or (one["estimate"] and one["effect"] == "rate") for one in group.rows):
        return "survival_test"
    said = " ".join(str(row[name] or "") for name in ("variable", "quote", "timepoint", "table_caption", "declared"))
    return "survival_test" if OF_TIMES.search(said) else "rates_with_intervals"


def _over(group: Group) -> str:
    """Whether levels overlap, or add up to so few more patients than the arm has that its size or a count is not right."""
    sums: dict[Any, list[int]] = {}
    for row in group.rows:
        sums.setdefault((row["arm_order"], row["n"]), []).append(whole(row["count"]) or 0)
    over = [(sum(counts), size) for (_, n), counts in sums.items() if (size := whole(n)) and sum(counts) > size]
    slight = bool(over) and all(total - size <= max(1, FEW * size) for total, size in over)
    return "size_short" if slight else "multiple_responses"


_REFINED: dict[str, Callable[[Group], str]] = {
    "no_values": _missing,
    "paired_design": _unpaired,
    "survival_test": _of_times,
    "multiple_responses": _over,
}
