"""Whether correcting the degrees of freedom of a repeated F gives its printed P-value.

Greenhouse & Geisser's and Huynh & Feldt's corrections multiply both degrees of freedom by an epsilon between 1/(k − 1) and 1, for k
repeated measurements. Papers that declare one often print the degrees of freedom uncorrected beside a P-value that is: both are then
multiples of k − 1. Or they print them corrected and rounded to whole numbers.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterproof.kb.numbers import p_window, read_number, rounding_window
from counterproof.queries.statistics.tails import f_tail

Row = dict[str, Any]
Floats = NDArray[np.float64]

EPSILONS = 50
"""So many values of epsilon are tried; between two of them the P-values have no gap."""


def corrected(row: Row) -> bool:
    """Whether the paper declares such a correction and some epsilon gives the printed P of this F."""
    if "sphericity" not in (row.get("correction") or "").split(";") or str(row.get("effect") or "").lower() != "f":
        return False
    statistic, p = (read_number(str(row[name])) if row.get(name) else None for name in ("statistic", "p"))
    within, error = _degrees(row.get("df") or "")
    if not statistic or statistic.value is None or not p or p.value is None or not within:
        return False
    low, high = p_window(p)
    for tried_within, tried_error in (_uncorrected(within, error), _rounded(within, error)):
        reached = np.concatenate([f_tail(max(f, 0.0), tried_within, tried_error) for f in rounding_window(statistic)])
        if reached.size and reached.min() <= high and reached.max() >= low:
            return True
    return False


def _uncorrected(within: int, error: int) -> tuple[Floats, Floats]:
    """The degrees of freedom under each epsilon; none where the printed ones share no k − 1 of three measurements or more."""
    steps = math.gcd(within, error)
    epsilons = np.linspace(1 / steps, 1, EPSILONS) if steps > 1 else np.empty(0)
    return epsilons * within, epsilons * error


def _rounded(within: int, error: int) -> tuple[Floats, Floats]:
    """Corrected degrees of freedom that round to the printed ones."""
    halves = np.linspace(-0.5, 0.5, EPSILONS)
    first, second = np.meshgrid(np.maximum(within + halves, 1.0), error + halves)
    return first.ravel(), second.ravel()


def _degrees(text: str) -> tuple[int, int]:
    """The two whole degrees of freedom of an F; 0 where they are not two, or printed with decimals."""
    parts = [part.strip() for part in text.split(",")]
    return (int(parts[0]), int(parts[1])) if len(parts) == 2 and all(part.isdigit() for part in parts) else (0, 0)
