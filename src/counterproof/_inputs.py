"""From the paths of a command line to the files to read: files, folders, patterns, standard input."""

from __future__ import annotations

import errno
import glob
import hashlib
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PAPER_ENDINGS = frozenset({".pdf", ".docx", ".nxml"})
"""Endings that only a paper has: in a folder, such a file is read whatever it contains, so that a broken one is told of."""
TEXT_ENDINGS = frozenset({".xml", ".html", ".htm", ".xhtml", ".txt"})

_HEAD = 64_000
_PIECE = 1 << 20
_JATS = re.compile(rb"<(?:\w+:)?(?:article|pmc-articleset)[\s>]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_SECTIONS = re.compile(
    r"^[\s\d.]*(?:abstract|summary|background|introduction|objectives?|aims?|(?:patients|materials?|subjects) and methods"
    r"|methods?|results?|findings|discussion|conclusions?|references|key ?words)\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read; ``data`` where it came through standard input."""

    path: str
    data: bytes | None = None

    @property
    def name(self) -> str:
        """The path as it can be written: bytes of a file's name that are no text become ``�``."""
        return self.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def read(self, most: int) -> bytes:
        """The bytes; raises OSError where the file cannot be read or has more than ``most`` bytes."""
        if self.data is not None:
            return self.data
        self._check_size(most)
        return Path(self.path).read_bytes()

    def identity(self, most: int) -> tuple[str, int]:
        """The SHA-256 of the bytes and their number; raises OSError as ``read`` does."""
        if self.data is not None:
            return hashlib.sha256(self.data).hexdigest(), len(self.data)
        self._check_size(most)
        with open(self.path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), os.path.getsize(self.path)

    def _check_size(self, most: int) -> None:
        if os.path.getsize(self.path) > most:
            raise OSError(errno.EFBIG, f"larger than {most >> 20} MB")


class TornError(Exception):
    """A file that was opened could not be read to its end; the cause is the OSError."""


class Pieces:
    """The first bytes of a document, as many as it was found to have, piece by piece so that they are never all in memory.

    A file that was cut short since then is filled up with zeros: what was promised to a reader is what it gets. Raises TornError
    where the file cannot be read any more.
    """

    def __init__(self, source: Source, length: int) -> None:
        self.source, self.length = source, length

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        try:
            with io.BytesIO(self.source.data) if self.source.data is not None else open(self.source.path, "rb") as file:
                while left:
                    piece = file.read(min(_PIECE, left)) or bytes(min(_PIECE, left))
                    left -= len(piece)
                    yield piece
        except OSError as error:
            raise TornError from error


def _ignored(path: str) -> None:
    """Nobody asked."""


def sources(paths: Iterable[str], stdin_filename: str | None = None, leave: Callable[[str], None] = _ignored) -> list[Source]:
    """Every document that these paths name, each file once, in order.

    A folder stands for the files in and below it that look like papers, hidden ones left out; a pattern for the files it matches;
    ``-`` for standard input. A path that does not exist stays, so that reading it tells of it. ``leave`` is told of each text, XML
    or HTML file of a folder that looks like no paper.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for source in _expand(path, stdin_filename, leave):
            found.setdefault(os.path.realpath(source.path) if source.data is None else source.path, source)
    return list(found.values())


def _expand(path: str, stdin_filename: str | None, leave: Callable[[str], None]) -> Iterator[Source]:
    if path == "-":
        yield Source(stdin_filename or "-", sys.stdin.buffer.read())
    elif os.path.isdir(path):
        yield from map(Source, _papers(path, leave))
    elif not os.path.exists(path) and glob.has_magic(path):
        for match in sorted(glob.glob(path, recursive=True)):
            yield from map(Source, _papers(match, leave) if os.path.isdir(match) else [match])
    else:
        yield Source(path)


def _papers(folder: str, leave: Callable[[str], None]) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(where, name)
            if name.startswith("."):
                continue
            if _is_candidate(path):
                yield path
            elif name.lower().endswith(tuple(TEXT_ENDINGS)):
                leave(path)


def _is_candidate(path: str) -> bool:
    """Whether a file of a folder is to be read: it looks like a paper, or claims to be one by its ending."""
    ending = os.path.splitext(path)[1].lower()
    if ending in PAPER_ENDINGS:
        return True
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ending in TEXT_ENDINGS
    if not head.strip():
        return ending in TEXT_ENDINGS
    return looks_like_paper(head, prose_enough=ending == ".txt")


def looks_like_paper(head: bytes, *, prose_enough: bool = False) -> bool:
    """Whether the first bytes of a file are those of a PDF, a Word document, a JATS or HTML article, or a paper as plain text.

    Plain text needs the headings of a paper, or with ``prose_enough`` only running text (an editorial has no headings).
    """
    if b"%PDF-" in head[:1024]:
        return True
    if head.startswith(b"PK\x03\x04"):
        return b"word/" in head or b"[Content_Types].xml" in head
    if _HTML.search(head[:2048]) or (head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _JATS.search(head)):
        return True
    text = _decoded(head)
    if text.lstrip()[:1] in ("", "{", "[", "<", "#"):
        return False
    headings = {hit[0].strip().lower() for hit in _SECTIONS.finditer(text)}
    return len(headings) >= 3 or (prose_enough and _is_prose(text))


def _decoded(head: bytes) -> str:
    """Plain text; empty where the bytes are none."""
    if b"\0" in head:
        return ""
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:  # the first bytes may end within a character
        return head.decode("utf-8" if error.start >= len(head) - 4 else "latin-1", errors="ignore")


def _is_prose(text: str) -> bool:
    """Running text: at least 150 words, most of them plain words, and sentences that end."""
    words = text.split()
    plain = sum(word.strip(".,;:()\"'").isalpha() for word in words)
    return len(words) >= 150 and plain > 0.75 * len(words) and len(re.findall(r"[a-z)]\.\s", text)) * 60 > len(words)
