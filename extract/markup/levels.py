"""How deep each row of a marked-up table stands: by indentation, else by emphasis, else by heads without values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from counterproof.extract.markup.grid import MarkupCell, Placed, width_of
from counterproof.extract.repair import repair

# A label without values that is a level, not a head: its counts are simply not given.
_LEVEL = re.compile(r"(?:yes|no|none|other|others|unknown|missing|male|female|men|women|total)\b.{0,3}$", re.IGNORECASE)
_WRAPPED = re.compile(r"[a-z<>≤≥=(%]")
_SAME_INDENT = 0.22
_SPREAD = re.compile(r"±|\+/[-−–]|[(\[]\s*-?\d[\d.]{0,12}\s*(?:[-–—;,]|to)\s*-?\d")


def row_levels(placed: Sequence[Placed], header: int, height: int) -> tuple[int, ...]:
    """The depth of each row, 0 for the outermost.

    Where stubs are indented the indents count, and a head over the whole width lifts the rows that are not. Else rows under a head
    without values are one deeper, until something shows that a new variable begins.
    """
    stubs = {p.row: p.cell for p in placed if p.column == 0 and p.row >= header and not p.cell.empty}
    values: dict[int, dict[int, str]] = {row: {} for row in stubs}
    for p in placed:
        if p.column and p.row in values and (text := p.cell.text).strip():
            values[p.row][p.column] = text
    levels = [0] * height
    depths = _depths({row: cell.indent for row, cell in stubs.items()})
    lift = _indented_lift if len(set(depths.values())) > 1 else _headed_lift
    for row, up in lift(stubs, values, width_of(placed)).items():
        levels[row] = depths[row] + up
    covered = {row for p in placed if p.column == 0 for row in range(p.row, p.row + p.cell.row_span) if not p.cell.empty}
    for row in range(header + 1, height):
        above = next((r for r in range(row, header - 1, -1) if r in stubs), None)
        if row not in covered and above is not None and not values[above]:
            levels[row] = levels[above] + 1  # the levels stand in the second column
    return tuple(levels)


def _depths(indents: Mapping[int, float]) -> dict[int, int]:
    """How many rows above, each less indented than the next, a row stands under; indents within a thin space are the same."""
    above: list[float] = []
    depths = {}
    for row in sorted(indents):
        while above and above[-1] > indents[row] - _SAME_INDENT:
            above.pop()
        depths[row] = len(above)
        above.append(indents[row])
    return depths


def _indented_lift(stubs: Mapping[int, MarkupCell], values: Mapping[int, Mapping[int, str]], width: int) -> dict[int, int]:
    """1 for rows under a section head whose own indent does not show it, else 0."""
    outermost = min(cell.indent for cell in stubs.values())
    rows = sorted(stubs)
    lifts: dict[int, int] = {}
    lift = 0
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        cell = stubs[row]
        section = not values[row] and cell.indent == outermost and (cell.bold or cell.column_span >= width > 1)
        if section:
            lift = int(below is not None and stubs[below].indent == outermost)
        lifts[row] = 0 if section else lift
    return lifts


def _headed_lift(stubs: Mapping[int, MarkupCell], values: Mapping[int, Mapping[int, str]], width: int) -> dict[int, int]:
    """1 for rows in the block of a head, 0 for heads and for rows of their own."""
    emphasised = {row for row, cell in stubs.items() if cell.bold or cell.italic}
    heads = _heads(stubs, values, emphasised, width)
    marked = bool(emphasised & heads) and len(emphasised) < len(stubs)
    # Where variables with values are emphasised as well as heads, emphasis alone says where a block ends.
    complete = marked and bool(emphasised - heads)
    lifts: dict[int, int] = {}
    block: list[int] | None = None
    for row in sorted(stubs):
        head = row in heads
        if not head and block is not None and (row in emphasised if complete else _begins_anew(row, block, values)):
            block = None
            head = complete
        lifts[row] = int(block is not None and not head)
        if head:
            block = [row] if row + 1 in stubs else None
        elif block is not None:
            block.append(row)
    return lifts


def _heads(stubs: Mapping[int, MarkupCell], values: Mapping[int, Mapping[int, str]], emphasised: set[int], width: int) -> set[int]:
    """Rows that print a label alone, or a label with a P-value for the rows beneath.

    Not among them: levels whose counts are missing and second lines of a label.
    """
    heads = set()
    for row, cell in stubs.items():
        label = repair(cell.text)
        bare = not values[row] or (label.endswith(":") and not any(c.isdigit() for text in values[row].values() for c in text))
        sure = row in emphasised or cell.column_span >= width > 1
        if (bare and (sure or not (_LEVEL.match(label) or _WRAPPED.match(label)))) or _for_those_beneath(row, values):
            heads.add(row)
    return heads


def _for_those_beneath(row: int, values: Mapping[int, Mapping[int, str]]) -> bool:
    """Whether a row's values stand in columns that the next two rows leave empty while they fill others."""
    beneath = [values[r].keys() for r in (row + 1, row + 2) if r in values]
    mine = values[row].keys()
    return bool(mine) and len(beneath) == 2 and all(len(columns) > 1 and columns.isdisjoint(mine) for columns in beneath)


def _begins_anew(row: int, block: Sequence[int], values: Mapping[int, Mapping[int, str]]) -> bool:
    """Whether a row cannot belong to the block above it, ``block`` being its head and the rows so far.

    It fills a column that the head, or of the rows beneath only the first one, fills (their P-value); or the block holds counts and the
    row a mean or median with its spread.
    """
    head, *rows = block
    if set(values[head]) & set(values[row]):
        return True
    if len(rows) < 2:
        return False
    of_the_first = set(values[rows[0]]) - set(values[rows[1]])
    if of_the_first and of_the_first <= set(values[row]):
        return True
    return _spread(values[row]) and not any(_spread(values[r]) for r in rows)


def _spread(row: Mapping[int, str]) -> bool:
    return bool(row) and bool(_SPREAD.search(row[min(row)]))
