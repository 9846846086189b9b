"""Fonts that decode to the wrong characters: mathematical signs that come out as figures and letters.

Publishers set ``=``, ``<`` or ``±`` in symbol fonts without a character map; what is read is the key that the glyph lies on:
``n 5 51, P , 0.05``. Such a font is known by its name, or by holding nothing but such keys and by readings that cannot be meant.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from counterproof.extract.pdf.chars import Chars

MATH_PI = dict(zip("1234567,.#$", "+−×÷=±∓<>≤≥", strict=True))
"""Keys of the font Mathematical Pi One."""
ELSEVIER = dict(zip("¼½¾ðÞþÀÃÂ", "=[](" + ")+−*×", strict=True))
"""Keys of the fonts AdvP4C4E74 and their kin."""
SYMBOL = {"m": "μ"}
"""A font that holds nothing but an ``m`` before units is a Symbol font's micro sign."""
_NAMED = re.compile(r"math(?:ematical)?[-_ ]?pi", re.IGNORECASE)
_ADV = re.compile(r"AdvP4C4E", re.IGNORECASE)
CONFIRMATIONS = 2
"""Impossible readings that convict a font whose name does not."""
UNREADABLE = 0xFFFD


class FontHabits:
    """Learns from all pages which fonts are wrong, then corrects their characters."""

    def __init__(self) -> None:
        self._codes: dict[str, set[int]] = defaultdict(set)
        self._proofs: Counter[str] = Counter()
        self.repaired = 0

    def observe(self, chars: Chars) -> None:
        """Take note of the characters of one page."""
        fonts = sorted({s.font for s in chars.styles})
        place = {font: index for index, font in enumerate(fonts)}
        by_style = np.array([place[s.font] for s in chars.styles] + [-1], np.int64)[chars.style]
        for key in np.unique(by_style << 32 | chars.code.astype(np.int64)).tolist():
            if key >> 32 >= 0:
                self._codes[fonts[key >> 32]].add(key & 0xFFFFFFFF)
        suspects = [place[f] for f in fonts if self._table(f, trusting=True)]
        if suspects:
            self._prove(chars, by_style, suspects, fonts)

    def _prove(self, chars: Chars, by_style: NDArray[np.int64], suspects: list[int], fonts: list[str]) -> None:
        """Count where a suspect's character stands between ``P`` or ``n`` and a number: no figure or comma can be meant there."""
        ink = np.flatnonzero((chars.style >= 0) & (chars.code > 32) & (chars.code != 0xA0))
        for at in np.flatnonzero(np.isin(by_style[ink], suspects)).tolist():
            if 0 < at < len(ink) - 1:
                left, here, right = (chr(chars.code[ink[i]]) for i in (at - 1, at, at + 1))
                sign = left in "PpnN" and here in "5,.¼" and (right.isdigit() or right == ".")
                if sign or (here == "m" and not left.isalpha() and right in "mglLMsVAUF"):
                    self._proofs[fonts[by_style[ink[at]]]] += 1

    def _table(self, font: str, trusting: bool = False) -> dict[str, str] | None:
        if _NAMED.search(font):
            return MATH_PI
        if _ADV.search(font):
            return ELSEVIER
        codes = {chr(c) for c in self._codes[font] if c > 32}
        for table in (MATH_PI, ELSEVIER, SYMBOL):
            if codes and codes <= table.keys() and (trusting or self._proofs[font] >= CONFIRMATIONS):
                return table
        return None

    def correct(self, chars: Chars) -> None:
        """Put right what the wrong fonts hold, and mark what no font explains (control codes) as unreadable."""
        fonts = {s.font for s in chars.styles}
        for font in fonts:
            table = self._table(font)
            if table is None:
                continue
            mine = np.array([s.font == font for s in chars.styles] + [False])[chars.style]
            for wrong, right in table.items():
                hit = mine & (chars.code == ord(wrong))
                chars.code[hit] = ord(right)
                self.repaired += int(hit.sum())
        wide = (chars.box[:, 2] - chars.box[:, 0] > 0.01) & (chars.style >= 0)
        control = wide & ((chars.code < 9) | ((chars.code > 13) & (chars.code < 32))) & ~_line_hyphens(chars)
        chars.code[control] = UNREADABLE


def _line_hyphens(chars: Chars) -> NDArray[np.bool_]:
    """PDFium writes the code 2 for a hyphen at the end of a line; elsewhere the code is a glyph without a character."""
    following = np.flatnonzero((chars.style >= 0) & (chars.code != 32))
    ends = np.zeros(len(chars), bool)
    lower = np.diff(chars.box[following, 3], append=-1e9) if len(following) else np.zeros(0)
    back = np.diff(chars.box[following, 0], append=-1e9) if len(following) else np.zeros(0)
    ends[following] = (np.abs(lower) > 1) | (np.abs(back) > 50) | (back < 0)
    ends &= chars.code == 2
    return ends
