"""Tests of the 2 × 2 table, each over a whole batch.

Every function takes counts of shape (batch, 2, 2), arms down and levels across, none of the four margins
zero, and gives the two-sided P-values.
Sources: Campbell (2007) Statist. Med. 26:3661 for N−1; Agresti (2013) 3.5 for the exact tests and their mid-P.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from counterproof.queries.statistics.crosstab import likelihood_ratio_statistic
from counterproof.queries.statistics.rounding import Floats, Ints
from counterproof.queries.statistics.tails import chi2_tail_1, t_two_sided, z_two_sided

_TIE = 1e-7
_WIDEST = 1_000_000
_CELLS = 150_000


def _margins(counts: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """a, first row, second row, first column, second column, total."""
    rows, columns = counts.sum(2), counts.sum(1)
    return counts[:, 0, 0], rows[:, 0], rows[:, 1], columns[:, 0], columns[:, 1], rows.sum(1)


def pearson_statistic(counts: Floats) -> Floats:
    """Pearson's chi-squared."""
    a, r1, r2, c1, c2, n = _margins(counts)
    return np.asarray(n * np.square(a * n - r1 * c1) / (r1 * r2 * c1 * c2))


def pearson(counts: Floats) -> Floats:
    """Pearson's chi-squared test."""
    return chi2_tail_1(pearson_statistic(counts))


def yates(counts: Floats) -> Floats:
    """Chi-squared with Yates' continuity correction (at most the whole difference)."""
    a, r1, r2, c1, c2, n = _margins(counts)
    beyond = np.maximum(np.abs(a * n - r1 * c1) - n / 2, 0.0)
    return chi2_tail_1(n * beyond * beyond / (r1 * r2 * c1 * c2))


def n_minus_1(counts: Floats) -> Floats:
    """Chi-squared with the factor (N − 1)/N; the linear-by-linear and the rank test of a 2 × 2 table are the same."""
    n = counts.sum((1, 2))
    return chi2_tail_1(pearson_statistic(counts) * (n - 1) / n)


def likelihood_ratio(counts: Floats) -> Floats:
    """G² against the chi-squared distribution."""
    return chi2_tail_1(likelihood_ratio_statistic(counts))


def unpooled_z(counts: Floats) -> Floats:
    """Wald's test of the difference of two proportions, variances not pooled."""
    a, r1, r2, c1, _, _ = _margins(counts)
    p, q = a / r1, (c1 - a) / r2
    with np.errstate(divide="ignore", invalid="ignore"):
        return z_two_sided((p - q) / np.sqrt(p * (1 - p) / r1 + q * (1 - q) / r2))


def student_on_codes(counts: Floats) -> Floats:
    """Student's t-test of the two levels coded 0 and 1."""
    phi2 = pearson_statistic(counts) / counts.sum((1, 2))
    df = counts.sum((1, 2)) - 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return t_two_sided(np.sqrt(phi2 * df / (1.0 - phi2)), df)


def rank_sum_corrected(counts: Floats) -> Floats:
    """Mann-Whitney on the two levels: ties and continuity corrected."""
    a, r1, r2, c1, c2, n = _margins(counts)
    distance = np.maximum(np.abs(a * n - r1 * c1) / 2 - 0.5, 0.0)
    return z_two_sided(distance / np.sqrt(r1 * r2 * c1 * c2 / (4 * (n - 1))))


def exact(counts: Floats) -> dict[str, Floats]:
    """Fisher's exact test: ``fisher`` (all tables no likelier), ``fisher_doubled`` (twice the smaller tail), ``fisher_mid_p``.

    The mid-P is that of the first: the table's own probability, with those that equal it, counts half.
    Undefined (nan) where the smallest margin exceeds a million.
    """
    n_batch = len(counts)
    a, r1, _, c1, _, n = (x.astype(np.int64) for x in _margins(counts))
    first = np.maximum(0, r1 + c1 - n)
    width = np.minimum(r1, c1) - first + 1
    out = {name: np.empty(n_batch) for name in ("fisher", "fisher_doubled", "fisher_mid_p")}
    order = np.argsort(width, kind="stable")
    start, stop = 0, int((width <= _WIDEST).sum())
    for p in out.values():
        p[order[stop:]] = np.nan
    while start < stop:
        step = _step(width[order[:stop]], start)
        part = order[start : start + step]
        for name, p in zip(out, _exact_part(a[part], r1[part], c1[part], n[part], first[part], width[part]), strict=True):
            out[name][part] = p
        start += step
    return out


