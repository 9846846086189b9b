"""What a P-value or a spread is about, where the words near it mislead: correlations, lists of P-values, changes, declared errors."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "Greater decreases in weight were associated with gains of height (rs = −.56, P = .003).",
            "weight with gains of height",
        ),
        ("Improvements came with reliance on satiety (r = −.62, P < .001).", "correlation of satiety"),
        ("There was less fever in the drug group (RR 0.62, 95% CI 0.41 to 0.94, P = .02).", "less fever"),
        ("Particularly, five of eight early cases were correct, which was not different (P = 0.08).", None),
        ("Pain scores significantly decreased (P = 0.01).", "Pain scores"),
        ("The pain threshold after therapy was higher (P = 0.01).", "pain threshold after therapy"),
    ],
)
def test_what_a_p_value_is_about(read: Read, text: str, what: str | None) -> None:
    assert read(text).facts.comparisons[0].variable == what


@pytest.mark.parametrize(
    "text",
    [
        "There were no within-group changes in BMI from pre- to postintervention and to follow-up (P = .46 and P = .93, respectively).",
        "The test revealed a fall from pre- to posttest (P = .01) and a fall from posttest to follow-up (P < .001).",
        "The average rose from 63% (95% CI 60–66) to 96% (95% CI 93–99) (P = .04), 58% (95% CI 55–61) to 93% (95% CI 90–96) (P = .01).",
        "Scores fell from 28.27 ± 6.64 to 9.00 ± 4.05 (P < 0.01) and 80.33 ± 8.49 to 48.27 ± 7.69 (P < 0.01), respectively.",
    ],
)
def test_changes_within_an_arm(read: Read, text: str) -> None:
    assert [c.obstacle for c in read(text).facts.comparisons] == ["within_arm_change"] * 2


@pytest.mark.parametrize(
    ("declared", "told", "kind"),
    [
        ("Results are reported as means ± SEM unless otherwise stated.", "The level was 20.7 ± 2.4 in all patients.", "se"),
        ("Results are reported as means ± SEM unless otherwise stated.", "The level (mean ± SD) was 20.7 ± 2.4 in all patients.", "sd"),
        ("Results are reported as means ± SEM or as means ± SD.", "The level was 20.7 ± 2.4 in all patients.", "sd"),
        ("Patients gave consent.", "The level was 20.7 ± 2.4 in all patients.", "sd"),
    ],
)
def test_declared_errors(read: Read, declared: str, told: str, kind: str) -> None:
    (claim,) = [numbers for _, _, numbers in read(("methods", declared), told).claims]
    assert claim == {"mean": "20.7", kind: "2.4"}


def test_arms_set_against_each_other_are_no_change(read: Read) -> None:
    made = read("The average pressure was 80.3 mmHg (SD: 4.9) compared to 85.1 mmHg (SD: 5.4) in the other group (P < .001).")
    assert made.comparison.obstacle == "arm_size_unknown"


def test_a_trend_over_subgroups(read: Read) -> None:
    assert read("Effects were larger with a higher rate (trend P = .03).").comparison.obstacle == "trend_test"
