"""Quotes and tables with the numbers of a finding marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from counterproof.kb.finding import Finding
from counterproof.queries.html.sources import Number, Paper

Mark = Literal["", "input", "flagged"]
NEAR = 12
"""Of a long table so many rows around each marked one are shown."""
LONG = 60
MOST_ROWS = 150


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


def marked_table(table: dict[str, Any], numbers: Sequence[Number], finding: Finding) -> ShownTable:
    """A table with the cells marked that hold a finding's numbers; of a long one the head and the rows near them."""
    spans: list[tuple[int, int, bool]] = [(number.start, number.end, number.flagged) for number in numbers]
    spans += [(p.start, p.end, True) for p in (finding.place, *finding.more_places) if p.start is not None and p.end is not None]
    marks = {(cell["row"], cell["column"]): _mark(cell, spans) for cell in table["cells"]}
    rows: dict[int, list[ShownCell]] = {}
    for cell in table["cells"]:
        rows.setdefault(cell["row"], []).append(_shown(cell, marks[cell["row"], cell["column"]], table["header_rows"]))
    near = {row + d for (row, _), mark in marks.items() if mark for d in range(-NEAR, NEAR + 1)}
    shown: list[tuple[ShownCell, ...] | None] = []
    for row in range(table["n_rows"]):
        if table["n_rows"] <= LONG or row < table["header_rows"] or (row in near and len(shown) < MOST_ROWS):
            shown.append(tuple(rows.get(row, ())))
        elif shown[-1:] != [None]:
            shown.append(None)
    return ShownTable(table["label"], table["caption"], tuple(shown))


def _mark(cell: dict[str, Any], spans: Iterable[tuple[int, int, bool]]) -> Mark:
    inside = [flagged for start, end, flagged in spans if start < cell["char_end"] and cell["char_start"] < end]
    return "flagged" if any(inside) else "input" if inside else ""


def _shown(cell: dict[str, Any], mark: Mark, header_rows: int) -> ShownCell:
    head: Literal["", "col", "row"] = "col" if cell["row"] < header_rows else "row" if cell["column"] == 0 else ""
    return ShownCell(cell["text"], mark, head, min(cell["row_span"], 1000), min(cell["column_span"], 1000))
