"""Hyphens at line ends: the typesetter's go, those of a compound stay, as the paper itself writes the word elsewhere."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from counterproof.extract.pdf.geometry import View, Word

SOFT = "\ufffe"
"""What a hyphen that the typesetter put becomes; the texts of two lines close up over it."""
_ENDS = ("-", "\u2010", "\u00ad", SOFT)
_TAIL = re.compile(r"(?<![^\W\d_])([^\W\d_]+)$")
_HEAD = re.compile(r"^([^\W\d_]+)")
_LETTERS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def settle_hyphens(views: list[View]) -> None:
    """Make each hyphen at a line's end soft or hard, in place."""
    words = Counter(hit.lower() for view in views for word in view.words for hit in _LETTERS.findall(word.text))
    for view in views:
        in_order = sorted(view.words, key=lambda w: w.order)
        for word, following in itertools.pairwise(in_order):
            if word.text.endswith(_ENDS) and len(word.text) > 1 and following.base > word.base + 0.5 * word.size:
                hard = _is_hard(word.text[:-1], following, words)
                word.text = word.text[:-1] + ("-" if hard else SOFT)
        for word in view.words:
            if word.text == SOFT:
                word.text = "-"


def _is_hard(left: str, following: Word, words: Counter[str]) -> bool:
    """Whether the paper writes the two parts with a hyphen, or knows both as words but not the two as one."""
    tail, head = _TAIL.search(left), _HEAD.search(following.text)
    if not tail or not head:
        return True
    one, two = tail[1].lower(), head[1].lower()
    if words[one + two]:
        return False
    if words[f"{one}-{two}"] or head[1][0].isupper():
        return True
    return min(len(one), len(two)) >= 3 and words[one] >= 2 and words[two] >= 2
