"""From a table's region to its grid: columns, heads, rows, levels, marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.builder import CellDraft, TableDraft
from counterproof.extract.pdf.columns import Span, find_columns
from counterproof.extract.pdf.geometry import Rect, View, Word, around, join_words
from counterproof.extract.pdf.header import Head, header_end, read_heads
from counterproof.extract.pdf.notes import read_notes
from counterproof.extract.pdf.regions import Region
from counterproof.extract.pdf.rows import GridRow, make_rows
from counterproof.extract.pdf.words import cluster
from counterproof.extract.repair import repair, superscript
from counterproof.kb.document import Box

MARK = re.compile(r"[a-zA-Z*†‡§¶#‖|,\s]{1,5}")
"""What a raised word must be to count as footnote marks; raised digits are exponents as often."""


def read_table(view: View, region: Region, pieces: list[float]) -> TableDraft | None:
    """The table in a region, None where nothing tabular stands there."""
    body = region.body
    words = [w for w in view.words if body.holds(w, 1.0)]
    lines = cluster(words)
    if len(lines) < 2:
        return None
    end = header_end(lines, body, region.rules)
    under = [line for line in lines if line[0].base > end]
    over = [line for line in lines if line[0].base <= end]
    if not under:
        under, over = over, []
    columns = find_columns(under, body, pieces)
    inner = [r for r in region.rules if r.top < end - 1]
    between = [r for r in region.rules if r.top > end + 1 and r.width > 0.5 * body.width]
    rows = make_rows(under, columns, between)
    extents = _extents(rows, columns)
    heads = read_heads(over, columns, extents, inner)
    return _draft(view, region, heads, rows)


def _extents(rows: Sequence[GridRow], columns: list[Span]) -> list[Span]:
    """Where the values of each column stand."""
    found: list[Span] = []
    for index, column in enumerate(columns):
        words = [w for row in rows for line in row.cells[index] for w in line if row.values or index]
        found.append(Span(min(w.x0 for w in words), max(w.x1 for w in words)) if words else column)
    return found


def _draft(view: View, region: Region, heads: list[Head], rows: list[GridRow]) -> TableDraft:
    caption = region.caption
    draft = TableDraft(caption.label, caption.text, box=view.to_page(region.body))
    depth = max((h.level for h in heads), default=-1) + 1
    draft.header_rows = depth
    for head in heads:
        below = [o.level for o in heads if o.level > head.level and o.first <= head.last and o.last >= head.first]
        span = (min(below) if below else depth) - head.level
        draft.cells.append(_cell(view, head.lines, head.level, head.first, span, head.last - head.first + 1))
    for index, row in enumerate(rows):
        for column, lines in enumerate(row.cells):
            if lines:
                draft.cells.append(_cell(view, lines, depth + index, column, 1, 1))
    draft.row_levels = [0] * depth + _levels(rows)
    draft.footnotes = read_notes(region.notes)
    return draft


def _cell(view: View, lines: list[list[Word]], row: int, column: int, row_span: int, column_span: int) -> CellDraft:
    words = [w for line in lines for w in line]
    kept, marks = _take_marks(lines)
    text = cell_text(kept)
    bold = all(w.bold for w in words)
    return CellDraft(row, column, text, row_span, column_span, marks, bold, _box(view, words))


def _box(view: View, words: list[Word]) -> Box:
    return view.to_page(around(words))


def _take_marks(lines: list[list[Word]]) -> tuple[list[list[Word]], tuple[str, ...]]:
    kept: list[list[Word]] = []
    marks: list[str] = []
    for line in lines:
        rest: list[Word] = []
        for word in line:
            if word.raised == 1 and MARK.fullmatch(word.text):
                marks.extend(m for m in re.findall(r"[a-zA-Z]|[^\w\s,]+", word.text))
            else:
                rest.append(word)
        kept.append(rest)
    return kept, tuple(marks)


def cell_text(lines: list[list[Word]]) -> str:
    """The lines of a cell as one text: superscript digits stay raised, hyphens at line ends close up."""
    text = ""
    for line in lines:
        part = join_words([_raised(w) for w in line])
        if not part:
            continue
        if text.endswith("\ufffe"):
            text = text[:-1] + part
        elif text.endswith("-") and part[:1].islower():
            text += part
        else:
            text = f"{text} {part}" if text else part
    return repair(text.replace("\ufffe", "-"))


def _raised(word: Word) -> Word:
    if word.raised == 1:
        return Word(superscript(word.text), word.x0, word.x1, word.base, word.size, glued=word.glued)
    return word


def _levels(rows: list[GridRow]) -> list[int]:
    """Depth of each row by the indentation of its label."""
    starts = [row.cells[0][0][0].x0 if row.cells[0] else None for row in rows]
    size = max((row.cells[0][0][0].size for row in rows if row.cells[0]), default=8.0)
    steps: list[float] = []
    for start in sorted(s for s in starts if s is not None):
        if not steps or start - steps[-1] > 0.35 * size:
            steps.append(start)
    levels: list[int] = []
    for start in starts:
        levels.append(0 if start is None else max(i for i, s in enumerate(steps) if s <= start + 0.01))
    return levels


def rule_pieces(view: View, body: Rect) -> list[float]:
    """Where a level rule within the table is cut into cells: the edges between pieces that touch, of the row with most pieces."""
    rows: dict[int, list[Rect]] = {}
    for rule in view.level:
        if body.top - 3 <= rule.top <= body.bottom + 3 and rule.x0 >= body.x0 - 6 and rule.x1 <= body.x1 + 6:
            rows.setdefault(round((rule.top + rule.bottom) / 2), []).append(rule)
    best: list[float] = []
    for pieces in rows.values():
        pieces.sort(key=lambda r: r.x0)
        edges = [(a.x1 + b.x0) / 2 for a, b in zip(pieces, pieces[1:], strict=False) if abs(b.x0 - a.x1) < 4 and b.x0 > a.x0 + 4]
        if len(edges) > len(best):
            best = edges
    return best
