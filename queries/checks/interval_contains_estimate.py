"""An interval contains its own estimate, and its limits are in order.

A confidence interval is built around its estimate; an estimate outside it, by more than rounding, means that one of the three numbers
belongs elsewhere (often an interval copied from a neighbouring result).

Preconditions: estimate and limits are plain numbers of the same analysis.

Example: a hazard ratio of 0.62 (0.71 to 0.93). 0.62 is below the lower limit.

Reference: Georgescu & Wren, Bioinformatics 2018;34:1758 (ratio, interval and P-value in abstracts).
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding, Verdict
from counterproof.queries.checks import Row
from counterproof.queries.intervals import RATIOS, Estimate, estimate, is_error, unread
from counterproof.queries.places import place, subject

VIEW = "estimate_rows"
INSPECT_SR = "4.9"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each estimate with an interval."""
    for row in rows:
        read = estimate(row)
        verdict, reason, message = _judge(row, read) if read else ("not_checkable", *unread(row))
        yield Finding(
            document=row["document_id"],
            check="interval_contains_estimate",
            verdict=verdict,
            reason=reason,
            place=place(row),
            reported=f"{row['estimate']} ({row['ci_low']} to {row['ci_high']})",
            message=message,
            severity="medium" if verdict == "inconsistent" else "low",
            confidence=row.get("confidence") or 1.0,
            inspect_sr=INSPECT_SR,
        )


def _judge(row: Row, read: Estimate) -> tuple[Verdict, str | None, str]:
    what = subject(row)
    printed = f"{what + ': ' if what else ''}{row['estimate']} with interval {row['ci_low']} to {row['ci_high']}"
    if read.low[0] > read.high[1]:
        return "inconsistent", None, f"{printed}: the limits are not in order."
    outside = read.estimate[1] < read.low[0] or read.estimate[0] > read.high[1]
    if outside and row["effect"] not in RATIOS and is_error(read):
        return "not_checkable", "standard_error", f"{printed}: the number before the interval is, by its size, its standard error"
    if outside:
        return "inconsistent", None, f"{printed}: the interval does not contain its own estimate (or is in another unit)."
    return "consistent", None, f"{printed}: contained"
