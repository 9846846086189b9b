"""From a table's region to its grid: columns, heads and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from counterproof.extract.pdf.columns import Span, find_columns, grid_columns, split_by_heads, tie_bullets
from counterproof.extract.pdf.geometry import Rect, View
from counterproof.extract.pdf.header import Head, read_heads
from counterproof.extract.pdf.header_end import header_end
from counterproof.extract.pdf.notes import split_notes
from counterproof.extract.pdf.regions import Region
from counterproof.extract.pdf.rows import GridRow, make_rows
from counterproof.extract.pdf.words import cluster


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
    lines, notes = split_notes(lines, body)
    region.notes[:0] = notes
    tie_bullets(lines)
    end = body.top if headless else header_end(lines, body, region.rules)
    under = [line for line in lines if line[0].base > end]
    over = [line for line in lines if line[0].base <= end]
    if not under:
        under, over = over, []
    if columns is None:
        found = find_columns(under, body, rule_pieces(view, body))
        columns = split_by_heads(grid_columns(_grid_edges(view, body, end), found, body), over, under)
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


def rule_pieces(view: View, body: Rect) -> list[float]:
    """Where a level rule within the table is cut into cells: the edges between pieces that touch, of the row with most pieces."""
    rows: dict[int, list[Rect]] = {}
    for rule in view.level:
        if body.top - 3 <= rule.top <= body.bottom + 3 and rule.x0 >= body.x0 - 6 and rule.x1 <= body.x1 + 6:
            rows.setdefault(round((rule.top + rule.bottom) / 2), []).append(rule)
    best: list[float] = []
    for pieces in rows.values():
        pieces.sort(key=lambda r: r.x0)
        edges = [(a.x1 + b.x0) / 2 for a, b in pairwise(pieces) if abs(b.x0 - a.x1) < 4 and b.x0 > a.x0 + 4]
        if len(edges) > len(best):
            best = edges
    tall = [r for r in view.upright if body.x0 + 3 < r.x0 < body.x1 - 3 and r.top < body.bottom and r.bottom > body.top]
    return best + [(r.x0 + r.x1) / 2 for r in tall]


def _grid_edges(view: View, body: Rect, top: float) -> list[float]:
    """Where upright rules run along at least half of the rows."""
    heights: dict[int, list[Rect]] = {}
    for rule in view.upright:
        x = (rule.x0 + rule.x1) / 2
        if body.x0 + 3 < x < body.x1 - 3 and rule.top < body.bottom and rule.bottom > top:
            key = next((k for k in (round(x), round(x) - 1, round(x) + 1) if k in heights), round(x))
            heights.setdefault(key, []).append(rule)
    return sorted(
        sum(r.x0 + r.x1 for r in rules) / (2 * len(rules))
        for rules in heights.values()
        if sum(min(r.bottom, body.bottom) - max(r.top, top) for r in rules) >= 0.5 * (body.bottom - top)
    )
