"""The walk through a page's article in reading order."""

from __future__ import annotations

import re

from lxml import etree

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.html.front import reference
from counterproof.extract.html.inline import BLOCKS, TextReader, local_name, raw_text
from counterproof.extract.html.tables import PageTable, draft, page_tables
from counterproof.extract.markup.captions import is_figure_caption
from counterproof.extract.repair import repair
from counterproof.extract.sections import part_of
from counterproof.kb.document import BlockKind, Part

SECTION_GAP = " > "
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ABSTRACT = re.compile(r"(?:^|[\s_-])abs(?:tract)?(?:$|[\s_-])", re.IGNORECASE)


class Walk:
    """Goes through the article and hands its blocks to the builder."""

    def __init__(self, builder: DocumentBuilder, content: etree._Element) -> None:
        self.builder = builder
        self.content = content
        self.tree = content.getroottree()
        self.part: Part = "front"
        self.sections: list[tuple[int, str, Part]] = []
        self.tables: dict[etree._Element, PageTable] = {}
        self.beside: set[etree._Element] = set()
        self.titled = False
        self.begun = next(content.iter("h1"), None) is None
        self.headed = next(content.iter("h2", "h3", "h4"), None) is not None
        for table in page_tables(content):
            self.tables[table.wrap] = table
            self.beside.update(e for e in (*table.before, *table.after) if table.wrap not in e.iterancestors())

    def article(self) -> None:
        """Add the page's blocks."""
        title = self.builder.metadata.title
        if title:
            self._add("title", title, self.content)
            self.titled = True
        self._children(self.content)

    def _children(self, element: etree._Element) -> None:
        """The blocks of an element; text and inline elements between blocks are paragraphs of their own."""
        reader = TextReader()
        reader.add(element.text)
        for child in element:
            if self._is_block(child):
                self._flush(reader, element)
                self._block(child, local_name(child))
            else:
                reader.element(child)
            reader.add(child.tail)
        self._flush(reader, element)

    def _is_block(self, element: etree._Element) -> bool:
        name = local_name(element)
        return (
            element in self.tables
            or name in BLOCKS
            or (name != "" and name != "math" and any(local_name(e) in BLOCKS for e in element.iter()))
        )

    def _flush(self, reader: TextReader, element: etree._Element) -> None:
        self._add("paragraph", repair(reader.text), element)
        reader.out.clear()

    def _block(self, element: etree._Element, name: str) -> None:
        if element in self.tables:
            self._table(self.tables[element])
        elif element in self.beside:
            return
        elif name in _HEADINGS:
            self._heading(element, int(name[1]))
        elif name == "figure":
            self._figure(element)
        elif self.part == "references" and name in ("li", "p", "dd", "tr"):
            self._reference(element)
        elif any(self._is_block(child) for child in element) or any(e in self.tables for e in element.iterdescendants()):
            self._children(element)
        else:
            self._add("paragraph", repair(raw_text(element)), element)

    def _heading(self, element: etree._Element, level: int) -> None:
        text = repair(raw_text(element))
        if not text:
            return
        if level == 1 and (not self.begun or text == self.builder.metadata.title):
            self.begun = True
            if not self.titled:
                self._add("title", text, element)
                self.titled = True
            return
        while self.sections and self.sections[-1][0] >= level:
            self.sections.pop()
        outer = self.sections[-1][2] if self.sections else None
        named = part_of(text)
        part = (named or "body") if outer in (None, "body", "front") else outer
        self.sections.append((level, text, part))
        self.part = part
        self._add("heading", text, element)

    def _figure(self, element: etree._Element) -> None:
        for caption in element.iter("figcaption"):
            self._add("caption", repair(raw_text(caption)), caption)

    def _table(self, table: PageTable) -> None:
        made = draft(table, self.tree)
        if not made.label and self.headed and self.part == "front":
            return  # dates and addresses above the article
        if made.image:
            self.builder.problems.append(
                f"{made.label or 'A table'} is not on this page (a picture, or a page of its own): save the page that shows its cells"
            )
            self.builder.status = "partial"
        elif not made.cells:
            return
        self.builder.table(made, part=self.part, section=self._section)

    def _reference(self, element: etree._Element) -> None:
        entry = reference(element, len(self.builder.references) + 1)
        if len(entry.text) > 20:
            self.builder.references.append(entry)
            self._add("reference", f"{entry.label} {entry.text}".strip(), element)

    @property
    def _section(self) -> str:
        return SECTION_GAP.join(text for _, text, _ in self.sections)

    def _add(self, kind: BlockKind, text: str, element: etree._Element) -> None:
        """Add a block, unless it stands above the article's title."""
        if kind == "paragraph" and is_figure_caption(text):
            kind = "caption"
        if any(c.isalnum() for c in text) and (self.begun or kind != "paragraph"):
            self.builder.block(kind, text, part=self.part, section=self._section, xpath=self.tree.getpath(element))
