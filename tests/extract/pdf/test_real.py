"""Floors on a handful of real papers: what was once read right stays right."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterproof.extract.pdf import parse
from counterproof.kb.document import Document

SHAPES = {
    "PMC7976658": [("Table 1", 18, 4), ("Table 2", 17, 4), ("Table 3", 23, 4)],
    "PMC6151011": [("Table 1", 7, 9), ("Table 2", 10, 6)],
}
"""Label, rows and columns of each table: as in the same papers' JATS: captions beside, and a page turned on its side."""


def read(shared: Path, name: str) -> Document:
    path = shared / "real" / "pairs" / f"{name}.pdf"
    if not path.exists():
        pytest.skip(f"{path.name} is not among the real papers")
    return parse(path.read_bytes(), str(path))


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(shared: Path, name: str) -> None:
    """Labels and sizes of all tables."""
    tables = read(shared, name).tables
    assert [(t.label, t.n_rows, t.n_columns) for t in tables] == SHAPES[name]
    assert all(t.confidence > 0.9 for t in tables)


def test_locators(shared: Path) -> None:
    """Every cell's text stands at its place in the document's text, within its page."""
    document = read(shared, "PMC7976658")
    for table in document.tables:
        for cell in table.cells:
            assert document.text[cell.locator.start : cell.locator.end] == cell.text
            box = cell.locator.box
            assert box
            assert 0 <= box.x0 <= box.x1 <= 600
            assert 0 <= box.top <= box.bottom <= 800


def test_joined_over_pages(shared: Path) -> None:
    """A table of five pages is one, with the heads of its first page only."""
    table = next(t for t in read(shared, "PMC6315527").tables if t.label == "Table 1")
    assert table.n_columns == 16
    assert len({c.locator.box.page for c in table.cells if c.locator.box}) == 5
    assert sum(row[0].startswith("Study") for row in table.rows) == 1


def test_metadata(shared: Path) -> None:
    """Title, DOI and year are read from the first page."""
    metadata = read(shared, "PMC7976658").metadata
    assert metadata.doi == "10.1007/s12672-021-00400-1"
    assert metadata.year == 2021
    assert metadata.title
    assert metadata.title.startswith("Sphincter preservation")
