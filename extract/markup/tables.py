"""From rows of markup to a table: cells at their places with repaired text, note marks kept apart, header rows, row levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from counterproof.extract.builder import CellDraft, TableDraft
from counterproof.extract.markup.grid import MarkupCell, MarkupRow, Placed, place, width_of
from counterproof.extract.markup.heads import header_rows
from counterproof.extract.markup.levels import row_levels
from counterproof.extract.markup.notes import RAISED, SYMBOLS, canonical_mark, read_notes
from counterproof.extract.repair import SUPERSCRIPT_DIGITS, SUPERSCRIPT_LETTERS, lower_superscripts, repair, repair_lines

NoteText = tuple[str | None, str]
"""A note as marked up: its label, if it has one of its own, and its text (line feeds are breaks)."""

_LETTERS = f"[{SUPERSCRIPT_LETTERS}]"
_MARK_SIGNS = frozenset(f"*†‡§¶‖#{SUPERSCRIPT_LETTERS}")
"""What marks at the ends of a cell's text end or begin with; most cells have none."""
_TRAILING = re.compile(rf"(?<=[\w)%\]–—-])(?:\s?([*†‡§¶‖]+)|(#+)|({_LETTERS}(?:,?{_LETTERS}){{0,5}}))$")
_LEADING = re.compile(r"^([*†‡§¶‖]+)\s?(?=[\w<>≤≥(])")
_RAISED_NUMBER = f"{_LETTERS}?[{SUPERSCRIPT_DIGITS}]{{1,3}}"
_RAISED_NUMBERS = re.compile(rf"(?<![{SUPERSCRIPT_DIGITS}]){_RAISED_NUMBER}(?:[,;]\s?{_RAISED_NUMBER}){{0,9}}$")
_VALUE_LETTERS = re.compile(r"[<>≤≥=−-]?\s?[\d.].*[\d)%\]]([a-f]{1,4})$")
_WRAPPED_VALUE = re.compile(r"\s*(?:$|[(\[±/–—-]\s*\d|to\b|and\b|vs\b)")  # the second line of one value, as in "5 / (12%)"
_NOTE_LEAD = re.compile(rf"[{SYMBOLS}{RAISED}]|(?:notes?|abbreviations?|data (?:are|is|shown)|values (?:are|is))\b", re.IGNORECASE)
_LONG_TEXT = 80


def draft_table(rows: Sequence[MarkupRow], notes: Sequence[NoteText] = ()) -> TableDraft:
    """The table on its grid, header rows first and ``tfoot`` rows last. Notes are those given, then those inside the grid's end."""
    rows = sorted(rows, key=lambda row: ("head", "body", "foot").index(row.group))
    placed = place(rows)
    header, certain = header_rows(rows, placed)
    body, inside = _note_rows(placed, len(rows), header)
    lined = _lined_rows(body, header)
    cells = [_draft(p, head=p.row < header, lined=p.row in lined) for p in body]
    possible = {place: marks for place, cell in enumerate(cells) if (marks := _possible_marks(cell.text))}
    used = {mark for cell in cells for mark in cell.marks}.union(*possible.values())
    footnotes = [note for label, text in (*notes, *inside) for note in read_notes(text, used, label)]
    known = {note.mark for note in footnotes}
    for at, marks in possible.items():
        cells[at] = _with_noted_marks(cells[at], marks, known)
    height = max((p.row + p.cell.row_span for p in body), default=0)
    return TableDraft(
        cells=cells,
        header_rows=min(header, height),
        row_levels=row_levels(body, header, height),
        footnotes=footnotes,
        confidence=1.0 if certain else 0.9,
    )


