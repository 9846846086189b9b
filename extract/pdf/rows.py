"""Rows of a table: lines of text, wrapped ones merged only when they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from counterproof.extract.pdf.columns import Span, split_cells
from counterproof.extract.pdf.geometry import Rect, Word, join_words

OVERLAP = 0.8
"""Lines closer than this many font sizes stand side by side, not one under the other: one is centred against the other."""
CLOSER = 0.93
"""Lines of one cell follow each other within this share of the smallest distance between rows."""
WIDER = 1.15
"""Where no rows are certain: rows stand at least this many times further apart than the lines of a cell."""
ROOM = 0.4
"""A word had room at the end of a line if this many font sizes would have been left."""
_NUMBER = r"[<>≤≥=~≈±]?\s*+[-−–+]?\s*+(?:\d[\d.,·]*+|[.·]\d++)\s*+%?"
_COMPLETE = re.compile(rf"{_NUMBER}(?:\s*+(?:±|/|:|-|–|−|to)\s*+{_NUMBER})*[*†‡§a-d]{{0,2}}(?:\s*[(\[][^()\[\]]*[)\]])?[*†‡§a-d]{{0,2}}")
_OPEN_END = re.compile(r"(?:[-–−/,;±+=:\ufffe]|\s(?:and|or|of|the|with|in|for|to|per|by|at|from|on|than|vs\.?|versus|an|as))$")
"""A text that cannot end here; the words in small letters, and not alone: ``No`` and ``Hepatitis A`` are whole labels."""
_CLOSING = re.compile(r"^(?:[(\[±)\]%/,;–−+]|to\s|and\s|or\s|of\s)")


@dataclass(slots=True)
class GridRow:
    """A row of the table: for each column its words, line by line; ``spans`` has the last column of cells that reach over several."""

    cells: list[list[list[Word]]]
    bases: list[float] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)

    @property
    def label(self) -> bool:
        """Whether the first column holds anything."""
        return bool(self.cells[0])

    @property
    def values(self) -> list[int]:
        """The columns right of the first that hold something."""
        return [c for c in range(1, len(self.cells)) if self.cells[c]]

    @property
    def words(self) -> list[Word]:
        """All words of the row."""
        return [w for cell in self.cells for line in cell for w in line]


@dataclass(frozen=True, slots=True)
class Pitch:
    """Font size of a table, the least distance between rows that are certainly two, and the widest cell of each column."""

    size: float
    certain: float | None
    tight: float | None
    widths: list[float]

    def close(self, step: float) -> bool:
        """Whether lines stand closer than rows do."""
        if self.certain is not None:
            return step < CLOSER * self.certain
        return self.tight is not None and step <= self.tight


def make_rows(lines: list[list[Word]], columns: list[Span], rules: list[Rect]) -> list[GridRow]:
    """The table's rows from its lines of text; a rule between two lines always parts rows."""
    rows = [_row(line, columns) for line in lines]
    if not rows:
        return []
    size = median(w.size for row in rows for w in row.words)
    cut = [any(_parts(a, b, rule, size) for rule in rules) for a, b in pairwise(rows)]
    pitch = _pitch(rows, cut, size, len(columns))
    boxed = _is_boxed(rows, cut, pitch)
    merged = [rows[0]]
    for index, row in enumerate(rows[1:]):
        if not cut[index] and _goes_on(merged[-1], row, pitch, boxed):
            _merge(merged[-1], row)
        else:
            merged.append(row)
    return merged


def _parts(above: GridRow, below: GridRow, rule: Rect, size: float) -> bool:
    y = (rule.top + rule.bottom) / 2
    return above.bases[-1] - 0.3 * size < y < below.bases[0] - 0.3 * size


def _row(line: list[Word], columns: list[Span]) -> GridRow:
    cells, spans = split_cells(line, columns)
    return GridRow([[cell] if cell else [] for cell in cells], [median(w.base for w in line)], spans)


def _merge(above: GridRow, below: GridRow) -> None:
    for mine, other in zip(above.cells, below.cells, strict=True):
        mine.extend(other)
    above.bases.extend(below.bases)
    above.spans.update(below.spans)


