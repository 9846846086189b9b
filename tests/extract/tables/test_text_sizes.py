"""Sizes that running text and notes tell: how many people each arm or cell has, and no other number that stands near."""

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
        "In all, 12 participants in each group were finally included.",
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
        "In all, 12 patients in each group were men.",
        "Twelve patients in each group received rescue treatment.",
        "The drug was taken by 12 patients in each group.",
        "We planned for a maximum of 12 patients per group.",
        "In all, 8 of 12 patients in each group came.",
    ],
)
def test_other_numbers_near_the_arms_are_no_sizes(read: Reader, prose: str) -> None:
    assert not read(TABLE, prose=prose).sizes()


MARKED = """
Trait | Drug (n = 50) | Sham (n = 60) | P
Heart failure, n (%) | 24 (50.0)^a | 30 (50.0) | 0.9
Peptide, mean (SD) | 18.5 (8.6)^b | 14.7 (5.9)^a | 0.05
Weight, mean (SD) | 70.5 (8.6)^c | 71.7 (5.9) | 0.4
"""


def test_a_size_in_the_note_of_a_marked_cell_comes_first(read: Reader) -> None:
    got = read(MARKED, notes=[("a", "n = 48;"), ("b", "Data available for 31 patients."), ("c", "Missing in 3 patients")])
    bases = {(g.variable, got.arm(g)): got.bases(g)[0] for name in ("Heart failure", "Peptide", "Weight") for g in got.groups(name)}
    assert bases == {
        ("Heart failure", "Drug"): "48",
        ("Heart failure", "Sham"): "60",
        ("Peptide", "Drug"): "31",
        ("Peptide", "Sham"): "48",
        ("Weight", "Drug"): "50",
        ("Weight", "Sham"): "60",
    }


def test_a_noted_size_that_does_not_explain_the_percent_gives_way(read: Reader) -> None:
    got = read(MARKED.replace("24 (50.0)", "25 (50.0)"), notes=[("a", "n = 48")])
    assert got.bases(got.groups("Heart failure")[0])[0] == "50"


def test_a_noted_size_with_spaced_thousands(read: Reader) -> None:
    table = MARKED.replace("n = 50", "n = 4\u202f000").replace("n = 60", "n = 4\u202f500").replace("24 (50.0)", "1\u202f092 (50.0)")
    assert (
        read(table, notes=[("a", "n = 2\u202f184")]).bases(read(table, notes=[("a", "n = 2\u202f184")]).groups("Heart failure")[0])[0]
        == "2\u202f184"
    )
