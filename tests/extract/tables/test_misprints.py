"""A misprint among counts with percents does not hide what the row holds, and nothing else becomes a percent."""

from collections.abc import Callable

import pytest

from tests.extract.tables.conftest import Read

ROWS = (
    "Item | Drug (n = 80) | Placebo (n = 60)\nNausea | 9 (11.3) | 4 (6.7)\nRash | 5 (6.3) | 2 (3.3)\nFever | 12 (15.0) | 7 (11.7)\n"
    "Cough | 3 (3.8) | 6 (10.0)\n"
)


def test_a_misprinted_percent_among_counts_stays_a_percent(read: Callable[..., Read]) -> None:
    got = read(ROWS + "Falls | 10 (12.5) | 12 (26.0)")
    assert got.numbers("Falls", "Placebo") == {"count": "12", "percent": "26.0"}
    assert got.numbers("Falls", "Drug") == {"count": "10", "percent": "12.5"}


def test_levels_that_add_up_to_the_arms_are_no_means(read: Callable[..., Read]) -> None:
    head = "Item | Drug (n = 80) | Placebo (n = 60)\nAge | 61.2 (9.1) | 60.8 (8.8)\nStage\n"
    levels = ".I | 20 (25.0) | 13 (21.7)\n.II | 41 (31.3) | 30 (50.0)\n.III | 19 (23.8) | 17 (28.3)"
    got = read(head + levels, notes=[("", "Values are mean (SD) or n (%).")])
    assert got.numbers("Stage", "Drug", "II") == {"count": "41", "percent": "31.3"}
    assert got.numbers("Age", "Drug") == {"mean": "61.2", "sd": "9.1"}


def test_shares_of_the_night_that_add_up_to_the_arm_are_no_counts(read: Callable[..., Read]) -> None:
    head = "Item | Drug (n = 100) | Placebo (n = 100)\nMen, n (%) | 40 (40) | 45 (45)\nSleep\n"
    got = read(
        head + ".N1 | 55 (8) | 53 (7)\n.N3 | 20 (6) | 22 (6)\n.REM | 25 (5) | 25 (5)", notes=[("", "Values are mean (SD) or n (%).")]
    )
    assert got.numbers("Sleep: REM", "Drug") == {"mean": "25", "sd": "5"}


def test_none_of_the_patients_is_a_count(read: Callable[..., Read]) -> None:
    head = "Item | A (n = 30) | B (n = 30) | C (n = 30) | D (n = 30)\nNausea | 2 (6.2) | 9 (30) | 0 (0) | 0 (0)\n"
    rows = (
        "Rash | 13 (43.3) | 0 (0) | 0 (0) | 1 (3.3)\nFever | 19 (63.3) | 0 (0) | 0 (0) | 0 (0)\nCough | 10 (33.3) | 1 (3.3) | 0 (0) | 0 (0)"
    )
    got = read(head + rows, notes=[("", "Values are number (%)."), ("", "In other tables they are mean (SD).")])
    assert got.numbers("Nausea", "A") == {"count": "2", "percent": "6.2"}


@pytest.mark.parametrize(
    "row",
    [
        "Age | 40 (12.0) | 41 (13.0)",  # neither fits
        "Age, mean (SD) | 10 (12.5) | 12 (26.0)",  # another pair is announced
        "Falls | 10 (12.5) | 71 (26.0)",  # more than there are
        "Onset, years | 10 (12.5) | 12 (6.0)",  # a unit
        "Symptom score | 10 (12.5) | 12 (6.0)",  # measured
    ],
)
def test_pairs_that_may_be_something_else_do_not_become_percents(read: Callable[..., Read], row: str) -> None:
    assert "percent" not in read(ROWS + row).numbers(row.split(" |")[0].removesuffix(", mean (SD)").removesuffix(", years"), "Placebo")


def test_one_fitting_pair_in_a_table_of_other_things_is_no_percent(read: Callable[..., Read]) -> None:
    rows = "Item | Drug (n = 80) | Placebo (n = 60)\nAge | 45 (11.3) | 44 (16.7)\nBMI | 25 (6.3) | 27 (3.3)\n"
    assert "percent" not in read(rows + "Score | 10 (12.5) | 12 (56.0)").numbers("Score", "Placebo")


def test_a_row_with_a_bare_number_is_read(read: Callable[..., Read]) -> None:
    got = read(ROWS + "Falls | 12 (26.0) | 7")
    assert got.numbers("Falls", "Placebo") == {"value": "7"}


def test_of_a_hundred_patients_any_number_is_its_own_percent(read: Callable[..., Read]) -> None:
    rows = "Item | Drug (n = 100) | Placebo (n = 100)\nNausea | 9 (9.0) | 4 (4.0)\nRash | 5 (5.0) | 2 (2.0)\nFever | 12 (12.0) | 7 (7.0)\n"
    assert "percent" not in read(rows + "Steps | 12 (12.0) | 14 (9.5)").numbers("Steps", "Placebo")
