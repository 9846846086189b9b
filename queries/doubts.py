"""Why a P-value that no test of the printed summaries gives may be right all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from counterproof.kb.finding import Recomputation
from counterproof.kb.numbers import p_window, read_number
from counterproof.queries.comparisons import Group
from counterproof.queries.correlations import between_approximations, pairs_assumed
from counterproof.queries.intervals import RATIOS, estimate, even, plain_scale_p
from counterproof.queries.multiplicity import may_be_raised
from counterproof.queries.proportions import offered_bases, proportion
from counterproof.queries.sphericity import corrected
from counterproof.queries.statistics.engine import TRUNCATED, Judgement

Row = dict[str, Any]

TRANSFORMED = re.compile(r"\blog(?![- ]?rank)(?:arithm\w*|[- ]?transform\w*|\b)|\bln\b|transformed|geometric mean|square[- ]root", re.I)
"""A note that says that tests were run on another scale than the values are printed on."""


UNIVARIATE = re.compile(r"\b(?:uni|bi)-?varia(?:te|ble)\b", re.IGNORECASE)
"""A table of a model's single factors: its P-values are the model's, though counts or means stand beside them."""

SURE = 0.8
"""A sentence read with less confidence than this (arms or sizes not named in it) is not held against its P-value. A table is, since
its extract can be looked at, and the flag says to check the extraction first."""

BASELINE = re.compile(r"baseline|characteristics|demographic|before treatment|at entry", re.IGNORECASE)


CONTRASTS = re.compile(
    r"\bI\s?[-−–]\s?J\b|post[- ]hoc|multiple comparisons|pairwise|\b(?:bonferroni|tukey|scheff[eé]|sidak|games[- ]howell)\b", re.I
)
"""A table of contrasts among several arms, whose P-values and intervals are widened in ways of their own."""


SIGNED = {"wilcoxon_signed_rank", "friedman", "sign_test"}
"""Tests of a change by ranks."""


ALLOWANCES = {"score_or_likelihood_ratio"}
"""Beside an estimate papers print the P of whichever of Wald's, the score or the likelihood test their software gives, mostly without a
word; so a P within the stated allowance of Wald's is no flag in an audit, though ``recompute`` names the other method."""


def _contradicts_itself(row: Row) -> bool:
    """An estimate outside its interval, or a count with a percent that no number of patients gives: another check tells of it."""
    read = estimate(row) if row.get("ci_low") and row.get("ci_high") else None
    if read is not None:
        return read.estimate[1] < read.low[0] or read.estimate[0] > read.high[1]
    share, offered = proportion(row), offered_bases(row)
    if share is None or not share.informative or any(share.nearly_fits(base) for base in offered):
        return False
    run = share.bases()
    return run is None or bool(offered and run[0] > max(offered))


SHOWN = ("arm_order", "arm", "level", "timepoint", "n", "count", "percent", "mean", "sd", "se")
"""What tells the values of one comparison from those of another."""

LEAST = 0.001
"""P-values as small as this are printed alike for whatever is beyond doubt."""


def of_same_values(every: Iterable[Group]) -> set[str]:
    """The comparisons (by key) of a table's row that have different P-values beside the very same values: which tests them is not told."""
    found: dict[tuple[Any, ...], list[Group]] = {}
    for group in every:
        first = group.first
        if first["table_no"] is not None and first["kind"] in ("counts", "means") and not group.obstacle:
            values = tuple(tuple(row[name] for name in SHOWN) for row in group.rows)
            found.setdefault((first["document_id"], first["table_no"], first["row"], values), []).append(group)
    return {group.key for same in found.values() if len({group.first["p"] for group in same}) > 1 for group in same}


def shared_by_contrasts(every: list[Group]) -> set[str]:
    """The comparisons of several contrasts with one printed P, once or beside each: it tests the factor as a whole, not each contrast."""
    found: dict[tuple[Any, ...], list[Group]] = {}
    for group in every:
        number = read_number(group.first["p"])
        if group.first["kind"] == "effect" and number and number.comparator == "=" and number.decimals >= 2 and (number.value or 0) > LEAST:
            scene = group.first["table_no"] if group.first["table_no"] is not None else group.first["quote"]
            about = group.first["variable"] if group.first["table_no"] is not None else None
            found.setdefault((group.first["document_id"], scene, group.first["column"], about, group.first["p"]), []).append(group)
    repeated = {g.key for same in found.values() if len({g.first["estimate"] for g in same}) > 1 for g in same}
    return repeated | {g.key for g in every if g.first["kind"] == "effect" and not g.obstacle and _of_several(g)}


def _of_several(group: Group) -> bool:
    """Whether estimates of several levels stand beside one P."""
    return len({(row["member_variable"], row["level"]) for row in group.rows if row["estimate"]}) > 1


