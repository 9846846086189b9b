"""Counts, percents and the bases that fit them, under rounding.

A count c printed with a percent p stands for a base m where 100 c / m rounds (or is cut) to p, so the bases that fit are a run of
integers; where several percents share one base, it lies in all their runs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from counterproof.kb.numbers import ReportedNumber, read_number, rounding_window, truncation_window

Row = dict[str, Any]


@lru_cache(maxsize=16384)
def whole(text: str | None) -> int | None:
    """The whole number printed here, in figures or in words, or None where it is none (a range, a fraction, ``<5``)."""
    if text and text[0].isalpha():
        return spelled(text)
    number = read_number(text) if text else None
    if number is None or number.value is None or number.comparator != "=" or number.value != int(number.value) or number.value < 0:
        return None
    return int(number.value)


_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelled(text: str) -> int | None:
    """A whole number up to ninety-nine that is written in words."""
    tens, _, units = text.lower().replace(" ", "-").partition("-")
    if tens in _TENS and (not units or units in _UNITS[1:10]):
        return 10 * (_TENS.index(tens) + 2) + (_UNITS.index(units) if units else 0)
    return _UNITS.index(tens) if tens in _UNITS and not units else None


@dataclass(frozen=True)
class Proportion:
    """A printed count with its percent."""

    count: int
    percent: ReportedNumber

    @property
    def informative(self) -> bool:
        """A count of 0 with 0% fits every base and says nothing."""
        return self.count > 0

    def fits(self, base: int) -> bool:
        """Whether count / base can have been printed as this percent."""
        if base <= 0:
            return False
        share = 100 * self.count / base
        (low, high), (least, most) = self._windows
        return low - 1e-9 <= share <= high + 1e-9 or least - 1e-9 <= share <= most + 1e-9

    def nearly_fits(self, base: int) -> bool:
        """Whether the percent is off by no more than a slip.

        One unit of its last digit after rounding, or rounded to fewer digits and
        filled up with zeros (67.90% as 68.00).
        """
        if base <= 0 or self.percent.value is None:
            return False
        return abs(100 * self.count / base - self.percent.value) <= self._slip + 1e-9

    @cached_property
    def _slip(self) -> float:
        """By how much the percent may be off."""
        digits = self.percent.text.rstrip("% ").rpartition(".")[2]
        filled = len(digits) - len(digits.rstrip("0")) if self.percent.decimals > 0 else 0
        unit = 10.0 ** -(self.percent.decimals - filled)
        return 0.5 * unit if filled else 1.5 * unit

    def bases(self) -> tuple[int, int] | None:
        """The run of whole bases (first, last) that fit, or None where there is none or every base fits."""
        return self._bases

    @cached_property
    def _bases(self) -> tuple[int, int] | None:
        if not self.informative:
            return None
        (low, high), (least, most) = self._windows
        low, high = min(low, least), max(high, most)
        first = max(self.count, math.ceil(100 * self.count / high - 1e-9)) if high > 0 else self.count
        last = math.floor(100 * self.count / low + 1e-9) if low > 0 else 10**9
        return (first, last) if first <= last else None

    @cached_property
    def _windows(self) -> tuple[tuple[float, float], tuple[float, float]]:
        return rounding_window(self.percent), truncation_window(self.percent)


def proportion(row: Row) -> Proportion | None:
    """The count and percent of a row, or None where either is missing or not a plain number."""
    return _proportion(row.get("count"), row.get("percent"))


@lru_cache(maxsize=16384)
def _proportion(printed: str | None, of_hundred: str | None) -> Proportion | None:
    count = whole(printed)
    percent = read_number(of_hundred) if of_hundred else None
    if count is None or percent is None or percent.value is None or percent.comparator != "=":
        return None
    return Proportion(count, percent)


def offered_bases(row: Row) -> list[int]:
    """Every base that the paper offers for a row: its own, the row's, the head's."""
    return list(_wholes((*(row.get("bases") or ()), row.get("arm_n"))))


@lru_cache(maxsize=4096)
def _wholes(texts: tuple[str | None, ...]) -> tuple[int, ...]:
    """The whole numbers that stand here, each once."""
    return tuple(dict.fromkeys(base for text in texts if (base := whole(text))))


def common_bases(proportions: Iterable[Proportion]) -> tuple[int, int] | None:
    """The run of bases that fit all these proportions, or None where none does or nothing is said."""
    informative = [p for p in proportions if p.informative]
    runs = [p.bases() for p in informative]
    if not runs:
        return None
    known = [run for run in runs if run]
    if len(known) < len(runs):
        return None
    first, last = max(run[0] for run in known), min(run[1] for run in known)
    return (first, last) if first <= last else None


def level_sums(rows: Iterable[Row]) -> dict[tuple[Any, ...], int]:
    """The sum of the levels of each block with at least two of them, by :func:`block_key`."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        count = whole(row.get("count"))
        if row.get("block") is not None and count is not None:
            sums.setdefault(block_key(row), []).append(count)
    return {key: sum(counts) for key, counts in sums.items() if len(counts) >= 2}


def block_key(row: Row) -> tuple[Any, ...]:
    """What the levels of one variable in one arm at one time share."""
    return row["document_id"], row.get("table_no"), row.get("arm_no"), row.get("column"), row.get("timepoint"), row.get("block")


def shown(row: Row) -> str:
    """Count and percent as people write them: ``4 (57.1%)``."""
    return f"{row['count']} ({row['percent'].rstrip('% ')}%)" if row.get("percent") else str(row["count"])
