"""Printed estimates with their intervals, each as the range of values that rounds to what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterproof.kb.numbers import read_number, rounding_window

Window = tuple[float, float]
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


def unread(row: dict[str, Any]) -> tuple[str, str]:
    """Why the estimate of a row of ``estimate_rows`` is none: a reason, and what it says."""
    if not row.get("estimate"):
        return "estimate_unnamed", "what the value beside the interval is, is not known"
    return "unreadable_number", "the estimate or a limit is no plain number"
