"""Real articles: what was read from each, by counts that were checked once by eye (tests/golden/jats_counts.csv)."""

import csv
from pathlib import Path

from lxml import etree

from counterproof.extract import jats
from counterproof.kb.document import Document

COUNTS = Path(__file__).parents[2] / "golden" / "jats_counts.csv"


def counts(document: Document) -> dict[str, int]:
    """What the golden file holds for a document."""
    tables = document.tables
    body = [cell for table in tables for cell in table.cells if cell.row >= table.header_rows and cell.column]
    return {
        "tables": len(tables),
        "pictures": sum(table.image for table in tables),
        "header_rows": sum(table.header_rows for table in tables),
        "number_cells": sum(any(character.isdigit() for character in cell.text) for cell in body),
        "marks": sum(len(cell.marks) for table in tables for cell in table.cells),
        "references": len(document.references),
        "paragraphs": sum(block.kind == "paragraph" for block in document.blocks),
    }


def test_the_counts_of_real_articles_stand(shared: Path) -> None:
    found = {path.stem: path for path in (shared / "real").glob("*/*.xml")}
    with COUNTS.open(encoding="utf-8") as lines:
        golden = {entry["document"]: {name: int(n) for name, n in entry.items() if name != "document"} for entry in csv.DictReader(lines)}
    read = {name: counts(jats.parse(path.read_bytes(), name)) for name, path in found.items() if name in golden}
    assert len(read) == len(golden)
    assert {name: (read[name], golden[name]) for name in read if read[name] != golden[name]} == {}


def test_real_articles_keep_the_promises_of_a_document(shared: Path) -> None:
    for path in sorted((shared / "real" / "jats").glob("*.xml"))[::4]:
        document = jats.parse(path.read_bytes(), path.name)
        tree = etree.parse(path)
        assert document.metadata.title
        assert document.metadata.doi
        for block in document.blocks:
            assert document.text[block.locator.start : block.locator.end] == block.text
            assert block.locator.xpath is None or len(tree.xpath(block.locator.xpath)) == 1
        for table in document.tables:
            assert len(table.row_levels) == table.n_rows
            assert all(document.text[c.locator.start : c.locator.end] == c.text for c in table.cells)
            assert all(tree.xpath(c.locator.xpath or "")[0].tag in ("td", "th") for c in table.cells)
            places = [place for row in table.grid for place in row if place]
            assert len(places) == len(table.cells), "no two cells begin at one place"
