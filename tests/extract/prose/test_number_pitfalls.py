"""Numbers that stand near a word of results and are not what that word names: times, grades, limits, levels, strengths."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]


@pytest.mark.parametrize(
    "text",
    [
        "The endpoints were changes of mean normal intervals (SDNN) and of the ratio from baseline to 24 weeks in all 30 patients.",
        "Mean plasma glucose concentrations during a 4 h infusion in 30 healthy volunteers.",
        "The mean and median change values of 30 patients from baseline to Days 14 and 28 were lower.",
        "The mean scores of 30 patients were measured at three time points.",
        "The mean age of the 303 men was not told, 255 paroxysmal.",
        "Means of 30 patients are shown by baseline value (≥380–<480 units).",
        "The median number of sessions was high in 30 patients (a minimum of 1 session to a maximum of 66 sessions).",
    ],
)
def test_no_mean(read: Read, text: str) -> None:
    assert [n for _, _, n in read(text).claims if {"mean", "median"} & set(n)] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Patients had a mean age of 63 years (range 34–80).", {"mean": "63", "min": "34", "max": "80"}),
        ("The mean follow-up of the 30 men was 24 weeks.", {"mean": "24"}),
        ("The median stay was three days.", {"median": "three"}),
        (
            "The average score increased from 63% (95% CI 60 to 66) to 96% (95% CI 93 to 99).",
            {"mean": "96", "ci_level": "95", "ci_low": "93", "ci_high": "99"},
        ),
        ("There was a difference in their mean score (38.41 versus 36.43, P = 0.037).", {"mean": "38.41"}),
        (
            "Rhythm improved, adjusted difference of 2.5 ms, 95% CI −9.5 to 14.5 ms (P = 0.68).",
            {"difference": "2.5", "ci_level": "95", "ci_low": "−9.5", "ci_high": "14.5"},
        ),
        (
            "Weight fell (adjusted difference in means 1.58; 95% CI 0.89 to 2.27).",
            {"difference": "1.58", "ci_level": "95", "ci_low": "0.89", "ci_high": "2.27"},
        ),
        (
            "The between-group difference (drug minus placebo) averaged over 18 months was −25.6 (95% CI −30.3 to −21.0).",
            {"difference": "−25.6", "ci_level": "95", "ci_low": "−30.3", "ci_high": "−21.0"},
        ),
    ],
)
def test_what_the_words_name(read: Read, text: str, numbers: dict[str, str]) -> None:
    assert numbers in [n for _, _, n in read(text).claims]


@pytest.mark.parametrize(
    ("text", "numbers", "base"),
    [
        ("Fever was seen in 79 of 10 218 patients (0.77%).", {"count": "79", "percent": "0.77"}, "10 218"),
        ("More patients converted (45.7% [n = 59 of 129]).", {"percent": "45.7", "count": "59"}, "129"),
        ("More patients converted (45.7% (n = 59/129)).", {"percent": "45.7", "count": "59"}, "129"),
        ("There were 261 events in 2135 participants (12.2%).", {"count": "261", "percent": "12.2"}, "2135"),
        ("In all, 10 patients had more than 2 lesions (25%).", {"count": "10"}, None),
    ],
)
def test_counts_and_bases(read: Read, text: str, numbers: dict[str, str], base: str | None) -> None:
    found = read(text)
    told = [n for _, _, n in found.claims]
    assert numbers in told
    assert found.base(told.index(numbers)) == base


@pytest.mark.parametrize(
    "text",
    [
        "Although more Grade 3/4 events occurred, none was unexpected.",
        "The two arms were combined as one control group of all patients.",
        "Events that occurred in more than one patient are listed.",
        "Drug was shown to reduce injuries of patients by ≈25% [9].",
        "Levels were above the limit in all but 1 patient.",
        "Of the 40 women, few completed all 12 modules in time.",
    ],
)
def test_nobody_is_counted(read: Read, text: str) -> None:
    assert [n for _, _, n in read(text).claims if "count" in n] == []


@pytest.mark.parametrize(
    "text",
    [
        "Shares of patients are told with their 95% exact binomial confidence interval.",
        "One group of patients got an injection of 2 mL 0.5% lidocaine.",
        "Patients got 500 ml of 0.9% saline.",
    ],
)
def test_no_share(read: Read, text: str) -> None:
    assert [n for _, _, n in read(text).claims if "percent" in n] == []


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("The mean operative time (min) was 95.2 in the men.", "mean", "95.2"),
        ("The mean time in min was 30.2 in the men.", "mean", "30.2"),
        ("The mean maximum temperature was 38.5 (95% CI 38.0 to 39.0).", "mean", "38.5"),
        ("The mean adherence of the 30 men was 90% (95% CI 75 to 97).", "mean", "90"),
        ("Mean age was 60 years and sensitivity was 90% (95% CI 75 to 97).", "rate", "90"),
        ("Mean pain was 3 and specificity was 98.0% (95% CI 93.0 to 99.8).", "rate", "98.0"),
    ],
)
def test_what_the_word_mean_reaches(read: Read, text: str, kind: str, number: str) -> None:
    assert number in [numbers.get(kind) for _, _, numbers in read(text).claims]
