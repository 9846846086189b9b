"""From printed counts, bases and percents to the integer tables that they may stand for.

Arms go down, levels across. A comparison with one line an arm is a binary outcome: count against n − count. Where counts
are not printed they are rebuilt from percents and n; where n is not printed, or the percents of all arms speak for another base,
bases are rebuilt from count and percent. A comparison may then have several tables.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

import numpy as np

from counterproof.queries.statistics.layout import Layout
from counterproof.queries.statistics.rounding import Flags, Floats, Ints, Printed

SHORT, OVERLAP = "levels add up to fewer than n", "levels add up to more than n"
_MOST_TABLES = 3_000
_MOST_BASES = 60


@dataclass
class CountTables:
    """Tables of one shape (``owner`` repeats where a comparison has several), and what was said of the inputs."""

    owner: Ints
    counts: Floats
    notes: dict[int, list[str]] = field(default_factory=dict)
    obstacles: dict[int, str] = field(default_factory=dict)


def count_tables(layout: Layout, chosen: Flags, truncated: bool = False) -> list[CountTables]:
    """The tables of all chosen comparisons, one batch a shape."""
    return [_of_shape(layout, owners, arms, levels, truncated) for arms, levels, owners in layout.shapes(chosen)]


def _of_shape(layout: Layout, owners: Ints, arms: int, levels: int, truncated: bool) -> CountTables:
    count, n, percent = (layout.printed_grid(name, owners, arms, levels) for name in ("count", "n", "percent"))
    if levels == 1:
        plain = (count.known & n.known & _agrees(count.value, n.value, percent)).all((1, 2))
        plain &= (count.value <= n.value).all((1, 2))
        direct = np.concatenate([count.value, n.value - count.value], axis=2)
    else:
        plain = count.known.all((1, 2))
        direct = count.value
    out = CountTables(owners[plain], direct[plain])
    for i in np.flatnonzero(~plain):
        _rebuild(out, int(owners[i]), count.value[i], n.value[i], Printed(percent.value[i], percent.unit[i]), truncated)
    if levels > 1:
        _note_sums(out, owners, count.value, n.value)
    return out


def _agrees(count: Floats, base: Floats, percent: Printed) -> Flags:
    """Whether count and base give the printed percent, rounded or cut off; true where a part is missing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 100 * count / base
    slack = 1e-9
    near = (share >= percent.value - percent.unit / 2 - slack) & (share <= percent.value + percent.unit - slack)
    return np.asarray(near | np.isnan(share) | ~percent.known)


def _note_sums(out: CountTables, owners: Ints, count: Floats, n: Floats) -> None:
    """Say where the levels of an arm do not add up to its n."""
    size = np.where(np.isnan(n).all(2), np.nan, np.nanmax(np.where(np.isnan(n), -1, n), axis=2))
    total = count.sum(2)
    for note, off in ((SHORT, total < size), (OVERLAP, total > size)):
        for i in np.flatnonzero(off.any(1)):
            out.notes.setdefault(int(owners[i]), []).append(note)


def _rebuild(out: CountTables, owner: int, count: Floats, n: Floats, percent: Printed, truncated: bool) -> None:
    """Add every table that the printed numbers of one comparison allow."""
    binary = count.shape[1] == 1
    low, high = percent.box(truncated)
    arms = []
    said: set[str] = set()
    for arm in range(len(count)):
        cells = [(count[arm, k], n[arm, k], low[arm, k], high[arm, k]) for k in range(count.shape[1])]
        found = _binary_arm(*cells[0], said) if binary else _level_arm(cells, said)
        if isinstance(found, str):
            out.obstacles[owner] = found
            return
        arms.append(found)
    if math.prod(len(found) for found in arms) > _MOST_TABLES:
        out.obstacles[owner] = "cost_cap"
        return
    tables = np.array(list(itertools.product(*arms)), dtype=np.float64)
    out.owner = np.concatenate([out.owner, np.full(len(tables), owner)])
    out.counts = np.concatenate([out.counts, tables])
    out.notes.setdefault(owner, []).extend(sorted(said))


def _binary_arm(count: float, n: float, low: float, high: float, said: set[str]) -> list[tuple[float, float]] | str:
    """The pairs (count, others) that one arm may have, or why there are none."""
    if math.isnan(count):
        if math.isnan(n):
            return "arm_size_unknown"
        said.add("counts rebuilt from the percents")
        counts = _whole(n * low / 100, n * high / 100, 0, n)
        return [(c, n - c) for c in counts] or "percent_fits_no_count"
    bases: list[float] = []
    if not math.isnan(low) and count > 0 and high > 0:
        bases = _whole(100 * count / high, 100 * count / low if low > 0 else math.inf, count, math.inf)
    if math.isnan(n):
        if not bases or len(bases) > _MOST_BASES:
            return "arm_size_unknown"
        said.add("base taken from the percents")
        return [(count, base - count) for base in bases]
    if not math.isnan(low) and n > 0 and low - 1e-9 <= 100 * count / n <= high + 1e-9 + (high - low) / 2:
        return [(count, n - count)]
    own = [(count, n - count)] if count <= n else []
    if bases and len(bases) <= _MOST_BASES:
        said.add("percent does not fit n: base taken from the percents too")
        return own + [(count, base - count) for base in bases]
    return own or "count_above_n"


def _level_arm(cells: list[tuple[float, float, float, float]], said: set[str]) -> list[tuple[float, ...]] | str:
    """The counts that the levels of one arm may have, those that add up to n where some do; or why there are none."""
    options: list[list[float]] = []
    n = next((cell[1] for cell in cells if not math.isnan(cell[1])), math.nan)
    for count, _, low, high in cells:
        if not math.isnan(count):
            options.append([count])
        elif math.isnan(low):
            return "no_values"
        elif math.isnan(n):
            return "arm_size_unknown"
        else:
            said.add("counts rebuilt from the percents")
            options.append(_whole(n * low / 100, n * high / 100, 0, n))
    if not all(options):
        return "percent_fits_no_count"
    if math.prod(len(option) for option in options) > _MOST_TABLES * 10:
        return "cost_cap"
    every = list(itertools.product(*options))
    return [arm for arm in every if sum(arm) == n] or every


def _whole(low: float, high: float, least: float, most: float) -> list[float]:
    """The whole numbers between two limits (a hair beyond them included), at most a few more than the cap."""
    first, last = max(math.ceil(low - 1e-9), int(least)), min(high + 1e-9, most)
    last = min(last, first + 10 * _MOST_BASES)
    return [float(x) for x in range(first, math.floor(last) + 1)]
