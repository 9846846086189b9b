"""Welch's tests over a box of printed values: P is monotone neither in the SDs nor in the degrees of freedom.

Two arms: with a = s₁²/n₁ and b = s₂²/n₂, along a ray from the origin of the (a, b) plane the degrees of freedom stay
the same and t falls, so P rises: its extremes lie on the edges of the rectangle that face the origin (least) and on those that
face away (greatest). Each edge is cut into pieces; on a piece a + b takes its extremes at the ends, and the degrees of freedom,
unimodal in the share a/(a + b), at the ends or where the share is (n₁ − 1)/(n₁ + n₂ − 2). P falls with t and with
the degrees of freedom, so each piece has a bound; the pieces with the widest bound are cut again.
Several arms: bounds of the numerator and of Λ, then Iₓ(a, b), which rises with x and falls with a, over pieces of Λ.
Source: Welch (1947) Biometrika 34:28 and (1951) Biometrika 38:330.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from counterproof.queries.statistics.means import MeansBox, greatest_between, least_between, ratio
from counterproof.queries.statistics.rounding import Flags, Floats, Ints
from counterproof.queries.statistics.tails import f_tail, t_two_sided

_PIECES = 16
_MOST_WEIGHT = 1e100
_CUTS = 4
_ROUNDS = 12
_TOLERANCE = 1e-5


def _df(a: Floats, b: Floats, k: Floats, m: Floats) -> Floats:
    """Degrees of freedom after Welch and Satterthwaite for variances of the means a, b with k and m degrees of freedom."""
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.square(a + b) / (np.where(a > 0, np.square(a) / k, 0.0) + np.where(b > 0, np.square(b) / m, 0.0))
    return np.where(a + b > 0, df, k + m)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Pieces of edges of (a, b) rectangles: of which comparison, which variance moves, from which to which value."""

    owner: Ints
    moves_b: Flags
    fixed: Floats
    start: Floats
    end: Floats

    def __getitem__(self, kept: Flags) -> _Edges:
        return _Edges(self.owner[kept], self.moves_b[kept], self.fixed[kept], self.start[kept], self.end[kept])

    def ends(self) -> tuple[Floats, Floats, Floats, Floats]:
        """A and b at the start, a and b at the end."""
        fixed, b = self.fixed, self.moves_b
        return np.where(b, fixed, self.start), np.where(b, self.start, fixed), np.where(b, fixed, self.end), np.where(b, self.end, fixed)

    def cut(self) -> _Edges:
        """Each piece in four."""
        step = (self.end - self.start) / _CUTS
        start = (self.start[:, None] + step[:, None] * np.arange(_CUTS)).ravel()
        fixed = np.repeat(self.fixed, _CUTS)
        return _Edges(np.repeat(self.owner, _CUTS), np.repeat(self.moves_b, _CUTS), fixed, start, start + np.repeat(step, _CUTS))


def _edges(var_low: Floats, var_high: Floats, fixed: Floats) -> _Edges:
    """The two edges on which one variance is ``fixed`` and the other moves."""
    both = np.arange(len(fixed))
    return _Edges(np.concatenate([both, both]), np.repeat([True, False], len(fixed)), np.concatenate([fixed[:, 0], fixed[:, 1]]),
                  np.concatenate([var_low[:, 1], var_low[:, 0]]), np.concatenate([var_high[:, 1], var_high[:, 0]]))  # fmt: skip


def _extreme(edges: _Edges, distance: Floats, k: Floats, m: Floats, *, greatest: bool) -> tuple[Floats, Floats]:
    """(attained, bound) of the greatest or least P on the edges: cut the pieces whose bound lies beyond what is attained."""
    sign = 1.0 if greatest else -1.0
    attained, bound = np.full(len(distance), -np.inf), np.full(len(distance), -np.inf)
    open_owner, open_bound = edges.owner[:0], distance[:0]
    for _ in range(_ROUNDS):
        a, b, a1, b1 = edges.ends()
        d, kk, mm = distance[edges.owner], k[edges.owner], m[edges.owner]
        df, df1 = _df(a, b, kk, mm), _df(a1, b1, kk, mm)
        whole = 0.0 if greatest else np.inf
        t, t1 = ratio(d, np.sqrt(a + b), whole), ratio(d, np.sqrt(a1 + b1), whole)
        ends = sign * np.maximum(sign * t_two_sided(t, df), sign * t_two_sided(t1, df1))
        np.maximum.at(attained, edges.owner, sign * ends)
        worst_df = np.minimum(df, df1) if greatest else np.where(_best_share_inside(a, b, a1, b1, kk, mm), kk + mm, np.maximum(df, df1))
        beyond = sign * t_two_sided(t1 if greatest else t, worst_df)
        loose = beyond > attained[edges.owner] + _TOLERANCE
        np.maximum.at(bound, edges.owner[~loose], beyond[~loose])
        if not loose.any():
            break
        edges, open_bound = edges[loose], beyond[loose]
        open_owner = edges.owner
        edges = edges.cut()
    else:
        np.maximum.at(bound, open_owner, open_bound)
    return sign * attained, sign * np.maximum(bound, attained)


