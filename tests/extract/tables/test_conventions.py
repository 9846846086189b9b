"""One table as different authors would set it: what is read of it stays the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterproof.extract.tables.headings import read_heading
from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


@pytest.mark.parametrize(
    "head",
    ["P-VALUE", "P (two-sided)", "P value, 2-sided", "P-value (t-test)", "p (Mann-Whitney)", "Sig. (2-tailed)", "SIG.", "Pr > t",
     "Pr (> t)", "Prob > F", "Prob.", "P (post-hoc)"],
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


@pytest.mark.parametrize(
    "size",
    ["(n = {})", "(N={})", "[n = {}]", ", n = {}", "({})", "({} patients)", "(n = {} subjects)", "(no. = {})", "(No. {})", "(n {})",
     "(number = {})", "(total n = {})", "(sample size = {})", "(n = {}; 51.3%)", "(n={}, 100%)", ", {} patients"],
)  # fmt: skip
def test_sizes_of_arms(read: Reader, size: str) -> None:
    drug, placebo = (size.format(n) for n in (40, 38))
    got = read(f"Item | Drug {drug} | Placebo {placebo} | P\nFever, n (%) | 9 (22.5) | 4 (10.5) | 0.16".replace(" ,", ","))
    assert got.sizes() == {"Drug": "40", "Placebo": "38"}
    assert got.compared("0.16") == [("Drug", None), ("Placebo", None)]


@pytest.mark.parametrize(
    "head", ["Smoker (yes = 1, no = 0)", "Tumour size: 20", "Stage (N 1)", "Yes: no = 3", "Group (No. 1)", "Drug (missing, 3 patients)"]
)
def test_codes_and_stages_are_no_sizes(head: str) -> None:
    assert read_heading(head).size is None


@pytest.mark.parametrize(
    "line", [" | n = 40 | n = 38 |", " | (n=40) | (n=38) |", " | (40) | (38) |", "N | 40 | 38 |", "No. of patients | 40 | 38 |"]
)
@pytest.mark.parametrize("p", ["", "P"])
def test_sizes_in_a_head_row_of_their_own(read: Reader, line: str, p: str) -> None:
    got = read(f"Item | Early start | Late start | {p}\n{line}\nFever, n (%) | 9 (22.5) | 4 (10.5) | {'0.16' * bool(p)}", head=2)
    assert got.sizes() == {"Early start": "40", "Late start": "38"}
    assert got.numbers("Fever", "Late start") == {"count": "4", "percent": "10.5"}


def test_numbers_of_columns_are_no_sizes(read: Reader) -> None:
    got = read("Item | Crude | Adjusted | Full\n | (1) | (2) | (3)\nAge | 0.41 | 0.38 | 0.35", head=2)
    assert not got.sizes()


def test_an_error_behind_an_empty_column_belongs_to_its_coefficient(read: Reader) -> None:
    got = read("Term | Coefficient | | SE | | P\nAge | 54.16 | | 18.36 | | 0.003")
    assert got.numbers("Age", None) == {"coefficient": "54.16", "se": "18.36"}
    assert got.comparison("0.003").obstacle is None


def test_a_percent_before_its_count_is_no_mean_where_it_fits_the_arm(read: Reader) -> None:
    got = read(
        "Item, mean (SD) | Drug (n = 40) | Placebo (n = 38)\nFever | 82.5% (33) | 50.0% (19)\nDoses taken | 82.5% (12) | 81.0% (11)",
    )
    assert got.numbers("Fever", "Drug") == {"percent": "82.5%", "count": "33"}
    assert got.numbers("Doses taken", "Drug") == {"mean": "82.5%", "sd": "12"}
