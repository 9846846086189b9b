"""Every method against R, scipy and statsmodels on committed tables (``tests/oracle``), degenerate cases included."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from counterproof.queries.statistics import crosstab, effects, exact, fourfold, means, proportions, tails, welch
from counterproof.queries.statistics.means import MeansBox
from counterproof.queries.statistics.rounding import Floats
from counterproof.queries.statistics.statistic_tests import exact_rank_sum_p

ORACLE = Path(__file__).resolve().parents[2] / "oracle"
Rows = list[dict[str, float]]


def table(name: str) -> Rows:
    lines = [line for line in (ORACLE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [{key: float(x) if x else np.nan for key, x in row.items()} for row in csv.DictReader(lines)]


def column(rows: Rows, name: str) -> Floats:
    return np.array([row.get(name, np.nan) for row in rows])


def compare(ours: Floats, theirs: Floats, least: int, *, log: bool = False) -> None:
    """Equal to 1e-9 (``log``: relatively), over at least so many cases that both sides define."""
    both = ~np.isnan(theirs) & ~np.isnan(ours)
    assert both.sum() >= least
    assert (np.isnan(theirs) | ~np.isnan(ours)).sum() >= 0.97 * len(theirs)
    np.testing.assert_allclose(ours[both], theirs[both], rtol=1e-9 if log else 1e-7, atol=1e-300 if log else 1e-9)


FOURFOLD: dict[str, Callable[[Floats], Floats]] = {
    **fourfold.TESTS,
    "student_t_on_codes": fourfold.student_on_codes,
    "mann_whitney_corrected": fourfold.rank_sum_corrected,
    "unpooled_z": fourfold.unpooled_z,
    "pooled_z": fourfold.pearson,
}


def has(rows: Rows, method: str) -> bool:
    return any(not np.isnan(row.get(method, np.nan)) for row in rows)


def pairs(methods: list[str], *files: str) -> list[tuple[str, str]]:
    """Every file with every method that it has a column of."""
    return [(file, method) for file in files for method in methods if has(table(file), method)]


@pytest.mark.parametrize(
    ("file", "method"), pairs([*FOURFOLD, "fisher", "fisher_doubled", "fisher_mid_p"], "fourfold.csv", "fourfold_scipy.csv")
)
def test_two_by_two(file: str, method: str) -> None:
    rows = table(file)
    counts = np.array([[[r["a"], r["b"]], [r["c"], r["d"]]] for r in rows])
    ours = fourfold.exact(counts)[method] if method.startswith("fisher") else FOURFOLD[method](counts)
    compare(ours, column(rows, method), 200, log=method in ("fisher", "fisher_doubled"))


CROSSTAB: dict[str, Callable[[Floats], Floats]] = {
    **crosstab.NOMINAL,
    "chi_squared_n_minus_1": crosstab.n_minus_1,
    "linear_by_linear": crosstab.linear_by_linear,
    "linear_by_linear_z": lambda t: tails.z_of(crosstab.linear_by_linear(t)),
    "cochran_armitage": crosstab.cochran_armitage,
    "kruskal_wallis": crosstab.kruskal_wallis,
    "mann_whitney": crosstab.kruskal_wallis,
    "mann_whitney_corrected": crosstab.mann_whitney_corrected,
    "anova_on_codes": crosstab.anova_on_codes,
    "welch_t_on_codes": crosstab.welch_on_codes,
    "fisher": lambda t: exact.fisher_freeman_halton(t, cap=30.0)[0],
}


@pytest.mark.parametrize(("file", "method"), pairs(list(CROSSTAB), "crosstab.csv", "crosstab_scipy.csv"))
def test_larger_tables(file: str, method: str) -> None:
    rows = [row for row in table(file) if not np.isnan(row.get(method, np.nan))]
    two_arms = method in ("mann_whitney", "mann_whitney_corrected", "welch_t_on_codes")
    assert len(rows) >= (70 if two_arms else 200)
    ours = []
    for row in rows:
        arms, levels = int(row["arms"]), int(row["levels"])
        counts = np.array([row[f"c{i + 1}"] for i in range(arms * levels)]).reshape(1, arms, levels)
        ours.append(CROSSTAB[method](counts)[0])
    compare(np.array(ours), column(rows, method), 70 if two_arms else 200)


def test_sampled_fisher_holds_the_exact_p() -> None:
    """Where the exact test costs too much, the interval from the sample holds R's P and is narrow."""
    for row in [row for row in table("crosstab.csv") if row["levels"] * row["arms"] > 6][:40]:
        counts = np.array([row[f"c{i + 1}"] for i in range(int(row["arms"] * row["levels"]))]).reshape(1, int(row["arms"]), -1)
        low, high = exact.fisher_freeman_halton(counts, cap=-100.0)
        assert low[0] <= row["fisher"] <= high[0]
        assert high[0] - low[0] < 0.03


