"""Tables of exports that keep the layout: columns by the places where no row has anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterproof.extract.text.heads import Head, Heads
from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line
from counterproof.extract.text.rows import Row
from counterproof.extract.text.unfold import Segment, segments
from counterproof.extract.text.values import Value, peel, value_kind

_RARE = 0.07
_READS_ON = re.compile(r"[a-z(\[%+/&]")


@dataclass(frozen=True, slots=True)
class Column:
    """The places that a column takes on the line."""

    start: int
    end: int

    def overlap(self, run: Segment) -> int:
        """How many places a run shares with the column; negative: how far it is."""
        return min(self.end, run.end) - max(self.start, run.start)


@dataclass(slots=True)
class PlacedRow:
    """A row's cell texts by column (0 is the stub) and its label's indent."""

    cells: dict[int, str] = field(default_factory=dict)
    indent: int = 0
    page: int = 0

    def row(self) -> Row:
        """The row with its values in the order of their columns."""
        values = tuple(Value(text, value_kind(text) or "missing", c) for c, text in sorted(self.cells.items()) if c)
        return Row(self.cells.get(0, ""), values, self.indent, self.page)

    @property
    def columns(self) -> tuple[int, ...]:
        """The value columns (from 0) that the row fills."""
        return tuple(c - 1 for c in sorted(self.cells) if c)


def pieces(line: Line) -> list[Segment]:
    """The runs of a line, values that stand but one space apart parted too."""
    found: list[Segment] = []
    for run in segments(line):
        peeled = peel(run.text)
        if len(peeled.values) < 2 and not (peeled.values and peeled.label):
            found.append(run)
            continue
        if peeled.label:
            found.append(Segment(peeled.label, run.start, run.start + len(peeled.label)))
        found.extend(Segment(v.text, run.start + v.start, run.start + v.start + len(v.text)) for v in peeled.values)
    return found


def find_columns(lines: Sequence[Line]) -> list[Column]:
    """The columns of a body: stretches of the line that rows fill, parted by places where next to none has anything."""
    rows = [runs for runs in map(segments, lines) if len(runs) > 1]
    if len(rows) < 2:
        return []
    width = max(runs[-1].end for runs in rows)
    filled = [0] * (width + 1)
    for runs in rows:
        for run in runs:
            for x in range(run.start, run.end):
                filled[x] += 1
    free = max(0, int(_RARE * len(rows)))
    columns: list[Column] = []
    start: int | None = None
    for x in range(width + 1):
        if filled[x] > free and start is None:
            start = x
        elif filled[x] <= free and start is not None:
            columns.append(Column(start, x))
            start = None
    return [
        c
        for c in columns
        if c.end - c.start > 0 and sum(any(c.overlap(run) > 0 for run in runs) for runs in rows) >= max(1, 0.05 * len(rows))
    ]


def place(lines: Sequence[Line], columns: Sequence[Column], joiner: Joiner) -> list[PlacedRow]:
    """The rows of a body by its columns; wrapped labels and cells are put together."""
    rows: list[PlacedRow] = []
    for line in lines:
        cells = _cells(line, columns)
        row = PlacedRow(cells, line.indent if 0 in cells else -1, line.page)
        above = rows[-1] if rows else None
        # Lines of the neighbour column may have stood between a label and its values.
        parted = line.gap > (2 if above and set(above.cells) == {0} and 0 not in cells else 0)
        if above and not parted and _belongs(above, row):
            for column, text in cells.items():
                above.cells[column] = joiner.pair(above.cells.get(column, ""), text)
        else:
            rows.append(row)
    for row in rows:
        row.indent = max(row.indent, 0)
    return rows


def _cells(line: Line, columns: Sequence[Column]) -> dict[int, str]:
    cells: dict[int, str] = {}
    for run in segments(line):
        for piece in _parted(run, columns):
            column = max(range(len(columns)), key=lambda c: columns[c].overlap(piece))
            cells[column] = f"{cells[column]} {piece.text}" if column in cells else piece.text
    return cells


def _parted(run: Segment, columns: Sequence[Column]) -> list[Segment]:
    """A run that lies over several columns, cut at its values."""
    touched = sum(c.overlap(run) > 0 for c in columns)
    if touched < 2:
        return [run]
    peeled = peel(run.text)
    if not peeled.values:
        return [run]
    found = [Segment(peeled.label, run.start, run.start + len(peeled.label))] if peeled.label else []
    return found + [Segment(v.text, run.start + v.start, run.start + v.start + len(v.text)) for v in peeled.values]


def _belongs(above: PlacedRow, row: PlacedRow) -> bool:
    """Whether a line is the rest of the row above: its label reads on, or it has but words where that row has cells."""
    label = row.cells.get(0, "")
    if set(row.cells) == {0}:
        return len(above.cells) > 1 and row.indent >= above.indent and bool(_READS_ON.match(label))
    if label:
        return False
    if set(above.cells) == {0}:
        return True
    return all(value_kind(text) is None for text in row.cells.values()) and set(row.cells) <= set(above.cells)


def place_heads(lines: Sequence[Line], columns: Sequence[Column], joiner: Joiner) -> Heads:
    """The heads over their columns; one that lies over several spans them."""
    spans: list[Head] = []
    own: dict[int, str] = {}
    for line in lines:
        for run in segments(line):
            under = [c for c, column in enumerate(columns) if column.overlap(run) > 0]
            nearest = max(range(len(columns)), key=lambda c: columns[c].overlap(run))
            if len(under) > 1 and not any(c in own for c in under) and under[0] > 0:
                spans.append(Head(run.text, 0, under[0], len(under)))
            else:
                own[nearest] = joiner.pair(own.get(nearest, ""), run.text)
    covered = {c for head in spans for c in range(head.column, head.column + head.columns)}
    if not spans:
        return Heads(tuple(Head(text, 0, c) for c, text in sorted(own.items())), 1 if own else 0, 0.9)
    lower = [Head(text, 1, c) if c in covered else Head(text, 0, c, 1, 2) for c, text in sorted(own.items())]
    return Heads((*spans, *lower), 2, 0.85)
