"""Plain text exports of papers: no layout, cells parted by single spaces, heads and words wrapped over lines."""

from __future__ import annotations

from collections.abc import Sequence

from counterproof.extract.builder import DocumentBuilder, TableDraft
from counterproof.extract.text.captions import is_figure_caption, table_caption
from counterproof.extract.text.encoding import decode
from counterproof.extract.text.flattened import find_flattened
from counterproof.extract.text.front import metadata
from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line, read_lines, usual_width, without_running_heads
from counterproof.extract.text.prose import Piece, assign_parts, paragraphs, sew
from counterproof.extract.text.references import entries, listed
from counterproof.extract.text.region import figure_end, find_region, region_above
from counterproof.extract.text.tables import read_table
from counterproof.extract.text.unfold import keeps_layout, unfold
from counterproof.kb.document import Document
from counterproof.kb.errors import DocumentError


def accepts(data: bytes) -> bool:
    """Whether the bytes are text in UTF-8, UTF-16 with its mark, or a Western single-byte encoding."""
    return decode(data) is not None


def parse(data: bytes, path: str) -> Document:
    """Read a text export; raises :class:`DocumentError` where the bytes are not text."""
    decoded = decode(data)
    if decoded is None:
        raise DocumentError(f"{path}: not a text file; export the paper as UTF-8 text")
    builder = DocumentBuilder(data, path, "text")
    if decoded.problem:
        builder.problems.append(decoded.problem)
        builder.status = "partial"
    all_lines = read_lines(decoded.text)
    lines = without_running_heads(all_lines)
    laid_out = keeps_layout(lines)
    lines = unfold(lines) if laid_out else lines
    cut = listed(lines)
    joiner = Joiner(lines)
    pieces = sew(_pieces(lines[:cut], joiner, laid_out=laid_out))
    assign_parts(pieces, joiner)
    builder.metadata = metadata(all_lines, pieces, joiner)
    builder.n_pages = lines[-1].page + 1 if lines and lines[-1].page else None
    _fill(builder, pieces, lines[cut:], joiner)
    return builder.build()


def _pieces(lines: Sequence[Line], joiner: Joiner, *, laid_out: bool) -> list[Piece]:
    """The document's stretches in the order in which they are printed."""
    width = usual_width(lines)
    pieces: list[Piece] = []
    prose: list[Line] = []
    i = 0
    while i < len(lines):
        caption = table_caption(lines[i].text)
        if caption:
            region = find_region(lines, i, caption, width)
            if not region.body and (above := region_above(prose, caption, region.title, width)).body:
                prose = prose[: -len(above.body)]
                above.notes, above.stop = region.notes, region.stop
                region = above
            piece, stop = Piece("table", table=read_table(region, joiner, laid_out=laid_out)), region.stop
        elif is_figure_caption(lines[i].text) and (lines[i].opens or not prose or not prose[-1].soft):
            stop = figure_end(lines, i, width)
            piece = Piece("figure", list(lines[i:stop]))
        else:
            prose.append(lines[i])
            i += 1
            continue
        pieces.extend([*paragraphs(prose, width), piece])
        prose = []
        i = max(stop, i + 1)
    return [*pieces, *paragraphs(prose, width)]


def _fill(builder: DocumentBuilder, pieces: Sequence[Piece], listed_lines: Sequence[Line], joiner: Joiner) -> None:
    """The pieces as blocks, tables and references of the builder."""
    cited: list[Line] = []
    for piece in pieces:
        if piece.table:
            _add_table(builder, piece.table, piece)
        elif piece.kind == "figure":
            builder.block("caption", joiner.join([line.text for line in piece.lines]), part=piece.part, section=piece.section)
        elif piece.kind == "paragraph" and piece.part == "references":
            cited.extend(piece.lines)
        else:
            _add_prose(builder, piece, joiner.join([line.text for line in piece.lines]))
    for reference in entries([*cited, *listed_lines], joiner):
        builder.references.append(reference)
        builder.block("reference", f"{reference.label} {reference.text}".strip(), part="references", section="References")


def _add_prose(builder: DocumentBuilder, piece: Piece, text: str) -> None:
    flat = find_flattened(text) if piece.kind == "paragraph" else None
    if flat is None:
        builder.block("heading" if piece.kind == "heading" else "paragraph", text, part=piece.part, section=piece.section)
        return
    label, caption, start, end = flat
    builder.block("paragraph", text[:start], part=piece.part, section=piece.section)
    _add_table(builder, TableDraft(label, caption, confidence=0.0), piece)
    builder.block("paragraph", text[end:], part=piece.part, section=piece.section)


def _add_table(builder: DocumentBuilder, draft: TableDraft, piece: Piece) -> None:
    builder.table(draft, part=piece.part, section=piece.section)
    if not draft.cells:
        builder.problems.append(
            f"{draft.label}: its cells could not be told apart in this export; give the paper as PDF, XML or HTML to read it"
        )
        builder.status = "partial"
