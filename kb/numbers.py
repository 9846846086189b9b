"""The one place that reads reported numbers from text, and what rounding lets each of them have been."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Comparator = Literal["=", "<", ">", "≤", "≥", "≈"]


@dataclass(frozen=True, slots=True)
class ReportedNumber:
    """A number as printed. ``decimals`` counts the digits behind the decimal point (negative powers of ten included:
    ``2.1 × 10⁻⁵`` has 6), so that ``value`` is known to within ``10 ** -decimals``. ``value`` is None for ``NS`` and stars.
    """

    text: str
    value: float | None
    decimals: int = 0
    comparator: Comparator = "="
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number with its span in the text that was searched."""

    number: ReportedNumber
    start: int
    end: int


_NUMBER = re.compile(r"(?P<comparator>[<>≤≥=≈])?\s*(?P<sign>[-−])?(?P<digits>\d+(?:,\d{3})*(?:[.·]\d+)?|[.·]\d+)")


def find_numbers(text: str) -> list[FoundNumber]:
    """Every number in a piece of text, left to right."""
    found = []
    for hit in _NUMBER.finditer(text):
        digits = hit["digits"].replace(",", "").replace("·", ".")
        value = float(digits) * (-1 if hit["sign"] else 1)
        decimals = len(digits.partition(".")[2])
        comparator: Comparator = hit["comparator"] or "="  # type: ignore[assignment]
        found.append(FoundNumber(ReportedNumber(hit[0].strip(), value, decimals, comparator), hit.start(), hit.end()))
    return found
