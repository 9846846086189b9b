"""Regrouped tables: the same counts with a level left out, neighbours merged, one level against the rest, two of the arms.

Papers often test another table than they print. What only these attain is said to be so, never counted as agreement.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from counterproof.queries.statistics import crosstab, exact, fourfold
from counterproof.queries.statistics.count_tests import compact
from counterproof.queries.statistics.reach import Reach, known, point
from counterproof.queries.statistics.rounding import Floats, Ints

_MOST_LEVELS = 12
_MOST_ARMS = 6
_CHEAP = 9.0


def regrouped_reaches(owner: Ints, counts: Floats, n: Floats) -> list[Reach]:
    """Chi-squared (2 × 2: also with Yates' correction), and Fisher's test where cheap, on every regrouping; ``n`` is (batch, arms)."""
    out: list[Reach] = []
    for label, which, tables in _groupings(counts, n):
        for part, table in compact(owner[which], tables):
            if min(table.shape[1:]) >= 2 and len(part):
                out += _tests(label, part, table)
    return known(out)


def _groupings(counts: Floats, n: Floats) -> Iterator[tuple[str, Ints, Floats]]:
    """Name, which tables of the batch, and the tables regrouped."""
    arms, levels = counts.shape[1:]
    every = np.arange(len(counts))
    if 2 < levels <= _MOST_LEVELS:
        for j in range(levels):
            yield f"level {j + 1} left out", every, np.delete(counts, j, axis=2)
            one = counts[:, :, j : j + 1]
            yield f"level {j + 1} against the rest", every, np.concatenate([one, counts.sum(2, keepdims=True) - one], axis=2)
        for j in range(levels - 1) if levels > 3 else ():
            merged = np.delete(counts, j + 1, axis=2)
            merged[:, :, j] += counts[:, :, j + 1]
            yield f"levels {j + 1} and {j + 2} merged", every, merged
    if levels > 1:
        rest = n - counts.sum(2)
        short = np.flatnonzero((rest >= 0).all(1) & (rest > 0).any(1))
        if len(short):
            yield "with the rest up to n", short, np.concatenate([counts, rest[:, :, None]], axis=2)[short]
    if 2 < arms <= _MOST_ARMS:
        for i in range(arms):
            for j in range(i + 1, arms):
                yield f"arms {i + 1} and {j + 1} only", every, counts[:, [i, j]]


def _tests(label: str, owner: Ints, tables: Floats) -> list[Reach]:
    if tables.shape[1:] == (2, 2):
        p = {name: fourfold.TESTS[name](tables) for name in ("chi_squared", "chi_squared_yates")}
        p["fisher"] = fourfold.exact(tables)["fisher"]
        return [point(f"{name}, {label}", "regrouped", owner, values) for name, values in p.items()]
    low, high = exact.fisher_freeman_halton(tables, cap=_CHEAP, sample=False)
    chi = point(f"chi_squared, {label}", "regrouped", owner, crosstab.pearson(tables))
    return [chi, Reach(f"fisher, {label}", "regrouped", owner, low, high)]
