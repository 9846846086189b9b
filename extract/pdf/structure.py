"""From a table's region to its grid: columns, heads, rows, levels, marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, pstdev

from counterproof.extract.builder import CellDraft, TableDraft
from counterproof.extract.pdf.columns import Span, find_columns, split_by_heads, tie_bullets
from counterproof.extract.pdf.geometry import Rect, View, Word, around, join_words
from counterproof.extract.pdf.header import Head, header_end, read_heads
from counterproof.extract.pdf.notes import read_notes
from counterproof.extract.pdf.prose import words_text
from counterproof.extract.pdf.regions import Region
from counterproof.extract.pdf.rows import GridRow, make_rows
from counterproof.extract.pdf.words import cluster
from counterproof.kb.document import Box

MARK = re.compile(r"[a-zA-Z*†‡§¶#‖|,\s]{1,5}")
"""What a raised word must be to count as footnote marks; raised digits are exponents as often."""


@dataclass(slots=True)
class Grid:
    """A table, or one page's part of it, as columns, heads and rows."""

    view: View
    region: Region
    columns: list[Span]
    heads: list[Head]
    rows: list[GridRow]

    @property
    def head_text(self) -> str:
        """The words of all heads, to recognise them when they are repeated."""
        return " ".join(sorted(w.text for head in self.heads for line in head.lines for w in line))


def read_grid(view: View, region: Region, columns: list[Span] | None = None, headless: bool = False) -> Grid | None:
    """The grid in a region, None where nothing tabular stands there.

    The part of a table that goes on from another page is read with that one's columns, and without heads if it has none.
    """
    body = region.body
    lines = cluster([w for w in view.words if body.holds(w, 1.0)])
    if len(lines) < (1 if headless else 2):
        return None
    tie_bullets(lines)
    end = body.top if headless else header_end(lines, body, region.rules)
    under = [line for line in lines if line[0].base > end]
    over = [line for line in lines if line[0].base <= end]
    if not under:
        under, over = over, []
    columns = columns or split_by_heads(find_columns(under, body, rule_pieces(view, body)), over, under)
    inner = [s for s in view.level if body.top - 2 < s.top < end - 1 and s.x0 >= body.x0 - 4 and s.x1 <= body.x1 + 4]
    between = [r for r in region.rules if r.top > end + 1 and r.width > 0.5 * body.width]
    rows = make_rows(under, columns, between)
    heads = read_heads(over, columns, _extents(rows, columns), _strokes(inner), view.upright)
    return Grid(view, region, columns, heads, rows)


def _extents(rows: Sequence[GridRow], columns: list[Span]) -> list[Span]:
    """Where the values of each column stand."""
    found: list[Span] = []
    for index, column in enumerate(columns):
        words = [w for row in rows for line in row.cells[index] for w in line if row.values or index]
        found.append(Span(min(w.x0 for w in words), max(w.x1 for w in words)) if words else column)
    return found


def make_draft(parts: list[Grid]) -> TableDraft:
    """The table of these parts, which follow each other and share their columns; the first one's heads hold for all."""
    first = parts[0]
    heads = first.heads
    rows = [(part.view, row) for part in parts for row in part.rows]
    tidy_columns(heads, [row for _, row in rows])
    caption = first.region.caption
    draft = TableDraft(caption.label, caption.text, box=first.view.to_page(first.region.body))
    depth = max((h.level for h in heads), default=-1) + 1
    draft.header_rows = depth
    for head in heads:
        below = [o.level for o in heads if o.level > head.level and o.first <= head.last and o.last >= head.first]
        span = (min(below) if below else depth) - head.level
        draft.cells.append(_cell(first.view, head.lines, head.level, head.first, span, head.last - head.first + 1))
    for index, (view, row) in enumerate(rows):
        for column, lines in enumerate(row.cells):
            if lines:
                draft.cells.append(_cell(view, lines, depth + index, column, 1, _free_span(row, column)))
    draft.row_levels = [0] * depth + [level for part in parts for level in _levels(part.rows)]
    draft.footnotes = [note for part in parts for note in read_notes(part.region.notes)]
    return draft


