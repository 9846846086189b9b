"""What each P-value speaks of: its rows, its arms, or why that cannot be told. Each known false alarm has its test."""

from collections.abc import Callable

import pytest

from counterproof.kb.document import Locator
from counterproof.kb.evidence import Method
from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]
HEAD = "Item | Drug (n = 40) | Placebo (n = 40) | P\n"
LEVELS = (".Mild | 10 (25.0) | 14 (35.0) | {}\n", ".Moderate | 20 (50.0) | 16 (40.0) | {}\n", ".Severe | 10 (25.0) | 10 (25.0) | {}")


@pytest.mark.parametrize("place", [-1, 0, 1, 2], ids=["head row", "first level", "middle level", "last level"])
def test_one_p_for_all_levels_wherever_it_stands(read: Reader, place: int) -> None:
    rows = "Severity, n (%) | | | " + ("0.61" if place < 0 else "") + "\n"
    rows += "".join(line.format("0.61" if i == place else "") for i, line in enumerate(LEVELS))
    got = read(HEAD + rows)
    assert len(got.comparison("0.61").members) == 6
    assert {m.level_order for m in got.comparison("0.61").members} == {0, 1, 2}
    assert got.comparison("0.61").obstacle is None
    assert got.comparison("0.61").ordered


def test_a_p_for_each_level_is_of_that_level(read: Reader) -> None:
    got = read(HEAD + "Severity, n (%)\n" + "".join(line.format(p) for line, p in zip(LEVELS, ("0.33", "0.37", "1.00"), strict=True)))
    assert got.compared("0.37") == [("Drug", "Moderate"), ("Placebo", "Moderate")]


def test_a_p_beside_levels_that_do_not_fill_the_arm_is_doubtful(read: Reader) -> None:
    got = read(HEAD + "Depression, n (%)\n.Mild | 5 (12.5) | 6 (15.0) |\n.Moderate | 9 (22.5) | 8 (20.0) | 0.9")
    assert got.comparison("0.9").obstacle == "arms_unclear"


def test_levels_without_a_head_are_told_by_their_sum(read: Reader) -> None:
    got = read(HEAD + "Low education, n (%) | 10 (25.0) | 14 (35.0) |\nHigh education, n (%) | 30 (75.0) | 26 (65.0) | 0.33")
    assert len(got.comparison("0.33").members) == 4


def test_multiple_responses_are_no_partition(read: Reader) -> None:
    got = read(HEAD + "Symptom, n (%) | | | 0.4\n.Cough | 30 (75.0) | 28 (70.0) |\n.Fever | 22 (55.0) | 25 (62.5) |")
    assert got.comparison("0.4").obstacle == "multiple_responses"
    assert {group.partition for group in got.groups("Symptom")} == {False}


def test_a_ratio_cell_has_a_level_each(read: Reader) -> None:
    got = read(HEAD + "Sex, male : female | 24 : 16 | 21 : 19 | 0.50")
    assert got.compared("0.50") == [("Drug", "male"), ("Drug", "female"), ("Placebo", "male"), ("Placebo", "female")]
    assert all(group.partition for group in got.groups("Sex, male : female"))


def test_a_count_with_its_percent_is_not_two_levels(read: Reader) -> None:
    got = read("Item | Drug (n = 40) | Placebo (n = 40)\nStage I/II | 24 60% | 16 40%\nStage III/IV | 16 40% | 24 60%")
    assert got.numbers("Item", "Drug", "Stage I/II") == {"count": "24", "percent": "60%"}


def test_an_adjusted_p_beside_crude_counts_is_not_of_the_counts(read: Reader) -> None:
    got = read("Item | Drug (n = 40) | Placebo (n = 40) | Adjusted P\nFever, n (%) | 9 (22.5) | 4 (10.0) | 0.08")
    assert got.comparison("0.08").obstacle == "adjusted_model"


def test_the_p_of_a_trend_and_of_an_interaction(read: Reader) -> None:
    got = read(
        "Item | A (n = 40) | B (n = 40) | C (n = 40) | P for trend | P for interaction\n"
        "Fever, n (%) | 9 (22.5) | 6 (15.0) | 4 (10.0) | 0.08 | 0.31"
    )
    assert got.comparison("0.08").obstacle == "trend_test"
    assert got.comparison("0.31").obstacle == "interaction_test"


