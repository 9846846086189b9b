"""Tests of the r × c table (arms down, levels across), each over a whole batch of one shape.

Every function takes counts of shape (batch, arms, levels) and gives two-sided P-values; levels and arms
without any count are left out of the degrees of freedom, and get no score.
Sources: Agresti (2013) 3.2, 3.4; Campbell (2007) for N−1; Hollander & Wolfe (1999) 4.1 and 6.1 for ties.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from counterproof.queries.statistics.rounding import Floats
from counterproof.queries.statistics.tails import chi2_tail, chi2_tail_1, f_tail, t_two_sided, z_two_sided


def _df(counts: Floats) -> Floats:
    """(arms − 1)(levels − 1) of those that hold a count."""
    return np.asarray(((counts.sum(2) > 0).sum(1) - 1.0) * ((counts.sum(1) > 0).sum(1) - 1.0))


def pearson_statistic(counts: Floats) -> Floats:
    """Pearson's chi-squared."""
    n = counts.sum((1, 2), keepdims=True)
    product = counts.sum(2, keepdims=True) * counts.sum(1, keepdims=True)
    share = np.divide(np.square(counts), product, out=np.zeros_like(counts), where=product > 0)
    return np.asarray(n[:, 0, 0] * (share.sum((1, 2)) - 1.0))


def pearson(counts: Floats) -> Floats:
    """Pearson's chi-squared test."""
    return chi2_tail(pearson_statistic(counts), _df(counts))


def n_minus_1(counts: Floats) -> Floats:
    """Chi-squared with the factor (N − 1)/N."""
    n = counts.sum((1, 2))
    return chi2_tail(pearson_statistic(counts) * (n - 1) / n, _df(counts))


def likelihood_ratio_statistic(counts: Floats) -> Floats:
    """G² = 2 Σ (O log(O/E) − (O − E)), from the whole numbers N O − R C so that little is lost where O is near E."""
    n = counts.sum((1, 2), keepdims=True)
    product = counts.sum(2, keepdims=True) * counts.sum(1, keepdims=True)
    off = n * counts - product
    share = np.divide(off, product, out=np.zeros_like(counts), where=product > 0)
    return np.asarray(2.0 * (special.xlog1py(counts, share) - off / n).sum((1, 2)), dtype=np.float64)


def likelihood_ratio(counts: Floats) -> Floats:
    """G² against the chi-squared distribution."""
    return chi2_tail(likelihood_ratio_statistic(counts), _df(counts))


def _codes(totals: Floats) -> Floats:
    """0, 1, 2 … for the places that hold a count, in their order."""
    return np.asarray(np.cumsum(totals > 0, axis=1) - 1.0, dtype=np.float64)


def _r_squared(counts: Floats) -> Floats:
    """Squared correlation of arm codes with level codes."""
    n, rows, columns = counts.sum((1, 2)), counts.sum(2), counts.sum(1)
    x, y = _codes(rows), _codes(columns)
    sx, sy = (rows * x).sum(1), (columns * y).sum(1)
    cross = np.einsum("bij,bi,bj->b", counts, x, y) * n - sx * sy
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(cross**2 / ((n * (rows * x * x).sum(1) - sx**2) * (n * (columns * y * y).sum(1) - sy**2)))


def linear_by_linear(counts: Floats) -> Floats:
    """Mantel's linear-by-linear association, (N − 1) r², of equally spaced codes."""
    return chi2_tail_1((counts.sum((1, 2)) - 1) * _r_squared(counts))


def cochran_armitage(counts: Floats) -> Floats:
    """The trend test of Cochran and Armitage, N r², of equally spaced codes."""
    return chi2_tail_1(counts.sum((1, 2)) * _r_squared(counts))


def _midranks(columns: Floats) -> Floats:
    return np.asarray(np.cumsum(columns, axis=1) - (columns - 1) / 2)


def _tie_factor(columns: Floats) -> Floats:
    n = columns.sum(1)
    return np.asarray(1.0 - (columns**3 - columns).sum(1) / (n**3 - n), dtype=np.float64)


def kruskal_wallis(counts: Floats) -> Floats:
    """Kruskal and Wallis' rank test over the arms, levels as tied ranks; with two arms Mann-Whitney without continuity correction."""
    rows, columns = counts.sum(2), counts.sum(1)
    n = rows.sum(1)
    ranks = (counts * _midranks(columns)[:, None, :]).sum(2)
    share = np.divide(np.square(ranks), rows, out=np.zeros_like(ranks), where=rows > 0).sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        h = (12 / (n * (n + 1)) * share - 3 * (n + 1)) / _tie_factor(columns)
    return chi2_tail(h, (rows > 0).sum(1) - 1.0)


def mann_whitney_corrected(counts: Floats) -> Floats:
    """Mann-Whitney of two arms, levels as tied ranks, with continuity correction."""
    rows, columns = counts.sum(2), counts.sum(1)
    n = rows.sum(1)
    ranks = (counts[:, 0] * _midranks(columns)).sum(1)
    distance = np.maximum(np.abs(ranks - rows[:, 0] * (n + 1) / 2) - 0.5, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return z_two_sided(distance / np.sqrt(rows[:, 0] * rows[:, 1] * (n + 1) / 12 * _tie_factor(columns)))


def anova_on_codes(counts: Floats) -> Floats:
    """One-way analysis of variance (two arms: Student's t) of the level codes 0, 1, 2 …"""
    n, rows, columns = counts.sum((1, 2)), counts.sum(2), counts.sum(1)
    y = _codes(columns)
    sums = (counts * y[:, None, :]).sum(2)
    between = np.divide(np.square(sums), rows, out=np.zeros_like(sums), where=rows > 0).sum(1)
    correction, total = sums.sum(1) ** 2 / n, (columns * y * y).sum(1)
    groups = (rows > 0).sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return f_tail(np.maximum(between - correction, 0.0) / (groups - 1) / ((total - between) / (n - groups)), groups - 1.0, n - groups)


def welch_on_codes(counts: Floats) -> Floats:
    """Welch's t-test of two arms on the level codes 0, 1, 2 …"""
    rows, y = counts.sum(2), _codes(counts.sum(1))
    mean = (counts * y[:, None, :]).sum(2) / rows
    square = (counts * np.square(y)[:, None, :]).sum(2)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (square - rows * mean**2) / (rows - 1) / rows
        df = np.square(part.sum(1)) / (np.square(part) / (rows - 1)).sum(1)
        return t_two_sided((mean[:, 0] - mean[:, 1]) / np.sqrt(part.sum(1)), df)


NOMINAL: dict[str, Callable[[Floats], Floats]] = {
    "chi_squared": pearson, "likelihood_ratio": likelihood_ratio,
}  # fmt: skip
