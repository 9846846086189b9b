"""Runs the recomputation engine over the comparisons of the view ``comparison_rows`` and words its judgements as findings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from counterproof.kb.finding import FLAGS, Finding, Recomputation, Severity, Verdict
from counterproof.kb.numbers import p_window, read_number
from counterproof.queries.bases import column, column_bases
from counterproof.queries.intervals import RATIOS, estimate
from counterproof.queries.method_names import method_name
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import offered_bases, proportion, shown
from counterproof.queries.statistics.engine import Judgement, judge

Row = dict[str, Any]

COLUMNS = (
    "arm", "level", "n", "count", "percent", "mean", "sd", "se", "median", "q1", "q3", "min", "max", "estimate", "ci_low", "ci_high",
    "ci_level", "effect", "statistic", "df", "p", "declared", "alpha", "ordered",
)  # fmt: skip
"""What the engine reads of a row, all as printed."""

DESIGNS = {"paired": "paired_design", "matched": "paired_design", "crossover": "crossover_design", "cluster": "clustered_design"}
"""Designs whose tests cannot be redone from the arms' summaries."""

MISSING = re.compile(
    r"(?:data |values? )?(?:missing|unknown|unavailable|unspecified|undetermined|no data|n/?a$|n\.a\.|"
    r"not (?:reported|available|known|assessed|recorded|stated|specified|done|applicable))\b",
    re.IGNORECASE,
)
"""Levels of patients without a value, whom tests leave out."""

TRANSFORMED = re.compile(r"\blog(?![- ]?rank)(?:arithm\w*|[- ]?transform\w*|\b)|\bln\b|transformed|geometric mean|square[- ]root", re.I)
"""A note that says that tests were run on another scale than the values are printed on."""

BASELINE = re.compile(r"baseline|characteristics|demographic|before treatment|at entry", re.IGNORECASE)

ALLOWANCES = {"score_or_likelihood_ratio"}
"""Beside an estimate papers print the P of whichever of Wald's, the score or the likelihood test their software gives, mostly without a
word; so a P within the stated allowance of Wald's is no flag in an audit, though ``recompute`` names the other method."""

BEST_FIRST: tuple[Verdict, ...] = (
    "consistent", "other_method", "undecided", "misapplied_method", "inconsistent", "decision_error", "not_checkable", "error",
)  # fmt: skip

REASONS = {
    "no_values": "no values stand beside it",
    "no_dispersion": "no SD, SE or interval is printed",
    "rank_test_on_summaries": "a rank test needs the patients' values",
    "survival_test": "a log-rank test needs the patients' times",
    "adjusted_model": "it comes from an adjusted model",
    "arm_size_unknown": "the size of an arm is not printed",
    "paired_design": "the design is paired or matched",
    "crossover_design": "the design is crossover",
    "clustered_design": "the design is clustered",
    "statistic_unnamed": "the statistic beside it is not named",
    "inputs_inconsistent": "the numbers beside it contradict each other, which is told apart",
    "transformed_scale": "the table says that values were transformed for the tests",
    "overall_test": "it stands beside several contrasts and tests them together",
    "rank_test_plausible": "the values are skewed and no test is named; a rank test cannot be redone",
    "unreadable_p": "the P-value cannot be read",
    "trend_test": "it is a test for trend",
    "interaction_test": "it is a test for interaction",
    "pairwise_unclear": "which arms it compares is not clear",
    "within_arm_change": "it tests a change within one arm",
    "multiple_responses": "the levels overlap (several answers a patient)",
    "event_counts": "the counts are events, not patients",
    "single_arm": "there is one arm only",
    "cited_study": "it is another study's",
    "not_a_comparison": "it compares no arms",
    "arms_unclear": "which arms it compares is not clear",
}


@dataclass(frozen=True, slots=True)
class Group:
    """One comparison: its rows, one an aggregate."""

    rows: list[Row]

    @property
    def first(self) -> Row:
        """The row that carries what all share."""
        return self.rows[0]

    @property
    def key(self) -> str:
        """Identifies the comparison over all documents."""
        return f"{self.first['document_id']}:{self.first['comparison_no']}"

    @property
    def obstacle(self) -> str | None:
        """Why it cannot be recomputed, as far as the reading or the design says so."""
        if self.first["obstacle"]:
            return str(self.first["obstacle"])
        designs = (self.first.get("design") or "").split(";")
        by_design = next((DESIGNS[d] for d in designs if d in DESIGNS), None)
        if by_design and self.first["kind"] in ("counts", "means", "medians"):
            return by_design
        if self.first.get("arm_order") is None:
            return "no_values"
        unnamed = self.first["kind"] == "statistic" and not self.first.get("effect") and "," not in (self.first.get("df") or "")
        return "statistic_unnamed" if unnamed else None


