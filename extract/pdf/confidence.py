"""How sure a table's cells are: two readings must agree, and a column must keep to its kind.

The grid comes from the white space that runs down all rows. The second reading looks along one row only: wide gaps part cells. A
cell that holds a wide gap, or two complete numbers on two lines, or a text among numbers, is doubted.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean

from counterproof.extract.builder import CellDraft
from counterproof.extract.pdf.geometry import Word, join_words
from counterproof.extract.pdf.rows import GridRow, is_complete
from counterproof.extract.pdf.tabular import is_value

GAP = 0.95
"""Words further apart than this many font sizes are two cells when read along the row."""
DOUBTS = {"gap": 0.6, "stacked": 0.6, "kind": 0.75, "spanning": 0.75, "unreadable": 0.5, "headless": 0.85}
"""What each doubt leaves of a cell's confidence."""
KIND = 0.8
"""A column is one of numbers if this share of its cells are."""
UNRULED = 0.85
"""What is left of a table's confidence where no rule or band frames it."""


def cell_confidence(lines: list[list[Word]], text: str, numeric: bool, spans: bool, headless: bool) -> float:
    """Confidence of one cell below the heads; ``numeric`` says that its column is one of numbers."""
    doubts = {
        "gap": any(right.x0 - left.x1 > GAP * right.size for line in lines for left, right in pairwise(line)),
        "stacked": len(lines) > 1 and sum(is_complete(join_words(line)) for line in lines) > 1,
        "kind": numeric and not is_value(text),
        "spanning": spans and any(c.isdigit() for c in text),
        "unreadable": "\ufffd" in text,
        "headless": headless,
    }
    sure = 1.0
    for doubt, found in doubts.items():
        sure *= DOUBTS[doubt] if found else 1.0
    return round(sure, 3)


def numeric_columns(rows: list[GridRow], count: int) -> list[bool]:
    """Which columns hold numbers."""
    numeric = [False]
    for column in range(1, count):
        texts = [join_words(row.cells[column][0]) for row in rows if row.cells[column]]
        numeric.append(len(texts) > 2 and sum(map(is_value, texts)) >= KIND * len(texts))
    return numeric


def table_confidence(cells: list[CellDraft], header_rows: int, ruled: bool) -> float:
    """Confidence of the grid: that of its cells right of the labels, less where there are no heads or no frame."""
    body = [cell.confidence for cell in cells if cell.row >= header_rows and cell.column]
    sure = fmean(body) if body else 0.5
    return round(sure * (1.0 if ruled else UNRULED) * (1.0 if header_rows else UNRULED), 3)
