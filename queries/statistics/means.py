"""Tests of means from mean, SD and n of each arm, over the box of values that the printed numbers may stand for.

Each test gives the least and greatest P over its box. Both are exact for Student's t, z and the analysis of variance; for
Welch's tests they are proved bounds that enclose the exact ones closely (module ``welch``).
Boxes are arrays of shape (batch, arms); a standard deviation is never negative.

In Student's t the P rises with each SD and falls with the distance of the means, so the extremes are at the ends. In the
analysis of variance it rises with each SD too, but as a function of the means the sum of squares between the arms is convex:
its greatest value lies in a corner, its least inside, where the means come closest to one common value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterproof.queries.statistics.rounding import Flags, Floats
from counterproof.queries.statistics.tails import f_tail, t_two_sided, z_two_sided

_CORNERS = 7


@dataclass(frozen=True, slots=True)
class MeansBox:
    """Arm sizes, and the least and greatest mean and standard deviation of each arm; shape (batch, arms)."""

    n: Floats
    mean_low: Floats
    mean_high: Floats
    sd_low: Floats
    sd_high: Floats

    def __getitem__(self, rows: Flags) -> MeansBox:
        return MeansBox(self.n[rows], self.mean_low[rows], self.mean_high[rows], self.sd_low[rows], self.sd_high[rows])

    @property
    def nearest(self) -> Floats:
        """The least distance of two means (two arms)."""
        return np.maximum(np.maximum(self.mean_low[:, 0] - self.mean_high[:, 1], self.mean_low[:, 1] - self.mean_high[:, 0]), 0.0)

    @property
    def farthest(self) -> Floats:
        """The greatest distance of two means (two arms)."""
        return np.maximum(self.mean_high[:, 0] - self.mean_low[:, 1], self.mean_high[:, 1] - self.mean_low[:, 0])


def ratio(distance: Floats, error: Floats, when_both_zero: float) -> Floats:
    """``distance / error``; infinite where only the error is nil."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((distance == 0) & (error == 0), when_both_zero, distance / error)


def _pooled(n: Floats, sd: Floats) -> Floats:
    """The pooled variance; none where no arm has a degree of freedom."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((np.maximum(n - 1, 0) * np.square(sd)).sum(1) / (n.sum(1) - n.shape[1]))


def student(box: MeansBox) -> tuple[Floats, Floats]:
    """Student's t-test of two arms."""
    df, weight = box.n.sum(1) - 2, np.sqrt((1 / box.n).sum(1))
    t_high = ratio(box.farthest, np.sqrt(_pooled(box.n, box.sd_low)) * weight, np.inf)
    t_low = ratio(box.nearest, np.sqrt(_pooled(box.n, box.sd_high)) * weight, 0.0)
    return t_two_sided(t_high, df), t_two_sided(t_low, df)


def z_test(box: MeansBox) -> tuple[Floats, Floats]:
    """The z-test of two arms, each with its own variance."""
    z_high = ratio(box.farthest, np.sqrt((np.square(box.sd_low) / box.n).sum(1)), np.inf)
    z_low = ratio(box.nearest, np.sqrt((np.square(box.sd_high) / box.n).sum(1)), 0.0)
    return z_two_sided(z_high), z_two_sided(z_low)


def between(weight: Floats, mean: Floats) -> Floats:
    """Σ wᵢ(mᵢ − m̄)², from the differences of pairs so that nothing is lost where one weight outdoes the others."""
    share = weight / weight.sum(1, keepdims=True)
    out = np.zeros(len(mean))
    for i in range(mean.shape[1]):
        for j in range(i):
            out += share[:, i] * weight[:, j] * np.square(mean[:, i] - mean[:, j])
    return out


def least_between(weight: Floats, low: Floats, high: Floats) -> Floats:
    """The least Σ wᵢ(mᵢ − m̄)² over means in a box: the weighted distance of the box from its nearest common value.

    The derivative in the common value is piecewise linear and rises, with its bends at the ends of the intervals.
    """
    bends = np.sort(np.concatenate([low, high], axis=1), axis=1)

    def slope(at: Floats) -> Floats:
        gap = np.maximum(low[:, :, None] - at[:, None, :], 0.0) - np.maximum(at[:, None, :] - high[:, :, None], 0.0)
        return np.asarray(-(weight[:, :, None] * gap).sum(1))

    rise = slope(bends)
    after = np.clip((rise < 0).sum(1), 1, bends.shape[1] - 1)
    rows = np.arange(len(bends))
    x0, x1, s0, s1 = bends[rows, after - 1], bends[rows, after], rise[rows, after - 1], rise[rows, after]
    share = np.divide(-s0, s1 - s0, out=np.zeros_like(s0), where=(s1 > s0) & (s0 < 0))
    best = (x0 + np.clip(share, 0.0, 1.0) * (x1 - x0))[:, None]
    return between(weight, np.clip(best, low, high))


def greatest_between(weight: Floats, low: Floats, high: Floats) -> Floats:
    """The greatest Σ wᵢ(mᵢ − m̄)² over means in a box: over its corners, or for many arms a bound from one common value."""
    arms = low.shape[1]
    if arms > _CORNERS:
        middle = (low + high) / 2
        common = ((weight * middle).sum(1) / weight.sum(1))[:, None]
        return np.asarray((weight * np.square(np.maximum(np.abs(low - common), np.abs(high - common)))).sum(1))
    best = np.zeros(len(low))
    for corner in range(2**arms):
        up = (corner >> np.arange(arms)) & 1 == 1
        best = np.maximum(best, between(weight, np.where(up, high, low)))
    return best


def anova(box: MeansBox) -> tuple[Floats, Floats]:
    """One-way analysis of variance."""
    arms = box.n.shape[1]
    df = box.n.sum(1) - arms
    f_high = ratio(greatest_between(box.n, box.mean_low, box.mean_high) / (arms - 1), _pooled(box.n, box.sd_low), np.inf)
    f_low = ratio(least_between(box.n, box.mean_low, box.mean_high) / (arms - 1), _pooled(box.n, box.sd_high), 0.0)
    return f_tail(f_high, arms - 1.0, df), f_tail(f_low, arms - 1.0, df)
