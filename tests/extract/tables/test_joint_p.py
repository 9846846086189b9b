"""One P-value for the effects of several levels: it tests them together, wherever it stands beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]
HEAD = "Factor | OR (95% CI) | P\n"
AGE = "Age\n.Below 40 | Reference | {}\n.40 to 60 | 1.21 (0.78, 1.87) | {}\n.Above 60 | 1.62 (1.12, 2.35) | {}\n"
SEX = "Sex\n.Male | Reference |\n.Female | 0.93 (0.70, 1.24) | 0.62"


@pytest.mark.parametrize("place", [("", "0.032", ""), ("", "", "0.032"), ("0.032", "", "")])
def test_levels_without_a_p_of_their_own_share_the_one_beside_them(read: Reader, place: tuple[str, str, str]) -> None:
    got = read(HEAD + AGE.format(*place) + SEX)
    assert [level for _, level in got.compared("0.032")] == ["40 to 60", "Above 60"]
    assert [level for _, level in got.compared("0.62")] == ["Female"]


def test_each_level_has_its_own(read: Reader) -> None:
    got = read(HEAD + AGE.format("", "0.39", "0.010") + SEX)
    assert [level for _, level in got.compared("0.39")] == ["40 to 60"]
    assert [level for _, level in got.compared("0.010")] == ["Above 60"]


def test_a_reference_of_one_is_no_contrast(read: Reader) -> None:
    got = read(HEAD + "Age\n.Below 40 | 1.00 |\n.40 to 60 | 1.21 (0.78, 1.87) | 0.39\n.Above 60 | 1.62 (1.12, 2.35) | 0.010")
    assert [level for _, level in got.compared("0.39")] == ["40 to 60"]
    got = read(HEAD + "Age\n.Below 40 | 1.00 | 0.032\n.40 to 60 | 1.21 (0.78, 1.87) |\n.Above 60 | 1.62 (1.12, 2.35) |")
    assert [level for _, level in got.compared("0.032")] == ["40 to 60", "Above 60"]


def test_rows_without_a_common_head(read: Reader) -> None:
    got = read(
        HEAD
        + "Below 40 | 1.50 (1.00, 2.24) | <0.001\n40 to 60 | 1.35 (1.00, 1.83) |\nOld | Reference |\nAbove 70 | 0.90 (0.84, 0.96) | 0.02"
    )
    assert len(got.comparison("<0.001").members) == 2
    assert len(got.comparison("0.02").members) == 1


def test_a_dash_says_that_a_row_has_none(read: Reader) -> None:
    got = read("Analysis | Difference (95% CI) | P\nPrimary | -2.46 (-3.72 to -1.21) | <0.001\nAt 6 months | -1.90 (-3.02 to -0.79) | –")
    assert len(got.comparison("<0.001").members) == 1


def test_heads_in_the_body_take_the_spanners_above_them(read: Reader) -> None:
    head = " | {}<< | {}<<\nFactor | OR (95% CI) | P | OR (95% CI) | P\n"
    row = "Women | 1.19 (0.99, 1.43) | {} | 1.04 (0.96, 1.12) | {}\n"
    got = read(
        head.format("Bladder", "Breast") + row.format("0.065", "0.372") + head.format("Lung", "Prostate") + row.format("0.066", "0.373"),
        head=2,
    )
    told = [[level for _, level in got.compared(p)] for p in ("0.065", "0.372", "0.066", "0.373")]
    assert told == [["Bladder"], ["Breast"], ["Lung"], ["Prostate"]]


def test_arms_named_anew_in_the_body(read: Reader) -> None:
    row = "{} | 452 | 9.8 | 0.41 | 12.3 | 0.58 | −2.46 | 0.636 | −3.72 to −1.21 | {}\n"
    got = read(
        "Analysis | n | Group 1<< | Group 2<< | Group difference<<<<\n"
        " | | Mean | SE | Mean | SE | Mean | SE | 95% CI | P\n"
        " | | Acupuncture<< | Usual care<< | | | |\n"
        + row.format("First", "<0.001")
        + " | | Counselling<< | Usual care<< | | | |\n"
        + row.format("Second", "0.0001"),
        head=3,
    )
    for p in ("<0.001", "0.0001"):
        (member,) = got.comparison(p).members
        told = {e.kind: e.number.text for e in got.extraction.evidence if e.aggregate == member.aggregate}
        assert told == {"difference": "−2.46", "se": "0.636", "ci_low": "−3.72", "ci_high": "−1.21"}
    assert got.numbers("First", "Group 1", "Acupuncture") == {"mean": "9.8", "se": "0.41"}
    assert got.numbers("Second", "Group 1", "Counselling") == {"mean": "9.8", "se": "0.41"}


def test_rows_without_a_reference_are_no_levels_of_one_factor(read: Reader) -> None:
    got = read(
        HEAD + "Age | 1.02 (1.01, 1.04) | 0.40\nSex | 1.50 (0.70, 3.20) |\nSmoking | 2.10 (1.30, 3.40) | 0.002\nWeight | 1.0 (0.9, 1.1) |"
    )
    assert [len(got.comparison(p).members) for p in ("0.40", "0.002")] == [1, 1]
