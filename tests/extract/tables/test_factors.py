"""Means of a factor's levels in rows are compared like those of arms, where each level has its own size."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


@pytest.mark.parametrize(
    ("head", "female", "male"),
    [
        ("Number | Percent | Score, mean (SD)", "84 | 27.5 | 37.1 (9.9)", "221 | 72.5 | 38.8 (12.5)"),
        ("n (%) | Score, mean (SD)", "84 (27.5) | 37.1 (9.9)", "221 (72.5) | 38.8 (12.5)"),
    ],
)
def test_levels_with_sizes(read: Reader, head: str, female: str, male: str) -> None:
    blank = " |" * (head.count("|") + 1)
    got = read(f"Factor | {head} | P\nSex |{blank} 0.27\n.Female | {female} |\n.Male | {male} |")
    comparison = got.comparison("0.27")
    assert (comparison.kind, comparison.obstacle, [m.arm_order for m in comparison.members]) == ("means", None, [0, 1])
    assert [got.bases(got.extraction.aggregates[m.aggregate]) for m in comparison.members] == [["84"], ["221"]]


@pytest.mark.parametrize(
    "rows",
    [
        "Pain | | | 0.27\n.At rest | 84 | 37.1 (9.9) |\n.Moving | 84 | 38.8 (12.5) |",  # the same people
        "Knee pain | | | 0.27\n.Left knee | 84 | 37.1 (9.9) |\n.Right knee | 80 | 38.8 (12.5) |",  # some data are missing
        "Ills | | | \n.Diabetes | 84 | 37.1 (9.9) | 0.27\n.Hypertension | 120 | 38.8 (12.5) |\n.Obesity | 60 | 39.8 (12.5) |",
        "Pain | | | 0.27\n.Before | 84 | 37.1 (9.9) |\n.After | 80 | 38.8 (12.5) |",
        "Sex | | | 0.27\n.Female | 9 (10.7) | 37.1 (9.9) |\n.Male | 12 (5.4) | 38.8 (12.5) |",  # of events
        "Sex | | | 0.27\n.Female | 9 | 37.1 (9.9) |\n.Male | 12 | 38.8 (12.5) |",  # under a head that names the events
    ],
)
def test_what_are_no_groups_of_people(read: Reader, rows: str) -> None:
    head = "n (%)" if "(10.7)" in rows else "Deaths, n" if "9 |" in rows else "n"
    assert read(f"Factor | {head} | Score, mean (SD) | P\n{rows}").comparison("0.27").obstacle is not None
