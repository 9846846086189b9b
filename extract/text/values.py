"""Typed values at a line's right end: what a cell of a table holds once the layout is lost.

A line of a table is a label and then values, parted by single spaces. Values are recognised by their form, longest form first, and
the run of them that ends the line is taken; what stands before it is the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["p", "number", "percent", "bracket", "interval", "range", "spread", "fraction", "ratio", "size", "missing", "reference"]

_DIGITS = r"(?:\d{1,3}(?:[,\u202f]\d{3}){1,9}(?!\d)|\d{1,30})"
_N = rf"(?:{_DIGITS}(?:[.·,]\d{{1,30}})?|[.·]\d{{1,30}})"
_SIGNED = rf"[-−–+]?{_N}"
_POWER = r"(?:\s?[×x]\s?10\s?[-−–⁻]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[eE][-−–+]?\d{1,3})?"
_MARKS = r"(?:\s?[*†‡§¶#‖]{1,4}|[ᵃ-ᶿʰʲʳʷʸˡˢˣⁿⁱ]{1,3}|(?<=\d)[a-h](?![A-Za-z]))?"
_COMPARED = rf"(?:[<>≤≥=≈]\s?)?{_SIGNED}{_POWER}\s?%?"
_TO = r"(?:\s?[-–—−~]\s?|\s?,\s?|\s?;\s?|\s?/\s?|\s(?:to|and)\s|\s[-–—−]{2}\s)"
_INNER = rf"(?:95\s?%\s?CI[:,]?\s?)?(?:[<>≤≥]\s?)?{_SIGNED}\s?%?{_TO}(?:[<>≤≥]\s?)?{_SIGNED}\s?%?"

_FORMS: tuple[tuple[Kind, str], ...] = (
    ("size", r"[(\[]?[nN]\s?=\s?" + _DIGITS + r"[)\]]?"),
    ("ratio", rf"{_N}(?:\s?:\s?{_N}){{1,12}}(?:\s?\([nN]\s?=\s?\d{{1,30}}\))?"),
    ("interval", rf"{_SIGNED}{_POWER}\s?%?{_MARKS}[,;]?\s?[(\[]{_INNER}[)\]]"),
    ("interval", rf"{_SIGNED}\s[(\[]{_SIGNED}[)\]]\s[(\[]{_INNER}[)\]]"),
    ("fraction", rf"{_N}\s?/\s?{_N}\s?[(\[]\s?{_N}\s?%?\s?[)\]]"),
    ("fraction", rf"{_N}\s?%?\s?[(\[]{_N}\s?/\s?{_N}[)\]]"),
    ("bracket", rf"{_SIGNED}\s?%?{_MARKS}\s?[(\[]\s?[<>≤≥±]?\s?{_SIGNED}\s?%?\s?[)\]]"),
    ("spread", rf"{_SIGNED}\s?(?:±|\+/[-−–])\s?{_N}\s?%?(?:\s?[(\[]{_SIGNED}(?:{_TO}{_SIGNED})?\s?%?[)\]])?"),
    ("range", rf"[(\[]{_INNER}[)\]]"),
    ("reference", r"(?:1(?:[.·]0+)?\s?)?[(\[]?(?:[Rr]ef(?:erence|erent)?\.?)[)\]]?"),
    ("range", rf"{_SIGNED}\s?%?\s?(?:–|\sto)\s?{_SIGNED}\s?%?|{_N}[-−]{_N}"),
    ("fraction", rf"{_N}/{_N}"),
    ("p", rf"[Pp]\s?[<>≤≥=]\s?{_N}{_POWER}"),
    ("number", _COMPARED),
    ("number", rf"[(\[]{_COMPARED}[)\]]"),
    ("missing", r"NA|N/A|n\.?a\.?|NR|ND|NE|NC|N\.?S\.?|n\.s\.|ns|[-−–—]{1,3}|…|\.{2,3}"),
)  # fmt: skip
_VALUE = re.compile("|".join(f"(?P<f{i}>(?<!\\S)(?:{form}){_MARKS}(?!\\S))" for i, (_, form) in enumerate(_FORMS)))
_KINDS: dict[str, Kind] = {f"f{i}": kind for i, (kind, _) in enumerate(_FORMS)}

# A small whole number after one of these names a level of it: the grade, not a value.
_ORDINAL = re.compile(
    r"(?:^|\s)(?:grades?|stages?|types?|class(?:es)?|scores?|levels?|phases?|weeks?|days?|months?|years?|visits?|cycles?|groups?|arms?|steps?|quartiles?"
    r"|tertiles?|quintiles?|models?|asa|ecog|nyha|who|trg|trial|cohort|line|part|degree|child|ps|g|t|n|m)$",
    re.IGNORECASE,
)
_P_SHAPE = re.compile(r"(?:[<>≤≥=≈]\s?)?(?:0?[.·,]\d+|1[.·,]0+|0[.·,]0+)|[<>]\s?[01][.·,]?\d*")


@dataclass(frozen=True, slots=True)
class Value:
    """One typed value: its text, its kind, and where it begins in its line."""

    text: str
    kind: Kind
    start: int


@dataclass(frozen=True, slots=True)
class Peeled:
    """A line parted into label and values."""

    label: str
    values: tuple[Value, ...]


@lru_cache(maxsize=4096)
def peel(line: str) -> Peeled:
    """The label of a line and the values that end it."""
    text = line.rstrip()
    found = [Value(hit[0], _kind(hit), hit.start()) for hit in _VALUE.finditer(text)]
    end = len(text)
    first = len(found)
    while first and _touches(text, found[first - 1], end):
        end = found[first - 1].start
        first -= 1
    return Peeled(text[:end].strip(), tuple(found[first:]))


def sure_values(peeled: Peeled) -> int:
    """How many of a line's values are certainly such: a small number behind ``Grade`` or ``week`` names a level."""
    first = peeled.values[0].text.rstrip("abcdefgh") if peeled.values else ""
    named = len(peeled.values) > 1 and first.isdigit() and len(first) <= 2 and _ORDINAL.search(peeled.label)
    return len(peeled.values) - bool(named)


def _touches(text: str, value: Value, end: int) -> bool:
    return not text[value.start + len(value.text) : end].strip()


def _kind(hit: re.Match[str]) -> Kind:
    kind = _KINDS[str(hit.lastgroup)]
    if kind == "number":
        bare = hit[0].rstrip("*†‡§¶#‖ abcdefgh")
        if _P_SHAPE.fullmatch(bare):
            return "p"
        if bare.endswith("%"):
            return "percent"
    return kind


def value_kind(text: str) -> Kind | None:
    """The kind of a text that is one value, None for any other."""
    hit = _VALUE.fullmatch(text.strip())
    return _kind(hit) if hit else None
