"""Rows laid out as columns: comparisons, their arms and levels, and batches of equal shape.

Every comparison gets a number in order of first appearance of its id; rows are kept sorted by it, so that
all work on comparisons is work on arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from counterproof.queries.statistics.rounding import Flags, Floats, Ints, Printed, PrintedP, numbered, read_numbers, read_p_values
from counterproof.queries.statistics.rows import Texts, columns

if TYPE_CHECKING:
    import pandas as pd

_MOST_COUNTED = 1e10
_ARM_DATA = ("count", "percent", "mean", "median")


@dataclass(frozen=True)
class Layout:
    """The rows of all comparisons. ``comparison``, ``arm`` and ``level`` number each row's places (from 0 within its comparison)."""

    ids: list[str]
    rows: dict[str, Texts]
    comparison: Ints
    starts: Ints
    in_arm: Flags
    arm: Ints
    level: Ints
    n_arms: Ints
    n_levels: Ints
    doubled: Flags

    def __len__(self) -> int:
        return len(self.ids)

    def texts(self, column: str) -> Texts:
        """A column as printed."""
        return self.rows[column]

    def numbers(self, column: str) -> Printed:
        """A column as printed numbers (read once)."""
        kept: dict[str, Printed] = self._numbers
        if column not in kept:
            read = read_numbers(self.texts(column))
            kept[column] = _whole(read) if column in ("n", "count") else read
        return kept[column]

    @cached_property
    def _numbers(self) -> dict[str, Printed]:
        return {}

    def first(self, column: str) -> Texts:
        """For each comparison the first text of the column that is not blank."""
        texts = self.texts(column)
        out = np.full(len(self), "", dtype=object)
        filled = np.flatnonzero(texts != "")[::-1]
        out[self.comparison[filled]] = texts[filled]
        return out

    @cached_property
    def p(self) -> PrintedP:
        """The printed P of each comparison."""
        return read_p_values(self.first("p"))

    def any(self, rows: Flags) -> Flags:
        """For each comparison whether one of its rows is marked."""
        return np.bincount(self.comparison[rows], minlength=len(self)) > 0

    def all_in_arms(self, rows: Flags) -> Flags:
        """For each comparison whether it has arms and all its arm rows are marked."""
        return (self.n_arms > 0) & ~self.any(self.in_arm & ~rows)

    def shapes(self, chosen: Flags) -> Iterator[tuple[int, int, Ints]]:
        """(arms, levels, comparisons) for each shape that occurs among the chosen comparisons."""
        owners = np.flatnonzero(chosen)
        key = self.n_arms[owners] * 100_000 + self.n_levels[owners]
        for value in np.unique(key):
            yield int(value // 100_000), int(value % 100_000), owners[key == value]

    def grid(self, values: Floats, owners: Ints, arms: int, levels: int) -> Floats:
        """Row values as an array (owners, arms, levels), nan where a comparison has no such row."""
        place = np.full(len(self), -1, dtype=np.int64)
        place[owners] = np.arange(len(owners))
        rows = np.flatnonzero((place[self.comparison] >= 0) & self.in_arm)
        out = np.full((len(owners), arms, levels), np.nan)
        out[place[self.comparison[rows]], self.arm[rows], self.level[rows]] = values[rows]
        return out

    def printed_grid(self, column: str, owners: Ints, arms: int, levels: int) -> Printed:
        """A printed column as an array (owners, arms, levels)."""
        printed = self.numbers(column)
        return Printed(self.grid(printed.value, owners, arms, levels), self.grid(printed.unit, owners, arms, levels))


def _whole(read: Printed) -> Printed:
    """Counts only: whole numbers that are not negative and not absurdly large."""
    with np.errstate(invalid="ignore"):
        fit = (read.value >= 0) & (read.value <= _MOST_COUNTED) & (read.value == np.round(read.value))
    return Printed(np.where(fit, read.value, np.nan), read.unit)


def lay_out(rows: pd.DataFrame | Mapping[str, Sequence[Any]]) -> Layout:
    """Sort the rows by comparison and number arms and levels in order of first appearance."""
    texts = columns(rows)
    codes, ids = numbered(texts["id"])
    order = np.argsort(codes, kind="stable")
    texts, comparison = {name: column[order] for name, column in texts.items()}, codes[order]
    starts = np.searchsorted(comparison, np.arange(len(ids)))
    names = (*_ARM_DATA, "n", "arm", "level", "estimate", "statistic", "ci_low")
    filled = {name: (texts[name] != "").astype(bool) for name in names}
    no_effect = ~(filled["estimate"] | filled["statistic"] | filled["ci_low"])
    in_arm = np.logical_or.reduce([filled[name] for name in _ARM_DATA]) | (filled["n"] & (filled["arm"] | no_effect))
    nameless = ~filled["arm"] & ~filled["level"]
    arm, n_arms = _places(comparison, texts["arm"], in_arm, len(ids), np.where(nameless, np.arange(len(order)), -1))
    level, n_levels = _places(comparison, texts["level"], in_arm, len(ids), np.full(len(order), -1))
    cell = (comparison * 1_000 + np.minimum(arm, 999)) * 100_000 + level
    repeated = np.ones(len(cell), dtype=bool)
    repeated[np.unique(cell, return_index=True)[1]] = False
    doubled = np.bincount(comparison[repeated & in_arm], minlength=len(ids)) > 0
    return Layout([str(i) for i in ids], texts, comparison, starts, in_arm, arm, level, n_arms, n_levels, doubled)


def _places(comparison: Ints, labels: Texts, chosen: Flags, n: int, apart: Ints) -> tuple[Ints, Ints]:
    """Each chosen row's place among the distinct labels of its comparison, and how many each comparison has."""
    codes = numbered(labels)[0]
    key = np.where(apart >= 0, len(labels) + apart, codes) + comparison * (2 * len(labels) + 1)
    places = np.zeros(len(labels), dtype=np.int64)
    found, distinct = numbered(key[chosen])
    owner = np.zeros(len(distinct), dtype=np.int64)
    owner[found] = comparison[chosen]
    count = np.bincount(owner, minlength=n).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(count)[:-1]]) if n else count
    places[chosen] = found - first[comparison[chosen]]
    return places, count
