"""The one place that reads reported numbers from text, and what rounding lets each of them have been.

A number is read from what is printed: sign, separators, power of ten, comparator, unit. Digits in names (``CA199``, ``5-FU``,
``T3N1-2``), dates, addresses and section numbers report no number. Cells, intervals and P-values are read on top of this in
:mod:`counterproof.kb.cells`, :mod:`counterproof.kb.intervals` and :mod:`counterproof.kb.p_values`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from counterproof.kb.characters import plain
from counterproof.kb.number_grammar import COMMA_DECIMALS, DURATION, LETTER, MARKS, POINT_DECIMALS, SUPERSCRIPTS, UNIT, decimal_commas

Comparator = Literal["=", "<", ">", "≤", "≥", "≈"]
Window = tuple[float, float]


class ReportedNumber(NamedTuple):
    """A number as printed. ``text`` has sign, ``%`` and comparator (a mere ``=`` is left out), never footnote marks.

    ``decimals`` counts the digits behind the decimal point, powers of ten included: ``2.1 × 10⁻⁵`` has 6 and ``5.6 × 10⁹`` has -8,
    so that ``value`` is known to within ``10 ** -decimals``. ``value`` is None for ``NS`` and for stars without a legend.
    """

    text: str
    value: float | None
    decimals: int = 0
    comparator: Comparator = "="
    unit: str | None = None


class FoundNumber(NamedTuple):
    """A number with its span in the text that was searched: ``text[start:end]`` is ``number.text``."""

    number: ReportedNumber
    start: int
    end: int


_DIGIT = re.compile("[0-9]")
_LONGEST_LEAD = 24
_MINUS = ("-", "−", "–")
_NUMBER_ENDS = ("%", ")", "]", "}", "*")
_PLAIN_LETTER = re.compile(rf"[{LETTER}]")
_TWO_LETTERS = re.compile(rf"[{LETTER}][{LETTER}0-9]")
_MORE_DIGITS = re.compile(r"[.·][0-9]")
_HYPHEN_WORD = re.compile(rf"[-–][{LETTER}]")
_BARE = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,8})?")
"""Digits that can be nothing but a number: most that are read as a whole."""


def find_numbers(text: str, *, whole_cell: bool = False) -> list[FoundNumber]:
    """Every reported number in a piece of text, left to right.

    A dash between two numbers is a range's, not a sign. ``3,4`` is two numbers in running text and one in a ``whole_cell``; where
    other numbers of the text have a decimal comma it is one as well. Never raises; takes time linear in the text's length.
    """
    return list(_found(text, whole_cell))


def numbers_behind(clean: str) -> Callable[[int], Iterator[FoundNumber]]:
    """Gives the numbers of running text (:func:`plain`) from any place on that is not within one, each read when it is asked for."""
    return partial(_scan, clean, clean, COMMA_DECIMALS if decimal_commas(clean, False) else POINT_DECIMALS, False)


@lru_cache(maxsize=8192)
def _found(text: str, whole_cell: bool) -> tuple[FoundNumber, ...]:
    """Kept for a while, since one sentence is asked for its numbers, its intervals and its P-values."""
    clean = plain(text)
    grammar = COMMA_DECIMALS if decimal_commas(clean, whole_cell) else POINT_DECIMALS
    return tuple(_scan(text, clean, grammar, whole_cell))


@lru_cache(maxsize=16384)
def read_number(text: str) -> ReportedNumber | None:
    """The number that a whole string prints (unit and footnote marks allowed), or None where it prints none or more than one."""
    if _BARE.fullmatch(text):
        return ReportedNumber(text, float(text), len(text.partition(".")[2]))
    found = find_numbers(text, whole_cell=True)
    if len(found) != 1:
        return None
    clean = plain(text)
    before, after = clean[: found[0].start].strip(), clean[found[0].end :].strip()
    if before not in ("", "="):
        return None
    unit = UNIT.fullmatch(after)
    if unit and after and not found[0].number.unit:
        return found[0].number._replace(unit=unit[0].strip())
    return found[0].number if not after or MARKS.fullmatch(after) else None


@lru_cache(maxsize=16384)
def rounding_window(number: ReportedNumber) -> Window:
    """The least and greatest value that rounds (half up or half to even) to what is printed.

    ``<x`` is everything below x, ``>x`` everything above, ``≈x`` one unit of the last place to either side. Limits lie outwards by
    a few units of float precision, so that a recomputed value that stands on the edge is inside.
    """
    if number.value is None:
        return -math.inf, math.inf
    value, unit = _exact(number)
    if number.comparator in "<≤":
        return -math.inf, number.value
    if number.comparator in ">≥":
        return number.value, math.inf
    reach = unit if number.comparator == "≈" else unit / 2
    return _outwards(value - reach, value + reach)


@lru_cache(maxsize=16384)
def truncation_window(number: ReportedNumber) -> Window:
    """The least and greatest value that prints as this one when further digits are cut off instead of rounded."""
    if number.value is None or number.comparator != "=":
        return rounding_window(number)
    value, unit = _exact(number)
    negative = value < 0 or number.text.lstrip().startswith(("-", "−", "–"))
    return _outwards(value - unit if negative or value == 0 else value, value + unit if not negative else value)


def p_window(number: ReportedNumber, *, alpha: float = 0.05, truncated: bool = False) -> Window:
    """The least and greatest P-value that prints as this one, within [0, 1]; ``NS`` is everything from ``alpha`` up."""
    if number.value is None:
        return alpha, 1.0
    low, high = truncation_window(number) if truncated else rounding_window(number)
    return max(low, 0.0), min(high, 1.0)


def _exact(number: ReportedNumber) -> tuple[Decimal, Decimal]:
    """The printed value and one unit of its last place, without the error of a binary fraction."""
    return Decimal(repr(number.value)), Decimal(1).scaleb(-number.decimals)


def _outwards(low: Decimal, high: Decimal) -> Window:
    below, above = float(low), float(high)
    return below - 4 * math.ulp(below), above + 4 * math.ulp(above)


def _scan(text: str, clean: str, grammar: re.Pattern[str], whole_cell: bool, at: int = 0) -> Iterator[FoundNumber]:
    for hit in _hits(clean, grammar, at):
        if hit["none"] is not None or not _stands_alone(hit, clean, whole_cell):
            continue
        start, negative = _start_and_sign(hit, clean)
        value, decimals = _value(hit, grammar is COMMA_DECIMALS, whole_cell)
        if not math.isfinite(value):
            continue
        end = hit.end("mantissa") if _is_dose(hit, whole_cell) else hit.end()
        number = ReportedNumber(
            text[start:end],
            -value if negative else value,
            decimals,
            _comparator(hit["comparator"] or "="),
            (hit["percent"] or hit["currency"] or "").strip() or None,
        )
        yield FoundNumber(number, start, end)


def _hits(clean: str, grammar: re.Pattern[str], at: int) -> Iterator[re.Match[str]]:
    """The matches of the grammar, looked for around digits only: most of a paper's text has none."""
    while digit := _DIGIT.search(clean, at):
        word = clean.rfind(" ", at, digit.start()) + 1
        hit = grammar.search(clean, max(at, min(word or at, digit.start() - _LONGEST_LEAD)))
        if not hit:
            return
        yield hit
        at = max(hit.end(), at + 1)


