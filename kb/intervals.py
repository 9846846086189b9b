"""Reads intervals from text in all their punctuation: ``95% CI 0.30 to 2.89``, ``(0.96-2.31)``, ``[−0.440; 0.678]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from counterproof.kb.characters import plain
from counterproof.kb.number_grammar import MARK
from counterproof.kb.numbers import FoundNumber, find_numbers

IntervalKind = Literal["confidence", "credible", "quartiles", "range", "unnamed"]


@dataclass(frozen=True, slots=True)
class FoundInterval:
    """Two limits with their span (brackets and name included).

    ``level`` is the printed level of confidence (``95%``), ``estimate`` the number right before the interval, if one stands there.
    Limits are as printed: an upper limit below the lower one is kept, for it may be what is wrong.
    """

    low: FoundNumber
    high: FoundNumber
    kind: IntervalKind
    start: int
    end: int
    level: FoundNumber | None = None
    estimate: FoundNumber | None = None


_NAMES: tuple[tuple[IntervalKind, str], ...] = (
    ("confidence", r"C\.?I\.?s?(?![A-Za-z])|confidence (?:intervals?|limits?)(?: \(CIs?\))?|CL(?![A-Za-z])"),
    ("credible", r"Cr\.?I\.?(?![A-Za-z])|HDI|credible intervals?(?: \(CrIs?\))?"),
    ("quartiles", r"IQR|(?:inter-?quartile|IQ) range(?: \(IQR\))?|quartiles|Q1[-−–,] ?Q3"),
    ("range", r"(?:min(?:imum)?[-−–, ]{1,3}max(?:imum)?|range)"),
)
_NAME = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _NAMES), re.IGNORECASE)
_NAME_BEFORE = re.compile(
    rf"(?:{'|'.join(words for _, words in _NAMES)})[\])]?[ :;,=]{{0,4}}(?:(?:was|of|is|from|between) )?[(\[]?$", re.IGNORECASE
)
_SEPARATOR = re.compile(rf"(?:{MARK})?(?: ?(?P<clear>[-−–—]|to|through) ?\(?| ?(?P<loose>[,;:]) ?| (?P<word>and) )[€$£]?")
_OPEN = re.compile(r"[(\[] ?$")
_CLOSE = re.compile(r" ?[)\]]")
_GOES_ON = re.compile(r" ?[,;]")
_TO_ESTIMATE = re.compile(rf"(?:[ ,;:([]|{MARK}|[A-Za-zµ/²%°-]){{0,14}}$")


def read_intervals(text: str) -> list[FoundInterval]:
    """The intervals of a text, in order: two numbers in brackets, or behind a name (``95% CI``, ``IQR``, ``range``).

    A bare ``3–6 months`` is none, nor are citations (``[12, 13]``): a comma parts limits only behind an estimate or a name.
    Never raises; takes time linear in the text's length.
    """
    clean = plain(text)
    numbers = find_numbers(text)
    found: list[FoundInterval] = []
    for position, (low, high) in enumerate(pairwise(numbers)):
        if (found and low.start < found[-1].end) or not (separator := _SEPARATOR.fullmatch(clean, low.end, high.start)):
            continue
        interval = _interval(clean, numbers, position, low, high, separator)
        if interval:
            found.append(interval)
    return found


def _interval(
    clean: str, numbers: list[FoundNumber], position: int, low: FoundNumber, high: FoundNumber, separator: re.Match[str]
) -> FoundInterval | None:
    before = numbers[position - 1] if position else None
    level = before if before and _is_level(before) and _name_at(clean, before, low.start) is not None else None
    own_start = min(level.start, _name_at(clean, level, low.start) or 0) if level else _name_start(clean, low.start)
    opening, closing = _OPEN.search(clean[max(0, low.start - 3) : low.start]), _CLOSE.match(clean, high.end)
    bracketed = bool(opening) and bool(closing or _GOES_ON.match(clean, high.end))
    if own_start is None and (not bracketed or separator["word"]):
        return None
    start = own_start if own_start is not None else low.start - 1
    estimate = _estimate(clean, numbers, position - (1 if level else 0), start)
    whole = low.number.decimals == high.number.decimals == 0
    if own_start is None and estimate is None and whole and (separator["loose"] or clean[high.end : high.end + 2].strip()[:1] == "]"):
        return None  # citations
    start, end = _brackets(clean, start, high.end)
    return FoundInterval(low, high, _kind(clean[start : low.start]), start, end, level, estimate)


def _brackets(clean: str, start: int, end: int) -> tuple[int, int]:
    """The span with its brackets, if it has both."""
    if clean[start : start + 1] not in ("(", "["):
        start -= clean[max(0, start - 1) : start] in ("(", "[")
    closing = _CLOSE.match(clean, end)
    return start, closing.end() if closing and clean[start] in "([" else end


def _name_start(clean: str, at: int) -> int | None:
    """Where the name begins that ends right before this place."""
    first = max(0, at - 60)
    hit = _NAME_BEFORE.search(clean[first:at])
    return first + hit.start() if hit else None


def _is_level(number: FoundNumber) -> bool:
    return number.number.unit == "%" and number.number.value is not None and 50 <= number.number.value < 100


def _name_at(clean: str, level: FoundNumber, low: int) -> int | None:
    """Where the name stands that goes with a level: behind it (``95% CI 0.3``) or before it (``CI 95%: 0.3``)."""
    behind = _name_start(clean, low)
    if behind is not None and clean[level.end : behind].strip(" -(") == "":
        return behind
    return _name_start(clean, level.start) if clean[level.end : low].strip(" :,=([") == "" else None


def _kind(name: str) -> IntervalKind:
    hit = _NAME.search(name)
    for kind, _ in _NAMES:
        if hit and hit[kind]:
            return kind
    return "unnamed"


def _estimate(clean: str, numbers: list[FoundNumber], position: int, start: int) -> FoundNumber | None:
    """The number before the interval with at most a unit, a mark and punctuation between."""
    if position < 1:
        return None
    hit = numbers[position - 1]
    gap = clean[hit.end : start]
    return hit if len(gap) <= 16 and _TO_ESTIMATE.fullmatch(gap) else None
