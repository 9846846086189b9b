"""Running text in reading order: lines to paragraphs, column by column, with what is no prose left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterproof.extract.pdf.geometry import Line, Rect, Word
from counterproof.extract.pdf.hyphens import SOFT
from counterproof.extract.pdf.layout import Layout
from counterproof.extract.pdf.reading_order import stretches
from counterproof.extract.repair import repair, superscript
from counterproof.kb.document import Box

_ENDS = re.compile(r"[.:?!]['\"”’)\]]*(?:\[?[\d,\s–-]+\]?)?$")
_OPENS_LOW = re.compile(r"^[a-z(\[<>≤≥=±%\d,;]")


@dataclass(slots=True)
class Paragraph:
    """Lines of running text that belong together, with their page; ``soft``: the last line ends within a word."""

    lines: list[Line]
    page: int
    box: Box
    body: bool
    column: Rect
    text: str = ""
    soft: bool = False
    tail: list[Paragraph] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def size(self) -> float:
        """Font size of the first line."""
        return self.lines[0].size


def page_paragraphs(layout: Layout, taken: set[int], walls: Sequence[Rect]) -> list[Paragraph]:
    """The paragraphs of a page in reading order; ``taken`` are the ids of words read otherwise, ``walls`` the page's floats."""
    lines = [o for o in layout.lines if not all(id(w) in taken for w in o.words)]
    return [p for column, stretch in stretches(layout, lines, walls) for p in _split(layout, stretch, column)]


def _split(layout: Layout, lines: list[Line], column: Rect) -> list[Paragraph]:
    """Cut a column's lines at gaps, indents, changes of type and after short last lines."""
    if not lines:
        return []
    lines = sorted(lines, key=lambda o: (o.base, o.x0))
    groups: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        last = groups[-1][-1]
        if abs(line.base - last.base) <= 0.25 * line.size or not _starts(layout, last, line, column, groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [paragraph_of(layout, group, column) for group in groups]


def _starts(layout: Layout, last: Line, line: Line, column: Rect, group: list[Line]) -> bool:
    gap = line.base - last.base
    if gap > 1.35 * max(layout.body.pitch * line.size / layout.body.size, 1.1 * line.size) or gap < 0:
        return True
    if abs(line.size - last.size) > 0.06 * last.size or (
        line.bold != last.bold and (line.bold or last.bold) and _bold_share(line) != _bold_share(last)
    ):
        return True
    left = min(o.x0 for o in group)
    indent = line.x0 - left
    short = last.x1 < column.x1 - 2.5 * line.size
    if (0.6 * line.size < indent < 5 * line.size and len(group) > 1) or (
        len(group) == 1 and 0.6 * line.size < indent < 5 * line.size and _ENDS.search(last.text)
    ):
        return bool(_ENDS.search(last.text)) or short
    return short and bool(_ENDS.search(last.text))


def _bold_share(line: Line) -> bool:
    bold = sum(len(w.text) for w in line.words if w.bold)
    return bold > 0.6 * sum(len(w.text) for w in line.words)


def paragraph_of(layout: Layout, lines: list[Line], column: Rect) -> Paragraph:
    """These lines as one paragraph."""
    rect = Rect(min(o.x0 for o in lines), min(o.top for o in lines), max(o.x1 for o in lines), max(o.bottom for o in lines))
    body = sum(len(o.words) for o in lines if layout.is_body(o)) > 0.5 * sum(len(o.words) for o in lines)
    soft = lines[-1].words[-1].text.endswith(SOFT)
    return Paragraph(lines, layout.view.page, layout.view.to_page(rect), body, column, lines_text(lines), soft)


def lines_text(lines: list[Line]) -> str:
    """The lines as one text."""
    return words_text([line.words for line in lines])


def words_text(lines: list[list[Word]]) -> str:
    """Lines of words as one text: line-end hyphens close up, what is raised or lowered by size stays so where Unicode can say it."""
    text = ""
    for line in lines:
        text = join_texts(text, "".join(_shown(w) if w.glued or not i else " " + _shown(w) for i, w in enumerate(line)))
    return repair(text.replace(SOFT, "-"))


def join_texts(text: str, part: str) -> str:
    """Two lines of running text as one: soft hyphens go, after hard ones there is no space."""
    if not text or not part:
        return text + part
    if text.endswith(SOFT):
        return text[:-1] + part
    if text.endswith("-") and text[-2:-1].isalnum():
        return text + part
    return f"{text} {part}"


def _shown(word: Word) -> str:
    if word.raised == 1 and not word.text.isalpha():
        return superscript(word.text)
    return word.text


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do, a citation after the full stop allowed."""
    return bool(_ENDS.search(text))


def join_paragraphs(left: Paragraph, right: Paragraph) -> None:
    """Let the first paragraph run on with the second."""
    text = left.text[:-1] + SOFT if left.soft else left.text
    left.text = join_texts(text, right.text)
    left.soft = right.soft
    left.tail.append(right)


def goes_on(left: Paragraph, right: Paragraph) -> bool:
    """Whether a paragraph continues another in the next column or on the next page."""
    if abs(left.size - right.size) > 0.03 * left.size or _bold_share(left.first) != _bold_share(right.first):
        return False
    if _ENDS.search(left.text) and not _OPENS_LOW.match(right.text):
        return False
    last = left.tail[-1].lines[-1] if left.tail else left.lines[-1]
    if left.soft:
        return True
    full = last.x1 >= left.column.x1 - 3 * last.size
    return bool(_OPENS_LOW.match(right.text)) or (full and not _ENDS.search(left.text) and len(left.text) > 60)
