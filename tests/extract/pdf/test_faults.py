"""Files that cannot be read, or not wholly: one clear error or a status that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterproof.extract.pdf import accepts, parse
from counterproof.kb.errors import DocumentError

Sheet = Any


def some_pdf(sheet: Sheet) -> bytes:
    sheet.prose(60, 500, 60, 30)
    sheet.page()
    data: bytes = sheet.data()
    return data


def test_accepts_by_content(sheet: Sheet) -> None:
    """The header decides, with a little before it allowed; a picture named .pdf is none."""
    data = some_pdf(sheet)
    assert accepts(data)
    assert accepts(b"HTTP/1.1 200 OK\r\n\r\n" + data)
    assert not accepts(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    assert not accepts(b"")


def test_password(new_sheet: Callable[..., Sheet]) -> None:
    """A password is asked for by name."""
    with pytest.raises(DocumentError, match=r"a\.pdf: .*password"):
        parse(some_pdf(new_sheet(password="secret")), "a.pdf")


def test_encrypted_without_a_password(new_sheet: Callable[..., Sheet]) -> None:
    """Encryption that any reader opens is no obstacle."""
    assert "patients" in parse(some_pdf(new_sheet(owner="owner")), "a.pdf").text


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6])
def test_truncated(sheet: Sheet, share: float) -> None:
    """A file cut short is damaged, and the message says what to do."""
    data = some_pdf(sheet)
    with pytest.raises(DocumentError, match=r"a\.pdf: .*(damaged|no text).*"):
        parse(data[: int(share * len(data))], "a.pdf")


def test_broken_cross_references(sheet: Sheet) -> None:
    """A wrong cross-reference table is rebuilt."""
    data = some_pdf(sheet)
    assert "patients" in parse(data.replace(b"startxref", b"startxxxx"), "a.pdf").text


def test_scanned_page(sheet: Sheet) -> None:
    """A page that is a picture makes the reading partial."""
    sheet.prose(60, 500, 60, 30)
    sheet.page()
    sheet.image()
    document = sheet.read()
    assert document.status == "partial"
    assert document.problems == ("page 2 is an image",)


def test_no_text_at_all(sheet: Sheet) -> None:
    """A scan throughout cannot be read without OCR."""
    sheet.image()
    sheet.page()
    with pytest.raises(DocumentError, match="OCR"):
        parse(sheet.data(), "a.pdf")
