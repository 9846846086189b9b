"""Rows with fewer values than columns: values keep their order and go where their kind is at home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from counterproof.extract.text.heads import P_HEAD
from counterproof.extract.text.rows import Row
from counterproof.extract.text.values import Kind, Value

_ALIKE = (
    {"number", "p", "percent"},
    {"bracket", "fraction", "percent"},
    {"interval", "range", "spread", "reference"},
    {"number", "bracket", "spread"},
)


@dataclass(frozen=True, slots=True)
class Placed:
    """The column of each value (counted from 0) and whether another placing is as likely."""

    columns: tuple[int, ...]
    certain: bool


def place_rows(rows: Sequence[Row], heads: Sequence[str]) -> list[Placed]:
    """A column for each value of each row; ``heads`` are the value columns' heads."""
    n = len(heads)
    p_columns = [bool(P_HEAD.match(head.strip())) for head in heads]
    profiles = [_profile(rows, c, n, p_columns) for c in range(n)]
    placed: list[Placed] = []
    for row in rows:
        if len(row.values) == n:
            placed.append(Placed(tuple(range(n)), True))
        else:
            placed.append(_align(row.values, profiles, p_columns))
    return _lone_dashes(rows, placed, n)


def _profile(rows: Sequence[Row], column: int, n: int, p_columns: Sequence[bool]) -> Counter[Kind]:
    """The kinds of a column's values in whole rows, and in those that lack but the P-value of the last column."""
    profile: Counter[Kind] = Counter(row.values[column].kind for row in rows if len(row.values) == n)
    if p_columns[-1] and column < n - 1:
        profile.update(row.values[column].kind for row in rows if len(row.values) == n - 1 and all(v.kind != "p" for v in row.values))
    return profile


def _align(values: Sequence[Value], profiles: Sequence[Counter[Kind]], p_columns: Sequence[bool]) -> Placed:
    """The monotone placing of least cost; of equals the leftmost, with runs unbroken."""
    n, m = len(profiles), len(values)
    costs = [[_cost(value, profiles[c], p_columns[c]) for c in range(n)] for value in values]
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, -1): (0.0, ())}
    for i in range(m):
        following: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        for (_, last), (cost, path) in best.items():
            for c in range(last + 1, n - (m - 1 - i)):
                gap = 0.02 * (c - last - 1) if last >= 0 else 0.005 * c
                option = (cost + costs[i][c] + gap, (*path, c))
                if (i + 1, c) not in following or option < following[(i + 1, c)]:
                    following[(i + 1, c)] = option
        best = following
    ranked = sorted(best.values())
    certain = len(ranked) == 1 or ranked[1][0] - ranked[0][0] > 0.5
    return Placed(ranked[0][1] if ranked else (), certain)


def _cost(value: Value, profile: Counter[Kind], is_p: bool) -> float:
    total = sum(profile.values())
    if is_p and value.kind == "missing":
        return 0.3 if value.text[:1].isalpha() else 1.2
    if is_p:
        return {"p": 0.0, "reference": 3.0, "number": 3.0}.get(value.kind, 6.0)
    if value.kind == "p" and value.text[:1] in "<>≤≥Pp":
        return 4.0 - min(2.0, profile["p"] / max(1, total) * 3)
    near = sum(times for kind, times in profile.items() if kind == value.kind)
    alike = sum(times for kind, times in profile.items() if any(value.kind in group and kind in group for group in _ALIKE))
    share = (near + 0.3 * (alike - near if alike > near else 0) + 0.2) / (total + 1.0)
    # A sign for "none" may stand in any column.
    return 0.9 if value.kind == "missing" else -log(share)


def _lone_dashes(rows: Sequence[Row], placed: list[Placed], n: int) -> list[Placed]:
    """A dash on a head row stands over the column in which the rows under it have theirs."""
    for i, row in enumerate(rows[:-1]):
        below = rows[i + 1]
        if len(row.values) == n or not row.values or row.values[0].kind != "missing" or len(below.values) < len(row.values):
            continue
        dashes = [c for c, value in zip(placed[i + 1].columns, below.values, strict=True) if value.text == row.values[0].text]
        taken = placed[i].columns[1] if len(placed[i].columns) > 1 else n
        free = [c for c in dashes if c < taken]
        if free:
            placed[i] = Placed((free[0], *placed[i].columns[1:]), False)
    return placed
