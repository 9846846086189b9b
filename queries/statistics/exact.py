"""Fisher's exact test of r × c tables (Freeman and Halton), costed before it is run.

A table's cost is the number of tables with its margins (estimated); under the cap the network algorithm gives the exact P,
over it a seeded Monte Carlo sample gives an interval. Results are kept by canonical table: the P does not
depend on the order of rows and columns, nor on which of the two are called rows.
Sources: Mehta & Patel (1983) JASA 78:427; Gail & Mantel (1977) JASA 72:859 for the number of tables; Patefield (1981) AS 159.
"""

from __future__ import annotations

import math
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import lru_cache

import numpy as np
from fisher import exact as network  # type: ignore[import-untyped]  # pyright: ignore[reportAttributeAccessIssue]
from scipy import special

from counterproof.queries.statistics.rounding import Floats, Ints

Margins = tuple[tuple[int, ...], ...]

CAP = 18.0
"""Natural logarithm of the number of tables up to which the exact P is computed: at that cost 5 ms as a rule, 0.8 s at worst."""
_WORKSPACES = ((8.0, 400_000), (12.0, 1_000_000), (math.inf, 4_000_000))
_SMALL, _MORE = 60, 6.0
_MAY_FAIL = 7.0
_DRAWS, _DRAWN_CELLS = 20_000, 1_000_000


def canonical(table: Ints) -> Margins:
    """The table without empty rows and columns, the longer side down, rows and columns in a fixed order."""
    columns = [column for column in zip(*table.tolist(), strict=True) if any(column)]
    rows = [row for row in zip(*columns, strict=True) if any(row)]
    across = rows if len(rows) < len(columns) else zip(*rows, strict=True)
    across = sorted(across, key=lambda line: (sum(line), *sorted(line, reverse=True)))
    return tuple(sorted(zip(*across, strict=True), key=lambda line: (sum(line), *reversed(line))))


@lru_cache(maxsize=4096)
def log_tables(table: Margins) -> float:
    """Logarithm of the estimated number of tables that have the margins of this one."""
    rows, columns = [sum(r) for r in table], [sum(c) for c in zip(*table, strict=True)]
    n, k = sum(rows), len(rows)
    if n < 2:
        return 0.0
    ways = sum(special.gammaln(c + k) - special.gammaln(k) - special.gammaln(c + 1) for c in columns)
    variance = sum(c * (c + k) for c in columns) * (k - 1) / (k * k * (k + 1))
    spread = sum((r - n / k) ** 2 for r in rows)
    if variance <= 0:
        return 0.0
    share = (k - 1) / (k * variance)
    return float(ways + (k - 1) / 2 * math.log(share / (2 * math.pi)) + math.log(k) / 2 - spread * share / 2)


@lru_cache(maxsize=200_000)
def exact_p(table: Margins) -> float:
    """The exact two-sided P of a canonical table (all tables no likelier than it); negative where the algorithm gives up."""
    if len(table) < 2 or len(table[0]) < 2:
        return 1.0
    cost = log_tables(table)
    workspace = next(size for limit, size in _WORKSPACES if cost <= limit)
    with _quiet() if cost > _MAY_FAIL else nullcontext():
        return min(float(network([list(row) for row in table], workspace)), 1.0)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the algorithm's own message, when it runs out of room, off the standard error; its negative result says it."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@lru_cache(maxsize=20_000)
def sampled_p(table: Margins) -> tuple[float, float]:
    """An interval that holds the exact P with probability 0.9999, from a sample seeded by the table itself."""
    from scipy.stats import random_table  # here, since scipy.stats takes half a second to load and few papers need it

    counts = np.array(table, dtype=np.int64)
    size = max(100, min(_DRAWS, _DRAWN_CELLS // counts.size))
    draws = random_table(counts.sum(1), counts.sum(0), seed=zlib.crc32(repr(table).encode())).rvs(size)
    own = special.gammaln(counts + 1.0).sum()
    hits = int((special.gammaln(np.asarray(draws) + 1.0).sum((1, 2)) >= own - 1e-7).sum())
    low = special.betaincinv(hits, size - hits + 1, 5e-5) if hits else 0.0
    high = special.betaincinv(hits + 1, size - hits, 1 - 5e-5) if hits < size else 1.0
    return float(low), float(high)


def fisher_freeman_halton(counts: Floats, cap: float = CAP, *, sample: bool = True) -> tuple[Floats, Floats]:
    """Lowest and highest possible exact P of each table; the same number where it was computed, apart where it was sampled.

    Tables whose cost exceeds ``cap`` (more is allowed where few are counted) are sampled, or left out (nan) where ``sample`` is false.
    """
    out = np.empty((len(counts), 2))
    for i, table in enumerate(counts.astype(np.int64)):
        key = canonical(table)
        allowed = cap + _MORE if table.sum() <= _SMALL else cap
        p = exact_p(key) if log_tables(key) <= allowed else -1.0
        out[i] = (p, p) if p >= 0 else sampled_p(key) if sample else (np.nan, np.nan)
    return out[:, 0], out[:, 1]
