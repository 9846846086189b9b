"""Times as papers print them (``3-year``, ``six months``, ``20.5 (range 0.7 to 93.4) months``), in months."""

from __future__ import annotations

import re

from counterproof.kb.numbers import read_number, rounding_window

_PER_UNIT = {"day": 12 / 365.25, "week": 84 / 365.25, "month": 1.0, "mo": 1.0, "year": 12.0, "yr": 12.0}
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20,
}  # fmt: skip
_TIME = re.compile(r"\b(\d{1,3}(?:\.\d)?|[a-z]{3,7})[- ]?(day|week|month|mo|year|yr)s?\b", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r" ?(?:[(\[][^()\[\]]{0,60}[)\]])? ?(day|week|month|mo|year|yr)s?\b", re.IGNORECASE)


def months(printed: str | None) -> float | None:
    """A time point in months, or None where it prints no time or several."""
    found = [hit for hit in _TIME.finditer(printed or "") if hit[1][0].isdigit() or hit[1].lower() in _WORDS]
    if len(found) != 1:
        return None
    size = float(found[0][1]) if found[0][1][0].isdigit() else float(_WORDS[found[0][1].lower()])
    return size * _PER_UNIT[found[0][2].lower()]


def months_behind(sentence: str, text: str) -> tuple[float, float, str] | None:
    """The time that a number of a sentence prints with the unit behind it: least and greatest in months, and the unit.

    None where the number stands there more than once or with no unit; one bracket may stand between number and unit.
    """
    number = read_number(text)
    if number is None or number.value is None or sentence.count(text) != 1:
        return None
    unit = _UNIT_BEHIND.match(sentence, sentence.index(text) + len(text))
    if not unit:
        return None
    low, high = rounding_window(number)
    scale = _PER_UNIT[unit[1].lower()]
    return low * scale, high * scale, f"{unit[1].lower()}s"


def timeless(name: str) -> str:
    """A name without the times in it, in lower case, so that 1-year and 3-year overall survival are one outcome."""
    return " ".join(_TIME.sub(" ", name).lower().replace(" at ", " ").split())
