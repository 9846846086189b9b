"""Notes of a table, parted at their marks, and the marks that cells carry."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from counterproof.extract.repair import lower_superscripts
from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line
from counterproof.kb.document import Footnote

_RAISED = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡ"
_SYMBOLS = "*†‡§¶‖#"
_LETTER = re.compile(
    rf"(?:^|(?<=[.;,:)])\s|(?<=[.;]))(?P<mark>[a-l]|[{_RAISED}])(?:[.):]?\s{{1,2}}(?=[A-Za-z0-9<>≤≥(])|[.):]?(?=[A-Z<>≤≥]))"
)
_SYMBOL = re.compile(rf"(?:^|(?<=[.;,:)])\s?|(?<=\s))(?P<mark>[{_SYMBOLS}]{{1,4}})\s?(?=[\w<>≤≥=(])")
_TOKEN = re.compile(
    rf"(?<=\s)(?P<marks>[a-l](?:\s?,\s?[a-l]){{0,12}})(?=$|\s?\)|\s\(|\sn ?=)|(?P<raised>[{_RAISED}](?:\s?,\s?[{_RAISED}])*)"
    rf"|(?P<symbols>\s?[{_SYMBOLS}]{{1,4}})(?=$|\s|\)|,)"
)
_GLUED = re.compile(r"(?<=[\d%)])(?P<marks>[a-l](?:,[a-l])*)$")


def read_notes(blocks: Iterable[Sequence[Line]], joiner: Joiner) -> list[Footnote]:
    """The notes in these blocks of lines, each with its mark (empty for general ones)."""
    notes: list[Footnote] = []
    for block in blocks:
        notes.extend(_parted(joiner.join([line.text for line in block])))
    return notes


def _parted(text: str) -> list[Footnote]:
    cuts: list[tuple[int, int, str]] = [(hit.start("mark"), hit.end(), hit["mark"]) for hit in _SYMBOL.finditer(text)]
    due = "a"
    for hit in _LETTER.finditer(text):
        mark = lower_superscripts(hit["mark"])
        # Letters come in order; at a note's very start any may stand.
        if mark == due or (hit.start() == 0 and hit["mark"] != text[:1]) or (hit.start() == 0 and text[1:2] != "" and _opens_note(text)):
            cuts.append((hit.start("mark"), hit.end(), mark))
            due = chr(ord(mark) + 1)
    cuts.sort()
    if not cuts:
        return [Footnote("", text)]
    notes = [Footnote("", text[: cuts[0][0]].strip())] if text[: cuts[0][0]].strip() else []
    ends = [start for start, _, _ in cuts[1:]] + [len(text)]
    return notes + [
        Footnote(mark, text[begin:end].strip()) for (_, begin, mark), end in zip(cuts, ends, strict=True) if text[begin:end].strip()
    ]


def _opens_note(text: str) -> bool:
    return bool(re.match(r"[a-l](?:[.):]|\s|(?=[A-Z]))", text)) and not re.match(r"a [a-z]", text)


def take_marks(text: str, defined: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The text without its footnote marks, and these: letters only where a note defines them."""
    if not text or value_like_missing(text):
        return text, ()
    marks: list[str] = []

    def taken(hit: re.Match[str]) -> str:
        found = re.findall(rf"[a-l{_RAISED}]|[{_SYMBOLS}]+", hit[0])
        letters = [lower_superscripts(mark) for mark in found]
        if hit.groupdict().get("marks") and not all(mark in defined for mark in letters):
            return hit[0]
        marks.extend(letters)
        return ""

    cleaned = _GLUED.sub(taken, _TOKEN.sub(taken, text))
    cleaned = re.sub(r"\s+", " ", cleaned).replace(" )", ")").strip()
    return (cleaned, tuple(marks)) if cleaned else (text, ())


def value_like_missing(text: str) -> bool:
    """A lone sign is a cell's value, not a mark upon it."""
    return not any(c.isalnum() for c in text)