def test_a_p_within_an_arm_over_time(read: Reader) -> None:
    got = read(
        "Item | Drug (n = 20)<<<< | Sham (n = 20)<<<<\n | Before | After | P | Before | After | P\n"
        "Pain, mean (SD) | 60 (20) | 40 (18) | 0.002 | 61 (21) | 55 (19) | 0.2",
        head=2,
    )
    assert {got.comparison("0.002").obstacle, got.comparison("0.2").obstacle} == {"within_arm_change"}


def test_before_and_after_as_columns_are_the_same_people(read: Reader) -> None:
    got = read(
        "Item | Before the course in spring (n = 30) | After the course in summer (n = 30) | P\nPassed, n (%) | 9 (30.0) | 18 (60.0) | 0.02"
    )
    assert got.comparison("0.02").obstacle == "paired_design"


def test_a_crossover_trial_forbids_naive_tests(read: Reader) -> None:
    design = Method("design", "crossover", "any", "a crossover trial", Locator(0, 1))
    got = read(HEAD + "Pain, mean (SD) | 60 (20) | 40 (18) | 0.002", methods=[design])
    assert got.comparison("0.002").obstacle == "crossover_design"


def test_events_beyond_the_patients(read: Reader) -> None:
    got = read(HEAD + "Number of falls, n | 61 | 43 | 0.02")
    assert got.comparison("0.02").obstacle == "event_counts"


def test_a_row_wise_denominator_is_the_nearest_base(read: Reader) -> None:
    got = read(HEAD + "Stroke, n/N (%) | 4/38 (10.5) | 2/37 (5.4) | 0.67")
    assert [got.bases(group)[0] for group in got.groups("Stroke")] == ["38", "37"]


def test_a_size_on_the_row_is_of_all_arms_together(read: Reader) -> None:
    got = read(HEAD + "School degree (n = 75), n (%) | 20 (54.1) | 18 (47.4) | 0.56")
    assert [got.bases(group) for group in got.groups("School degree")] == [["40"], ["40"]]


def test_a_denominator_column_is_the_base(read: Reader) -> None:
    got = read(
        "Site | First round<< | Second round<< | p\n | Samples | Rejected n (%) | Samples | Rejected n (%) |\n"
        "North | 3973 | 45 (1.13) | 4114 | 48 (1.17) | 0.886",
        head=2,
    )
    assert [got.bases(got.extraction.aggregates[m.aggregate])[0] for m in got.comparison("0.886").members] == ["3973", "4114"]


def test_pairwise_columns_name_their_arms(read: Reader) -> None:
    got = read(
        "Item | A (n = 20) | B (n = 21) | C (n = 25) | P | P A vs B | P (A vs C)\n"
        "Weight, mean (SD) | 76 (8) | 73 (10) | 69 (8) | 0.016 | 0.31 | 0.005"
    )
    assert got.compared("0.005") == [("A", None), ("C", None)]
    assert len(got.comparison("0.016").members) == 3


def test_several_contrasts_that_nothing_names_are_unclear(read: Reader) -> None:
    got = read("Item | A (n = 20) | B (n = 21) | C (n = 25) | P1 | P2\nWeight, mean (SD) | 76 (8) | 73 (10) | 69 (8) | 0.016 | 0.31")
    assert got.comparison("0.016").obstacle == got.comparison("0.31").obstacle == "pairwise_unclear"


def test_means_without_spread_and_medians(read: Reader) -> None:
    got = read(HEAD + "Mean stay (day) | 11 | 9 | 0.04\nAge, median (IQR) | 61 (55-70) | 60 (52-69) | 0.52")
    assert got.comparison("0.04").obstacle == "no_dispersion"
    assert got.comparison("0.52").obstacle == "rank_test_on_summaries"


def test_a_mark_on_the_p_names_its_test(read: Reader) -> None:
    got = read(
        HEAD + "Fever, n (%) | 9 (22.5) | 4 (10.0) | 0.23^b\nAge, mean (SD) | 61 (9) | 60 (8) | 0.60^a",
        notes=[("a", "t-test"), ("b", "Fisher's exact test")],
    )
    assert (got.comparison("0.23").method, got.comparison("0.60").method) == ("fisher", "student_t")


