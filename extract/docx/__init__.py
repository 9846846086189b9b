"""Word files (.docx), the form of most manuscripts."""

from __future__ import annotations

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.docx.inline import paragraph_text
from counterproof.extract.docx.package import OLE_MAGIC, W, body_of, is_word_package, notes_of, open_word, settled_body
from counterproof.extract.docx.walk import Walk
from counterproof.kb.document import Document, Metadata
from counterproof.kb.errors import DocumentError

NOTE_KINDS = ("footnotes", "endnotes")


def accepts(data: bytes) -> bool:
    """Whether the bytes are a Word package, or an old or encrypted Office file (which :func:`parse` explains)."""
    return data[:8] == OLE_MAGIC or is_word_package(data)


def parse(data: bytes, path: str) -> Document:
    """Read a Word file as it stands with all tracked changes accepted.

    Raises :class:`DocumentError` for old, encrypted, damaged, bloated and empty files.
    """
    word = open_word(data, path)
    body = body_of(word)
    tree = body.getroottree()
    paths = {element: tree.getpath(element) for element in body.iter(f"{W}p", f"{W}tbl", f"{W}tc")}
    styles = {style.style_id: str(style.name or "") for style in word.styles}
    notes = {
        (kind[:-1], key): " ".join(paragraph_text(p) for p in note.iter(f"{W}p"))
        for kind in NOTE_KINDS
        for key, note in notes_of(word, kind).items()
    }
    builder = DocumentBuilder(data, path, "docx")
    walk = Walk(builder, settled_body(word), styles, notes, paths)
    walk.body()
    builder.metadata = Metadata(title=walk.title or word.core_properties.title or None)
    document = builder.build()
    if not document.blocks:
        raise DocumentError(f"{path}: the Word file holds no text; a scan must be saved as text or PDF first")
    return document
