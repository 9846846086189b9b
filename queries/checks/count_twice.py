"""The same patients, counted in two places, are as many.

Abstract, text and tables tell the main results again. Two counts with percents are taken for one fact where the words before them (or
the row's label) are the same but for one that only one of them has, both percents are of one and the same base, and the counts differ
by a patient or two or by a tenth: then one of them is a slip, or was changed in one place only.

Preconditions: two places of the paper (abstract, text, tables); at least two telling words in common, and the same numbers among them
(grade 3 is not grade 3-4); the same words behind the count (51 of the men are not 50 of all); the same arm, or none or the total in both,
and the same time; each place tells the fact once, and neither of the two counts elsewhere. It is silent otherwise, so facts told in other
words, by arm in one place only, or without percents are not compared.

Example: grade 3 toxicities in 51 patients (22.4%) in the abstract and in 50 (21.9%) in the results. Both percents are of 228.

Reference: Pitkin, Branagan & Burmeister, JAMA 1999;281:1110 (data in abstracts that disagree with the article).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.mentions import apart, words
from counterproof.queries.places import place
from counterproof.queries.proportions import Proportion, proportion, shown

VIEW = "proportion_rows"
INSPECT_SR = "4.6"

REPORTING = frozenset({
    "observed", "occurred", "reported", "developed", "experienced", "found", "seen", "noted", "achieved", "detected", "underwent",
    "received", "including", "respectively", "identified", "showed", "presented", "only", "all", "also", "overall", "there", "during",
    "after", "whom", "occurring", "present", "recorded",
})  # fmt: skip
"""Words of reporting, which do not tell one outcome from another."""

COMMON = 2
MORE = 1
"""So many telling words may stand in one of the two places only."""
APART, SHARE = 2, 0.1
"""Counts further apart than both of these are of two different facts."""
NARROW = 0.05
"""The bases that a count and its percent allow lie within this share of each other."""

PEOPLE = frozenset({"patients", "patient", "participants", "subjects", "individuals", "persons", "people", "cases", "total", "cohort"})
"""Words after a count that tell no part of the cohort from the whole."""

NEAR = 40
"""A percent stands behind its count within so many characters."""

_WORD = re.compile(r"\w")
_CLAUSE = re.compile(r"[);]|, and |\. ")
_END = re.compile(r"[;,.]| and | but ")


@dataclass(frozen=True)
class Told:
    """One count with its percent, and the telling words before it."""

    row: Row
    share: Proportion
    bases: tuple[int, int]
    subject: frozenset[str]
    among: frozenset[str]

    @cached_property
    def source(self) -> str:
        """Where it is told: in the abstract, in a table or in the text."""
        return "table" if self.row["table_no"] is not None else "abstract" if self.row["part"] == "abstract" else "text"

    @property
    def where(self) -> str:
        """The place in words."""
        return str(self.row["table_label"] or "a table") if self.source == "table" else f"the {self.source}"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each count that is told in two ways."""
    papers: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        told = _told(row)
        if told:
            papers[row["document_id"]].append(told)
    for every in papers.values():
        for one, other in apart(every, lambda told: told.source):
            if _same_fact(one, other) and _alone(one, other, every):
                yield _finding(*((one, other) if one.source == "abstract" or other.source == "table" else (other, one)))


def _told(row: Row) -> Told | None:
    share = proportion(row)
    bases = share.bases() if share else None
    if share is None or bases is None or bases[1] - bases[0] > max(1.0, NARROW * bases[0]):
        return None
    subject, among = _words(row)
    return Told(row, share, bases, subject, among) if len({w for w in subject if w[0].isalpha()}) >= COMMON else None


def _words(row: Row) -> tuple[frozenset[str], frozenset[str]]:
    """The telling words of a row's label, or of the clause before a count in a sentence; and those of the clause after it."""
    if row["table_no"] is not None:
        return _telling(" ".join(str(part) for part in (row["variable"], row["level"]) if part)), frozenset()
    quote = row["quote"] or ""
    at = _span(quote, row["count"], row["percent"].rstrip("% "))
    if at is None:
        return frozenset(), frozenset()
    return _telling(_CLAUSE.split(quote[: at[0]])[-1]), _telling(_END.split(quote[at[1] :].lstrip("%)] "))[0]) - PEOPLE


def _span(quote: str, count: str, percent: str) -> tuple[int, int] | None:
    """Where a count with its percent stands in a sentence: the count as a word of its own, and close behind it its own percent."""
    start = quote.find(count)
    while start >= 0:
        end = start + len(count)
        behind = quote.find(percent, end, end + NEAR + len(percent))
        alone = not _WORD.match(quote[start - 1 : start]) and not _WORD.match(quote, end)
        if alone and behind >= 0 and "%" not in quote[end:behind]:
            return start, behind + len(percent)
        start = quote.find(count, start + 1)
    return None


def _telling(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words(text)) - REPORTING


def _same_fact(one: Told, other: Told) -> bool:
    """Whether two counts can be of the same patients, by words, base, arm and time, and are nearly but not quite the same number."""
    if one.share.count == other.share.count or abs(one.share.count - other.share.count) > max(
        APART, SHARE * max(one.share.count, other.share.count)
    ):
        return False
    if one.bases[0] > other.bases[1] or other.bases[0] > one.bases[1]:
        return False
    return one.among == other.among and _same_words(one.subject, other.subject) and _same_scene(one.row, other.row)


def _same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    less, more = sorted((one, other), key=len)
    return less <= more and len(more - less) <= MORE and not any(word[0].isdigit() for word in more - less)


def _same_scene(one: Row, other: Row) -> bool:
    arms = {"" if row.get("arm_role") == "total" else row["arm"] or "" for row in (one, other)}
    return len(arms) == 1 and (one["timepoint"] or "") == (other["timepoint"] or "")


def _alone(one: Told, other: Told, every: list[Told]) -> bool:
    """Whether no third count of the same words is there, nor one of the two numbers in the other's place."""
    for third in every:
        if third is one or third is other:
            continue
        for mine, yours in ((one, other), (other, one)):
            if third.source == mine.source and _same_words(third.subject, mine.subject):
                return False
            if third.source == mine.source and third.share.count == yours.share.count and third.subject & yours.subject:
                return False
    return True


def _finding(one: Told, other: Told) -> Finding:
    quote = (one.row["quote"] or "").lower()
    subject = ", ".join(sorted(one.subject & other.subject, key=lambda word: (quote.find(word), word)))
    base = max(one.bases[0], other.bases[0])
    return Finding(
        document=one.row["document_id"],
        check="count_twice",
        verdict="inconsistent",
        place=place(one.row),
        reported=f"{shown(one.row)} and {shown(other.row)}",
        severity="medium",
        message=f"{shown(one.row)} in {one.where} and {shown(other.row)} in {other.where}, "
        f"both of {base} and told with the same words ({subject}).",
        inputs=(one.row["quote"] or "", other.row["quote"] or ""),
        confidence=min(one.row["confidence"], other.row["confidence"]),
        inspect_sr=INSPECT_SR,
        more_places=(place(other.row),),
    )
