"""The same values have the same name and the same unit wherever they are told.

Where a table and the text (or abstract and text) tell the same values of the same subject, one of them as means and the other as
medians, or in two units (days and months), one of the two labels belongs to other numbers. Which one, the paper alone does not say; a
dispersion beside the values (SD or quartiles) is named where it is printed, since it speaks for its own kind.

Preconditions: two or more values, with at least four digits together, that are equal in both places within rounding; a word of the
subject in common; a paper that prints mean and median of this subject side by side is left alone, since both may then be equal.

Example: a table gives median ages of 61 and 63, the text mean ages of 61 and 63. Look for the dispersion beside them: quartiles go with
medians, SDs with means.

Reference: Cochrane Handbook for Systematic Reviews of Interventions, chapter 6 (means, medians and how they are misreported).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import ReportedNumber, Window, read_number, rounding_window
from counterproof.queries.checks import Row
from counterproof.queries.mentions import apart, shares_word
from counterproof.queries.places import place

VIEW = "summary_rows"
INSPECT_SR = "4.10"

DIGITS = 4

_UNITS = {
    "d": "days", "day": "days", "days": "days", "wk": "weeks", "week": "weeks", "weeks": "weeks", "mo": "months", "month": "months",
    "months": "months", "yr": "years", "yrs": "years", "y": "years", "year": "years", "years": "years", "h": "hours", "hour": "hours",
    "hours": "hours", "min": "minutes", "minutes": "minutes", "mm": "mm", "cm": "cm",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"[(\[,] ?([a-z]{1,7})[)\]]?$", re.IGNORECASE)
_BEHIND = re.compile(r"\s?(?:[(\[][^()\[\]]{0,60}[)\]]\s?)?([a-z]{1,7})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """The values of one subject told in one place, under one label."""

    rows: list[Row]
    label: str

    @property
    def first(self) -> Row:
        """The row of the first value."""
        return self.rows[0]

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values as printed."""
        return tuple(str(row[self.label]) for row in self.rows)

    @cached_property
    def in_order(self) -> list[tuple[ReportedNumber, Window] | None]:
        """The values by their size, each as a number with what rounds to it, or None where it is none."""
        return [_windowed(value) for value in sorted(self.values, key=_size)]

    @cached_property
    def where(self) -> str:
        """Table label, or the part of the text."""
        if self.first["table_no"] is not None:
            return str(self.first["table_label"] or "a table")
        return "the abstract" if self.first["part"] == "abstract" else "the text"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each subject whose values have two labels or two units."""
    papers: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        papers[row["document_id"]].append(row)
    for members in papers.values():
        mentions = [mention for mention in _mentions(members) if _telling(mention)]
        for one, other in apart(mentions, lambda mention: mention.where):
            if _same(one, other):
                yield from _judge(one, other, members)


def _mentions(rows: list[Row]) -> Iterator[Mention]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        where = (row["table_no"], row["row"], row["level"]) if row["table_no"] is not None else (row["part"], row["quote"])
        groups[(*where, row["timepoint"])].append(row)
    for members in groups.values():
        for label in ("mean", "median"):
            told = [row for row in members if row[label]]
            if len(told) >= 2:
                yield Mention(told, label)


def _telling(mention: Mention) -> bool:
    return len(set(mention.values)) >= 2 and sum(c.isdigit() for value in set(mention.values) for c in value) >= DIGITS


def _same(one: Mention, other: Mention) -> bool:
    """Whether two places tell the same values of one subject."""
    if len(one.rows) != len(other.rows):
        return False
    if not all(_equal(a, b) for a, b in zip(one.in_order, other.in_order, strict=True)):
        return False
    names = [(a["variable"], b["variable"]) for a in one.rows for b in other.rows]
    return any(a and b and shares_word(a, b) for a, b in names)


def _size(text: str) -> float:
    number = read_number(text)
    return number.value if number and number.value is not None else 0.0


def _windowed(text: str) -> tuple[ReportedNumber, Window] | None:
    number = read_number(text)
    return (number, rounding_window(number)) if number and number.value is not None else None


def _equal(one: tuple[ReportedNumber, Window] | None, other: tuple[ReportedNumber, Window] | None) -> bool:
    """Whether one printed number is the other, or a coarser rounding of it."""
    if one is None or other is None:
        return False
    (_, (low, high)), (fine, _) = (one, other) if one[0].decimals <= other[0].decimals else (other, one)
    return low <= (fine.value or 0.0) <= high


def _judge(one: Mention, other: Mention, paper: list[Row]) -> Iterator[Finding]:
    values = " and ".join(one.values)
    if one.label != other.label:
        both = any(row["mean"] and row["median"] and shares_word(row["variable"] or "", one.first["variable"] or "") for row in paper)
        if not both and _labelled(one) and _labelled(other):
            message = f"{values} are {one.label}s in {one.where} and {other.label}s in {other.where}{_spoken_for(one, other)}."
            yield _finding(one, other, message, "inconsistent")
        return
    units = _unit(one), _unit(other)
    if units[0] and units[1] and units[0] != units[1]:
        yield _finding(one, other, f"{values} are in {units[0]} in {one.where} and in {units[1]} in {other.where}.", "inconsistent")
    else:
        yield _finding(one, other, f"{values} are {one.label}s in {one.where} and in {other.where}.", "consistent")


def _labelled(mention: Mention) -> bool:
    """Whether the label is printed in this place, or a dispersion of its kind, so that it is no mere reading of ours."""
    row = mention.first
    words = " ".join(str(row[name]) for name in ("variable", "level", "arm", "table_caption", "quote") if row.get(name))
    return mention.label in words.lower() or bool(row["sd"] if mention.label == "mean" else row["q1"])


def _spoken_for(*mentions: Mention) -> str:
    """Which label a dispersion printed beside the values speaks for."""
    for mention in mentions:
        for name, label in (("sd", "mean"), ("q1", "median")):
            if mention.first[name]:
                words = "an SD" if name == "sd" else "quartiles"
                return f"; {words} beside them in {mention.where} would speak for {label}s"
    return ""


def _unit(mention: Mention) -> str | None:
    """The unit that a label ends with (in brackets or behind a comma) or that stands behind the last value in a sentence."""
    row = mention.rows[-1]
    if row["table_no"] is not None:
        hit = _IN_BRACKETS.search((row["variable"] or "").strip())
    else:
        value = str(row[mention.label])
        hit = _BEHIND.match(row["quote"], row["quote"].index(value) + len(value)) if row["quote"].count(value) == 1 else None
    return _UNITS.get(hit[1].lower()) if hit else None


def _finding(one: Mention, other: Mention, message: str, verdict: Any) -> Finding:
    name = one.first["variable"] or other.first["variable"]
    return Finding(
        document=one.first["document_id"],
        check="label",
        verdict=verdict,
        place=place(one.first),
        reported=" and ".join(one.values),
        severity="medium" if verdict == "inconsistent" else "low",
        message=f"{name}: {message}" if name else message,
        confidence=min(row["confidence"] for mention in (one, other) for row in mention.rows),
        inspect_sr=INSPECT_SR,
        more_places=(place(other.first),),
    )
