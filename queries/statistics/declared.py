"""What a paper's declared tests cover, and which of them printed summaries cannot repeat."""

from __future__ import annotations

_CHI = frozenset({"chi_squared", "chi_squared_yates", "chi_squared_n_minus_1"})
_FISHER = frozenset({"fisher", "fisher_doubled", "fisher_mid_p"})
_RANKS = frozenset({"rank_test_bounds", "mann_whitney", "mann_whitney_corrected", "kruskal_wallis"})
_TREND = frozenset({"linear_by_linear", "cochran_armitage"})
_WALD = frozenset({
    "wald", "wald_uneven_interval", "t_interval", "wald_or_of_the_table", "wald_rr_of_the_table", "wald_rd_of_the_table"})  # fmt: skip
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
    "pearson_correlation": frozenset({"correlation_t", "statistic_t"}),
    "spearman": frozenset({"correlation_t"}),
}
"""Canonical name of a declared test -> methods that software runs under it."""

SURVIVAL = frozenset({"log_rank", "cox", "gehan", "breslow", "peto", "fine_gray", "gray"})
PAIRED = frozenset({"mcnemar", "paired_t", "wilcoxon_signed_rank", "friedman", "cochran_q", "repeated_measures_anova", "sign_test"})
ADJUSTED = frozenset({"ancova", "mixed", "gee", "cochran_mantel_haenszel", "mantel_haenszel"})
REGRESSION = frozenset({"logistic", "linear", "poisson", "negative_binomial", "regression"})
RANKS = frozenset({"mann_whitney", "kruskal_wallis", "jonckheere"})

for _name in SURVIVAL | ADJUSTED | REGRESSION:
    COVERS[_name] = _MODEL


def names(text: str) -> frozenset[str]:
    """The declared tests of a ;-separated list."""
    return frozenset(part.strip().lower() for part in text.split(";") if part.strip())


def covered(declared: frozenset[str]) -> frozenset[str]:
    """Every method that the declared tests cover."""
    return frozenset().union(*(COVERS.get(name, frozenset()) for name in declared))


def obstacle(declared: frozenset[str], data: str) -> str | None:
    """Why data of this kind (``counts``, ``means``, ``medians``) cannot repeat any declared test; None where one can."""
    if not declared:
        return None
    blocked = [_blocks(name, data) for name in sorted(declared)]
    if not all(blocked):
        return None
    order = ("survival_test", "paired_design", "adjusted_model", "rank_test_on_summaries", "unknown_method")
    return next(reason for reason in order if reason in blocked)


def escape(declared: frozenset[str], data: str) -> str | None:
    """A declared test beside others that may have given the P and cannot be repeated: the printed P is then not held against the rest."""
    reasons = {_blocks(name, data) for name in declared if name in ADJUSTED or (name in RANKS and data != "counts") or name not in COVERS}
    reasons -= {None, "paired_design"}
    return min((reason for reason in reasons if reason), default=None)


def _blocks(name: str, data: str) -> str | None:
    if name in SURVIVAL:
        return "survival_test"
    if name in PAIRED:
        return "paired_design"
    if name in ADJUSTED | REGRESSION:
        return "adjusted_model"
    if name in RANKS and data in ("means", "medians"):
        return "rank_test_on_summaries"
    return None if name in COVERS else "unknown_method"
