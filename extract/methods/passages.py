"""Which of a paper's sentences have certain letters: all are searched as one text, which takes far less than one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from counterproof.kb.characters import folded


class Passages:
    """Texts to be searched together, without regard to case."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.small = [folded(text) for text in texts]
        self._whole = "\n".join(self.small)
        self._words = "\n".join(set(self._whole.split()))
        self._ends = list(accumulate(len(text) + 1 for text in self.small))

    def having(self, letters: str) -> Iterator[int]:
        """The positions of the texts that have these (small) letters."""
        # The words, each once, are half as long as the texts, and most letters are in none; "x 2" is no word.
        may = letters in self._words or len(letters.split()) > 1
        at = self._whole.find(letters) if may else -1
        while at >= 0:
            position = bisect_right(self._ends, at)
            yield position
            at = self._whole.find(letters, self._ends[position])
