"""Notes under a table, bound to their marks."""

from __future__ import annotations

import re

from counterproof.extract.pdf.geometry import Line, Word, join_words
from counterproof.extract.pdf.hyphens import SOFT
from counterproof.extract.pdf.prose import join_texts
from counterproof.extract.repair import repair
from counterproof.kb.document import Footnote

_SIGN = re.compile(r"^([*†‡§¶#‖]{1,4}|[a-z](?=\s))\s*")


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
    if not notes or _SIGN.match(text):
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
