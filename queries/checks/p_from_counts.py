"""A P-value between arms can come from the printed counts.

From the counts of each level in each arm, every test that careful analysts use for such tables is computed: Pearson's chi-squared,
with Yates's correction and with N-1, the likelihood ratio, Fisher's exact test (and its r x c form), mid-P, linear-by-linear
association and Mann-Whitney where the levels are ordered. The printed P is consistent when the tests that the paper declares (else
the standard ones) attain it within its printed digits. Regroupings (a level dropped, neighbours merged, one level against the rest)
and misuses (Student's t on the codes of unordered levels) are tried before a P is called inconsistent, and named.

Preconditions: independent arms, patients counted once, the counts of the very groups that the P compares; adjusted, paired and
clustered analyses are not checkable.

Example: 4 of 20 against 10 of 20. Pearson's chi-squared is 40 x (4 x 10 - 16 x 10)^2 / (14 x 26 x 20 x 20) = 3.956, so that P = 0.047;
with Yates's correction it is 0.097, by Fisher's exact test 0.096. A printed 0.41 is none of them.

Reference: Bolland, Avenell & Grey, Royal Society Open Science 2025;12:240170; Agresti, Categorical Data Analysis, 3rd ed.,
chapters 3 and 16.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.queries import judging
from counterproof.queries.checks import Row

VIEW = "comparison_rows"
INSPECT_SR = "4.9"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each comparison of counts."""
    yield from judging.findings(rows, {"counts"}, "p_from_counts", INSPECT_SR)
