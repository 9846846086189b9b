"""HTML pages of articles, as publishers and PubMed Central show them, saved to a file."""

from __future__ import annotations

import re

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.html.front import metadata
from counterproof.extract.html.page import main_content, parse_page
from counterproof.extract.html.walk import Walk
from counterproof.extract.markup.xml_input import root_name
from counterproof.kb.document import Document
from counterproof.kb.errors import DocumentError

_HTML_TAGS = {"html", "head", "body", "div", "p", "span", "table", "section", "main", "h1", "h2", "meta", "title", "center"}
_SHORTEST = 80


def accepts(data: bytes) -> bool:
    """Whether the bytes begin as HTML does (comments and an XML declaration aside)."""
    return root_name(data) in _HTML_TAGS


def parse(data: bytes, path: str) -> Document:
    """Read a page; raises :class:`DocumentError` for one that holds no article.

    Tables of which the page shows only the caption (a link to a page of their own, a picture) are recorded as such: status ``partial``.
    """
    root = parse_page(data, path)
    builder = DocumentBuilder(data, path, "html")
    builder.metadata = metadata(root)
    Walk(builder, main_content(root)).article()
    document = builder.build()
    if not document.tables and len(re.sub(r"\s", "", document.text)) < _SHORTEST:
        raise DocumentError(f"{path}: no article text on this page (a login page, or one that scripts fill in); save it once it has loaded")
    return document
