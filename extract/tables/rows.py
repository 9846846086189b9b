"""The hierarchy of a panel's rows: which rows are heads of others, told by indent, blank values, labels and sums."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.layout import Panel, Row

_REST = re.compile(
    r"^(?:unknown|missing|not (?:known|available|reported|applicable|done|assessed)|n/?a|other|others|unspecified|no data)\b", re.IGNORECASE
)

LONE_SIZE = re.compile(r"\(?\s*[nN]\s?=\s?\d[\d,\u202f]*+\s*\)?")
_LONGEST = 60
"""The most rows that a head without indent may hold; a longer run is no variable with levels."""
Counts = Mapping[int, Sequence[int | None]]
"""For each row (by its index) the first whole number in each arm column (None where there is none)."""


Home = tuple[int | None, tuple[str, ...]]
"""A row's parent and the labels above it."""


class Place(NamedTuple):
    """Where a row stands: its parent row (an index into the table's rows) and the labels above it, outer to inner."""

    parent: int | None
    above: tuple[str, ...]
    blank: bool

    @property
    def home(self) -> Home:
        """What the row hangs from: rows with the same home are siblings."""
        return self.parent, self.above


def is_rest(label: str) -> bool:
    """Whether a level is what remains: unknown, missing, other."""
    return bool(_REST.match(label.strip()))


def place_rows(panel: Panel, columns: list[Column], counts: Counts, bases: Sequence[int | None], arms: dict[int, str]) -> dict[int, Place]:
    """The place of every row of a panel."""
    blank = {row.index: is_blank(panel, row, columns) for row in panel.rows}
    parents: dict[int, int | None] = {}
    by_index = {row.index: row for row in panel.rows}
    rows = panel.rows
    for position, row in enumerate(rows):
        if row.index in parents:
            continue
        parents[row.index] = _indented_parent(rows, position)
    bearing = [row.index for position, row in enumerate(rows) if _bears_for_levels(panel, columns, rows[position : position + 2])]
    heads = {**blank, **dict.fromkeys(bearing, True)}
    for position, row in enumerate(rows):
        run = _unindented_children(panel, columns, rows, position, heads, counts, bases, arms)
        if row.index in bearing:
            run = list(takewhile(lambda child: _roles(panel, columns, child) == {"value"}, run))
        for child in run:
            if parents[child.index] == parents[row.index] or parents[child.index] is None:
                parents[child.index] = row.index
    places: dict[int, Place] = {}
    for row in rows:
        parent = parents[row.index]
        above: tuple[str, ...] = row.stubs[:-1]
        if parent is not None and parent in places:
            upper = by_index[parent]
            names = (*places[parent].above, *upper.stubs[-1:])
            above = names if not above or above[0] in names else (*names, *above)
        places[row.index] = Place(parent, above, blank[row.index])
    return places


def _bears_for_levels(panel: Panel, columns: list[Column], rows: list[Row]) -> bool:
    """``Race | | | 14.6 | 0.75`` above ``White | 40 (80%) | 42 (84%)``: effect or statistic with P on the variable, values on its levels.

    Of a row and the one right below it: the first has nothing in the arms' columns, the second nothing else.
    """
    if len(rows) < 2 or rows[0].level != rows[1].level or not any(column.arm for column in columns):
        return False
    above, below = (_roles(panel, columns, row) for row in rows)
    return "p" in above and bool(above & {"effect", "statistic"}) and "value" not in above and below == {"value"}


def _roles(panel: Panel, columns: list[Column], row: Row) -> set[str]:
    """The roles of the columns in which a row has a cell that is not its label drawn out."""
    cells = ((column.role, panel.cell(row.index, column.index)) for column in columns)
    return {role for role, cell in cells if cell and cell is not panel.table.covered[row.index][0]}


def is_blank(panel: Panel, row: Row, columns: list[Column]) -> bool:
    """Whether a row has no values of its own (a P-value or a base may stand on it)."""
    for column in columns:
        cell = panel.cell(row.index, column.index)
        if cell and column.role != "p" and not LONE_SIZE.fullmatch(cell.text.strip()):
            first = panel.table.covered[row.index][0]
            if cell is first:
                continue
            return False
    return True


