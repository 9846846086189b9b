"""The plan of a table: which columns are labels, which rows are heads, where a new panel with new heads begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterproof.extract.tables.cells import read
from counterproof.extract.tables.head_sizes import bare_size, named_size, size_rows
from counterproof.extract.tables.headings import Heading, counted, counting, is_p_heading, is_time, read_heading
from counterproof.extract.tables.pcells import told_ps
from counterproof.kb.document import Cell, Footnote, Table

_DIGIT = re.compile(r"\d")
_TELLING = re.compile(r"[^\W\d_]|#|(?<!\d)(?<!\d )%|\s[–-]\s|\b(?:25|95)\b")
"""What any head has: a word, a sign that names a statistic, a dash between arms, quartiles or a level. Most values have none."""
_ROW_STATISTIC = re.compile(r"[Pp](?:[-\s]?values?)?|[tFZzUH]|[χΧ]\s?[²2]")
"""Words that stand in a column of values and name what the row holds."""
_ENDS_IN_SIZE = re.compile(r"[^\d\s]\s*\((?:\d{1,3}(?:[,\u202f]\d{3})*|(?!19|20)\d{4,6})\)\s*$")
_COMPOSITE = re.compile(r"\d\s*[±(]")
_LETTER = re.compile(r"[^\W\d_]")
_WORDY = re.compile(r"[^\W\d_]{3,}")


@dataclass(eq=False, slots=True)
class Row:
    """A body row: its labels (outer to inner, spans filled down), what the innermost says, its depth."""

    index: int
    stubs: tuple[str, ...]
    heading: Heading
    level: int
    bold: bool = False
    spanning: bool = False

    @property
    def label(self) -> str:
        """The innermost label."""
        return self.stubs[-1] if self.stubs else ""


@dataclass(slots=True)
class Panel:
    """A part of a table under one set of heads. ``heads[column]`` has the column's headings from top to bottom."""

    table: Table
    stub: int
    heads: list[list[tuple[Heading, Cell]]]
    rows: list[Row] = field(default_factory=list)
    title: str = ""
    noted: list[Footnote] = field(init=False)
    row_marks: list[frozenset[str]] = field(init=False, repr=False)
    head_marks: list[frozenset[str]] = field(init=False, repr=False)
    _filled: list[list[Cell | None]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """The notes that have a mark, the marks of each row's label and of each column's heads, and what :meth:`cell` gives.

        All of them are asked for many times.
        """
        self.noted = [note for note in self.table.footnotes if note.mark]
        self.row_marks = [_marks(line[: self.stub]) for line in self.table.covered]
        self.head_marks = [_marks([cell for _, cell in path]) for path in self.heads]
        self._filled = [
            [cell if cell and cell.text.strip() and not cell.column < self.stub <= column else None for column, cell in enumerate(line)]
            for line in self.table.covered
        ]

    @property
    def columns(self) -> range:
        """The columns right of the stub."""
        return range(self.stub, self.table.n_columns)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that covers this place and holds text; a label that spans the row stands in the stub only."""
        return self._filled[row][column]


def _marks(cells: Sequence[Cell | None]) -> frozenset[str]:
    return frozenset([mark for cell in cells if cell for mark in cell.marks])


def is_value(text: str) -> bool:
    """Whether a cell reads as reported numbers rather than as words."""
    return read(text).has_values and not is_time(text)


def panels(table: Table) -> list[Panel]:
    """The panels of a table, top to bottom."""
    if not table.n_rows or table.n_columns < 2:
        return []
    below = list(range(table.header_rows, table.n_rows))
    width = _stub_width(table, below)
    heads = _head_rows(table, width)
    first = min((row for row in range(table.n_rows) if row not in heads), default=table.n_rows)
    body = [row for row in range(first, table.n_rows) if row not in heads]
    stub = width if body == below else _stub_width(table, body)
    found = [Panel(table, stub, _headings(table, [row for row in sorted(heads) if row < first], stub))]
    filled: list[str] = [""] * stub
    for row in range(first, table.n_rows):
        if row in heads:
            if found[-1].rows or row - 1 not in heads:
                found.append(_next_panel(found[0], found[-1], table, row, heads))
                filled = [""] * stub
            continue
        if own := _body_row(table, row, stub, filled):
            found[-1].rows.append(own)
    return [panel for panel in found if panel.rows]


def _head_rows(table: Table, stub: int) -> set[int]:
    heads = set(range(table.header_rows))
    for row in range(table.header_rows, table.n_rows):
        cells = table.grid[row][max(1, stub) :]
        if any(cell and _is_bare_number(cell.text) for cell in cells):
            continue
        texts = [cell.text.strip() for cell in cells if cell and cell.text.strip()]
        label = table.covered[row][0]
        if texts and (_reads_as_head(texts, bool(label and label.text.strip())) or _like_head(table, row) is not None):
            heads.add(row)
    if not table.header_rows and not heads & {0, 1}:
        texts = [cell.text for cell in table.grid[0][1:] if cell]
        if texts and not any(is_value(text) for text in texts):
            heads.add(0)
    # rows above a head row at the top (spanners that the parser took for body) are heads as well
    top = next((row for row in range(table.n_rows) if row not in heads), 0)
    for row in range(top, min(top + 3, table.n_rows)):
        if (
            row + 1 in heads
            and not any(cell and is_value(cell.text) for cell in table.grid[row][1:])
            and row == len(heads & set(range(row)))
        ):
            heads.add(row)
    return heads


def _like_head(table: Table, row: int) -> int | None:
    """The row of the head whose spanners a row of the body stands in for: words over the same columns, without a label."""
    label = table.covered[row][0]
    shape = _spans(table, row)
    if (label and label.text.strip()) or len(shape) < 2 or any(span < 2 for _, span in shape):
        return None
    if any(cell and cell.text.strip() and (is_value(cell.text) or not _WORDY.search(cell.text)) for cell in table.grid[row]):
        return None
    if len({cell.text.strip() for cell in table.grid[row] if cell and cell.text.strip()}) < len(shape):
        return None  # "Not assessed" over every arm
    return next((head for head in reversed(range(table.header_rows)) if shape <= _spans(table, head)), None)


def _spans(table: Table, row: int) -> set[tuple[int, int]]:
    """Column and width of each cell of a row that holds text."""
    return {(cell.column, cell.column_span) for cell in table.grid[row] if cell and cell.text.strip()}


def _is_bare_number(text: str) -> bool:
    """Whether a cell has digits and nothing that a head could mean."""
    return bool(_DIGIT.search(text)) and not _TELLING.search(text)


def _reads_as_head(texts: list[str], labelled: bool) -> bool:
    known = 0
    for text in texts:
        heading = read_heading(text)
        if heading.p and told_ps(text):
            return False  # "P for trend = 0.04" is a P-value, not the head of some
        if (
            heading.p
            or (heading.contrast and _LETTER.search(text))  # "20.6 (19.3 – 22.1)" contrasts nothing
            or (heading.explicit and not (heading.name and labelled))
            or is_time(text)
            or (heading.size and len(heading.name) < 40 and not _is_composite(heading.name))
        ):
            known += 1
        elif is_value(text) or (_DIGIT.search(text) and not heading.explicit):
            return False
    needed = 2 if labelled else 1
    return known >= needed and known * 2 >= len(texts)


def _stub_width(table: Table, body: list[int]) -> int:
    width = 0
    gaps = sum(not (cell := table.grid[row][0]) or not cell.text.strip() for row in body) * 5 >= len(body)
    wordy = _LETTER if gaps else _WORDY
    for column in range(table.n_columns - 1):
        cells = [cell for row in body if (cell := table.grid[row][column]) and cell.text.strip()]
        paths = table.head_paths[column] if table.header_rows else ()
        words = sum(bool(wordy.search(cell.text)) and not is_value(cell.text) for cell in cells) if column else 0
        # a column of levels may be headed by what is printed of each ("%")
        levels = column > 0 and gaps and words == len(cells) > 1 and all(text.strip() in ("%", "n (%)", "") for text in paths)
        measured = not levels and any(is_p_heading(text) or ((h := read_heading(text)).explicit and not h.name) for text in paths)
        if column == 0:
            if len(body) <= 2 and not measured and sum(_is_composite(cell.text) for cell in cells) * 2 > len(cells):
                return 0
            width = 1
        elif measured or not _is_label_column(table, column, len(cells), words):
            break
        else:
            width = column + 1
    return width


def _is_composite(text: str) -> bool:
    return bool(_COMPOSITE.search(text)) and is_value(text)


def _is_label_column(table: Table, column: int, filled: int, words: int) -> bool:
    """Text columns beside the first are labels where most of their cells are words and values stand to their right."""
    if filled == 0:
        return column < table.n_columns - 2 and not any(table.head_paths[column]) if table.header_rows else False
    return words * 10 >= filled * 7


def _headings(table: Table, rows: list[int], stub: int) -> list[list[tuple[Heading, Cell]]]:
    paths: list[list[tuple[Heading, Cell]]] = []
    bare = _bare_sizes(table, rows, stub)
    spread = {row: _centred_heads(table, row, rows[-1], stub) for row in rows[:-1]}
    sizes = size_rows(table, rows, stub)
    plain = {row: counting([cell.text for cell in table.grid[row][stub:] if cell and cell.text.strip()]) for row in rows}
    for column in range(table.n_columns):
        path: list[tuple[Heading, Cell]] = []
        for row in rows:
            cell = spread[row].get(column) if spread.get(row) else table.covered[row][column]
            if cell and cell.text.strip() and not (path and path[-1][1] is cell):
                heading = bare_size(cell) if cell.row in sizes else read_heading(cell.text, bare_size=bare)
                path.append((counted(heading) if cell.text in plain[cell.row] else named_size(heading, cell, path), cell))
        paths.append(path)
    return paths


def _centred_heads(table: Table, row: int, last: int, stub: int) -> dict[int, Cell]:
    """Spanners whose spans were lost or shifted: each is spread over its repeat of the lowest heads."""
    columns = list(range(stub, table.n_columns))
    without_p = [c for c in columns if not ((cell := table.covered[last][c]) and is_p_heading(cell.text))]
    return _spread(table, row, last, columns) or _spread(table, row, last, without_p)


def _spread(table: Table, row: int, last: int, columns: list[int]) -> dict[int, Cell]:
    held = [cell for cell in table.grid[row] if cell and cell.text.strip() and cell.column in columns]
    leaves = [cell.text.strip().casefold() if (cell := table.covered[last][column]) else "" for column in columns]
    if len(held) < 2 or len(leaves) % len(held):
        return {}
    period = len(leaves) // len(held)
    blocks = [columns.index(cell.column) // period for cell in held]
    if period < 2 or leaves != leaves[:period] * len(held) or len(set(leaves[:period])) < period or blocks != list(range(len(held))):
        return {}
    right = {column: table.covered[row][column] for column in columns}
    wanted = {columns[block * period + offset]: held[block] for block in range(len(held)) for offset in range(period)}
    return {} if right == wanted else wanted


def _bare_sizes(table: Table, rows: list[int], stub: int) -> bool:
    """Whether a closing ``(126)`` in the heads is a size: at least two heads must end so."""
    ends = [cell.text for row in rows for cell in table.grid[row][stub:] if cell and _ENDS_IN_SIZE.search(cell.text)]
    return len(ends) >= 2


def _next_panel(first: Panel, last: Panel, table: Table, row: int, heads: set[int]) -> Panel:
    """A panel whose heads stand in the body: they replace the old ones, or go below the arms where they name none."""
    rows = [row]
    while rows[-1] + 1 in heads:
        rows.append(rows[-1] + 1)
    fresh = _headings(table, rows, first.stub)
    like = _like_head(table, row) if len(rows) == 1 else None
    if like is not None:
        new = [{id(cell): (heading, cell) for heading, cell in path} for path in fresh]
        fresh = [
            [*(pair for pair in old if pair[1].row != like), *named.values()] if named else old
            for old, named in zip(first.heads, new, strict=True)
        ]
        return Panel(table, first.stub, fresh, title=last.title)
    named = any(heading.name or heading.size for path in fresh[first.stub :] for heading, _ in path)
    label = table.covered[row][0]
    title = label.text.strip() if label and first.stub else ""
    if not named:
        fresh = [
            [*(pair for pair in old if pair[0].name or pair[0].size or pair[0].time), *new]
            for old, new in zip(first.heads, fresh, strict=True)
        ]
    return Panel(table, first.stub, fresh, title=title or last.title)


def _own_text(table: Table, row: int, column: int) -> str:
    """The label that begins in this place or, spanning rows, comes down to it."""
    cell = table.covered[row][column]
    return cell.text.strip() if cell and cell.column == column else ""


def _body_row(table: Table, row: int, stub: int, filled: list[str]) -> Row | None:
    own = [_own_text(table, row, column) for column in range(stub)]
    for column, text in enumerate(own):
        if text:
            filled[column:] = [text, *[""] * (stub - column - 1)]
    last = max((column for column in range(stub) if own[column]), default=-1)
    seen = [text for text in filled[: last + 1] if text]
    values = [cell for cell in table.covered[row][stub:] if cell and cell.text.strip() and cell.column >= stub]
    if not seen and not values:
        return None
    first = table.covered[row][0]
    if values and len(values) > 1 and _ROW_STATISTIC.fullmatch(values[0].text.strip()):
        seen.append(values[0].text.strip())
    if not seen and all(told_ps(cell.text) for cell in values):
        seen.append("P")  # a row that holds nothing but "P for trend = 0.04"
    label = seen[-1] if seen else ""
    spanning = bool(first and first.column_span >= table.n_columns - 1)
    level = table.row_levels[row] if row < len(table.row_levels) else 0
    return Row(row, tuple(seen), read_heading(label, head=False), level, bool(first and first.bold), spanning)
