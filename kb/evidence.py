"""What a paper reports, as read: numbers with their meaning, arms, aggregates, comparisons, declared methods.

The parts of an :class:`Extraction` refer to each other by position: ``Evidence.aggregate`` is an index into
``Extraction.aggregates``, ``Member.aggregate`` too, ``Comparison.p`` into ``Extraction.evidence``, and so on. What a paper has by the
hundred is a named tuple: it is made in a fifth of the time of a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from counterproof.kb.document import Document, Locator, Part
from counterproof.kb.numbers import ReportedNumber

Kind = Literal[
    "count", "percent", "n", "mean", "sd", "se", "median", "q1", "q3", "min", "max",
    "hr", "or", "rr", "difference", "coefficient", "correlation", "estimate", "ci_low", "ci_high", "ci_level",
    "statistic", "df", "p_value", "rate", "follow_up", "value",
]  # fmt: skip

ComparisonKind = Literal["counts", "means", "medians", "effect", "statistic", "survival", "unknown"]

Obstacle = Literal[
    "no_values", "no_dispersion", "rank_test_on_summaries", "survival_test", "adjusted_model", "arm_size_unknown",
    "paired_design", "clustered_design", "crossover_design", "unreadable_p", "trend_test", "interaction_test", "pairwise_unclear",
    "within_arm_change", "multiple_responses", "event_counts", "single_arm", "cited_study", "not_a_comparison", "arms_unclear",
    "corrected_p", "margin_test",
]  # fmt: skip

MethodKind = Literal["test", "model", "software", "alpha", "sidedness", "summary", "design", "missing", "correction"]
Scope = Literal["categorical", "continuous", "ordinal", "survival", "any"]


@dataclass(frozen=True, slots=True)
class Arm:
    """A group compared: its label as printed, its size (an index into ``evidence``, kind ``n``), its column.

    ``role`` tells a compared arm from a ``total`` column, which is a population and no arm.
    """

    label: str
    n: int | None = None
    table: int | None = None
    column: int | None = None
    role: Literal["arm", "total"] = "arm"


class Aggregate(NamedTuple):
    """The reported numbers of one variable (or one level of one) in one arm at one time.

    ``arm`` is an index into ``arms`` or None (a whole-sample statement, an effect estimate). ``bases`` are indexes into ``evidence``
    of kind ``n``, or of the count to which "of these" points: every size that the paper offers as denominator here, the likeliest
    first. ``block`` groups the
    levels of one variable; ``partition`` says whether the levels divide the arm (None: not known).
    """

    variable: str | None
    level: str | None
    arm: int | None
    timepoint: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    bases: tuple[int, ...] = ()
    block: int | None = None
    partition: bool | None = None
    unit: str | None = None


class Evidence(NamedTuple):
    """One reported number with its meaning and its place.

    ``quote`` is verbatim from the document's text: the sentence, or the row of the table. ``locator`` spans the number itself.
    ``confidence`` (0 to 1) is how sure the reading is; below 0.8 a finding says to check the extraction first.
    """

    kind: Kind
    number: ReportedNumber
    locator: Locator
    quote: str
    part: Part = "body"
    section: str = ""
    variable: str | None = None
    level: str | None = None
    arm: int | None = None
    timepoint: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    aggregate: int | None = None
    confidence: float = 1.0


class Member(NamedTuple):
    """One aggregate in a comparison, with the position of its arm and of its level (both from 0)."""

    aggregate: int
    arm_order: int
    level_order: int = 0


class Comparison(NamedTuple):
    """A reported P-value (an index into ``evidence``) with the aggregates that it compares.

    ``obstacle`` is the reason why it cannot be recomputed, where the reading already shows one.
    ``ordered`` says whether the levels have an order (stages, grades; None: not known).
    ``method`` is a test that the table or sentence names for this very P (canonical name), if any.
    """

    kind: ComparisonKind
    p: int | None
    members: tuple[Member, ...] = ()
    variable: str | None = None
    ordered: bool | None = None
    method: str | None = None
    obstacle: Obstacle | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Method:
    """A declared method: what the paper says it used, and for which kind of data.

    ``name`` is canonical: tests ``chi_squared``, ``fisher``, ``student_t``, ``welch_t``, ``mann_whitney``, ``kruskal_wallis``,
    ``anova``, ``log_rank``, ``mcnemar``, ``paired_t``, ``wilcoxon_signed_rank``, ``trend`` …; models ``cox``, ``logistic``,
    ``linear``, ``ancova``, ``mixed`` …; alpha ``0.05``; sidedness ``one_sided``/``two_sided``; summary ``mean_sd``,
    ``median_iqr`` …; design ``randomised``, ``cohort``, ``single_arm``, ``paired``, ``crossover``, ``cluster`` …
    """

    kind: MethodKind
    name: str
    scope: Scope
    quote: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A number that a sentence attributes to other studies: no evidence of this paper, but a claim about another.

    ``claim`` numbers what is said together (a count, its base and its percent share it). ``references`` are indexes into
    ``Document.references``: one where the sentence cites one work for the number, several where a mark names several, none
    where the work is not in the list.
    """

    kind: Kind
    number: ReportedNumber
    locator: Locator
    quote: str
    claim: int
    references: tuple[int, ...] = ()
    part: Part = "body"
    section: str = ""
    variable: str | None = None
    timepoint: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document with everything that was read from it."""

    document: Document
    arms: tuple[Arm, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    methods: tuple[Method, ...] = ()
    cited: tuple[CitedFigure, ...] = ()