def _pitch(rows: list[GridRow], cut: list[bool], size: float, columns: int) -> Pitch:
    certain = [b.bases[0] - a.bases[-1] for (a, b), ruled in zip(pairwise(rows), cut, strict=True) if ruled or _certainly_two(a, b)]
    steps = sorted(s for a, b in pairwise(rows) if OVERLAP * size <= (s := b.bases[0] - a.bases[-1]) < 1.8 * size)
    tight = next(((a + b) / 2 for a, b in pairwise(steps) if b > WIDER * a and b > WIDER * steps[0]), None)
    edge = min((row.cells[1][0][0].x0 for row in rows if columns > 1 and row.cells[1]), default=1e9) - 0.3 * size
    held = [
        [row.cells[c][0] for row in rows if row.cells[c] and (c or row.values or row.cells[0][0][-1].x1 < edge)] for c in range(columns)
    ]
    widths = [max(map(_width, cells), default=0.0) for cells in held]
    certain = [s for s in certain if s >= OVERLAP * size]
    return Pitch(size, min(certain) if certain else None, tight, widths)


def _width(line: list[Word]) -> float:
    return line[-1].x1 - line[0].x0


def _certainly_two(above: GridRow, below: GridRow) -> bool:
    """Whether a column holds a complete number on both lines."""
    return any(is_complete(_text(above, c)) and is_complete(_text(below, c)) for c in below.values if above.cells[c])


def is_complete(text: str) -> bool:
    """Whether a text is a whole value: a number, with its interval, dispersion or percent."""
    return bool(_COMPLETE.fullmatch(text))


def _text(row: GridRow, column: int, line: int = -1) -> str:
    return join_words(row.cells[column][line])


def _is_boxed(rows: list[GridRow], cut: list[bool], pitch: Pitch) -> bool:
    """Whether each row has its own box: rules part all rows, and no box holds two labels or two numbers in one column."""
    if sum(cut) < 2:
        return False
    for (a, b), ruled in zip(pairwise(rows), cut, strict=True):
        if not ruled and (_certainly_two(a, b) or (a.label and b.label and _evidence(a, b, 0, pitch) < 0)):
            return False
    return True


def _goes_on(above: GridRow, row: GridRow, pitch: Pitch, boxed: bool) -> bool:
    """Whether ``row`` goes on with the row above, judged column by column."""
    common = [c for c in range(len(row.cells)) if row.cells[c] and above.cells[c]]
    beside = row.bases[0] - above.bases[-1] < OVERLAP * pitch.size
    step = min((row.cells[c][0][0].base - above.cells[c][-1][0].base for c in common), default=row.bases[0] - above.bases[-1])
    if any(is_complete(_text(above, c)) and is_complete(_text(row, c)) for c in common if c):
        return False
    if boxed or beside:
        # A cell that is centred between two lines holds them together.
        return True
    close = pitch.close(step)
    if not common:
        return close and not (above.label and not above.values and row.values)
    if close and not row.label and above.label:
        return True
    evidence = [_evidence(above, row, c, pitch) for c in common]
    if min(evidence) < 0:
        return False
    if pitch.certain is not None and step > 1.25 * pitch.certain:
        return False
    if above.label and above.values and row.label and row.values:
        return close or max((e for e, c in zip(evidence, common, strict=True) if c), default=0) > 1
    return close or max(evidence) > 1


def _evidence(above: GridRow, row: GridRow, column: int, pitch: Pitch) -> int:
    """2: the cell's words run on; 0: they may, since the first word had no room above; -1: it had, so the line begins anew."""
    up, here = _text(above, column), _text(row, column)
    last, first = above.cells[column][-1], row.cells[column][0]
    if first[0].bold != last[-1].bold and column == 0:
        return -1
    if up.count("(") > up.count(")") or up.count("[") > up.count("]") or _OPEN_END.search(up) or (column and _CLOSING.match(here)):
        return 2
    room = pitch.widths[column] - _width(last) - 0.25 * pitch.size
    if first[0].x1 - first[0].x0 <= room - ROOM * pitch.size:
        return -1
    if not column and not above.values and _width(last) > pitch.widths[0] + pitch.size:
        return -1
    if here[:1].islower() and here[1:2].islower():
        return 2
    return 0
