"""Notes under a table: parted at the marks that begin them, so that a cell's mark finds its text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from counterproof.extract.repair import SUPERSCRIPT_DIGITS, SUPERSCRIPT_LETTERS, lower_superscripts, repair, repair_lines, superscript
from counterproof.kb.document import Footnote

SYMBOLS = "*†‡§¶‖#"
RAISED = SUPERSCRIPT_LETTERS + SUPERSCRIPT_DIGITS
_DELIMITER = r"\s?[:.)=]?\s*"
_NO_PAIR = r"(?!\s?(?:vs\b|versus\b|and\s\S\b))"


_NOT_COMPARED = rf"(?<!vs)(?<!vs\s)(?<!sus)(?<!sus\s)(?<![{RAISED},])"
_AFTER_STOP = re.compile(rf"(?<=[.;,:)\]])\s+(?P<mark>[{RAISED}{SYMBOLS}]{{1,3}}){_NO_PAIR}\s?(?=[\w<>≤≥=(])")
_LEAD = re.compile(rf"([{RAISED}]{{1,4}}|[{SYMBOLS}]{{1,4}}){_NO_PAIR}{_DELIMITER}(?=\S)")
_AFTER_LETTER = re.compile(r"\s?[:.)=]\s*(?=\S)")
_AFTER_SYMBOL = re.compile(r"\s?[:.)=]?\s*(?=\S)")
_CAPITAL = re.compile(r"\s[A-Z<>≤]")


def canonical_mark(mark: str) -> str:
    """A mark in the one form that cells and notes share: on the line, repaired, without brackets or delimiters."""
    return lower_superscripts(repair(mark)).replace("||", "‖").strip(" .:;,)(][=")


def read_notes(text: str, used: Collection[str] = (), label: str | None = None) -> list[Footnote]:
    """The notes in one paragraph or ``fn`` (lines are breaks). ``used`` are the table's marks, ``label`` the mark if it has its own.

    A mark begins a note at the start of a line, after a sentence's end, or where a raised one stands before a word; ``ᵃ vs ᵇ`` does not.
    """
    pieces = [piece for line in repair_lines(text) if line for piece in _parted(line.replace("||", "‖"), used)]
    notes = [_note(piece, used) for piece in pieces]
    if label and notes:
        first = notes[0]
        text = f"{superscript(first.mark)} {first.text}" if first.mark not in ("", canonical_mark(label)) else first.text
        notes[0] = Footnote(canonical_mark(label), text.lstrip(" :.)="))
    return [note for note in notes if note.text]


def _parted(line: str, used: Collection[str]) -> list[str]:
    cuts = sorted({hit.start("mark") for pattern in _beginnings(line, used) for hit in pattern.finditer(line)} - {0})
    return [line[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]


def _beginnings(line: str, used: Collection[str]) -> Iterator[re.Pattern[str]]:
    """Where a mark begins a note inside a line; a mark that the line has at most at its start needs no search."""
    yield _AFTER_STOP
    inside = [mark for mark in used if line.find(mark, 1) > 0]
    if symbols := _any_of(mark for mark in inside if not mark[0].isalnum()):
        yield _compiled(rf"(?<=\s)(?P<mark>{symbols})(?=\w|\s[A-Z][a-z])")
        yield _compiled(rf"(?<=[.;])\s+(?P<mark>{symbols})(?=\s?[:=]?\s?\w)")
    if letters := _any_of(mark for mark in inside if mark.isalnum()):
        yield _compiled(rf"(?<=[.;,])\s+(?P<mark>{letters})(?=\s?[:=)]\s?\S)")
    if raised := _any_of(high for mark in used if mark.isalnum() and (high := superscript(mark)) != mark and line.find(high, 1) > 0):
        yield _compiled(rf"{_NOT_COMPARED}(?P<mark>{raised})(?![{RAISED},]){_NO_PAIR}\s?(?=[^\W\d_])")


_compiled = lru_cache(maxsize=256)(re.compile)
"""Few sets of symbols and few of letters are used by most papers; each is compiled once."""


def _any_of(marks: Iterable[str]) -> str:
    return "|".join(re.escape(mark) for mark in sorted(marks, key=lambda mark: (-len(mark), mark)))


def _note(text: str, used: Collection[str]) -> Footnote:
    if lead := _LEAD.match(text):
        return Footnote(canonical_mark(lead[1]), text[lead.end() :])
    for mark in sorted(used, key=len, reverse=True):
        if not text.startswith(mark):
            continue
        rest = text[len(mark) :]
        delimiter = (_AFTER_LETTER if mark.isalnum() else _AFTER_SYMBOL).match(rest)
        if delimiter or (mark.isalnum() and _CAPITAL.match(rest)):
            return Footnote(mark, rest[delimiter.end() if delimiter else 1 :])
    return Footnote("", text)
