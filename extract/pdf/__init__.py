"""PDF: words and rules by PDFium, tables by their captions, prose in reading order."""

from __future__ import annotations

import pypdfium2

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.pdf.captions import Caption, find_captions
from counterproof.extract.pdf.flow import Flow
from counterproof.extract.pdf.geometry import View
from counterproof.extract.pdf.layout import Frame, Layout, drop_furniture, frame_of, lay_out
from counterproof.extract.pdf.fonts import FontHabits
from counterproof.extract.pdf.habits import SignHabits
from counterproof.extract.pdf.page import open_pdf, read_raw, views_of
from counterproof.extract.pdf.prose import page_paragraphs
from counterproof.extract.pdf.regions import PageTables, Region, find_regions, survey, usual_side
from counterproof.extract.pdf.join import Joiner
from counterproof.extract.pdf.structure import Grid
from counterproof.kb.document import Document
from counterproof.kb.errors import DocumentError


def accepts(data: bytes) -> bool:
    """Whether a PDF header stands within the first kilobyte, as readers allow."""
    return b"%PDF-" in data[:1024]


def parse(data: bytes, path: str) -> Document:
    """Read a PDF; raises ``DocumentError`` where it is encrypted, damaged or without any text."""
    builder = DocumentBuilder(data, path, "pdf")
    document = open_pdf(data, path)
    pages = _read_views(document, builder)
    builder.n_pages = len(pages)
    _check_text(builder, pages, path)
    mains = [views[0] for views in pages]
    drop_furniture(mains)
    frame = frame_of(mains)
    flow = Flow(builder, frame)
    surveys = [[survey(layout, find_captions(layout)) for layout in page] for page in lay_out(pages, frame)]
    side = usual_side([s for page in surveys for s in page])
    joiner = Joiner()
    regions = [[(s.layout, region) for s in page for region in find_regions(s, side)] for page in surveys]
    begun = [[joiner.add(layout.view, region) for layout, region in page] for page in regions]
    for page, found, tables in zip(surveys, regions, begun, strict=True):
        _add_page(flow, page, found, [table for table in tables if table])
    flow.close()
    return builder.build()


def _read_views(document: pypdfium2.PdfDocument, builder: DocumentBuilder) -> list[list[View]]:
    """The views of all pages, with the characters of wrongly decoded fonts put right."""
    fonts = FontHabits()
    raws = []
    for number in range(1, len(document) + 1):
        raws.append(read_raw(document, number))
        fonts.observe(raws[-1].chars)
    for raw in raws:
        fonts.correct(raw.chars)
    pages = [views_of(raw) for raw in raws]
    signs = SignHabits([view for views in pages for view in views])
    for views in pages:
        for view in views:
            signs.repair(view.words)
    if fonts.repaired + signs.repaired:
        builder.problems.append(f"a font decodes signs wrongly (such as = as 5): {fonts.repaired + signs.repaired} characters put right")
    unreadable = sum(word.text.count("\ufffd") for views in pages for view in views for word in view.words)
    if unreadable:
        builder.problems.append(f"{unreadable} characters without a meaning in their font are shown as \ufffd")
    return pages


def _check_text(builder: DocumentBuilder, pages: list[list[View]], path: str) -> None:
    """Pages that are pictures are said; a paper of nothing else cannot be read."""
    bare = [views[0].page for views in pages if sum(len(v.words) for v in views) < 5 and views[0].images]
    if not any(view.words for views in pages for view in views):
        raise DocumentError(f"{path}: the PDF holds no text (it is scanned or empty); run text recognition (OCR) on it first")
    for page in bare:
        builder.problems.append(f"page {page} is an image")
    if bare:
        builder.status = "partial"


def _add_page(flow: Flow, surveys: list[PageTables], found: list[tuple[Layout, Region]], tables: list[list[Grid]]) -> None:
    """The page's tables and running text, in reading order."""
    taken: set[int] = set()
    for layout, region in found:
        _take(taken, layout, region)
    for table in tables:
        flow.add_table(table)
    for page in surveys:
        _take_figures(flow, taken, page.layout, page.captions)
    walls = [region.body for layout, region in found if layout is surveys[0].layout]
    for paragraph in page_paragraphs(surveys[0].layout, taken, walls):
        flow.add(paragraph)


def _take(taken: set[int], layout: Layout, region: Region) -> None:
    taken.update(id(w) for w in layout.view.words if region.body.holds(w, 1.0))
    taken.update(id(w) for line in [*region.caption.lines, *region.notes] for w in line.words)


def _take_figures(flow: Flow, taken: set[int], layout: Layout, captions: list[Caption]) -> None:
    from counterproof.extract.pdf.prose import _paragraph

    for caption in captions:
        if not caption.is_table:
            taken.update(id(w) for line in caption.lines for w in line.words)
            flow.add_caption(_paragraph(layout, caption.lines, caption.rect))
