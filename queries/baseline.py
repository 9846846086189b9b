"""Baseline tables of randomised trials as a whole: how far the arms differ, against what random allocation gives.

Each variable gives a P-value (one-way analysis of variance from means and SDs, Pearson's chi-squared for counts), turned into a chi-squared
value of (arms − 1) degrees of freedom; over many variables their sum is that of chi-squared variables, with a variance that grows with
the correlation of the variables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from scipy import special  # not scipy.stats, which takes half a second to load

from counterproof.kb.numbers import read_number, rounding_window
from counterproof.queries.proportions import whole

Row = dict[str, Any]

CORRELATION = 0.1
"""Squared correlation of two baseline variables that is allowed for on average; most pairs (age, sex, blood values) have far less."""

LEAST_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the arms differ in one variable: chi-squared of (arms − 1) degrees of freedom, least and greatest under rounding."""

    name: str
    low: float
    high: float
    degrees: int


@dataclass(frozen=True, slots=True)
class Dispersion:
    """All variables together: their number, the ratio to what is expected, and the chance of so little and of so much of it.

    Each chance is taken at the end of the rounding intervals that speaks for chance.
    """

    variables: int
    ratio: tuple[float, float]
    too_alike: float
    too_different: float


def spread(rows: Sequence[Row]) -> Spread | None:
    """How far the arms differ in one variable, from one row an arm; None where they cannot be compared."""
    name = str(rows[0]["variable"] or "")
    if len(rows) < 2 or len({row["arm_no"] for row in rows}) != len(rows):
        return None
    sizes = [whole(row["n"]) for row in rows]
    if not all(sizes):
        return None
    known = [size for size in sizes if size]
    if all(row["mean"] and row["sd"] for row in rows):
        values = _f_values(rows, known)
        degrees = len(rows) - 1, sum(known) - len(known)
        p_values = [float(special.fdtrc(*degrees, value)) for value in values] if values else []
    elif all(row["count"] is not None for row in rows):
        p_values = _count_p(rows, known)
    else:
        return None
    if not p_values:
        return None
    chi = sorted(float(special.chdtri(len(rows) - 1, p)) for p in p_values)
    return Spread(name, chi[0], chi[-1], len(rows) - 1)


def dispersion(spreads: Iterable[Spread]) -> Dispersion:
    """The variables of one table together."""
    every = list(spreads)
    degrees = sum(one.degrees for one in every)
    inflation = 1 + (len(every) - 1) * CORRELATION
    low, high = sum(one.low for one in every), sum(one.high for one in every)
    return Dispersion(
        len(every),
        (low / degrees, high / degrees),
        float(special.chdtr(degrees / inflation, high / inflation)),
        float(special.chdtrc(degrees / inflation, low / inflation)),
    )


def _f_values(rows: Sequence[Row], sizes: Sequence[int]) -> list[float]:
    """Least and greatest F that the rounded means and SDs allow; nothing where they are no plain numbers."""
    means = [read_number(row["mean"]) for row in rows]
    sds = [read_number(row["sd"]) for row in rows]
    windows = [rounding_window(number) for number in (*means, *sds) if number and number.value is not None and number.comparator == "="]
    if len(windows) < 2 * len(rows) or any(high <= 0 for _, high in windows[len(rows) :]) or len(rows) > 6:
        return []
    centres, spreads = windows[: len(rows)], windows[len(rows) :]
    within_low, within_high = (sum((n - 1) * max(w[end], 0.0) ** 2 for n, w in zip(sizes, spreads, strict=True)) for end in (0, 1))
    if within_low <= 0:
        return []
    between = [_between(corner, sizes) for corner in product(*centres)]
    nearest = 0.0 if max(w[0] for w in centres) <= min(w[1] for w in centres) else min(between)
    scale = (sum(sizes) - len(sizes)) / (len(sizes) - 1)
    return [nearest / within_high * scale, max(between) / within_low * scale]


def _between(means: Sequence[float], sizes: Sequence[int]) -> float:
    grand = sum(n * mean for n, mean in zip(sizes, means, strict=True)) / sum(sizes)
    return sum(n * (mean - grand) ** 2 for n, mean in zip(sizes, means, strict=True))


def _count_p(rows: Sequence[Row], sizes: Sequence[int]) -> list[float]:
    """P of Pearson's chi-squared of a count against the rest; nothing where an expected number is small."""
    counts = [whole(row["count"]) for row in rows]
    if any(count is None or count > size for count, size in zip(counts, sizes, strict=True)):
        return []
    share = sum(count or 0 for count in counts) / sum(sizes)
    if min(sizes) * min(share, 1 - share) < LEAST_EXPECTED:
        return []
    chi = sum(((count or 0) - size * share) ** 2 / (size * share * (1 - share)) for count, size in zip(counts, sizes, strict=True))
    return [float(special.chdtrc(len(rows) - 1, chi))]
