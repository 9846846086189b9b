"""What heads and rows say beyond names: statistics, limits, times under one spanner, P-values told in a row of their own."""

from collections.abc import Callable

from counterproof.kb.document import Locator
from counterproof.kb.evidence import Method
from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


def test_a_row_that_tells_its_p_is_no_row_of_heads(read: Reader) -> None:
    got = read(
        "Item | Old (n = 30) | New (n = 20)\nStage, n (%)\n.Early | 19 (63.3) | 13 (65.0)\n.Late | 11 (36.7) | 7 (35.0)\n"
        " | P for χ² test = 0.90<<\nStones, n (%)\n.With | 20 (66.7) | 13 (65.0)\n.Without | 10 (33.3) | 7 (35.0)"
    )
    assert len(got.comparison("0.90").members) == 4
    assert got.numbers("Stones", "New", "With") == {"count": "13", "percent": "65.0"}


def test_a_row_of_values_with_their_own_sizes_is_no_row_of_heads(read: Reader) -> None:
    got = read(
        "eGFR change | Users (n = 550) | Others (n = 2983)\n"
        "Drug | -1.6 (0.77) (-3.1, -0.1) n = 268 | -4.1 (0.34) (-4.8, -3.4) n = 1381\n"
        "Placebo | -5.3 (0.78) (-6.8, -3.7) n = 260 | -7.3 (0.35) (-8.0, -6.6) n = 1364\n"
        "Difference | 3.7 (1.09) (1.6, 5.8) | 3.2 (0.49) (2.3, 4.2)\nP value | <0.001 | <0.001"
    )
    assert [arm.label for arm in got.extraction.arms] == ["Users", "Others"]
    assert {"-1.6", "-7.3"} <= {e.number.text for e in got.extraction.evidence}


def test_a_p_value_above_one_that_names_itself_is_none(read: Reader) -> None:
    rows = "Age, mean (SD) | 50.1 (9.0) | 51.2 (9.4) | 0.47\nBMI, mean (SD) | 26.1 (4.0) | 25.2 (4.4) | P 40\n"
    got = read("Item | Drug (n = 80) | Placebo (n = 80) | P\n" + rows + "Height, mean (SD) | 170 (9) | 171 (8) | 0.29")
    assert [e.number.value for e in got.extraction.evidence if e.kind == "p_value"] == [0.47, 0.29]


def test_a_number_above_one_among_p_values_is_kept_as_unreadable(read: Reader) -> None:
    rows = "Age, mean (SD) | 50.1 (9.0) | 51.2 (9.4) | 0.47\nBMI, mean (SD) | 26.1 (4.0) | 25.2 (4.4) | 4.63\n"
    got = read("Item | Drug (n = 80) | Placebo (n = 80) | P\n" + rows + "Height, mean (SD) | 170 (9) | 171 (8) | 0.29")
    assert got.comparison("4.63").obstacle == "unreadable_p"
    assert [e.number.value for e in got.extraction.evidence if e.kind == "p_value"] == [0.47, None, 0.29]


def test_columns_named_after_a_test_hold_its_statistic(read: Reader) -> None:
    got = read(
        "Task | Sham (n = 12) | Left (n = 12) | ANOVA F(2,22) | Friedman test χ2 | P\n"
        "Span, mean (SD) | 4.9 (0.8) | 6.1 (1.7) | | 8.1 | 0.02"
    )
    assert {arm.label for arm in got.extraction.arms} == {"Sham", "Left"}
    assert [e.number.text for e in got.extraction.evidence if e.kind == "statistic"] == ["8.1"]
    assert got.compared("0.02") == [("Sham", None), ("Left", None)]


def test_two_columns_under_one_interval_are_its_limits(read: Reader) -> None:
    got = read(
        "Item | Drug | Sham | Difference | 95% confidence interval<< | p\n"
        " | Mean (SE); (n) | Mean (SE); (n) | Mean | Left | Right |\n"
        "Volume | 87.1 (3.3); (22) | 71.2 (3.2); (21) | -15.9 | -25 | -6.8 | 0.001",
        head=2,
    )
    assert got.numbers("Volume", "Drug") == {"mean": "87.1", "se": "3.3"}
    assert got.numbers("Volume", None) == {"difference": "-15.9", "ci_low": "-25", "ci_high": "-6.8"}
    assert got.comparison("0.001").kind == "effect"


def test_times_right_of_an_arm_belong_to_it(read: Reader) -> None:
    got = read(
        "Item | Reference value | Arm A<< | | | Arm B<< | |\n"
        " | | baseline, n=23<< | 3 months, n=22<< | baseline, n=24<< | 3 months, n=21<<\n"
        " | | mean | SD | mean | SD | mean | SD | mean | SD\n"
        "PYD | 160-280 | 375 | 206 | 299 | 173 | 402 | 199 | 405 | 187",
        head=3,
    )
    assert {arm.label for arm in got.extraction.arms} == {"Arm A", "Arm B"}
    assert got.numbers("PYD", "Arm A", time="3 months") == {"mean": "299", "sd": "173"}


