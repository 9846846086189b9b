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
        ("Mean age was 51.2 (stdev 7.8).", {"mean": "51.2", "sd": "7.8"}),
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


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("In our trial 11 of 20 (55%) cures came early.", ["11"]),
        ("In this study, 11 of 20 patients (55%) were cured.", ["11"]),
        ("In our patients the control group had 11 of 20 cures (55%).", ["11"]),
        ("In the OAK trial, 11 of 20 patients (55%) were cured.", []),
        ("Our study saw 11 cures (55%), fewer than the OAK trial.", []),
        ("In our trial 11 of 20 (55%) were cured, as others found [12].", []),
    ],
)
def test_a_discussion_tells_its_own_results(read: Read, text: str, counts: list[str]) -> None:
    assert [numbers["count"] for _, _, numbers in read(("discussion", text)).claims] == counts


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("As 12% died, so 9% fled.", {None, "died", "fled"}),
        ("The 1-year was 30%.", {None}),
        ("Age mattered: grade 1 vs. 2 (OR = 1.4; 95% CI 1.1–1.8).", {"grade 1 vs. 2"}),
        ("In our series 5 of 9 (56%) wounds healed well.", {"wounds healed well"}),
        ("Of 320 patients, 120 had asthma (38%).", {"asthma"}),
    ],
)
def test_outcomes_are_noun_phrases_or_none(read: Read, text: str, outcomes: set[str | None]) -> None:
    assert {what for what, _, _ in read(text).claims} <= outcomes


def test_each_rate_has_its_own_time(read: Read) -> None:
    found = read("The 1-year OS was 90% (95% CI 80 to 95%) and 70% at 2 years (95% CI 60 to 80).")
    assert [a.timepoint for a in found.facts.aggregates] == ["1-year", "2 years"]


@pytest.mark.parametrize(
    ("text", "summary", "numbers"),
    [
        ("Zinc was lower (5 mg/L vs. 2 mg/L, P = 0.03).", "Values are medians.", [{"median": "5"}, {"median": "2"}]),
        ("Zinc was lower (5 mg/L vs. 2 mg/L, P = 0.03).", "Data are means with standard deviations.", []),
        ("Men were fewer (5 vs. 2, P = 0.03).", "Values are medians.", []),
        ("The mean change was -0.83 [1.12] points.", "Data are given as mean (standard deviation).", [{"mean": "-0.83", "sd": "1.12"}]),
        ("Use was 0.83 [1.12] on average.", "Data are given as medians and interquartile ranges.", []),
        (
            "Median stay was 12 [8–15] days.",
            "Data are given as medians and interquartile ranges.",
            [{"median": "12", "q1": "8", "q3": "15"}],
        ),
        ("Gains were -2,63 ± 27 and 6,16 ± 25.", "All was counted.", [{"mean": "-2,63", "sd": "27"}, {"mean": "6,16", "sd": "25"}]),
    ],
)
def test_declared_summaries_and_forms(read: Read, text: str, summary: str, numbers: list[dict[str, str]]) -> None:
    found = read(("methods", summary), text)
    assert [numbers_ for _, _, numbers_ in found.claims if "value" not in numbers_] == numbers


def test_a_number_behind_a_named_group_is_counted(read: Read) -> None:
    assert read("In the control group 12 patients (40%) slept.", arms=ARMS).claims[0][2] == {"count": "12", "percent": "40"}


def test_limits_behind_an_estimate_are_no_quartiles(read: Read) -> None:
    methods = ("methods", "Data are given as median (interquartile range).")
    found = read(methods, "The increase of the C-index was 0.057 (0.033–0.082) and the stay was 5.5 (3.0–8.1) days (p = .03).")
    assert [numbers for _, _, numbers in found.claims] == [{"median": "5.5", "q1": "3.0", "q3": "8.1"}]
