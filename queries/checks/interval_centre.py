"""A ratio lies near the geometric middle of its interval, a difference near the arithmetic one.

Wald intervals (Cox and logistic models, log relative risks, differences of means) are symmetric around the estimate: ratios on the
log scale, differences on their own. For every way the three printed numbers can have been rounded, the distance of the estimate from
the middle is compared with half the interval's width; flagged is a distance above a quarter of it for ratios and above a tenth for
differences. Profile-likelihood, exact and bootstrap intervals are somewhat asymmetric, those of differences less so. A ratio's
interval that is even on the plain scale may have been made so (delta method) and is no flag.

Preconditions: a hazard, odds or risk ratio with limits above 0, or a difference or coefficient; medians, rates and proportions have
asymmetric intervals and are left out, as is a paper that tells of bootstrap or Bayesian (credible) intervals; estimates outside their
interval are reported by `interval_contains_estimate`.

Example: a hazard ratio of 1.80 (1.10 to 2.10). The geometric middle is the root of 1.10 x 2.10, which is 1.52; on the log scale 1.80
lies half of the way from there to the upper limit.

Reference: Georgescu & Wren, Bioinformatics 2018;34:1758 (ratios recomputed from their intervals).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from counterproof.kb.finding import Finding, Verdict
from counterproof.queries.checks import Row
from counterproof.queries.intervals import RATIOS, Estimate, Window, distance, estimate, even, is_error, unread
from counterproof.queries.places import place, subject

VIEW = "estimate_rows"
INSPECT_SR = "4.9"

OFF_CENTRE = {"ratio": 0.25, "difference": 0.1}
"""Distance from the middle in half widths from which on an estimate is flagged."""


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each ratio or difference with an interval."""
    for row in rows:
        if row["effect"] not in RATIOS and row["effect"] not in ("difference", "coefficient"):
            continue
        verdict, reason, message = _judge(row, estimate(row))
        yield Finding(
            document=row["document_id"],
            check="interval_centre",
            verdict=verdict,
            reason=reason,
            place=place(row),
            reported=f"{row['estimate']} ({row['ci_low']} to {row['ci_high']})",
            message=message,
            confidence=row.get("confidence") or 1.0,
            inspect_sr=INSPECT_SR,
        )


def _judge(row: Row, read: Estimate | None) -> tuple[Verdict, str | None, str]:
    if read is None:
        return "not_checkable", *unread(row)
    if read.low[0] > read.high[1] or read.estimate[1] < read.low[0] or read.estimate[0] > read.high[1]:
        return "not_checkable", "estimate_outside", "the interval does not contain its estimate"
    ratio = row["effect"] in RATIOS
    if ratio and (read.low[0] <= 0 or read.estimate[0] <= 0):
        return "not_checkable", "limit_at_zero", "a limit rounds to 0, so that the middle on the log scale is not known"
    low, middle, high = (_scaled(w, ratio) for w in (read.low, read.estimate, read.high))
    off = distance(low, middle, high)
    what = subject(row)
    printed = f"{what + ': ' if what else ''}{row['estimate']} ({row['ci_low']} to {row['ci_high']})"
    centre = (sum(low) + sum(high)) / 4
    shown = f"{math.exp(centre):.3g}" if ratio else f"{centre:.3g}"
    kind = "geometric" if ratio else "arithmetic"
    if ratio and off > OFF_CENTRE["ratio"] and even(read):
        return "not_checkable", "plain_scale", f"{printed}: even on the plain scale, as a difference or an interval by the delta method is"
    if off > OFF_CENTRE["difference"] and not ratio and is_error(read):
        return "not_checkable", "standard_error", f"{printed}: the number before the interval is, by its size, its standard error"
    if off > OFF_CENTRE["ratio" if ratio else "difference"] and row.get("uneven"):
        return "not_checkable", "uneven_intervals", "the paper tells of bootstrap or Bayesian intervals, which need not be even"
    if off > OFF_CENTRE["ratio" if ratio else "difference"]:
        return (
            "inconsistent",
            None,
            f"{printed}: the {kind} middle of the interval is {shown}; the estimate is off by at least {off:.0%} of half the width.",
        )
    return "consistent", None, f"{printed}: the {kind} middle is {shown}"


def _scaled(window: Window, ratio: bool) -> Window:
    return (math.log(window[0]), math.log(window[1])) if ratio else window