def _contradicts_itself(row: Row) -> bool:
    """An estimate outside its interval, or a count with a percent that no number of patients gives: another check tells of it."""
    read = estimate(row) if row.get("ci_low") and row.get("ci_high") else None
    if read is not None:
        return read.estimate[1] < read.low[0] or read.estimate[0] > read.high[1]
    share, offered = proportion(row), offered_bases(row)
    if share is None or not offered or any(share.nearly_fits(base) for base in offered):
        return False
    run = share.bases()
    return share.informative and (run is None or run[0] > max(offered))


def shared_by_contrasts(every: list[Group]) -> set[str]:
    """The comparisons of several contrasts with one printed P: it tests the factor as a whole, not each contrast."""
    found: dict[tuple[Any, ...], list[Group]] = {}
    for group in every:
        number = read_number(group.first["p"])
        if group.first["kind"] == "effect" and number and number.comparator == "=" and number.decimals >= 2:
            scene = group.first["table_no"] if group.first["table_no"] is not None else group.first["quote"]
            about = group.first["variable"] if group.first["table_no"] is not None else None
            found.setdefault((group.first["document_id"], scene, group.first["column"], about, group.first["p"]), []).append(group)
    return {g.key for same in found.values() if len({g.first["estimate"] for g in same}) > 1 for g in same}


def groups(rows: Iterable[Row], kinds: Collection[str]) -> list[Group]:
    """The comparisons of these kinds, in the order of the rows."""
    found: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        if row["kind"] in kinds:
            found.setdefault((row["document_id"], row["comparison_no"]), []).append(row)
    return [Group(members) for members in found.values()]


def findings(rows: Iterable[Row], kinds: Collection[str], check: str, inspect_sr: str | None) -> Iterator[Finding]:
    """One finding for each comparison of these kinds: the engine's verdict, or why it cannot be recomputed."""
    rows = list(rows)
    every = groups(rows, kinds)
    shared = shared_by_contrasts(every)
    judgements = judge_groups([group for group in every if not group.obstacle and group.key not in shared], column_bases(rows))
    for group in every:
        judgement = judgements.get(group.key)
        if judgement is None:
            yield _not_checkable(group, check, inspect_sr, "overall_test" if group.key in shared else group.obstacle or "no_values")
        elif judgement.verdict in FLAGS and (doubt := _doubt(group, judgement)):
            yield _not_checkable(group, check, inspect_sr, doubt)
        else:
            yield _finding(group, judgement, check, inspect_sr)


def judge_groups(every: list[Group], bases: dict[tuple[Any, ...], int]) -> dict[str, Judgement]:
    """The best judgement of each comparison over the readings that the paper leaves open."""
    lines: list[dict[str, Any]] = []
    for group in every:
        for variant, rows in enumerate(readings(group, bases)):
            lines += [{"id": f"{group.key}#{variant}", **{c: row.get(c) for c in COLUMNS}} for row in rows]
    best: dict[str, Judgement] = {}
    if not lines:
        return best
    for judgement in judge(pd.DataFrame(lines, dtype=object)):
        key = judgement.id.rpartition("#")[0]
        if key not in best or BEST_FIRST.index(judgement.verdict) < BEST_FIRST.index(best[key].verdict):
            best[key] = judgement
    return best


def readings(group: Group, bases: dict[tuple[Any, ...], int]) -> list[list[Row]]:
    """The readings of a comparison that the paper leaves open.

    The size nearest to the numbers, the arm's, or the base that the percents of the column share; the levels with or without one for
    missing values; and the scale of an estimate that is not named (a ratio where its limits are positive, or a difference).
    """
    near = [{**row, "arm": f"{row['arm'] or ''} [{row['arm_order']}]"} for row in group.rows]
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


def _base(bases: dict[tuple[Any, ...], int], row: Row) -> str | None:
    base = bases.get(column(row))
    return str(base) if base else None


