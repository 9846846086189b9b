"""The unit that a label names: ``Weight (kg)``, ``Age in years``, ``Stay, days``."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = (
    r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|min(?:utes?)?|sec(?:onds?)?|ms|beats|breaths|[µμmkc]?g|[µμmdk]?[lL]|[µμmnpk]?mol|[µμnmckd]?m|"
    r"mm ?Hg|cm ?H2O|kPa|[mk]?U|[mkµμ]?IU|units?|k?cal|kJ|[kc]?Gy|Hz|bpm|mEq|points?|score|%|°C|W|N|y|d|h|s)(?:[²³23]|\^?-[12])?"
)
_UNIT = rf"{_TOKEN}(?:\s?(?:/|per|·|\.)\s?{_TOKEN}){{0,3}}"
_PLACES = (
    re.compile(rf"[(\[]\s*(?P<unit>{_UNIT})\s*[)\]]\s*$"),
    re.compile(rf",\s*(?P<unit>{_UNIT})\s*$"),
    re.compile(rf"\bin (?P<unit>{_UNIT})(?=\s*(?:,|;|\(|$))"),
)


@lru_cache(maxsize=4096)
def unit_of(label: str) -> str | None:
    """The unit that a label ends in or names, as printed; None where it names none."""
    for place in _PLACES:
        hit = place.search(label[:200])
        if hit:
            return hit["unit"]
    return None
