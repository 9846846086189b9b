"""The walk through a Word file: headings, paragraphs, tables with the captions and notes that stand beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from lxml import etree

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.docx.inline import is_emphasised, paragraph_text
from counterproof.extract.docx.package import W, local_name
from counterproof.extract.docx.tables import table_rows
from counterproof.extract.markup.captions import is_caption, is_figure_caption, is_note, split_label
from counterproof.extract.markup.tables import draft_table
from counterproof.extract.references import reference
from counterproof.extract.repair import repair
from counterproof.extract.sections import part_of
from counterproof.kb.document import BlockKind, Part

SECTION_GAP = " > "
_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre|título) ?([1-9])", re.IGNORECASE)
_NOTE_STYLE = re.compile(r"foot|note|legend", re.IGNORECASE)
_NUMBER = re.compile(r"^\[?(\d{1,3})[.\])]?\s+(?=[^\W\d])")
_LONGEST_HEADING = 120
_LONGEST_TITLE = 320
_MOST_NOTES = 20
_LONGEST_UNSURE_NOTE = 300


class Walk:
    """Goes through the body's paragraphs and tables in order and hands blocks to the builder."""

    def __init__(
        self, builder: DocumentBuilder, body: etree._Element, styles: Mapping[str, str], notes: Mapping[tuple[str, str], str],
        paths: dict[etree._Element, str],
    ) -> None:  # fmt: skip
        self.builder = builder
        self.styles = styles
        self.notes = notes
        self.paths = paths
        self.items = [item for item in body if local_name(item) in ("p", "tbl")]
        self.cited: list[tuple[str, str]] = []
        self.texts: dict[etree._Element, str] = {}
        self.used: set[etree._Element] = set()
        self.part: Part = "front"
        self.sections: list[tuple[int, str, Part]] = []
        self.title: str | None = None
        sizes = Counter(size for item in self.items if len(self._text(item)) > 200 and (size := _font_size(item)))
        self.prose_size = sizes.most_common(1)[0][0] if sizes else None

    def body(self) -> None:
        """Add all blocks, the notes at the foot of pages last."""
        frames = {at: self._beside(at) for at, item in enumerate(self.items) if local_name(item) == "tbl"}
        for at, item in enumerate(self.items):
            if at in frames:
                self._table(item, *frames[at])
            elif item not in self.used:
                self._paragraph(item, self._text(item))
        for kind, key in self.cited:
            self._add("footnote", f"{self._mark(kind, key)} {repair(self.notes.get((kind, key), ''))}", None)

    def _text(self, item: etree._Element) -> str:
        if item not in self.texts:
            self.texts[item] = repair(paragraph_text(item, None, self._mark)) if local_name(item) == "p" else ""
        return self.texts[item]

    def _mark(self, kind: str, key: str) -> str:
        if (kind, key) not in self.cited:
            self.cited.append((kind, key))
        return str(self.cited.index((kind, key)) + 1)

    def _style(self, item: etree._Element) -> str:
        style = item.find(f"{W}pPr/{W}pStyle")
        return self.styles.get(style.get(f"{W}val", ""), "") if style is not None else ""

    def _beside(self, at: int) -> tuple[list[etree._Element], list[etree._Element]]:
        """The paragraphs that are a table's caption (above it, else right below) and its notes."""
        above = self._neighbours(at, -1, 2)
        caption: list[etree._Element] = []
        if above and self._is_caption(above[0]):
            caption = above[:1]
        elif len(above) > 1 and self._is_caption(above[1]) and not self._text(above[0]).endswith(".") and len(self._text(above[1])) < 20:
            caption = above[1::-1]
        below = self._neighbours(at, 1, _MOST_NOTES)
        if not caption and below and self._is_caption(below[0]) and not self._leads_to_table(below[0]):
            caption, below = below[:1], below[1:]
        notes = self._notes(below)
        self.used.update((*caption, *notes))
        return caption, notes

    def _notes(self, below: list[etree._Element]) -> list[etree._Element]:
        """The notes among the paragraphs under a table: up to the last that is surely one, unless prose (long) comes before it."""
        last = 0
        for count, item in enumerate(below, 1):
            text = self._text(item)
            if self._is_caption(item) or self._level(item):
                break
            if is_note(text) or _NOTE_STYLE.search(self._style(item)) or self._is_small(item):
                last = count
            elif len(text) > _LONGEST_UNSURE_NOTE or count - last > 1:
                break
        return below[:last]

    def _is_small(self, item: etree._Element) -> bool:
        """Whether a paragraph is set smaller than the paper's prose."""
        size = _font_size(item)
        return bool(size and self.prose_size and size < self.prose_size)

    def _neighbours(self, at: int, step: int, most: int) -> list[etree._Element]:
        """Up to ``most`` paragraphs with text next to an item, nearest first, none taken yet."""
        found: list[etree._Element] = []
        place = at + step
        while 0 <= place < len(self.items) and len(found) < most:
            item = self.items[place]
            if local_name(item) == "tbl" or item in self.used:
                break
            if self._text(item):
                found.append(item)
            place += step
        return found

    def _is_caption(self, item: etree._Element) -> bool:
        text = self._text(item)
        return is_caption(text) or (self._style(item).casefold() == "caption" and split_label(text) is not None)

    def _leads_to_table(self, item: etree._Element) -> bool:
        """Whether the next thing behind a caption is another table, whose caption it then is."""
        for later in self.items[self.items.index(item) + 1 :]:
            if local_name(later) == "tbl":
                return True
            if self._text(later):
                return False
        return False

    def _table(self, table: etree._Element, caption: list[etree._Element], notes: list[etree._Element]) -> None:
        rows = table_rows(table, self.paths, self._mark)
        if not caption and (sum(len(row.cells) for row in rows) <= len(rows) or all(cell.empty for row in rows for cell in row.cells)):
            for paragraph in table.iter(f"{W}p"):  # a frame of one column around text
                self._paragraph(paragraph, self._text(paragraph))
            return
        made = draft_table(rows, [(None, self._note_text(item)) for item in notes])
        words = " ".join(self._text(item) for item in caption)
        made.label, made.caption = split_label(words) or ("", words)
        made.xpath = self.paths.get(table)
        self.builder.table(made, part=self.part, section=self._section)

    def _note_text(self, item: etree._Element) -> str:
        return paragraph_text(item, None, self._mark)

    def _paragraph(self, item: etree._Element, text: str) -> None:
        if not text:
            return
        style, level = self._style(item).casefold(), self._level(item)
        if self.title is None and (style == "title" or (not self.sections and not level and len(text) < _LONGEST_TITLE)):
            self.title = text
            self._add("title", text, item)
        elif level:
            self._heading(item, text, level)
        elif self.part == "references" and len(text) > 20:
            self._reference(item, text)
        else:
            self._add("caption" if is_figure_caption(text) or is_caption(text) else "paragraph", text, item)

    def _level(self, item: etree._Element) -> int:
        """The level of a heading, 0 for a paragraph: by style, by outline level, or a short bold line that names a part of a paper."""
        if hit := _HEADING_STYLE.match(self._style(item)):
            return int(hit[1])
        outline = item.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None and outline.get(f"{W}val", "9") in tuple("012345678"):
            return int(outline.get(f"{W}val", "0")) + 1
        text = self._text(item)
        short = 0 < len(text) <= _LONGEST_HEADING and text[-1] not in ".,;" and any(c.isalpha() for c in text)
        if not short or is_caption(text):
            return 0
        known = part_of(text) is not None and len(text.split()) <= 6
        if known and (is_emphasised(item, "b") or text.isupper()):
            return 1
        return 2 if self.sections and is_emphasised(item, "b") else 0

    def _heading(self, item: etree._Element, text: str, level: int) -> None:
        while self.sections and self.sections[-1][0] >= level:
            self.sections.pop()
        outer = self.sections[-1][2] if self.sections else None
        part = (part_of(text) or "body") if outer in (None, "body", "front") else outer
        self.sections.append((level, text, part))
        self.part = part
        self._add("heading", text, item)

    def _reference(self, item: etree._Element, text: str) -> None:
        label = _NUMBER.match(text)
        entry = reference(label[1] if label else str(len(self.builder.references) + 1), text[label.end() :] if label else text)
        self.builder.references.append(entry)
        self._add("reference", f"{entry.label} {entry.text}", item)

    @property
    def _section(self) -> str:
        return SECTION_GAP.join(text for _, text, _ in self.sections)

    def _add(self, kind: BlockKind, text: str, item: etree._Element | None) -> None:
        if any(c.isalnum() for c in text):
            xpath = self.paths.get(item) if item is not None else None
            self.builder.block(kind, text, part=self.part, section=self._section, xpath=xpath)


def _font_size(item: etree._Element) -> int | None:
    """The greatest size (in half points) that a paragraph's own runs set; None where the style alone decides."""
    sizes = [size.get(f"{W}val", "") for size in item.iterfind(f"{W}r/{W}rPr/{W}sz")]
    return max((int(size) for size in sizes if size.isascii() and size.isdecimal()), default=None)