def _finding(group: Group, judgement: Judgement, check: str, inspect_sr: str | None) -> Finding:
    first = group.first
    allowed = _allowed(judgement)
    if judgement.verdict == "other_method" and allowed:
        judgement = replace(judgement, verdict="consistent", reason=allowed)
    if judgement.verdict == "not_checkable":
        return _not_checkable(group, check, inspect_sr, judgement.reason or "no_values")
    return Finding(
        document=first["document_id"],
        check=check,
        verdict=judgement.verdict,
        reason=judgement.reason,
        place=place(first),
        reported=str(first["p"]),
        recomputed=judgement.recomputed,
        chance=judgement.chance,
        severity=_severity(judgement),
        changes_conclusion=judgement.changes_conclusion,
        message=_message(group, judgement),
        inputs=tuple(_input(row) for row in group.rows),
        comparison=first["comparison_no"],
        confidence=min(row["confidence"] for row in group.rows),
        inspect_sr=inspect_sr,
    )


def _doubt(group: Group, judgement: Judgement) -> str | None:
    """A reason why a P that no test of summaries gives may be right all the same.

    The numbers beside it contradict each other (then another check tells of it), the table says that values were transformed for the
    tests, or no test is named and the paper declares a model or prints skewed values.

    Skewed are positive values whose SD is more than half their mean (Altman & Bland, BMJ 1996;313:1200).
    """
    first = group.first
    if any(_contradicts_itself(row) for row in group.rows):
        return "inputs_inconsistent"
    if first["kind"] in ("means", "effect") and TRANSFORMED.search(first["table_notes"] or ""):
        return "transformed_scale"
    if first["kind"] not in ("counts", "means") or first["declared"]:
        return None
    if first["models"] and not BASELINE.search(first["table_caption"] or ""):
        return "adjusted_model"
    skewed = any(_skewed(row) for row in group.rows)
    return "rank_test_plausible" if skewed and judgement.verdict != "decision_error" else None


def _skewed(row: Row) -> bool:
    mean, sd = (read_number(row[name]) if row.get(name) else None for name in ("mean", "sd"))
    return bool(mean and sd and mean.value and sd.value and 0 < mean.value < 2 * sd.value)


def _allowed(judgement: Judgement) -> str | None:
    """Why a P that no method gives as printed is no flag all the same: within an allowance, or cut off instead of rounded."""
    met = _attaining(judgement)
    if met and {r.method for r in met} <= ALLOWANCES:
        return "within the allowance for score and likelihood tests"
    cut = _attaining(judgement, cut=True)
    if not met and any(r.role in ("declared", "standard") for r in cut):
        return "the P-value is cut off, not rounded"
    return None


def _attaining(judgement: Judgement, *, cut: bool = False) -> list[Recomputation]:
    """The recomputations whose sets meet the printed P, as rounded or as cut off."""
    number = read_number(judgement.reported)
    if number is None or number.value is None:
        return []
    low, high = p_window(number, alpha=judgement.alpha, truncated=cut)
    return [r for r in judgement.recomputed if any(a <= high + 1e-9 and b >= low - 1e-9 for a, b in r.intervals)]


def _not_checkable(group: Group, check: str, inspect_sr: str | None, reason: str) -> Finding:
    first = group.first
    return Finding(
        document=first["document_id"],
        check=check,
        verdict="not_checkable",
        reason=reason,
        place=place(first),
        reported=str(first["p"]),
        message=f"{_about(group)}not recomputed: {REASONS.get(reason, reason.replace('_', ' '))}.",
        inputs=tuple(_input(row) for row in group.rows if row.get("arm_order") is not None),
        comparison=first["comparison_no"],
        confidence=min(row["confidence"] for row in group.rows),
        inspect_sr=inspect_sr,
    )


def _severity(judgement: Judgement) -> Severity:
    if judgement.verdict not in FLAGS:
        return "low"
    if judgement.changes_conclusion or judgement.verdict == "decision_error":
        return "high"
    return "low" if judgement.verdict == "other_method" else "medium"


def _about(group: Group) -> str:
    what = group.first.get("variable") or subject({**group.first, "arm": None})
    return f"{what}: " if what else ""


