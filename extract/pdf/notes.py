"""Notes under a table, bound to their marks."""

from __future__ import annotations

import re
from statistics import median

from counterproof.extract.pdf.geometry import Line, Rect, Word, join_words
from counterproof.extract.pdf.hyphens import SOFT
from counterproof.extract.pdf.prose import join_texts
from counterproof.extract.pdf.words import split_line
from counterproof.extract.repair import repair
from counterproof.kb.document import Footnote

NOTE = re.compile(
    r"[*†‡§¶‖#]|(?i:notes?|abbreviations?|statistics?)\b"
    r"|(?i:data (?:are|is|were|presented|shown|expressed)|values? (?:are|is|were|in|expressed))\b"
    r"|[A-Z][\w-]{0,9}\s?[=:]\s"
)
"""How the first note under a table begins."""
_HEADED = re.compile(r"(?i:abbreviations?|notes?)\s?:")
"""Words that open a note of their own at a line's start, whatever stands before them."""
NO_GAP = 1.5
"""Words of one note are closer than this many font sizes."""
_SIGN = re.compile(r"^([*†‡§¶#‖]{1,4}|(?!n\s?=)[a-z](?=\s))\s*")


def split_notes(lines: list[list[Word]], body: Rect) -> tuple[list[list[Word]], list[Line]]:
    """A table's lines without the notes at its end, and these: a band or the page's own rule may hold both."""
    size = median(word.size for line in lines for word in line)
    kept = len(lines)
    while kept > 2 and _is_note(lines[kept - 1], body, size):
        kept -= 1
    first = next((i for i in range(kept, len(lines)) if _opens_notes(lines[i], size)), len(lines))
    return lines[:first], [Line(line) for line in lines[first:]]


def _is_note(line: list[Word], body: Rect, size: float) -> bool:
    """Whether a line runs from the table's left edge without a gap, as a sentence or a mark with its meaning does."""
    parts = split_line(line, NO_GAP)
    if line[0].x0 > body.x0 + 0.2 * body.width or len(parts) > (2 if _SIGN.match(line[0].text) else 1):
        return False
    return bool(_opens_notes(line, size) or parts[0].x1 > body.x0 + 0.6 * body.width or len(line) < 4)


def _opens_notes(line: list[Word], size: float) -> bool:
    text = join_words(line)
    return line[0].raised == 1 or bool(NOTE.match(text)) or _is_sentence(text) or max(w.size for w in line) < 0.93 * size


def _is_sentence(text: str) -> bool:
    return text.endswith((".", ";")) and len(text.split()) > 3


def read_notes(lines: list[Line]) -> list[Footnote]:
    """The notes in these lines: a raised word or a sign at a line's start or in it opens a new one."""
    notes: list[tuple[str, list[str]]] = []
    for line in lines:
        pending: list[Word] = []
        for index, word in enumerate(line.words):
            if word.raised == 1 and len(word.text) <= 3 and (index == 0 or _ends(pending)):
                _flush(notes, pending)
                notes.append((word.text, []))
                pending = []
            else:
                pending.append(word)
        _flush(notes, pending)
    return [Footnote(mark, repair(_joined(parts))) for mark, parts in map(_signed, notes) if parts]


def _joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        text = join_texts(text, part)
    return text.replace(SOFT, "-")


def _flush(notes: list[tuple[str, list[str]]], words: list[Word]) -> None:
    if not words:
        return
    text = join_words(words)
    marked = bool(notes) and bool(notes[-1][0]) and not notes[-1][1]  # what follows a raised mark is its text: "ᵃn = 2184"
    if not marked and (not notes or _SIGN.match(text) or _HEADED.match(text)):
        notes.append(("", [text]))
    else:
        notes[-1][1].append(text)


def _ends(words: list[Word]) -> bool:
    return bool(words) and words[-1].text.endswith((".", ";", ","))


def _signed(note: tuple[str, list[str]]) -> tuple[str, list[str]]:
    mark, parts = note
    if mark or not parts:
        return note
    hit = _SIGN.match(parts[0])
    if hit:
        return hit[1], [parts[0][hit.end() :], *parts[1:]]
    return note
