"""How deep each row stands: by its indent, and where that is lost by head rows, P-values and sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from counterproof.extract.text.rows import Row
from counterproof.kb.characters import digits

_COUNT = re.compile(r"(\d{1,3}(?:[,\u202f]\d{3})+|\d+)(?:\s?/\s?\d+)?\s?(?:[(\[]\s?(\d+(?:[.·,]\d+)?)\s?%?\s?[)\]])?")
_PERCENT_SLACK = 1.6


def row_levels(rows: Sequence[Row], placed: Sequence[Sequence[int]], n_columns: int) -> list[int]:
    """The depth of each row (0 = outermost); ``placed`` are the columns of each row's values."""
    by_indent = _indented(rows)
    return by_indent if by_indent is not None else _inferred(rows, placed, n_columns)


def _indented(rows: Sequence[Row]) -> list[int] | None:
    """Levels from indents, None where the lines have none or where they part nothing."""
    indents = [row.indent for row in rows]
    steps = sorted(set(indents))
    if len(steps) < 2:
        return None
    deeper = sum(indent > steps[0] for indent in indents)
    # A single indented row is the first line of a page, not a child.
    heads = sum(
        (a.indent < b.indent and not _counts(a)) or (a.indent < b.indent and len(a.values) < len(b.values)) for a, b in pairwise(rows)
    )
    if deeper < 2 or not heads:
        return None
    return [min(steps.index(indent), 3) for indent in indents]


def _inferred(rows: Sequence[Row], placed: Sequence[Sequence[int]], n_columns: int) -> list[int]:
    levels = [0] * len(rows)
    i = 0
    while i < len(rows):
        end = _block_end(rows, placed, i, n_columns) if _is_head(rows, i, n_columns) else _summed_end(rows, i)
        for k in range(i + 1, end):
            levels[k] = 1
        i = max(end, i + 1)
    return levels


def _is_head(rows: Sequence[Row], i: int, n_columns: int) -> bool:
    """A head row has no values, or only a P-value or its own size, and rows with more values follow."""
    row = rows[i]
    if i + 1 == len(rows):
        return False
    after = rows[i + 1]
    if not row.values:
        return True
    few = len(row.values) < max(2, n_columns) and all(v.kind in ("p", "size", "missing") for v in row.values)
    if all(v.kind == "size" for v in row.values):
        return bool(after.values) and after.values[0].kind != "size"
    return few and len(after.values) > len(row.values) - 1 and bool(after.values) and after.values[0].kind != "p"


def _block_end(rows: Sequence[Row], placed: Sequence[Sequence[int]], head: int, n_columns: int) -> int:
    """The first row after a head's children."""
    own_p = any(v.kind == "p" for v in rows[head].values)
    k = head + 1
    while k < len(rows):
        if _is_head(rows, k, n_columns) or (k > head + 1 and _begins_anew(rows, placed, head, k, own_p)):
            break
        k += 1
    return k if k > head + 1 else head + 1


def _begins_anew(rows: Sequence[Row], placed: Sequence[Sequence[int]], head: int, k: int, own_p: bool) -> bool:
    """Whether row ``k`` cannot be a child: it has a P-value of its own where the head has the block's, or the block is full."""
    last = max((c for columns in placed for c in columns), default=0)
    ends_in_p = bool(rows[k].values) and rows[k].values[-1].kind == "p" and placed[k][-1] == last
    children = rows[head + 1 : k]
    if ends_in_p and (
        own_p
        or (
            not rows[head].values
            and not any(_p_last(row, columns, last) for row, columns in zip(children, placed[head + 1 : k], strict=True))
        )
    ):
        return len(rows[k].values) > 1
    percents = [_percents(row) for row in children]
    widths = {len(p) for p in percents}
    return (
        len(children) > 1
        and len(widths) == 1
        and widths != {0}
        and all(abs(sum(column) - 100) <= _PERCENT_SLACK for column in zip(*percents, strict=True))
    )


def _p_last(row: Row, columns: Sequence[int], last: int) -> bool:
    return bool(row.values) and row.values[-1].kind == "p" and columns[-1] == last


def _summed_end(rows: Sequence[Row], i: int) -> int:
    """The end of the rows whose counts add up, in each column, to the counts of row ``i``."""
    base = _counts(rows[i])
    if len(base) < 2 or min(base) == 0:
        return i + 1
    sums = [0] * len(base)
    for k in range(i + 1, min(len(rows), i + 13)):
        counts = _counts(rows[k])
        if len(counts) != len(base):
            return i + 1
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        if sums == base and k > i + 1:
            return k + 1
        if any(a > b for a, b in zip(sums, base, strict=True)):
            return i + 1
    return i + 1


def _counts(row: Row) -> list[int]:
    hits = [_COUNT.fullmatch(v.text) for v in row.values if v.kind in ("bracket", "number", "fraction")]
    return [int(digits(hit[1])) for hit in hits if hit]


def _percents(row: Row) -> list[float]:
    hits = [_COUNT.fullmatch(v.text) for v in row.values if v.kind in ("bracket", "fraction")]
    return [float(hit[2].replace(",", ".").replace("·", ".")) for hit in hits if hit and hit[2]]
