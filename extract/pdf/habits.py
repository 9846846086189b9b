"""Signs that a whole paper decodes wrongly, told by readings that cannot be meant: ``P,0.05``, ``P50.03``, ``n51,893``."""

from __future__ import annotations

import re

from counterproof.extract.pdf.geometry import View, Word

_SIGNS = {"5": "=", "¼": "=", ",": "<", "o": "<", ".": ">", "4": ">"}
_P = re.compile(r"(?<![A-Za-z])([Pp](?:-?values?)?\s?)([5¼,o.4])(\s?0?\.\d)")
_N = re.compile(r"(?<![A-Za-z])([nN]\s?)([5¼])(\s?\d)")
_RIGHT = re.compile(r"(?<![A-Za-z])[PpnN]\s?[=<>≤≥]\s?[\d.]")
CONFIRMATIONS = 2
"""So many impossible readings of one sign make a habit …"""
RIGHT_SHARE = 0.2
"""… if the paper's right readings are at most this share of them."""


class SignHabits:
    """What a paper's text does with its comparison signs."""

    def __init__(self, views: list[View]) -> None:
        text = "\n".join(" ".join(word.text for word in view.words) for view in views)
        wrong = [hit[2] for pattern in (_P, _N) for hit in pattern.finditer(text)]
        right = len(_RIGHT.findall(text))
        self.signs = {s for s in _SIGNS if wrong.count(s) >= CONFIRMATIONS} if right <= RIGHT_SHARE * len(wrong) else set()
        self.repaired = 0

    def repair(self, words: list[Word]) -> None:
        """Put right the signs in these words, which stand in reading order; a sign may be a word of its own."""
        if not self.signs:
            return
        for index, _word in enumerate(words):
            near = words[index : index + 3]
            text = " ".join(w.text for w in near)
            for pattern in (_P, _N):
                hit = pattern.search(text)
                if hit and hit[2] in self.signs:
                    self._replace(near, hit.start(2), _SIGNS[hit[2]])
                    break

    def _replace(self, words: list[Word], place: int, sign: str) -> None:
        for word in words:
            if place < len(word.text):
                word.text = word.text[:place] + sign + word.text[place + 1 :]
                self.repaired += 1
                return
            place -= len(word.text) + 1