def _message(group: Group, judgement: Judgement) -> str:
    printed = f"{_about(group)}P printed as {group.first['p']}"
    strict = [r for r in judgement.recomputed if r.role == "declared"] or [r for r in judgement.recomputed if r.role == "standard"]
    said = "declared" if any(r.role == "declared" for r in strict) else "standard"
    allowed = f"the {said} tests allow {listing(strict, _decimals(str(group.first['p'])))}" if strict else "no test can be computed"
    if judgement.verdict == "consistent":
        return f"{printed}: attainable; {allowed}."
    given = list(dict.fromkeys(method_name(r.method) for r in _attaining(judgement) or _attaining(judgement, cut=True)))
    attaining = f"{' or '.join(given[:2])}{' or others' if len(given) > 2 else ''}"
    gives = f" {attaining} gives it." if given else _null_value(group.first)
    ends = {
        "decision_error": f"{printed}, but {allowed}: on the other side of {judgement.alpha:g}.{gives}",
        "inconsistent": f"{printed}, but {allowed}; no method tried gives it.",
        "misapplied_method": f"{printed}, but {allowed}; only {attaining} gives it, which does not apply here.",
        "other_method": f"{printed}; {allowed}. What gives it is {attaining}.",
        "undecided": f"{printed}: not decided ({judgement.reason or 'a computation was capped'}).",
    }
    return ends.get(judgement.verdict, f"{printed}: {judgement.reason or judgement.verdict}")


def _null_value(row: Row) -> str:
    """Whether an interval holds the value of no effect, which a reader sees at once."""
    read = estimate(row) if row.get("ci_low") and row.get("ci_high") else None
    if read is None or row.get("effect") not in (*RATIOS, "difference", "coefficient"):
        return ""
    null = 1 if row["effect"] in RATIOS else 0
    verb = "holds" if read.low[0] <= null <= read.high[1] else "leaves out"
    return f" The interval {row['ci_low']} to {row['ci_high']} {verb} {null}."


def listing(recomputed: Iterable[Recomputation], decimals: int = 3, most: int = 4) -> str:
    """Methods with what they allow, in words, to so many decimals; equal sets share an entry."""
    by_set: dict[str, list[str]] = {}
    for one in recomputed:
        by_set.setdefault(shown_set(one.intervals, decimals), []).append(method_name(one.method))
    parts = [f"{values} ({', '.join(methods[:3])}{' …' if len(methods) > 3 else ''})" for values, methods in by_set.items()]
    return "; ".join(parts[:most]) + ("; …" if len(parts) > most else "")


def shown_set(intervals: Iterable[tuple[float, float]], decimals: int = 3) -> str:
    """An attainable set in words: ``0.012``, ``0.010 to 0.014``, ``<0.001``; at most three stretches are told."""
    shown = []
    for low, high in intervals:
        a, b = shown_p(low, decimals), shown_p(high, decimals)
        shown.append(a if a == b else f"{a} to {b}")
    every = list(dict.fromkeys(shown))
    return " or ".join(every[:3]) + (" …" if len(every) > 3 else "") or "nothing"


def shown_p(p: float, decimals: int = 3) -> str:
    """A P-value to so many decimals, small ones as ``<0.001`` (or as ``1.2e-07``, where more than five decimals are asked for)."""
    if p < 10.0**-decimals and decimals > 5:
        return f"{p:.1e}"
    return f"<{10.0**-decimals:.{decimals}f}" if p < 10.0**-decimals else f"{p:.{decimals}f}"


def _decimals(printed: str) -> int:
    """One decimal more than is printed, so that a reader sees why the printed digits are not met; three to six."""
    return min(6, max(3, 1 + len(printed.strip().rpartition(".")[2]) if "." in printed else 3))


def _input(row: Row) -> str:
    """One aggregate as printed: ``Early failure group, cT2: 1 (14.3%) of 7``."""
    place = ", ".join(str(v) for v in (row.get("arm"), row.get("level"), row.get("timepoint")) if v)
    values = []
    if row.get("count") is not None:
        values.append(shown(row))
    elif row.get("percent") is not None:
        values.append(f"{row['percent'].rstrip('% ')}%")
    for name in ("mean", "sd", "se", "median"):
        if row.get(name) is not None:
            values.append(f"{name} {row[name]}")
    if row.get("q1") is not None:
        values.append(f"quartiles {row['q1']} and {row['q3']}")
    if row.get("estimate") is not None:
        interval = f" ({row['ci_low']} to {row['ci_high']})" if row.get("ci_low") is not None else ""
        values.append(f"{row['effect']} {row['estimate']}{interval}")
    if row.get("statistic") is not None:
        values.append(f"statistic {row['statistic']}" + (f" with df {row['df']}" if row.get("df") else ""))
    if row.get("n") is not None:
        values.append(f"n = {row['n']}")
    return f"{place}: {', '.join(values)}" if place else ", ".join(values)
