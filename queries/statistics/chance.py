"""How much an acceptance proves: the share of printed P-values of the same form that would have been accepted too."""

from __future__ import annotations

import numpy as np

from counterproof.queries.statistics.rounding import Floats, PrintedP
from counterproof.queries.statistics.verdicts import Pool


def chance(some: Pool, p: PrintedP, alpha: Floats, n: int) -> Floats:
    """For each comparison the share of the reference set's P-values, printed in its form, that the base reaches; nan without any."""
    return np.full(n, np.nan)