def clean_cell(raw: str, *, wrapped: bool = False, aligned: bool = False) -> tuple[str, list[str]]:
    """A cell's repaired text and the marks taken off its ends: symbols and raised letters.

    Lines within a cell stay, unless they are merely ``wrapped`` (heads, stubs). Empty lines stay where the row's cells have lines that
    are ``aligned`` with each other.
    """
    if raw.isascii() and raw.isprintable() and "*" not in raw and "#" not in raw:  # as most cells
        return " ".join(raw.split()) if "  " in raw else raw.strip(), []
    lines = repair_lines(raw)
    if len(lines) == 1 and lines[0][-1:] not in _MARK_SIGNS and lines[0][:1] not in _MARK_SIGNS:
        return lines[0], []
    if not aligned or not any(lines):
        lines = [line for line in lines if line]
    marks: list[str] = []
    for position, line in enumerate(lines):
        while line[-1:] in _MARK_SIGNS and (end := _TRAILING.search(line)):
            line = line[: end.start()]
            marks += [m for m in lower_superscripts(next(filter(None, end.groups()))).split(",") if m]
        if line[:1] in _MARK_SIGNS and (lead := _LEADING.match(line)):
            line = line[lead.end() :]
            marks.append(lead[1])
        lines[position] = line
    return (" " if wrapped and not aligned else "\n").join(lines), marks


def _draft(p: Placed, *, head: bool, lined: bool) -> CellDraft:
    cell = p.cell
    text, trailing = clean_cell(cell.text, wrapped=head or p.column == 0, aligned=lined and not head)
    marks = tuple(dict.fromkeys(filter(None, map(canonical_mark, (*cell.marks, *trailing))))) if cell.marks or trailing else ()
    if not text and marks and not any(mark.isalnum() for mark in marks):
        text = " ".join(marks)  # stars in a cell of their own are its content, as in a column of P-values
    return CellDraft(p.row, p.column, text, cell.row_span, cell.column_span, marks, cell.bold, xpath=cell.xpath)


def _possible_marks(text: str) -> list[str]:
    """What may be note marks at the end of a cell's text if notes begin with them: raised numbers, letters right behind a value."""
    last = text.rstrip("\n")[-1:]
    if last in SUPERSCRIPT_DIGITS and (raised := _RAISED_NUMBERS.search(text)):
        return [canonical_mark(number) for number in re.split(r"[,;]", raised[0])]
    return list(letters[1]) if last in "abcdef" and (letters := _VALUE_LETTERS.match(text)) else []


def _with_noted_marks(cell: CellDraft, possible: Sequence[str], known: Collection[str]) -> CellDraft:
    """The cell with those possible marks that a note explains. Letters come off the text; a raised number stays, raised."""
    marks = [mark for mark in possible if mark in known]
    if not marks or (marks[0].isalpha() and ("a" not in known or len(marks) < len(possible))):
        return cell
    text = cell.text[: -len(marks)] if marks[0].isalpha() else cell.text
    return replace(cell, text=text, marks=tuple(dict.fromkeys((*cell.marks, *marks))))


def _lined_rows(placed: Sequence[Placed], header: int) -> set[int]:
    """Body rows whose cells hold several rows, one a line: at least two of them do, and one is no label."""
    counts: Counter[int] = Counter()
    valued: set[int] = set()
    for p in placed:
        if p.row < header or "\n" not in p.cell.text:
            continue
        _, *more = p.cell.text.strip().split("\n")
        if not more or (p.column and all(_WRAPPED_VALUE.match(line) for line in more)):
            continue
        counts[p.row] += 1
        if p.column:
            valued.add(p.row)
    return {row for row in valued if counts[row] > 1}


def _note_rows(placed: Sequence[Placed], height: int, header: int) -> tuple[list[Placed], list[NoteText]]:
    """The grid without the notes that stand as full rows at its end, and these notes."""
    body, notes, width = list(placed), list[NoteText](), width_of(placed)
    by_row: list[list[Placed]] = [[] for _ in range(height)]
    for p in placed:
        by_row[p.row].append(p)
    for row in range(height - 1, header + 1, -1):
        reach = max((p.row + p.cell.row_span for p in placed if p.row < row and p.cell.row_span > 1), default=0)
        if reach > row or len(by_row[row]) != 1 or not _is_note(by_row[row][0], width):
            break
        cell = by_row[row][0].cell
        notes.insert(0, (cell.marks[0] if cell.marks else None, cell.text))
        body.remove(by_row[row][0])
    return body, notes


def _is_note(p: Placed, width: int) -> bool:
    cell: MarkupCell = p.cell
    if width < 2 or p.column or cell.column_span < width or cell.empty:
        return False
    text = repair(cell.text)
    return len(text) > _LONG_TEXT or bool(_NOTE_LEAD.match(text)) or (bool(cell.marks) and len(text) > _LONG_TEXT // 4)
