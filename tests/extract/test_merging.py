"""A paper of several files is one document."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import counterproof
from counterproof.extract import formats, pipeline
from counterproof.kb import bundle
from counterproof.kb.errors import DocumentError, UsageError

PAGE = """<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><h2>Results</h2>
<p>Relapse occurred in 4 of 20 patients (20%) with drug and in 10 of 20 (50%) with placebo.</p>
<table><caption>Table 1. Outcomes by arm</caption>
<tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr>
<tr><td>Relapse, n (%)</td><td>4 (20.0)</td><td>10 (50.0)</td><td>{p}</td></tr></table></body></html>"""

MAIN, MORE = PAGE.format(title="A small trial", p="0.047").encode(), PAGE.format(title="Supplement", p="0.27").encode()


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5))
def test_what_is_packed_is_unpacked(parts: list[bytes]) -> None:
    """Whatever the bytes are; and a bundle that lost some is told, not read."""
    data = bundle.pack(parts)
    assert bundle.unpack(data) == tuple(parts)
    if len(data) > len(bundle.MARK):
        with pytest.raises(ValueError, match="bundle"):
            bundle.unpack(data[:-1])
    assert bundle.unpack(b"%PDF-1.7") is None


def test_locators_point_into_the_merged_text_and_say_which_file() -> None:
    """Every cell of every part is found where it says, the parts know their names and digests, like labels are told apart."""
    document = formats.parse(bundle.pack([MAIN, MORE]), "main.html + more.html")
    for table in document.tables:
        for cell in table.cells:
            assert document.text[cell.locator.start : cell.locator.end] == cell.text
    for block in document.blocks:
        assert document.text[block.locator.start : block.locator.end] == block.text
    assert [table.label for table in document.tables] == ["Table 1", "Table 1 (more.html)"]
    assert [(f.name, f.sha256) for f in document.files] == [
        ("main.html", hashlib.sha256(MAIN).hexdigest()),
        ("more.html", hashlib.sha256(MORE).hexdigest()),
    ]
    assert document.metadata.title == "A small trial"
    assert all(e.number.text in document.text[e.locator.start : e.locator.end] for e in pipeline.read(MAIN, "main.html").evidence)


def test_the_identity_is_that_of_all_bytes() -> None:
    """Another supplement, or another order, is another document; other names are not."""
    one = formats.parse(bundle.pack([MAIN, MORE]), "main.html + more.html").id
    assert one == formats.parse(bundle.pack([MAIN, MORE]), "a.html + b.html").id
    assert len({one, formats.parse(bundle.pack([MORE, MAIN]), "x").id, formats.parse(MAIN, "x").id}) == 3


def test_a_supplement_that_cannot_be_read_is_told() -> None:
    """The main text is read all the same; a broken main text is an error."""
    document = formats.parse(bundle.pack([MAIN, b""]), "main.html + empty.pdf")
    assert document.status == "partial"
    assert document.problems == ("empty.pdf: the file is empty; export or download it again",)
    with pytest.raises(DocumentError):
        formats.parse(bundle.pack([b"", MAIN]), "empty.pdf + main.html")


def test_mentions_are_compared_over_both(tmp_path: Path) -> None:
    """The same values with another P in the supplement; the finding says in which file; supplements go with one paper."""
    (tmp_path / "main.html").write_bytes(MAIN.replace(b"placebo.</p>", b"placebo (P = 0.047).</p>"))
    (tmp_path / "more.html").write_bytes(MORE)
    result = counterproof.audit(tmp_path / "main.html", supplements=[tmp_path / "more.html"])
    twice = next(f for f in result.flags if f.check == "told_twice")
    assert {p.file for p in (twice.place, *twice.more_places)} >= {"more.html"}
    assert any(f.place.file == "main.html" for f in result.findings)
    with pytest.raises(UsageError, match="one paper"):
        counterproof.audit([tmp_path / "main.html", tmp_path / "more.html"], supplements=[tmp_path / "more.html"])
