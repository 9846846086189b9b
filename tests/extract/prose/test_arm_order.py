"""Numbers behind a list of arms follow in the order of the list."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
ARMS = (("Surgery alone (n = 89)", 89), ("UFT/LV (n = 88)", 88))


@pytest.mark.parametrize(
    "text",
    [
        "The median survival in the UFT/LV and surgery alone groups were 1.45 years and 0.70 years, respectively.",
        "Median survival of the UFT/LV and surgery alone groups was 1.45 and 0.70 years.",
        "Median survival was 1.45 years in the UFT/LV group and 0.70 years in the surgery alone group.",
    ],
)
def test_each_number_goes_to_its_own_arm(read: Read, text: str) -> None:
    found = {numbers["median"]: arm for _, arm, numbers in read(text, arms=ARMS).claims if arm}
    assert found.get("1.45", "UFT/LV").startswith("UFT/LV")
    assert found.get("0.70", "Surgery").startswith("Surgery")


COMPARED = (("Drug", 104), ("Placebo", 135))


@pytest.mark.parametrize(
    "text",
    [
        "Compared with those on placebo, the drug group were younger (61 ± 9 vs. 65 ± 8 years; P = .01).",
        "Compared with placebo, more patients in the drug group responded (63/104 (60.6%) vs. 58/135 (43.0%)).",
        "Compared with placebo, more patients in the drug group responded (63/104 vs. 58/135).",
    ],
)
def test_the_arm_that_is_told_to_be_larger_comes_first(read: Read, text: str) -> None:
    assert [arm for _, arm, _ in read(text, arms=COMPARED).claims] == ["Drug", "Placebo"]


@pytest.mark.parametrize(
    "text",
    [
        "Compared with placebo, patients in the drug group had higher scores (10 ± 5 vs. 12 ± 3; P = .02).",
        "Compared with placebo, more patients in the drug group responded (43.0% (58/135) vs. 60.6% (63/104)).",
        "Compared with placebo, the drug group had fewer deaths and a higher response rate (20 (19%) vs. 12 (11%)).",
    ],
)
def test_numbers_that_lie_otherwise_than_told_have_no_arm(read: Read, text: str) -> None:
    assert {arm for _, arm, _ in read(text, arms=COMPARED).claims} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "In all, 12 (11%) in the drug group died or relapsed, and 5 (5%) in the placebo group did.",
        "In all, 12 (11%) in the drug group had nausea or vomiting and 5 (5%) in the placebo group did.",
    ],
)
def test_words_between_which_or_stands_are_no_arms(read: Read, text: str) -> None:
    assert [arm for _, arm, _ in read(text, arms=COMPARED).claims] == ["Drug", "Placebo"]


def test_patients_of_one_arm_or_the_other_are_of_none(read: Read) -> None:
    found = read("In all, 12 (11%) on drug 10 mg daily or matching placebo died.", arms=COMPARED)
    assert [arm for _, arm, _ in found.claims] == [None]
