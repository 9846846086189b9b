"""Reads P-values that a text names as such: ``P = .04``, ``a p-value of 0.03``, ``P for trend <0.001``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from counterproof.kb.characters import plain
from counterproof.kb.number_grammar import LETTER, MARK, UNIT
from counterproof.kb.numbers import Comparator, FoundNumber, ReportedNumber, find_numbers, numbers_behind


class PValue(NamedTuple):
    """A P-value with its span. ``label`` is what ties it to a contrast or test: words (``trend``), a letter, footnote marks."""

    number: ReportedNumber
    start: int
    end: int
    label: str = ""


NS = re.compile(
    r"(?<![A-Za-z])(?:NS(?=[a-z]?(?![A-Za-z]))|(?:N\.? ?S\.?|n\. ?s\.?|ns|N\.s\.?|[Nn]ot significant|[Nn]on-?significant)(?![a-z]))"
)
"""The words for a P-value above alpha."""

_QUALIFIER = (
    r"(?:trend|interaction|inter|int|het|heterogeneity|adj|adjusted|overall|nominal|FDR|corr|corrected|log-?rank|between|group|time|diff"
    r"|difference|superiority|non-?inferiority|linear|wald|[a-z]{1,10}\ ?×\ ?[a-z]{1,12})"
)
_HEAD = re.compile(
    rf"""[Pp](?:(?<![{LETTER}0-9.].)|(?<=test.)|(?<=trend.))
    (?:[_-]?\{{?(?P<glued>{_QUALIFIER})\}}?(?![{LETTER}]))?
    (?:[\ -]?(?P<many>values)|[\ -]?value|['’]?s(?=\ ))?
    (?:\ ?(?:[*†‡§]|[₀-₉ᵃ-ᶿ]|\^\{{[^{{}}]{{0,12}}\}})){{0,4}}
    (?:\ (?:for|of)\ (?:the\ )?(?P<words>(?!less|lower|smaller|greater|more|higher|larger)[{LETTER}][{LETTER}\ ×-]{{1,40}}?))?
    (?:\ ?\([{LETTER}\ -]{{2,30}}\))?
    (?:\ ?(?=[<>≤≥=≈]) | \ ?:\ ? | \ (?:(?:was|were|is|being|of|at|equals|value|also|both|all)\ ){{1,3}}
      | \ (?=less|lower|smaller|below|greater|more|higher|larger|above|equal) | ,?\ (?=0?[.·][0-9]) | \ ?(?==?\ ?(?:NS|ns|n\.s)))""",
    re.VERBOSE,
)
_IN_WORDS = re.compile(
    r"(?:(?P<less>(?:less|lower|smaller) than|below)|(?P<more>(?:greater|more|higher|larger) than|above)|equal to)(?: or equal to)? "
)
_SPACED_POINT = re.compile(r"(?:(?<=[=<>≤≥])|(?<=[=<>≤≥] )|(?<=[Pp] )|(?<=^))0?[.·] (?=[0-9]{1,4}(?![0-9]|\.[0-9]))")
_LEADING_LETTER = re.compile(r"^[A-Za-z](?=0?[.·][0-9])")
_CONTINUED = re.compile(rf"(?:\ ?{MARK}){{0,3}}\ ?(?:[,;]\ ?(?:(?:and|or|&)\ )?|(?:and|or|&)\ )=?\ ?", re.VERBOSE)
_NUMBER_NEXT = re.compile(r"[ =<>≤≥≈]*+[-−–+]? ?(?:[€$£¥] ?)?[.·,]?[0-9]")
_RUNNING_ON = ("^{", "//", "www.", "doi:", "10.")
"""Signs of what may begin before a P-value and hide it: a raised note, an address."""
_RAISED = 16
"""No raised note is longer."""
_RANGE = re.compile(r" ?(?:[-−–]|to\b) ?0?[.·,][0-9]")
_ANOTHER_QUANTITY = re.compile(r" ?(?:[(%±]|to\b|[-–−] ?[0-9])")


def read_p_values(text: str) -> list[PValue]:
    """The P-values that a text names as such, in order; a number that cannot be a P (above 1, signed, in percent) is left out.

    ``P = 0.03 and 0.04, respectively`` is two. Whether one is a threshold (``P < 0.05 was considered significant``) the sentence
    tells, not the number. Never raises.
    """
    clean = plain(text)
    joined = _joined(clean)
    behind = numbers_behind(joined)
    runs_on = any(sign in clean for sign in _RUNNING_ON)
    values: list[PValue] = []
    read = 0
    for head in _HEAD.finditer(clean):
        label = (head["glued"] or head["words"] or "").strip()
        if silent := NS.match(clean, _skip_equals(clean, head.end())):
            values.append(PValue(ReportedNumber(text[silent.start() : silent.end()], None), silent.start(), silent.end(), label))
            continue
        words = _IN_WORDS.match(clean, head.end())
        at = words.end() if words else head.end()
        if not _NUMBER_NEXT.match(joined, at):
            continue
        start = max(read, clean.rfind(" ", read, max(0, head.start() - _RAISED)) + 1) if runs_on else head.start()
        numbers = (_as_printed(text, clean, joined, hit) for hit in behind(start))
        first = next((hit for hit in numbers if hit.start >= at), None)
        if first and clean[at : first.start].strip(" =") == "" and _is_alone(clean, first, head[0]):
            found = [_valued(text, first, words, label)]
            found += [PValue(f.number, f.start, f.end, label) for f in _more(clean, first, numbers, bool(head["many"]))]
            read = found[-1].end
            values += found
    return values


def can_be_p(number: ReportedNumber) -> bool:
    """Whether a printed number may be a P-value at all: from 0 to 1, without sign and unit."""
    bare = number.text.lstrip("<>≤≥≈=~⩽⩾ ")
    return number.value is not None and 0 <= number.value <= 1 and number.unit is None and not bare.startswith(("-", "−", "–", "+"))


def _is_alone(clean: str, hit: FoundNumber, head: str) -> bool:
    """A number that may be a P and does not begin a range of P-values (``P = 0.2–0.4``); ``group P at 0 and 2 h`` needs a sign."""
    signed = hit.number.decimals > 0 or "=" in clean[max(0, hit.start - 3) : hit.start] or hit.number.comparator != "=" or ":" in head
    return signed and can_be_p(hit.number) and not _RANGE.match(clean, hit.end)


def find_p_numbers(text: str, *, whole_cell: bool = False) -> list[FoundNumber]:
    """Numbers as :func:`find_numbers` gives them, and those of P-values whose decimal point is followed by a space (``p=0. 19``)."""
    clean = plain(text)
    joined = _joined(clean)
    if whole_cell:
        joined = _LEADING_LETTER.sub(" ", joined)
    found = find_numbers(joined, whole_cell=whole_cell)
    return [_as_printed(text, clean, joined, hit) for hit in found]


def _joined(clean: str) -> str:
    """The text, place by place, with no space behind the decimal point of a P-value."""
    if ". " not in clean and "· " not in clean:
        return clean
    return _SPACED_POINT.sub(lambda hit: " " * (len(hit[0]) - 1) + ".", clean)


def _as_printed(text: str, clean: str, joined: str, hit: FoundNumber) -> FoundNumber:
    start = hit.start
    if joined[start] == "." and clean[start] == " ":
        start -= 2 if clean[max(0, start - 2) : start - 1] == "0" else 1
    printed = text[start : hit.end]
    return hit if start == hit.start and printed == hit.number.text else FoundNumber(hit.number._replace(text=printed), start, hit.end)


def _skip_equals(clean: str, at: int) -> int:
    tail = clean[at : at + 4]
    return at + len(tail) - len(tail.lstrip(" ="))


def _valued(text: str, hit: FoundNumber, words: re.Match[str] | None, label: str) -> PValue:
    """The P-value, with the comparator that words give it (``less than 0.001``)."""
    if words is None or hit.number.comparator != "=":
        return PValue(hit.number, hit.start, hit.end, label)
    comparator: Comparator = "<" if words["less"] else ">" if words["more"] else "="
    start = words.start() if comparator != "=" else hit.start
    return PValue(hit.number._replace(text=text[start : hit.end], comparator=comparator), start, hit.end, label)


def _more(clean: str, first: FoundNumber, numbers: Iterator[FoundNumber], many: bool) -> Iterator[FoundNumber]:
    """Further P-values of a list: after ``P-values``, before ``respectively``, or with a comparator of their own."""
    before = first
    while _CONTINUED.match(clean, before.end) and (hit := next(numbers, None)):
        listed = many or "respectively" in clean[hit.end : hit.end + 60].partition(". ")[0] or hit.number.comparator in "<>≤≥"
        joined = _CONTINUED.fullmatch(clean, before.end, hit.start)
        if not (listed and joined and can_be_p(hit.number) and hit.number.decimals > 0) or _ANOTHER_QUANTITY.match(clean, hit.end):
            return
        if clean[hit.end : hit.end + 1] == " " and UNIT.match(clean, hit.end + 1):
            return
        yield hit
        before = hit
