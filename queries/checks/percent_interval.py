"""A percent's own confidence interval follows from its count and base.

For c of n patients the usual intervals are Wald's (with and without correction for continuity), Wilson's (both), Clopper and Pearson's,
Agresti and Coull's and Jeffreys'. They differ, but not by much: a limit far outside all of them belongs to another number.

Preconditions: count, percent and interval are printed together, and the base is printed or follows from count and percent; the percent
is of patients, not an estimate of survival at a time, and contains no weights. A wider interval than all of these is not flagged, since
clusters and weights widen intervals (`wider_interval`), nor one that no method gives to the digit but that lies among them
(`other_interval`).

Example: 10 of 23 patients (43.5%) with an interval of 33.2 to 55.5. The narrowest of the usual ones, Wald's, is 23.2 to 63.7.

Reference: Newcombe, Statistics in Medicine 1998;17:857 (seven methods for the single proportion).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import betaincinv, ndtri

from counterproof.kb.finding import Finding, Verdict
from counterproof.kb.numbers import read_number
from counterproof.queries.checks import Row
from counterproof.queries.intervals import Window, estimate
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import Proportion, offered_bases, proportion, shown
from counterproof.queries.statistics.proportions import INTERVALS
from counterproof.queries.statistics.rounding import Floats

VIEW = "estimate_rows"
INSPECT_SR = "4.9"

NARROWER = 0.8
"""An interval of less than this share of the narrowest usual width is too narrow."""


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each count with a percent and its interval."""
    for row in rows:
        share = proportion(row)
        if share is None or row.get("timepoint") or row.get("estimate") != row.get("percent"):
            continue
        verdict, reason, message = _judge(row, share)
        yield Finding(
            document=row["document_id"],
            check="percent_interval",
            verdict=verdict,
            reason=reason,
            place=place(row),
            reported=f"{shown(row)}, {row['ci_low']} to {row['ci_high']}",
            message=message,
            severity="medium" if verdict == "inconsistent" else "low",
            confidence=row.get("confidence") or 1.0,
            inspect_sr=INSPECT_SR,
        )


def _judge(row: Row, share: Proportion) -> tuple[Verdict, str | None, str]:
    read = estimate(row)
    bases = [base for base in offered_bases(row) if share.fits(base)] or _implied(share)
    if read is None or not bases:
        return "not_checkable", "base_not_printed", "count, percent and interval give no base"
    level = read_number(row["ci_level"]) if row.get("ci_level") else None
    percent = level.value if level and level.value and 50 < level.value < 100 else 95.0
    found = [(name, *limits) for base in bases for name, limits in intervals(share.count, base, percent).items()]
    what = subject(row)
    told = f"{what + ': ' if what else ''}{shown(row)} with interval {row['ci_low']} to {row['ci_high']}"
    fits = [name for name, low, high in found if _in(low, read.low) and _in(high, read.high)]
    if fits:
        return "consistent", None, f"{told}: {fits[0]} of {share.count} of {bases[0]}"
    least, most = min(low for _, low, _ in found), max(high for _, _, high in found)
    narrow = min(found, key=lambda one: one[2] - one[1])
    if read.estimate[1] < read.low[0] or read.estimate[0] > read.high[1]:
        return "not_checkable", "inputs_inconsistent", f"{told}: the interval does not hold the percent"
    if read.high[1] - read.low[0] < NARROWER * (narrow[2] - narrow[1]):
        usual = f"{narrow[1]:.1f} to {narrow[2]:.1f} ({narrow[0]})"
        return "inconsistent", None, f"{told}: for {share.count} of {_run(bases)} the narrowest of the usual intervals is {usual}."
    wider = read.low[0] < least or read.high[1] > most
    return "not_checkable", "wider_interval" if wider else "other_interval", f"{told}: no usual method gives just that"


def _implied(share: Proportion) -> list[int]:
    """The first and last base that count and percent allow, where they say something."""
    run = share.bases()
    return list(dict.fromkeys(run)) if run and run[1] <= 1.1 * run[0] else []


def _run(bases: list[int]) -> str:
    return str(bases[0]) if len(bases) == 1 else f"{min(bases)} to {max(bases)}"


def _in(limit: float, printed: Window) -> bool:
    """Whether a limit prints as this, a unit of the last digit allowed (percents are rounded before)."""
    unit = printed[1] - printed[0]
    return printed[0] - unit / 2 <= limit <= printed[1] + unit / 2


def intervals(count: int, n: int, level: float = 95.0) -> dict[str, Window]:
    """The usual intervals of ``count`` in ``n``, in percent, by method; limits beyond 0 and 100 are cut."""
    c, of = np.array(float(count)), np.array(float(n))
    found = {name: interval(c, of, level) for name, interval in INTERVALS.items()}
    z, tail, p = float(ndtri(0.5 + level / 200)), 0.5 - level / 200, count / n
    low, high = found["wald"]
    found["wald, continuity corrected"] = low - 0.5 / n, high + 0.5 / n
    found["wilson, continuity corrected"] = _wilson_corrected(p, n, z)
    exact = [np.array(float(betaincinv(count + 0.5, n - count + 0.5, side))) for side in (tail, 1 - tail)]
    found["jeffreys"] = exact[0], exact[1]
    return {name: (100 * max(0.0, float(low)), 100 * min(1.0, float(high))) for name, (low, high) in found.items()}


def _wilson_corrected(p: float, n: int, z: float) -> tuple[Floats, Floats]:
    down = z * z - 1 / n + 4 * n * p * (1 - p) + (4 * p - 2)
    up = z * z - 1 / n + 4 * n * p * (1 - p) - (4 * p - 2)
    base, by = 2 * n * p + z * z, 2 * (n + z * z)
    low = 0.0 if p == 0 else (base - (z * math.sqrt(max(0.0, down)) + 1)) / by
    high = 1.0 if p == 1 else (base + (z * math.sqrt(max(0.0, up)) + 1)) / by
    return np.array(low), np.array(high)