def test_a_percent_sign_outweighs_the_label_above(read: Reader) -> None:
    got = read(
        "Item | A (n = 300) | B (n = 300) | P\n"
        "Mean grip (SD)\n.Women | 23.1 (5.2) | 23.3 (5.4) | 0.8\n.Alone at home | 64 (21.3%) | 62 (20.7%) | 0.9"
    )
    assert got.numbers("Alone at home", "A") == {"count": "64", "percent": "21.3%"}
    assert got.numbers("Mean grip: Women", "A") == {"mean": "23.1", "sd": "5.2"}


def test_an_interaction_without_values_is_called_one(read: Reader) -> None:
    got = read("Gene | OR (95% CI) | P | P for interaction\nCC | 1.20 (0.80-1.80) | 0.37 | \nTT | | | 0.03")
    assert got.comparison("0.03").obstacle == "interaction_test"


def test_everybody_is_in_every_arm_of_a_crossover_trial(read: Reader) -> None:
    crossover = Method("design", "crossover", "any", "crossover", Locator(0, 1))
    got = read(
        "Task | Sham | Left | P\nSpan, mean (SD) | 4.9 (0.8) | 6.1 (1.7) | 0.02", prose="Twelve adults took part.", methods=[crossover]
    )
    assert got.sizes() == {"Sham": "Twelve", "Left": "Twelve"}
    assert got.comparison("0.02").obstacle == "crossover_design"


def test_results_above_the_only_column_is_no_level(read: Reader) -> None:
    got = read("Item | Results\nAge, mean (SD) | 50 (10)\nMale, n (%) | 40 (40.0)", caption="Patients (n = 100)")
    assert got.numbers("Male", None) == {"count": "40", "percent": "40.0"}


def test_rows_that_are_levels_are_of_the_variable_that_heads_them(read: Reader) -> None:
    got = read("Smoking | Drug (n = 40) | Sham (n = 40) | P\nYes | 10 (25.0) | 14 (35.0) | 0.33\nNo | 30 (75.0) | 26 (65.0) |")
    assert got.comparison("0.33").variable == "Smoking"
    assert {group.level for group in got.groups("Smoking")} == {"Yes", "No"}
    assert len(got.comparison("0.33").members) == 4


def test_a_corrected_p_beside_the_plain_one_is_not_of_the_plain_test(read: Reader) -> None:
    got = read("Item | Drug (n = 99) | Sham (n = 90) | P | P corrected\nAge, mean (SD) | 50 (10) | 52 (9) | 0.15 | 0.60")
    assert got.comparison("0.15").obstacle is None
    assert got.comparison("0.60").obstacle == "adjusted_model"


def test_contrasts_below_an_outcome_keep_both_names(read: Reader) -> None:
    rows = "Sleep score\n.High dose | -1.2 (-2.0, -0.4) | 0.003\n.Low dose | -0.3 (-1.1, 0.5) | 0.46"
    got = read("Outcome | Difference (95% CI) | P\n" + rows)
    assert [(group.variable, group.level) for group in got.extraction.aggregates] == [
        ("Sleep score", "High dose"),
        ("Sleep score", "Low dose"),
    ]


def test_beside_an_interval_without_its_estimate_the_p_is_of_the_arms(read: Reader) -> None:
    got = read(
        "Pressure | Drug (n = 37) | Sham (n = 38) | 95% CI | P\nSystolic, mean (SD) | 121.5 (6.0) | 128.1 (6.3) | 3.8 to 9.4 | <0.001"
    )
    assert got.compared("<0.001") == [("Drug", None), ("Sham", None)]
    assert got.comparison("<0.001").obstacle is None


def test_a_line_of_equal_words_heads_nothing(read: Callable[..., Read]) -> None:
    got = read(
        "Trait | Drug (n = 50)<< | Placebo (n = 60)<<\n | Mean | SD | Mean | SD\nAge | 63 | 10 | 64 | 11\n"
        " | Not assessed<< | Not assessed<<\nWeight | 70 | 9 | 71 | 8",
        head=2,
    )
    assert got.numbers("Weight", "Drug") == {"mean": "70", "sd": "9"}


def test_an_interval_with_spaced_dashes_contrasts_no_arms(read: Reader) -> None:
    rows = "Gestation, weeks | 20.6 (19.3 – 22.1) | 20.4 (19.3 – 22.0)\nReason\n"
    rows += ".Labour | 20 (50.0) | 22 (53.7)\n.Other | 20 (50.0) | 19 (46.3)"
    got = read("Item | Drug (n = 40) | Placebo (n = 41)\n" + rows, notes=[("", "Data are n (%) or median (IQR).")])
    assert got.numbers("Gestation, weeks", "Drug") == {"median": "20.6", "q1": "19.3", "q3": "22.1"}
    assert got.numbers("Reason", "Placebo", "Labour") == {"count": "22", "percent": "53.7"}
