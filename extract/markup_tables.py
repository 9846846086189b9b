"""Tables of markup (JATS, HTML): rows of spanning cells laid out on a grid, header rows, row levels, note marks.

Parsers turn their elements into :class:`MarkupRow`; :func:`draft_table` does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from counterproof.extract.builder import CellDraft, TableDraft
from counterproof.extract.repair import SUPERSCRIPT_DIGITS, SUPERSCRIPT_LETTERS, lower_superscripts, repair, repair_lines
from counterproof.kb.document import Footnote

RowGroup = Literal["head", "body", "foot"]
MOST_COLUMNS = 500

_WIDTHS = {"\u2003": 1.0, "\u2001": 1.0, "\u2002": 0.5, "\u2000": 0.5, "\u3000": 1.0, "\u2004": 0.33, "\u2005": 0.25, "\u2006": 0.17,
           "\u2007": 0.5, "\u2008": 0.25, "\u2009": 0.2, "\u200a": 0.1, "\u00a0": 0.25, "\u202f": 0.2}  # fmt: skip
_SYMBOLS = "*†‡§¶‖"
_TRAILING = re.compile(rf"(?<=[\w)%\]])\s?([{_SYMBOLS}]+|#+|[{SUPERSCRIPT_LETTERS}](?:,?[{SUPERSCRIPT_LETTERS}])*)$")
_LEADING = re.compile(rf"^([{_SYMBOLS}]+)\s?(?=[\w<>(])")
_RAISED_NUMBERS = re.compile(rf"[{SUPERSCRIPT_DIGITS}]+(?:[,;]\s?[{SUPERSCRIPT_DIGITS}]+)*$")
_DATA = re.compile(
    r"[<>≤≥=±~(\[]?\s*[-−+]?\d[\d.,·\s]*%?\s*(?:$|[(\[±/–—,;*-]|to\b)|[<>≤≥]\s*[\d.]|NS$|n\.s\.$|NA$|NR$|[-–—]+$", re.IGNORECASE
)
_SIZE = re.compile(r"\bn\s*=|^\(?\d+\)$", re.IGNORECASE)


@dataclass(slots=True)
class MarkupCell:
    """A cell as marked up: its text not yet repaired (line feeds are breaks), its spans, what tells heads and levels."""

    text: str
    row_span: int = 1
    column_span: int = 1
    head: bool = False
    bold: bool = False
    italic: bool = False
    indent: float = 0.0
    marks: list[str] = field(default_factory=list)
    xpath: str | None = None


@dataclass(slots=True)
class MarkupRow:
    """A row with the group that it stands in (``thead``, ``tbody``, ``tfoot``; ``section`` counts the groups)."""

    cells: list[MarkupCell]
    group: RowGroup = "body"
    section: int = 0


def span_of(value: str | None) -> int:
    """A ``rowspan`` or ``colspan`` attribute: at least 1, whatever stands there; 0 and nonsense count as 1."""
    return max(1, int(value)) if value and value.isdecimal() and len(value) < 6 else 1


def indent_of(text: str, style: str | None = None) -> float:
    """How far a cell's text is indented, in ems: leading fixed-width spaces, or padding or indent by style."""
    width = 0.0
    for character in text:
        if not character.isspace():
            break
        width += _WIDTHS.get(character, 0.0)
    for amount, unit in re.findall(r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d{1,4}(?:\.\d{1,3})?)\s*(em|px|pt|%)?", style or ""):
        width += float(amount) / {"em": 1.0, "px": 16.0, "pt": 12.0, "%": 5.0}.get(unit, 16.0)
    return round(width, 2)


def draft_table(rows: Sequence[MarkupRow], notes: Sequence[Footnote] = ()) -> TableDraft:
    """The table on its grid. ``notes`` are those found under it; note rows inside the grid join them."""
    rows = [r for r in rows if r.group != "foot"] + [r for r in rows if r.group == "foot"]
    placed = _place(rows)
    height, width = len(rows), max((c + cell.column_span for _, c, cell in placed), default=0)
    header, certain = _header_rows(rows, placed, width)
    placed, inside, height = _without_note_rows(placed, height, width, header)
    notes = [*notes, *inside]
    known = {note.mark for note in notes if note.mark}
    lined = _lined_rows(placed, header)
    cells = [_draft(row, column, cell, row < header, row in lined, known) for row, column, cell in placed]
    return TableDraft(
        cells=cells,
        header_rows=header,
        row_levels=_levels(placed, cells, header, height, width),
        footnotes=notes,
        confidence=1.0 if certain else 0.9,
    )


