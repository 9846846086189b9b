"""Resolves citation marks to the reference list, and tells which work a sentence cites for which of its numbers.

A list numbered by its entries is cited in brackets, raised, or behind the full stop; the style that finds the most of the list's
numbers in the text is the paper's. Authors who are named ("Smith et al.", "(Jones 2011)") are sought at the head of the entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.repair import lower_superscripts
from counterproof.kb.document import Document

CITING = frozenset({"introduction", "discussion", "body", "results"})
"""The parts of a paper that tell others' figures."""

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STYLES = (
    re.compile(r"\[\s?(?P<numbers>\d{1,3}(?:\s?[,;–—-]\s?\d{1,3}){0,20})\s?\]"),
    re.compile(
        rf"(?:(?<=[.,;:)\]”\"’%])|(?<=[A-Za-z]{{3}})|(?<=\b[A-Z]{{2}}))(?P<numbers>[{_RAISED}]{{1,3}}(?:\s?[,–—⁻-]?\s?[{_RAISED}]{{1,3}}){{0,12}})"
    ),
    re.compile(r"(?<=[a-z)%\]”\"][.,;])(?P<numbers>\d{1,3}(?:[,–-]\d{1,3}){0,8})(?=\s|$)"),
    re.compile(r"(?<=[a-z.,] )\((?P<numbers>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\)"),
)
"""Marks in brackets, raised marks, marks set behind a full stop, marks in parentheses."""

_AUTHOR = re.compile(
    r"(?P<name>[A-Z][^\W\d_]+(?:[-’'][A-Z]?[^\W\d_]+)?)"
    r"(?P<others>\s(?:et\s?al\b\.?|(?:and|&)\s(?:colleagues|co-?workers|associates)|(?:and|&)\s[A-Z][^\W\d_]+))?"
    r"(?:['’]s)?,?\s?[(\[]?(?P<year>(?:19|20)\d\d)?[a-z]?"
)
_AUTHORS = re.compile(r"(?:19|20)\d\d|\b(?:and|&) [A-Z]|\b(?:colleagues|workers|associates)\b")
"""One of these is in every citation by name."""
_RANGE = re.compile(r"(\d{1,3})(?:\s?[–—−-]\s?(\d{1,3}))?")
_LEADING = re.compile(
    r"(?:\bet\s?al\.?|\bcolleagues|\bco-?workers|\bassociates|\b(?:stud(?:y|ies)|trials?|reports?|series|analys[ie]s|review|by [A-Z][\w-]+"
    r"|[A-Z][a-z]+ and [A-Z][a-z]+|(?<!\w)[A-Z]{3}[\w-]{0,40}))\s?,?$"
)
"""What stands before a mark that introduces the figures behind it, as in "Smith et al. [8] reported"."""

