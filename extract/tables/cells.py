"""A table cell's numbers as the readers of this package need them: shape, reported numbers, and the P-value that a cell may name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from counterproof.kb.cells import CellPart, Shape, read_cell
from counterproof.kb.numbers import ReportedNumber

_NO_VALUE = {"blank", "missing", "text", "size"}


@dataclass(frozen=True)
class CellReading:
    """The shape of a cell and its numbers but the P-value, which stands apart (``p``)."""

    shape: Shape
    parts: tuple[CellPart, ...]
    label: str
    p: CellPart | None = None
    marks: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[ReportedNumber]:
        return [part.number for part in self.parts]

    @cached_property
    def values(self) -> list[float]:
        return [part.number.value if part.number.value is not None else float("nan") for part in self.parts]

    @cached_property
    def percents(self) -> list[bool]:
        """Which numbers carry a percent sign."""
        return [(part.number.unit or "").startswith("%") for part in self.parts]

    @property
    def has_values(self) -> bool:
        return self.shape not in _NO_VALUE and bool(self.parts)


@lru_cache(maxsize=4096)
def read(text: str) -> CellReading:
    """Read a value cell; never raises."""
    found = read_cell(text)
    p = next((part for part in found.parts if part.role == "p"), None)
    return CellReading(found.shape, tuple(part for part in found.parts if part.role != "p"), found.label, p, found.marks)
