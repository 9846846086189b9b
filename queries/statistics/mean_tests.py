"""From printed means with SD, SE or interval to boxes, and all tests of means on them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from counterproof.queries.statistics import means, welch
from counterproof.queries.statistics.effects import critical_value
from counterproof.queries.statistics.layout import Layout
from counterproof.queries.statistics.means import MeansBox
from counterproof.queries.statistics.reach import Reach, known
from counterproof.queries.statistics.rounding import Flags, Floats, Ints

LABELS = {"sd": "", "se": " (SE)", "interval": " (interval)"}


def mean_boxes(layout: Layout, owners: Ints, arms: int, truncated: bool = False) -> MeansBox:
    """The boxes of comparisons with ``arms`` arms.

    The SD comes from the printed SD, else from SE √n, else from the interval of the mean, which may have been
    made with Student's t (n − 1 degrees of freedom) or with z.
    """
    grids = {name: layout.printed_grid(name, owners, arms, 1) for name in ("mean", "sd", "se", "ci_low", "ci_high", "n", "ci_level")}
    n = grids["n"].value[:, :, 0]
    ends = {name: tuple(end[:, :, 0] for end in grids[name].box(truncated)) for name in ("mean", "sd", "se", "ci_low", "ci_high")}
    level = np.nan_to_num(grids["ci_level"].value[:, :, 0], nan=95.0)
    with np.errstate(invalid="ignore"):
        t, z = critical_value(level, np.maximum(n - 1, 1)), critical_value(level)
    half_low, half_high = (ends["ci_high"][0] - ends["ci_low"][1]) / 2, (ends["ci_high"][1] - ends["ci_low"][0]) / 2
    root = np.sqrt(n)
    low = _first(ends["sd"][0], ends["se"][0] * root, half_low / np.maximum(t, z) * root)
    high = _first(ends["sd"][1], ends["se"][1] * root, half_high / z * root)
    return MeansBox(n, ends["mean"][0], ends["mean"][1], np.maximum(low, 0.0), np.where(high < 0, np.nan, high))


def _first(*choices: Floats) -> Floats:
    out = choices[0]
    for choice in choices[1:]:
        out = np.where(np.isnan(out), choice, out)
    return out


def mean_reaches(layout: Layout, chosen: Flags, truncated: bool = False) -> list[Reach]:
    """The standard tests of means of the chosen comparisons."""
    out: list[Reach] = []
    for arms, _, owners in layout.shapes(chosen):
        box = mean_boxes(layout, owners, arms, truncated)
        out += apply_tests(box, owners)
    return known(out)


def rate_reaches(layout: Layout, chosen: Flags, truncated: bool = False) -> list[Reach]:
    """The z-test of two rates at a time (percents with intervals, as of survival curves), SE from the width of the interval."""
    out: list[Reach] = []
    for arms, levels, owners in layout.shapes(chosen & (layout.n_arms == 2)):
        grids = {name: layout.printed_grid(name, owners, arms, levels) for name in ("percent", "ci_low", "ci_high", "ci_level")}
        rate, low, high = ([end[:, :, 0] for end in grids[name].box(truncated)] for name in ("percent", "ci_low", "ci_high"))
        critical = 2 * critical_value(np.nan_to_num(grids["ci_level"].value[:, :, 0], nan=95.0))
        se_low, se_high = np.maximum(high[0] - low[1], 0.0) / critical, (high[1] - low[0]) / critical
        box = MeansBox(np.ones_like(se_low), rate[0], rate[1], se_low, se_high)
        out.append(Reach("z_test", "standard", owners, *means.z_test(box)))
    return known(out)


def apply_tests(box: MeansBox, owner: Ints, misuse: str = "") -> list[Reach]:
    """Every test of means on these boxes; ``misuse`` names what is wrong with them, if anything is."""
    arms = box.n.shape[1]
    tests = {"student_t": means.student, "welch_t": welch.welch, "z_test": means.z_test} if arms == 2 else {
        "anova": means.anova, "welch_anova": welch.welch_anova}  # fmt: skip
    out = []
    for name, test in tests.items():
        part = box if name in ("student_t", "anova") else replace(box, n=np.where(box.n < 2, np.nan, box.n))
        low, high = test(part)
        out.append(Reach(name + misuse, "misuse" if misuse else "standard", owner, low, high))
    return out


def mistaken_boxes(layout: Layout, chosen: Flags) -> list[Reach]:
    """Tests with the SE taken for the SD and the reverse."""
    out: list[Reach] = []
    for arms, _, owners in layout.shapes(chosen):
        box = mean_boxes(layout, owners, arms)
        has_sd = np.asarray(layout.printed_grid("sd", owners, arms, 1).known.all((1, 2)))
        root = np.sqrt(box.n)
        taken = replace(box, sd_low=box.sd_low * root, sd_high=box.sd_high * root)
        given = replace(box, sd_low=box.sd_low / root, sd_high=box.sd_high / root)
        out += apply_tests(taken[has_sd], owners[has_sd], " with the printed SD read as SE")
        out += apply_tests(given[~has_sd], owners[~has_sd], " with the printed SE read as SD")
    return known(out)
