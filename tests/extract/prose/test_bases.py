"""Bases: opened lists, counts named before, whole samples, sizes of arms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
ARMS = (("Placebo", 39), ("Low dose", 42))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Fourteen of these 50 patients (28%) recovered.", [("Fourteen", "50")]),
        ("Fifty patients were operated. Of these, 14 (28%) recovered.", [("Fifty", None), ("14", "Fifty")]),
        ("A relapse came in 25 patients. Of these patients, 5 (20%) recovered.", [("25", None), ("5", "25")]),
        ("A relapse came in 25 patients; of these, 5 (20%) recovered.", [("25", None), ("5", "25")]),
        ("There were 50 men, of whom 7 had a relapse and 3 died.", [("50", None), ("7", "50"), ("3", "50")]),
        ("A relapse came in 25 patients and a fever in 12 patients. Of these, 5 recovered.", [("25", None), ("12", None)]),
        ("A relapse came in 25 patients. Of these, 5 (11%) recovered.", [("25", None), ("5", None)]),
        (
            "Of 320 patients, 9 were young, 120 had asthma, 61 had gout, 27 were lost, and 4 died.",
            [("9", "320"), ("120", "320"), ("61", "320"), ("27", "320"), ("4", "320")],
        ),
        ("Eighteen out of 28 patients (64.3%) recovered.", [("Eighteen", "28")]),
        ("Only one patient (0.4%) died.", [("one", None)]),
        ("In all, 50 patients were included; 14 (28%) were tall.", [("14", "50")]),
        ("It rained. In all, 50 patients were included; 14 (28%) were tall.", [("14", None)]),
        ("We recruited 90 men and enrolled 50 men; 14 (28%) were tall.", [("50", None), ("14", None)]),
    ],
)
def test_bases(read: Read, text: str, claims: list[tuple[str, str | None]]) -> None:
    found = read(text)
    assert [(numbers["count"], found.base(i)) for i, (_, _, numbers) in enumerate(found.claims)] == claims


@pytest.mark.parametrize(
    "text",
    [
        "The analysis covered 77 patients.",
        "As planned, 77 patients began treatment.",
        "In all, 77 patients were included.",
        "A total of 77 patients were randomised.",
        "The study population consisted of 77 women.",
    ],
)
def test_a_whole_sample_is_a_size(read: Read, text: str) -> None:
    assert [(e.kind, e.number.text) for e in read(text).told] == [("n", "77")]


def test_allocated_numbers_are_sizes_of_arms(read: Read) -> None:
    found = read("Women were randomised, 39 to placebo and 42 to the low dose.", arms=ARMS)
    assert [(e.kind, e.number.text, e.arm) for e in found.told] == [("n", "39", 0), ("n", "42", 1)]
