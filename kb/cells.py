"""What shape a table cell has: one number, ``a (b)``, ``a ± b``, an estimate with its interval … The meaning is the table's to tell.

``90.8 (9.6)`` is a mean with its SD or a count with its percent; both are ``bracket`` here, and head, footnote and arithmetic decide.
"""

from __future__ import annotations

import re
from functools import lru_cache

from counterproof.kb.cell_values import CellPart, CellValue, Role, Shape
from counterproof.kb.characters import plain
from counterproof.kb.number_grammar import MARK, MARKS, UNIT
from counterproof.kb.numbers import FoundNumber, ReportedNumber, find_numbers
from counterproof.kb.plain_cells import read_plain

MISSING = re.compile(
    r"[-−–—_.…/\\ ]{1,12}|(?:n ?[./]? ?a|n ?[./]? ?d|n ?[./]? ?r|n ?[./]? ?e|n ?[./]? ?c|not (?:reported|available|applicable|estimable"
    r"|evaluable|reached|done|determined|assessed|calculated|recorded|tested)|unknown|missing|none|nil)[. ]{0,2}",
    re.IGNORECASE,
)
"""A cell that says that there is no value. ``NR`` may be *not reported* or *not reached*: no number either way."""

_LABEL = re.compile(
    r"\b(?:(?:9[0-9](?:\.[0-9])? ?% ?)?(?:C\.?I\.?|CrI|HDI|confidence intervals?|credible intervals?)|(?:inter-?quartile )?range"
    r"|IQR|S\.?D\.?|S\.?E\.?M?\.?|[RHO]R|MD|SMD|WMD|RD|ARR|IRR|mean difference|difference|median|mean|min|max)(?![A-Za-z0-9])[:, =]{0,3}",
    re.IGNORECASE,
)
_P_WORD = re.compile(r"(?<![A-Za-z])[Pp](?:[- ]?values?)?[ *†‡]{0,4}:?$")
_SIZE_WORD = re.compile(r"(?<![A-Za-z])[nN] ?:?$")

