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

import numpy as np
from scipy import special

from counterproof.queries.statistics.means import MeansBox, greatest_between, least_between, ratio
from counterproof.queries.statistics.rounding import Floats
from counterproof.queries.statistics.tails import f_tail, t_two_sided

_PIECES = 16


def _df(a: Floats, b: Floats, k: Floats, m: Floats) -> Floats:
    """Degrees of freedom after Welch and Satterthwaite for variances of the means a, b with k and m degrees of freedom."""
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.square(a + b) / (np.where(a > 0, np.square(a) / k, 0.0) + np.where(b > 0, np.square(b) / m, 0.0))
    return np.where(a + b > 0, df, k + m)


def _pieces(box: MeansBox, outer: bool, pieces: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Ends (a, b, a', b') of the pieces of the two edges facing away from (outer) or towards the origin; (batch, pieces)."""
    var_low, var_high = np.square(box.sd_low) / box.n, np.square(box.sd_high) / box.n
    edge = var_high if outer else var_low
    cuts = np.linspace(0.0, 1.0, pieces + 1)

    def along(arm: int) -> tuple[Floats, Floats]:
        places = var_low[:, arm, None] + (var_high - var_low)[:, arm, None] * cuts
        return places[:, :-1], places[:, 1:]

    (a0, a1), (b0, b1) = along(0), along(1)
    fixed_a, fixed_b = (np.broadcast_to(edge[:, arm, None], a0.shape) for arm in (0, 1))
    return tuple(np.concatenate(pair, 1) for pair in ((fixed_a, a0), (b0, fixed_b), (fixed_a, a1), (b1, fixed_b)))  # type: ignore[return-value]


def _df_range(a: Floats, b: Floats, a1: Floats, b1: Floats, k: Floats, m: Floats) -> tuple[Floats, Floats]:
    """Least and greatest degrees of freedom on pieces of an edge."""
    ends = _df(a, b, k, m), _df(a1, b1, k, m)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, share1 = a / (a + b), a1 / (a1 + b1)
    best = k / (k + m)
    inside = ~((np.maximum(share, share1) < best) | (np.minimum(share, share1) > best))
    return np.minimum(*ends), np.where(inside, k + m, np.maximum(*ends))


def _bound(box: MeansBox, outer: bool, pieces: int) -> Floats:
    """An upper bound of the greatest P (outer) or a lower bound of the least P, from pieces of the edges."""
    k, m = (np.maximum(box.n[:, arm, None] - 1, 0.0) for arm in (0, 1))
    a, b, a1, b1 = _pieces(box, outer, pieces)
    df_low, df_high = _df_range(a, b, a1, b1, k, m)
    if outer:
        t = ratio(np.broadcast_to(box.nearest[:, None], a.shape), np.sqrt(np.maximum(a + b, a1 + b1)), 0.0)
        return np.asarray(t_two_sided(t, df_low).max(1))
    t = ratio(np.broadcast_to(box.farthest[:, None], a.shape), np.sqrt(np.minimum(a + b, a1 + b1)), np.inf)
    return np.asarray(t_two_sided(t, df_high).min(1))


def _corners(box: MeansBox) -> tuple[Floats, Floats]:
    """Least and greatest P over the corners of the box: all of them are attained."""
    k, m = (np.maximum(box.n[:, arm] - 1, 0.0) for arm in (0, 1))
    var = np.square(box.sd_low) / box.n, np.square(box.sd_high) / box.n
    low, high = np.ones(len(k)), np.zeros(len(k))
    for i in (0, 1):
        for j in (0, 1):
            a, b = var[i][:, 0], var[j][:, 1]
            df = _df(a, b, k, m)
            low = np.fmin(low, t_two_sided(ratio(box.farthest, np.sqrt(a + b), np.inf), df))
            high = np.fmax(high, t_two_sided(ratio(box.nearest, np.sqrt(a + b), 0.0), df))
    return low, high


def welch(box: MeansBox, tolerance: float = 1e-6) -> tuple[Floats, Floats]:
    """Welch's t-test of two arms: bounds of P, within ``tolerance`` of P-values that are attained where possible."""
    low, high = _bound(box, outer=False, pieces=1), _bound(box, outer=True, pieces=1)
    inner_low, inner_high = _corners(box)
    for pieces in (_PIECES, _PIECES**2):
        wide = (inner_low - low > tolerance) | (high - inner_high > tolerance)
        if not wide.any():
            break
        low[wide] = _bound(box[wide], outer=False, pieces=pieces)
        high[wide] = _bound(box[wide], outer=True, pieces=pieces)
    return np.minimum(low, inner_low), np.maximum(high, inner_high)


def _share_range(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Least and greatest share of each weight in the total of all, for weights in a box."""
    with np.errstate(invalid="ignore", divide="ignore"):
        least = low / (low + high.sum(1, keepdims=True) - high)
        most = high / (high + low.sum(1, keepdims=True) - low)
    return np.nan_to_num(least, nan=0.0), np.nan_to_num(most, nan=1.0)


def welch_anova(box: MeansBox) -> tuple[Floats, Floats]:
    """Welch's analysis of variance of k arms: bounds of P."""
    arms = box.n.shape[1]
    with np.errstate(divide="ignore"):
        weight_low, weight_high = box.n / np.square(box.sd_high), np.minimum(box.n / np.square(box.sd_low), 1e300)
    share_low, share_high = _share_range(weight_low, weight_high)
    loss_low = (np.square(1 - share_high) / (box.n - 1)).sum(1)
    loss_high = (np.square(1 - share_low) / (box.n - 1)).sum(1)
    least = least_between(weight_low, box.mean_low, box.mean_high) / (arms - 1)
    with np.errstate(over="ignore", invalid="ignore"):
        most = np.nan_to_num(greatest_between(weight_high, box.mean_low, box.mean_high) / (arms - 1), nan=np.inf)
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
