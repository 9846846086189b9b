"""P-values of a cell, by the one reader of P cells; what cannot be read stays on record."""

from __future__ import annotations

import re
from typing import NamedTuple

from counterproof.kb.numbers import ReportedNumber, read_number
from counterproof.kb.p_cells import read_p_cell
from counterproof.kb.p_values import PValue, can_be_p, read_p_values

_TOLD = re.compile(r"\s{0,3}[Pp](?:[- ]value)? (?:for|of|by|from) (?P<test>[^=<>≤≥\n]{1,40})(?P<p>[=<>≤≥]\s?[01]?[.·,]\d{1,8})\s{0,3}")
"""``P for χ² test = 0.99``: the test is named between."""


class PReading(NamedTuple):
    """The P-values of a cell; ``unreadable`` where there may be one that cannot be told."""

    values: tuple[PValue, ...]
    unreadable: bool = False


def read_ps(text: str, legend: dict[str, str] | None = None) -> PReading:
    """The P-values of a cell in a P column or P row."""
    cell = read_p_cell(text, legend)
    told = _TOLD.fullmatch(text) if cell.ruling in ("no_p", "unreadable") else None
    if told and (number := read_number(told["p"].removeprefix("=").strip())) and can_be_p(number):
        return PReading((PValue(number, told.start("p"), told.end("p"), told["test"].strip()),))
    if cell.ruling == "unreadable":
        return PReading((unreadable(text),), True)
    return PReading(cell.values)


def unreadable(text: str) -> PValue:
    """A cell that stands for a P-value whose number cannot be told: its text without a value."""
    stripped = text.strip()
    start = text.find(stripped)
    return PValue(ReportedNumber(stripped, None), start, start + len(stripped))


def told_ps(text: str) -> bool:
    """Whether a cell says that it is a P-value and which (``P for trend = 0.04``)."""
    return bool(read_p_values(text) or _TOLD.fullmatch(text))
