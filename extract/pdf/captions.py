"""Captions: where a table or figure says its number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterproof.extract.pdf.geometry import Line, Rect
from counterproof.extract.pdf.layout import Layout
from counterproof.extract.pdf.prose import lines_text
from counterproof.extract.repair import repair

_NUMBER = r"(?:[A-Z]{1,2}[-.]?)?\d{1,3}[A-Za-z]?(?:\.\d{1,2})?|[IVXL]{1,6}"
_TABLE = re.compile(
    r"(?P<word>(?:supplementa(?:ry|l)\s|e|web\s|appendix\s|extended data\s)?(?:table|tab\.))\s*"
    rf"(?P<number>{_NUMBER})(?:(?![\w/%])|(?=[A-Z][a-z]))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(r"(?P<word>Table|TABLE)\s?(?P<number>)[.:]\s+(?P<rest>[A-Z].*)", re.DOTALL)
"""The only table of a paper may have no number."""
_FIGURE = re.compile(
    r"(?:supplementa(?:ry|l)\s|extended data\s)?(?:fig(?:ure|\.)?|box|scheme|chart|panel)\s*(?:S?\d+|[IVX]+)\b", re.IGNORECASE
)
_FIRST_LETTERS = frozenset("tfsewabcp")
"""What a label's first letter may be."""
_SPACED = re.compile(r"(?<!\w)(?:[A-Za-z] ){3,}[A-Za-z](?!\w)")
_SENTENCE = re.compile(
    r"^[\s,;)]*(?:and|or|to|in|of|for|also|below|above|was|were|is|are|has|had|have|we|which|that|as"
    r"|shows?|presents?|lists?|summari[sz]es?|gives?|displays?|describes?|reports?|provides?|contains?|illustrates?|demonstrates?|compares?"
    r"|outlines?|details|indicates?|reveals?|depicts?|represents?|includes?|highlights?|suggests?)\b|^\s*[,;)\]]|^\s*+\.?\s*$"
)
_CONT = r"(?:continued|contd?|cont['’]d)\b\.?(?:\s+from previous page)?"
CONTINUED = re.compile(rf"^\(?{_CONT}\)?|\({_CONT}\)|\b{_CONT}$", re.IGNORECASE)


@dataclass(slots=True)
class Caption:
    """A table's or figure's caption: its lines on the page, its label as printed, the text after it."""

    lines: list[Line]
    label: str
    text: str
    is_table: bool = True
    continued: bool = False

    @property
    def rect(self) -> Rect:
        """The rectangle around the caption."""
        return Rect(
            min(line.x0 for line in self.lines),
            min(line.top for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.bottom for line in self.lines),
        )

    @property
    def number(self) -> str:
        """The label's number alone, which ties the parts of a continued table."""
        return re.sub(r"^.*?\s|[.:]", "", self.label.upper())


def unspace(text: str) -> str:
    """``T A B L E 1`` as it is meant."""
    return _SPACED.sub(lambda hit: hit[0].replace(" ", ""), text)


def find_captions(layout: Layout) -> list[Caption]:
    """The captions of a page, tables' and figures', from top to bottom."""
    found: list[Caption] = []
    taken: set[int] = set()
    for index, line in enumerate(layout.lines):
        if id(line) in taken:
            continue
        if line.words[0].text[:1].lower() not in _FIRST_LETTERS:
            continue
        text = unspace(repair(line.text))
        hit = _match(text)
        if hit and _opens(layout, line, hit):
            lines = _caption_lines(layout, index)
            taken.update(map(id, lines))
            found.append(_table_caption(lines))
        elif (hit := _FIGURE.match(text)) and not _tells(text[hit.end() :]) and _opens(layout, line, None):
            lines = _caption_lines(layout, index)
            taken.update(map(id, lines))
            found.append(Caption(lines, "", text, is_table=False))
    return found


def _match(text: str) -> re.Match[str] | None:
    return _TABLE.match(text) or _BARE.match(text)


