"""Every reported P-value is accounted for: where nothing stands beside it, that is said.

A P-value told without the numbers that it compares (or with numbers whose meaning is not clear) can be neither confirmed nor
questioned. It is listed with its reason, so that the share of P-values that could not be looked at is always known.

Preconditions: none.

Example: age did not differ (P = 0.34), and no ages are printed. There is nothing to compute from.

Reference: CONSORT 2025, item on numbers analysed and estimates with their precision.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.queries import judging
from counterproof.queries.checks import Row

VIEW = "comparison_rows"
INSPECT_SR = None


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding, never a flag, for each P-value of no known kind."""
    yield from judging.findings(rows, {"unknown"}, "p_without_inputs", INSPECT_SR)
