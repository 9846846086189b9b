"""Reads cells of a P column, where an estimate must never pass for a P-value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from counterproof.kb.cell_values import CellPart, CellValue
from counterproof.kb.cells import MISSING, read_cell
from counterproof.kb.characters import plain
from counterproof.kb.number_grammar import LETTER, MARK, MARKS
from counterproof.kb.numbers import FoundNumber, ReportedNumber, read_number
from counterproof.kb.p_values import NS, PValue, can_be_p, find_p_numbers, read_p_values
from counterproof.kb.plain_cells import read_plain

Ruling = Literal["p", "blank", "no_p", "unreadable"]


class PCell(NamedTuple):
    """The ruling on a cell of a P column, with its P-values (``NS`` and stars are values too) or the reason why there is none.

    ``blank``: empty, a dash, NA. ``no_p``: surely no P-value (words, an estimate). ``unreadable``: there may be a P-value, but which
    number it is, or what it was, cannot be told.
    """

    ruling: Ruling
    values: tuple[PValue, ...] = ()
    why: str = ""


_STARS = re.compile(rf"(?:{MARK}|[+])+")
_TRAILING_MARKS = re.compile(rf"(?<=[A-Za-z.])(?:\ ?{MARK}|\ [a-z])$")
_NAMED = re.compile(rf"(?<![{LETTER}0-9])[Pp](?:[ -]?values?)?[ *†‡]{{0,3}}[<>≤≥=] ?[0-9.,·]")
_TIE = re.compile(
    rf"[;, ]{{0,2}}(?P<mark>(?:{MARK}|[A-Za-z](?![{LETTER}0-9])){{1,4}})|\ ?\((?P<words>[^()]{{0,40}}[{LETTER}][^()]{{0,40}})\)"
)
_LABELLED = re.compile(rf"(?P<label>[^0-9=]{{0,60}}[{LETTER}][^=]{{0,40}}?):\ ?")
_STATISTIC = re.compile(
    r"(?<![A-Za-z])(?:[RHO]R|r|R2?|t|F|Z|z|T|d|U|W|H|χ2?|β|B|b|MD|SMD|[Ss]tatistic|[Cc]oefficient|[Dd]ifference|SE|SD|df|n|N)\b"
)
_BRACKETED_WORDS = re.compile(rf"[ ]?(?:{MARK})?[ ]?\([^()0-9]{{0,60}}\)")
_OTHER_QUANTITY = re.compile(rf"[{LETTER}}}²] ?= ?$")
_LOOSE_DIGIT = re.compile(rf"(?<![{LETTER}0-9_^{{-])[0-9]")
_NAME = re.compile(r"\^\{[^{}]{0,40}\}|(?<![A-Za-z])[A-Za-z]{1,40}[0-9][A-Za-z0-9.-]*")
_EXPONENT = re.compile(r"[0-9][eE][0-9]")


def read_p_cell(text: str, legend: Mapping[str, str] | None = None, *, p_first: bool = False) -> PCell:
    """The P-value or P-values of a cell in a P column.

    ``legend`` gives stars their meaning (``{"*": "<0.05"}``). ``p_first``: the head says that the P stands before an interval
    (``P (95% CI)``); otherwise a number with an interval is an estimate. Never raises.
    """
    bare = read_plain(text)
    if bare and bare.shape == "number":
        return _judge_bare(bare.parts[0])
    clean = plain(text).replace("\n", " ").strip()
    if not clean or MISSING.fullmatch(_TRAILING_MARKS.sub("", clean)):
        return PCell("blank")
    if _STARS.fullmatch(clean):
        return _stars(text, clean, legend or {})
    if by_line := _read_lines(text, legend, p_first):
        return by_line
    if named := read_p_values(text):
        return PCell("p", tuple(named))
    if _NAMED.search(clean):
        return PCell("unreadable", why="a P-value is named, but its number cannot be read")
    numbers = find_p_numbers(text, whole_cell=True)
    if silent := NS.search(text):
        return _not_significant(text, silent, numbers)
    if not numbers:
        return PCell("unreadable", why="digits that are no number") if _LOOSE_DIGIT.search(clean) else PCell("no_p", why="words")
    return _judge(text, numbers, p_first)


def _read_lines(text: str, legend: Mapping[str, str] | None, p_first: bool) -> PCell | None:
    """A cell whose every line is a P-value or blank holds one for each line; None where its lines are those of one wrapped value."""
    values: list[PValue] = []
    start = 0
    lines = text.split("\n")
    for line in lines if len(lines) > 1 else ():
        cell = read_p_cell(line, legend, p_first=p_first)
        if cell.ruling not in ("p", "blank"):
            return None
        values += [value._replace(start=value.start + start, end=value.end + start) for value in cell.values]
        start += len(line) + 1
    return PCell("p", tuple(values)) if values else None


def _stars(text: str, clean: str, legend: Mapping[str, str]) -> PCell:
    meaning = read_number(re.sub(r"^\s*[Pp](?:[ -]?values?)?", "", legend.get(clean, "")).strip())
    if meaning is None:
        return PCell("unreadable", why="marks without a legend")
    start = text.find(text.strip())
    return PCell("p", (PValue(meaning._replace(text=text.strip()), start, start + len(text.strip()), clean),))


def _not_significant(text: str, silent: re.Match[str], numbers: list[FoundNumber]) -> PCell:
    """``NS``, or the number that stands beside it when that is all there is (``0.07 ns``, ``0.07 (NS)``)."""
    rest = plain(text[: silent.start()] + " " + text[silent.end() :]).strip(" ()[],;")
    if len(numbers) == 1 and _is_decimal_p(numbers[0].number) and read_number(rest):
        return PCell("p", (PValue(numbers[0].number, numbers[0].start, numbers[0].end, silent[0]),))
    return PCell("p", (PValue(ReportedNumber(silent[0], None), silent.start(), silent.end()),))


def _judge(text: str, numbers: list[FoundNumber], p_first: bool) -> PCell:
    clean = plain(text).replace("\n", " ")
    if _uncovered_digits(clean, numbers):
        return PCell("unreadable", why="digits that run into each other")
    if len(numbers) == 1:
        return _judge_one(clean, numbers[0])
    tied = [_tie(clean, numbers, position) for position in range(len(numbers))]
    all_p = all(can_be_p(hit.number) for hit in numbers)
    compared = [hit for hit in numbers if _is_compared(hit.number)]
    named = all(label or _is_compared(hit.number) for label, hit in zip(tied, numbers, strict=True))
    if all_p and (named or (compared and len(numbers) > 2)):
        return PCell("p", tuple(PValue(hit.number, hit.start, hit.end, label) for label, hit in zip(tied, numbers, strict=True)))
    if all(_is_decimal_p(hit.number) for hit in numbers) and _slashes(clean, numbers):
        return PCell("p", tuple(PValue(hit.number, hit.start, hit.end, label) for label, hit in zip(tied, numbers, strict=True)))
    if compared:
        return PCell("p", tuple(PValue(hit.number, hit.start, hit.end) for hit in compared))
    return _judge_shape(text, [hit for hit in numbers if not _OTHER_QUANTITY.search(clean[max(0, hit.start - 5) : hit.start])], p_first)


def _judge_bare(part: CellPart) -> PCell:
    """A cell that holds nothing but one number."""
    if can_be_p(part.number):
        return PCell("p", (PValue(part.number, part.start, part.end),))
    return PCell("no_p", why="above 1, signed or with a unit")


def _judge_one(clean: str, hit: FoundNumber) -> PCell:
    """A cell with one number: bare, labelled (``adjusted: 0.06``) or followed by words in brackets (the test's name)."""
    before = _STARS.sub("", clean[: hit.start]).strip()
    behind = MARKS.sub("", clean[hit.end :], count=1) if MARKS.match(clean, hit.end) else clean[hit.end :]
    behind = "" if behind.strip() == "." else behind
    value, number = PValue(hit.number, hit.start, hit.end), hit.number
    if _EXPONENT.search(number.text) and not can_be_p(number):
        return PCell("unreadable", why="a power of ten above 1; its sign may be lost")
    if before in ("", "=") or re.fullmatch(r"[a-z]", before):
        unit = read_cell(clean).parts
        if not can_be_p(number) or (unit and unit[0].number.unit):
            return PCell("no_p", why="above 1, signed or with a unit")
        words = _BRACKETED_WORDS.fullmatch(behind)
        if not behind.strip() or behind.strip() in ("/NA", "/-") or (words and _is_decimal_p(number)):
            return PCell("p", (value,)) if number.decimals > 0 or number.value in (0, 1) else PCell("no_p", why="no P-value")
    label = _LABELLED.fullmatch(clean, 0, hit.start)
    named = (label and not _STATISTIC.search(label["label"])) or (number.comparator in "<>≤≥" and not _STATISTIC.search(before))
    if named and _is_decimal_p(number) and not behind.strip():
        return PCell("p", (value._replace(label=(label["label"] if label else before).strip()),))
    if not can_be_p(number) or clean[: hit.start].rstrip().endswith("="):
        return PCell("no_p", why="a quantity other than P")
    return PCell("unreadable", why="a number that the cell does not call a P-value")


def _judge_shape(text: str, numbers: list[FoundNumber], p_first: bool) -> PCell:
    """Several numbers, none of them marked as a P: what their shape says."""
    if not numbers:
        return PCell("no_p", why="a quantity other than P")
    cell = read_cell(text)
    extra = next((part for part in cell.parts if part.role == "extra"), None)
    if extra and _is_decimal_p(extra.number) and not _glued(cell):
        return PCell("p", (PValue(extra.number, extra.start, extra.end),))
    if cell.shape == "interval" and not extra:
        return _judge_interval(cell, p_first)
    if cell.shape == "text" and not re.search("[A-Za-z]{3}", text):
        return PCell("unreadable", why="numbers that may run into each other")
    if cell.shape in ("plus_minus", "plus_minus_interval", "fraction", "fraction_percent", "percent_fraction", "ratio_list"):
        return PCell("no_p", why="a value with its spread or base")
    possible = [hit for hit in numbers if _is_decimal_p(hit.number)]
    if not possible or (cell.shape == "range" and not (len(possible) == 2 and "(" not in cell.label)):
        return PCell("no_p", why="an interval" if cell.shape == "range" else "no number that can be a P-value")
    return PCell("unreadable", why="which number is the P-value cannot be told")


def _judge_interval(cell: CellValue, p_first: bool) -> PCell:
    value, low, high = (cell.number(role) for role in ("value", "low", "high"))
    if p_first and value and can_be_p(value):
        return PCell("p", (PValue(value, cell.parts[0].start, cell.parts[0].end),))
    if _glued(cell):
        return PCell("unreadable", why="numbers that may run into each other")
    inside = value and low and high and None not in (value.value, low.value, high.value) and low.value <= value.value <= high.value  # type: ignore[operator]
    if inside or (value and not can_be_p(value)):
        return PCell("no_p", why="an estimate with its interval")
    return PCell("unreadable", why="a number outside the interval beside it: a P-value or an estimate")


def _glued(cell: CellValue) -> bool:
    """``-7 -15 to 10.075``: limits whose decimals differ so much that a further number was printed right behind them."""
    low, high = cell.number("low"), cell.number("high")
    return bool(low and high and abs(high.decimals - low.decimals) > 1 and high.decimals > low.decimals)


def _is_decimal_p(number: ReportedNumber) -> bool:
    return can_be_p(number) and number.decimals > 0


def _is_compared(number: ReportedNumber) -> bool:
    """``<0.001``: printed as less or more than, as only P-values are."""
    return number.comparator in "<>≤≥" and _is_decimal_p(number)


def _tie(clean: str, numbers: list[FoundNumber], position: int) -> str:
    """The letter, mark or bracketed words that tie a number to a contrast; empty where there are none."""
    hit = _TIE.match(clean, numbers[position].end)
    until = numbers[position + 1].start if position + 1 < len(numbers) else len(clean)
    if not hit or hit.end() > until:
        return ""
    return (hit["mark"] or hit["words"]).strip("^{} ")


def _slashes(clean: str, numbers: list[FoundNumber]) -> bool:
    between = (clean[a.end : b.start] for a, b in pairwise(numbers))
    return all(re.sub(MARK, "", gap).strip() == "/" for gap in between)


def _uncovered_digits(clean: str, numbers: list[FoundNumber]) -> bool:
    """Whether digits remain outside the numbers that were read, names aside."""
    at, rest = 0, []
    for hit in numbers:
        rest.append(clean[at : hit.start] + " ")
        at = hit.end
    return bool(_LOOSE_DIGIT.search(_NAME.sub("", "".join([*rest, clean[at:]]))))
