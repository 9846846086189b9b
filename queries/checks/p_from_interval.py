"""A P-value agrees with the interval of the estimate beside it.

A ratio (on the log scale) or a difference with its confidence interval determines a z and so a Wald P-value, within rounding. Score
and likelihood tests differ from Wald's by little: an allowance of 0.1 in z, which covers 94% of registered survival analyses, is
added and named. A P-value of a log-rank or Cox analysis is checked through the hazard ratio that stands beside it, if one does.

Preconditions: estimate, both limits and P of the same analysis; intervals that are not centred on their estimate are judged from
their limits, and `interval_centre` says so.

Example: a hazard ratio of 0.70 (0.50 to 0.98). (ln 0.98 - ln 0.50) / 3.92 = 0.172 is the standard error, ln 0.70 / 0.172 = -2.08 is z,
and P = 0.038.

Reference: Altman & Bland, BMJ 2011;343:d2304 (how to obtain the P value from a confidence interval).
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.queries import judging
from counterproof.queries.checks import Row

VIEW = "comparison_rows"
INSPECT_SR = "4.9"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each effect with a P-value, and for each survival comparison."""
    yield from judging.findings(rows, {"effect", "survival"}, "p_from_interval", INSPECT_SR)
