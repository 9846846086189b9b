"""A table of an export as a draft: heads, rows, cells, levels, notes."""

from __future__ import annotations

from collections.abc import Sequence

from counterproof.extract.builder import CellDraft, TableDraft
from counterproof.extract.text.heads import Head, Heads, is_head_line, read_heads, split_sections, told_heads
from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.levels import row_levels
from counterproof.extract.text.lines import Line
from counterproof.extract.text.listing import read_listing
from counterproof.extract.text.notes import read_notes, take_marks
from counterproof.extract.text.placing import place_rows
from counterproof.extract.text.positional import Column, find_columns, place, place_heads
from counterproof.extract.text.region import Region
from counterproof.extract.text.rows import Row, read_rows, value_columns
from counterproof.extract.text.stacked import column_after_column, headed_columns, is_stacked, row_after_row
from counterproof.extract.text.unfold import keeps_layout
from counterproof.extract.text.values import peel


def read_table(region: Region, joiner: Joiner, *, laid_out: bool = False) -> TableDraft:
    """The table in a region; without rows it is a draft of label and caption alone, with no confidence.

    ``laid_out`` says that the export keeps places by runs of spaces.
    """
    title = joiner.join([region.caption.rest, *(line.text for line in region.title[1:])])
    draft = TableDraft(region.caption.label, title.rstrip("."), footnotes=read_notes(region.notes, joiner))
    first = first_row(region.body)
    if (laid_out or keeps_layout(region.body, 0.5)) and (columns := find_columns(region.body[first:])) and len(columns) > 1:
        return _positional(draft, region.body, first, columns, joiner)
    if is_stacked(region.body):
        return _stacked(draft, region.body, first, joiner)
    listing = read_listing(region.body[first:])
    n_columns = len(listing[0]) - 1 if listing else _columns(region.body, first)
    if first == len(region.body) or n_columns < 1:
        draft.confidence = 0.0
        return draft
    end = split_sections(region.body[: _label_top(region.body, first)], n_columns, region.body[first].indent)
    heads = read_heads(region.body[:end], n_columns)
    if listing:
        return _listed(draft, heads, listing)
    rows = read_rows(region.body[end:], n_columns, joiner)
    return _filled(draft, heads, rows, n_columns)


def _stacked(draft: TableDraft, lines: Sequence[Line], first: int, joiner: Joiner) -> TableDraft:
    """A table with one cell a line; where its cells cannot be brought together for sure it stays without any."""
    if headed := headed_columns(lines):
        heads = Heads(tuple(Head(text, 0, c) for c, text in enumerate(headed[0], 1)), 1, 0.7)
        return _filled(draft, heads, headed[1], len(headed[0]))
    if stacks := column_after_column(lines):
        above, rows, n_columns = stacks
        return _filled(draft, read_heads(above, n_columns), rows, n_columns)
    top = _label_top(lines, first)
    rows, n_columns = row_after_row(lines[top:], joiner)
    if not n_columns:
        draft.confidence = 0.0
        return draft
    end = split_sections(lines[:top], n_columns, lines[first].indent)
    return _filled(draft, read_heads(lines[:end], n_columns), rows, n_columns)


def _positional(draft: TableDraft, lines: Sequence[Line], first: int, columns: Sequence[Column], joiner: Joiner) -> TableDraft:
    end = split_sections(lines[:first], len(columns) - 1, lines[first].indent)
    heads = place_heads(lines[:end], columns, joiner)
    placed = place(lines[end:], columns, joiner)
    defined = {note.mark for note in draft.footnotes if note.mark}
    _add_heads(draft, heads, defined)
    for i, row in enumerate(placed):
        draft.cells.extend(_cell(heads.depth + i, c, text, defined, 0.9) for c, text in sorted(row.cells.items()))
    levels = row_levels([row.row() for row in placed], [row.columns for row in placed], len(columns) - 1)
    draft.row_levels = [0] * heads.depth + levels
    draft.confidence = heads.confidence
    return draft


def _label_top(lines: Sequence[Line], first: int) -> int:
    """Where the label of the first row begins: above its values where they have none on their own line."""
    if first in (0, len(lines)) or peel(lines[first].text).label:
        return first
    top = first - 1
    while top and not lines[top].opens and (lines[top].text[:1].islower() or lines[top].text[:1] == "("):
        top -= 1
    return top


def _columns(lines: Sequence[Line], first: int) -> int:
    """The number of value columns; heads that close visibly say it where but one row has them all."""
    n_columns = value_columns(lines[first:])
    told = told_heads(lines[:first])
    return told if told > n_columns and any(len(peel(line.text).values) == told for line in lines[first:]) else n_columns


def first_row(lines: Sequence[Line]) -> int:
    """The index of the first line that holds a row's values."""
    for i, line in enumerate(lines):
        if peel(line.text).values and not is_head_line(line):
            return i
    return len(lines)


def _filled(draft: TableDraft, heads: Heads, rows: Sequence[Row], n_columns: int) -> TableDraft:
    if not _trusted(rows):
        draft.confidence = 0.0
        return draft
    placed = place_rows(rows, [heads.of_column(c + 1) for c in range(n_columns)])
    levels = row_levels(rows, [p.columns for p in placed], n_columns)
    defined = {note.mark for note in draft.footnotes if note.mark}
    _add_heads(draft, heads, defined)
    for i, (row, places) in enumerate(zip(rows, placed, strict=True)):
        at = heads.depth + i
        if row.label:
            draft.cells.append(_cell(at, 0, row.label, defined, 1.0))
        sure = 1.0 if places.certain else 0.5
        draft.cells.extend(_cell(at, 1 + c, v.text, defined, sure) for c, v in zip(places.columns, row.values, strict=True))
    draft.row_levels = [0] * heads.depth + levels
    draft.confidence = heads.confidence
    return draft


def _trusted(rows: Sequence[Row]) -> bool:
    """Whether rows and labels can belong together: where many values have no label the export printed columns, not rows."""
    valued = [row for row in rows if row.values]
    return bool(valued) and sum(not row.label for row in valued) <= max(1, 0.35 * len(valued))


def _listed(draft: TableDraft, heads: Heads, listing: Sequence[Sequence[str]]) -> TableDraft:
    defined = {note.mark for note in draft.footnotes if note.mark}
    _add_heads(draft, heads, defined)
    for i, row in enumerate(listing):
        draft.cells.extend(_cell(heads.depth + i, c, text, defined, 0.8) for c, text in enumerate(row) if text)
    draft.row_levels = [0] * (heads.depth + len(listing))
    draft.confidence = min(0.8, heads.confidence)
    return draft


def _add_heads(draft: TableDraft, heads: Heads, defined: set[str]) -> None:
    draft.header_rows = heads.depth
    for head in heads.heads:
        text, marks = take_marks(head.text, defined)
        draft.cells.append(CellDraft(head.row, head.column, text, head.rows, head.columns, marks, confidence=heads.confidence))


def _cell(row: int, column: int, text: str, defined: set[str], confidence: float) -> CellDraft:
    kept, marks = take_marks(text, defined)
    return CellDraft(row, column, kept, marks=marks, confidence=confidence)
