"""Verdicts of the engine, one small comparison a line of the table of verdicts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from counterproof.queries.statistics.engine import ROUNDED_TWICE, TRUNCATED_P, Judgement, judge

Line = dict[str, str]


def one(lines: list[Line], **shared: str) -> Judgement:
    """The judgement of one comparison."""
    return judge(pd.DataFrame([{"id": "x", **line, **shared} for line in lines]))[0]


def table(*arms: tuple[int, ...], n: tuple[int, ...] = ()) -> list[Line]:
    """Lines of counts, one an arm and level."""
    size = n or tuple(sum(arm) for arm in arms)
    cells = [(a, k, c) for a, arm in enumerate(arms) for k, c in enumerate(arm)]
    return [{"arm": f"arm {a}", "level": f"level {k}", "n": str(size[a]), "count": str(c)} for a, k, c in cells]


def binary(*arms: tuple[int, int]) -> list[Line]:
    """Lines of count and n, one an arm."""
    return [{"arm": f"arm {a}", "n": str(n), "count": str(c)} for a, (c, n) in enumerate(arms)]


def two_means(spread: str = "sd") -> list[Line]:
    return [{"arm": "a", "n": "20", "mean": "5.1", spread: "1.2"}, {"arm": "b", "n": "21", "mean": "6.3", spread: "1.1"}]


CASES: list[tuple[str, list[Line], dict[str, str], str, str | None]] = [
    # 3/4 against 34/100: chi-squared .0930, Yates .2514, Fisher .1276
    ("declared test attains", binary((3, 4), (34, 100)), {"p": "0.128", "declared": "fisher"}, "consistent", None),
    ("a name covers its conventions", binary((3, 4), (34, 100)), {"p": "0.25", "declared": "chi_squared"}, "consistent", None),
    ("only an undeclared test attains", binary((3, 4), (34, 100)), {"p": "0.0930", "declared": "fisher"}, "other_method", "chi_squared"),
    ("nothing attains", binary((3, 4), (34, 100)), {"p": "0.098", "declared": "fisher"}, "inconsistent", None),
    ("on the other side of alpha", binary((30, 100), (34, 100)), {"p": "0.013", "declared": "chi_squared"}, "decision_error", None),
    ("alpha of the paper", binary((30, 100), (34, 100)), {"p": "0.013", "declared": "chi_squared", "alpha": "0.01"}, "inconsistent", None),
    ("misuse of nominal levels", table((1, 2, 1, 0), (56, 34, 7, 3)), {"p": "0.268", "declared": "chi_squared;fisher", "ordered": "no"},
     "misapplied_method", "student_t_on_codes"),
    ("codes of ordered levels", table((1, 5, 1), (5, 75, 20)), {"p": "0.431", "ordered": "yes"}, "consistent", None),
    ("a regrouped table", table((40, 12, 9), (20, 22, 10)), {"p": "0.0040", "declared": "chi_squared"}, "other_method", None),
    ("percents without counts", [{"arm": "a", "n": "40", "percent": "25"}, {"arm": "b", "n": "40", "percent": "45"}], {"p": "0.061"},
     "consistent", None),
    ("no n", [{"arm": "a", "count": "3"}, {"arm": "b", "count": "9"}], {"p": "0.5"}, "not_checkable", "arm_size_unknown"),
    ("percent that no count gives", [{"arm": "a", "n": "40", "percent": "26"}, {"arm": "b", "n": "40", "percent": "45"}], {"p": "0.5"},
     "not_checkable", "percent_fits_no_count"),
    ("log-rank on counts", binary((3, 40), (9, 40)), {"p": "0.03", "declared": "log_rank"}, "not_checkable", "survival_test"),
    ("paired design", binary((3, 40), (9, 40)), {"p": "0.03", "declared": "mcnemar"}, "not_checkable", "paired_design"),
    ("adjusted model", two_means(), {"p": "0.5", "declared": "ancova"}, "not_checkable", "adjusted_model"),
    ("Student", two_means(), {"p": "0.002", "declared": "student_t"}, "consistent", None),
    ("rank test of means", two_means(), {"p": "0.7", "declared": "mann_whitney"}, "not_checkable", "rank_test_on_summaries"),
    ("a rank test beside t", two_means(), {"p": "0.7", "declared": "mann_whitney;student_t"}, "not_checkable", "rank_test_on_summaries"),
    ("t beside a rank test", two_means(), {"p": "0.002", "declared": "mann_whitney;student_t"}, "consistent", None),
    ("SD taken for SE", two_means(), {"p": "0.46"}, "decision_error", None),
    ("SE printed", two_means("se"), {"p": "0.47"}, "consistent", None),
    ("no dispersion", [{"arm": "a", "n": "20", "mean": "5.1"}, {"arm": "b", "n": "21", "mean": "6.3"}], {"p": "0.5"},
     "not_checkable", "no_dispersion"),
    ("medians", [{"arm": "a", "n": "20", "median": "5"}, {"arm": "b", "n": "21", "median": "6"}], {"p": "0.5"},
     "not_checkable", "rank_test_on_summaries"),
    ("too few for such a rank test", [{"arm": "a", "n": "3", "median": "5"}, {"arm": "b", "n": "3", "median": "6"}],
     {"p": "0.001", "declared": "mann_whitney"}, "inconsistent", None),
    ("hazard ratio", [{"effect": "hr", "estimate": "0.72", "ci_low": "0.55", "ci_high": "0.94"}], {"p": "0.016"}, "consistent", None),
    ("log-rank beside a hazard ratio", [{"effect": "hr", "estimate": "0.72", "ci_low": "0.55", "ci_high": "0.94"}],
     {"p": "0.0130", "declared": "log_rank"}, "consistent", None),
    ("interval and P disagree", [{"effect": "hr", "estimate": "0.72", "ci_low": "0.55", "ci_high": "0.94"}], {"p": "0.16"},
     "decision_error", None),
    ("99% interval", [{"effect": "or", "estimate": "0.72", "ci_low": "0.51", "ci_high": "1.02", "ci_level": "99"}], {"p": "0.015"},
     "consistent", None),
    ("difference", [{"effect": "difference", "estimate": "-2.0", "ci_low": "-3.5", "ci_high": "-0.5"}], {"p": "0.009"}, "consistent", None),
    ("odds ratio and table", [*binary((12, 40), (22, 41)), {"effect": "or", "estimate": "0.37"}], {"p": "0.033"},
     "consistent", None),
    ("rank test beside a difference", [{"effect": "difference", "estimate": "-2.0", "ci_low": "-3.5", "ci_high": "-0.5"}],
     {"p": "0.05", "declared": "mann_whitney"}, "not_checkable", "rank_test_on_summaries"),
    ("one-sided as declared", [{"effect": "hr", "estimate": "0.72", "ci_low": "0.55", "ci_high": "0.94"}],
     {"p": "0.008", "declared": "cox;one_sided"}, "consistent", None),
    ("one-sided undeclared", [{"effect": "hr", "estimate": "0.72", "ci_low": "0.55", "ci_high": "0.94"}],
     {"p": "0.0080", "declared": "cox"}, "misapplied_method", "wald, one-sided"),
    ("rates at a time", [{"arm": "a", "percent": "62.1", "ci_low": "52.0", "ci_high": "72.2"},
                         {"arm": "b", "percent": "45.3", "ci_low": "35.1", "ci_high": "55.5"}], {"p": "0.022"}, "consistent", None),
    ("curves", [{"arm": "a", "percent": "62.1", "ci_low": "52.0", "ci_high": "72.2"},
                {"arm": "b", "percent": "45.3", "ci_low": "35.1", "ci_high": "55.5"}], {"p": "0.22"}, "not_checkable", "survival_test"),
    ("levels that overlap", table((8, 9), (12, 15), n=(10, 20)), {"p": "0.031"}, "not_checkable", "multiple_responses"),
    ("correlation", [{"effect": "correlation", "estimate": "0.41", "n": "50"}], {"p": "0.003"}, "consistent", None),
    ("t statistic", [{"statistic": "t = 2.31", "df": "34"}], {"p": "0.027"}, "consistent", None),
    ("F statistic", [{"statistic": "F(2, 30) = 4.10"}], {"p": "0.027"}, "consistent", None),
    ("chi-squared statistic", [{"statistic": "χ² = 5.6", "df": "1"}], {"p": "0.03"}, "inconsistent", None),
    ("not significant", two_means(), {"p": "NS", "declared": "student_t"}, "decision_error", None),
    ("unreadable P", two_means(), {"p": "097"}, "not_checkable", "unreadable_p"),
    ("no P", two_means(), {"p": ""}, "not_checkable", "no_p_value"),
    ("one arm", [{"arm": "a", "n": "20", "count": "5"}], {"p": "0.5"}, "not_checkable", "single_arm"),
    ("nobody has the outcome", binary((0, 20), (0, 30)), {"p": "1.00"}, "consistent", None),
    ("more counted than there are", binary((25, 20), (3, 30)), {"p": "0.5"}, "not_checkable", "count_above_n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "shared", "verdict", "reason"), CASES, ids=[case[0] for case in CASES])
def test_verdicts(name: str, lines: list[Line], shared: dict[str, str], verdict: str, reason: str | None) -> None:
    said = one(lines, **shared)
    assert said.verdict == verdict, (name, said)
    if reason is not None:
        assert said.reason == reason


def test_order_and_ids_are_kept() -> None:
    rows = pd.DataFrame([{"id": key, **line, "p": "0.5"} for line in binary((3, 40), (9, 40)) for key in ("b", "a", "c")])
    assert [j.id for j in judge(rows)] == ["b", "a", "c"]
    assert judge(rows.iloc[:0]) == []


def test_truncated_p_is_named() -> None:
    said = one(binary((3, 4), (34, 100)), p="0.25137", declared="chi_squared")
    assert (said.verdict, said.notes) == ("consistent", (TRUNCATED_P,))
    assert one(binary((3, 4), (34, 100)), p="0.25137").verdict == "other_method"


def test_p_rounded_twice_is_named() -> None:
    said = one(binary((8, 24), (8, 28)), p="0.95", declared="chi_squared")  # Yates: 0.9446, which 0.945 rounds to 0.95
    assert (said.verdict, said.notes) == ("consistent", (ROUNDED_TWICE,))
    assert one(binary((8, 24), (8, 28)), p="0.96", declared="chi_squared").verdict == "inconsistent"


def test_base_of_the_percents_is_used_and_named() -> None:
    lines = [{"arm": "a", "n": "7", "count": "3", "percent": "75"}, {"arm": "b", "n": "100", "count": "34", "percent": "34"}]
    said = one(lines, p="0.093", declared="chi_squared")
    assert said.verdict == "consistent"
    assert "base taken from the percents" in " ".join(said.notes)


def test_chance_tells_weak_from_strong_evidence() -> None:
    weak = one([{"arm": "a", "n": "200", "count": "20"}, {"arm": "b", "n": "200", "count": "120"}], p="<0.001")
    strong = one(binary((40, 100), (45, 100)), p="0.473")
    assert weak.chance is not None
    assert weak.chance > 0.9
    assert strong.chance is not None
    assert strong.chance < 0.03


def test_conclusion() -> None:
    assert one(two_means(), p="0.46").changes_conclusion
    assert not one(two_means(), p="0.046").changes_conclusion


counts = st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=4), min_size=2, max_size=3).filter(
    lambda t: len({len(row) for row in t}) == 1 and all(sum(row) for row in t) and all(map(sum, zip(*t, strict=True)))
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(counts, st.integers(2, 5), st.sampled_from(["half", "cut"]))
def test_true_p_of_counts_is_never_ruled_out(arms: list[list[int]], digits: int, way: str) -> None:
    p = stats.chi2_contingency(np.array(arms), correction=False).pvalue
    text = f"{np.floor(p * 10**digits + 1e-9) / 10**digits:.{digits}f}" if way == "cut" else f"{p:.{digits}f}"
    assert one(table(*map(tuple, arms)), p=text, declared="chi_squared").verdict == "consistent"
    assert one(table(*map(tuple, arms)), p=text).verdict in ("consistent", "other_method", "undecided")


@settings(max_examples=40, deadline=None)
@given(counts)
def test_order_of_arms_and_nominal_levels_does_not_matter(arms: list[list[int]]) -> None:
    def sets(rows: list[list[int]]) -> dict[str, tuple[float, ...]]:
        said = one(table(*map(tuple, rows)), p="0.5", ordered="no")
        return {r.method: tuple(round(x, 10) for pair in r.intervals for x in pair) for r in said.recomputed if r.role == "standard"}

    assert sets(arms) == sets(arms[::-1]) == sets([row[::-1] for row in arms])


@settings(max_examples=40, deadline=None)
@given(st.integers(5, 60), st.integers(5, 60), st.floats(0, 1), st.floats(0, 1), st.integers(0, 2))
def test_counts_behind_percents_are_found(n1: int, n2: int, share1: float, share2: float, places: int) -> None:
    """Whatever the counts, the percents they print lead back to a set with the true P."""
    a, b = round(share1 * n1), round(share2 * n2)
    lines = [{"arm": str(n), "n": str(n), "percent": f"{100 * c / n:.{places}f}"} for c, n in ((a, n1), (b, n2 + 100))]
    p = stats.fisher_exact(np.array([[a, n1 - a], [b, n2 + 100 - b]])).pvalue
    assert one(lines, p=f"{p:.4f}", declared="fisher").verdict in ("consistent", "undecided")


WILD = ["", "0", "1", "7", "-3", "1e300", "12.5", "99999999999", "NaN", "inf", "0.0", "<3", "5 (3)", "100", "abc", "−2.1", "1e-320"]


NUMBERS = ("n", "count", "percent", "mean", "sd", "se", "median", "estimate", "ci_low", "ci_high", "ci_level", "statistic", "df", "alpha")
wild_lines = st.lists(st.fixed_dictionaries({name: st.sampled_from(WILD) for name in NUMBERS}), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(wild_lines, st.sampled_from(["hr", "difference", "correlation", "or", ""]), st.sampled_from(["0.03", "<0.001", "NS", "1.0"]))
def test_no_input_breaks_the_engine(lines: list[Line], effect: str, p: str) -> None:
    """Whatever the cells say, there is one judgement with intervals inside [0, 1]."""
    for shape in ({}, {"level": "x"}):
        rows = [{"arm": str(i), "effect": effect, **line, **shape} for i, line in enumerate(lines)]
        said = one(rows, p=p)
        assert said.verdict != "error"
        for r in said.recomputed:
            assert all(-1e-12 <= low <= high <= 1 + 1e-9 for low, high in r.intervals), r


def test_limits_printed_the_greater_first() -> None:
    rows = [{"effect": "difference", "estimate": "-2.0", "ci_low": "-0.5", "ci_high": "-3.5"}]
    assert one(rows, p="0.009").verdict == "consistent"


def test_huge_tables_are_still_judged() -> None:
    said = one(binary((3_000_000, 7_000_000), (3_100_000, 7_100_000)), p="0.9", declared="chi_squared")
    assert said.verdict == "decision_error"


def test_procedures_beside_a_test_do_not_excuse() -> None:
    """A post hoc procedure named beside the test leaves the test's own verdict as it is."""
    assert one(binary((30, 100), (34, 100)), p="0.013", declared="chi_squared;bonferroni;kaplan_meier").verdict == "decision_error"
    assert one(binary((30, 100), (34, 100)), p="0.013", declared="chi_squared;permutation").reason == "unknown_method"


def test_a_declared_trend_test_over_arms() -> None:
    rows = binary((10, 50), (14, 50), (22, 50))
    assert one(rows, p="0.0095", declared="trend").verdict == "consistent"
    assert one(rows, p="0.0095", declared="chi_squared").verdict == "other_method"
    assert one(rows, p="0.0095", declared="chi_squared", ordered="no").verdict == "misapplied_method"
