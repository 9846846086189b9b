"""Printed estimates with their intervals, each as the range of values that rounds to what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterproof.kb.numbers import read_number, rounding_window
from counterproof.queries.statistics.tails import z_two_sided

Window = tuple[float, float]
NORMAL, OF_FEW = 1.95, 2.3
"""Between these lies the factor of a 95% interval, normal or by t with eight degrees of freedom and more."""

Z95 = 1.959964

RATIOS = frozenset({"hr", "or", "rr"})


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate and its limits as windows of unrounded values."""

    estimate: Window
    low: Window
    high: Window


def estimate(row: dict[str, Any]) -> Estimate | None:
    """The estimate of a row of ``estimate_rows``, or None where one of the three is no plain number."""
    windows: list[Window] = []
    for column in ("estimate", "ci_low", "ci_high"):
        number = read_number(row[column]) if row.get(column) else None
        if number is None or number.value is None or number.comparator != "=":
            return None
        windows.append(rounding_window(number))
    return Estimate(*windows)


def is_error(read: Estimate) -> bool:
    """Whether the number beside an interval may be its standard error, which tables print between an estimate and its limits."""
    (least, most), narrow, wide = read.estimate, read.high[0] - read.low[1], read.high[1] - read.low[0]
    return least > 0 and narrow > 0 and wide >= 2 * NORMAL * least and narrow <= 2 * OF_FEW * most


def unread(row: dict[str, Any]) -> tuple[str, str]:
    """Why the estimate of a row of ``estimate_rows`` is none: a reason, and what it says."""
    if not row.get("estimate"):
        return "estimate_unnamed", "what the value beside the interval is, is not known"
    return "unreadable_number", "the estimate or a limit is no plain number"


def distance(low: Window, middle: Window, high: Window) -> float:
    """Least distance of the estimate from the middle, in half widths, over all values that the three windows allow."""
    shift = max(middle[0] - (low[1] + high[1]) / 2, (low[0] + high[0]) / 2 - middle[1], 0.0)
    half = max((high[1] - low[0]) / 2, 1e-12)
    return shift / half


def even(read: Estimate) -> bool:
    """Whether the estimate may lie in the very middle of its interval on the plain scale."""
    return not distance(read.low, read.estimate, read.high)


def plain_scale_p(read: Estimate) -> Window:
    """The P-values of a ratio less 1 over its standard error, had from a 95% interval that was made on the plain scale (delta method)."""
    errors = [max(end, 1e-12) / (2 * Z95) for end in (read.high[0] - read.low[1], read.high[1] - read.low[0])]
    distances = [abs(end - 1) for end in read.estimate]
    least = 0.0 if read.estimate[0] <= 1 <= read.estimate[1] else min(distances)
    return float(z_two_sided(max(distances) / errors[0])), float(z_two_sided(least / errors[1]))
