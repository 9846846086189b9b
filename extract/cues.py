"""Expressions with letters to be sought before them: most sentences have none, and finding that out takes a tenth of the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Cue(NamedTuple):
    """An expression, and letters in small (:func:`counterproof.kb.characters.folded`) of which each text that it finds has some."""

    letters: tuple[str, ...]
    expression: re.Pattern[str]

    def search(self, text: str, small: str) -> re.Match[str] | None:
        """The first match in a text; ``small`` is the text in small letters, and may be both."""
        for letters in self.letters:
            if letters in small:
                return self.expression.search(text)
        return None

    def finditer(self, text: str, small: str) -> Iterator[re.Match[str]]:
        """All matches in a text, as :meth:`search` finds the first."""
        for letters in self.letters:
            if letters in small:
                return self.expression.finditer(text)
        return iter(())


def cue(letters: str, expression: str) -> Cue:
    """A cue of letters that are written with bars between them."""
    return Cue(tuple(letters.split("|")), re.compile(expression))
