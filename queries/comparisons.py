"""The comparisons of the view ``comparison_rows``, and the engine run over every reading of them that a paper leaves open."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from counterproof.kb.finding import Verdict
from counterproof.queries.bases import column
from counterproof.queries.correlations import of_few
from counterproof.queries.proportions import whole
from counterproof.queries.statistics.engine import Judgement, judge

Row = dict[str, Any]

ALL_KINDS = ("counts", "means", "medians", "effect", "statistic", "survival", "unknown")

COLUMNS = (
    "arm", "level", "n", "count", "percent", "mean", "sd", "se", "median", "q1", "q3", "min", "max", "estimate", "ci_low", "ci_high",
    "ci_level", "effect", "statistic", "df", "p", "declared", "alpha", "ordered",
)  # fmt: skip
"""What the engine reads of a row, all as printed."""


_cells = itemgetter(*COLUMNS)

DESIGNS = {"paired": "paired_design", "matched": "paired_design", "crossover": "crossover_design", "cluster": "clustered_design"}
"""Designs whose tests cannot be redone from the arms' summaries."""


INDEPENDENT = {"means": {"welch_t", "anova"}, "counts": {"chi_squared", "fisher", "yates"}}
"""Tests of independent arms: where a note names one for this very P-value, the design of other analyses does not matter."""


MISSING = re.compile(
    r"(?:data |values? )?(?:missing|unknown|unavailable|unspecified|undetermined|no data|n/?a$|n\.a\.|"
    r"not (?:reported|available|known|assessed|recorded|stated|specified|done|applicable))\b",
    re.IGNORECASE,
)
"""Levels of patients without a value, whom tests leave out."""


BEST_FIRST: tuple[Verdict, ...] = (
    "consistent", "other_method", "undecided", "misapplied_method", "inconsistent", "decision_error", "not_checkable", "error",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One comparison: its rows, one an aggregate."""

    rows: list[Row]

    @cached_property
    def first(self) -> Row:
        """The row that carries what all share."""
        return self.rows[0]

    @cached_property
    def key(self) -> str:
        """Identifies the comparison over all documents."""
        return f"{self.first['document_id']}:{self.first['comparison_no']}"

    def _independent(self, designs: Collection[str]) -> bool:
        """Whether this P-value compares independent arms, whatever else the paper pairs.

        A note names such a test for it; or the arms differ in size and so cannot be the same people twice.
        """
        method = self.first.get("method")
        if method in INDEPENDENT.get(self.first["kind"], ()):
            return True
        sizes = {row["arm_order"]: row.get("arm_n") for row in self.rows}
        apart = len(sizes) > 1 and all(sizes.values()) and len(set(sizes.values())) == len(sizes)
        return apart and (set(designs) == {"paired"} or method in ("student_t", "t_test"))

    @cached_property
    def design(self) -> str | None:
        """The design for which tests of independent people do not hold, if the paper tells of one and this P-value may be of it."""
        if self.first["kind"] not in ("counts", "means", "medians"):
            return None
        designs = (self.first.get("design") or "").split(";")
        found = next((DESIGNS[d] for d in designs if d in DESIGNS), None)
        apart = found in ("paired_design", "crossover_design") and self._independent(set(designs) & set(DESIGNS))
        return None if apart else found

    @cached_property
    def obstacle(self) -> str | None:
        """Why it cannot be recomputed, as far as the reading says so."""
        if self.first["obstacle"]:
            return str(self.first["obstacle"])
        if self.first.get("arm_order") is None:
            return "no_values"
        if of_few(self.first):
            return "rank_test_on_summaries"
        unnamed = self.first["kind"] == "statistic" and not self.first.get("effect") and "," not in (self.first.get("df") or "")
        return "statistic_unnamed" if unnamed else None


def _in_figures(row: Row) -> Row:
    """A count that is written in words as the engine reads it."""
    count = row.get("count")
    return {**row, "count": str(found) if (found := whole(count)) is not None else count} if count and count[0].isalpha() else row


def _as_estimate(row: Row) -> Row:
    """The mean change of one arm, which is tested against none, as the difference that the engine takes."""
    if row["kind"] != "effect" or row.get("estimate") or not row.get("mean"):
        return row
    return {**row, "estimate": row["mean"], "mean": None, "effect": "difference"}


def groups(rows: Iterable[Row], kinds: Collection[str]) -> list[Group]:
    """The comparisons of these kinds, in the order of the rows."""
    found: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        if row["kind"] in kinds:
            found.setdefault((row["document_id"], row["comparison_no"]), []).append(row)
    return [Group(members) for members in found.values()]


def judge_groups(every: list[Group], bases: dict[tuple[Any, ...], int]) -> dict[str, Judgement]:
    """The best judgement of each comparison over the readings that the paper leaves open."""
    best: dict[str, Judgement] = {}
    for judgement in judge(as_columns((f"{g.key}#{number}", rows) for g in every for number, rows in enumerate(readings(g, bases)))):
        key = judgement.id.rpartition("#")[0]
        if key not in best or BEST_FIRST.index(judgement.verdict) < BEST_FIRST.index(best[key].verdict):
            best[key] = judgement
    return best


def as_columns(comparisons: Iterable[tuple[str, Iterable[Row]]]) -> dict[str, list[Any]]:
    """The rows of comparisons, each with its id, as the columns that the engine reads."""
    lines = [(id, row) for id, rows in comparisons for row in rows]
    columns = zip(*(_cells(row) for _, row in lines), strict=True) if lines else ([] for _ in COLUMNS)
    return {"id": [id for id, _ in lines]} | {name: list(cells) for name, cells in zip(COLUMNS, columns, strict=True)}


def readings(group: Group, bases: dict[tuple[Any, ...], int]) -> list[list[Row]]:
    """The readings of a comparison that the paper leaves open.

    The size nearest to the numbers, the arm's, or the base that the percents of the column share; the levels with or without one for
    missing values; and the scale of an estimate that is not named (a ratio where its limits are positive, or a difference).
    """
    near = [{**_as_estimate(_in_figures(row)), "arm": f"{row['arm'] or ''} [{row['arm_order']}]"} for row in group.rows]
    far = [{**row, "n": row.get("arm_n") or row.get("n")} for row in near]
    shared = [
        {**row, "n": str(base) if base else row.get("n")}
        for row, base in zip(near, (bases.get(column(r)) for r in group.rows), strict=True)
    ]
    found = [near, *(rows for rows in (far, shared) if rows != near)]
    known = [row for row in near if not MISSING.match(row.get("level") or "")]
    if known != near and len({row["level"] for row in known}) >= 2:
        found.append([{**row, "n": None} for row in known])
    if any(row.get("effect") == "estimate" for row in group.rows):
        return [[{**row, "effect": scale} for row in rows] for rows in found for scale in ("rr", "difference")]
    return found
