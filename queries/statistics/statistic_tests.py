"""From a printed test statistic with its degrees of freedom to the P-values that it allows.

Read are ``t(34) = 2.31``, ``F(2, 30) = 4.1``, ``χ² = 5.6``, ``z``, ``r``, ``Q``, ``U``, ``W``, ``H``; the name may stand in the
``effect`` column instead, the degrees of freedom in ``df``. A nameless statistic with two degrees of freedom is an F, with
one a t or a chi-squared, without any a z.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import product
from typing import SupportsFloat

import numpy as np

from counterproof.queries.statistics.layout import Layout
from counterproof.queries.statistics.reach import Reach, known
from counterproof.queries.statistics.rounding import Flags, Floats, read_number
from counterproof.queries.statistics.tails import chi2_tail, f_tail, t_two_sided, z_two_sided

Interval = tuple[float, float]
Tail = Callable[[float], SupportsFloat]

_PRINTED = re.compile(
    r"([A-Za-zχΧ][\w²^-]{0,11})?\s*+(?:\(([^()]{0,40})\)\s*+)?(?:[=:]\s*+)?(?:(?P<bound>[<>])\s*+)?(?P<value>[-−+]?(?:\d++(?:[.,·]\d++)?|[.,·]\d++))"
)
_NAMES = {
    "t": "t", "f": "f", "z": "z", "r": "r", "rs": "rs", "q": "q", "u": "u", "w": "w", "h": "h", "chi2": "chi_squared", "χ2": "chi_squared",
    "χ²": "chi_squared", "x2": "chi_squared", "x²": "chi_squared", "chi": "chi_squared", "chi_squared": "chi_squared",
    "chi-squared": "chi_squared", "chi-square": "chi_squared", "chisq": "chi_squared", "χ": "chi_squared", "g2": "chi_squared",
}  # fmt: skip


MOST_DF = 3
"""Degrees of freedom that are looked at: one more than any statistic has."""

FEW_RANKS = 30
"""Patients below whom the exact P of Spearman's correlation is not that of the t approximation."""

UNPRINTED = tuple(float(df) for df in range(1, 11))
"""Degrees of freedom that a chi-squared may have where a paper does not say; each gives a P of its own."""


def statistic_reaches(layout: Layout, chosen: Flags, truncated: bool = False) -> list[Reach]:
    """The P-values that the printed statistics of the chosen comparisons allow."""
    if not chosen.any():
        return []
    texts, dfs, effects = layout.first("statistic"), layout.first("df"), layout.first("effect")
    found: dict[str, list[tuple[int, float, float]]] = {}
    for owner in np.flatnonzero(chosen & (texts != "")).tolist():
        sizes = _sizes(layout, owner)
        for method, (low, high) in _allowed(str(texts[owner]), str(dfs[owner]), str(effects[owner]), sizes, truncated):
            found.setdefault(method, []).append((owner, low, high))
    return known([
        Reach(f"statistic_{method}", "standard", np.array([r[0] for r in rows], dtype=np.int64), np.array([r[1] for r in rows]),
              np.array([r[2] for r in rows])) for method, rows in found.items()])  # fmt: skip


def _sizes(layout: Layout, owner: int) -> list[float]:
    """The printed n of a comparison's rows."""
    start = int(layout.starts[owner])
    stop = int(layout.starts[owner + 1]) if owner + 1 < len(layout) else len(layout.comparison)
    n = layout.numbers("n").value[start:stop]
    return [float(x) for x in n[~np.isnan(n)]]


def _allowed(text: str, df_text: str, effect: str, sizes: list[float], truncated: bool) -> Iterator[tuple[str, Interval]]:
    """(method, least and greatest P) of each reading of the statistic."""
    hit = _PRINTED.fullmatch(text.strip())
    if not hit:
        return
    value, unit = read_number(hit["value"])
    name = _NAMES.get((hit[1] or effect).strip().lower(), "")
    df = re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", df_text or hit[2] or ""))[:MOST_DF]
    ends = (value, value + np.copysign(unit, value)) if truncated else (value - unit / 2, value + unit / 2)
    low, high = sorted(abs(end) for end in ends)
    if ends[0] * ends[1] <= 0:
        low = 0.0
    if hit["bound"]:
        low, high = (0.0, abs(value)) if hit["bound"] == "<" else (abs(value), np.inf)
    found: dict[str, list[Interval]] = {}
    for exact in product(*map(_unrounded, df)):
        for method, tail in _tails(name, list(exact), sizes):
            found.setdefault(method, []).append((float(tail(high)), float(tail(low))))
    corrected = any("." in one for one in df)
    for method, intervals in found.items():
        hull = [(min(low for low, _ in intervals), max(high for _, high in intervals))] if corrected else intervals
        yield from ((method, interval) for interval in hull)
    if name in ("u", "w") and len(sizes) == 2 and not hit["bound"]:
        yield from _rank_sums(name, ends, sizes)


