"""Oracle tables made with scipy and statsmodels; run: ``python tests/oracle/make_tables.py``.

Each table is a CSV whose first line, a comment, names the versions. Numbers have 17 significant digits.
"""

from __future__ import annotations

import csv
import warnings
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import stats
from scipy.stats import contingency
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

HERE = Path(__file__).parent
Row = dict[str, float]


def save(rows: list[Row], name: str) -> None:
    """Write the rows with a first line that names the versions."""
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        file.write(f"# scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, numpy {np.__version__}\n")
        out = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        out.writeheader()
        out.writerows([{key: "" if np.isnan(x) else f"{x:.17g}" for key, x in row.items()} for row in rows])


def fourfold(rng: np.random.Generator) -> Row:
    """A 2 x 2 table by scipy and statsmodels."""
    while True:
        n = rng.integers(1, [12, 60, 300][rng.integers(3)], 2)
        table = np.array([rng.binomial(n, rng.uniform(0, 1, 2)), [0, 0]])
        table[1] = n - table[0]
        table = table.T
        if (table.sum(0) > 0).all():
            break
    out: Row = dict(zip("abcd", table.ravel().astype(float).tolist(), strict=True))
    for name, correction, power in (("chi_squared", False, 1.0), ("chi_squared_yates", True, 1.0), ("likelihood_ratio", False, 0.0)):
        out[name] = stats.chi2_contingency(table, correction=correction, lambda_=power).pvalue
    out["fisher"] = stats.fisher_exact(table).pvalue
    out["pooled_z"] = proportions_ztest(table[:, 0], table.sum(1))[1]
    x, y = (np.repeat([0.0, 1.0], row) for row in table)
    out["student_t_on_codes"] = stats.ttest_ind(x, y).pvalue
    out["mann_whitney_corrected"] = float(stats.mannwhitneyu(x, y, method="asymptotic").pvalue)
    return out


def crosstab(rng: np.random.Generator) -> Row:
    """An r x c table by scipy and statsmodels."""
    while True:
        arms, levels = [(2, 3), (2, 4), (3, 2), (3, 3), (3, 4), (4, 5)][rng.integers(6)]
        table = np.array([rng.multinomial(rng.integers(4, 80), rng.dirichlet(np.ones(levels))) for _ in range(arms)])
        if (table.sum(0) > 0).all():
            break
    out: Row = {"arms": float(arms), "levels": float(levels)}
    out |= {f"c{i + 1}": float(x) for i, x in enumerate(table.ravel())}
    for name, power in (("chi_squared", 1.0), ("likelihood_ratio", 0.0)):
        out[name] = stats.chi2_contingency(table, correction=False, lambda_=power).pvalue
    ordinal = Table(table, shift_zeros=False).test_ordinal_association()
    out["linear_by_linear_z"] = abs(float(ordinal.zscore))  # pyright: ignore[reportAttributeAccessIssue]
    values = [np.repeat(np.arange(levels, dtype=float), row) for row in table]
    out["kruskal_wallis"] = stats.kruskal(*values).pvalue
    out["anova_on_codes"] = stats.f_oneway(*values).pvalue
    if arms == 2:
        out["mann_whitney"] = float(stats.mannwhitneyu(values[0], values[1], method="asymptotic", use_continuity=False).pvalue)
        out["mann_whitney_corrected"] = float(stats.mannwhitneyu(values[0], values[1], method="asymptotic").pvalue)
    return out


def means(rng: np.random.Generator, arms: int) -> Row:
    """Raw data of several arms, tested by scipy and statsmodels; the row has only their summaries."""
    n = rng.integers(2, [6, 40, 200][rng.integers(3)], arms)
    x = [rng.normal(rng.uniform(0, 1.5), rng.uniform(0.3, 3), m) for m in n]
    out: Row = {"arms": arms}
    for i, v in enumerate(x, 1):
        out |= {f"n{i}": len(v), f"mean{i}": v.mean(), f"sd{i}": v.std(ddof=1)}
    if arms == 2:
        out["student_t"], out["welch_t"] = (float(stats.ttest_ind(x[0], x[1], equal_var=equal).pvalue) for equal in (True, False))
    else:
        out["anova"], out["welch_anova"] = stats.f_oneway(*x).pvalue, anova_oneway(x, use_var="unequal", welch_correction=True).pvalue
    return out


def proportion(rng: np.random.Generator) -> Row:
    """Intervals of a proportion, odds and risk ratio of a table."""
    n = rng.integers(2, 200, 2)
    count = rng.binomial(n, rng.uniform(0.05, 0.95, 2))
    level = [0.9, 0.95, 0.99][rng.integers(3)]
    out: Row = {"count": count[0], "n": n[0], "count2": count[1], "n2": n[1], "level": 100 * level}
    for name, method in (("wald", "normal"), ("wilson", "wilson"), ("agresti_coull", "agresti_coull"), ("clopper_pearson", "beta")):
        limits = np.array(proportion_confint(count[0], n[0], 1 - level, method), dtype=float)
        out |= {f"{name}_low": limits[0], f"{name}_high": limits[1]}
    if count.min() > 0 and (count < n).all():
        a, b = count
        odds = contingency.odds_ratio(np.array([[a, n[0] - a], [b, n[1] - b]]), kind="sample").confidence_interval(level)
        risk = contingency.relative_risk(int(a), int(n[0]), int(b), int(n[1])).confidence_interval(level)
        out |= {"or_low": odds.low, "or_high": odds.high, "rr_low": risk.low, "rr_high": risk.high}
    return {key: float(x) for key, x in out.items()}


def main() -> None:
    """Make all tables."""
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(20261121)
    save([fourfold(rng) for _ in range(250)], "fourfold_scipy.csv")
    save([crosstab(rng) for _ in range(400)], "crosstab_scipy.csv")
    save([means(rng, 2) for _ in range(210)] + [means(rng, 3 + i % 3) for i in range(210)], "means_scipy.csv")
    save([proportion(rng) for _ in range(260)], "proportions_scipy.csv")


if __name__ == "__main__":
    main()
