"""A P-value between arms can come from the printed means and their dispersion.

From mean, SD (or SE, or interval) and size of each arm, Student's t, Welch's t, the z test and for several arms the analysis of
variance are computed over every value that the printed numbers may have had before rounding. SE read as SD, or the reverse, is
named as a misuse. Medians are checked only for what a rank test could attain at all with these sizes.

Preconditions: independent arms and a dispersion for each; rank tests need the patients' values, and adjusted analyses their models.

Example: 59.0 (8.1) in 40 patients against 60.0 (9.0) in 38. The standard error is the root of 8.1^2 / 40 + 9.0^2 / 38, which is 1.94; t
= 1.0 / 1.94 = 0.51 and P = 0.61.

Reference: Carlisle et al., Anaesthesia 2015;70:848 (recalculated P-values from means); Welch, Biometrika 1951;38:330.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.queries import judging
from counterproof.queries.checks import Row

VIEW = "comparison_rows"
INSPECT_SR = "4.9"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each comparison of means or medians."""
    yield from judging.findings(rows, {"means", "medians"}, "p_from_means", INSPECT_SR)
