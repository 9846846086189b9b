"""The paper's flow: paragraphs, headings and tables of all pages, put into the document in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.pdf.draft import make_draft
from counterproof.extract.pdf.geometry import Word
from counterproof.extract.pdf.layout import Frame
from counterproof.extract.pdf.prose import Paragraph, goes_on, join_texts, page_paragraphs, paragraph_of
from counterproof.extract.pdf.structure import Grid
from counterproof.extract.pdf.tables import Found, PageFound
from counterproof.extract.sections import part_of
from counterproof.kb.document import Part

_TERMINAL = re.compile(r"[.;,]$")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


@dataclass(slots=True)
class Flow:
    """Writes paragraphs into a builder; tables wait until the paragraph in which they stand has ended."""

    builder: DocumentBuilder
    frame: Frame
    part: Part = "front"
    section: str = ""
    open: Paragraph | None = None
    waiting: list[list[Grid]] = field(default_factory=list)
    captions: list[Paragraph] = field(default_factory=list)
    in_abstract: bool = False

    def add_page(self, page: PageFound) -> None:
        """The tables and the running text of the next page."""
        taken = {id(w) for found in page.tables for w in _words_of(found)}
        for found in page.tables:
            if found.parts:
                self.waiting.append(found.parts)
        for survey in page.surveys:
            for caption in survey.captions:
                if not caption.is_table:
                    taken.update(id(w) for line in caption.lines for w in line.words)
                    self.captions.append(paragraph_of(survey.layout, caption.lines, caption.rect))
        main = page.surveys[0].layout
        walls = [found.region.body for found in page.tables if found.layout is main]
        for paragraph in page_paragraphs(main, taken, walls):
            self.add(paragraph)

    def add(self, paragraph: Paragraph) -> None:
        """The next paragraph in reading order."""
        if not _LETTERS.search(paragraph.text):
            return
        if self._is_heading(paragraph):
            self._close()
            self._heading(paragraph)
            return
        if self.open is not None and goes_on(self.open, paragraph):
            self.open.text = join_texts(self.open.text, paragraph.text)
            self.open.tail.append(paragraph)
            return
        if (
            not paragraph.body
            and self.open is not None
            and self.open.body
            and len(paragraph.lines) <= 12
            and self.part not in ("references", "front")
        ):
            self.captions.append(paragraph)
            return
        self._close()
        self.open = paragraph

    def close(self) -> None:
        """Write what is left."""
        self._close()

    def _close(self) -> None:
        if self.open is not None:
            self.builder.block("paragraph", self.open.text, part=self.part, section=self.section, box=self.open.box)
            self.open = None
        for paragraph in self.captions:
            self.builder.block("caption", paragraph.text, part=self.part, section=self.section, box=paragraph.box)
        for parts in self.waiting:
            self.builder.table(make_draft(parts), part=self.part, section=self.section)
        self.captions, self.waiting = [], []

    def _is_heading(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if len(paragraph.lines) > 3 or len(text) > 140 or len(text.split()) > 16 or not text[:1].isalnum():
            return False
        if _TERMINAL.search(text) and part_of(text) is None:
            return False
        first = paragraph.first
        marked = first.bold or first.size > 1.04 * self.frame.size or all(w.italic for w in first.words) or text.isupper()
        return marked or (part_of(text) is not None and len(text.split()) <= 4)

    def _heading(self, paragraph: Paragraph) -> None:
        part = part_of(paragraph.text)
        if part == "abstract":
            self.in_abstract = True
        elif self.in_abstract and part not in ("introduction",) and paragraph.page == 1 and paragraph.size <= 1.04 * self.frame.size:
            part = "abstract"
        elif part is not None:
            self.in_abstract = False
        if part is not None:
            self.part = part
        self.section = paragraph.text
        self.builder.block("heading", paragraph.text, part=self.part, section=self.section, box=paragraph.box)


def _words_of(found: Found) -> list[Word]:
    """Every word of a table, of its caption and of its notes."""
    region = found.region
    inside = [w for w in found.layout.view.words if region.body.holds(w, 1.0)]
    return inside + [w for line in [*region.caption.lines, *region.notes] for w in line.words]