def _opens(layout: Layout, line: Line, hit: re.Match[str] | None) -> bool:
    """Whether the words open a caption and are not a sentence's ``Table 2 shows`` at the start of a line."""
    rest = hit["rest"] if hit else ""
    column = layout.column_of(line.x0, line.x1)
    above = _line_above(layout, line)
    same = above is not None and abs(above.size - line.size) < 0.3 and line.base - above.base <= 1.25 * layout.body.pitch
    in_prose = same and above is not None and layout.is_body(line) and layout.is_prose(above) and not line.words[0].bold
    if hit and hit["word"][0].islower() and not hit["word"].lower().startswith("e"):
        return False
    if _tells(rest):
        return False
    return not (in_prose and column is not None)


def _tells(rest: str) -> bool:
    """Whether the words after a label make it the subject of a sentence."""
    return bool(_SENTENCE.match(rest)) and bool(rest.strip(" ."))


def _line_above(layout: Layout, line: Line) -> Line | None:
    above = [
        o
        for o in layout.lines
        if o.base < line.base - 1 and o.x0 < line.x1 and o.x1 > line.x0 and line.base - o.base < 3 * layout.body.pitch
    ]
    return max(above, key=lambda o: o.base, default=None)


def _caption_lines(layout: Layout, index: int) -> list[Line]:
    """The caption's first line and those that follow it closely in the same type, up to a rule."""
    first = layout.lines[index]
    lines = [first]
    same = [
        o
        for o in layout.lines
        if o is not first and abs(o.base - first.base) <= 0.3 * first.size and 0 < o.x0 - first.x1 < 3.5 * first.size
    ]
    if same and len(first.words) <= 3:
        lines.append(same[0])
    x0, x1 = min(o.x0 for o in lines), max(o.x1 for o in lines)
    last = lines[-1]
    step: float | None = None
    for line in layout.lines[index + 1 :]:
        if line in lines or line.base <= last.base + 1:
            continue
        if line.x0 > x1 or line.x1 < x0:
            continue
        gap = line.base - last.base
        if gap > (step * 1.15 if step else 1.55 * max(last.size, line.size)) or _rule_between(layout, last, line):
            break
        if abs(line.size - last.size) > 0.12 * last.size and not _label_only(last):
            break
        if line.x0 < x0 - 2 * first.size or _tabular(layout, line) or _TABLE.match(unspace(repair(line.text))):
            break
        step = step or (gap if len(lines) > 1 or not _label_only(first) else None)
        lines.append(line)
        last = line
        x0, x1 = min(x0, line.x0), max(x1, line.x1)
    return lines


def _label_only(line: Line) -> bool:
    hit = _TABLE.match(unspace(repair(line.text)))
    return bool(hit and not hit["rest"].strip(" .:|"))


def _tabular(layout: Layout, line: Line) -> bool:
    """Whether other parts stand on the same baseline, within the caption's reach."""
    column = layout.column_of(line.x0, line.x1)
    for other in layout.lines:
        if other is not line and abs(other.base - line.base) <= 0.2 * line.size and layout.column_of(other.x0, other.x1) == column:
            return True
    return False


def _rule_between(layout: Layout, above: Line, below: Line) -> bool:
    return any(
        above.base < (r.top + r.bottom) / 2 < below.base - 0.3 * below.size
        and r.x0 < below.x1
        and r.x1 > below.x0
        and r.width > 2 * below.size
        for r in layout.view.level
    )


def _table_caption(lines: list[Line]) -> Caption:
    text = unspace(lines_text(lines))
    hit = _match(text)
    assert hit is not None, "a table's caption begins with its label"
    label = f"{hit['word']} {hit['number']}".strip()
    rest = hit["rest"].strip(" .:|—–-")
    shorter = CONTINUED.sub("", rest)
    return Caption(lines, label, shorter.strip(" ."), continued=shorter != rest)
