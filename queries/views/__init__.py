"""The views that give checks and users their input: one a file, reapplied whenever a store is opened."""

from __future__ import annotations

import re
from importlib import resources

import duckdb

FOR_CHECKS = (
    "numbers_in_text",
    "aggregate_values",
    "declared_methods",
    "uneven_intervals",
    "comparison_rows",
    "estimate_rows",
    "range_rows",
    "proportion_rows",
    "baseline_rows",
    "p_cells",
    "adjusted_p_rows",
    "prose_rows",
    "listing_rows",
    "survival_rows",
    "summary_rows",
    "cited_rows",
    "unit_rows",
)
"""The views that checks read, and those that these read."""

ORDER = (
    *FOR_CHECKS,
    "reading_overview",
    "aggregate_numbers",
    "arm_sizes",
    "event_counts",
    "means_with_sd",
    "effect_estimates",
    "p_values",
    "p_recomputations",
    "coverage",
    "paper_summaries",
    "outcomes",
    "arm_pairs",
)
"""A view comes after those it reads."""

_ESTIMATE = ("estimate", "effect", "ci_low", "ci_high", "ci_level")
_TEST = ("statistic", "statistic_name", "df")
_QUANTILES = ("median", "q1", "q3", "min", "max")
_UNASKED = ("path", "partition", "unit", "shared_n")

UNREAD = {
    "comparison_rows": ("comparison_confidence", "partition", "p_evidence_no"),
    "proportion_rows": (*_UNASKED, "mean", "sd", "se", *_QUANTILES, *_ESTIMATE, *_TEST),
    "summary_rows": (*_UNASKED, "block", "arm_role", "count", "percent", "se", "q3", "min", "max", *_ESTIMATE, *_TEST),
    "baseline_rows": (*_UNASKED, "arm_role", "arm_n", "bases", "percent", "se", *_QUANTILES, *_ESTIMATE, *_TEST),
    "estimate_rows": (*_UNASKED, "block", "arm_role", "q1", "q3", "min", "max", *_TEST),
    "range_rows": (*_UNASKED, "block", "arm_role", "bases", "count", "percent", "se", *_ESTIMATE, *_TEST),
}
"""Columns of views that no check reads: to hand them over would take longer than most checks."""


def apply(connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace every view on an open store."""
    for name in ORDER:
        connection.execute(_text(name))


def bare(name: str) -> str:
    """The SQL that makes one view, without what is for people alone: its order, and what it says, which takes long to note."""
    return re.split(r"\n(?:order by|comment on) ", _text(name), maxsplit=1)[0]


def _text(name: str) -> str:
    return (resources.files(__name__) / f"{name}.sql").read_text("utf-8")
