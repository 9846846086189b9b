"""Printed estimates with their intervals, each as the range of values that rounds to what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterproof.kb.numbers import read_number, rounding_window

Window = tuple[float, float]
NORMAL, OF_FEW = 1.95, 2.0
"""Between these lies the factor of a 95% interval, normal or by t with 60 degrees of freedom and more."""

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
