"""Declared methods: tests and for what, alpha, sidedness, software, summaries, missing data, multiplicity, design."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.facts import Facts
from counterproof.extract.formats import parse
from counterproof.extract.methods import read_methods
from counterproof.extract.methods.alpha import declared_alphas
from counterproof.kb.document import Part


def declared(*sentences: str, part: Part = "methods", kind: str | None = None, section: str = "Statistical analysis") -> set[str]:
    """Name and scope of what is declared."""
    builder = DocumentBuilder(b"x", "made.txt", "text")
    builder.block("paragraph", " ".join(sentences), part=part, section=section)
    facts = Facts(builder.build())
    read_methods(facts)
    for method in facts.methods:
        assert facts.document.text[method.locator.start : method.locator.end] == method.quote
    return {m.name if m.scope == "any" else f"{m.name}:{m.scope}" for m in facts.methods if kind is None or m.kind == kind}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "Categorical data were compared by the chi-square test or Fisher's exact test.",
            {"chi_squared:categorical", "fisher:categorical"},
        ),
        ("The Mann-Whitney U-test was used for continuous variables.", {"mann_whitney:continuous"}),
        ("Student t or Mann–Whitney tests were used as appropriate.", {"student_t:continuous", "mann_whitney:continuous"}),
        ("Groups were compared using χ2 tests.", {"chi_squared:categorical"}),
        ("Groups were compared with t-tests or non-parametric tests.", {"student_t:continuous", "mann_whitney", "kruskal_wallis"}),
        ("Non-parametric tests (Mann-Whitney U) were used for skewed data.", {"mann_whitney:continuous"}),
        ("Unpaired t tests were used for comparison.", {"student_t:continuous"}),
        ("Changes were tested with paired t-tests.", {"paired_t:continuous"}),
        ("Changes were tested with the Wilcoxon signed-rank test.", {"wilcoxon_signed_rank:continuous"}),
        ("Scores were compared by the Wilcoxon rank-sum test.", {"mann_whitney:continuous"}),
        ("Ordinal data were compared using the Mann-Whitney test.", {"mann_whitney:continuous", "mann_whitney:ordinal"}),
        ("Survival was compared by the log-rank test.", {"log_rank:survival"}),
        ("One-way ANOVA with Welch's correction was used.", {"anova:continuous", "welch_t:continuous"}),
        ("Repeated measures ANOVA was used.", {"repeated_anova:continuous"}),
        ("Trends were assessed by the Cochran-Armitage test.", {"trend:ordinal"}),
        ("Runners were assessed by an agility T-test.", set()),
        ("The student's t-test (paired) was used to compare changes.", {"paired_t:continuous"}),
        ("The Wilcoxon test was used.", {"mann_whitney:continuous", "wilcoxon_signed_rank:continuous"}),
        ("The Wilcoxon test for paired data was used.", {"wilcoxon_signed_rank:continuous"}),
    ],
)
def test_tests(sentence: str, names: set[str]) -> None:
    assert declared(sentence, kind="test") == names


def test_tests_of_cited_studies_are_not_declared() -> None:
    assert declared("Moreau et al. used the t-test and compared means.", section="Background", kind="test") == set()


def test_the_test_of_the_sample_size_is_not_the_declared_one() -> None:
    sentences = "The sample size was calculated with a t-test and an alpha of 0.10.", "Means were compared using the Mann-Whitney test."
    assert declared(*sentences, kind="test") == {"mann_whitney:continuous"}


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("A P-value < 0.05 was considered significant.", ["0.05"]),
        ("A P-value of ≤0.05 was regarded as statistically significant.", ["0.05"]),
        ("P values less than .01 were considered to indicate significance.", ["0.01"]),
        ("Statistical significance was set at p<0.05.", ["0.05"]),
        ("The level of significance was 5%.", ["0.05"]),
        ("Differences were considered significant when p was less than 0.05.", ["0.05"]),
        ("An alpha level of 0.05 was used.", ["0.05"]),
        ("A significant level of α = 0.05 was set.", ["0.05"]),
        ("The difference was significant (P < 0.05).", []),
        ("Age was significantly higher (P = 0.03).", []),
        ("This difference was considered clinically relevant (P = 0.034).", []),
    ],
)
def test_alpha(sentence: str, levels: list[str]) -> None:
    assert [alpha.level for alpha in declared_alphas(sentence)] == levels


def test_the_test_under_two_hypotheses_is_planned() -> None:
    planned = (
        "The share is assumed to be 0.32 under the null hypothesis.",
        "The test statistic used is the two-sided Z test.",
        "Power was 80%.",
    )
    assert not declared(*planned, kind="test")


def test_the_alpha_of_the_power_calculation_is_not_the_papers() -> None:
    power = "With 80% power and an alpha of 0.10, 60 patients were needed."
    assert declared(power, kind="alpha") == set()
    assert declared(power, "A P value < 0.05 was considered significant.", kind="alpha") == {"0.05"}


@pytest.mark.parametrize(
    ("kind", "sentence", "names"),
    [
        ("sidedness", "All tests were two-sided.", {"two_sided"}),
        ("sidedness", "A one-tailed test was used.", {"one_sided"}),
        ("software", "We used SPSS version 22 and R version 4.0.4.", {"spss", "r"}),
        ("software", "Analyses were performed in SAS 9.4 and Stata 13.", {"sas", "stata"}),
        ("software", "Patients in arm R were treated.", set()),
        ("summary", "Data are presented as mean ± SD.", {"mean_sd:continuous"}),
        ("summary", "Values are given as medians with interquartile ranges.", {"median_iqr:continuous"}),
        ("summary", "Results are presented as medians for continuous outcomes and as frequencies and percentages for categorical outcomes.",
         {"median:continuous", "count_percent:categorical"}),
        ("missing", "Missing values were replaced by the last observation carried forward.", {"locf", "single_imputation"}),
        ("missing", "Multiple imputation was used.", {"multiple_imputation"}),
        ("correction", "P values were adjusted by Bonferroni correction.", {"bonferroni"}),
        ("correction", "No adjustment was made for multiple testing and none was used.", {"none"}),
        ("model", "Cox proportional hazards models and logistic regression were used.", {"cox:survival", "logistic:categorical"}),
        ("design", "This was a randomised, double-blind crossover trial.", {"randomised", "crossover"}),
        ("design", "Patients were randomly assigned; crossover was allowed after progression.", set()),
        ("design", "This was a cluster-randomized trial.", {"cluster", "randomised"}),
        ("design", "This non-randomised single-arm study was open.", {"single_arm"}),
        ("design", "We retrospectively reviewed the records.", {"cohort"}),
        ("design", "Patients were matched by propensity score matching.", {"matched"}),
        ("design", "The parallel group randomised trial was open.", {"randomised"}),
    ],
)  # fmt: skip
def test_other_declarations(kind: str, sentence: str, names: set[str]) -> None:
    assert declared(sentence, kind=kind) == names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "early-failure",
            {"mann_whitney:continuous", "chi_squared:categorical", "fisher:categorical", "log_rank:survival", "0.05", "spss"},
        ),
        ("m1-longterm", {"log_rank:survival", "0.05", "spss"}),
        ("sysu-stage4", {"log_rank:survival", "cox:survival", "0.05", "spss", "r", "median_range:continuous"}),
    ],
)
def test_the_reference_papers(shared: Path, name: str, expected: set[str]) -> None:
    path = shared / "papers" / f"{name}.txt"
    facts = Facts(parse(path.read_bytes(), str(path)))
    read_methods(facts)
    assert expected <= {m.name if m.scope == "any" else f"{m.name}:{m.scope}" for m in facts.methods}


def test_declarations_are_told_once(shared: Path) -> None:
    for path in sorted((shared / "real" / "jats").glob("*.xml"))[:4]:
        facts = Facts(parse(path.read_bytes(), str(path)))
        read_methods(facts)
        assert len({(m.kind, m.name, m.scope) for m in facts.methods}) == len(facts.methods)


def test_a_level_that_selects_covariates_is_no_alpha() -> None:
    assert declared("A significance level of 0.10 was used to select the covariates for stepwise regression.", kind="alpha") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Variables significant at a level of P < 0.10 were entered into the model.",
        "An interim analysis was planned at a significance level of 0.001.",
        "For interactions, a P-value < 0.1 was considered significant.",
        "The sample size was based on a significance level of 0.10.",
    ],
)
def test_a_level_for_another_purpose_is_no_alpha(sentence: str) -> None:
    assert declared(sentence, kind="alpha") == set()
    assert declared(sentence, "A P value < 0.05 was considered significant.", kind="alpha") == {"0.05"}


@pytest.mark.parametrize(
    ("sentence", "kind", "names"),
    [
        ("The trial was randomised at the GP level.", "design", {"cluster", "randomised"}),
        ("Practices were the unit of randomisation.", "design", {"cluster", "randomised"}),
        ("The unit of randomisation was the patient.", "design", {"randomised"}),
        ("Forty villages were randomly assigned to the two programmes.", "design", {"cluster", "randomised"}),
        ("This is a single arm, open-label prospective intervention phase I/II trial.", "design", {"single_arm"}),
        ("We did a quasi-experimental study of a course.", "design", {"before_after"}),
        ("We retrospectively examined 146 patients.", "design", {"cohort"}),
        ("Missing data were imputed using a Markov chain with 20 imputations in this analysis.", "missing", {"multiple_imputation"}),
        ("Multiple data imputation was used in the analysis.", "missing", {"multiple_imputation"}),
        ("No imputation of missing values was performed.", "missing", {"none"}),
        ("We did not adjust P-values or confidence intervals for multiple comparisons.", "correction", {"none"}),
        ("A P-value of < 0.05 represented statistical significance.", "alpha", {"0.05"}),
        ("A two-sided, 5% or lower p value was considered statistically significant.", "alpha", {"0.05"}),
        ("The risk was defined by the one-sided upper 95 % confidence interval.", "sidedness", set()),
        ("Superiority was tested with a one-sided test.", "sidedness", {"one_sided"}),
        ("A test of proportion was performed to compare the rates.", "test", {"z_test:categorical"}),
        ("The rates were analysed with generalized linear mixed models.", "model", {"mixed:categorical", "mixed:continuous"}),
        ("Pain was analysed with a linear mixed model.", "model", {"mixed:continuous"}),
        ("The law is found at http://example.org/sas/2012/law.html.", "software", set()),
        ("All analyses were performed with SAS/STAT software, version 9.4.", "software", {"sas"}),
        ("Analyses used SPSS/SAS.", "software", {"spss", "sas"}),
        ("Workers of a greenhouse were compared with office staff.", "correction", set()),
        ("The Greenhouse–Geisser correction was used.", "correction", {"sphericity"}),
        ("Where sphericity was violated, the Huynh-Feldt correction was used.", "correction", {"sphericity"}),
        ("Continuous variables were displayed as mean ± SD.", "summary", {"mean_sd:continuous"}),
    ],
)
def test_ways_to_say_it(sentence: str, kind: str, names: set[str]) -> None:
    assert declared(sentence, kind=kind) == names


def test_a_trial_to_come_is_not_this_study() -> None:
    sentence = "Further work is required before the program is tested in a randomized controlled trial."
    assert declared(sentence, part="abstract", kind="design") == set()
    assert declared("This was a randomized controlled trial.", part="abstract", kind="design") == {"randomised"}


@pytest.mark.parametrize(
    ("sentence", "designs"),
    [
        ("In this randomised crossover trial we compared drug with placebo; further studies are warranted.", {"randomised", "crossover"}),
        ("Prior to randomisation in this double-blind, placebo-controlled trial, patients were seen.", {"randomised"}),
        ("This randomised trial suggests that further research is needed.", {"randomised"}),
        ("Our study shows that randomised crossover trials are needed.", set()),
        ("Doses were found prior to a larger randomised trial.", set()),
    ],
)
def test_beside_a_trial_to_come_the_own_one_is_heard(sentence: str, designs: set[str]) -> None:
    assert declared(sentence, part="abstract", kind="design") == designs
