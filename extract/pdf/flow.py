"""The paper's flow: paragraphs, headings and tables of all pages, put into the document in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.pdf.draft import make_draft
from counterproof.extract.pdf.geometry import Word
from counterproof.extract.pdf.headings import Style, depth, is_heading, main_style, style_of
from counterproof.extract.pdf.layout import Body
from counterproof.extract.pdf.prose import Paragraph, ends_sentence, goes_on, join_paragraphs, page_paragraphs, paragraph_of
from counterproof.extract.pdf.structure import Grid
from counterproof.extract.pdf.tables import Found, PageFound
from counterproof.extract.sections import part_of
from counterproof.kb.document import BlockKind, Part

ASIDE_LINES = 12
"""A text in other type that interrupts a sentence is an aside if it has at most this many lines."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_TOP_PARTS: tuple[Part, ...] = ("abstract", "references", "back")
"""Parts that any heading may open; the others only one in the style of the paper's main headings."""


@dataclass(slots=True)
class Flow:
    """Collects pages, then writes them; figure captions, asides and tables wait until the paragraph that they stand in has ended."""

    builder: DocumentBuilder
    body: Body
    part: Part = "front"
    section: str = ""
    main: Style | None = None
    open: Paragraph | None = None
    in_abstract: bool = False
    pages: list[tuple[PageFound, list[Paragraph], list[Paragraph]]] = field(default_factory=list)
    waiting: list[tuple[BlockKind, Paragraph]] = field(default_factory=list)
    tables: list[list[Grid]] = field(default_factory=list)

    def add_page(self, page: PageFound) -> None:
        """The next page: its tables, figure captions and paragraphs."""
        taken = {id(w) for found in page.tables for w in _words_of(found)}
        captions: list[Paragraph] = []
        for survey in page.surveys:
            for caption in survey.captions:
                if not caption.is_table:
                    taken.update(id(w) for line in caption.lines for w in line.words)
                    captions.append(paragraph_of(survey.layout, caption.lines, caption.rect))
        main = page.surveys[0].layout
        walls = [found.region.body for found in page.tables if found.layout is main]
        paragraphs = [p for p in page_paragraphs(main, taken, walls) if _LETTERS.search(p.text)]
        self.pages.append((page, captions, paragraphs))

    def write(self) -> None:
        """Put everything into the builder."""
        headings = [p for _, _, paragraphs in self.pages for p in paragraphs if is_heading(p, self.body)]
        self.main = main_style(headings)
        for page, captions, paragraphs in self.pages:
            self.tables.extend(found.parts for found in page.tables if found.parts)
            self.waiting.extend(("caption", caption) for caption in captions)
            for paragraph in paragraphs:
                self._add(paragraph)
        self._close()

    def _add(self, paragraph: Paragraph) -> None:
        title = self.builder.metadata.title
        if paragraph.page < 3 and title and paragraph.text in title and paragraph.size > self.body.size:
            self._close()
            self.builder.block("title", paragraph.text, part=self.part, section=self.section, box=paragraph.box)
        elif is_heading(paragraph, self.body):
            self._close()
            self._heading(paragraph)
        elif self.open is not None and goes_on(self.open, paragraph):
            join_paragraphs(self.open, paragraph)
        elif self._is_aside(paragraph):
            self.waiting.append(("footnote", paragraph))
        else:
            self._close()
            self.open = paragraph

    def _is_aside(self, paragraph: Paragraph) -> bool:
        """Whether a text in other type interrupts a sentence: a figure's lettering, a note at a page's foot."""
        if paragraph.body or self.open is None or not self.open.body or self.part in ("references", "front"):
            return False
        return len(paragraph.lines) <= ASIDE_LINES and not ends_sentence(self.open.text)

    def _close(self) -> None:
        if self.open is not None:
            kind: BlockKind = "reference" if self.part == "references" else "paragraph"
            self.builder.block(kind, self.open.text, part=self.part, section=self.section, box=self.open.box)
            self.open = None
        for kind, paragraph in self.waiting:
            self.builder.block(kind, paragraph.text, part=self.part, section=self.section, box=paragraph.box)
        for parts in self.tables:
            self.builder.table(make_draft(parts), part=self.part, section=self.section)
        self.waiting, self.tables = [], []

    def _heading(self, paragraph: Paragraph) -> None:
        self.part = self._part_after(paragraph) or self.part
        self.section = paragraph.text
        self.builder.block("heading", paragraph.text, part=self.part, section=self.section, box=paragraph.box)

    def _part_after(self, paragraph: Paragraph) -> Part | None:
        """The part that a heading opens, None where it stays within the present one."""
        part = part_of(paragraph.text)
        main = self.main is None or style_of(paragraph) == self.main or depth(paragraph.text) == 1
        if part == "abstract":
            self.in_abstract = True
            return part
        if self.in_abstract and not (part is not None and ((main and self.main) or part in _TOP_PARTS or part == "introduction")):
            return "abstract" if part is not None else None
        if part is None or depth(paragraph.text) > 1 or not (main or part in _TOP_PARTS or self.part == "front"):
            return None
        self.in_abstract = False
        return part


def _words_of(found: Found) -> list[Word]:
    """Every word of a table, of its caption and of its notes."""
    region = found.region
    inside = [w for w in found.layout.view.words if region.body.holds(w, 1.0)]
    return inside + [w for line in [*region.caption.lines, *region.notes] for w in line.words]
