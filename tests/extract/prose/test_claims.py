"""Numbers in sentences: what kind they are, what they are about, in which arm, of which base."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
ARMS = (("Early failure group (n = 7)", 7), ("Control group (n = 100)", 100))


@pytest.mark.parametrize(
    ("text", "numbers", "base"),
    [
        ("Only 4 of the 7 patients (57.1%) had surgery.", {"count": "4", "percent": "57.1"}, "7"),
        ("Surgery was done in 37/50 patients (74%).", {"count": "37", "percent": "74"}, "50"),
        ("Overall 74% (37/50) had surgery.", {"percent": "74", "count": "37"}, "50"),
        ("Eleven patients out of the 43 patients (25.6%) responded.", {"count": "Eleven", "percent": "25.6"}, "43"),
        ("Stones were found in 22 (9.6%) of 142 patients.", {"count": "22", "percent": "9.6"}, "142"),
        ("In all, 112 (49.1%) patients finished.", {"count": "112", "percent": "49.1"}, None),
        ("Stones were found in 50 patients (21.9%).", {"count": "50", "percent": "21.9"}, None),
        ("The liver was involved most often (116 patients, 50.9%).", {"count": "116", "percent": "50.9"}, None),
        ("Of the 116 patients who stopped, 50 (43.1%) were ill.", {"count": "50", "percent": "43.1"}, "116"),
        ("Of 107 patients who were treated, 7 developed a fever.", {"count": "7"}, "107"),
        ("Twenty-one women (30%) were ill.", {"count": "Twenty-one", "percent": "30"}, None),
        ("Samples were lost in 1,022/2,734 patients (37%).", {"count": "1,022", "percent": "37"}, "2,734"),
    ],
)
def test_proportions(read: Read, text: str, numbers: dict[str, str], base: str | None) -> None:
    found = read(text)
    assert [numbers_ for _, _, numbers_ in found.claims] == [numbers]
    assert found.base(0) == base


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Median follow-up was 8.1 years (range 6.0 – 9.8 years).", {"median": "8.1", "min": "6.0", "max": "9.8"}),
        ("The median stay was 5 days (IQR 3-8).", {"median": "5", "q1": "3", "q3": "8"}),
        ("Median dose was 58 [interquartile range 51–60].", {"median": "58", "q1": "51", "q3": "60"}),
        ("Mean age was 51.2 ± 7.8 years.", {"mean": "51.2", "sd": "7.8"}),
        ("Age was 51.2 (SD: 7.8) on average.", {"mean": "51.2", "sd": "7.8"}),
        ("Mean flow was 20.7 (SE 2.4) L.", {"mean": "20.7", "se": "2.4"}),
        ("Mean gain was 4.0 kg (95% CI 2.1 to 5.9).", {"mean": "4.0", "ci_level": "95", "ci_low": "2.1", "ci_high": "5.9"}),
        ("The 3-year OS was 74.4% (95% CI 66.1 to 83.8).", {"rate": "74.4", "ci_level": "95", "ci_low": "66.1", "ci_high": "83.8"}),
        ("The median delay was 78.1 days.", {"median": "78.1"}),
    ],
)
def test_middles_and_spreads(read: Read, text: str, numbers: dict[str, str]) -> None:
    assert [numbers_ for _, _, numbers_ in read(text).claims] == [numbers]


def test_rates_of_several_years_have_a_time_each(read: Read) -> None:
    found = read(
        "The 1-, 2- and 3-year OS rates were 91.2% (95% CI 87.6 to 95.0), 74.8% (69.4 to 80.7) and 56.6% (50.2 to 63.9), respectively."
    )
    assert [a.timepoint for a in found.facts.aggregates] == ["1-year", "2-year", "3-year"]
    assert [n["ci_low"] for _, _, n in found.claims] == ["87.6", "69.4", "50.2"]


def test_abbreviations_of_arms_are_known(read: Read) -> None:
    found = read(
        "Patients with early failure (EF) were followed.",
        "Recurrence was found in 7 patients (100%) in the EF group and in 23 patients (23%) in the control group.",
        arms=ARMS,
    )
    assert [arm for _, arm, _ in found.claims] == ["Early failure group (n = 7)", "Control group (n = 100)"]
    assert {what for what, _, _ in found.claims} == {"Recurrence"}


def test_items_of_a_list_have_outcomes_of_their_own(read: Read) -> None:
    found = read("Relapse was local in 9 patients, distant in 15 patients and nodal in 3 patients.")
    assert [n["count"] for _, _, n in found.claims] == ["9", "15", "3"]
    assert len({what for what, _, _ in found.claims}) == 3


def test_what_counted_patients_did(read: Read) -> None:
    assert read("Seven patients (3.1%) died of sepsis.").claims[0][0] == "died of sepsis"


def test_no_arm_is_guessed(read: Read) -> None:
    found = read("Recurrence was found in 23 patients (23%).", arms=ARMS)
    assert found.claims[0][1] is None


@pytest.mark.parametrize(
    "text",
    [
        "The trial ran from 2010 to 2015 in 3 hospitals.",
        "We gave 50 mg at 8 h in week 12 (Table 2).",
        "See Fig. 3 and stage 2 of the plan [12, 13].",
        "This was shown before.6 It was grade 3.",
    ],
)
def test_names_and_marks_are_no_values(read: Read, text: str) -> None:
    assert read(text).told == []


@pytest.mark.parametrize("part", ["methods", "introduction", "back"])
def test_numbers_outside_of_results_claim_nothing(read: Read, part: str) -> None:
    assert read((part, "About 30% of patients and 12 (4%) women are ill.")).facts.aggregates == []


def test_sizes_of_arms(read: Read) -> None:
    found = read(
        "Patients had the drug group (n = 38) or the placebo group (n = 40) as drawn; the drug group and the placebo group met weekly."
    )
    assert {(a.label, found.facts.evidence[a.n].number.text) for a in found.facts.arms if a.n is not None} == {
        ("drug", "38"),
        ("placebo", "40"),
    }


def test_assumptions_of_the_sample_size_are_no_results(read: Read) -> None:
    assert read("With 80% power to detect a drop from 30% to 20%, 60 patients were needed.").told == []