def _unrounded(df: str) -> tuple[float, ...]:
    """Degrees of freedom as printed; the ends of their rounding where they have decimals (Welch's, or corrected for sphericity)."""
    decimals = len(df.partition(".")[2])
    half = 0.5 * 10.0**-decimals
    return (float(df) - half, float(df) + half) if decimals else (float(df),)


def _tails(name: str, df: list[float], sizes: list[float]) -> Iterator[tuple[str, Tail]]:
    """The tail functions that a statistic of this name may be held against."""
    if name == "f" or (not name and len(df) == 2):
        if len(df) == 2:
            yield "f", lambda x: f_tail(x, df[0], df[1])
    elif name in ("r", "rs"):
        free = df[0] if df else sum(sizes) - 2 if sizes else np.nan
        if name == "rs" and not free + 2 >= FEW_RANKS:
            return
        yield "t", lambda r: t_two_sided(r * np.sqrt(free / max(1 - r * r, 1e-300)), free)
    elif name in ("chi_squared", "q", "h"):
        for free in df[:1] or UNPRINTED:
            yield ("chi_squared" if name != "h" else "h"), partial(chi2_tail, df=free)
    elif name == "z" or (not name and not df):
        yield "z", z_two_sided
    elif name in ("t", "") and len(df) == 1:
        yield "t", lambda x: t_two_sided(x, df[0])
        if not name:
            yield "chi_squared", lambda x: chi2_tail(x, df[0])


def _rank_sums(name: str, ends: Interval, sizes: list[float]) -> Iterator[tuple[str, Interval]]:
    """Mann-Whitney's U, or a sum of ranks W of either arm: exact, and normal with and without continuity correction, no ties."""
    n1, n2 = sizes
    sd = np.sqrt(n1 * n2 * (n1 + n2 + 1) / 12)
    shifts = {0.0} | ({n1 * (n1 + 1) / 2, n2 * (n2 + 1) / 2} if name == "w" else set())
    for shift in sorted(shifts):
        u = [u for u in (np.ceil(2 * (ends[0] - shift)) / 2, np.floor(2 * (ends[1] - shift)) / 2) if 0 <= u <= n1 * n2]
        distance = [abs(x - n1 * n2 / 2) for x in u]
        if not distance:
            continue
        for method, correction in (("u", 0.0), ("u_corrected", 0.5)):
            p = [float(z_two_sided(max(d - correction, 0.0) / sd)) for d in distance]
            yield method, (min(p), max(p))
        if n1 * n2 <= 2500:
            p = [exact_rank_sum_p(int(n1), int(n2), min(x, n1 * n2 - x)) for x in u]
            yield "u_exact", (min(p), max(p))


@lru_cache(maxsize=512)
def _rank_sum_counts(n1: int, n2: int) -> Floats:
    """How likely each U from 0 to n1 n2 is without ties (Mann and Whitney's generating function)."""
    ways = np.zeros(n1 * n2 + 1)
    ways[0] = 1.0
    for i in range(1, n1 + 1):
        up, down = n2 + i, i
        if up <= n1 * n2:
            ways[up:] -= ways[:-up].copy() if up else 0.0
        for j in range(down, n1 * n2 + 1):
            ways[j] += ways[j - down]
    return np.asarray(ways / ways.sum())


def exact_rank_sum_p(n1: int, n2: int, smaller: float) -> float:
    """Two-sided exact P of Mann-Whitney without ties for the smaller U."""
    return float(min(1.0, 2 * _rank_sum_counts(n1, n2)[: int(np.floor(smaller)) + 1].sum()))
