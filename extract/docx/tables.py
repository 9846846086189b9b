"""Tables of a Word file as rows of markup: grid and vertical merges resolved to spans."""

from __future__ import annotations

from lxml import etree

from counterproof.extract.docx.inline import NoteText, is_emphasised, paragraph_text
from counterproof.extract.docx.package import W, local_name
from counterproof.extract.markup.grid import MarkupCell, MarkupRow, indent_of

_TWIPS_PER_EM = 220
_PLAIN_SPACE = 0.25
_TAB = 2.0


def table_rows(table: etree._Element, paths: dict[etree._Element, str], note: NoteText) -> list[MarkupRow]:
    """The table's rows; rows marked to repeat on each page are its head."""
    grid = [_row_cells(row) for row in table if local_name(row) == "tr"]
    heads = [_is_head(row) for row in table if local_name(row) == "tr"]
    rows: list[MarkupRow] = []
    for r, cells in enumerate(grid):
        head = all(heads[: r + 1])
        made = [_cell(cell, span, _height(grid, r, column), paths, note) for column, span, cell in cells if not _continues(cell)]
        rows.append(MarkupRow(made, "head" if head else "body"))
    return rows


_Placed = list[tuple[int, int, etree._Element | None]]


def _row_cells(row: etree._Element) -> _Placed:
    """(grid column, columns spanned, cell) of a row; None for the empty grid columns before the first cell."""
    skipped = _number(row, "trPr/gridBefore")
    placed: _Placed = [(0, skipped, None)] if skipped else []
    column = skipped
    for cell in row:
        if local_name(cell) != "tc":
            continue
        span = max(1, _number(cell, "tcPr/gridSpan"))
        merged = cell.find(f"{W}tcPr/{W}hMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue" and placed:
            before = placed[-1]
            placed[-1] = (before[0], before[1] + span, before[2])
        else:
            placed.append((column, span, cell))
        column += span
    return placed


def _number(element: etree._Element, path: str) -> int:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    value = found.get(f"{W}val", "0") if found is not None else "0"
    return min(int(value), 500) if value.isascii() and value.isdecimal() else 0


def _continues(cell: etree._Element | None) -> bool:
    """Whether the cell is the lower part of one merged downwards."""
    merged = cell.find(f"{W}tcPr/{W}vMerge") if cell is not None else None
    return merged is not None and merged.get(f"{W}val", "continue") != "restart"


def _height(grid: list[_Placed], row: int, column: int) -> int:
    """How many rows a cell covers: those below it that continue it at the same grid column."""
    height = 1
    for below in grid[row + 1 :]:
        if not any(c == column and _continues(cell) for c, _, cell in below):
            break
        height += 1
    return height


def _is_head(row: etree._Element) -> bool:
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _cell(cell: etree._Element | None, span: int, height: int, paths: dict[etree._Element, str], note: NoteText) -> MarkupCell:
    if cell is None:
        return MarkupCell("", column_span=span)
    marks: list[str] = []
    paragraphs = list(cell.iter(f"{W}p"))
    texts = [paragraph_text(p, marks, note) for p in paragraphs]
    worded = [p for p, text in zip(paragraphs, texts, strict=True) if text.strip()]
    return MarkupCell(
        text="\n".join(texts).strip("\n"),
        row_span=height,
        column_span=span,
        bold=bool(worded) and all(is_emphasised(p, "b") for p in worded),
        italic=bool(worded) and all(is_emphasised(p, "i") for p in worded),
        indent=_indent(worded[0], next(t for t in texts if t.strip())) if worded else 0.0,
        marks=marks,
        xpath=paths.get(cell),
    )


def _indent(paragraph: etree._Element, text: str) -> float:
    """How far the first line is indented, in ems: by its format, by tabs, by the spaces that people type."""
    format_ = paragraph.find(f"{W}pPr/{W}ind")
    twips = 0
    if format_ is not None:
        for name in ("left", "start", "firstLine"):
            value = format_.get(f"{W}{name}", "0")
            twips += int(value) if value.lstrip("-").isdecimal() else 0
    lead = text[: len(text) - len(text.lstrip())]
    return round(max(0.0, twips / _TWIPS_PER_EM) + lead.count(" ") * _PLAIN_SPACE + lead.count("\t") * _TAB + indent_of(text), 2)