def _stands_alone(hit: re.Match[str], clean: str, whole_cell: bool) -> bool:
    """Whether these digits are a number and no piece of a name, an ordinal or a lost decimal point (``097``)."""
    first = hit.start("ten") if hit["ten"] else hit.start("mantissa")
    before, after = clean[first - 1 : first], clean[hit.end() : hit.end() + 24]
    digits = hit["mantissa"] or ""
    glued = before.isalpha() and _PLAIN_LETTER.match(before) and clean[first - 2 : first] != "CI"
    if glued or before in (".", "·", "_"):
        return False
    if hit["ten"] and (after.startswith("/") or before in ("×", "*")):
        return False  # a unit: 10⁹/L
    if (len(digits) > 1 and digits[0] == "0" and digits.isdigit()) or len(digits) > 40:
        return False
    whole = digits.isdigit()
    if _MORE_DIGITS.match(after) or (digits.startswith("0,") and digits.count(",") > 1):
        return False  # 0.0010.472, 0,120,240: several numbers that run into each other
    if hit["e"] and whole and hit["e"].isdigit():
        return False  # 3E4 is a name
    if hit["percent"] or hit["ten"]:
        return True
    if _PLAIN_LETTER.match(after):
        return _glued_mark_or_unit(after, whole, whole_cell)
    return not (whole and _HYPHEN_WORD.match(after) and not DURATION.match(after))


