"""Where the heads of a table end and its rows begin."""

from __future__ import annotations

import re
from itertools import pairwise

from counterproof.extract.pdf.geometry import Rect, Word
from counterproof.extract.pdf.tabular import is_row, is_value
from counterproof.extract.pdf.words import split_line

HEAD_LINES = 3
"""A band of heads between two rules holds at most this many lines."""
_UNITS = re.compile(r"%|\b(?:n|no\.?|mean|s\.?d\.?|s\.?e\.?m?\.?|median|iqr|range|c\.?i\.?|or|hr|rr|p)(?![\w-])", re.IGNORECASE)
"""Words that say what a column holds."""


def header_end(lines: list[list[Word]], body: Rect, rules: list[Rect]) -> float:
    """The y below which the rows begin: the rule under the heads, else the first line with a label and mostly numbers."""
    full = _full_rules(body, rules)
    bases = [line[0].base for line in lines]
    bands = [
        [line for line, base in zip(lines, bases, strict=True) if a < base <= b]
        for a, b in zip(full, [*full[1:], body.bottom + 1], strict=True)
    ]
    held = [(y, band) for y, band in zip(full, bands, strict=True) if band]
    if len(held) >= 2 and not _holds_rows(held[0][1], body):
        return _past_units(lines, _last_head_rule(held, body))
    return _first_row(lines, body)


def _past_units(lines: list[list[Word]], end: float) -> float:
    """Below the rule under the heads a line may still say what the columns hold: ``n (%)``, ``Mean (SD)``."""
    for line in lines:
        if line[0].base > end:
            parts = split_line(line, 0.95)
            named = [_UNITS.search(part.text) is not None and not is_value(part.text) for part in parts[1:] or parts]
            if len(parts) < 2 or not all(named):
                break
            end = line[0].base + 0.3 * line[0].size
    return end


def _holds_rows(band: list[list[Word]], body: Rect) -> bool:
    """Whether rows stand between the first two rules already."""
    values = sum(_is_value_row(line, body) for line in band)
    return values >= 2 and values >= 0.4 * len(band)


def _last_head_rule(held: list[tuple[float, list[list[Word]]]], body: Rect) -> float:
    """The rule under the heads: the first one, or a later one if short bands without rows stand between."""
    end = held[1][0]
    for index, ((_, band), (below, _)) in enumerate(pairwise(held)):
        section = index > 0 and len(band) == 1 and _is_section(band[0], body) and any(len(split_line(x, 0.95)) > 1 for x in held[0][1])
        if section or len(held[0][1]) > HEAD_LINES or len(band) > HEAD_LINES or any(_is_value_row(line, body) for line in band):
            break
        end = below
    return end


def _first_row(lines: list[list[Word]], body: Rect) -> float:
    """Where no rule tells: above the first line with a label and mostly numbers, and the section's head over it."""
    for index, line in enumerate(lines):
        if index and _is_value_row(line, body):
            back = index
            while back > 1 and _is_section(lines[back - 1], body):
                back -= 1
            return lines[back][0].base - lines[back][0].size
    return lines[0][0].base + 0.3 * lines[0][0].size if lines else body.top


def _full_rules(body: Rect, rules: list[Rect]) -> list[float]:
    slack = max(0.05 * body.width, 6.0)
    ys: list[float] = []
    for rule in rules:
        y = (rule.top + rule.bottom) / 2
        if rule.x0 <= body.x0 + slack and rule.x1 >= body.x1 - slack and (not ys or y - ys[-1] > 3):
            ys.append(y)
    return ys if ys and ys[0] <= body.top + 6 else [body.top, *ys]


def _is_value_row(line: list[Word], body: Rect) -> bool:
    parts = split_line(line, 0.95)
    return is_row(parts) and parts[0].x0 < body.x0 + 0.3 * body.width


def _is_section(line: list[Word], body: Rect) -> bool:
    parts = split_line(line, 0.95)
    return len(parts) == 1 and parts[0].x0 < body.x0 + 0.1 * body.width
