"""From the P-values that each method reaches to one verdict a comparison, over whole arrays.

Roles are numbered 0 declared, 1 standard, 2 regrouped, 3 misuse. The base of a comparison is what its paper declares, or the
standard methods where it declares none of those that reach it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterproof.queries.statistics.reach import Reach
from counterproof.queries.statistics.rounding import Flags, Floats, Ints

DECLARED, STANDARD, REGROUPED, MISUSE = range(4)
_SLACK = 1e-9
Window = tuple[Floats, Floats]
"""The least and greatest P that print as reported, one a comparison."""
_STANDING = {"standard": STANDARD, "allowance": REGROUPED, "regrouped": REGROUPED, "misuse": MISUSE}


@dataclass(frozen=True, slots=True)
class Pool:
    """All reaches in one array, sorted by comparison: method numbers point into ``methods``."""

    methods: list[str]
    method: Ints
    role: Ints
    owner: Ints
    low: Floats
    high: Floats
    sampled: Flags
    base: Flags


def pool(reaches: list[Reach], coverage: list[frozenset[str]], declared: Ints, n: int) -> Pool:
    """Put the reaches together; ``declared`` gives for each comparison which of the ``coverage`` sets holds for it."""
    methods = list(dict.fromkeys(reach.method for reach in reaches))
    numbers = {name: i for i, name in enumerate(methods)}
    sizes = [len(reach.owner) for reach in reaches]
    joined = [np.concatenate(parts) if parts else np.empty(0) for parts in (
        [r.owner for r in reaches], [r.low for r in reaches], [r.high for r in reaches],
        [np.zeros(len(r.owner), bool) if r.sampled is None else r.sampled for r in reaches])]  # fmt: skip
    owner = joined[0].astype(np.int64)
    method = np.repeat(np.array([numbers[r.method] for r in reaches], dtype=np.int64), sizes)
    standing = np.repeat(np.array([_STANDING[r.standing] for r in reaches], dtype=np.int64), sizes)
    covers = np.array([[name in some for name in methods] for some in coverage], dtype=bool).reshape(len(coverage), len(methods))
    open_to_declaration = np.repeat(np.array([r.standing != "regrouped" for r in reaches], dtype=bool), sizes)
    role = np.where(covers[declared[owner], method] & open_to_declaration, DECLARED, standing)
    has_declared = np.bincount(owner[role == DECLARED], minlength=n) > 0
    base = np.where(has_declared[owner], role == DECLARED, role == STANDARD)
    order = np.argsort(owner, kind="stable")
    return Pool(methods, method[order], role[order], owner[order], joined[1][order], joined[2][order],
                joined[3][order].astype(bool), base[order])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Met:
    """For each comparison by which kind of method its printed window is met; ``straddled``: a sampled interval leaves it open."""

    base: Flags
    other: Flags
    misuse: Flags
    straddled: Flags


def _limits(some: Pool, window: Window) -> Window:
    """The window of each reach's comparison, a hair wider."""
    slack = np.minimum(_SLACK, 1e-6 * (window[1] - window[0]))
    return (window[0] - slack)[some.owner], (window[1] + slack)[some.owner]


def touches(some: Pool, window: Window) -> Flags:
    """Which reaches have a P inside the window of their comparison."""
    low, high = _limits(some, window)
    return np.asarray((some.low <= high) & (some.high >= low))


def meet(some: Pool, window: Window, n: int) -> Met:
    """Which windows (low, high of each comparison) the pool meets."""
    low, high = _limits(some, window)
    touched = touches(some, window)
    inside = (some.low >= low) & (some.high <= high)
    met = np.where(some.sampled, inside, touched)

    def owners(rows: Flags) -> Flags:
        return np.bincount(some.owner[rows], minlength=n) > 0

    return Met(owners(met & some.base), owners(met & ~some.base & (some.role != MISUSE)), owners(met & (some.role == MISUSE)),
               owners(touched & ~met & some.base))  # fmt: skip


def sides(some: Pool, window: Window, alpha: Floats, n: int) -> Flags:
    """Whether the window and all sets of the base lie on different sides of alpha."""
    least, most = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(least, some.owner[some.base], some.low[some.base])
    np.maximum.at(most, some.owner[some.base], some.high[some.base])
    return np.asarray(((window[1] <= alpha) & (least > alpha)) | ((window[0] >= alpha) & (most < alpha) & (most >= 0)))


def only(some: Pool, owners: Flags) -> Pool:
    """The part of a pool that belongs to the marked comparisons."""
    kept = owners[some.owner]
    return Pool(some.methods, some.method[kept], some.role[kept], some.owner[kept], some.low[kept], some.high[kept],
                some.sampled[kept], some.base[kept])  # fmt: skip


def joined(pools: list[Pool]) -> Pool:
    """The pools as one, sorted by comparison, role and name of the method."""
    methods: list[str] = []
    shifts = []
    for some in pools:
        shifts.append(len(methods))
        methods += some.methods
    numbers = {name: i for i, name in enumerate(sorted(set(methods)))}
    renumber: Ints = np.array([numbers[name] for name in methods], dtype=np.int64)
    method = np.concatenate([renumber[some.method + shift] for some, shift in zip(pools, shifts, strict=True)])
    owner, role = np.concatenate([some.owner for some in pools]), np.concatenate([some.role for some in pools])
    order = np.lexsort([method, role, owner])
    return Pool(list(numbers), method[order], role[order], owner[order],
                np.concatenate([p.low for p in pools])[order], np.concatenate([p.high for p in pools])[order],
                np.concatenate([p.sampled for p in pools])[order], np.concatenate([p.base for p in pools])[order])  # fmt: skip
