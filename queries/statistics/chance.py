"""How much an acceptance proves: the share of printed P-values of the same form that would have been accepted too.

The reference set (``reference_p.csv``) holds printed P-values with their frequencies: those with an equals sign from baseline
tables of 3,201 comparisons of randomised trials (Barnett 2023, CC BY 4.0), the others counted in open-access articles.
The form of a P is its comparator and its decimals; beyond four decimals the four-decimal ones are taken.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from counterproof.queries.statistics.rounding import Floats, Ints, PrintedP, read_p
from counterproof.queries.statistics.verdicts import Pool

Form = tuple[str, int]


@cache
def reference() -> dict[Form, tuple[Floats, Floats]]:
    """For each form the printed values in ascending order and the cumulated shares before and after them (one longer)."""
    file = resources.files("counterproof.queries.statistics") / "reference_p.csv"
    found: dict[Form, list[tuple[float, float]]] = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        value, unit, comparator = read_p(row["printed"])
        found.setdefault((comparator, _decimals(unit)), []).append((value, float(row["count"])))
    out = {}
    for form, pairs in found.items():
        values, weights = np.array(sorted(pairs)).T
        out[form] = values, np.concatenate([[0.0], np.cumsum(weights)]) / weights.sum()
    return out


def _decimals(unit: float) -> int:
    return 0 if np.isnan(unit) else round(-np.log10(unit))


def chance(some: Pool, p: PrintedP, n: int) -> Floats:
    """For each comparison the share of the reference set's P-values of its form that the base reaches; nan without any.

    The window of each is that of rounding, as it is for an acceptance without a note.
    """
    out = np.full(n, np.nan)
    base = np.flatnonzero(some.base)
    owner = some.owner[base]
    places = np.nan_to_num(np.round(-np.log10(p.unit))).astype(np.int64)
    for form in _forms(p.comparator[owner], places[owner]):
        comparator = {"≤": "<", "≥": ">", "≈": "="}.get(form[0], form[0])
        if comparator == "NS":
            continue
        values, shares = reference().get((comparator, min(form[1], 4 if comparator != ">" else 2)), reference()["=", 2])
        here = (p.comparator[owner] == form[0]) & (places[owner] == form[1])
        rows = base[here]
        first, last = _accepted(values, comparator, 10.0 ** -form[1], some.low[rows], some.high[rows])
        _sum_shares(out, some.owner[rows], first, last, shares)
    return out


def _forms(comparator: NDArray[np.str_], places: Ints) -> set[Form]:
    """The forms that occur."""
    return {(sign, int(k)) for sign in np.unique(comparator).tolist() for k in np.unique(places[comparator == sign])}


def share_accepted(p: PrintedP, intervals: Iterable[tuple[float, float]]) -> float:
    """The share of the reference set's P-values of the form of ``p`` (one printed P) that one set of intervals meets."""
    return float(shares_accepted(p, [list(intervals)])[0])


def shares_accepted(p: PrintedP, sets: Sequence[Sequence[tuple[float, float]]]) -> Floats:
    """As :func:`share_accepted`, for each printed P and its own set of intervals."""
    low, high = np.array([interval for some in sets for interval in some], dtype=np.float64).reshape(-1, 2).T
    owner = np.repeat(np.arange(len(sets)), [len(some) for some in sets])
    method = np.zeros(len(low), dtype=np.int64)
    found = chance(Pool([], method, method, owner, low, high, method > 0, method == 0), p, len(sets))
    return np.where(np.isnan(found), 0.5, found)


def _accepted(values: Floats, comparator: str, unit: float, low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Of which of the ascending values the windows meet [low, high]: from the first to before the last."""
    slack = 1e-9
    if comparator == "<":
        return np.searchsorted(values, low - slack), np.full(len(low), len(values))
    if comparator == ">":
        return np.zeros(len(low), dtype=np.int64), np.searchsorted(values, high + slack, side="right")
    return np.searchsorted(values, low - unit / 2 - slack), np.searchsorted(values, high + unit / 2 + slack, side="right")


def _sum_shares(out: Floats, owner: Ints, first: Ints, last: Ints, shares: Floats) -> None:
    """Write for each owner the share of the union of its ranges."""
    order = np.lexsort([first, owner])
    owner, first, last = owner[order], first[order], last[order]
    shift = owner * (len(shares) + 1)
    reached = np.maximum.accumulate(last + shift) - shift
    before = np.concatenate([[0], reached[:-1]])
    same = np.concatenate([[False], owner[1:] == owner[:-1]])
    start = np.where(same, np.maximum(first, before), first)
    gain = np.where(last > start, shares[np.maximum(last, start)] - shares[start], 0.0)
    total = np.bincount(owner, gain, minlength=len(out))
    some = np.unique(owner)
    out[some] = np.minimum(total[some], 1.0)
