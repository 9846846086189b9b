"""Texts of strangers in CSV files, which people open in spreadsheets."""

from __future__ import annotations

import re
from typing import TypeVar

T = TypeVar("T")

_FORMULA = re.compile(r"[=@\t\r]|[+-](?!(?:[\d.,·;:/\s%()\[\]–−±<>-]|to|and)*+$)")
"""How a text begins that a spreadsheet would run as a formula; a printed number or range with its sign is none."""


def guarded(value: T) -> T | str:
    """A cell's value; a text that a spreadsheet would run gets an apostrophe before it (as OWASP advises)."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
