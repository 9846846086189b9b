"""Rows of a table: lines of text, wrapped ones merged only when they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from counterproof.extract.pdf.columns import Span, split_cells
from counterproof.extract.pdf.geometry import Rect, Word, join_words

OVERLAP = 0.85
"""Lines closer than this many font sizes stand side by side, not one under the other: one is centred against the other."""
WIDER = 1.15
"""Rows stand at least this many times further apart than the lines of one cell, where the two differ."""


@dataclass(slots=True)
class GridRow:
    """A row of the table: for each column its words, line by line."""

    cells: list[list[list[Word]]]
    bases: list[float] = field(default_factory=list)

    @property
    def label(self) -> bool:
        return bool(self.cells[0])

    @property
    def values(self) -> list[int]:
        return [c for c in range(1, len(self.cells)) if self.cells[c]]

    @property
    def words(self) -> list[Word]:
        return [w for cell in self.cells for line in cell for w in line]


def make_rows(lines: list[list[Word]], columns: list[Span], rules: list[Rect]) -> list[GridRow]:
    """The table's rows from its lines of text; a rule between two lines always parts rows."""
    rows = [_row(line, columns) for line in lines]
    if not rows:
        return []
    size = median(w.size for row in rows for w in row.words)
    steps = [b.bases[0] - a.bases[-1] for a, b in zip(rows, rows[1:], strict=False)]
    tight = _tight(steps, size)
    cut = [any(a.bases[-1] - 0.3 * size < (r.top + r.bottom) / 2 < b.bases[0] - 0.3 * size for r in rules) for a, b in zip(rows, rows[1:], strict=False)]
    boxed = sum(cut) >= 0.5 * len(cut) if len(cut) > 2 else False
    width = _stub_limit(rows)
    merged = [rows[0]]
    for index, row in enumerate(rows[1:]):
        above = merged[-1]
        after = rows[index + 2] if index + 2 < len(rows) else None
        if not cut[index] and _is_wrapped(above, row, after, steps[index], size, tight, width, boxed or (any(cut) and _cell_split(cut, index))):
            _merge(above, row)
        else:
            merged.append(row)
    return merged


def _cell_split(cut: list[bool], index: int) -> bool:
    del cut, index
    return False


def _row(line: list[Word], columns: list[Span]) -> GridRow:
    cells = split_cells(line, columns)
    return GridRow([[cell] if cell else [] for cell in cells], [_base(line)])


def _base(line: list[Word]) -> float:
    return median(w.base for w in line)


def _merge(above: GridRow, below: GridRow) -> None:
    for mine, other in zip(above.cells, below.cells, strict=True):
        mine.extend(other)
    above.bases.extend(below.bases)


def _tight(steps: list[float], size: float) -> float | None:
    """The largest distance between lines of one cell, where rows stand clearly further apart; None where all stand alike."""
    real = sorted(s for s in steps if s >= OVERLAP * size)
    if len(real) < 2:
        return None
    low = real[0]
    for a, b in zip(real, real[1:], strict=False):
        if a > 1.6 * size:
            break
        if b > WIDER * a and b > WIDER * low:
            return (a + b) / 2
    return None


def _stub_limit(rows: list[GridRow]) -> float:
    """How far labels reach in rows with values."""
    reach = [cell.words_x1 for row in rows if row.values for cell in [_Label(row)] if row.label]
    return max(reach, default=0.0)


class _Label:
    """The first column of a row."""

    def __init__(self, row: GridRow) -> None:
        words = row.cells[0][-1] if row.cells[0] else []
        self.words = words
        self.words_x1 = max((w.x1 for w in words), default=0.0)
        self.x0 = words[0].x0 if words else 0.0
        self.text = join_words(words)


def _is_wrapped(above: GridRow, row: GridRow, after: GridRow | None, step: float, size: float, tight: float | None, limit: float, boxed: bool) -> bool:
    """Whether ``row`` goes on with the row above: never when both have label and values of their own."""
    if step < OVERLAP * size:
        return not (above.label and above.values and row.label and row.values)
    if above.label and above.values and row.label and row.values:
        return False
    close = tight is not None and step <= tight
    if boxed:
        return True
    if tight is not None and not close:
        return False
    if row.label and not row.values:
        return _label_goes_on(above, row, after, size, close, limit)
    if row.label and row.values:
        return not above.values and _heads_label(above, row, size, close, limit)
    return _values_go_on(above, row, close)


def _label_goes_on(above: GridRow, row: GridRow, after: GridRow | None, size: float, close: bool, limit: float) -> bool:
    """A line with a label only: the end of the label above, or a section's head."""
    if not above.label:
        return False
    up, here = _Label(above), _Label(row)
    if _continues(up.text, here.text):
        return True
    if here.words[0].bold != up.words[-1].bold:
        return False
    first = here.words[0]
    fits = up.words_x1 + 0.3 * size + (first.x1 - first.x0) <= limit
    if fits:
        return False
    return close or here.x0 > up.x0 + 0.4 * size and (after is None or not after.label or _Label(after).x0 < here.x0 - 0.2 * size)


def _heads_label(above: GridRow, row: GridRow, size: float, close: bool, limit: float) -> bool:
    """A label without values over a row with both: the label's first line, or a section's head."""
    up, here = _Label(above), _Label(row)
    if here.words[0].bold != up.words[-1].bold:
        return False
    first = here.words[0]
    fits = up.words_x1 + 0.3 * size + (first.x1 - first.x0) <= limit
    if fits:
        return False
    return _continues(up.text, here.text) or (close and not here.text[:1].isupper())


def _continues(up: str, here: str) -> bool:
    """Whether the words run on: an open bracket, a hyphen or comma at the end, a small letter at the start."""
    if up.count("(") > up.count(")") or up.count("[") > up.count("]"):
        return True
    if up.endswith(("-", "\ufffe", ",", "/", " and", " or", " of", " the", " with", " in", " for", " to", "±", "–", " per", " by")):
        return True
    return here[:1].islower() and len(here) > 1 and here[1:2].islower()


def _values_go_on(above: GridRow, row: GridRow, close: bool) -> bool:
    """A line of values without a label: more lines of the cells above, or a row of its own."""
    if close:
        return True
    if not row.values:
        return True
    texts = [(join_words(above.cells[c][-1]) if above.cells[c] else "", join_words(row.cells[c][0])) for c in row.values]
    return all(t.startswith(("(", "[", "±", "–", "to ")) or _continues(up, t) for up, t in texts)