def test_an_effect_after_the_arms_owns_the_p(read: Reader) -> None:
    got = read("Item | Drug (n = 40) | Placebo (n = 40) | OR (95% CI) | P\nFever, n (%) | 9 (22.5) | 4 (10.0) | 2.61 (0.73-9.30) | 0.14")
    assert got.comparison("0.14").kind == "effect"
    assert got.numbers("Fever", None) == {"or": "2.61", "ci_low": "0.73", "ci_high": "9.30"}


def test_an_interval_of_the_difference_is_not_the_last_arms(read: Reader) -> None:
    got = read("Item | Drug (n = 40) | Placebo (n = 40) | 95% CI | P\nPulse, mean (SD) | 75 (8) | 81 (7) | 2.6 to 9.4 | 0.001")
    assert got.numbers("Pulse", "Placebo") == {"mean": "81", "sd": "7"}


def test_univariable_and_multivariable_blocks(read: Reader) -> None:
    got = read(
        "Factor | Univariable analysis<< | Multivariable analysis<<\n | Hazard ratio | P | Hazard ratio | P\n"
        "Stage (IV vs II) | 1.62 (0.62, 2.58) | 0.045 | 0.98 (0.62, 1.54) | 0.916\nAge (> 60 vs less) | 1.15 (0.72, 1.84) | 0.553",
        head=2,
    )
    member = got.extraction.aggregates[got.comparison("0.916").members[0].aggregate]
    assert (member.variable, member.level) == ("Stage (IV vs II)", "Multivariable analysis")
    assert got.numbers("Stage (IV vs II)", None, "Univariable analysis") == {"hr": "1.62", "ci_low": "0.62", "ci_high": "2.58"}
    assert got.comparison("0.553").kind == "effect"


def test_a_p_corrected_for_many_tests_is_not_that_of_the_interval(read: Reader) -> None:
    got = read("Item | Mean difference (95% CI) | p | p adj\nWaist | -1.65 (-2.95, -0.35) | 0.013 | 0.143")
    assert got.comparison("0.013").obstacle is None
    assert got.comparison("0.143").obstacle == "adjusted_model"
    assert (
        read("Item | Mean difference (95% CI) | Corrected P\nWaist | -1.65 (-2.95, -0.35) | 0.143").comparison("0.143").obstacle
        == "corrected_p"
    )


def test_a_univariable_models_p_beside_counts_is_not_of_the_counts(read: Reader) -> None:
    got = read(
        "Item | Dead (n = 79) | Alive (n = 120) | Univariate | Multivariate<<\n | | | P | P | HR\n"
        "Woman, n (%) | 53 (67.1) | 95 (79.2) | 0.029 | 0.052 | 0.60",
        head=2,
    )
    assert got.comparison("0.029").obstacle == "adjusted_model"


def test_a_listing_gives_each_patients_values(read: Reader) -> None:
    got = read("Patient No. | Stage | Size (cm) | Follow-up (mo)\n1 | cT3 | 6.1 | 3.6\n2 | cT4 | 4 | 7.0\n3 | cT3 | 5.2 | 11.2")
    assert got.numbers("Size (cm)", None, "3") == {"value": "5.2"}
    assert {arm.label for arm in got.extraction.arms} == set()


def test_every_p_has_one_evidence_and_one_comparison(read: Reader) -> None:
    got = read(HEAD + "Fever, n (%) | 9 (22.5) | 4 (10.0) | NS\nPain, mean (SD) | 60 (20) | 40 (18) | <0.0010.472\nCough | | | 0.2")
    values = [e for e in got.extraction.evidence if e.kind == "p_value"]
    assert len(values) == len(got.extraction.comparisons) == 3
    assert got.comparison("<0.0010.472").obstacle == "unreadable_p"
    assert got.comparison("0.2").obstacle == "no_values"


def test_spans_point_at_the_number_itself(read: Reader) -> None:
    got = read(HEAD + "Fever, n (%) | 9 (22.5) | 4 (10.0) | 0.13")
    document = got.extraction.document
    assert all(document.text[e.locator.start : e.locator.end] == e.number.text for e in got.extraction.evidence)


