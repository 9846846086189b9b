"""What a rank test of printed medians can give at all: bounds of its P from the arms' n and their printed quantiles.

Summaries do not determine a rank test, but they bound it. However the ranks fall, with any ties,
Kruskal and Wallis' H (Mann and Whitney's z², for two arms) is at most N − 1, and the exact P without ties at least 2/C(N, n₁).
Quartiles and ranges bound the share of pairs in which one arm's value exceeds the other's: each quarter of an
arm is put at its far end, but for one value a quarter, since definitions of quartiles differ. Where even the nearest share leaves
the arms apart, P cannot exceed that of the share with the greatest variance, that without ties.
Source of the idea for P alone: Heathers & Grieve (2025), GRIM-U.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from counterproof.queries.statistics.layout import Layout
from counterproof.queries.statistics.reach import Reach
from counterproof.queries.statistics.rounding import Flags, Floats
from counterproof.queries.statistics.tails import chi2_tail, z_two_sided

QUANTILES = ("min", "q1", "median", "q3", "max")


def rank_reaches(layout: Layout, chosen: Flags) -> list[Reach]:
    """The interval that holds every attainable P of a rank test, for the chosen comparisons whose arms have an n."""
    out = []
    for arms, _, owners in layout.shapes(chosen):
        n = layout.grid(layout.numbers("n").value, owners, arms, 1)[:, :, 0]
        low, high = least_p(n), np.ones(len(owners))
        if arms == 2:
            boxes = [layout.printed_grid(name, owners, 2, 1).box(cut) for name in QUANTILES for cut in (False, True)]
            ends_low = np.stack([np.fmin(boxes[2 * k][0], boxes[2 * k + 1][0])[:, :, 0] for k in range(5)], axis=2)
            ends_high = np.stack([np.fmax(boxes[2 * k][1], boxes[2 * k + 1][1])[:, :, 0] for k in range(5)], axis=2)
            high = np.minimum(_separated(n, ends_low, ends_high, 0), _separated(n, ends_low, ends_high, 1))
        sized = (n >= 1).all(1)
        out.append(Reach("rank_test_bounds", "standard", owners[sized], np.minimum(low, high)[sized], high[sized]))
    return out


def least_p(n: Floats) -> Floats:
    """The least P that a rank test of arms of these sizes can give, exact or asymptotic, with any ties; shape (batch, arms)."""
    total, arms = n.sum(1), n.shape[1]
    asymptotic = chi2_tail(total - 1, arms - 1.0)
    ways = special.gammaln(total + 1) - special.gammaln(n + 1).sum(1)
    factor = 2.0 if arms == 2 else 1.0
    return np.asarray(np.minimum(asymptotic, factor * np.exp(-ways)))


def _separated(n: Floats, low: Floats, high: Floats, lower: int) -> Floats:
    """The greatest P where arm ``lower`` lies below the other for sure, else 1."""
    below, above = lower, 1 - lower
    ends = np.where(np.isnan(high[:, below, 1:]), np.inf, high[:, below, 1:])
    starts = np.where(np.isnan(low[:, above, :-1]), -np.inf, low[:, above, :-1])
    ends = np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
    starts = np.maximum.accumulate(starts, axis=1)
    quarters = np.maximum(0.25 - 1 / n, 0.0)
    may_exceed = (ends[:, :, None] >= starts[:, None, :]).sum((1, 2)) / 16
    sure = 16 * quarters[:, 0] * quarters[:, 1]
    share = may_exceed * sure + (1 - sure)
    size, total = n[:, 0] * n[:, 1], n.sum(1)
    z = np.maximum((0.5 - share) * size - 0.5, 0.0) / np.sqrt(size * (total + 1) / 12)
    return np.where(share < 0.5, z_two_sided(z), 1.0)


def impossible(reach: Reach, window: tuple[Floats, Floats]) -> Flags:
    """Which of the reach's comparisons print a P (window of each comparison) that no rank test can give."""
    return np.asarray((window[1][reach.owner] < reach.low * (1 - 1e-6)) | (window[0][reach.owner] > reach.high * (1 + 1e-6)))
