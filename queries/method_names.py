"""The names of methods as people write them."""

from __future__ import annotations

NAMES = {
    "chi_squared": "Pearson's chi-squared",
    "chi_squared_yates": "chi-squared with Yates's correction",
    "chi_squared_n_minus_1": "N−1 chi-squared",
    "likelihood_ratio": "likelihood ratio",
    "fisher": "Fisher's exact test",
    "fisher_doubled": "Fisher's one-sided P doubled",
    "fisher_mid_p": "Fisher's mid-P",
    "unpooled_z": "z of two proportions, unpooled",
    "linear_by_linear": "linear-by-linear association",
    "cochran_armitage": "Cochran-Armitage trend",
    "mann_whitney": "Mann-Whitney",
    "mann_whitney_corrected": "Mann-Whitney with continuity correction",
    "kruskal_wallis": "Kruskal-Wallis",
    "student_t": "Student's t",
    "student_t_on_codes": "Student's t on the codes of the levels",
    "anova_on_codes": "analysis of variance on the codes of the levels",
    "welch_t_on_codes": "Welch's t on the codes of the levels",
    "welch_t": "Welch's t",
    "z_test": "z test",
    "anova": "analysis of variance",
    "welch_anova": "Welch's analysis of variance",
    "wald": "Wald's z",
    "wald_uneven_interval": "Wald's z from the estimate or the middle of an uneven interval",
    "statistic_t": "the t statistic",
    "statistic_f": "the F statistic",
    "statistic_z": "the z statistic",
    "statistic_chi_squared": "the chi-squared statistic",
    "statistic_u": "the U statistic",
    "statistic_h": "the H statistic",
    "correlation_t": "t of the correlation",
    "rank_test_bounds": "any rank test of these medians",
    "t_interval": "t from the interval",
    "estimate_t": "t of the estimate over its SE",
    "one_sample_t": "t of the mean change",
    "score_or_likelihood_ratio": "score or likelihood test near Wald's",
}


def method_name(method: str) -> str:
    """A method's name in words; what follows a comma or a space (a regrouping, ``one-sided``, a misreading) is kept."""
    base = method.partition(",")[0].partition(" ")[0]
    return NAMES.get(base, base.replace("_", " ")) + method[len(base) :]
