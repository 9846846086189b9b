"""From the lines of a table's body to its rows: label, values, indent; wrapped labels and parted rows put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line
from counterproof.extract.text.values import Peeled, Value, peel, sure_values

_CONTINUES = re.compile(r"[a-z(\[<>≤≥=%±/&+]|\d+ ?%|-")
_OPEN_END = re.compile(
    r"(?:[,/(–-]|\b(?:of|and|or|the|in|for|to|with|by|at|from|between|after|before|during|per|than|vs\.?|versus|on|a|an))$"
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row before its values have columns."""

    label: str
    values: tuple[Value, ...]
    indent: int
    page: int


def value_columns(lines: Sequence[Line]) -> int:
    """The number of value columns: the largest count of values that several lines with worded labels have."""
    peeled = [p for p in map(peel, (line.text for line in lines)) if p.values]
    counts = Counter(sure_values(p) for p in peeled if _LETTER.search(p.label)) or Counter(len(p.values) for p in peeled)
    total = sum(counts.values())
    enough = max(1 if total < 6 else 2, 0.08 * total)
    usual = max((count for count, times in counts.items() if times >= enough), default=max(counts, default=0))
    return max(usual, _parted_columns(peeled))


def _parted_columns(peeled: Sequence[Peeled]) -> int:
    """The number of values from one label to the next, where most rows agree on it: exports that part a row's values over lines."""
    sums: list[int] = []
    for line in peeled:
        if line.label:
            sums.append(sure_values(line))
        elif sums:
            sums[-1] += len(line.values)
    if len(sums) < 3 or len(sums) > 0.6 * len(peeled):
        return 0
    count, times = Counter(sums).most_common(1)[0]
    return count if times >= 0.6 * len(sums) and count == max(sums) else 0


def read_rows(lines: Sequence[Line], n_columns: int, joiner: Joiner) -> list[Row]:
    """The rows in these lines; a label without values is a row of its own unless it wraps into the next."""
    rows: list[Row] = []
    pending: list[Line] = []
    for i, line in enumerate(lines):
        label, values = _cells(line.text, n_columns)
        if not values:
            below = _cells(lines[i + 1].text, n_columns) if i + 1 < len(lines) else ("", ())
            if not pending and rows and _wraps_behind(rows[-1], line, below, lines[i - 1]):
                rows[-1] = replace(rows[-1], label=joiner.pair(rows[-1].label, line.text))
            else:
                pending.append(line)
            continue
        own, pending = _own_lines(pending, line, label), []
        rows.extend(_sections(own.heads, joiner))
        first = own.label[0] if own.label else line
        rows.append(Row(joiner.join([*(o.text for o in own.label), label]), values, first.indent, first.page))
    rows.extend(_sections(pending, joiner))
    return _mended(rows, n_columns)


def _cells(text: str, n_columns: int) -> tuple[str, tuple[Value, ...]]:
    """The label and at most ``n_columns`` values; surplus ones on the left are words of the label."""
    peeled = peel(text)
    if len(peeled.values) <= n_columns:
        return peeled.label, peeled.values
    values = peeled.values[-n_columns:]
    return text[: values[0].start].strip(), values


@dataclass(frozen=True, slots=True)
class _Own:
    heads: list[Line]
    label: list[Line]


def _own_lines(pending: list[Line], line: Line, label: str) -> _Own:
    """Which of the lines without values above a row belong to its label."""
    cut = len(pending)
    if pending and (not label or (_goes_on(pending[-1], line.opens, label) and line.indent <= pending[-1].indent)):
        cut -= 1
        while cut and _goes_on(pending[cut - 1], pending[cut].opens, pending[cut].text):
            cut -= 1
    return _Own(pending[:cut], pending[cut:])


def _goes_on(above: Line, parted: bool, text: str) -> bool:
    if above.text.endswith("-") or (above.soft and (not parted or text[:1].islower() or text[:1] == "(")):
        return True
    if parted:
        return bool(_OPEN_END.search(above.text)) and text[:1].islower()
    return bool(_OPEN_END.search(above.text) or (_CONTINUES.match(text) and text[:2] not in ("> ", "< ", "≥ ", "≤ ")))


def _wraps_behind(row: Row, line: Line, below: tuple[str, tuple[Value, ...]], above: Line) -> bool:
    """Whether a line without values ends the label of the row above: it reads on, close to it, and the next line has its own label."""
    if line.opens or not row.values or not row.label or not _CONTINUES.match(line.text) or len(line.text) > 60:
        return False
    return bool(below[0] or not below[1]) and bool(peel(above.text).values)


def _sections(lines: Sequence[Line], joiner: Joiner) -> list[Row]:
    rows: list[Row] = []
    for i, line in enumerate(lines):
        if i and _goes_on(lines[i - 1], line.opens, line.text):
            rows[-1] = replace(rows[-1], label=joiner.pair(rows[-1].label, line.text))
        else:
            rows.append(Row(line.text, (), line.indent, line.page))
    return rows


def _mended(rows: Sequence[Row], n_columns: int) -> list[Row]:
    """Rows whose values were parted over lines put together."""
    mended: list[Row] = []
    for row in rows:
        above = mended[-1] if mended else None
        if above and not row.label and row.values and above.values and len(above.values) + len(row.values) <= n_columns:
            mended[-1] = replace(above, values=above.values + row.values)
        else:
            mended.append(row)
    return mended
