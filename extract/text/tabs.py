"""Cells that an export parts by tabs or bars, as copies from web pages do: set at fixed places, so that they read like kept layout."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RULE = re.compile(r"[|:\-\s]+")
_GAP = "   "


def align(raw_lines: Sequence[str]) -> list[str]:
    """The lines with each run of tabular ones padded to common columns; rules of bars and dashes go."""
    aligned: list[str] = []
    block: list[list[str] | str] = []
    for raw in raw_lines:
        cells = _cells(raw)
        if cells is not None or (block and not raw.strip()):
            block.append(raw if cells is None else cells)
        else:
            aligned.extend(_padded(block))
            block = []
            aligned.append(raw)
    return [*aligned, *_padded(block)]


def _cells(raw: str) -> list[str] | None:
    """The cells of a tabular line, None for any other."""
    text = raw.strip(" \r")
    if len(text) > 2 and text[0] == text[-1] == "|":
        return [] if _RULE.fullmatch(text) else [cell.strip() for cell in text[1:-1].split("|")]
    if "\t" in raw.strip():
        return [cell.strip() for cell in raw.rstrip().split("\t")]
    return None


def _padded(block: Sequence[list[str] | str]) -> list[str]:
    rows = [line for line in block if isinstance(line, list)]
    widths = [max((len(row[c]) for row in rows if c < len(row)), default=0) for c in range(max(map(len, rows), default=0))]
    lines: list[str] = []
    for line in block:
        if isinstance(line, str):
            lines.append(line)
        elif line:
            lines.append(_GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=False)).rstrip())
    return lines
