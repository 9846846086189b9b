"""Which numbers a P-value of a table speaks of, where heads and rows say it in ways of their own."""

from __future__ import annotations

from collections.abc import Callable

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


def test_the_change_of_one_arm_with_its_spread_is_tested_against_none(read: Reader) -> None:
    got = read(
        "Peak | Patients (n = 30)<< | Controls (n = 40)<<\n"
        " | Difference in level (mean ± SD) | P for matched t-test | Difference in level (mean ± SD) | P for matched t-test\n"
        "4502 | −1.98 ± 3.78 | 0.0076 | 1.31 ± 3.78 | 0.034",
        head=2,
    )
    for p in ("0.0076", "0.034"):
        assert (got.comparison(p).kind, got.comparison(p).obstacle, len(got.comparison(p).members)) == ("effect", None, 1)


def test_a_change_with_its_interval_of_the_only_group(read: Reader) -> None:
    got = read("Scale | Mean (SD) | Change (SD) | 95% CI | P value\nEating | 3.45 (0.55) | 0.94 (0.67) | 0.67, 1.21 | <.001")
    comparison = got.comparison("<.001")
    group = got.extraction.aggregates[comparison.members[0].aggregate]
    numbers = {e.kind: e.number.text for e in got.extraction.evidence if e.aggregate == comparison.members[0].aggregate}
    assert (comparison.kind, comparison.obstacle, group.timepoint) == ("effect", None, "Change")
    assert numbers == {"difference": "0.94", "sd": "0.67", "ci_low": "0.67", "ci_high": "1.21"}


def test_limits_in_two_columns_belong_to_the_difference_before_them(read: Reader) -> None:
    got = read(
        "Sex | Treated | Control | Diff. volume | 95% confidence interval<< | p\n"
        " | Mean (SE); (n) | Mean (SE); (n) | Mean | from | to | \n"
        "Male | 79.7 (8.1); (3) | 76.3 (6.2); (5) | -3.4 | -23.9 | 17.0 | 0.73\n"
        "Female | 83.3 (4.9); (8) | 75.7 (6.3); (5) | -7.6 | -24.0 | 8.7 | 0.35",
        head=2,
    )
    assert (got.comparison("0.35").kind, got.comparison("0.35").obstacle) == ("effect", None)


def test_p_columns_that_name_their_columns(read: Reader) -> None:
    got = read(
        "Time | Drug (n = 16)<< | Diet (n = 16)<< | None (n = 15)<< | p-value<<\n"
        " | Mean ± SD | Delta ± SD | Mean ± SD | Delta ± SD | Mean ± SD | Delta ± SD | For mean | For delta\n"
        "Day 0 | 14.2 ± 17.6 | -13.1 ± 18.6 | 17.8 ± 19.3 | -15.6 ± 17.9 | 14.7 ± 15.7 | -14.4 ± 15.9 | 0.977 | 0.990",
        head=2,
    )
    assert {got.comparison(p).obstacle for p in ("0.977", "0.990")} == {None}
    assert len(got.comparison("0.977").members) == len(got.comparison("0.990").members) == 3
    assert not {m.aggregate for m in got.comparison("0.977").members} & {m.aggregate for m in got.comparison("0.990").members}


def test_a_p_row_below_a_head_of_its_own_speaks_of_the_arms_above(read: Reader) -> None:
    got = read(
        "Group | n | Before | After\n"
        "Heat group | 15 | 28.3 ± 6.6 | 9.0 ± 4.1\nControl group | 13 | 27.4 ± 4.0 | 21.5 ± 4.3\nTotal | 28 | 27.9 ± 5.5 | 14.8 ± 7.5\n"
        "Comparison between groups\n.P | | 0.68 | <0.001"
    )
    assert [arm for arm, _ in got.compared("0.68")] == ["Heat group", "Control group"]


