"""What is read from a table cell: its shape, and its numbers with the part that each plays in it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from counterproof.kb.numbers import ReportedNumber

Shape = Literal[
    "blank", "missing", "text", "number", "size", "bracket", "plus_minus", "fraction", "fraction_percent", "percent_fraction",
    "interval", "bracket_interval", "plus_minus_interval", "range", "ratio_list", "several",
]  # fmt: skip
Role = Literal["value", "bracketed", "spread", "low", "high", "numerator", "denominator", "size", "item", "p", "extra"]


class CellPart(NamedTuple):
    """A number of a cell with its role in the cell's shape and its span in the cell's text."""

    role: Role
    number: ReportedNumber
    start: int
    end: int


class CellValue(NamedTuple):
    """A cell's shape and its numbers in the order in which they are printed.

    ``label`` holds the words that name a number inside the cell (``SD``, ``IQR``, ``95% CI``, ``HR``), ``marks`` the footnote marks.
    A P-value that the cell names as such has the role ``p``; a lone number behind an interval is ``extra``.
    """

    shape: Shape
    parts: tuple[CellPart, ...] = ()
    label: str = ""
    marks: tuple[str, ...] = ()

    def number(self, role: Role) -> ReportedNumber | None:
        """The first number with this role."""
        return next((part.number for part in self.parts if part.role == role), None)
