"""Which rows of a marked-up table are its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from counterproof.extract.markup.grid import MarkupCell, MarkupRow, Placed, width_of
from counterproof.extract.repair import repair

_VALUE = re.compile(
    r"[<>≤≥=±~(\[]?\s*[-−+]?\d[\d.·\s]*+(?:%\s*+)?(?:$|[(\[±/–—,;*+-]|to\b)|[<>≤≥]\s*[\d.]|(?:ns|n\.s\.|na|nr|n/a)$|[-–—]+$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\bn\s*=|^\(?\d+\)$", re.IGNORECASE)
_STEP = re.compile(r"(\d{1,4})(?:,(\d{3}))?\s*([^\W\d]\S{0,7})?")


def header_rows(rows: Sequence[MarkupRow], placed: Sequence[Placed]) -> tuple[int, bool]:
    """The number of header rows, and whether the markup alone says so.

    Without a head part they are inferred: rows at the top that hold no values, the first one, and those under a spanning head
    or with an empty stub. A head part that stops short of such a row (a line of ``n = 50`` or ``Mean (SD)`` over values) is
    carried on to it.
    """
    marked = sum(row.group == "head" for row in rows)
    by_row: list[list[Placed]] = [[] for _ in rows]
    for p in placed:
        if p.cell.text.strip():
            by_row[p.row].append(p)
    if 0 < marked < len(rows):
        count = marked
        while count < len(rows) - 1 and _continues_head(by_row[count], by_row[count + 1 :]):
            count += 1
        return count, count == marked
    return _inferred_header(by_row, width_of(placed)), False


def is_value(text: str) -> bool:
    """Whether a cell's text is a value of a table's body, not a head; sizes such as ``(n = 50)`` belong to heads."""
    text = repair(text)
    return bool(_VALUE.match(text)) and not _SIZE.search(text)


def _continues_head(row: Sequence[Placed], below: Sequence[Sequence[Placed]]) -> bool:
    """Whether a row right under the head still heads columns: empty stub, at least two words, and values in these columns below."""
    columns = {p.column for p in row}
    if len(columns) < 2 or 0 in columns or any(is_value(p.cell.text) for p in row):
        return False
    next_rows = [r for r in below if len(r) > 1 and any(p.column == 0 for p in r)][:1]
    beneath = {p.column for r in next_rows for p in r if is_value(p.cell.text)}
    return len(columns & beneath) * 2 > len(columns)


def _inferred_header(by_row: Sequence[Sequence[Placed]], width: int) -> int:
    titles = 0
    while titles < len(by_row) and len(by_row[titles]) == 1 and by_row[titles][0].cell.column_span >= width > 1:
        titles += 1
    count = open_until = titles
    for r in range(titles, len(by_row) - 1):
        row = by_row[r]
        if not row and r <= open_until:
            open_until = max(open_until, r + 2)  # a rule drawn as a row
            continue
        values = [p.cell for p in row if p.column]
        under = r < open_until or (r > titles and bool(values) and all(p.column for p in row))
        wordy = bool(values) and not any(is_value(c.text) for c in values)
        heads = bool(values) and all(p.cell.head for p in row)
        covered = r > titles and any(p.column == 0 and p.row + p.cell.row_span > r for p in by_row[titles])
        if not covered and (not (wordy or heads or _counts_up(values)) or not (r == titles or under or heads)):
            break
        count = r + 1
        spanning = any(p.column and p.cell.column_span > 1 for p in row)
        open_until = max([open_until, r + 2 if spanning else 0, *(r + p.cell.row_span for p in row)])
    return count if count > titles else 0


def _counts_up(values: Sequence[MarkupCell]) -> bool:
    """Heads that are numbers: years, weeks, grades or doses, rising by steps (``0 1 2 3``, ``500 µm 1,000 µm 1,500 µm``)."""
    steps: list[tuple[int, str]] = []
    for cell in values:
        if hit := _STEP.fullmatch(repair(cell.text)):
            steps.append((int(hit[1] + (hit[2] or "")), hit[3] or ""))
        elif is_value(cell.text):
            return False
    gaps = {b[0] - a[0] for a, b in pairwise(steps) if b[0] > a[0]}
    falls = sum(b[0] <= a[0] for a, b in pairwise(steps))
    return len(steps) >= 3 and len(gaps) == 1 and len({unit for _, unit in steps}) == 1 and falls * 3 < len(steps)