def _place(rows: Sequence[MarkupRow]) -> list[tuple[int, int, MarkupCell]]:
    """Each cell with its upper left place; a span ends where its row group ends, and one lone cell does not widen the table."""
    width = max((min(sum(c.column_span for c in row.cells), MOST_COLUMNS) for row in rows if len(row.cells) > 1), default=1)
    held: set[tuple[int, int]] = set()
    placed = []
    for r, row in enumerate(rows):
        left = next((i for i in range(r, len(rows)) if (rows[i].group, rows[i].section) != (row.group, row.section)), len(rows)) - r
        column = 0
        for cell in row.cells:
            while (r, column) in held:
                column += 1
            most = (width if len(row.cells) == 1 else MOST_COLUMNS) - column
            if most < 1:
                break
            cell = replace(cell, row_span=min(cell.row_span, left), column_span=min(cell.column_span, most))
            held.update((r + i, column + j) for i in range(cell.row_span) for j in range(cell.column_span))
            placed.append((r, column, cell))
            column += cell.column_span
    return placed


def _header_rows(rows: Sequence[MarkupRow], placed: Sequence[tuple[int, int, MarkupCell]], width: int) -> tuple[int, bool]:
    """How many header rows, and whether the markup says so; without a head part they are inferred, rather too few than too many."""
    marked = sum(row.group == "head" for row in rows)
    if 0 < marked < len(rows):
        return marked, True
    spread: list[list[tuple[int, MarkupCell]]] = [[] for _ in rows]
    for r, c, cell in placed:
        if cell.text.strip():
            spread[r].append((c, cell))
    count, open_until = 0, 0
    for r, row in enumerate(spread[:-1]):
        if not row and count == r and r < open_until:
            count += 1
            continue
        values = [cell for c, cell in row if c]
        heads = bool(values) and all(cell.head for _, cell in row)
        wordy = bool(values) and not any(is_data(cell.text) for cell in values)
        under = r < open_until or not any(c == 0 for c, _ in row)
        full_row_title = len(row) == 1 and row[0][1].column_span >= width > 1 and r == 0
        if not (full_row_title or (heads and (wordy or r == 0)) or (wordy and (count == 0 or under)) or (heads and under)):
            break
        if r > count:
            break
        count = r + 1
        spans = [cell for c, cell in row if c and cell.column_span > 1]
        open_until = max([open_until, r + 2 if spans else 0, *(r + cell.row_span for _, cell in row)])
    titles_only = count == 1 and len(spread[0]) == 1 and spread[0][0][1].column_span >= width
    return (0 if titles_only else count), False


def is_data(text: str) -> bool:
    """Whether a cell's text is a value of a table's body, not a head; sizes such as ``(n = 50)`` belong to heads."""
    text = repair(text)
    return bool(_DATA.match(text)) and not _SIZE.search(text)


def _without_note_rows(
    placed: list[tuple[int, int, MarkupCell]], height: int, width: int, header: int
) -> tuple[list[tuple[int, int, MarkupCell]], list[Footnote], int]:
    """Notes that stand as full rows at the table's end move under it."""
    notes: list[Footnote] = []
    while width > 1 and height > header + 2:
        last = [(c, cell) for r, c, cell in placed if r == height - 1]
        covered = any(r < height - 1 and r + cell.row_span >= height for r, _, cell in placed)
        if len(last) != 1 or covered or last[0][0] or last[0][1].column_span < width or not _is_note(last[0][1]):
            break
        text, marks = repair(last[0][1].text), last[0][1].marks
        notes.insert(0, note_of(text, marks[0] if marks else None))
        placed = [p for p in placed if p[0] != height - 1]
        height -= 1
    return placed, notes, height


def _is_note(cell: MarkupCell) -> bool:
    text = repair(cell.text)
    return bool(
        re.match(
            rf"[{_SYMBOLS}#{SUPERSCRIPT_LETTERS}{SUPERSCRIPT_DIGITS}]|(?:notes?|abbreviations?|data are|values are)\b", text, re.IGNORECASE
        )
    ) or (bool(cell.marks) or len(text) > 60)