def boxes(rows: Rows, half: float = 0.0) -> MeansBox:
    arms = int(rows[0]["arms"])
    n, mean, sd = (np.array([[row[f"{name}{i + 1}"] for i in range(arms)] for row in rows]) for name in ("n", "mean", "sd"))
    return MeansBox(n, mean - half, mean + half, np.maximum(sd - half, 0), sd + half)


MEANS: dict[str, Callable[[MeansBox], tuple[Floats, Floats]]] = {
    "student_t": means.student, "welch_t": welch.welch, "z_test": means.z_test, "anova": means.anova, "welch_anova": welch.welch_anova,
}  # fmt: skip


@pytest.mark.parametrize(("file", "method"), pairs(list(MEANS), "means.csv", "means_scipy.csv"))
def test_means_without_rounding(file: str, method: str) -> None:
    """A box of no width gives the test's own P, from below and from above."""
    rows = [row for row in table(file) if not np.isnan(row.get(method, np.nan))]
    assert len(rows) >= 200
    for arms in {row["arms"] for row in rows}:
        some = [row for row in rows if row["arms"] == arms]
        low, high = MEANS[method](boxes(some))
        np.testing.assert_allclose(low, column(some, method), rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(high, column(some, method), rtol=1e-7, atol=1e-9)


def test_printed_statistics() -> None:
    rows = table("statistics.csv")
    t, f, x, z, d, e, n, r = (column(rows, name) for name in ("t", "f", "x", "z", "d", "e", "n", "r"))
    compare(tails.t_two_sided(t, d), column(rows, "p_t"), 200)
    compare(tails.f_tail(f, d, e), column(rows, "p_f"), 200)
    compare(tails.chi2_tail(x, d), column(rows, "p_x"), 200)
    compare(tails.z_two_sided(z), column(rows, "p_z"), 200)
    compare(effects.correlation_p((r, r), n)[0], column(rows, "p_r"), 200)
    exact_u = [exact_rank_sum_p(int(row["n1"]), int(row["n2"]), min(row["u"], row["n1"] * row["n2"] - row["u"])) for row in rows]
    compare(np.array(exact_u), column(rows, "p_u"), 200)


@pytest.mark.parametrize("method", [*proportions.INTERVALS, "or", "rr"])
def test_intervals_of_proportions_and_ratios(method: str) -> None:
    rows = [row for row in table("proportions_scipy.csv") if not np.isnan(row.get(f"{method}_low", np.nan))]
    assert len(rows) >= 200
    for level in {row["level"] for row in rows}:
        some = [row for row in rows if row["level"] == level]
        a, n, b, m = (column(some, name) for name in ("count", "n", "count2", "n2"))
        tables = np.stack([np.stack([a, n - a], 1), np.stack([b, m - b], 1)], 1)
        low, high = proportions.effect(tables, method, level)[1:] if method in ("or", "rr") else proportions.INTERVALS[method](a, n, level)
        np.testing.assert_allclose(low, column(some, f"{method}_low"), rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(high, column(some, f"{method}_high"), rtol=1e-9, atol=1e-9)


def test_intervals_of_models() -> None:
    """Estimate and interval of logistic and linear models give back the models' own P."""
    rows = table("effects.csv")
    for ratio in (1.0, 0.0):
        some = [row for row in rows if row["ratio"] == ratio]
        ends: list[effects.Box] = [(column(some, name), column(some, name)) for name in ("estimate", "ci_low", "ci_high")]
        estimate, lower, upper = [effects.on_log_scale(box) for box in ends] if ratio else ends
        df = None if ratio else column(some, "df")
        critical = effects.critical_value(column(some, "level"), df)
        least, most, fits = effects.wald_statistic(estimate, lower, upper, critical)
        assert fits.all()
        low, high = effects.p_range(least, most, df)
        compare(low, column(some, "p"), 100)
        compare(high, column(some, "p"), 100)


def test_unconditional_tests_of_a_published_table() -> None:
    """Barnard's P of 7/15 against 12/15 (scipy's documentation of Mehta and Senchaudhuri's example): 0.034 one-sided, 0.068 two-sided."""
    found = fourfold.unconditional(np.array([[7, 8], [12, 3]]))
    assert found["barnard"] == pytest.approx(0.0682, abs=5e-4)
    assert 0.05 < found["boschloo"] < 0.08
