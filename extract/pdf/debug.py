"""Pictures of a PDF's pages with what was read drawn over them, to judge an extraction by eye."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import ImageDraw

from counterproof.extract.pdf import parse
from counterproof.kb.document import Box, Document, Table

SCALE = 2
"""Pixels a point."""
TABLE, HEAD, CELL, DOUBTFUL, TEXT = "#c00000", "#0050c0", "#109030", "#e08000", "#9060c0"


def draw(path: str | Path, directory: str | Path) -> list[Path]:
    """Write a PNG for each page that holds a table and return their paths.

    Red frames a table, blue its head cells, green its other cells (orange where their confidence is below 0.8, with the number of
    their row at the left), violet each block of running text. Raises ``DocumentError`` as :func:`counterproof.extract.pdf.parse`.
    """
    source, target = Path(path), Path(directory)
    target.mkdir(parents=True, exist_ok=True)
    data = source.read_bytes()
    document = parse(data, str(source))
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [_page(pdf, document, page, target / f"{source.stem}-{page:03}.png") for page in _pages(document)]
    finally:
        pdf.close()


def _pages(document: Document) -> list[int]:
    boxes = [c.locator.box for t in document.tables for c in t.cells] + [t.locator.box for t in document.tables]
    return sorted({box.page for box in boxes if box})


def _page(pdf: pypdfium2.PdfDocument, document: Document, page: int, target: Path) -> Path:
    picture = pdf[page - 1].render(scale=SCALE).to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for block in document.blocks:
        if block.kind in ("paragraph", "heading") and block.locator.box and block.locator.box.page == page:
            pen.rectangle(_pixels(block.locator.box, 1.0), outline=TEXT)
    for table in document.tables:
        _table(pen, table, page)
    picture.save(target)
    return target


def _table(pen: ImageDraw.ImageDraw, table: Table, page: int) -> None:
    if table.locator.box and table.locator.box.page == page:
        pen.rectangle(_pixels(table.locator.box, 2.0), outline=TABLE, width=2)
    for cell in table.cells:
        box = cell.locator.box
        if box is None or box.page != page:
            continue
        colour = HEAD if cell.row < table.header_rows else CELL if cell.confidence >= 0.8 else DOUBTFUL
        pen.rectangle(_pixels(box, 0.5), outline=colour)
        pen.text((box.x0 * SCALE - 2, box.top * SCALE - 6), f"{cell.row},{cell.column}", fill=colour)


def _pixels(box: Box, margin: float) -> tuple[float, float, float, float]:
    return (box.x0 - margin) * SCALE, (box.top - margin) * SCALE, (box.x1 + margin) * SCALE, (box.bottom + margin) * SCALE