def note_of(text: str, mark: str | None = None) -> Footnote:
    """A note from its text, which may begin with its mark: a symbol, a raised letter or a raised number."""
    text = repair(text)
    if mark is None:
        lead = re.match(rf"([{_SYMBOLS}#]+|[{SUPERSCRIPT_LETTERS}{SUPERSCRIPT_DIGITS}]+)\s*[:.)]?\s*(?=\S)", text)
        mark, text = (lead[1], text[lead.end() :]) if lead else ("", text)
    return Footnote(lower_superscripts(mark).strip(" .:)("), text)


def _lined_rows(placed: Sequence[tuple[int, int, MarkupCell]], header: int) -> set[int]:
    """Body rows whose cells hold several rows, one a line: two cells of the row have several lines."""
    counts: dict[int, int] = {}
    for row, _, cell in placed:
        if row >= header and "\n" in cell.text.strip():
            counts[row] = counts.get(row, 0) + 1
    return {row for row, count in counts.items() if count > 1}


def _draft(row: int, column: int, cell: MarkupCell, head: bool, lined: bool, known: set[str]) -> CellDraft:
    text, marks = clean_cell(cell.text, lined=lined and not head, stub=column == 0 or head)
    if raised := _RAISED_NUMBERS.search(text):
        marks += [m for m in re.split(r"[,;]\s?", lower_superscripts(raised[0])) if m in known]
    marks = [*cell.marks, *marks]
    if not text and marks and all(not m.isalnum() for m in marks):
        text = "".join(dict.fromkeys(marks))
    return CellDraft(row, column, text, cell.row_span, cell.column_span, tuple(dict.fromkeys(marks)), cell.bold, xpath=cell.xpath)


def clean_cell(raw: str, *, lined: bool = False, stub: bool = False) -> tuple[str, list[str]]:
    """A cell's repaired text and the symbol marks taken off its ends.

    Lines within a cell stay; empty ones only in a row of lined-up cells. A stub or head that is merely wrapped comes out on one line.
    """
    lines = repair_lines(raw)
    marks: list[str] = []
    if not lined:
        lines = [line for line in lines if line]
    elif not any(lines):
        lines = []
    for position, line in enumerate(lines):
        while end := _TRAILING.search(line):
            line = line[: end.start()]
            marks += [m for m in lower_superscripts(end[1]).split(",") if m]
        if lead := _LEADING.match(line):
            line = line[lead.end() :]
            marks.append(lead[1])
        lines[position] = line
    return ("\n" if lined or not stub else " ").join(lines), marks


def _levels(
    placed: Sequence[tuple[int, int, MarkupCell]], cells: Sequence[CellDraft], header: int, height: int, width: int
) -> tuple[int, ...]:
    """Depth of each row: by indentation where stubs are indented, else by emphasis; section rows lift what follows them."""
    stub: dict[int, MarkupCell] = {}
    filled = [0] * height
    for (row, column, cell), draft in zip(placed, cells, strict=True):
        if column == 0:
            stub[row] = cell
        elif draft.text:
            filled[row] += 1
    body = [r for r in range(header, height) if r in stub and stub[r].text.strip()]
    steps = sorted({stub[r].indent for r in body})
    levels = [0] * height
    for r in body:
        levels[r] = steps.index(stub[r].indent)
    if len(steps) <= 1:
        emphasised = [r for r in body if stub[r].bold or stub[r].italic]
        plain = 0 < len(emphasised) < len(body)
        inside = False
        for r in body:
            strong = plain and r in emphasised
            section = not filled[r] and (strong or not plain)
            if section or (strong and inside):
                inside = True
            else:
                levels[r] = int(inside)
    else:
        lift = False
        for position, r in enumerate(body):
            following = body[position + 1] if position + 1 < len(body) else None
            if not filled[r] and levels[r] == 0:
                full = stub[r].column_span >= width > 1 or stub[r].bold
                lift = full and following is not None and levels[following] == 0 and bool(filled[following] or not full)
                continue
            levels[r] += int(lift)
    return tuple(levels)
