"""From a printed estimate with its interval to the P-values of Wald's test and of those that come near it."""

from __future__ import annotations

import numpy as np

from counterproof.queries.statistics import effects, proportions
from counterproof.queries.statistics.effects import Box
from counterproof.queries.statistics.layout import Layout
from counterproof.queries.statistics.reach import Reach, known, point
from counterproof.queries.statistics.rounding import Flags, Floats, Ints
from counterproof.queries.statistics.rows import Texts

FEWEST = 3.0
"""Degrees of freedom that a printed model leaves at least, where it does not say how many."""

_OF_TABLES = {"or": {"or", "aor"}, "rr": {"rr", "arr"}, "rd": {"rd", "risk_difference"}}


def effect_rows(layout: Layout) -> tuple[Flags, Ints]:
    """Which comparisons print an estimate outside the arms' means, and the row of it."""
    estimate, low = layout.numbers("estimate").known, layout.numbers("ci_low").known
    rows = np.flatnonzero(estimate | (low & ~layout.numbers("mean").known))[::-1]
    row = np.full(len(layout), -1, dtype=np.int64)
    row[layout.comparison[rows]] = rows
    return row >= 0, row


def effect_names(layout: Layout) -> Texts:
    """The kind of effect of each comparison, in small letters."""
    return np.array([str(name).lower().strip() for name in layout.first("effect")], dtype=object)


def effect_reaches(layout: Layout, chosen: Flags, truncated: bool = False) -> list[Reach]:
    """Wald's test and its neighbours for the chosen comparisons that print an estimate."""
    has, row = effect_rows(layout)
    owner = np.flatnonzero(chosen & has)
    if not len(owner):
        return []
    names = effect_names(layout)[owner]
    rows = row[owner]
    correlation = np.isin(names, list(effects.CORRELATIONS))
    estimate = layout.numbers("estimate")[rows].box(truncated)
    out = _correlations(layout, owner[correlation], rows[correlation], (estimate[0][correlation], estimate[1][correlation]))
    for ratio in (True, False):
        here = ~correlation & (np.isin(names, list(effects.RATIOS)) == ratio)
        out += _walds(layout, owner[here], rows[here], truncated, ratio=ratio)
    plain = (
        ~correlation
        & ~np.isin(names, list(effects.RATIOS))
        & (np.isnan(layout.numbers("ci_low").value[rows]) | ~np.isnan(layout.numbers("se").value[rows]))
    )
    out += _by_error(layout, owner[plain], rows[plain], truncated)
    return known(out)


def table_effects(owner: Ints, counts: Floats, names: Texts) -> list[Reach]:
    """Wald's test of the printed kind of effect (odds ratio, risk ratio, risk difference) on 2 × 2 tables of the arms."""
    if counts.shape[1:] != (2, 2):
        return []
    out = []
    for kind, called in _OF_TABLES.items():
        here = np.isin(names[owner], list(called))
        out.append(point(f"wald_{kind}_of_the_table", "standard", owner[here], proportions.effect_p(counts[here], kind)))
    return known(out)


def _correlations(layout: Layout, owner: Ints, rows: Ints, r: Box) -> list[Reach]:
    n = layout.numbers("n").value[rows]
    with np.errstate(invalid="ignore"):
        low, high = effects.correlation_p(r, np.where(n > 2, n, np.nan))
    return [Reach("correlation_t", "standard", owner, low, high)]


