"""One comparison worked out on paper: the table, expected counts, sums and statistics, then every method and what it allows.

Written so that an author can follow it with a pocket calculator.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from counterproof.kb.finding import Recomputation
from counterproof.queries.method_names import method_name
from counterproof.queries.statistics.counts import count_tables
from counterproof.queries.statistics.data import Data
from counterproof.queries.statistics.effect_tests import effect_names, effect_rows
from counterproof.queries.statistics.effects import RATIOS, critical_value
from counterproof.queries.statistics.engine import Judgement, judge
from counterproof.queries.statistics.layout import Layout, lay_out
from counterproof.queries.statistics.rounding import Flags, Floats, Ints, read_p_values

_ROLES = {
    "declared": "declared by the paper",
    "standard": "standard for such data",
    "regrouped": "other tests and groupings",
    "misuse": "not valid for such data",
}


def explain(rows: pd.DataFrame) -> str:
    """Every comparison of ``rows`` (columns as for ``judge``) worked out in plain text."""
    layout = lay_out(rows)
    data = Data(layout)
    parts = []
    for i, judgement in enumerate(judge(rows)):
        alone = np.arange(len(layout)) == i
        lines = [f"{judgement.id}: printed P {judgement.reported or '(none)'}"]
        if data.counts[i]:
            lines += _counts(layout, alone)
        elif data.means[i]:
            lines += _means(layout, i)
        elif data.effects[i]:
            lines += _effect(layout, i)
        parts.append("\n".join(lines + _methods(judgement) + _verdict(judgement)))
    return "\n\n".join(parts) + "\n"


def number(x: float, digits: int = 4) -> str:
    """A number for reading: so many significant digits, no exponent where it can be helped."""
    if x == 0 or not np.isfinite(x):
        return f"{x:g}"
    return f"{x:.{digits}g}" if 1e-4 <= abs(x) < 1e6 else f"{x:.{digits - 1}e}"


def _labels(layout: Layout, column: str, place: str, rows: Ints, n: int) -> list[str]:
    texts, places = layout.texts(column), getattr(layout, place)
    found = {int(places[r]): str(texts[r]) for r in rows[::-1]}
    return [found.get(k) or f"{column} {k + 1}" for k in range(n)]


def _counts(layout: Layout, alone: Flags) -> list[str]:
    """The table, the counts to expect were the arms alike, and the statistics."""
    batch = count_tables(layout, alone)[0]
    if not len(batch.counts):
        return []
    i = int(np.flatnonzero(alone)[0])
    rows = np.flatnonzero((layout.comparison == i) & layout.in_arm)
    arms = _labels(layout, "arm", "arm", rows, batch.counts.shape[1])
    levels = _labels(layout, "level", "level", rows, batch.counts.shape[2]) if layout.n_levels[i] > 1 else ["yes", "no"]
    lines = [f"{len(batch.counts)} tables fit the printed numbers; the first:"] if len(batch.counts) > 1 else []
    table = batch.counts[0]
    lines += _table("Counts", table, arms, levels)
    expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
    lines += _table("Expected, arm total × level total / N", expected, arms, levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        square = np.nansum(np.square(table - expected) / expected)
    df = ((table.sum(1) > 0).sum() - 1) * ((table.sum(0) > 0).sum() - 1)
    lines.append(f"Chi-squared = Σ (count − expected)² / expected = {number(square)} with {df} degree{'s' * bool(df != 1)} of freedom")
    if table.shape[1] > 2 or table.shape[0] > 2:
        codes = np.arange(table.shape[1])
        for arm, row in zip(arms, table, strict=True):
            mean = (row * codes).sum() / row.sum()
            spread = np.sqrt((row * (codes - mean) ** 2).sum() / max(row.sum() - 1, 1))
            lines.append(f"Codes 0, 1, 2 … of {arm}: mean {number(mean)}, SD {number(spread)}")
    return lines


def _table(title: str, cells: Floats, arms: list[str], levels: list[str]) -> list[str]:
    width = max(9, *(len(level) + 2 for level in levels))
    first = max(len(title), *(len(arm) for arm in arms)) + 2
    lines = [title.ljust(first) + "".join(level.rjust(width) for level in (*levels, "total"))]
    for arm, row in zip(arms, cells, strict=True):
        lines.append(arm.ljust(first) + "".join(f"{cell:.6g}".rjust(width) for cell in (*row.round(2), row.sum().round(2))))
    return lines


def _means(layout: Layout, i: int) -> list[str]:
    """Means, their difference, and Student's t of the printed values."""
    rows = np.flatnonzero((layout.comparison == i) & layout.in_arm)
    n, mean, sd, se = (layout.numbers(name).value[rows] for name in ("n", "mean", "sd", "se"))
    sd = np.where(np.isnan(sd), se * np.sqrt(n), sd)
    lines = [f"{layout.texts('arm')[r] or f'arm {k + 1}'}: n {number(n[k])}, mean {number(mean[k], 6)}, SD {number(sd[k])}"
             for k, r in enumerate(rows)]  # fmt: skip
    free = n.sum() - len(n)
    pooled = np.sqrt(((n - 1) * sd**2).sum() / free) if free > 0 else np.nan
    lines.append(f"Pooled SD = √(Σ (n − 1) SD² / {number(free)}) = {number(pooled)}")
    if len(rows) == 2:
        error = pooled * np.sqrt((1 / n).sum())
        lines.append(f"Student's t = {number(abs(mean[0] - mean[1]))} / ({number(pooled)} √(1/{number(n[0])} + 1/{number(n[1])})) "
                     f"= {number(abs(mean[0] - mean[1]) / error)} with {number(free)} degrees of freedom")  # fmt: skip
    else:
        between = (n * (mean - (n * mean).sum() / n.sum()) ** 2).sum() / (len(n) - 1)
        lines.append(f"F = {number(between)} / {number(pooled**2)} = {number(between / pooled**2)} "
                     f"with {len(n) - 1} and {number(free)} degrees of freedom")  # fmt: skip
    return [*lines, "The ranges below allow for the rounding of every printed number."]


