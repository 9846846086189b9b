"""A P-value agrees with the test statistic and the degrees of freedom beside it.

t, F, chi-squared, z, r and their kin determine the P-value up to rounding, two-sided or, where the paper says so, one-sided.

Preconditions: statistic and degrees of freedom belong to the very P-value.

Example: t = 2.10 with 38 degrees of freedom. A table of Student's t gives P = 0.042, two-sided.

Reference: Nuijten et al., Behavior Research Methods 2016;48:1205 (statcheck).
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.queries import judging
from counterproof.queries.checks import Row

VIEW = "comparison_rows"
INSPECT_SR = "4.9"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each P-value with a test statistic."""
    yield from judging.findings(rows, {"statistic"}, "p_from_statistic", INSPECT_SR)
