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


def test_heads_in_the_body_take_the_spanners_above_them(read: Reader) -> None:
    head = " | {}<< | {}<<\nFactor | OR (95% CI) | P | OR (95% CI) | P\n"
    row = "Women | 1.19 (0.99, 1.43) | {} | 1.04 (0.96, 1.12) | {}\n"
    got = read(
        head.format("Bladder", "Breast") + row.format("0.065", "0.372") + head.format("Lung", "Prostate") + row.format("0.066", "0.373"),
        head=2,
    )
    told = [[level for _, level in got.compared(p)] for p in ("0.065", "0.372", "0.066", "0.373")]
    assert told == [["Bladder"], ["Breast"], ["Lung"], ["Prostate"]]
