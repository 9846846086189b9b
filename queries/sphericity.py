"""Whether correcting the degrees of freedom of a repeated F gives its printed P-value.

Greenhouse & Geisser's and Huynh & Feldt's corrections multiply both degrees of freedom by an epsilon between 1/df1 and 1. Papers that
declare one often print the degrees of freedom uncorrected beside a P-value that is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from counterproof.kb.numbers import p_window, read_number, rounding_window
from counterproof.queries.statistics.tails import f_tail

Row = dict[str, Any]

EPSILONS = 50
"""So many values of epsilon are tried; between two of them the P-values have no gap."""


def corrected(row: Row) -> bool:
    """Whether the paper declares such a correction and some epsilon gives the printed P of this F."""
    if "sphericity" not in (row.get("correction") or "").split(";") or str(row.get("effect") or "").lower() != "f":
        return False
    statistic, p = (read_number(str(row[name])) if row.get(name) else None for name in ("statistic", "p"))
    within, error = _degrees(row.get("df") or "")
    if not statistic or statistic.value is None or not p or p.value is None or not within >= 2:
        return False
    epsilons = np.linspace(1 / within, 1, EPSILONS)
    reached = np.concatenate([f_tail(max(f, 0.0), epsilons * within, epsilons * error) for f in rounding_window(statistic)])
    low, high = p_window(p)
    return bool(reached.min() <= high and reached.max() >= low)


def _degrees(text: str) -> tuple[float, float]:
    """The two whole degrees of freedom of an F; nan where they are not two, or corrected already."""
    parts = [part.strip() for part in text.split(",")]
    return (float(parts[0]), float(parts[1])) if len(parts) == 2 and all(part.isdigit() for part in parts) else (np.nan, np.nan)
