"""Sentences that name two arms together, where the order of the numbers is not that of the names, or a number is of both."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
ARMS = (("Drug", 105), ("Placebo", 104))


def arms(made: Any) -> dict[str, str | None]:
    """The arm of each claim by its first number."""
    return {next(iter(numbers.values())): arm for _, arm, numbers in made.claims}


@pytest.mark.parametrize(
    "text",
    [
        "Compared with the placebo group, patients in the drug group had a higher response rate (60.4% vs 43.5%; P = .02).",
        "Relative to placebo, the drug group had a higher response rate (60.4% vs 43.5%).",
        "As compared with placebo, more patients on drug responded (60.4% vs 43.5%).",
    ],
)
def test_the_arm_that_a_sentence_compares_with_comes_last(read: Read, text: str) -> None:
    assert arms(read(text, arms=ARMS)) == {"60.4": "Drug", "43.5": "Placebo"}


@pytest.mark.parametrize(
    "text",
    [
        "Compared with the placebo group, patients in the drug group had a higher response rate (43.5% vs 60.4%; P = .02).",
        "Compared with the placebo group, response in the drug group was not different (60.4% vs 43.5%; P = .20).",
    ],
)
def test_no_arm_where_the_words_do_not_tell_which_number_is_whose(read: Read, text: str) -> None:
    assert set(arms(read(text, arms=ARMS)).values()) == {None}


def test_a_bracket_between_the_arms_of_a_list(read: Read) -> None:
    made = read("Survival was 61.5% and 39.1% in the drug (P = 0.02) and placebo groups (P = 0.06), respectively.", arms=ARMS)
    assert arms(made) == {"61.5": "Drug", "39.1": "Placebo"}


@pytest.mark.parametrize(
    "text",
    [
        "The trial randomised 209 patients with asthma to receive either drug 10 mg daily or matching placebo.",
        "A total of 209 patients were randomised to receive drug (n = 105) or placebo (n = 104).",
        "Of these, 209 women were assigned to drug or to placebo.",
    ],
)
def test_all_who_were_allocated_are_of_neither_arm(read: Read, text: str) -> None:
    made = read(text, arms=ARMS)
    assert [made.facts.arms[e.arm].label for e in made.told if e.number.text == "209" and e.arm is not None] == []
    assert all(arm is None for number, arm in arms(made).items() if number == "209")


def test_sizes_side_by_side_are_in_the_order_of_the_names(read: Read) -> None:
    made = read("0 Placebo Drug (n = 68) (n = 129)", arms=(("Drug", 129), ("Placebo", 68)))
    assert {e.number.text: made.facts.arms[e.arm].label for e in made.told if e.arm is not None} == {"68": "Placebo", "129": "Drug"}


def test_an_arm_that_the_number_before_it_takes(read: Read) -> None:
    made = read("Fever was seen in 3 patients on placebo, 2 patients on 2.5 mg and 7 patients on drug.", arms=ARMS)
    assert arms(made) == {"3": "Placebo", "2": None, "7": "Drug"}


def test_patients_who_received_an_arm(read: Read) -> None:
    made = read(
        "Severe fever occurred in 4 of 68 patients (5.9%) who received placebo and 10 of 129 patients (7.8%) who received drug.",
        arms=ARMS,
    )
    assert [(what, arm, numbers["count"]) for what, arm, numbers in made.claims] == [
        ("Severe fever", "Placebo", "4"),
        ("Severe fever", "Drug", "10"),
    ]


def test_an_arm_with_something_besides(read: Read) -> None:
    assert arms(read("In all, 48 patients received drug plus steroids and 44 patients received drug.", arms=ARMS)) == {
        "48": None,
        "44": "Drug",
    }


def test_each_size_behind_its_own_name(read: Read) -> None:
    made = read("They were randomly assigned to a drug (n = 16), placebo (n = 15) or sham (n = 14) group.",
                arms=(("Drug group", 16), ("Placebo group", 15), ("Sham group", 14)))  # fmt: skip
    assert [made.facts.arms[e.arm].label for e in made.told if e.arm is not None] == ["Drug group", "Placebo group", "Sham group"]


def test_a_base_that_opens_the_sentence_has_the_arm_of_its_counts(read: Read) -> None:
    assert arms(read("Of 93 wave 2 participants on placebo, 20 (22%) agreed.", arms=ARMS))["20"] == "Placebo"
