"""Tail probabilities of the reference distributions, over whole arrays.

Two-sided where a sign exists. Built on scipy.special, which works on arrays; ``nan`` in gives ``nan`` out.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from counterproof.queries.statistics.rounding import Floats

Numbers = Floats | float


def z_two_sided(z: Numbers) -> Floats:
    """P(|Z| ≥ |z|) of a standard normal."""
    return np.asarray(special.erfc(np.abs(z) / np.sqrt(2.0)))


def z_of(p: Numbers) -> Floats:
    """The |z| whose two-sided P is ``p``."""
    return np.asarray(-special.ndtri(np.asarray(p) / 2.0), dtype=np.float64)


def t_two_sided(t: Numbers, df: Numbers) -> Floats:
    """P(|T| ≥ |t|) of Student's t with ``df`` (a whole number or not)."""
    return np.asarray(2.0 * special.stdtr(df, -np.abs(t)), dtype=np.float64)


def f_tail(f: Numbers, df1: Numbers, df2: Numbers) -> Floats:
    """P(F ≥ f) with ``df1`` and ``df2``."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(np.isinf(f), 0.0, special.fdtrc(df1, df2, f)))


def chi2_tail(x: Numbers, df: Numbers) -> Floats:
    """P(chi-squared ≥ x) with ``df``."""
    return np.asarray(special.gammaincc(np.asarray(df) / 2.0, np.maximum(x, 0.0) / 2.0))


def chi2_tail_1(x: Numbers) -> Floats:
    """P(chi-squared ≥ x) with one degree of freedom; faster than the general form."""
    return np.asarray(special.erfc(np.sqrt(np.maximum(x, 0.0) / 2.0)))
