"""Listings of patients: rows of many short columns, most of them words, that agree on how many pieces they fall into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from counterproof.extract.text.lines import Line
from counterproof.extract.text.values import value_kind

_ATOM = re.compile(
    r"yes|no|na|n/a|none|unknown|male|female|m|f|left|right|alive|dead|[-–—+]+|\d+[a-z]?|positive|negative|cr|pr|sd|pd", re.IGNORECASE
)
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])\S+")
_WORDED = 0.25


def read_listing(lines: Sequence[Line]) -> list[list[str]] | None:
    """The cells of a listing, None where the lines are rows of label and values.

    Numbers, codes, yes and no stand alone, words that follow each other are one cell. It is a listing where most rows begin with a
    running number or name and agree on the number of cells, of which a good part are words.
    """
    rows = [_pieces(line.text) for line in lines]
    counts = Counter(len(row) for row in rows)
    if not counts:
        return None
    width, times = counts.most_common(1)[0]
    whole = [row for row in rows if len(row) == width]
    if times < 3 or times < 0.6 * len(rows) or width < 4:
        return None
    worded = [c for c in range(1, width) if 2 * sum(value_kind(row[c]) is None for row in whole) > len(whole)]
    numbered = sum(row[0].rstrip(".").isdigit() for row in whole) > 0.8 * len(whole)
    if not numbered or len(worded) < max(2, _WORDED * width):
        return None
    return [row if len(row) == width else _closest(row, whole[0]) for row in rows]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    open_run = False
    for word in text.split(" "):
        alone = bool(_ATOM.fullmatch(word)) or value_kind(word) is not None or bool(_CODE.fullmatch(word) and not word.endswith(","))
        after_comma = bool(pieces) and pieces[-1].endswith(",")
        if alone and not after_comma:
            pieces.append(word)
            open_run = False
        elif open_run or after_comma:
            pieces[-1] += f" {word}"
            open_run = True
        else:
            pieces.append(word)
            open_run = True
    return pieces


def _closest(row: list[str], model: list[str]) -> list[str]:
    """A row of another length: aligned from both ends by kind, the rest left in one cell."""
    width = len(model)
    if len(row) > width:
        return [*row[: width - 1], " ".join(row[width - 1 :])]
    cells = [""] * width
    at = 0
    for k, piece in enumerate(row):
        last = width - (len(row) - k)
        while at < last and value_kind(piece) != value_kind(model[at]):
            at += 1
        cells[at] = piece
        at += 1
    return cells