def test_a_column_of_levels_headed_percent(read: Reader) -> None:
    got = read(
        " | % | Study site (n = 270) | Control site (n = 142) | P\n"
        "Gender | M | 52.6 | 40.1 | 0.016\n | F | 47.4 | 59.9 | \nVision | Normal | 39.6 | 43.0 | 0.514\n | Impaired | 60.4 | 57.0 |"
    )
    assert (got.comparison("0.016").kind, got.comparison("0.016").obstacle) == ("counts", None)
    assert len(got.comparison("0.016").members) == 4


def test_a_head_with_a_percent_in_brackets_counts(read: Reader) -> None:
    got = read("Site | Males (%) | Females (%)\nBile duct | 8 (53.3) | 24 (68.6)\nAmpulla | 3 (20.0) | 2 (5.7)")
    kinds = {e.kind for e in got.extraction.evidence if e.row == 1}
    assert kinds == {"count", "percent"}


def test_a_p_behind_each_further_arm_compares_it_with_the_first(read: Reader) -> None:
    got = read(
        "Item | None (n = 90) | Mild (n = 20) | P | Moderate (n = 21) | P | Severe (n = 22) | P\n"
        "Weight | 60.1 ± 5.0 | 61.2 ± 5.1 | 0.31 | 62.3 ± 5.2 | 0.12 | 63.4 ± 5.3 | 0.013"
    )
    pairs = {p: [arm for arm, _ in got.compared(p)] for p in ("0.31", "0.12", "0.013")}
    assert pairs == {"0.31": ["None", "Mild"], "0.12": ["None", "Moderate"], "0.013": ["None", "Severe"]}
    assert {got.comparison(p).obstacle for p in pairs} == {None}


def test_one_p_behind_one_further_arm_may_compare_two_arms_or_all(read: Reader) -> None:
    got = read(
        "Item | Sham (n = 90) | Low (n = 20) | P | High (n = 21) | P\nWeight | 60.1 ± 5.0 | 61.2 ± 5.1 | 0.31 | 62.3 ± 5.2 | 0.12",
    )
    assert (got.comparison("0.31").obstacle, got.comparison("0.12").obstacle) == (None, "pairwise_unclear")


def test_a_note_of_the_table_sizes_its_arms_before_other_tables(read: Reader) -> None:
    got = read(
        "Item | Trained group (n = 90) | Usual group (n = 80)\nMen | 45 (50.0) | 40 (50.0)",
        then="Habit | Trained group | Usual group | P\nWalks | 35 (50.0) | 30 (50.0) | 0.90",
        then_notes=[("", "All who came back, missing values imputed (trained group, n = 70; usual group, n = 60).")],
    )
    bases = [got.bases(group) for group in got.groups("Walks")]
    assert bases == [["70"], ["60"]]


def test_a_note_on_the_row_names_its_test(read: Reader) -> None:
    got = read(
        "Item | Drug (n = 50) | Sham (n = 50) | P (Fisher's exact test)\nMen | 25 (50) | 20 (40) | 0.42\n"
        "Stage^† | 30 (60) | 20 (40) | 0.046\nPain^‡ | 30 (60) | 20 (40) | 0.047",
        notes=[("†", "Mantel trend test"), ("‡", "Chi-squared test")],
    )
    assert [got.comparison(p).method for p in ("0.42", "0.047")] == ["fisher", "chi_squared"]
    assert got.comparison("0.046").obstacle == "trend_test"


def test_a_mark_without_a_note_is_explained_by_another_table(read: Reader) -> None:
    got = read(
        "Score | Drug (n = 50) | Sham (n = 50) | P-value^*\nReach | 14.3 ± 5.0 | 15.2 ± 3.1 | 0.69",
        then="Score | Drug (n = 50) | Sham (n = 50) | P-value^*\nGrip | 14.9 ± 5.0 | 15.6 ± 3.1 | 0.57",
        then_notes=[("*", "Mann-Whitney U test")],
    )
    assert {got.comparison(p).method for p in ("0.69", "0.57")} == {"mann_whitney"}


