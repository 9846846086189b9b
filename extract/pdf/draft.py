"""From a table's grid to its draft: cells with text, marks, box and confidence."""

from __future__ import annotations

from dataclasses import replace

from counterproof.extract.builder import CellDraft, TableDraft
from counterproof.extract.pdf.confidence import cell_confidence, numeric_columns, table_confidence
from counterproof.extract.pdf.geometry import View, Word, around, join_words
from counterproof.extract.pdf.header import Head
from counterproof.extract.pdf.levels import row_levels
from counterproof.extract.pdf.marks import take_marks, take_trailing
from counterproof.extract.pdf.notes import read_notes
from counterproof.extract.pdf.prose import words_text
from counterproof.extract.pdf.rows import GridRow
from counterproof.extract.pdf.structure import Grid

BRACKETS = ("(", "[", "±", "%")
BRACKET_SHARE = 0.8
"""A column without a head of its own whose cells open with a bracket, in this share, belongs to the one before."""


def make_draft(parts: list[Grid]) -> TableDraft:
    """The table of these parts, which follow each other and share their columns; the first one's heads hold for all."""
    first = parts[0]
    rows = [(part.view, row) for part in parts for row in part.rows]
    _tidy_columns(first.heads, [row for _, row in rows])
    caption = first.region.caption
    draft = TableDraft(caption.label, caption.text, box=first.view.to_page(first.region.body))
    draft.header_rows = max((h.level for h in first.heads), default=-1) + 1
    draft.cells = _head_cells(first, draft.header_rows) + _body_cells(rows, first.heads, draft.header_rows)
    draft.row_levels = [0] * draft.header_rows + [level for part in parts for level in row_levels(part.rows)]
    draft.footnotes = [note for part in parts for note in read_notes(part.region.notes)]
    draft.confidence = table_confidence(draft.cells, draft.header_rows, first.region.ruled)
    return draft


def _head_cells(grid: Grid, depth: int) -> list[CellDraft]:
    """Each head from its level down to the next head below it."""
    cells: list[CellDraft] = []
    for head in grid.heads:
        below = [o.level for o in grid.heads if o.level > head.level and o.first <= head.last and o.last >= head.first]
        down = (min(below) if below else depth) - head.level
        cells.append(_cell(grid.view, head.lines, (head.level, head.first), (down, head.last - head.first + 1)))
    return cells


def _body_cells(rows: list[tuple[View, GridRow]], heads: list[Head], depth: int) -> list[CellDraft]:
    cells: list[CellDraft] = []
    count = len(rows[0][1].cells) if rows else 0
    numeric = numeric_columns([row for _, row in rows], count)
    headed = {c for head in heads for c in range(head.first, head.last + 1)}
    for index, (view, row) in enumerate(rows):
        for column, lines in enumerate(row.cells):
            if lines:
                cell = _cell(view, lines, (depth + index, column), (1, _free_span(row, column)))
                headless = column > 0 and bool(heads) and column not in headed
                sure = cell_confidence(lines, cell.text, numeric[column], column > 0 and cell.column_span > 1, headless)
                cells.append(replace(cell, confidence=sure))
    return cells


def _free_span(row: GridRow, column: int) -> int:
    """How many columns a cell reaches over: as far as no other cell stands."""
    last = row.spans.get(column, column)
    taken = [c for c in range(column + 1, last + 1) if row.cells[c]]
    return (min(taken) - 1 if taken else last) - column + 1


def _cell(view: View, lines: list[list[Word]], place: tuple[int, int], span: tuple[int, int]) -> CellDraft:
    words = [word for line in lines for word in line]
    kept, marks = take_marks(lines)
    text, trailing = take_trailing(words_text(kept))
    box = view.to_page(around(words))
    return CellDraft(*place, text, *span, tuple(marks + trailing), all(word.bold for word in words), box)


def _tidy_columns(heads: list[Head], rows: list[GridRow]) -> None:
    """Drop columns without any cell, and join a column of brackets without a head of its own to the one before."""
    own = {h.first for h in heads if h.first == h.last}
    for column in range(len(rows[0].cells) - 1 if rows else 0, 0, -1):
        cells = [join_words(row.cells[column][0]) for row in rows if row.cells[column]]
        brackets = column > 1 and sum(cell.startswith(BRACKETS) for cell in cells) >= BRACKET_SHARE * len(cells)
        if column not in own and (not cells or brackets or _only_spanning(rows, column)):
            _join_column(heads, rows, column)


def _only_spanning(rows: list[GridRow], column: int) -> bool:
    """Whether a column holds nothing but cells centred over its two neighbours: then it is none, and these cells span both."""
    if not 1 < column < len(rows[0].cells) - 1:
        return False
    held = [row for row in rows if row.cells[column]]
    if any(row.cells[column - 1] or row.cells[column + 1] for row in held):
        return False
    if not any(row.cells[column - 1] and row.cells[column + 1] for row in rows):
        return False
    for row in held:
        row.spans[column - 1] = column + 1
    return True


def _join_column(heads: list[Head], rows: list[GridRow], column: int) -> None:
    """Let a column's cells follow those of the column before, line by line."""
    for row in rows:
        left, right = row.cells[column - 1], row.cells.pop(column)
        row.spans = {f - (f >= column): e - (e >= column) for f, e in row.spans.items() if f - (f >= column) < e - (e >= column)}
        for index, line in enumerate(right):
            if index < len(left):
                left[index] = left[index] + line
            else:
                left.append(line)
    for head in heads:
        head.first -= head.first >= column
        head.last -= head.last >= column