def _step(width: Ints, start: int) -> int:
    """How many tables, from ``start`` in order of width, fill a work array without much padding."""
    limit = max(int(width[start] * 1.3), int(width[start]) + 4)
    within = int(np.searchsorted(width, limit, side="right")) - start
    return max(1, min(within, _CELLS // limit))


def _exact_part(a: Ints, r1: Ints, c1: Ints, n: Ints, first: Ints, width: Ints) -> tuple[Floats, Floats, Floats]:
    """The three P-values, from the whole hypergeometric distribution of each table relative to the table's own probability."""
    x = np.arange(int(width.max()), dtype=np.int64)
    p = _steps(r1, c1, n, first, x, width)
    lost = ~np.isfinite(p).all(1) | (p[np.arange(len(p)), a - first] < 1e-280)
    if lost.any():
        p[lost] = _from_logs(r1[lost], c1[lost], n[lost], first[lost], x, width[lost])
    own = np.take_along_axis(p, (a - first)[:, None], 1)
    total = p.sum(1)
    least, most = own / (1.0 + _TIE), own * (1.0 + _TIE)
    no_likelier = np.einsum("ij,ij->i", p, p <= most) / total
    likelier_or_less = np.einsum("ij,ij->i", p, p < least) / total
    lower = np.einsum("ij,ij->i", p, x <= (a - first)[:, None]) / total
    upper = np.einsum("ij,ij->i", p, x >= (a - first)[:, None]) / total
    doubled = np.minimum(2.0 * np.minimum(lower, upper), 1.0)
    return np.minimum(no_likelier, 1.0), doubled, np.minimum((no_likelier + likelier_or_less) / 2, 1.0)


def _steps(r1: Ints, c1: Ints, n: Ints, first: Ints, x: Ints, width: Ints) -> Floats:
    """Probabilities relative to that of the least count, from the ratio of each to the one before; nil beyond the greatest."""
    before = (first[:, None] + x[:-1]).astype(np.float64)
    up = (r1[:, None] - before) * (c1[:, None] - before)
    down = (before + 1.0) * ((n - r1 - c1)[:, None] + before + 1.0)
    out = np.ones((len(first), len(x)))
    with np.errstate(over="ignore", invalid="ignore"):
        np.cumprod(np.where(x[1:] < width[:, None], up / down, 0.0), axis=1, out=out[:, 1:])
    return out


def _from_logs(r1: Ints, c1: Ints, n: Ints, first: Ints, x: Ints, width: Ints) -> Floats:
    """The same from logarithms of factorials, relative to the likeliest; for tables so large that ratios overflow."""
    inside = x < width[:, None]
    cell = np.where(inside, first[:, None] + x, first[:, None])
    cells = (cell, r1[:, None] - cell, c1[:, None] - cell, (n - r1 - c1)[:, None] + cell)
    log_p: Floats = -np.add.reduce([special.gammaln(k + 1.0) for k in cells])
    return np.where(inside, np.exp(log_p - log_p.max(1, keepdims=True)), 0.0)


def unconditional(table: Ints) -> dict[str, float]:
    """Barnard's and Boschloo's tests of one 2 × 2 table (arms down); slow, so only on demand."""
    from scipy.stats import barnard_exact, boschloo_exact  # scipy.stats takes half a second to load

    by_level = np.asarray(table).T
    return {"barnard": float(barnard_exact(by_level).pvalue), "boschloo": float(boschloo_exact(by_level).pvalue)}


TESTS: dict[str, Callable[[Floats], Floats]] = {
    "chi_squared": pearson, "chi_squared_yates": yates, "chi_squared_n_minus_1": n_minus_1, "likelihood_ratio": likelihood_ratio,
}  # fmt: skip
