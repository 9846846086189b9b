"""What counts as text, and that wrong encodings are said."""

from __future__ import annotations

import pytest

from counterproof.extract.text import accepts, parse
from counterproof.kb.errors import DocumentError

TEXT = "Results\n\nThe mean was 5 ± 2 in both arms (P ≤ 0.05), and nobody was lost.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    document = parse(TEXT.encode(encoding), "a.txt")
    assert "5 ± 2" in document.text
    assert "≤ 0.05" in document.text
    assert document.problems == ()


def test_single_byte_text_is_read_and_said() -> None:
    document = parse("The mean was 5 ± 2 in both arms, by Müller’s rule.".encode("cp1252"), "a.txt")
    assert "5 ± 2" in document.text
    assert "cp1252" in document.problems[0]
    assert document.status == "partial"


def test_twice_encoded_text_is_said() -> None:
    spoilt = ("5 ± 2, 6 ± 3, 7 ± 1 µg " * 3).encode().decode("cp1252")
    assert "encoded twice" in parse(spoilt.encode(), "a.txt").problems[0]


def test_broken_characters_are_said() -> None:
    data = ("One ± two. " * 30).encode() + b"\xff three"
    assert "UTF-8" in parse(data, "a.txt").problems[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\x00\x10" * 50,
        b"%PDF-1.4\n\x00\x01",
        b"PK\x03\x04" + b"\x00" * 40,
        bytes(range(256)) * 4,
        b"\x00\x01\x02" * 100,
        b"\xff\xd8\xff\xe0abc",
    ],
)
def test_binary_is_no_text(data: bytes) -> None:
    assert not accepts(data)
    with pytest.raises(DocumentError):
        parse(data, "figure.txt")