def _free_span(row: GridRow, column: int) -> int:
    """How many columns a cell reaches over: as far as no other cell stands."""
    last = row.spans.get(column, column)
    taken = [c for c in range(column + 1, last + 1) if row.cells[c]]
    return (min(taken) - 1 if taken else last) - column + 1


def _cell(view: View, lines: list[list[Word]], row: int, column: int, row_span: int, column_span: int) -> CellDraft:
    words = [w for line in lines for w in line]
    kept, marks = _take_marks(lines)
    text = words_text(kept)
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


def _levels(rows: list[GridRow]) -> list[int]:
    """Depth of each row by the indentation of its label; none where labels are centred."""
    labels = [row.cells[0][0] if row.cells[0] else None for row in rows]
    known = [label for label in labels if label]
    if len(known) < 2 or _is_centred(known):
        return [0] * len(rows)
    size = median(label[0].size for label in known)
    steps: list[float] = []
    for start in sorted(label[0].x0 for label in known):
        if not steps or start - steps[-1] > 0.35 * size:
            steps.append(start)
    return [sum(s <= label[0].x0 + 0.01 for s in steps) - 1 if label else 0 for label in labels]


def _is_centred(labels: list[list[Word]]) -> bool:
    """Whether labels share their middle rather than their left edge."""
    left = [label[0].x0 for label in labels]
    middle = [(label[0].x0 + label[-1].x1) / 2 for label in labels]
    return pstdev(left) > 0.5 * label_size(labels) and pstdev(middle) < 0.35 * pstdev(left)


def label_size(labels: list[list[Word]]) -> float:
    """The usual font size of these labels."""
    return median(label[0].size for label in labels)


def _strokes(rules: list[Rect]) -> list[Rect]:
    """Rules within the head, pieces joined only where they overlap."""
    joined: list[Rect] = []
    for rule in sorted(rules, key=lambda r: (round(r.top), r.x0)):
        last = joined[-1] if joined else None
        if last and abs(last.top - rule.top) < 1 and rule.x0 <= last.x1 + 0.3:
            joined[-1] = Rect(last.x0, last.top, max(last.x1, rule.x1), last.bottom)
        else:
            joined.append(rule)
    return joined


def tidy_columns(heads: list[Head], rows: list[GridRow]) -> None:
    """Drop columns without any cell, and join a column of brackets without a head of its own to the one before."""
    count = len(rows[0].cells) if rows else 0
    own = {h.first for h in heads if h.first == h.last}
    for column in range(count - 1, 0, -1):
        cells = [join_words(row.cells[column][0]) for row in rows if row.cells[column]]
        if (not cells and column not in own) or (
            column not in own and column - 1 > 0 and cells and sum(c.startswith(("(", "[", "±", "%")) for c in cells) >= 0.8 * len(cells)
        ):
            _join_column(heads, rows, column)


def _join_column(heads: list[Head], rows: list[GridRow], column: int) -> None:
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


def rule_pieces(view: View, body: Rect) -> list[float]:
    """Where a level rule within the table is cut into cells: the edges between pieces that touch, of the row with most pieces."""
    rows: dict[int, list[Rect]] = {}
    for rule in view.level:
        if body.top - 3 <= rule.top <= body.bottom + 3 and rule.x0 >= body.x0 - 6 and rule.x1 <= body.x1 + 6:
            rows.setdefault(round((rule.top + rule.bottom) / 2), []).append(rule)
    best: list[float] = []
    for pieces in rows.values():
        pieces.sort(key=lambda r: r.x0)
        edges = [(a.x1 + b.x0) / 2 for a, b in itertools.pairwise(pieces) if abs(b.x0 - a.x1) < 4 and b.x0 > a.x0 + 4]
        if len(edges) > len(best):
            best = edges
    tall = [r for r in view.upright if body.x0 + 3 < r.x0 < body.x1 - 3 and r.top < body.bottom and r.bottom > body.top]
    return best + [(r.x0 + r.x1) / 2 for r in tall]
