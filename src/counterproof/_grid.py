"""Rows of text set in columns: every column keeps its place and every word is shown, whatever the width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

GAP = 2
LONGEST_WORD = 16
"""A column is no narrower than its longest word, up to this many characters."""


def grid(rows: Sequence[Sequence[str]], width: int, *, right: Sequence[bool] = ()) -> Iterator[list[str]]:
    """For each row the lines it takes, cells wrapped at words and set left (or ``right``, by column) in their columns.

    Lines are longer than ``width`` only where the columns at their least do not fit into it.
    """
    widths = _widths(rows, width)
    for row in rows:
        cells = [_wrapped(cell, room) for cell, room in zip(row, widths, strict=True)]
        lines = []
        for number in range(max(map(len, cells), default=0)):
            parts = [cell[number] if number < len(cell) else "" for cell in cells]
            set_parts = (
                part.rjust(room) if i < len(right) and right[i] else part.ljust(room)
                for i, (part, room) in enumerate(zip(parts, widths, strict=True))
            )
            lines.append((" " * GAP).join(set_parts).rstrip())
        yield lines


def least_width(rows: Sequence[Sequence[str]]) -> int:
    """The width that these rows need at least."""
    least = [_least(column) for column in zip(*rows, strict=True)]
    return sum(least) + GAP * (len(least) - 1)


def _least(column: Sequence[str]) -> int:
    return min(LONGEST_WORD, max((len(word) for cell in column for word in cell.split()), default=1))


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Widths of the columns: as wide as their texts where that fits, else the widest cut down first."""
    columns = list(zip(*rows, strict=True))
    least = [_least(column) for column in columns]
    widths = [max(least[i], min(width, max(map(len, column)))) for i, column in enumerate(columns)]
    spare = sum(widths) + GAP * (len(widths) - 1) - width
    while spare > 0:
        wide = max(range(len(widths)), key=lambda i: widths[i] if widths[i] > least[i] else 0)
        if widths[wide] == least[wide]:
            break
        widths[wide] -= 1
        spare -= 1
    return widths


def _wrapped(cell: str, room: int) -> list[str]:
    indent = cell[: len(cell) - len(cell.lstrip(" "))][: room // 4]
    return textwrap.wrap(cell.strip(), room, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False) or [""]
