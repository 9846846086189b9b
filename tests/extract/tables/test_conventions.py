"""One table as different authors would set it: what is read of it stays the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


@pytest.mark.parametrize(
    "head",
    ["P-VALUE", "P (two-sided)", "P value, 2-sided", "P-value (t-test)", "p (Mann-Whitney)", "Sig. (2-tailed)", "SIG.", "Pr > t",
     "Pr (> t)", "Prob > F", "Probability", "P (post-hoc)"],
)  # fmt: skip
def test_heads_of_p_values(read: Reader, head: str) -> None:
    got = read(f"Item | Drug (n = 40) | Placebo (n = 38) | {head}\nAge, mean (SD) | 61.0 (9.1) | 60.2 (8.3) | 0.69")
    assert got.compared("0.69") == [("Drug", None), ("Placebo", None)]
    assert got.comparison("0.69").obstacle is None


def test_a_hyphen_between_arms_still_tells_which_are_compared(read: Reader) -> None:
    got = read("Item | A (n = 40) | B (n = 38) | C (n = 41) | P (A-B)\nAge, mean (SD) | 61.0 (9.1) | 60.2 (8.3) | 59.9 (8.0) | 0.69")
    assert got.compared("0.69") == [("A", None), ("B", None)]


@pytest.mark.parametrize("head", ["n (%)", "No (%)", "no (%)", "Patients (%)", "cases (%)", "No. (%)", "Participants, (%)"])
def test_heads_below_the_arms_that_only_count(read: Reader, head: str) -> None:
    got = read(f"Item | Drug (n = 40) | Placebo (n = 38) | P\n | {head} | {head} |\nFever | 9 (22.5) | 4 (10.5) | 0.16", head=2)
    assert got.numbers("Fever", "Drug") == {"count": "9", "percent": "22.5"}
    assert got.compared("0.16") == [("Drug", None), ("Placebo", None)]


@pytest.mark.parametrize("heads", [("Yes (%)", "No (%)"), ("Cases (%)", "Controls (%)"), ("Patients (%)", "Relatives (%)")])
def test_heads_that_count_and_name(read: Reader, heads: tuple[str, str]) -> None:
    got = read(f"Item | {heads[0]} | {heads[1]} | P\nMale | 9 (22.5) | 4 (10.5) | 0.16")
    assert {kind for kind in (e.kind for e in got.extraction.evidence) if kind != "p_value"} == {"count", "percent"}
    assert len({(group.arm, group.level, group.variable) for group in got.extraction.aggregates}) == 2


@pytest.mark.parametrize("label", ["Men, n (%)", "Men, No (%)", "Men, no (%)", "Men, Number (%)"])
def test_labels_that_count(read: Reader, label: str) -> None:
    got = read(f"Item | Drug (n = 40) | Placebo (n = 38) | P\n{label} | 9 (22.5) | 4 (10.5) | 0.16")
    assert got.numbers("Men", "Drug") == {"count": "9", "percent": "22.5"}


@pytest.mark.parametrize(
    "said", ["mean (SD)", "mean (std)", "Mean (St. Dev.)", "mean [StDev]", "M, SD", "M (SD)", "Average, Std", "x̄ ± s", "x̄±s"]
)
def test_means_and_standard_deviations(read: Reader, said: str) -> None:
    got = read(f"Item | Drug (n = 40) | Placebo (n = 38) | P\nAge ({said}) | 61.0 (9.1) | 60.2 (8.3) | 0.69")
    assert got.numbers("Age", "Placebo") == {"mean": "60.2", "sd": "8.3"}
