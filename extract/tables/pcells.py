"""P-values of a cell, by the one reader of P cells; what cannot be read stays on record."""

from __future__ import annotations

from dataclasses import dataclass

from counterproof.kb.numbers import ReportedNumber
from counterproof.kb.p_cells import read_p_cell
from counterproof.kb.p_values import PValue


@dataclass(frozen=True, slots=True)
class PReading:
    """The P-values of a cell; ``unreadable`` where there may be one that cannot be told."""

    values: tuple[PValue, ...]
    unreadable: bool = False


def read_ps(text: str, legend: dict[str, str] | None = None) -> PReading:
    """The P-values of a cell in a P column or P row."""
    cell = read_p_cell(text, legend)
    if cell.ruling == "unreadable":
        stripped = text.strip()
        start = text.find(stripped)
        return PReading((PValue(ReportedNumber(stripped, None), start, start + len(stripped)),), True)
    return PReading(cell.values)
