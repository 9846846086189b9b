"""Every reported P-value is found once, with what it compares or why nothing can be compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterproof.extract.prose.subjects import Subjects

Read = Callable[..., Any]
ARMS = (("Drug (n = 40)", 40), ("Placebo (n = 38)", 38))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pain was rarer with the drug (P = .04).", ["= .04"]),
        ("Stage and grade differed (P < 0.001 and P = 0.047, respectively).", ["< 0.001", "= 0.047"]),
        ("Sleep was better (p=0.03) and so was mood (p<0.001).", ["= 0.03", "<0.001"]),
        ("It was shorter (at P=0.001) in the liver.", ["= 0.001"]),
        ("The P-values were 0.02 and 0.03, respectively.", ["= 0.02", "= 0.03"]),
    ],
)
def test_reported(read: Read, text: str, found: list[str]) -> None:
    assert read(text).p_values == found


@pytest.mark.parametrize(
    "paragraph",
    [
        ("methods", "A P value of less than 0.05 was considered significant."),
        ("methods", "Significance was set at p < 0.05 (two-sided)."),
        ("methods", "Variables with P < 0.1 in univariate analysis were entered into the model."),
        ("methods", "The criterion for removal was P > 0.10."),
        ("back", "*P < 0.05; **P < 0.01 against placebo."),
        ("back", "† p<0.001 vs. rest"),
        "Pain in group P at 0, 2 and 4 h was lower.",
    ],
)
def test_not_reported(read: Read, paragraph: object) -> None:
    assert read(paragraph).p_values == []


def test_a_pair_in_brackets_is_compared_in_the_order_of_the_arms(read: Read) -> None:
    found = read("Nausea was more frequent in the drug group than in the placebo group (28.6% vs. 3%, P = 0.002).", arms=ARMS)
    assert found.members() == [("Drug (n = 40)", {"percent": "28.6"}), ("Placebo (n = 38)", {"percent": "3"})]
    assert found.comparison.kind == "counts"
    assert found.comparison.obstacle is None
    assert found.comparison.variable == "Nausea"
    assert found.comparison.confidence < 0.8, "the sizes of the arms are those of the tables"


@pytest.mark.parametrize("what", ["The effect", "Effects", "The mean effect", "The treatment effect"])
def test_an_effect_with_its_interval(read: Read, what: str) -> None:
    found = read(f"{what} was 2.3 (95% CI 1.1 to 3.4; P < 0.001).")
    assert found.members() == [(None, {"estimate": "2.3", "ci_level": "95", "ci_low": "1.1", "ci_high": "3.4"})]
    assert found.comparison.kind == "effect"


def test_means_beside_their_arms(read: Read) -> None:
    found = read("Mean weight was 71.2 (SD 9.1) kg in the drug group and 70.4 (SD 8.8) kg in the placebo group (P = 0.7).", arms=ARMS)
    assert found.members() == [
        ("Drug (n = 40)", {"mean": "71.2", "sd": "9.1"}),
        ("Placebo (n = 38)", {"mean": "70.4", "sd": "8.8"}),
    ]
    assert found.comparison.kind == "means"
    assert found.comparison.variable == "weight"


def test_arms_named_with_a_colon(read: Read) -> None:
    found = read("Scores were alike (drug: 28 ± 3; placebo: 26 ± 4, P = 0.16).", arms=ARMS)
    assert [arm for arm, _ in found.members()] == ["Drug (n = 40)", "Placebo (n = 38)"]


def test_sizes_that_the_paragraph_names_are_the_bases(read: Read) -> None:
    found = read(
        "In the substudy the drug group (n = 9) and the placebo group (n = 12) wore a watch. "
        "Steps were alike in the drug group and the placebo group (65 ± 22 versus 61 ± 14, P = 0.25).",
        arms=ARMS,
    )
    assert [found.base(m.aggregate) for m in found.comparison.members] == ["9", "12"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The hazard of death fell (HR 1.18, 95% CI 0.300 to 2.866, P = 0.028).", {"hr": "1.18", "ci_low": "0.300", "ci_high": "2.866"}),
        ("The hazard ratio was 0.67 (95% confidence interval; 0.46–0.99, P = .044).", {"hr": "0.67", "ci_low": "0.46", "ci_high": "0.99"}),
        ("There was no effect (OR = 2.1 [95% CI 1.0; 4.4], p=0.05).", {"or": "2.1", "ci_low": "1.0", "ci_high": "4.4"}),
        (
            "The group difference was −0.83, 95% CI = [−3.49, 1.83], p = .531.",
            {"difference": "−0.83", "ci_low": "−3.49", "ci_high": "1.83"},
        ),
    ],
)
def test_effects_with_their_interval(read: Read, text: str, numbers: dict[str, str]) -> None:
    found = read(text)
    ((_, printed),) = found.members()
    assert {kind: printed.get(kind) for kind in numbers} == numbers
    assert found.comparison.kind == "effect"
    assert found.comparison.obstacle is None


@pytest.mark.parametrize(
    ("text", "name", "numbers"),
    [
        ("Bias rose, t(34) = 2.1, p = .04.", "t", {"statistic": "2.1", "df": "34"}),
        ("Dropout was alike (χ2 = 5.2, df = 1, P = .02).", "chi_squared", {"statistic": "5.2", "df": "1"}),
        ("Time had an effect, F(2, 57) = 3.4, p = .04.", "F", {"statistic": "3.4", "df": "2, 57"}),
        ("Recall rose (z = 2.39, p = 0.017).", "z", {"statistic": "2.39"}),
        ("Dropout was alike (Chi Square = 5.2, df = 1, P = .02).", "chi_squared", {"statistic": "5.2", "df": "1"}),
        ("Arms were alike (χ2(1, N = 458) = 3.2, p = .08).", "chi_squared", {"statistic": "3.2", "df": "1"}),
    ],
)
def test_test_statistics(read: Read, text: str, name: str, numbers: dict[str, str]) -> None:
    found = read(text)
    ((_, printed),) = found.members()
    assert {kind: printed.get(kind) for kind in numbers} == numbers
    assert found.comparison.kind == "statistic"
    assert next(e.number.unit for e in found.told if e.kind == "statistic") == name


@pytest.mark.parametrize(
    ("text", "obstacle"),
    [
        ("Recovery was faster (P = 0.03).", "no_values"),
        ("Survival did not differ (log-rank test P = 0.4).", "survival_test"),
        ("SURVİVAL did not differ (P = 0.4).", "survival_test"),
        ("The 3-year overall survival was 74.4% vs 39.2% (P < 0.001).", "survival_test"),
        ("Pain fell from 5.6 ± 0.6 to 4.0 ± 0.3 (P < 0.05).", "within_arm_change"),
        ("The interaction of arm and age was not significant (p = 0.32).", "interaction_test"),
        ("Median stay was 5 days vs. 7 days (P = 0.02).", "rank_test_on_summaries"),
        ("Mean stay was 5 days vs. 7 days (P = 0.02).", "no_dispersion"),
        ("Rash was rarer in men with diabetes in the drug group than in the placebo group (5% vs. 9%, P = 0.02).", "arm_size_unknown"),
        ("Grip correlated with strength (P < 0.01).", "not_a_comparison"),
        ("The odds rose (OR 1.5, 95% CI 1.1 to 2.0; P for trend = 0.4).", "trend_test"),
        ("The odds rose (OR 1.5, 95% CI 1.1 to 2.0), Pinteraction = 0.4.", "interaction_test"),
        ("The odds rose (OR 1.5, 95% CI 1.1 to 2.0; p for heterogeneity 0.4).", "interaction_test"),
        ("The odds rose (OR 1.5, 95% CI 1.1 to 2.0; P = .4 for interaction).", "interaction_test"),
        ("The drug was noninferior (difference 2.0, 95% CI -1.0 to 5.0; P = .002).", "margin_test"),
        ("The difference was 2.0 (95% CI -1.0 to 5.0; P = .002 for non-inferiority).", "margin_test"),
        ("It was noninferior and better (difference 2.0, 95% CI 1.0 to 3.0; P for superiority < .001).", None),
        ("In spite of heterogeneity the odds rose (OR 1.5, 95% CI 1.1 to 2.0; p = 0.01).", None),
        ("After a Bonferroni correction pain was worse, t(34) = 2.1, p = .08.", "corrected_p"),
        ("Pain was worse, t(34) = 2.1, p = .08 (corrected for multiple comparisons).", "corrected_p"),
        ("Pain was worse (OR 1.5, 95% CI 1.1 to 2.0; Holm-corrected p = .04).", "corrected_p"),
        ("The odds of fever rose (OR 1.50, 95% CI 1.10 to 2.04; padj = 0.07).", "corrected_p"),
        ("The odds of fever rose (OR 1.50, 95% CI 1.10 to 2.04; P-adjusted = 0.07).", "corrected_p"),
        ("After a Holm correction the rise in pain was no longer significant (OR 1.5, 95% CI 1.1 to 2.0; P = .13).", "corrected_p"),
        ("After a Bonferroni correction pain was not significantly worse, t(34) = 2.3, p = .14.", "corrected_p"),
        ("After a Bonferroni correction this did not remain significant, t(34) = 2.3, p = .14.", "corrected_p"),
        ("After a Bonferroni correction this was significant, t(34) = 2.9, p = .026.", "corrected_p"),
        ("At a corrected significance threshold of 0.01 pain was no worse, t(34) = 2.1, p = .04.", None),
        ("Pain was worse, t(34) = 2.1, p = .04, which did not survive a Bonferroni correction.", None),
        ("At a Bonferroni-corrected level of 0.01 pain was no worse, t(34) = 2.1, p = .04.", None),
        ("Pain was worse, χ2 = 5.2, df = 1, Yates-corrected P = .02.", None),
    ],
)
def test_obstacles(read: Read, text: str, obstacle: str | None) -> None:
    assert read(text, arms=ARMS).comparison.obstacle == obstacle


@pytest.mark.parametrize(
    "text",
    [
        "Moreau et al. [23] reported a rate of 80.3% for the drug vs. 90.4% for placebo (P = 0.35).",
        "In a large trial [7], fever was rarer (12% vs 20%, P = 0.01).",
        "A study of another gel was stopped (65% vs. 27%; P = 0.031) [8].",
    ],
)
def test_figures_of_other_studies_are_not_this_papers(read: Read, text: str) -> None:
    found = read(("discussion", text))
    assert found.comparison.obstacle == "cited_study"
    assert found.comparison.members == ()
    assert found.facts.aggregates == []


def test_our_own_figures_in_the_discussion_are_ours(read: Read) -> None:
    found = read(("discussion", "In our study, unlike in others [3], fever was rarer in the drug group (P = 0.01)."))
    assert found.comparison.obstacle == "no_values"


def test_a_test_named_with_the_p_value(read: Read) -> None:
    assert read("Deaths were alike (Fisher's exact test, P = 0.4).").comparison.method == "fisher"


def test_claims_of_different_outcomes_are_not_compared(read: Read) -> None:
    assert read("Fever was seen in 12% and cough in 15% (P = 0.03).", arms=ARMS).members() == []


def test_lists_with_respectively_share_their_outcomes(read: Read) -> None:
    found = read("Stage and tumour size differed (P = 0.01 and P = 0.02, respectively).")
    assert [c.variable for c in found.facts.comparisons] == ["Stage", "tumour size"]


def test_of_two_arms_the_one_named_has_the_first_number_where_the_word_fits(read: Read) -> None:
    found = read("In the drug group, rash was more frequent (28.6% vs. 3%, P = 0.002).", arms=ARMS)
    assert [arm for arm, _ in found.members()] == ["Drug (n = 40)", "Placebo (n = 38)"]
    assert found.comparison.confidence == 0.65
    doubtful = read("In the drug group, rash was less frequent (28.6% vs. 3%, P = 0.002).", arms=ARMS)
    assert [arm for arm, _ in doubtful.members()] == [None, None]


def test_a_label_that_is_a_common_word_names_no_arm(read: Read) -> None:
    found = read("In all, 13 patients expired (26%).", arms=(("Expired", 13), ("Survived", 37)))
    assert found.claims[0][1] is None


def test_a_noun_that_two_outcomes_share(read: Read) -> None:
    found = read("The numbers of positive and retrieved nodes were higher (P = 0.01 and P = 0.02, respectively).")
    assert [c.variable for c in found.facts.comparisons] == ["positive nodes", "retrieved nodes"]


def test_a_comparison_told_over_two_sentences(read: Read) -> None:
    found = read("Mean weight was 71.2 ± 9.1 kg in the drug group. In the placebo group it was 70.4 ± 8.8 kg (P = 0.7).", arms=ARMS)
    assert found.members() == [
        ("Drug (n = 40)", {"mean": "71.2", "sd": "9.1"}),
        ("Placebo (n = 38)", {"mean": "70.4", "sd": "8.8"}),
    ]
    assert found.comparison.variable == "weight"
    assert found.comparison.obstacle is None


def test_arms_listed_behind_their_numbers(read: Read) -> None:
    found = read("Mean sleep was 3.1 (SD 1.0) h and 4.0 (SD 1.1) h in the drug and placebo groups, respectively (P = 0.02).", arms=ARMS)
    assert [arm for arm, _ in found.members()] == ["Drug (n = 40)", "Placebo (n = 38)"]


def test_a_list_of_p_values_takes_no_values_of_another_outcome(read: Read) -> None:
    found = read(
        "Pain and gout were 12% and 30% with the drug and 15% and 33% with placebo (P = 0.4 and P = 0.6, respectively).", arms=ARMS
    )
    assert [c.members for c in found.facts.comparisons] == [(), ()]


def test_a_list_of_p_values_and_as_many_pairs(read: Read) -> None:
    found = read("Pain and gout were seen in 12% vs. 15% and 30% vs. 33% (P = 0.4 and P = 0.6, respectively).")
    assert [c.variable for c in found.facts.comparisons] == ["Pain", "gout"]
    assert [[n["percent"] for _, n in found.members(at)] for at in (0, 1)] == [["12", "15"], ["30", "33"]]


def test_a_p_value_in_the_brackets_of_its_estimate(read: Read) -> None:
    found = read("Falls were alike (adjusted RR 0.97, 95% CI 0.61–1.52, p = 0.91), as were the odds of a cold, OR 1.04 (0.71–1.49).")
    assert found.members() == [(None, {"rr": "0.97", "ci_level": "95", "ci_low": "0.61", "ci_high": "1.52"})]


@pytest.mark.parametrize(
    "text",
    [
        "Falls were alike (OR for low vs. control 0.79, 95% CI 0.5 to 1.2; OR for high vs. control 0.96, 95% CI 0.7 to 1.3; p = 0.58).",
        "Falls were alike (HR 0.8, 95% CI 0.5 to 1.2 in men, HR 0.9, 95% CI 0.7 to 1.3 in women, overall p = 0.58).",
        "Falls were alike (HR 0.8, 95% CI 0.5 to 1.2 vs. HR 0.9, 95% CI 0.7 to 1.3, p = 0.58).",
    ],
)
def test_a_p_value_of_several_effects_is_held_against_none(read: Read, text: str) -> None:
    found = read(text)
    assert (found.members(), found.comparison.obstacle) == ([], "pairwise_unclear")
    assert len(found.claims) == 2


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("Falls rose (HR in men 0.8, 95% CI 0.5 to 1.2; HR in women 0.9, 95% CI 0.7 to 1.3, p = 0.58).", "0.9"),
        ("Falls rose (HR in men 0.8; 95% CI 0.5 to 1.2; HR in women 0.9; 95% CI 0.7 to 1.3; p = 0.58).", "0.9"),
        ("Falls rose in men (HR 0.8, 95% CI 0.5 to 1.2); they did in women (HR 0.9, 95% CI 0.7 to 1.3; p = 0.58).", "0.9"),
        ("Falls rose (OR=1.736, (1.265–2.380), p=0.0345).", "1.736"),
    ],
)
def test_a_p_value_of_the_effect_beside_it(read: Read, text: str, effect: str) -> None:
    ((_, numbers),) = read(text).members()
    assert effect in numbers.values()
    assert {"ci_low", "ci_high"} <= set(numbers)


@pytest.mark.parametrize(
    ("words", "obstacle"),
    [
        ("from presentation to surgery", None),
        ("from prescription to use", None),
        ("from pre- to posttest", "within_arm_change"),
        ("from pre-treatment to the last visit", "within_arm_change"),
        ("from postoperative to six months", "within_arm_change"),
    ],
)
def test_a_span_of_time_is_no_change_within_an_arm(read: Read, words: str, obstacle: str | None) -> None:
    text = f"The time {words} was 5.2 (SD 1.1) h in the drug group and 5.3 (SD 2.0) h in the placebo group (P = .01)."
    assert read(text, arms=ARMS).comparison.obstacle == obstacle


def test_items_of_a_list_are_tested_alike(read: Read) -> None:
    found = read("No interaction was seen with age (P = .4), sex (P = .3), or smoking (P = .1), and pain was less (P = .2).")
    assert [c.obstacle for c in found.facts.comparisons] == ["interaction_test"] * 3 + ["no_values"]
    apart = read("The interaction of time and arm (p = .02) and the overall difference (p = .03) were significant.")
    assert [c.obstacle for c in apart.facts.comparisons] == ["interaction_test", "no_values"]


def test_a_p_value_with_its_name_glued_to_it(read: Read) -> None:
    assert read("Men fell oftener (pinteraction = 0.006).", "Dose mattered (Ptrend < 0.01).").p_values == ["= 0.006", "< 0.01"]


def test_a_list_of_p_values_may_be_long(read: Callable[..., Any]) -> None:
    found = read("No interaction was seen with " + ", ".join(f"factor{i} (P = .4)" for i in range(1200)) + ".")
    assert {c.obstacle for c in found.facts.comparisons} == {"interaction_test"}


def test_a_row_of_p_values_is_looked_for_once(read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    around = Subjects._row_around

    def counted(subjects: Subjects, p: int) -> list[int]:
        asked.append(p)
        return around(subjects, p)

    monkeypatch.setattr(Subjects, "_row_around", counted)
    assert len(read("Fever differed (" + ", ".join("P = .4" for _ in range(30)) + ").").p_values) == 30
    assert len(asked) == 1