def _effect(layout: Layout, i: int) -> list[str]:
    """Estimate, interval and the z that they imply."""
    row = int(effect_rows(layout)[1][i])
    estimate, low, high = (float(layout.numbers(name).value[row]) for name in ("estimate", "ci_low", "ci_high"))
    level = float(np.nan_to_num(layout.numbers("ci_level").value[row], nan=95.0))
    if not np.isfinite([low, high]).all():
        return []
    ratio = effect_names(layout)[i] in RATIOS and min(low, high) > 0
    critical = float(critical_value(np.array([level]))[0])
    if ratio:
        b, se, middle = np.log(estimate), (np.log(high) - np.log(low)) / (2 * critical), np.sqrt(low * high)
    else:
        b, se, middle = estimate, (high - low) / (2 * critical), (low + high) / 2
    ln = "ln " if ratio else ""
    return [f"Standard error = ({ln}{high:g} − {ln}{low:g}) / (2 × {number(critical)}) = {number(se)}",
            f"z = {ln}{estimate:g} / {number(se)} = {number(abs(b) / se)}; the middle of the interval is {number(middle)}"]  # fmt: skip


def _methods(judgement: Judgement) -> list[str]:
    """Every method with its P, those that give the printed one marked; of the regrouped ones only these."""
    p = read_p_values(np.array([judgement.reported], dtype=object))
    low, high = (float(end[0]) for end in p.window(np.array([judgement.alpha])))
    lines = []
    for role, title in _ROLES.items():
        some = [(r, any(a <= high + 1e-9 and b >= low - 1e-9 for a, b in r.intervals)) for r in judgement.recomputed if r.role == role]
        shown = [(r, hit) for r, hit in some if hit or role != "regrouped"]
        if some:
            lines.append(f"P by methods {title}" + (":" if len(shown) == len(some) else f" ({len(some)} tried):"))
            lines += [f"  {method_name(r.method)}: {_sets(r)}{'  <- the printed P' if hit else ''}" for r, hit in shown]
            lines += [] if shown else ["  none gives the printed P"]
    return lines


def _sets(recomputation: Recomputation) -> str:
    shown = [number(a) if b - a < 1e-12 else f"{number(a)} to {number(b)}" for a, b in recomputation.intervals[:4]]
    more = len(recomputation.intervals) - 4
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _verdict(judgement: Judgement) -> list[str]:
    lines = [f"Verdict: {judgement.verdict.replace('_', ' ')}" + (f" ({judgement.reason.replace('_', ' ')})" if judgement.reason else "")]
    if judgement.changes_conclusion:
        lines.append(f"The printed and the recomputed P lie on different sides of {judgement.alpha:g}.")
    if judgement.notes or judgement.assumptions:
        lines.append("Taken: " + "; ".join((*judgement.notes, *judgement.assumptions)))
    return lines
