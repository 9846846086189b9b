"""What a paper's declared tests cover, and which of them printed summaries cannot repeat."""

from __future__ import annotations

_CHI = frozenset({"chi_squared", "chi_squared_yates", "chi_squared_n_minus_1"})
_FISHER = frozenset({"fisher", "fisher_doubled", "fisher_mid_p"})
_RANKS = frozenset({"rank_test_bounds", "mann_whitney", "mann_whitney_corrected", "kruskal_wallis"})
_TREND = frozenset({"linear_by_linear", "cochran_armitage"})
_WALD = frozenset({
    "wald", "wald_uneven_interval", "t_interval", "estimate_t", "one_sample_t",
    "wald_or_of_the_table", "wald_rr_of_the_table", "wald_rd_of_the_table"})  # fmt: skip
_T = _WALD | {"student_t", "welch_t", "z_test", "anova", "welch_anova", "statistic_t"}
_MODEL = _WALD | {"score_or_likelihood_ratio", "statistic_z", "statistic_chi_squared", "statistic_t"}

COVERS: dict[str, frozenset[str]] = {
    "chi_squared": _CHI | {"statistic_chi_squared"},
    "yates": frozenset({"chi_squared_yates"}),
    "likelihood_ratio": frozenset({"likelihood_ratio", "statistic_chi_squared"}),
    "fisher": _FISHER,
    "student_t": _T,
    "t_test": _T,
    "welch_t": _T - {"student_t", "anova"},
    "z_test": frozenset({"z_test", "wald", "wald_uneven_interval", "unpooled_z", "chi_squared", "statistic_z"}),
    "anova": frozenset({"anova", "welch_anova", "student_t", "statistic_f"}),
    "welch_anova": frozenset({"welch_anova", "welch_t", "statistic_f"}),
    "mann_whitney": _RANKS | {"statistic_u", "statistic_z"},
    "kruskal_wallis": _RANKS | {"statistic_h", "statistic_chi_squared"},
    "trend": _TREND | {"mann_whitney", "mann_whitney_corrected"},
    "cochran_armitage": _TREND,
    "linear_by_linear": _TREND,
    "correlation": frozenset({"correlation_t", "statistic_t"}),
    "pearson": frozenset({"correlation_t", "statistic_t"}),
    "spearman": frozenset({"correlation_t", "statistic_t"}),
}
"""Canonical name of a declared test -> methods that software runs under it."""

SURVIVAL = frozenset({"log_rank", "cox", "gehan_wilcoxon", "breslow", "peto", "fine_gray", "gray"})
PAIRED = frozenset({"mcnemar", "paired_t", "wilcoxon_signed_rank", "friedman", "cochran_q", "repeated_anova", "sign_test"})
ADJUSTED = frozenset({"ancova", "mixed", "gee", "cochran_mantel_haenszel", "mantel_haenszel"})
REGRESSION = frozenset({"logistic", "linear", "poisson", "negative_binomial", "log_binomial", "ordinal"})
RANKS = frozenset({"mann_whitney", "kruskal_wallis", "jonckheere"})

COVERS["paired_t"] = COVERS["repeated_anova"] = _WALD
for _name in SURVIVAL | ADJUSTED | REGRESSION:
    COVERS[_name] = _MODEL


SIDES = frozenset({"one_sided", "two_sided"})
BESIDE = SIDES | {
    "tukey", "scheffe", "dunnett", "dunn", "games_howell", "bonferroni", "sidak", "holm", "hochberg", "kaplan_meier",
}  # fmt: skip
"""What may be declared beside a test and is none of a whole comparison: sidedness, pairs of arms afterwards, curves."""
WITH_SIDES = frozenset({
    "chi_squared", "fisher", "student_t", "welch_t", "z_test", "wald", "correlation_t", "statistic_t", "statistic_z", "t_interval",
    "one_sample_t",
})  # fmt: skip
"""Methods whose two-sided P is twice a one-sided one."""


def names(text: str) -> frozenset[str]:
    """The declared tests (and sidedness) of a ;-separated list."""
    return frozenset(part.strip().lower() for part in text.split(";") if part.strip())


def one_sided_name(method: str) -> str:
    """What the one-sided P of a method is called."""
    return f"{method}, one-sided"


def covered(declared: frozenset[str]) -> frozenset[str]:
    """Every method that the declared tests cover; with ``one_sided`` also their one-sided P-values."""
    every: frozenset[str] = frozenset().union(*(COVERS.get(name, frozenset()) for name in declared))
    if "one_sided" not in declared:
        return every
    return every | {one_sided_name(method) for method in (every & WITH_SIDES or WITH_SIDES)}


def obstacle(declared: frozenset[str], data: str) -> str | None:
    """Why data of this kind (``counts``, ``means``, ``medians``, ``rates``) cannot repeat any declared test; None where one can."""
    blocked = [_blocks(name, data) for name in sorted(declared - BESIDE)]
    if not blocked or not all(blocked):
        return None
    order = ("survival_test", "paired_design", "adjusted_model", "rank_test_on_summaries", "unknown_method")
    return next(reason for reason in order if reason in blocked)


def escape(declared: frozenset[str], data: str, reached: bool) -> str | None:
    """A test that may have given the P and cannot be repeated: the printed P is then not held against the others.

    ``reached``: a declared test could be repeated. Rates with intervals may always have been compared over the whole curve.
    """
    tests = declared - BESIDE
    if data == "rates" and "z_test" not in tests:
        return "survival_test"
    if data == "effects" and tests and not reached:
        return next((reason for name in sorted(tests) if (reason := _blocks(name, data))), "no_values")
    doubtful = [name for name in tests if name in RANKS or name not in COVERS or (name in ADJUSTED and data != "effects")]
    reasons = {_blocks(name, data) for name in doubtful} - {None, "paired_design"}
    return min((reason for reason in reasons if reason), default=None)


def _blocks(name: str, data: str) -> str | None:
    if name in SURVIVAL:
        return None if data == "effects" else "survival_test"
    if name in PAIRED:
        return None if data == "effects" and name in COVERS else "paired_design"
    if name in ADJUSTED | REGRESSION:
        return None if data == "effects" else "adjusted_model"
    if name in RANKS and data != "counts":
        return "rank_test_on_summaries"
    return None if name in COVERS else "unknown_method"
