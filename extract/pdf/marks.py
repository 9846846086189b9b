"""Footnote marks on a cell: raised letters and signs, and signs that close its text."""

from __future__ import annotations

import re

from counterproof.extract.pdf.geometry import Word
from counterproof.extract.repair import characters

_MARK = re.compile(r"[a-zA-Z*†‡§¶#‖|,\s]{1,5}")
"""What a raised word must be to count as marks; raised figures are exponents as often."""
_EACH = re.compile(r"[a-zA-Z]|([*†‡§¶#‖|])\1*")
_TRAILING = re.compile(r"(?<=[\w).%\]])\s*([*†‡§¶‖]{1,4})$")


def take_marks(lines: list[list[Word]]) -> tuple[list[list[Word]], list[str]]:
    """The words that are no marks, line by line, and the marks."""
    marks: list[str] = []
    kept: list[list[Word]] = []
    for line in lines:
        kept.append([])
        for word in line:
            text = characters(word.text)
            if word.raised == 1 and _MARK.fullmatch(text) and len(line) > 1:
                marks.extend(hit[0] for hit in _EACH.finditer(text))
            else:
                kept[-1].append(word)
    return kept, marks


def take_trailing(text: str) -> tuple[str, list[str]]:
    """The text without the signs at its end, and these as marks."""
    hit = _TRAILING.search(text)
    return (text[: hit.start()], [hit[1]]) if hit else (text, [])
