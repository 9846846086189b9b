"""What happened to nobody is a count of zero in each arm that the sentence speaks of, and differences not found are no counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PAIR = (("Drug", 33), ("Placebo", 31))


def zeros(made: Any) -> list[tuple[str | None, str | None, str, str | None]]:
    """Outcome, arm, word and base of every count of zero."""
    return [
        (e.variable, made.facts.arms[e.arm].label, e.number.text, made.base(e.aggregate))
        for e in made.told
        if e.kind == "count" and e.number.value == 0
    ]


@pytest.mark.parametrize(
    ("text", "what", "word"),
    [
        ("No serious adverse events related to the drink were seen.", "serious adverse events related to the drink", "No"),
        ("No deaths occurred in either group.", "deaths", "No"),
        ("There were no anastomotic leaks.", "anastomotic leaks", "no"),
        ("None of the patients in both groups withdrew from the trial.", "withdrew from the trial", "None"),
        ("No patient developed a fistula.", "developed a fistula", "No"),
    ],
)
def test_nobody_in_either_arm(read: Callable[..., Any], text: str, what: str, word: str) -> None:
    assert zeros(read(text, arms=PAIR)) == [(what, "Drug", word, "33"), (what, "Placebo", word, "31")]


@pytest.mark.parametrize(
    "text",
    [
        "In the drug group, no deaths were reported.",
        "No deaths were reported in the drug group.",
        "There were no deaths in the drug group.",
    ],
)
def test_nobody_in_one_arm(read: Callable[..., Any], text: str) -> None:
    assert zeros(read(text, arms=PAIR)) == [("deaths", "Drug", text[text.lower().index("no deaths") :][:2], "33")]


def test_the_arm_of_the_other_clause_is_left_alone(read: Callable[..., Any]) -> None:
    made = read("Three patients died in the placebo group, whereas no deaths occurred in the drug group.", arms=PAIR)
    assert zeros(made) == [("deaths", "Drug", "no", "33")]


@pytest.mark.parametrize(
    "text",
    [
        "No significant differences in complications were found.",
        "No other adverse events were reported.",
        "There was no selective dropout.",
        "No patients with diabetes were included.",
        "The drug was well tolerated and no effect on complications was seen.",
        "No deaths occurred among these patients.",
        "No deaths occurred among patients with diabetes.",
        "Previous trials reported 3 strokes; no deaths occurred [2].",
    ],
)
def test_no_counts(read: Callable[..., Any], text: str) -> None:
    assert zeros(read(("discussion", text) if "[2]" in text else text, arms=PAIR)) == []


def test_arms_are_guessed_only_where_there_are_two(read: Callable[..., Any]) -> None:
    assert zeros(read("No deaths occurred.", arms=(*PAIR, ("Vaccine", 30)))) == []
