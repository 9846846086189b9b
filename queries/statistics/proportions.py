"""Intervals of proportions, and odds ratio, risk ratio and risk difference of a 2 × 2 table with intervals and Wald tests.

Sources: Brown, Cai & DasGupta (2001) Statist. Sci. 16:101; Agresti (2013) 3.1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from counterproof.queries.statistics.rounding import Floats
from counterproof.queries.statistics.tails import z_two_sided

Interval = tuple[Floats, Floats]


def _z(level: float) -> float:
    return float(-special.ndtri((1 - level / 100) / 2))


def wald(count: Floats, n: Floats, level: float = 95.0) -> Interval:
    """P ± z √(p (1 − p)/n), within [0, 1]."""
    p = count / n
    half = _z(level) * np.sqrt(p * (1 - p) / n)
    return np.maximum(p - half, 0.0), np.minimum(p + half, 1.0)


def wilson(count: Floats, n: Floats, level: float = 95.0) -> Interval:
    """The score interval."""
    z = _z(level)
    p, wide = count / n, 1 + z * z / n
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (p + z * z / (2 * n) - half) / wide, (p + z * z / (2 * n) + half) / wide


def agresti_coull(count: Floats, n: Floats, level: float = 95.0) -> Interval:
    """Wald's interval with z²/2 successes and failures added."""
    square = _z(level) ** 2
    p = (count + square / 2) / (n + square)
    half = _z(level) * np.sqrt(p * (1 - p) / (n + square))
    return np.maximum(p - half, 0.0), np.minimum(p + half, 1.0)


def clopper_pearson(count: Floats, n: Floats, level: float = 95.0) -> Interval:
    """The exact interval."""
    tail = (1 - level / 100) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(count > 0, special.betaincinv(np.maximum(count, 1), n - count + 1, tail), 0.0)
        high = np.where(count < n, special.betaincinv(count + 1, np.maximum(n - count, 1), 1 - tail), 1.0)
    return low, high


INTERVALS: dict[str, Callable[[Floats, Floats, float], Interval]] = {
    "wald": wald, "wilson": wilson, "agresti_coull": agresti_coull, "clopper_pearson": clopper_pearson,
}  # fmt: skip
"""Intervals that papers print of a proportion."""


def log_effect(counts: Floats, kind: str) -> tuple[Floats, Floats]:
    """Estimate and standard error of a batch of 2 × 2 tables (arms down, the outcome first): logarithm of ``or`` or ``rr``, plain ``rd``.

    Infinite or undefined where a cell that it divides by is empty.
    """
    a, b, c, d = counts[:, 0, 0], counts[:, 0, 1], counts[:, 1, 0], counts[:, 1, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "or":
            return np.log(a * d / (b * c)), np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
        p, q = a / (a + b), c / (c + d)
        if kind == "rr":
            return np.log(p / q), np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
        return p - q, np.sqrt(p * (1 - p) / (a + b) + q * (1 - q) / (c + d))


def effect(counts: Floats, kind: str, level: float = 95.0) -> tuple[Floats, Floats, Floats]:
    """Estimate and Wald limits of ``or``, ``rr`` or ``rd``."""
    b, se = log_effect(counts, kind)
    limits = b, b - _z(level) * se, b + _z(level) * se
    return limits if kind == "rd" else (np.exp(limits[0]), np.exp(limits[1]), np.exp(limits[2]))


def effect_p(counts: Floats, kind: str) -> Floats:
    """Wald's test of ``or`` (what logistic regression prints), ``rr`` or ``rd``."""
    b, se = log_effect(counts, kind)
    with np.errstate(invalid="ignore"):
        return np.where(np.isfinite(se), z_two_sided(b / se), np.nan)
