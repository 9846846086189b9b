"""Sizes of arms that only the running text tells: how many people each arm has, and no other number that stands near the arms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]
TABLE = "Score | Control | Intervention | P\nReach (cm), mean (SD) | 14.3 (5.0) | 15.2 (3.1) | 0.60"


@pytest.mark.parametrize(
    "prose",
    [
        "We randomised 24 adults, 12 in each group, by lot.",
        "They were divided by lot, 12 in each.",
        "There were 12 patients in each group.",
        "Twelve male rats per group were kept in pairs.",
        "They were divided by lot (n = 12 per group).",
        "In all, 12 participants in each of the study arms finished.",
    ],
)
def test_people_in_each_arm(read: Reader, prose: str) -> None:
    assert set(read(TABLE, prose=prose).sizes().values()) in ({"12"}, {"Twelve"})


@pytest.mark.parametrize(
    "prose",
    [
        "The lessons were given to the whole of year 9 in both schools.",
        "The lessons were given to all of year 9 in both groups.",
        "Samples were taken with three replicates for each treatment.",
        "Seven patients were assigned to group A, eight to group B, and eight to group C.",
        "The mean pain score was 4.5 in each group.",
        "The median score was 12 in both groups.",
        "Patients were followed for 12 months in each group.",
        "They took 20 mg per day, 30 minutes in each arm of the study.",
        "Five patients in each group withdrew from the trial.",
        "Twelve patients in both arms were lost to follow-up.",
    ],
)
def test_other_numbers_near_the_arms_are_no_sizes(read: Reader, prose: str) -> None:
    assert not read(TABLE, prose=prose).sizes()