def _best_share_inside(a: Floats, b: Floats, a1: Floats, b1: Floats, k: Floats, m: Floats) -> Flags:
    """Whether the share a/(a + b) that has the most degrees of freedom lies on the piece."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share, share1 = a / (a + b), a1 / (a1 + b1)
    best = k / (k + m)
    return np.asarray(~((np.maximum(share, share1) < best) | (np.minimum(share, share1) > best)))


def welch(box: MeansBox) -> tuple[Floats, Floats]:
    """Welch's t-test of two arms: bounds of P, each within a hundred-thousandth of a P that is attained."""
    k, m = (np.maximum(box.n[:, arm] - 1, 0.0) for arm in (0, 1))
    low, high = np.square(box.sd_low) / box.n, np.square(box.sd_high) / box.n
    least = _extreme(_edges(low, high, low), box.farthest, k, m, greatest=False)[1]
    most = _extreme(_edges(low, high, high), box.nearest, k, m, greatest=True)[1]
    return least, most


def _share_range(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Least and greatest share of each weight in the total of all, for weights in a box."""
    others = 1.0 - np.eye(low.shape[1])
    return low / (low + high @ others), high / (high + low @ others)


def welch_anova(box: MeansBox) -> tuple[Floats, Floats]:
    """Welch's analysis of variance of k arms: bounds of P."""
    arms = box.n.shape[1]
    with np.errstate(divide="ignore"):
        weight_low, weight_high = (np.minimum(box.n / np.square(sd), _MOST_WEIGHT) for sd in (box.sd_high, box.sd_low))
    share_low, share_high = _share_range(weight_low, weight_high)
    loss_low = (np.square(1 - share_high) / (box.n - 1)).sum(1)
    loss_high = (np.square(1 - share_low) / (box.n - 1)).sum(1)
    least = least_between(weight_low, box.mean_low, box.mean_high) / (arms - 1)
    most = greatest_between(weight_high, box.mean_low, box.mean_high) / (arms - 1)
    return _welch_bound(most, loss_low, loss_high, arms, upper=False), _welch_bound(least, loss_low, loss_high, arms, upper=True)


def _welch_bound(numerator: Floats, loss_low: Floats, loss_high: Floats, arms: int, *, upper: bool) -> Floats:
    """The greatest (upper) or least P over Λ in its range, for a given numerator, from pieces of that range."""
    cuts = loss_low[:, None] + (loss_high - loss_low)[:, None] * np.linspace(0.0, 1.0, _PIECES + 1)
    near, far = cuts[:, :-1], cuts[:, 1:]
    df_low, df_high = (arms**2 - 1) / (3 * far), (arms**2 - 1) / (3 * near)
    factor = 2 * (arms - 2) / (arms**2 - 1)
    if upper:
        f = numerator[:, None] / (1 + factor * far)
        x = df_high / (df_high + (arms - 1) * f)
        return np.asarray(special.betainc(df_low / 2, (arms - 1) / 2, x).max(1))
    f = numerator[:, None] / (1 + factor * near)
    with np.errstate(invalid="ignore"):
        x = np.where(np.isinf(f), 0.0, df_low / (df_low + (arms - 1) * f))
    return np.asarray(special.betainc(df_high / 2, (arms - 1) / 2, x).min(1))


def welch_anova_p(n: Floats, mean: Floats, sd: Floats) -> Floats:
    """Welch's analysis of variance of unrounded values; shape (batch, arms)."""
    arms = n.shape[1]
    weight = n / np.square(sd)
    share = weight / weight.sum(1, keepdims=True)
    loss = (np.square(1 - share) / (n - 1)).sum(1)
    f = least_between(weight, mean, mean) / (arms - 1) / (1 + 2 * (arms - 2) / (arms**2 - 1) * loss)
    return f_tail(f, arms - 1.0, (arms**2 - 1) / (3 * loss))
