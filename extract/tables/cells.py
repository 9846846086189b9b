"""A table cell's numbers as the readers of this package need them: shape, reported numbers, and the P-value that a cell may name."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from counterproof.kb.cell_values import CellPart, CellValue, Shape
from counterproof.kb.cells import read_cell
from counterproof.kb.characters import digits
from counterproof.kb.numbers import ReportedNumber
from counterproof.kb.plain_cells import read_plain

_SPACED_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\s\d{3}){1,3}")
_STRAY_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_LONGEST = 300
_OWN_SIZE = re.compile(
    r"(?:[\s,;]{0,4}[(\[]\s?[nN]\s?=\s?|(?<=[)\]]);\s?[(\[])(?P<n>\d{1,3}(?:[,\u202f]\d{3})+|\d+)\s?[)\]]\s*$"
    r"|(?<=[^%\s][)\]])[\s,;]{1,4}[nN]\s?=\s?(?P<last>\d{1,3}(?:[,\u202f]\d{3})+|\d+)\s*$"
)
"""The size that a cell states after its values: in brackets, or bare after a bracket.

Bare after a percent it may as well be the count: ``35% n = 14``.
"""
_SLASHED = re.compile(r"\d{1,4}(?:\s?/\s?\d{1,4}){2,9}")
_GAP = re.compile(r"(?<![\d.])\d{1,3}[.·] (?=\d{1,3}(?![\d.]))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}\)$)")
_NO_VALUE = {"blank", "missing", "text", "size"}


class CellReading(NamedTuple):
    """The shape of a cell and its numbers but the P-value and the cell's own ``(n = 34)`` (or ``; (34)``), which stand apart.

    ``values`` are those of the numbers in their order (NaN where one has none), ``percents`` says which carry a percent sign.
    """

    shape: Shape
    parts: tuple[CellPart, ...]
    numbers: tuple[ReportedNumber, ...]
    values: tuple[float, ...]
    percents: tuple[bool, ...]
    label: str = ""
    p: CellPart | None = None
    marks: tuple[str, ...] = ()
    size: CellPart | None = None

    @property
    def has_values(self) -> bool:
        """Whether the cell reports anything but a size."""
        return self.shape not in _NO_VALUE and bool(self.parts)


@lru_cache(maxsize=4096)
def read(text: str) -> CellReading:
    """Read a value cell; never raises. A cell longer than any that reports numbers is text."""
    if len(text) > _LONGEST:
        return _of("text", ())
    if plain := read_plain(text):
        return _of(plain.shape, plain.parts)
    tail = _OWN_SIZE.search(text) if "=" in text or ";" in text else None
    if tail and tail.start():
        before = read(text[: tail.start()])
        if before.has_values:
            group = tail.lastgroup or "n"
            number = ReportedNumber(tail[group], float(digits(tail[group])))
            return before._replace(size=CellPart("size", number, tail.start(group), tail.end(group)))
    found = _without_gap(text)
    if found.shape == "several" and _SPACED_THOUSANDS.fullmatch(text.strip()):
        spaced = read_cell(re.sub(r"\s", ",", text.strip()))
        at = len(text) - len(text.lstrip())
        found = spaced._replace(parts=tuple(part._replace(start=part.start + at, end=part.end + at) for part in spaced.parts))
    p = next((part for part in found.parts if part.role == "p"), None)
    parts = tuple(
        part if part.number.text == (own := text[part.start : part.end].strip()) else part._replace(number=part.number._replace(text=own))
        for part in found.parts
        if part.role != "p"
    )
    return _of(found.shape, parts, found.label, p, found.marks)


def _of(shape: Shape, parts: tuple[CellPart, ...], label: str = "", p: CellPart | None = None, marks: tuple[str, ...] = ()) -> CellReading:
    numbers = tuple([part.number for part in parts])
    values = tuple([math.nan if number.value is None else number.value for number in numbers])
    percents = tuple([number.unit is not None and number.unit.startswith("%") for number in numbers])
    return CellReading(shape, parts, numbers, values, percents, label, p, marks)


def _without_gap(text: str) -> CellValue:
    """``2. 54 (2.3)``: the space behind a decimal point is left out of the reading, the spans are of the printed text."""
    gap = _GAP.search(text) if ". " in text or "· " in text else None
    if not gap:
        found = read_cell(text)
        if found.shape == "text" and "/" in text and _SLASHED.fullmatch(text.strip()):
            found = read_cell(text.replace("/", ":"))  # "13/22/28" is no date here
        if "±" in text and _STRAY_COMMA.search(text) and (not found.parts or found.shape == "text"):
            found = read_cell(_STRAY_COMMA.sub(".", text))
        return found
    at = gap.end()
    found = _without_gap(text[: at - 1] + text[at:])
    parts = [p._replace(start=p.start + (p.start >= at), end=p.end + (p.end >= at)) for p in found.parts]
    return found._replace(parts=tuple(p._replace(number=p.number._replace(text=text[p.start : p.end])) for p in parts))


def count_of(reading: CellReading) -> int | None:
    """The whole number that a cell begins with, where it may be a count."""
    number = reading.numbers[0]
    whole = not number.decimals and number.comparator == "=" and number.value is not None
    countable = reading.shape in ("number", "bracket", "fraction", "fraction_percent", "several") and not reading.percents[0]
    return int(number.value or 0) if whole and countable else None


def align_commas(readings: dict[int, tuple[CellReading, str]]) -> dict[int, CellReading]:
    """The cells of one row: ``12 (9,0)`` among cells like ``57 (46.1)`` has a decimal comma, not an interval."""
    shapes = [reading.shape for reading, _ in readings.values()]
    if shapes.count("interval") != 1 or "bracket" not in shapes:
        return {key: reading for key, (reading, _) in readings.items()}
    aligned = {}
    for key, (reading, text) in readings.items():
        if reading.shape == "interval" and _DECIMAL_COMMA.search(text):
            again = read(_DECIMAL_COMMA.sub(".", text))
            reading = again if again.shape == "bracket" else reading
        aligned[key] = reading
    return aligned