_CONTRAST = re.compile(
    r"(?i)\b(?:compared (?:with|to)|(?:similar|comparable|identical|close) to|in (?:contrast|comparison) (?:with|to)|in line with"
    r"|consistent with|than|versus|whereas|while|unlike|but)\b"
)
_OURS = re.compile(
    r"(?i)\b(?:our|ours|we|(?:this|the (?:present|current)|present|current) (?:[\w-]+ ){0,2}(?:study|trial|series|cohort|work))\b"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation in a sentence: its place, the entries that it names, and whether it introduces the figures behind it."""

    start: int
    end: int
    references: tuple[int, ...]
    leading: bool
    named: bool = False
    """Whether only the authors' name says which work is meant."""


class Citations:
    """The reference list of one document, and the ways in which its prose cites it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._entries = document.references

    @cached_property
    def _labels(self) -> dict[int, int]:
        """The entries by the numbers that cite them: their labels, or their places in a list that is marked up entry by entry."""
        printed = [lower_superscripts(entry.label) for entry in self._entries]
        labels = {int(label): i for i, label in enumerate(printed) if label.isdecimal()}
        marked_up = self._document.format in ("jats", "html")
        return labels or ({i + 1: i for i in range(len(self._entries))} if marked_up else {})

    @cached_property
    def _style(self) -> re.Pattern[str] | None:
        """How the paper prints its marks: the form in which the text names the most of the list's numbers, at least three."""
        parts = ("references", "results", "methods", "abstract", "back")
        text = " ".join(block.text for block in self._document.blocks if block.kind == "paragraph" and block.part not in parts)
        found: list[tuple[int, re.Pattern[str]]] = []
        for style in _STYLES:
            printed = {hit["numbers"] for hit in style.finditer(text)}
            found.append((len({n for numbers in printed for n in self._numbers(numbers)}), style))
            if found[-1][0] * 2 >= len(self._entries):
                break  # half of the list is cited in this form
        most = max(found, key=lambda one: one[0], default=None)
        return most[1] if most and most[0] >= min(3, len(self._entries)) else None

    def of(self, sentence: Sentence | None) -> list[Mark]:
        """The citations of a sentence in a part of the paper that tells others' figures."""
        return self.marks(sentence.text) if sentence and sentence.block.part in CITING else []

    def marks(self, text: str) -> list[Mark]:
        """The citations of a sentence, left to right."""
        if not self._entries:
            return []
        found: list[Mark] = []
        for hit in self._style.finditer(text) if self._style else ():
            cited = self._numbers(hit["numbers"])
            if cited:
                found.append(
                    Mark(hit.start(), hit.end(), cited, bool(_LEADING.search(text[max(0, hit.start() - 40) : hit.start()].rstrip())))
                )
        if "et al" in text or _AUTHORS.search(text):
            found += [mark for mark in self._authors(text) if not any(0 <= one.start - mark.end <= 3 for one in found)]
        return sorted(found, key=lambda mark: mark.start)

    def _numbers(self, text: str) -> tuple[int, ...]:
        """The entries that a mark names, ranges filled in; none where one of its numbers is not in the list."""
        pieces = _RANGE.findall(lower_superscripts(text).replace("⁻", "-"))
        numbers: list[int] = []
        for first, last in pieces:
            numbers += range(int(first), int(last or first) + 1)
        known = [self._labels.get(number) for number in numbers]
        return tuple(dict.fromkeys(n for n in known if n is not None)) if known and None not in known else ()

    def _authors(self, text: str) -> Iterator[Mark]:
        """Works that are cited by their authors' names; a name that heads several entries cites one only with its year."""
        for hit in _AUTHOR.finditer(text):
            if not (hit["others"] or hit["year"]):
                continue
            cited = tuple(
                i
                for i, entry in enumerate(self._entries)
                if hit["name"] in entry.text[:40] and (not hit["year"] or entry.year is None or str(entry.year) == hit["year"])
            )
            if len(cited) == 1 or (cited and hit["year"]):
                bracketed = (
                    text[max(0, hit.start() - 1) : hit.start()] in ("(", "[", " ") and "(" in text[max(0, hit.start() - 2) : hit.start()]
                )
                yield Mark(hit.start(), hit.end(), cited, leading=not bracketed, named=True)


def attributed(marks: Sequence[Mark], start: int) -> tuple[int, ...]:
    """The entries that a sentence cites for the number at this place.

    A mark behind a number belongs to it, unless another that introduces its figures stands before it: "Smith et al. [8] reported 40%,
    as did others [9]".
    """
    before = [mark for mark in marks if mark.end <= start]
    introduced = before[-1] if before and before[-1].leading else None
    behind = next((mark for mark in marks if mark.start >= start), None)
    if behind is not None and behind.leading and before:
        behind = None
    if introduced and behind and introduced.named and set(introduced.references) & set(behind.references):
        return behind.references
    chosen = introduced or behind or (before[-1] if before else None)
    return chosen.references if chosen else ()


def contrasted(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """The stretches of a sentence about this study that tell others' figures: from a word of contrast to the mark that follows it."""
    found: list[tuple[int, int]] = []
    for mark in marks:
        words = list(_CONTRAST.finditer(text, 0, mark.start))
        if words and not _OURS.search(text, words[-1].end(), mark.start) and ";" not in text[words[-1].end() : mark.start]:
            found.append((words[-1].end(), mark.start))
    return found