_MARK = re.compile(MARK)
_DIGIT = re.compile("[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
"""Every word that names a number begins with a letter or goes on with one."""
_BARE_SIGNS = re.compile(r"[ ()\[\],;:/±~–−-]*")
"""Signs between numbers that are no footnote mark and begin no unit."""

_INTERVAL = r"N[~,;&]N"
_IN_BRACKETS = rf"[(\[]{_INTERVAL}[)\]]"
_TAIL = r"(?P<tail>[,;]?\(?PN\)?|[,;]?\(?N\)?)?"

# Skeletons: N a number, n and P the words before one, ~ a dash or "to", & "and". The first that fits is the cell's shape.
_SHAPES: tuple[tuple[Shape, str, tuple[Role, ...]], ...] = (
    ("number", r"\(?N\)?", ("value",)),
    ("number", r"N[,;]?\(?PN\)?", ("value", "p")),
    ("number", r"\(?PN\)?", ("p",)),
    ("size", r"[(\[]?nN[)\]]?", ("size",)),
    ("plus_minus", r"N(?:±N|[(\[]±N[)\]])(?:[,;]?\(?PN\)?)?", ("value", "spread", "p")),
    ("plus_minus", r"[(\[]N±N[)\]]", ("value", "spread")),
    ("plus_minus_interval", rf"N±N(?:{_IN_BRACKETS}|[;,]{_INTERVAL})(?:[,;]?\(?PN\)?)?", ("value", "spread", "low", "high", "p")),
    ("fraction", r"[(\[]?N/N[)\]]?", ("numerator", "denominator")),
    ("fraction_percent", r"N/N(?:[,;]?[(\[]N[)\]]|[,;=]?N)(?:[,;]?\(?PN\)?)?", ("numerator", "denominator", "bracketed", "p")),
    ("percent_fraction", r"N,?[(\[]N/N[)\]](?:[,;]?\(?PN\)?)?", ("value", "numerator", "denominator", "p")),
    ("bracket", r"N,?[(\[]N[)\]]%?(?:[,;]?\(?PN\)?)?", ("value", "bracketed", "p")),
    ("interval", rf"N[,;:]?{_IN_BRACKETS}{_TAIL}", ("value", "low", "high", "p")),
    ("interval", rf"N[(\[]{_INTERVAL}[;,]P?N[)\]]", ("value", "low", "high", "p")),
    ("interval", rf"N[ ;,:]N~N{_TAIL}", ("value", "low", "high", "p")),
    ("bracket_interval", rf"N[(\[]N[)\]][,;]?(?:{_IN_BRACKETS}|N~N){_TAIL}", ("value", "bracketed", "low", "high", "p")),
    ("bracket_interval", rf"N[(\[]N[,;]N[~,]N[)\]]{_TAIL}", ("value", "bracketed", "low", "high", "p")),
    ("range", r"N~N(?:[,;]?\(?PN\)?)?", ("low", "high", "p")),
    ("range", rf"{_IN_BRACKETS}(?:[,;]?\(?PN\)?)?", ("low", "high", "p")),
    ("ratio_list", r"N(?::N)+", ()),
    ("several", r"N(?:[,;/|& ]{1,2}\(?N\)?)+", ()),
)  # fmt: skip
_COMPILED: list[tuple[Shape, re.Pattern[str], tuple[Role, ...]]] = [
    (shape, re.compile(pattern), roles) for shape, pattern, roles in _SHAPES
]


def read_cell(text: str) -> CellValue:
    """The shape of a cell and its numbers with their roles; never raises, and ``text`` where no shape fits."""
    if "," in text and (hit := _UNSPACED.fullmatch(text)) and _is_interval(hit):
        text = f"{text[: hit.end('low')]};{text[hit.start('high') :]}"
    return read_plain(text) or read_any(text)


_UNSPACED = re.compile(r"\s*(?P<value>\d{1,4})\s?[(\[](?P<low>\d{1,4}),(?P<high>\d{3})[)\]]\s*")


def _is_interval(hit: re.Match[str]) -> bool:
    """Whether ``110 (100,120)`` holds two limits, by their size, and no ``100,120``."""
    value, low, high = float(hit["value"]), float(hit["low"]), float(hit["high"])
    return value / 3 <= low <= value <= high <= 3 * value


def read_any(text: str) -> CellValue:
    """The same for every cell, plain or not."""
    clean = plain(text).replace("\n", " ")
    if not clean.strip():
        return CellValue("blank")
    if MISSING.fullmatch(clean.strip()):
        return CellValue("missing")
    if not _DIGIT.search(clean):
        return CellValue("text")
    labels, unlabelled = _labels(clean) if _LETTER.search(clean) else ("", clean)
    found = find_numbers(unlabelled, whole_cell=True)
    if not found:
        return CellValue("text")
    skeleton, found, marks = _skeleton(unlabelled, found)
    if skeleton.count("N") > len(found):
        return CellValue("text", (), labels, marks)  # "N (3)": a letter of the cell's own stands for no number
    shape, roles = _shape(skeleton)
    return CellValue(shape, _parts(text, found, shape, roles, skeleton) if shape != "text" else (), labels, marks)


def _labels(clean: str) -> tuple[str, str]:
    """The words that name a number inside a cell, and the cell with blanks in their places."""
    labels = [hit[0].strip(" :,=") for hit in _LABEL.finditer(clean)]
    return ", ".join(labels), _LABEL.sub(lambda hit: " " * len(hit[0]), clean) if labels else clean


@lru_cache(maxsize=1024)
def _shape(skeleton: str) -> tuple[Shape, tuple[Role, ...]]:
    """The first shape that a skeleton has; few skeletons are all that most cells have."""
    return next(((shape, roles) for shape, pattern, roles in _COMPILED if pattern.fullmatch(skeleton)), ("text", ()))


def _parts(text: str, found: list[FoundNumber], shape: Shape, roles: tuple[Role, ...], skeleton: str) -> tuple[CellPart, ...]:
    names: list[Role] = list(roles) or ["item" if shape == "ratio_list" else "value"] * len(found)
    if names[-1] == "p" and len(found) == len(names) and "P" not in skeleton:
        names[-1] = "extra"
    return tuple(
        CellPart(role, _with(f.number, text[f.start : f.end], f.number.unit), f.start, f.end) for role, f in zip(names, found, strict=False)
    )


def _with(number: ReportedNumber, text: str, unit: str | None) -> ReportedNumber:
    """The number with this text and unit."""
    if number.text == text and number.unit == unit:
        return number
    return ReportedNumber(text, number.value, number.decimals, number.comparator, unit)


def _skeleton(clean: str, found: list[FoundNumber]) -> tuple[str, list[FoundNumber], tuple[str, ...]]:
    """The cell with N for each number and without footnote marks; the numbers with their units; the marks."""
    lead = _LEADING_MARKS.match(clean)
    marks = [lead[0].strip()] if lead and lead[0].strip() else []
    pieces, numbers, at = [], [], lead.end() if lead else 0
    for position, hit in enumerate(found):
        pieces.append(_between(clean[at : hit.start]) + "N")
        until = found[position + 1].start if position + 1 < len(found) else len(clean)
        at, unit, mark = _after_number(clean, hit.end, until)
        numbers.append(FoundNumber(_with(hit.number, hit.number.text, hit.number.unit or unit), hit.start, hit.end))
        marks += mark
    pieces.append(_between(clean[at:]))
    return _tidy(_SPACED.sub(r"\1", "".join(pieces)).strip()), numbers, tuple(marks)


_SPACED = re.compile(r" ?([^N ]) ?")


def _tidy(skeleton: str) -> str:
    """A skeleton without the comma that a taken mark left behind it, and without a bracket closed twice."""
    skeleton = skeleton.rstrip(",; ")
    return skeleton[:-1] if skeleton.endswith("))") and skeleton.count(")") > skeleton.count("(") else skeleton


_LEADING_MARKS = re.compile(r"[ ]{0,3}(?:[*†‡§¶‖#\u2500-\u27bf]|\^\{[^{}]{0,12}\}|[a-z](?=[0-9]|\.[0-9])){0,4}")


def _after_number(clean: str, at: int, until: int) -> tuple[int, str | None, list[str]]:
    """What clings to a number: where it ends, the unit, the footnote marks."""
    literal = clean[at:until]
    if _BARE_SIGNS.fullmatch(literal):
        return at, None, []
    glued = MARKS.match(literal)
    if glued and glued[0][:1] != " ":
        return at + glued.end(), None, [glued[0].strip()]
    spaces = len(literal) - len(literal.lstrip())
    if unit := UNIT.match(literal, spaces):
        return at + unit.end(), unit[0], []
    if glued := MARKS.match(literal):
        return at + glued.end(), None, [glued[0].strip()]
    return at, None, []


@lru_cache(maxsize=2048)
def _between(literal: str) -> str:
    """The signs and words between two numbers in the letters of a skeleton."""
    bare = literal.strip(" \u202f").removesuffix("=").rstrip()
    if word := _P_WORD.search(bare) or _SIZE_WORD.search(bare):
        return _signs(bare[: word.start()]) + ("n" if word[0][0] in "nN" else "P")
    return _signs(bare) or (" " if literal else "")


_TO = re.compile(r"\bto\b|[-−–—]")
_AND = re.compile(r"\band\b")
_OF = re.compile(r"\b(?:out )?of\b")


def _signs(literal: str) -> str:
    literal = _TO.sub("~", _MARK.sub("", literal))
    return _OF.sub("/", _AND.sub("&", literal))
