"""A cell's numbers and the punctuation between them: ``4 (57.1)`` has the shape ``N(N)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterproof.kb.numbers import Comparator, FoundNumber, ReportedNumber

_NUMBER = re.compile(
    r"(?P<comparator>[<>≤≥=≈~])?\s?(?P<sign>(?:(?<![\d.)%\]])|(?<=[(\[;,:/]\s)|(?<=to\s))[-−–+])?\s?(?<![\d.])"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:[.·]\d+)?(?!\d)|\d+(?:[.·]\s?\d+)?|\d*[.·]\d+)"
    r"(?P<power>\s?[×x]\s?10\s?(?:\^)?\s?[-−–]?\d{1,3}|[eE][-−–+‐]?\d{1,3})?"
)
_COMMA_DECIMAL = re.compile(r"(?<![\d,.])(\d{1,3}),(\d{1,2}|\d{4,})(?![\d,])")
_DASH = re.compile(r"\s*(?:[-–—−‐]|\bto\b)\s*")


@dataclass(frozen=True, slots=True)
class CellReading:
    """The numbers of a cell in order and the shape that they stand in (``N``, ``N%``, ``N(N)``, ``N±N``, ``N(N-N)``, ``N/N`` …)."""

    text: str
    shape: str
    numbers: tuple[FoundNumber, ...]

    @property
    def values(self) -> list[float]:
        return [found.number.value if found.number.value is not None else float("nan") for found in self.numbers]


def read_cell(text: str) -> CellReading:
    """The numbers and shape of a cell; decimal commas are read as such where no thousands can be meant."""
    source = _COMMA_DECIMAL.sub(r"\1.\2", text)
    found: list[FoundNumber] = []
    shape, at = "", 0
    for hit in _NUMBER.finditer(source):
        between = source[at : hit.start()]
        start = hit.start() + (len(hit[0]) - len(hit[0].lstrip()))
        shape += between + "N"
        found.append(FoundNumber(_number(hit, text[start : hit.end()]), start, hit.end()))
        at = hit.end()
    return CellReading(text, _tidy(shape + source[at:]), tuple(found))


def _number(hit: re.Match[str], text: str) -> ReportedNumber:
    digits = re.sub(r"[\s,]", "", hit["digits"]).replace("·", ".")
    decimals = len(digits.partition(".")[2])
    value = float(digits)
    if hit["power"]:
        exponent = int(re.sub(r"[−–‐]", "-", re.sub(r"^\s?(?:[×x]\s?10\s?\^?\s?|[eE])", "", hit["power"])))
        value, decimals = value * 10.0**exponent, decimals - exponent
    if hit["sign"] and hit["sign"] != "+":
        value = -value
    comparator: Comparator = {"<": "<", ">": ">", "≤": "≤", "≥": "≥", "≈": "≈", "~": "≈"}.get(hit["comparator"] or "", "=")  # type: ignore[assignment]
    return ReportedNumber(text.lstrip("= "), value, decimals, comparator)


def _tidy(shape: str) -> str:
    shape = re.sub(r"\+\s?/?\s?[-−–]|\bplus/minus\b", "±", shape)
    shape = re.sub(r"(?<=N)\s*(?:[-–—−‐]|\bto\b|…|\.\.\.?)\s*(?=N)", "-", shape)
    shape = shape.replace("[", "(").replace("]", ")").replace("{", "(").replace("}", ")")
    shape = re.sub(r"\s+", " ", shape).strip()
    shape = re.sub(r"\s*([(),;:/±%-])\s*", r"\1", shape)
    return re.sub(r"[*†‡§¶#^]+", "", shape).strip(" .,;")