_BALANCE = """
Trait | Cases (n = 50) | Controls (n = 60) | SMD (%) | p
Age | 67.4 ± 10.0 | 66.3 ± 10.3 | 10.8 | 0.57
Female | 20 (40%) | 30 (50%) | 20.2 | 0.29
Race | | | 14.6 | 0.71
White | 30 (60%) | 36 (60%) | |
Black | 15 (30%) | 20 (33%) | |
Other | 5 (10%) | 4 (7%) | |
Smoker | 10 (20%) | 13 (22%) | 4.1 | 0.83
"""


def test_the_p_beside_a_standardised_difference_is_that_of_the_arms(read: Reader) -> None:
    got = read(_BALANCE)
    assert got.compared("0.57") == [("Cases", None), ("Controls", None)]
    assert (got.comparison("0.57").kind, got.comparison("0.29").kind, got.comparison("0.29").obstacle) == ("means", "counts", None)


def test_the_p_of_a_standardised_difference_with_an_interval_is_its_own(read: Reader) -> None:
    got = read(
        "Trait | Cases (n = 50) | Controls (n = 60) | SMD (95% CI) | p\nAge | 67.4 ± 10.0 | 66.3 ± 10.3 | 0.11 (-0.27 to 0.49) | 0.57"
    )
    assert got.comparison("0.57").kind == "effect"


def test_a_variable_may_bear_effect_and_p_above_levels_without_indent(read: Reader) -> None:
    for text in (_BALANCE, _BALANCE.replace("SMD (%)", "χ²")):
        got = read(text)
        assert got.compared("0.71") == [(a, level) for level in ("White", "Black", "Other") for a in ("Cases", "Controls")]
        assert (got.comparison("0.71").obstacle, got.comparison("0.71").variable) == (None, "Race")
        assert got.groups("Smoker")


def test_a_p_behind_an_effect_in_its_cell_is_that_effects(read: Reader) -> None:
    got = read(
        "Outcome | Control (SD) | Intervention (SD) | Difference adjusted for baseline (95% CI)\n"
        "Shyness | 14.0 (3.7) | 13.7 (3.3) | -0.3 (-0.9 to 0.4) p=0.43\nBelonging | 43.3 (1.0) | 45.5 (0.5) | 1.8 (0.1 to 3.4), P = 0.04"
    )
    comparison = got.comparison("0.43")
    told = {e.kind: e.number.text for e in got.extraction.evidence if e.aggregate == comparison.members[0].aggregate}
    assert (comparison.kind, comparison.obstacle, comparison.variable) == ("effect", None, "Shyness")
    assert told == {"difference": "-0.3", "ci_low": "-0.9", "ci_high": "0.4"}
    assert got.comparison("0.04").obstacle is None


def test_a_p_behind_an_arms_value_may_compare_anything(read: Reader) -> None:
    got = read(
        "Outcome | Drug (n = 40) | Sham (n = 40)\nPain, mean (SD) | 4.1 (1.2) | 5.0 (1.4) (p = 0.02)\nCured | 12 (30%) p=0.5 | 10 (25%)"
    )
    assert {got.comparison(p).obstacle for p in ("0.02", "0.5")} == {"pairwise_unclear"}


def test_a_difference_from_baseline_is_not_called_one_between_arms(read: Reader) -> None:
    got = read("Outcome | Mean (SD) | Difference from baseline (95% CI)\nPain | 4.1 (1.2) | -0.9 (-1.3 to -0.5)")
    assert not [e for e in got.extraction.evidence if e.kind == "difference" and e.column == 2]


_EFFECT_ROWS = """
Response | Users (n = 550) | Others (n = 2983)
Kidney function
.Drug | -1.6 (0.77) (-3.1, -0.1) | -4.1 (0.34) (-4.8, -3.4)
.Placebo | -5.3 (0.78) (-6.8, -3.7) | -7.3 (0.35) (-8.0, -6.6)
.Between-group difference drug – placebo | 3.7 (1.09) (1.6, 5.8) | 3.2 (0.49) (2.3, 4.2)
.P value | 0.0007 | <0.0001
.P interaction value | 0.686<<
"""


