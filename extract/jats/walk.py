"""The walk through an article in reading order: tables where they stand, floats where they are first cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from counterproof.extract.builder import DocumentBuilder, TableDraft
from counterproof.extract.jats.inline import first_child, local_name, raw_text, runs
from counterproof.extract.jats.tables import label_and_caption, share_notes, table_drafts
from counterproof.extract.repair import repair
from counterproof.extract.sections import part_of
from counterproof.kb.document import BlockKind, Part

SECTION_GAP = " > "

_FLOATS = {"table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text"}
_FLOAT_TAGS = tuple(f"{{*}}{name}" for name in sorted(_FLOATS))
_TEXT_BLOCKS = {"p", "disp-quote", "verse-group", "attrib", "speech", "statement", "disp-formula", "preformat", "code"}
_INNER_BLOCKS = _FLOATS | {"list", "def-list", "p", "disp-quote"}
_SKIPPED = {
    "object-id",
    "permissions",
    "ref-list",
    "label",
    "title",
    "caption",
    "sec-meta",
    "kwd-group",
    "sub-article",
    "response",
    "alternatives",
}


class Walk:
    """Goes through an article in reading order and hands its blocks to the builder."""

    def __init__(self, builder: DocumentBuilder, tree: etree._ElementTree, article: etree._Element) -> None:
        self.builder = builder
        self.tree = tree
        self.root = article
        self.part: Part = "front"
        self.section: tuple[str, ...] = ()
        groups = article.iter("{*}floats-group", "{*}floats-wrap")
        inner = article.iter(*_FLOAT_TAGS, "{*}fn")
        self.holding = {above for node in inner for above in node.iterancestors()}
        """Elements with a float or a note somewhere inside; few paragraphs are."""
        self.floats = {e.get("id", ""): e for group in groups for e in group if e.get("id")}
        self.done: set[etree._Element] = set()

    def article(self, references: Sequence[etree._Element]) -> None:
        """Add the article's blocks: front, body, back, floats that nothing cites, and its ``references`` as the builder has them."""
        front = self.root.find("{*}front")
        if front is not None:
            self._front(front)
        parts: tuple[tuple[str, Part], ...] = (("body", "body"), ("back", "back"), ("floats-group", "body"), ("floats-wrap", "body"))
        for name, part in parts:
            for element in self.root.iterfind(f"{{*}}{name}"):
                self.part, self.section = part, ()
                self._children(element)
                self._inner_floats(element)
        self._references(references)

    def _front(self, front: etree._Element) -> None:
        title = front.find(".//{*}title-group/{*}article-title")
        if title is not None:
            self._emit("title", title)
        for abstract in front.iterfind(".//{*}abstract"):
            self.part = "abstract"
            heading = abstract.find("{*}title")
            self.section = (repair(raw_text(heading)) if heading is not None else "Abstract",)
            self._children(abstract)

    def _children(self, element: etree._Element) -> None:
        for child in element:
            self._node(child, local_name(child))

    def _node(self, node: etree._Element, name: str) -> None:
        if not name or name in _SKIPPED or node in self.done:
            return
        if name in ("sec", "app", "ack", "notes", "glossary", "bio") or (name == "fn-group" and node.find("{*}title") is not None):
            self._sec(node)
        elif name in _FLOATS:
            self._float(node, name)
        elif name in ("list", "def-list"):
            self._list(node)
        elif name == "fn":
            self._emit("footnote", node)
        elif name in _TEXT_BLOCKS:
            self._paragraph(node)
        elif name in ("graphic", "media", "supplementary-material", "inline-supplementary-material"):
            caption = node.find("{*}caption")
            if caption is not None:
                self._emit("caption", caption)
        else:
            self._children(node)

    def _sec(self, sec: etree._Element) -> None:
        outer = self.part, self.section
        title, label = first_child(sec, "title"), first_child(sec, "label")
        heading = " ".join(repair(raw_text(e)) for e in (label, title) if e is not None).strip()
        named = part_of(heading, sec.get("sec-type"))
        if named and (self.part == "body" or (self.part == "back" and named in ("methods", "results"))):
            self.part = named
        if heading:
            self.section = (*self.section, heading)
            self._add("heading", heading, title if title is not None else sec)
        self._children(sec)
        self.part, self.section = outer

    def _paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph, parted where a list or a float stands inside it; then the floats that it is the first to cite."""
        for piece in runs(paragraph, _INNER_BLOCKS):
            if isinstance(piece, str):
                self._add("paragraph", repair(piece), paragraph)
            else:
                self._node(piece, local_name(piece))
        self._inner_floats(paragraph)
        for note in paragraph.iter("{*}fn") if paragraph in self.holding else ():
            if not any(local_name(a) in _FLOATS for a in note.iterancestors()):
                self._emit("footnote", note)
        self._cited_floats(paragraph)

    def _cited_floats(self, element: etree._Element) -> None:
        if not self.floats or self.part in ("abstract", "front"):
            return
        for reference in element.iter("{*}xref"):
            for target in (reference.get("rid") or "").split():
                node = self.floats.get(target)
                if node is not None and node not in self.done:
                    self._float(node, local_name(node))

    def _list(self, element: etree._Element) -> None:
        for item in element:
            if local_name(item) in ("list-item", "def-item"):
                self._emit("paragraph", item)
                self._inner_floats(item)
                self._cited_floats(item)

    def _inner_floats(self, element: etree._Element) -> None:
        """Floats that stand deeper inside an element than its own children."""
        for node in element.iter(*_FLOAT_TAGS) if element in self.holding else ():
            if node is not element:
                self._float(node, local_name(node))

    def _float(self, node: etree._Element, name: str) -> None:
        if node in self.done:
            return
        self.done.add(node)
        if name == "table-wrap":
            self._tables(table_drafts(node, self.tree))
        elif name == "table-wrap-group":
            wraps = list(node.iter("{*}table-wrap"))
            self.done.update(wraps)
            parts = [draft for wrap in wraps for draft in table_drafts(wrap, self.tree, label_and_caption(node))]
            share_notes(parts)
            self._tables(parts)
        elif name == "fig":
            label, caption = node.find("{*}label"), node.find("{*}caption")
            pieces = [repair(raw_text(e)) for e in (label, caption) if e is not None]
            self._add("caption", " ".join(filter(None, pieces)), node)
        else:
            caption = node.find("{*}caption")
            if caption is not None:
                self._emit("caption", caption)
            self._children(node)

    def _tables(self, drafts: Iterable[TableDraft]) -> None:
        for draft in drafts:
            if draft.image:
                self.builder.problems.append(f"{draft.label or 'A table'} is a picture in this file: its cells cannot be read")
                self.builder.status = "partial"
            self.builder.table(draft, part=self.part, section=SECTION_GAP.join(self.section))

    def _references(self, references: Sequence[etree._Element]) -> None:
        self.part, self.section = "references", ("References",)
        for ref, entry in zip(references, self.builder.references, strict=True):
            self._add("reference", f"{entry.label} {entry.text}".strip(), ref)

    def _emit(self, kind: BlockKind, element: etree._Element) -> None:
        self._add(kind, repair(raw_text(element)), element)

    def _add(self, kind: BlockKind, text: str, element: etree._Element) -> None:
        if any(map(str.isalnum, text)):
            self.builder.block(kind, text, part=self.part, section=SECTION_GAP.join(self.section), xpath=self.tree.getpath(element))
