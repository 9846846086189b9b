"""Opens Word files: the ZIP package checked before it is unpacked, and the document's XML with tracked changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from lxml import etree

from counterproof.kb.errors import DocumentError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LARGEST_XML = 80 * 2**20
LARGEST_PACKAGE = 400 * 2**20
MOST_PARTS = 20_000

_UNWRAPPED = ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
_DROPPED = (
    "del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange", "tblGridChange",
    "numberingChange",
    "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "delText", "instrText", "delInstrText",
)  # fmt: skip


def is_word_package(data: bytes) -> bool:
    """Whether the bytes are a ZIP package with a Word document in it (also one whose directory is cut off)."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(name.startswith("word/") for name in package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return b"word/document.xml" in data or b"[Content_Types].xml" in data[:4096]


def open_word(data: bytes, path: str) -> WordDocument:
    """The Word document; raises :class:`DocumentError` for old, encrypted, damaged and bloated files."""
    if data[:8] == OLE_MAGIC:
        if _ENCRYPTED in data:
            raise DocumentError(f"{path}: the Word file is encrypted; remove its password and save it again")
        raise DocumentError(f"{path}: an old binary Office file (.doc); save it as .docx or PDF")
    try:
        _check_size(data, path)
        document = docx.Document(io.BytesIO(data))
        _ = body_of(document), document.styles.element, document.core_properties.title  # parts that are opened on first use
    except DocumentError:
        raise
    except Exception as error:  # the library lets errors of zlib, zipfile, lxml and its own asserts through, as damage strikes
        raise DocumentError(f"{path}: the Word file is damaged ({_first_line(error)}); open it in Word and save it again") from error
    return document


def _check_size(data: bytes, path: str) -> None:
    """Refuse packages that would swell: the sizes that the directory declares, and zipfile itself reads no more than these."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
        if len(parts) > MOST_PARTS or xml > LARGEST_XML or sum(part.file_size for part in parts) > LARGEST_PACKAGE:
            raise DocumentError(f"{path}: unpacked it would be larger than any paper (over {LARGEST_XML >> 20} MB of text); it is not read")
        if any(part.flag_bits & 1 for part in parts):
            raise DocumentError(f"{path}: the Word file is encrypted; remove its password and save it again")


def settled_body(document: WordDocument) -> etree._Element:
    """The body as it reads with all changes accepted, wrappers taken off and text boxes set behind the paragraph that anchors them."""
    body = body_of(document)
    settle(body)
    return body


def body_of(document: WordDocument) -> etree._Element:
    """The element that holds the document's paragraphs and tables."""
    root: etree._Element = document.element
    body = root.find(f"{W}body")
    if body is None:
        raise ValueError("it has no body")
    return body


def settle(root: etree._Element) -> None:
    """Accept the tracked changes below an element, in place."""
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}del") is not None:
            _remove(row)
    for cell in list(root.iter(f"{W}tc")):
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            _remove(cell)
    for element in list(root.iter(*(f"{W}{name}" for name in _DROPPED), f"{_COMPATIBILITY}Fallback")):
        _remove(element)
    for element in list(root.iter(*(f"{W}{name}" for name in _UNWRAPPED))):
        _unwrap(element)
    for box in list(root.iter(f"{W}txbxContent")):
        _set_behind_paragraph(box)


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def notes_of(document: WordDocument, kind: str) -> dict[str, etree._Element]:
    """The footnotes or endnotes (``kind``) by their id."""
    return {
        note.get(f"{W}id", ""): note for root in _parts(document, kind) for note in root.iter(f"{W}{kind[:-1]}") if not note.get(f"{W}type")
    }


def _parts(document: WordDocument, kind: str) -> Iterator[etree._Element]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            root = etree.fromstring(relation.target_part.blob, parser)
            settle(root)
            yield root


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    """An element's children in its own place; property marks such as ``<w:ins/>`` in a row's properties just go."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)


def _set_behind_paragraph(box: etree._Element) -> None:
    host = next((a for a in reversed(list(box.iterancestors(f"{W}p")))), None)
    if host is None:
        return
    for child in reversed(list(box)):
        host.addnext(child)
    _remove(box)


def _first_line(error: Exception) -> str:
    return str(error).strip("'\"").partition("\n")[0][:120] or type(error).__name__