def test_an_arm_that_grows_between_times_was_seen_in_other_people(read: Reader) -> None:
    head = "Item | Trained ward<<<<<<<< | Control ward<<<<<<<<\n" + " | Before<< | After<< | P" * 2 + "\n"
    sizes = " | n = 398 | % | n = 612 | % | | n = 148 | % | n = 140 | % |\n"
    got = read(head + sizes + "Man | 185 | 46.5 | 300 | 49.0 | 0.43 | 62 | 41.9 | 54 | 38.6 | 0.57", head=3)
    comparison = got.comparison("0.43")
    assert comparison.obstacle is None
    assert comparison.confidence < 0.8
    assert {m.arm_order for m in comparison.members} == {0, 1}
    assert got.comparison("0.57").obstacle == "within_arm_change"


def test_outcomes_over_effects_are_no_arms(read: Reader) -> None:
    got = read(
        "Subgroup | Strength<<<<<< | Speed<<<<<<\n | n | SMD | (95% CI) | p | n | SMD | (95% CI) | p\n"
        "Old | 5 | 0.40 | (0.17, 0.62) | 0.0005 | 3 | 0.64 | (0.34, 0.93) | 0.0001",
        head=2,
    )
    assert {arm.label for arm in got.extraction.arms} == set()
    effect = {"difference": "0.64", "ci_low": "0.34", "ci_high": "0.93"}
    assert effect.items() <= got.numbers("Old", None, "Speed").items()
    assert got.comparison("0.0001").kind == "effect"


def test_limits_in_two_columns_under_one_head(read: Reader) -> None:
    got = read("Factor | Odds ratio | Confidence interval (95%)<< | P\nReflux | 0.625 | 0.093 | 4.222 | 0.63")
    assert got.numbers("Reflux", None) == {"or": "0.625", "ci_low": "0.093", "ci_high": "4.222"}


def test_degrees_of_freedom_beside_the_statistic(read: Reader) -> None:
    got = read("Effect | F (df) | P\nTime | 38.44 (2, 953) | <.001")
    assert got.comparison("<.001").kind == "statistic"
    assert got.numbers("Time", None)["statistic"] == "38.44"


def test_a_p_on_a_row_that_the_model_left_out_has_no_values(read: Reader) -> None:
    got = read("Factor | Risk ratio | 95% CI | P value\nGroup | | | 0.925\nStage, T1/T4 | 15.07 | 1.81–125.55 | 0.012")
    assert got.comparison("0.925").obstacle == "no_values"
    assert got.comparison("0.012").obstacle is None


def test_a_row_size_that_explains_the_percent_is_a_base(read: Reader) -> None:
    got = read("Truth | Called ill (n = 35)<< | Called well (n = 35)<<\n | n | % | n | %\nIll (n = 30) | 29 | 96.7 | 1 | 3.3", head=2)
    assert [got.bases(group)[0] for group in got.groups("Ill")] == ["30", "30"]


def test_an_uncertain_pair_of_groups_of_the_text_is_said_so(read: Reader) -> None:
    prose = "Thirty-two goats were randomly divided into two groups."
    got = read("Item | Plate group | Disc group | P\nTime, mean (SD) | 68 (11) | 67 (16) | 0.77", prose=prose)
    sizes = [e for e in got.extraction.evidence if e.kind == "n"]
    assert {(e.number.value, e.number.comparator) for e in sizes} == {(16.0, "≈")}
    assert all(e.confidence < 0.8 for e in sizes)


def test_stars_have_the_meaning_that_the_legend_gives(read: Reader) -> None:
    got = read(HEAD + "Fever, n (%) | 19 (47.5) | 4 (10.0) | **", notes=[("", "*P < 0.05; **P < 0.01")])
    (p,) = [e for e in got.extraction.evidence if e.kind == "p_value"]
    assert (p.number.value, p.number.comparator) == (0.01, "<")


def test_a_p_of_the_unmatched_cohort_compares_its_arms(read: Reader) -> None:
    got = read(
        "Item | Unmatched cohort<<<\n | Drug (n = 40) | Sham (n = 40) | P value\nFever, n (%) | 9 (22.5) | 6 (15.0) | 0.39",
        head=2,
    )
    assert got.comparison("0.39").obstacle is None


def test_a_correlation_needs_only_the_number_of_pairs(read: Reader) -> None:
    rows = "Marker | r | P\nCCL20 | 0.163 | 0.273"
    sized = read(rows, caption="Spearman correlation of markers with severity (n = 41)")
    assert (sized.comparison("0.273").kind, sized.comparison("0.273").obstacle) == ("effect", None)
    assert read(rows, caption="Spearman correlation of markers with severity").comparison("0.273").obstacle == "no_dispersion"
