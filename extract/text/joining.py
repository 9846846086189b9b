"""Joins lines to running text: words that were cut at a line's end close up, true hyphens stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from counterproof.extract.text.lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BROKEN = re.compile(r"(?<![^\W_])(?<![^\W_]-)([^\W_]++(?:-[^\W_]++)*+)-$")
_REACH = 60  # no word is longer
_NEXT = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

# First parts that keep their hyphen in medical prose where the document itself does not say.
_KEEPS = frozenset(
    """
    non self post well long short high low two three one four five six seven eight nine ten half cross follow intention evidence age sex
    dose time risk double single open log mid early late full first second third fourth quasi health quality case cost disease event
    progression recurrence relapse metastasis patient platinum fluorouracil left right large small state real hazard chi mann kaplan
    intensity image whole near multi tumor tumour placebo blood body beta alpha gamma
    """.split()  # noqa: SIM905
)


class Joiner:
    """Joins lines by the words that the whole document uses."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: Counter[str] = Counter()
        self.compounds: Counter[str] = Counter()
        for line in lines:
            words: list[str] = _WORD.findall(line.text if not line.text.endswith("-") else line.text[: line.text.rfind(" ") + 1])
            for word in words:
                key = word.casefold()
                if "-" in key:
                    self.compounds[key] += 1
                    self.words.update(key.split("-"))
                else:
                    self.words[key] += 1

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one text."""
        text = ""
        for line in lines:
            text = self.pair(text, line.strip())
        return text

    def pair(self, text: str, line: str) -> str:
        """Two pieces of running text as one."""
        if not text or not line:
            return text or line
        cut = _BROKEN.search(text[-_REACH:]) if text.endswith("-") else None
        after = _NEXT.match(line)
        if not cut or not after:
            return text + line if text.endswith(("-", "–", "/")) and not text.endswith((" -", " –", " /")) else f"{text} {line}"
        if self._keeps_hyphen(cut[1], after[0], line[after.end() : after.end() + 1]):
            return text + line
        # "3- to 4-cycle": the hyphen hangs.
        if after[0] in ("to", "and", "or", "vs", "versus") and not self.words[(cut[1] + after[0]).casefold()]:
            return f"{text} {line}"
        return text[:-1] + line

    def _keeps_hyphen(self, first: str, second: str, follows: str) -> bool:
        if second in ("to", "and", "or", "vs", "versus"):
            return False
        if first[-1].isdigit() or second[0].isdigit() or second[0].isupper():
            return True
        head, tail = first.casefold(), second.casefold()
        glued, hyphened = head.rpartition("-")[2] + tail.partition("-")[0], f"{head}-{tail}"
        as_one, as_two = self.words[glued], self.compounds[hyphened]
        if as_one or as_two:
            return as_two > as_one
        if first.isupper() or len(first) == 1:
            return True
        last = head.rpartition("-")[2]
        if last in _KEEPS and follows != "-":
            return self.words[tail] > 0 or last in ("non", "self", "well", "long", "short", "high", "low")
        # Both halves are words of this document, long enough not to be syllables, and together they are none.
        return self.words[last] > 2 and self.words[tail] > 2 and len(last) > 4 and len(tail) > 4