def doubt(group: Group, judgement: Judgement) -> str | None:
    """A reason why a P that no test of summaries gives may be right all the same.

    The numbers beside it contradict each other (then another check tells of it), the table says that values were transformed for the
    tests, the degrees of freedom of an F may have been corrected, the paper declares a model for such data besides its tests, or no test is
    named and the paper declares a model or prints skewed values.

    Skewed are positive values whose SD is more than half their mean (Altman & Bland, BMJ 1996;313:1200).
    """
    first = group.first
    if any(_contradicts_itself(row) for row in group.rows):
        return "inputs_inconsistent"
    if first["table_no"] is None and min(row["confidence"] for row in group.rows) < SURE:
        return "reading_unsure"
    if pairs_assumed(first, judgement.recomputed):
        return "pairs_unknown"
    if between_approximations(first):
        return "rank_test_on_summaries"
    if may_be_raised(first, judgement.recomputed):
        return "corrected_p"
    if first["kind"] == "effect" and first["ci_low"] and first.get("uneven"):
        return "uneven_intervals"
    if first["kind"] == "effect" and _on_plain_scale(first):
        return "plain_scale"
    if first["kind"] == "statistic" and corrected(first):
        return "sphericity_corrected"
    if first["kind"] in ("means", "effect") and TRANSFORMED.search(first["table_notes"] or ""):
        return "transformed_scale"
    around = " ".join(str(first[name] or "") for name in ("table_caption", "table_notes", "arm", "level"))
    if first["kind"] == "effect" and CONTRASTS.search(around):
        return "adjusted_for_contrasts"
    if first["kind"] == "effect" and first["sd"] and (set((first["declared"] or "").split(";")) & SIGNED or first["models"]):
        return "adjusted_model" if first["models"] else "rank_test_plausible"
    if first["kind"] == "means" and any(_narrow(row) for row in group.rows):
        return "dispersion_doubtful"
    modelled = first["models"] or first.get("regressions")
    if first["kind"] in ("counts", "means") and modelled and UNIVARIATE.search(first["table_caption"] or "") and not first.get("method"):
        return "model_plausible"
    if first["kind"] not in ("counts", "means"):
        return None
    if first["declared"]:
        return "model_plausible" if _may_be_modelled(first) else None
    if first["models"] and not BASELINE.search(first["table_caption"] or ""):
        return "model_plausible"
    skewed = any(_skewed(row) for row in group.rows)
    return "rank_test_plausible" if skewed and judgement.verdict != "decision_error" else None


def _on_plain_scale(row: Row) -> bool:
    """Whether a ratio's interval is even about it on the plain scale and so gives the printed P."""
    read, number = estimate(row), read_number(str(row["p"]))
    if read is None or number is None or number.value is None or row.get("effect") not in RATIOS or not even(read):
        return False
    low, high = p_window(number)
    least, most = plain_scale_p(read)
    return least <= high and most >= low


def _may_be_modelled(first: Row) -> bool:
    """Whether a model is declared for such data besides the tests, and neither baseline nor a test named for this P speaks against it."""
    where = first["table_caption"] if first["table_no"] is not None else first["quote"]
    return bool(first.get("modelled")) and not first.get("method") and not BASELINE.search(where or "")


def _filled_up(judgement: Judgement) -> bool:
    """Whether a P of four or more decimals that ends in zeros is attained without them: ``0.2200`` in a column of four decimals."""
    text = judgement.reported
    whole, point, decimals = text.partition(".")
    short = f"{whole}{point}{decimals.rstrip('0')}"
    if len(decimals) < 4 or not decimals.isdigit() or short in (text, f"{whole}."):
        return False
    met = attaining(replace(judgement, reported=short))
    strict = "declared" if any(r.role == "declared" for r in judgement.recomputed) else "standard"
    return any(r.role == strict for r in met)


def _narrow(row: Row) -> bool:
    """Whether an SD is less than a fiftieth of its mean: oftener an SE, or on another scale than the mean, than a true SD."""
    mean, sd = (read_number(row[name]) if row.get(name) else None for name in ("mean", "sd"))
    return bool(mean and sd and mean.value and sd.value and 0 < sd.value < 0.02 * abs(mean.value))


def _skewed(row: Row) -> bool:
    mean, sd = (read_number(row[name]) if row.get(name) else None for name in ("mean", "sd"))
    return bool(mean and sd and mean.value and sd.value and 0 < mean.value < 2 * sd.value)


def allowed(judgement: Judgement) -> str | None:
    """Why a P that no method gives as printed is no flag all the same: filled up, within an allowance, cut off, or rounded twice.

    Or what stands beside it is cut off.
    """
    if judgement.verdict == "inconsistent":
        return "the P-value is filled up with zeros" if _filled_up(judgement) else None
    if judgement.verdict != "other_method":
        return None
    if TRUNCATED in judgement.notes:
        return "the numbers beside the P-value are cut off, not rounded"
    met = attaining(judgement)
    if met and {r.method for r in met} <= ALLOWANCES:
        return "within the allowance for score and likelihood tests"
    cut = attaining(judgement, cut=True)
    if not met and any(r.role in ("declared", "standard") for r in cut):
        return "the P-value is cut off, not rounded"
    twice = attaining(judgement, twice=True)
    if not met and any(r.role in ("declared", "standard") for r in twice):
        return "the P-value is rounded twice, by way of one more digit"
    return None


def attaining(judgement: Judgement, *, cut: bool = False, twice: bool = False) -> list[Recomputation]:
    """The recomputations whose sets meet the printed P: as rounded, as cut off, or as rounded by way of one more digit."""
    number = read_number(judgement.reported)
    if number is None or number.value is None:
        return []
    low, high = p_window(number, alpha=judgement.alpha, truncated=cut)
    if twice and number.comparator == "=":
        low -= 10.0**-number.decimals / 20
    return [r for r in judgement.recomputed if any(a <= high + 1e-9 and b >= low - 1e-9 for a, b in r.intervals)]
