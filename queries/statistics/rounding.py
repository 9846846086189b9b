"""Printed numbers as columns: what each stands for, and every value that rounding or truncating may have started from.

The rules are those of :mod:`counterproof.kb.numbers`; here they run over whole columns, each distinct text read once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterproof.kb import numbers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_PLAIN = re.compile(r"[-+]?(?:\d++\.?\d*+|\.\d++)")
_P_VALUE = re.compile(r"(?:[pP](?:[- ]?value)?\s*+)?([<>≤≥=≈]?)\s*+(\d++(?:\.\d++)?|\.\d++)")
_P_NAME = re.compile(r"(?<!\s)\s*[pP](?:[- ]?values?)?\s*(?=[<>≤≥=≈0-9.])")
_NOT_SIGNIFICANT = re.compile(r"(?:p\s*+(?:=\s*+)?)?n\.?\s?s\.?", re.IGNORECASE)
_SIGNS = str.maketrans({"−": "-", "–": "-", "·": ".", "∙": "."})


@dataclass(frozen=True, slots=True)
class Printed:
    """A column of printed numbers: NaN where blank or unreadable; ``unit`` is one in the last printed place."""

    value: Floats
    unit: Floats

    def __getitem__(self, rows: Ints | Flags | slice) -> Printed:
        return Printed(self.value[rows], self.unit[rows])

    @property
    def known(self) -> Flags:
        """Where a number stands."""
        return ~np.isnan(self.value)

    def box(self, truncated: bool = False) -> tuple[Floats, Floats]:
        """The least and greatest value that prints as this one: rounded half up or half to even, or cut off (towards zero)."""
        if truncated:
            low = np.where(self.value <= 0, self.value - self.unit, self.value)
            return low, np.where(self.value >= 0, self.value + self.unit, self.value)
        return self.value - self.unit / 2, self.value + self.unit / 2


@dataclass(frozen=True, slots=True)
class PrintedP:
    """A column of printed P-values. ``comparator`` is one of ``= < > ≤ ≥ ≈``, ``NS`` or ``?`` (unreadable)."""

    value: Floats
    unit: Floats
    comparator: NDArray[np.str_]

    @property
    def readable(self) -> Flags:
        """Where a P-value in [0, 1] or ``NS`` stands."""
        return np.asarray(self.comparator != "?")

    def window(self, alpha: Floats, truncated: bool = False) -> tuple[Floats, Floats]:
        """The least and greatest P that print as this one; ``NS`` is everything from ``alpha`` up."""
        low, high = Printed(self.value, self.unit).box(truncated)
        about = self.comparator == "≈"
        low, high = np.where(about, self.value - self.unit, low), np.where(about, self.value + self.unit, high)
        under, over = np.isin(self.comparator, ("<", "≤")), np.isin(self.comparator, (">", "≥"))
        low = np.where(under, 0.0, np.where(over, self.value, low))
        high = np.where(under, self.value, np.where(over, 1.0, high))
        silent = self.comparator == "NS"
        low, high = np.where(silent, alpha, low), np.where(silent, 1.0, high)
        return np.maximum(low, 0.0), np.minimum(high, 1.0)

    def rounded_twice(self, alpha: Floats) -> tuple[Floats, Floats]:
        """As :meth:`window`, with the values that round to this one by way of one more digit: 0.9446, 0.945, 0.95."""
        low, high = self.window(alpha)
        return np.where(self.comparator == "=", np.maximum(low - self.unit / 20, 0.0), low), high


def read_number(text: str) -> tuple[float, float]:
    """(value, unit in the last place) of a printed number; (nan, nan) where there is none or more than a number."""
    text = text.translate(_SIGNS).strip().removesuffix("%").rstrip().replace(". ", ".")
    if _PLAIN.fullmatch(text):
        return float(text), 10.0 ** -len(text.partition(".")[2])
    number = numbers.read_number(text)
    if number is None or number.value is None or number.comparator != "=":
        return np.nan, np.nan
    return number.value, 10.0**-number.decimals


def read_p(text: str) -> tuple[float, float, str]:
    """(value, unit, comparator) of a printed P-value; comparator ``NS`` or ``?`` where no number can be read."""
    text = text.translate(_SIGNS).strip().replace(". ", ".")
    plain = _P_VALUE.fullmatch(text)
    if plain:
        value, unit, comparator = float(plain[2]), 10.0 ** -len(plain[2].partition(".")[2]), plain[1] or "="
    elif _NOT_SIGNIFICANT.fullmatch(text):
        return np.nan, np.nan, "NS"
    else:
        number = numbers.read_number(_P_NAME.sub("", text, count=1))
        if number is None or number.value is None:
            return np.nan, np.nan, "?"
        value, unit, comparator = number.value, 10.0**-number.decimals, number.comparator
    return (value, unit, comparator) if 0 <= value <= 1 else (np.nan, np.nan, "?")


def numbered(values: NDArray[Any]) -> tuple[Ints, list[Any]]:
    """Each value's number in order of first appearance, and the distinct values in this order."""
    every = values.tolist()
    distinct = list(dict.fromkeys(every))
    number = dict(zip(distinct, range(len(distinct)), strict=True))
    return np.fromiter(map(number.__getitem__, every), dtype=np.int64, count=len(every)), distinct


def read_numbers(texts: NDArray[np.object_]) -> Printed:
    """A column of texts as printed numbers."""
    codes, distinct = numbered(texts)
    read = np.array([read_number(text) for text in distinct], dtype=np.float64).reshape(-1, 2)
    return Printed(read[codes, 0], read[codes, 1])


def read_p_values(texts: NDArray[np.object_]) -> PrintedP:
    """A column of texts as printed P-values."""
    codes, distinct = numbered(texts)
    read = [read_p(text) for text in distinct]
    value = np.array([r[0] for r in read], dtype=np.float64)
    unit = np.array([r[1] for r in read], dtype=np.float64)
    comparator = np.array([r[2] for r in read], dtype=np.str_)
    return PrintedP(value[codes], unit[codes], comparator[codes])
