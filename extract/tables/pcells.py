"""P-values of a cell: the numbers that can be a P, one or several."""

from __future__ import annotations

import re

from counterproof.extract.tables.cells import read_cell
from counterproof.kb.numbers import FoundNumber, ReportedNumber

_NS = re.compile(r"^\W*(n\.?\s?s\.?|not? sig(?:nificant|\.)?|non-?significant)\W*$", re.IGNORECASE)
_STATED = re.compile(r"(?<![A-Za-z])[Pp](?:[-\s]?values?)?\s*[:=<>≤≥]")


def read_ps(text: str, *, in_p_column: bool) -> list[FoundNumber]:
    """The P-values of a cell. Numbers above 1 are none; ``NS`` has no value."""
    stripped = text.strip()
    if _NS.match(stripped):
        start = text.find(stripped)
        return [FoundNumber(ReportedNumber(stripped, None), start, start + len(stripped))]
    stated = _STATED.search(text)
    offset = stated.end() - 1 if stated else 0
    if not in_p_column and not stated:
        return []
    reading = read_cell(text[offset:])
    found = []
    for hit in reading.numbers:
        value = hit.number.value
        if value is not None and 0 <= value <= 1 and not (value == 1 and hit.number.decimals == 0 and len(reading.numbers) > 1):
            found.append(FoundNumber(hit.number, hit.start + offset, hit.end + offset))
    return found
