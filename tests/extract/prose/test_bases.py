"""Bases: opened lists, counts named before, whole samples, sizes of arms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterproof.extract.prose import bases as shares

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
        ("Of the 40 men with gout, 25% (10) fell, versus 60% (30) of the 50 men without.", [("10", "40"), ("30", "50")]),
        ("Among 25 men, 10 (40%) fell in contrast to one case of a fall (5%) among 20 patients.", [("10", "25"), ("one", "20")]),
        ("Relapse came in 12 (20%) patients of the 60 patients and in 15 (25%) out of 60 patients.", [("12", "60"), ("15", "60")]),
        ("Of the 90 men, 27 (30%) died, compared with 10 (25%).", [("27", "90"), ("10", None)]),
        ("Of the 64 men, 20 (31%) slept, whereas 44 (69%) did not.", [("20", "64"), ("44", "64")]),
        ("Of the 90 men, 60 were operated and 15 (25%) had leaks.", [("60", "90"), ("15", None)]),
        ("Of the 90 men, 60 (67%) had fever, 15 (25%) of them cough.", [("60", "90"), ("15", None)]),
        ("Of the 50 men who slept, 10 (20%) fell, and among those awake, 15 (50%) did.", [("10", "50"), ("15", None)]),
        ("Of the 40 men, 10 (25%) had fever, including 4 (44%) with cough.", [("10", "40"), ("4", None)]),
        ("Of the 40 men, 10 (25%) had fever and 4 (44%) cough.", [("10", "40"), ("4", "40")]),
        ("Relapse was seen at 15 sites of relapse (12%) in 60 patients.", [("15", None)]),
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


def test_a_count_of_one_arm_of_several_is_no_share_of_all_who_open_the_sentence(read: Read) -> None:
    found = read("Of the 120 patients enrolled, 12 (30%) on placebo and 5 (12%) on the low dose fell.", arms=ARMS)
    assert [found.base(i) for i, (_, arm, _) in enumerate(found.claims) if arm] == [None, None]
    of_all = read("Of the 120 patients enrolled, 12 (10%) on placebo and 6 (5%) on the low dose fell.", arms=ARMS)
    assert [of_all.base(i) for i, (_, arm, _) in enumerate(of_all.claims) if arm] == ["120", "120"]


def test_a_part_of_an_arm_is_not_held_against_the_size_of_the_arm(read: Read) -> None:
    text = "The placebo group (n = 40) and the low dose group (n = 50) fell in 8 (20%) and 10 (20%), respectively; {}in {} and {}."
    whole = read(text.format("they coughed ", "4 (10%)", "6 (13%)"), arms=ARMS)
    part = read(text.format("among men they did ", "6 (30%)", "5 (33%)"), arms=ARMS)
    bases = [[found.base(i) for i in range(len(found.claims))] for found in (whole, part)]
    assert bases == [["40", "50", "40", "50"], ["40", "50", None, None]]


def test_a_long_list_of_shares_is_looked_through_once(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def never(*claim_and_base: Any) -> bool:
        asked.append(claim_and_base)
        return False

    monkeypatch.setattr(shares, "may_share", never)
    read("Of the 400 men, " + ", ".join(f"{20 + i} (1%)" for i in range(40)) + " fell.")
    assert len(asked) < 40 * 40


@pytest.mark.parametrize(
    "text",
    [
        "Of the 60 patients, 12 were lost to follow-up; in the remaining, 10 (20.8%) relapsed.",
        "Of the 70 patients, 12 were lost to follow-up and 10 (17.2%) relapsed.",
        "Of the 80 patients, 30 were men and 12 (24.0%) of the opposite sex.",
        "Of the 90 patients, 60 had surgery, and 4 (13.3%) without it fell.",
    ],
)
def test_a_share_of_those_who_are_left_is_none_of_all(read: Read, text: str) -> None:
    found = read(text)
    assert [found.base(i) for i, (_, _, numbers) in enumerate(found.claims) if "percent" in numbers] == [None]


def test_a_share_that_fits_nobody_is_held_to_the_base(read: Read) -> None:
    found = read("Of the 60 patients, 20 (33%) had fever and 10 (27%) cough.")
    assert [found.base(i) for i in range(2)] == ["60", "60"]