def _indented_parent(rows: list[Row], position: int) -> int | None:
    row = rows[position]
    if row.level == 0 and len(row.stubs) < 2:
        return None
    for earlier in reversed(rows[:position]):
        if len(row.stubs) > 1 and earlier.stubs == row.stubs[:-1]:
            return earlier.index
        if len(row.stubs) > 1 and earlier.stubs[:1] != row.stubs[:1]:
            break
    if len(row.stubs) > 1:
        return None
    for earlier in reversed(rows[:position]):
        if earlier.level < row.level and len(earlier.stubs) <= len(row.stubs):
            return earlier.index
    return None


def _unindented_children(
    panel: Panel,
    columns: list[Column],
    rows: list[Row],
    position: int,
    blank: dict[int, bool],
    counts: Counts,
    bases: Sequence[int | None],
    arms: dict[int, str],
) -> list[Row]:
    """The rows below a head that is not set off by indent: until the next head, a full sum, or a row that opens something new."""
    head = rows[position]
    if not head.label or len(head.stubs) > 1 or head.heading.p:
        return []
    if not blank[head.index]:
        return [] if arms or not _may_sum(counts[head.index]) else _summing(head, _following(rows, position, blank), counts)
    return _until_closed(panel, columns, head, _following(rows, position, blank), counts, bases, arms)


def _following(rows: list[Row], position: int, blank: dict[int, bool]) -> list[Row]:
    """The rows of a head's own depth until the next head; none where the row right below is set off."""
    head = rows[position]
    following: list[Row] = []
    for row in rows[position + 1 : position + 1 + _LONGEST]:
        if row.level < head.level or (row.level == head.level and blank[row.index]):
            break
        if row.level > head.level and row is rows[position + 1]:
            return []
        if row.level == head.level:
            following.append(row)
    return following


def _may_sum(wanted: Sequence[int | None]) -> bool:
    """Whether a row's counts are enough to tell a sum from chance: two arms or more, ten people or more."""
    known = [value for value in wanted if value is not None]
    return len(known) > 1 and sum(known) >= 10


def _summing(head: Row, following: list[Row], counts: Counts) -> list[Row]:
    """Rows whose counts add up to the head's in every arm (two levels or more)."""
    wanted = counts[head.index]
    known = [i for i, value in enumerate(wanted) if value is not None]
    sums = [0] * len(wanted)
    for taken, row in enumerate(following[:12], start=1):
        if row.heading.explicit and not head.heading.explicit:
            return []
        values = counts[row.index]
        if any(values[i] is None for i in known):
            return []
        for i in known:
            sums[i] += values[i] or 0
        if taken > 1 and all(sums[i] == wanted[i] for i in known):
            return following[:taken]
        if any(sums[i] > (wanted[i] or 0) for i in known):
            return []
    return []


def _until_closed(
    panel: Panel, columns: list[Column], head: Row, following: list[Row], counts: Counts, bases: Sequence[int | None], arms: dict[int, str]
) -> list[Row]:
    p_columns = [column.index for column in columns if column.role == "p"]

    def has_p(row: Row) -> bool:
        return any(panel.cell(row.index, index) for index in p_columns)

    head_p, seen_p, gap = has_p(head), False, False
    sums, first = [0] * len(bases), following[0] if following else None
    for taken, row in enumerate(following):
        explicit = row.heading.explicit and bool(row.heading.name) and row.index not in arms
        if taken and explicit and first and not first.heading.explicit and (head.heading.explicit or not has_p(first)):
            return following[:taken]
        if not taken and head_p and has_p(row) and not row.heading.explicit and row.index not in arms:
            return []
        if taken and has_p(row) and not row.heading.p and ((head_p and not explicit) or (seen_p and gap)) and row.index not in arms:
            return following[:taken]
        gap = gap or (seen_p and not has_p(row))
        seen_p = seen_p or has_p(row)
        values = counts[row.index]
        for i, value in enumerate(values):
            sums[i] += value or 0
        full = [i for i, base in enumerate(bases) if base]
        if taken and len(full) > 1 and all(sums[i] == bases[i] for i in full) and not arms:
            rest = following[taken + 1 : taken + 2]
            if not rest or not is_rest(rest[0].label) or any(v for v in counts[rest[0].index]):
                return following[: taken + 1]
    return following
