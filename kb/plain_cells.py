"""Reads the commonest cells at one glance: ``12.3``, ``14 (35.0%)``, ``5.1 ± 0.4``, ``1.2 (0.8–1.9)``, ``12/40 (30)``, ``3–7``.

Most cells of a paper are nothing but such numbers, without words, marks, powers or commas between digits, and need none
of the care of :mod:`counterproof.kb.cells`, which reads all others and would read these the same way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from counterproof.kb.cell_values import CellPart, CellValue, Role, Shape
from counterproof.kb.numbers import Comparator, ReportedNumber

_DASHES = "-−–"
_COMPARATORS: dict[str, Comparator] = {"<": "<", ">": ">", "≤": "≤", "≥": "≥"}
_WHOLE = r"(?:0|[1-9][0-9]{0,5})"
_UNSIGNED = rf"(?:{_WHOLE}(?:\.[0-9]{{1,6}})?|\.[0-9]{{1,6}})(?: ?%)?"
_SIGNED = rf"[{_DASHES}]?{_UNSIGNED}"
_NUMBER = rf"(?:[<>≤≥] ?)?{_SIGNED}"

_PLAIN = re.compile(
    rf"({_NUMBER})(?:[ \n]?\(({_NUMBER})\)| ?± ?({_UNSIGNED})"
    rf"|[ \n]?[(\[]({_NUMBER})(?:(?:, |; | to )({_NUMBER})|(?: [-–] |[-−–] ?)({_UNSIGNED}))[)\]])?"
    rf"|({_WHOLE})/({_WHOLE})(?: ?\(({_UNSIGNED})\))?"
    rf"|([(\[])?({_SIGNED})(?: to ({_SIGNED})|(?: [-–] |[-−–] ?)({_UNSIGNED}))(?(10)[)\]])"
)
_SHAPES: dict[int | None, tuple[Shape, tuple[tuple[Role, int], ...]]] = {
    1: ("number", (("value", 1),)),
    2: ("bracket", (("value", 1), ("bracketed", 2))),
    3: ("plus_minus", (("value", 1), ("spread", 3))),
    5: ("interval", (("value", 1), ("low", 4), ("high", 5))),
    6: ("interval", (("value", 1), ("low", 4), ("high", 6))),
    8: ("fraction", (("numerator", 7), ("denominator", 8))),
    9: ("fraction_percent", (("numerator", 7), ("denominator", 8), ("bracketed", 9))),
    12: ("range", (("low", 11), ("high", 12))),
    13: ("range", (("low", 11), ("high", 13))),
}
"""For the last group that took part in the match, the cell's shape and the role of each group."""


def read_plain(text: str) -> CellValue | None:
    """The shape of a cell of one of the commonest forms and its numbers; None for every other cell."""
    hit = _PLAIN.fullmatch(text)
    if not hit:
        return None
    shape, roles = _SHAPES[hit.lastindex]
    return CellValue(shape, tuple([CellPart(role, _number(hit[group]), *hit.span(group)) for role, group in roles]))


@lru_cache(maxsize=8192)
def _number(printed: str) -> ReportedNumber:
    comparator, signed = _COMPARATORS.get(printed[0], "="), printed.lstrip("<>≤≥ ")
    digits = signed.lstrip(_DASHES).rstrip(" %")
    value = float(digits)
    unit = "%" if printed[-1] == "%" else None
    return ReportedNumber(printed, -value if signed[0] in _DASHES else value, len(digits.partition(".")[2]), comparator, unit)