def _walds(layout: Layout, owner: Ints, rows: Ints, truncated: bool, *, ratio: bool) -> list[Reach]:
    """Wald's test on one scale; where the interval is even about the estimate nowhere but at the rim of its rounding, also from its width.

    At the rim one single point may be left, which tells more of the chance of the digits than of the test.
    """
    boxes: list[Box] = [layout.numbers(name)[rows].box(truncated) for name in ("estimate", "ci_low", "ci_high")]
    swapped = boxes[1][0] > boxes[2][1]
    boxes[1:] = _swap(boxes[1], boxes[2], swapped), _swap(boxes[2], boxes[1], swapped)
    estimate, lower, upper = [effects.on_log_scale(box) for box in boxes] if ratio else boxes
    free = np.isnan(estimate[0])
    wide = np.where(free, -np.inf, estimate[0]), np.where(free, np.inf, estimate[1])
    usable = ~np.isnan(lower[0]) & ~np.isnan(upper[0])
    level = np.nan_to_num(layout.numbers("ci_level")[rows].value, nan=95.0)
    level = np.where(level <= 1, 100 * level, level)
    usable &= (level >= 50) & (level < 100)
    critical = np.where(usable, effects.critical_value(np.where(usable, level, 95.0)), np.nan)
    least, most, _ = effects.wald_statistic(wide, lower, upper, critical)
    loose = effects.loose_statistic(estimate, lower, upper, critical)
    out = [Reach("wald", "standard", owner, *effects.p_range(least, most))]
    firm = effects.wald_statistic(effects.shrunk(wide), effects.shrunk(lower), effects.shrunk(upper), critical)[2]
    uneven = usable & ~firm
    out.append(Reach("wald_uneven_interval", "standard", owner, *effects.p_range(*loose)).only(uneven))
    least, most = np.where(firm, least, np.fmin(least, loose[0])), np.where(firm, most, np.fmax(most, loose[1]))
    near = effects.p_range(least, most, allowance=effects.ALLOWANCE)
    out.append(Reach("score_or_likelihood_ratio", "allowance", owner, *near).only(usable))
    return out + (_t_intervals(layout, owner, (wide, lower, upper), level) if not ratio else [])


def _by_error(layout: Layout, owner: Ints, rows: Ints, truncated: bool) -> list[Reach]:
    """An estimate on a plain scale over its standard error: normal, or t with degrees of freedom that are not printed.

    The mean change of so many patients with its SD has a standard error and degrees of freedom of its own.
    """
    if not len(owner):
        return []
    estimate, error, sd = [layout.numbers(name)[rows].box(truncated) for name in ("estimate", "se", "sd")]
    n = layout.numbers("n").value[rows]
    counted = ~np.isnan(sd[0]) & (n > 1)
    root, df = np.sqrt(np.where(counted, n, np.nan)), np.where(counted, n - 1, np.nan)
    spread = sd[0] / root, sd[1] / root
    change = Reach("one_sample_t", "standard", owner, *effects.p_range(*_over(estimate, spread), df)).only(counted)
    least, most = _over(estimate, error)
    normal = effects.p_range(least, most)
    of_few = effects.p_range(least, most, np.full(len(owner), FEWEST))
    told = ~np.isnan(error[0])
    out = [Reach("wald", "standard", owner, *normal).only(told), Reach("estimate_t", "standard", owner, normal[0], of_few[1]).only(told)]
    return [*out, change] if counted.any() else out


def _over(estimate: Box, error: Box) -> Box:
    """The least and greatest quotient of an estimate and an error above 0."""
    small, large = np.maximum(error[0], 1e-300), np.maximum(error[1], 1e-300)
    ends = [part / by for part in estimate for by in (small, large)]
    return np.minimum.reduce(ends), np.maximum.reduce(ends)


def _swap(one: Box, other: Box, where: Flags) -> Box:
    """The other box where the limits are printed the greater first."""
    return np.where(where, other[0], one[0]), np.where(where, other[1], one[1])


def _t_intervals(layout: Layout, owner: Ints, boxes: tuple[Box, Box, Box], level: Floats) -> list[Reach]:
    """Intervals and tests by Student's t where the arms' n give its degrees of freedom."""
    if not len(owner):
        return []
    n = layout.numbers("n")
    total = np.bincount(layout.comparison, np.where(layout.in_arm & (layout.level == 0), np.nan_to_num(n.value), 0.0), len(layout))[owner]
    df = np.where((layout.n_arms[owner] >= 2) & (total > 2), total - 2, np.nan)
    if np.isnan(df).all():
        return []
    with np.errstate(invalid="ignore"):
        least, most, fits = effects.wald_statistic(*boxes, critical=effects.critical_value(level, df))
    return [Reach("t_interval", "standard", owner, *effects.p_range(least, most, df)).only(fits & ~np.isnan(df))]
