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
        self._ends = list(accumulate(len(text) + 1 for text in self.small))

    def having(self, letters: str) -> Iterator[int]:
        """The positions of the texts that have these (small) letters."""
        at = self._whole.find(letters)
        while at >= 0:
            position = bisect_right(self._ends, at)
            yield position
            at = self._whole.find(letters, self._ends[position])
