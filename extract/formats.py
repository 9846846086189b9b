"""Chooses the parser for a file by its content, never by its ending.

A parser is a module with ``accepts(data) -> bool`` and ``parse(data, path) -> Document``. The first that accepts the bytes reads
them; plain text comes last. Whatever a file is and is not is said in one line (``DocumentError``).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from counterproof.extract import merging, thousands
from counterproof.kb import bundle
from counterproof.kb.document import Document
from counterproof.kb.errors import DocumentError

ORDER = ("jats", "pdf", "html", "docx", "text")
"""Whoever can be recognised by a signature comes first, plain text last."""


class Parser(Protocol):
    """What a parser module offers."""

    def accepts(self, data: bytes) -> bool:
        """Whether these bytes are of the parser's format, judged by their content."""
        ...

    def parse(self, data: bytes, path: str) -> Document:
        """Read the bytes; raises :class:`DocumentError` with what is off and what to do."""
        ...


def parse(data: bytes, path: str) -> Document:
    """The document in these bytes; ``path`` only names it in messages and records."""
    try:
        parts = bundle.unpack(data)
    except ValueError as error:
        raise DocumentError(f"{path}: {error}; add the files again") from error
    return thousands.joined(merging.parse(data, path, parts, _parse_one) if parts else _parse_one(data, path))


def _parse_one(data: bytes, path: str) -> Document:
    if not data.strip():
        raise DocumentError(f"{path}: the file is empty; export or download it again")
    for parser in _parsers():
        if parser.accepts(data):
            return parser.parse(data, path)
    raise DocumentError(f"{path}: not a paper that can be read (PDF, JATS XML, HTML, DOCX or plain text)")


def _parsers() -> Iterator[Parser]:
    """Each imported when it is its turn, since a batch of XML files needs no library for Word files."""
    for name in ORDER:
        yield cast(Parser, import_module(f"counterproof.extract.{name}"))
