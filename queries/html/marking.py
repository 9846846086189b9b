"""Quotes and tables with the numbers of a finding marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from counterproof.kb.finding import Finding
from counterproof.queries.html.sources import Number, Paper

Mark = Literal["", "input", "flagged"]
NEAR, MOST_ROWS = 12, 150
"""Of a long table so many rows around each marked one are shown, and so many in all."""
LONG = 60
EXCERPT_NEAR, EXCERPT_ROWS = 1, 16
"""The same for the excerpt that stands open in a card."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote and how it is marked."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a shown table."""

    text: str
    mark: Mark
    head: Literal["", "col", "row"]
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as extracted; a row of None stands for rows left out."""

    label: str
    caption: str
    rows: tuple[tuple[ShownCell, ...] | None, ...]


_BLANK = ShownCell("", "", "", 1, 1)


def marked_quote(paper: Paper, finding: Finding, numbers: Sequence[Number]) -> list[Piece]:
    """The quote of a finding in pieces; its numbers are found by their offsets, or else the printed text by its letters."""
    quote, start = finding.place.quote, paper.quote_start(finding.place)
    if start is None:
        return _by_letters(quote, finding.reported)
    spans: list[tuple[int, int, Mark]] = [
        (number.start - start, number.end - start, "flagged" if number.flagged else "input")
        for number in numbers
        if start <= number.start and number.end <= start + len(quote)
    ]
    if not any(mark == "flagged" for _, _, mark in spans) and finding.place.start is not None and finding.place.end is not None:
        spans.append((finding.place.start - start, min(finding.place.end - start, len(quote)), "flagged"))
    return _cut(quote, sorted(spans))


def _by_letters(quote: str, printed: str) -> list[Piece]:
    hit = re.search(rf"(?<![\d.]){re.escape(printed)}(?![\d.]*\d)", quote) if printed else None
    return _cut(quote, [(hit.start(), hit.end(), "flagged")] if hit else [])


def _cut(quote: str, spans: Iterable[tuple[int, int, Mark]]) -> list[Piece]:
    pieces, at = [], 0
    for start, end, mark in spans:
        if start < at or end <= start:
            continue
        pieces += [Piece(quote[at:start], ""), Piece(quote[start:end], mark)]
        at = end
    return [piece for piece in (*pieces, Piece(quote[at:], "")) if piece.text]


def marked_table(table: dict[str, Any], numbers: Sequence[Number], finding: Finding, *, excerpt: bool = False) -> ShownTable:
    """A table with the cells marked that hold a finding's numbers; of a long one (or as ``excerpt``) the head and the rows near them."""
    reach, most = (EXCERPT_NEAR, EXCERPT_ROWS) if excerpt else (NEAR, MOST_ROWS)
    whole = table["n_rows"] <= (EXCERPT_ROWS if excerpt else LONG)
    spans: list[tuple[int, int, bool]] = [(number.start, number.end, number.flagged) for number in numbers]
    spans += [(p.start, p.end, True) for p in (finding.place, *finding.more_places) if p.start is not None and p.end is not None]
    marks: dict[tuple[int, int], Mark] = {(cell["row"], cell["column"]): _mark(cell, spans) for cell in table["cells"]}
    rows = _filled(table, marks)
    near = {row + d for (row, _), mark in marks.items() if mark for d in range(-reach, reach + 1)}
    shown: list[tuple[ShownCell, ...] | None] = []
    for row in range(table["n_rows"]):
        if whole or row < table["header_rows"] or (row in near and len(shown) < table["header_rows"] + most):
            shown.append(rows[row])
        elif shown[-1:] != [None]:
            shown.append(None)
    return ShownTable(table["label"], table["caption"], tuple(shown))


def _filled(table: dict[str, Any], marks: dict[tuple[int, int], Mark]) -> list[tuple[ShownCell, ...]]:
    """The cells of each row, with blank ones where the grid has a place that no cell covers."""
    begin = {(cell["row"], cell["column"]): cell for cell in table["cells"]}
    covered = {
        (cell["row"] + down, cell["column"] + right)
        for cell in table["cells"]
        for down in range(min(cell["row_span"], table["n_rows"] - cell["row"]))
        for right in range(min(cell["column_span"], table["n_columns"] - cell["column"]))
    }
    rows = []
    for row in range(table["n_rows"]):
        places = [(row, column) for column in range(table["n_columns"]) if (row, column) in begin or (row, column) not in covered]
        rows.append(tuple(_shown(begin[at], marks[at], table["header_rows"]) if at in begin else _BLANK for at in places))
    return rows


def _mark(cell: dict[str, Any], spans: Iterable[tuple[int, int, bool]]) -> Mark:
    inside = [flagged for start, end, flagged in spans if start < cell["char_end"] and cell["char_start"] < end]
    return "flagged" if any(inside) else "input" if inside else ""


def _shown(cell: dict[str, Any], mark: Mark, header_rows: int) -> ShownCell:
    head: Literal["", "col", "row"] = "col" if cell["row"] < header_rows else "row" if cell["column"] == 0 else ""
    return ShownCell(cell["text"], mark, head, min(cell["row_span"], 1000), min(cell["column_span"], 1000))