def test_a_p_row_below_a_difference_of_the_arms_speaks_of_it(read: Reader) -> None:
    got = read(_EFFECT_ROWS, notes=[("", "Data are mean (s.e.) (95% CI).")])
    for p, difference in (("0.0007", "3.7"), ("<0.0001", "3.2")):
        comparison = got.comparison(p)
        told = {e.kind: e.number.text for e in got.extraction.evidence if e.aggregate == comparison.members[0].aggregate}
        assert (comparison.kind, comparison.obstacle, len(comparison.members), told["difference"]) == ("effect", None, 1, difference)
    assert got.comparison("0.686").obstacle == "interaction_test"
    assert {e.kind for e in got.extraction.evidence if e.row == 2} >= {"mean", "se"}


def test_the_difference_of_an_arm_in_time_stays_its_mean(read: Reader) -> None:
    got = read(
        "Trait | Drug (n = 20) | Sham (n = 20) | P\n | Mean (SE) | Mean (SE) | \nDifference in volume | 7.8 (1.1) | 9.0 (1.2) | 0.46",
        head=2,
    )
    assert not [e for e in got.extraction.evidence if e.kind == "difference"]
    assert got.comparison("0.46").kind == "means"


def test_levels_above_a_misprinted_size_divide_the_arm_where_their_percents_do(read: Reader) -> None:
    rows = "Race | | | 0.81\n.White | 403 (82.9%) | 360 (81.8%) | \n.Black | 65 (13.4%) | 65 (14.8%) | \n.Other | 18 (3.7%) | 15 (3.4%) | "
    for size, obstacle in ((486, None), (485, None), (470, "multiple_responses")):
        assert read(f"Trait | Cases (n = {size}) | Controls (n = 440) | P\n{rows}").comparison("0.81").obstacle == obstacle
    several = rows.replace("403 (82.9%)", "410 (84.4%)")
    assert read(f"Trait | Cases (n = 486) | Controls (n = 440) | P\n{several}").comparison("0.81").obstacle == "multiple_responses"


def test_columns_that_each_have_a_p_behind_them_are_not_compared(read: Reader) -> None:
    got = read(
        "Site | Arm | Mutation A, n (%) | P | Mutation B, n (%) | P\n"
        "North | Drug | 36 (51) | 0.06 | 19 (28) | 0.92\n"
        "South | Drug | 39 (95) | 0.01 | 24 (86) | 0.001"
    )
    assert {len({m.arm_order for m in got.comparison(p).members}) for p in ("0.06", "0.92")} == {1}
    assert got.comparison("0.92").obstacle is not None


def test_a_p_beside_a_statistic_is_of_its_levels_not_of_the_next_variable(read: Reader) -> None:
    head = "Trait | Cases (n = 50) | Controls (n = 60) | χ² | p\nSmoking | | | 4.1 | 0.04\n"
    got = read(head + ".Yes | 20 (40%) | 36 (60%) | |\n.No | 30 (60%) | 24 (40%) | |\n.Age, mean (SD) | 63 (10) | 64 (11) | |")
    assert (got.comparison("0.04").kind, got.comparison("0.04").obstacle, len(got.comparison("0.04").members)) == ("counts", None, 4)
    got = read(head + ".Yes | 20 (40%) | 36 (60%) | |\n.At times | 3 (6%) | 4 (7%) | |")
    assert got.comparison("0.04").obstacle == "arms_unclear"


def test_one_more_p_behind_arms_that_have_one_each_is_between_them(read: Reader) -> None:
    got = read(
        "Score | Drug (n = 20), mean (SD) | P within | Placebo (n = 20), mean (SD) | P within | P between\n"
        "Pain | 4.1 (1.2) | 0.01 | 4.9 (1.1) | 0.33 | 0.034"
    )
    assert (got.comparison("0.034").obstacle, len(got.comparison("0.034").members)) == (None, 2)
