"""A mean's interval, its SD or SE, and its number of patients fit each other.

Around the mean of n patients a confidence interval reaches t x SD / sqrt(n), or t x SE, to either side (t with n - 1 degrees of freedom,
or z). Where SD and SE stand side by side, SE is SD / sqrt(n). An SD that fits neither way, nor with patients missing, nor read as an SE,
contradicts the interval: a decimal point may be lost, or one of them belongs to another row.

Preconditions: mean, interval and dispersion are printed together, for a group whose size is printed; the interval lies evenly around
the mean (else it was computed on another scale, `uneven_interval`); no number of patients from half the group up fits
(`patients_missing`), and an interval of 90% or 99%, where no level is named, does not either (`level_not_named`).

Example: 1.67 with SD 0.89 and a 95% interval of 1.62 to 1.72 in 15 patients. The SD gives 2.14 x 0.89 / sqrt(15) = 0.49 to either side,
but the interval reaches 0.05: an SD of 0.089 would.

Reference: Altman & Bland, BMJ 2005;331:903 (standard deviations and standard errors).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from scipy.special import stdtrit

from counterproof.kb.finding import Finding, Verdict
from counterproof.kb.numbers import read_number
from counterproof.queries.checks import Row
from counterproof.queries.intervals import Window, estimate
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import offered_bases
from counterproof.queries.statistics.arithmetic import window

VIEW = "estimate_rows"
INSPECT_SR = "4.9"

LEVELS = (90.0, 99.0)
"""Levels of intervals other than the usual 95%."""

SLACK = 0.03
"""Programs round on the way, and use z for t."""


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each mean with an interval and a dispersion."""
    for row in rows:
        if not row.get("mean") or not (row.get("sd") or row.get("se")):
            continue
        verdict, reason, message = _judge(row)
        shown = row.get("sd") or row.get("se")
        yield Finding(
            document=row["document_id"],
            check="dispersion",
            verdict=verdict,
            reason=reason,
            place=place(row),
            reported=f"{row['mean']} ± {shown} ({row['ci_low']} to {row['ci_high']})",
            message=message,
            severity="medium" if verdict == "inconsistent" else "low",
            confidence=row.get("confidence") or 1.0,
            inspect_sr=INSPECT_SR,
        )


def _judge(row: Row) -> tuple[Verdict, str | None, str]:
    read = estimate({**row, "estimate": row["mean"]})
    spread = read_number(row.get("sd") or row.get("se") or "")
    sizes = [n for n in offered_bases(row) if n >= 2]
    if read is None or spread is None or not spread.value:
        return "not_checkable", "unreadable_number", "mean, dispersion and interval are no plain numbers"
    if not sizes:
        return "not_checkable", "arm_size_unknown", "the size of the group is not printed"
    reach = _reach(read.estimate, read.low, read.high)
    if reach is None:
        return "not_checkable", "uneven_interval", "the interval lies unevenly around the mean"
    printed = window(spread)
    level = float(row["ci_level"]) if row.get("ci_level") and _is_level(row["ci_level"]) else 95.0
    what = subject(row)
    told = f"{what + ': ' if what else ''}{row['mean']} ± {spread.text} with interval {row['ci_low']} to {row['ci_high']}"
    if any(_meet(printed, allowed) for n in sizes for allowed in _spreads(reach, n, level)):
        return "consistent", None, f"{told}: they fit"
    n = max(sizes)
    sd, se = _spreads(reach, n, level)
    if _meet(printed, (sd[0] * math.sqrt(0.5), sd[1])):
        return "not_checkable", "patients_missing", f"{told}: they fit for fewer than {n} patients"
    if not row.get("ci_level") and any(_meet(printed, allowed) for other in LEVELS for allowed in _spreads(reach, n, other)):
        return "not_checkable", "level_not_named", f"{told}: they fit for an interval of another level than 95%"
    return "inconsistent", None, f"{told}: for {n} patients that interval goes with an SD of {_range(sd)} (an SE of {_range(se)})."


def _is_level(text: str) -> bool:
    number = read_number(text)
    return bool(number and number.value and 50 < number.value < 100)


def _reach(mean: Window, low: Window, high: Window) -> Window | None:
    """How far the interval reaches to either side; None where it does not lie evenly around the mean."""
    down = max(0.0, mean[0] - low[1]), mean[1] - low[0]
    up = max(0.0, high[0] - mean[1]), high[1] - mean[0]
    whole = max(0.0, high[0] - low[1]) / 2, (high[1] - low[0]) / 2
    even = abs(sum(down) - sum(up)) <= 0.1 * sum(whole) * 2 + (mean[1] - mean[0]) * 2
    return whole if even and whole[1] > 0 else None


def _spreads(reach: Window, n: int, level: float) -> tuple[Window, Window]:
    """The SDs and the SEs that such an interval allows, by t or z."""
    tail = 0.5 + level / 200
    z, t = float(stdtrit(1e9, tail)), float(stdtrit(n - 1, tail))
    se = reach[0] / t * (1 - SLACK), reach[1] / z * (1 + SLACK)
    return (se[0] * math.sqrt(n), se[1] * math.sqrt(n)), se


def _meet(one: Window, other: Window) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _range(found: Window) -> str:
    low, high = f"{found[0]:.3g}", f"{found[1]:.3g}"
    return low if low == high else f"{low} to {high}"
