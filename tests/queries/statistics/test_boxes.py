"""What rounding allows: the true P is never ruled out, larger boxes never give smaller sets, the order of arms does not matter."""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from counterproof.queries.statistics import means, welch
from counterproof.queries.statistics.engine import judge
from counterproof.queries.statistics.means import MeansBox
from counterproof.queries.statistics.rounding import Floats, Ints

WAYS = {"half up": ROUND_HALF_UP, "half even": ROUND_HALF_EVEN, "truncated": ROUND_DOWN}
TESTS = {2: [means.student, welch.welch, means.z_test], 3: [means.anova, welch.welch_anova]}
BOUND = 2e-5
"""How far the bounds of Welch's test may lie outside what is attained."""


def shown(value: float, decimals: int, way: str) -> str:
    """A number as a paper prints it."""
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=WAYS[way]))


arms = st.lists(
    st.tuples(st.integers(2, 60), st.floats(-50, 50), st.floats(0.05, 20), st.integers(0, 2**31)), min_size=2, max_size=4
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(arms, st.integers(0, 3), st.integers(1, 5), st.sampled_from(sorted(WAYS)), st.booleans())
def test_true_p_is_never_ruled_out(
    arms: list[tuple[int, float, float, int]], places: int, digits: int, way: str, standard_error: bool
) -> None:
    """Raw data of any kind, their summaries and their P printed in any allowed way: the engine never rules the P out."""
    data = [np.random.default_rng(seed).normal(mean, sd, n) for n, mean, sd, seed in arms]
    if len(data) == 2:
        tests = [float(stats.ttest_ind(data[0], data[1], equal_var=equal).pvalue) for equal in (True, False)]
    else:
        tests = [float(stats.f_oneway(*data).pvalue)]
    assume(all(0 <= p <= 1 for p in tests))
    names = ["t_test", "welch_t"] if len(data) == 2 else ["anova"]
    for declared, p in zip(["", *names], [tests[0], *tests], strict=True):
        rows = pd.DataFrame([{
            "id": "x", "arm": str(i), "n": str(len(x)), "mean": shown(float(x.mean()), places, way),
            "se" if standard_error else "sd": shown(float(x.std(ddof=1) / (math.sqrt(len(x)) if standard_error else 1)), places, way),
            "p": shown(p, digits, way), "declared": declared} for i, x in enumerate(data)])  # fmt: skip
        verdict = judge(rows)[0].verdict
        assert verdict == "consistent" or (not declared and way == "truncated" and verdict == "other_method")


def random_box(seed: int, k: int, size: int = 40) -> MeansBox:
    rng = np.random.default_rng(seed)
    n = rng.integers(2, 40, (size, k)).astype(float)
    mean, sd = rng.normal(0, 2, (size, k)), rng.uniform(0, 4, (size, k))
    half = rng.choice([0.005, 0.05, 0.5], (size, 1))
    return MeansBox(n, mean - half, mean + half, np.maximum(sd - half, 0), sd + half)


@pytest.mark.parametrize("k", [2, 3, 5])
def test_everything_inside_the_box_is_inside_the_set(k: int) -> None:
    box = random_box(k, k)
    rng = np.random.default_rng(0)
    for test in TESTS[min(k, 3)]:
        low, high = test(box)
        for _ in range(60):
            mean, sd = (a + (b - a) * rng.beta(0.3, 0.3, a.shape) for a, b in ((box.mean_low, box.mean_high), (box.sd_low, box.sd_high)))
            p = test(MeansBox(box.n, mean, mean, sd, sd))
            assert (p[0] >= low - 1e-9).all()
            assert (p[1] <= high + 1e-9).all()


@pytest.mark.parametrize("k", [2, 3, 5])
def test_a_containing_box_never_has_a_smaller_set(k: int) -> None:
    box = random_box(10 + k, k)
    wide = MeansBox(box.n, box.mean_low - 0.03, box.mean_high + 0.01, np.maximum(box.sd_low - 0.02, 0), box.sd_high + 0.04)
    for test in TESTS[min(k, 3)]:
        (low, high), (wide_low, wide_high) = test(box), test(wide)
        assert (wide_low <= low + BOUND).all()
        assert (wide_high >= high - BOUND).all()


@pytest.mark.parametrize("k", [2, 3, 5])
def test_the_order_of_arms_does_not_matter(k: int) -> None:
    box = random_box(20 + k, k)
    turned = MeansBox(*(getattr(box, name)[:, ::-1] for name in ("n", "mean_low", "mean_high", "sd_low", "sd_high")))
    for test in TESTS[min(k, 3)]:
        for one, other in zip(test(box), test(turned), strict=True):
            np.testing.assert_allclose(one, other, atol=BOUND)


def test_least_f_lies_inside_the_box() -> None:
    """Three means that may be equal: P = 1 is attained although no corner of the box gives it."""
    box = MeansBox(np.full((1, 3), 10.0), np.array([[0.0, 0.2, 0.4]]), np.array([[1.0, 1.2, 1.4]]), np.ones((1, 3)), np.ones((1, 3)))
    assert means.anova(box)[1][0] == pytest.approx(1.0)


def test_welch_extremes_inside_an_edge() -> None:
    """With few degrees of freedom Welch's P is not monotone in an SD: the bound holds the value inside and is close to it."""
    n = np.array([[3.0, 30.0]])
    box = MeansBox(n, np.array([[0.0, 9.0]]), np.array([[0.0, 9.0]]), np.array([[1.0, 0.0]]), np.array([[1.0, 30.0]]))
    sds = np.linspace(0, 30, 4001)
    p = [stats.ttest_ind_from_stats(0, 1, 3, 9, s, 30, equal_var=False).pvalue for s in sds[1:]]
    low, high = welch.welch(box)
    assert low[0] <= min(p) <= low[0] + BOUND
    assert high[0] - BOUND <= max(p) <= high[0]
    assert min(p) < p[0] - 1e-5


def raw(n: int, mean: float, sd: float) -> Floats:
    """Values with exactly this mean and SD."""
    z = np.random.default_rng(n).normal(size=n)
    return np.asarray(mean + sd * (z - z.mean()) / z.std(ddof=1))


def test_accepted_p_values_are_attained_by_raw_values() -> None:
    """For Student's test: raw data exist that print as given and have any P between the ends of the set."""
    box = random_box(31, 2, size=8)
    low, high = means.student(box)
    for i in range(len(low)):
        near = np.array([box.mean_low[i], box.mean_high[i]])
        order = np.argsort(near.mean(0)).astype(np.int64)
        outer = [near[0][order[0]], near[1][order[1]]]
        inner = [near[1][order[0]], near[0][order[1]]]
        if inner[0] > inner[1]:
            inner = [max(near[0])] * 2
        for wanted in np.linspace(low[i], high[i], 5)[1:-1]:
            found = bisect(wanted, box, i, order, outer, inner)
            assert stats.ttest_ind(found[0], found[1]).pvalue == pytest.approx(wanted, abs=1e-6)


def bisect(wanted: float, box: MeansBox, i: int, order: Ints, outer: list[float], inner: list[float]) -> list[Floats]:
    """Raw values between the two ends of the box whose P is the wanted one."""
    a, b = 0.0, 1.0
    data: list[Floats] = []
    for _ in range(60):
        share = (a + b) / 2
        data = [np.empty(0)] * 2
        for place, arm in enumerate(order.tolist()):
            mean = outer[place] + share * (inner[place] - outer[place])
            sd = box.sd_low[i, arm] + share * (box.sd_high[i, arm] - box.sd_low[i, arm])
            assert box.mean_low[i, arm] - 1e-9 <= mean <= box.mean_high[i, arm] + 1e-9
            data[arm] = raw(int(box.n[i, arm]), mean, max(sd, 1e-9))
        a, b = (share, b) if stats.ttest_ind(data[0], data[1]).pvalue < wanted else (a, share)
    return data
