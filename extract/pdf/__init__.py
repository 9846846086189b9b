"""PDF: words and rules by PDFium, tables by their captions, prose in reading order."""

from __future__ import annotations

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.pdf.flow import Flow
from counterproof.extract.pdf.layout import body_of, drop_furniture, lay_out
from counterproof.extract.pdf.metadata import read_metadata
from counterproof.extract.pdf.page import open_pdf
from counterproof.extract.pdf.reading import read_views
from counterproof.extract.pdf.tables import read_tables
from counterproof.extract.references import from_blocks
from counterproof.kb.document import Document
from counterproof.kb.errors import DocumentError


def accepts(data: bytes) -> bool:
    """Whether a PDF header stands within the first kilobyte, as readers allow."""
    return b"%PDF-" in data[:1024]


def parse(data: bytes, path: str) -> Document:
    """Read a PDF; raises ``DocumentError`` where it is encrypted, damaged or without any text."""
    builder = DocumentBuilder(data, path, "pdf")
    pdf = open_pdf(data, path)
    try:
        builder.n_pages = len(pdf)
        pages, problems = read_views(pdf)
    finally:
        pdf.close()
    if not any(view.words for views in pages for view in views):
        raise DocumentError(f"{path}: the PDF holds no text (it is scanned or empty); run text recognition (OCR) on it first")
    builder.problems.extend(problems)
    if any("is an image" in problem or "left out" in problem for problem in problems):
        builder.status = "partial"
    mains = [views[0] for views in pages]
    body = body_of(mains)
    builder.metadata = read_metadata(mains, body)
    drop_furniture(mains)
    flow = Flow(builder, body)
    for page in read_tables(lay_out(pages, body)):
        flow.add_page(page)
    flow.write()
    builder.references = from_blocks(builder.blocks)
    return builder.build()
