"""The report of an audit as one HTML page that asks nothing of any server and runs no script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources

import duckdb
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from counterproof.kb.finding import FLAGS, Finding
from counterproof.queries.audit import AuditResult, Coverage
from counterproof.queries.checks import all_checks
from counterproof.queries.html.cards import Card, cards
from counterproof.queries.html.crops import MOST_BYTES
from counterproof.queries.html.forest import estimates, forests
from counterproof.queries.html.pictures import histogram, scatter
from counterproof.queries.html.sources import Paper
from counterproof.queries.report import where
from counterproof.queries.verdict_words import NOTHING, coverage_sentence, other_numbers, reasons, verdict_sentence

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, and those that turn the direction of what follows: a quote could seem to say something else."""

MOST_CARDS = 200
"""Findings of one paper that get a card; what is beyond is listed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a reader needs to repeat the audit: version, time (UTC) and the settings by name."""

    version: str
    time: datetime
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """One paper as the template shows it."""

    key: str
    title: str
    coverage: Coverage
    meta: Mapping[str, object]
    verdict: str
    covered: str
    reasons: Sequence[tuple[int, str]]
    others: int
    cards: Sequence[Card]
    uncarded: int
    listed: Sequence[tuple[str, Finding]]
    scatter: Markup | None
    forests: Sequence[Markup]
    nothing: bool

    @property
    def state(self) -> str:
        """What the overview of many papers can be narrowed to: flagged, clear, unchecked or failed."""
        if self.coverage.status == "failed":
            return "failed"
        return "flagged" if self.cards else "unchecked" if self.nothing else "clear"


@dataclass(frozen=True, slots=True)
class Expectation:
    """Over many P-values: how many were attainable, and how many would have been by chance alone."""

    checked: int
    attained: int
    by_chance: float


def report(result: AuditResult, connection: duckdb.DuckDBPyConnection, run: Run, *, show_all: bool = False) -> str:
    """The page; ``connection`` is the store that was audited, ``show_all`` opens the list of everything checked."""
    sections: list[Section] = []
    budget = MOST_BYTES
    for number, coverage in enumerate(result.coverage, 1):
        own = [f for f in result.findings if f.document == coverage.document]
        sections.append(_section(Paper(connection, coverage.document), coverage, own, f"p{number}", budget))
        budget = max(0, budget - sum(len(card.crop) for card in sections[-1].cards if card.crop))
    style = _file("style.css")
    chosen = [f for f in result.findings if f.chance is not None]
    expected = Expectation(len(chosen), sum(f.verdict == "consistent" for f in chosen), sum(f.chance or 0.0 for f in chosen))
    template = _environment().get_template("report.html")
    order = {"flagged": 0, "failed": 1, "unchecked": 2, "clear": 3}
    return template.render(
        style=Markup(style),  # our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        sections=sections,
        ranked=sorted(sections, key=lambda section: (order[section.state], -len(section.cards) - section.uncarded)),
        many=len(sections) != 1,
        summary=result.summary,
        expected=expected,
        histogram=histogram(result.findings, "all-histogram") if len(sections) > 1 else None,
        run=run,
        checks={check.id: check for check in all_checks()},
        show_all=show_all,
    )


def _section(paper: Paper, coverage: Coverage, findings: Sequence[Finding], key: str, budget: int) -> Section:
    flags = [f for f in findings if f.verdict in (*FLAGS, "error")]
    verdict = verdict_sentence(coverage, findings)
    return Section(
        key=key,
        title=coverage.title or coverage.path,
        coverage=coverage,
        meta=paper.meta,
        verdict=verdict,
        covered=coverage_sentence(coverage),
        reasons=reasons(coverage),
        others=other_numbers(findings),
        cards=cards(paper, coverage.path, flags[:MOST_CARDS], key, budget),
        uncarded=max(0, len(flags) - MOST_CARDS),
        listed=[(where(f), f) for f in sorted(findings, key=lambda f: f.place.start or 0) if f.comparison is not None],
        scatter=scatter(findings, f"{key}-scatter"),
        forests=forests(estimates(paper.comparisons, findings), f"{key}-forest"),
        nothing=verdict == NOTHING,
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_seen
    )
    environment.filters["words"] = lambda text: str(text).replace("_", " ")
    return environment


def _seen(value: object) -> object:
    """A text without characters that are not seen or that disturb what is."""
    return _UNSEEN.sub("\ufffd", value) if type(value) is str else value


def _file(name: str) -> str:
    return (resources.files("counterproof.queries.html") / "templates" / name).read_text("utf-8")
