"""Claims find the arm that a sentence names in its own way: by a code, as the control of two arms, by what it consists of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def counts(made: Any) -> list[tuple[str | None, str | None, str, str | None]]:
    """Outcome, arm, count and base of every claim that counts."""
    return [
        (what, arm, numbers["count"], made.base(i)) for i, (what, arm, numbers) in enumerate(made.claims) if "count" in numbers
    ]  # fmt: skip


def test_numbers_of_an_arms_name_are_no_claims(read: Callable[..., Any]) -> None:
    arms = (("Placebo group", 79), ("30 μg vaccine group", 83), ("60 µg vaccine group", 80))
    made = read(
        "The occurrence of fever was 5.1% (4/79), 3.6% (3/83) and 5.0% (4/80) in the placebo, 30 µg vaccine and 60 μg vaccine groups"
        " respectively (P = 0.88).", arms=arms,
    )  # fmt: skip
    fever = "occurrence of fever"
    assert counts(made) == [
        (fever, "Placebo group", "4", "79"), (fever, "30 μg vaccine group", "3", "83"), (fever, "60 µg vaccine group", "4", "80"),
    ]  # fmt: skip
    assert {e.number.text for e in made.told} == {"5.1", "4", "79", "3.6", "3", "83", "5.0", "80", "0.88"}


def test_control_is_the_arm_that_got_nothing(read: Callable[..., Any]) -> None:
    made = read("After one year, 45 patients in the intervention group and 58 patients in the control group had died. "
                "The control group was older.", arms=(("Diary", 326), ("No diary", 326)))  # fmt: skip
    assert [arm for _, arm, _, _ in counts(made)] == ["Diary", "No diary"]


def test_control_stays_apart_where_no_arm_is_untreated(read: Callable[..., Any]) -> None:
    made = read("After one year, 45 patients in the diary group and 58 patients in the control group had died. "
                "The control group was older.", arms=(("Diary", 326), ("Booklet", 326)))  # fmt: skip
    assert [arm for _, arm, _, _ in counts(made)] == ["Diary", "control"]


def test_groups_by_codes_have_their_own_bases(read: Callable[..., Any]) -> None:
    made = read(
        "Participants of IG1 got a letter and participants of IG3 a card.",
        "Most answered: 92% (94/102) participants of IG3 returned the form compared to 85% (91/107) in IG1 (P = 0.06).",
    )
    assert counts(made) == [("returned the form", "IG3", "94", "102"), ("returned the form", "IG1", "91", "107")]
    assert [(e.number.text, made.facts.arms[e.arm].label) for e in made.told if e.kind == "n"] == [("102", "IG3"), ("107", "IG1")]


def test_genes_and_vertebrae_are_no_groups(read: Callable[..., Any]) -> None:
    made = read("Patients with IL2 above 4 and IL6 above 9 were older.", "Lesions of L1 and of L2 were seen in 4 (10%) patients.")
    assert not made.facts.arms


def test_an_arm_may_consist_of_villages(read: Callable[..., Any]) -> None:
    made = read(
        "In control villages, 82% (331/403) of water samples tested positive for E. coli compared to 77% (310/404) of samples in"
        " intervention villages.", arms=(("Control", 403), ("Intervention", 404)),
    )  # fmt: skip
    assert counts(made) == [
        ("tested positive for E. coli", "Control", "331", "403"),
        ("tested positive for E. coli", "Intervention", "310", "404"),
    ]