def _glued_mark_or_unit(after: str, whole: bool, whole_cell: bool) -> bool:
    """Letters right behind the digits may be a unit (``5mg``) or, behind decimals or in a cell, one footnote mark (``0.03b``)."""
    return bool(UNIT.match(after)) or ((not whole or whole_cell) and not _TWO_LETTERS.match(after))


def _start_and_sign(hit: re.Match[str], clean: str) -> tuple[int, bool]:
    """Where the number begins and whether it is negative: a dash that follows a number is a range's."""
    own = min(hit.start(name) for name in ("sign", "currency", "ten", "mantissa") if hit[name] is not None)
    if hit["comparator"]:
        equals = re.match("= ?", hit["comparator"])
        start = own if hit["comparator"] == "=" else hit.start() + (len(equals[0]) if equals else 0)
        return start, hit["sign"] in _MINUS
    if hit["sign"] is None:
        return own, False
    before = clean[max(0, own - 3) : own]
    spaced, last = before != before.rstrip(), before.rstrip()[-1:]
    unsigned = own + len(hit["sign"] + hit["gap"]), False
    if (last.isdigit() or last in _NUMBER_ENDS) and (not spaced or hit["gap"]):
        return unsigned
    after_word = _PLAIN_LETTER.match(last)
    if after_word and ((hit["gap"] and hit["sign"] != "−") or (hit["sign"] == "+" and not spaced)):
        return unsigned
    return own, hit["sign"] in _MINUS


def _comparator(printed: str) -> Comparator:
    if printed.replace(" ", "") in ("<=", "≤", "=≤"):
        return "≤"
    if printed.replace(" ", "") in (">=", "≥", "=≥", "=>"):
        return "≥"
    for sign in ("<", ">", "≈"):
        if sign in printed:
            return sign
    return "="


def _value(hit: re.Match[str], comma: bool, whole_cell: bool) -> tuple[float, int]:
    """The number without its sign, and its decimals."""
    if hit["ten"]:
        power = int((hit["ten_caret"] or hit["ten_raised"]).translate(SUPERSCRIPTS))
        return float(f"1e{power}"), -power
    digits = hit["mantissa"].replace("·", ".").replace("'", "").replace("\u202f", "").replace(" ", "")
    digits = digits.replace(".", "").replace(",", ".") if comma else digits.replace(",", "." if digits.startswith("0,") else "")
    power = 0 if _is_dose(hit, whole_cell) else _power(hit)
    return float(f"{digits}e{power}"), len(digits.partition(".")[2]) - power


def _power(hit: re.Match[str]) -> int:
    """The power of ten behind the digits, 0 where there is none."""
    printed = hit["caret"] or hit["raised"] or hit["lost"] or hit["e"]
    return int(printed.translate(SUPERSCRIPTS)) if printed else 0


def _is_dose(hit: re.Match[str], whole_cell: bool) -> bool:
    """``3 × 10-12`` in a text counts repetitions; ``2 × 10-5``, ``2.1 × 10-14`` and ``3 × 10−12`` lost their superscript."""
    lost = hit["lost"]
    return bool(lost) and not whole_cell and lost[0] != "−" and int(lost[1:]) > 10 and hit["mantissa"].isdigit() and not hit["comparator"]
