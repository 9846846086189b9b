"""The report of an audit as one HTML page that asks nothing of any server.

Its one script sorts and narrows lists; without it everything is shown.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import metadata, resources
from pathlib import PurePath

import duckdb
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from counterproof.kb.finding import Finding
from counterproof.queries.audit import ORDER, AuditResult, Coverage
from counterproof.queries.causes import causes
from counterproof.queries.checks import all_checks
from counterproof.queries.html.cards import Audited, Card, cards
from counterproof.queries.html.crops import MOST_BYTES
from counterproof.queries.html.forest import estimates, forests
from counterproof.queries.html.overview import expectation, flagging, ranked, states
from counterproof.queries.html.pictures import histogram, scatter
from counterproof.queries.html.sources import Paper
from counterproof.queries.report import where
from counterproof.queries.verdict_words import NOTHING, coverage_sentence, other_numbers, reasons, verdict_sentence

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, and those that turn the direction of what follows: a quote could seem to say something else."""

MOST_CARDS = 200
"""Findings of one paper that get a card; what is beyond is listed."""
MOST_IN_FULL = 60
"""Up to so many papers each has its pictures and the list of all its P-values; beyond, only its findings are shown."""
LIBRARIES = ("duckdb", "scipy", "numpy", "fisher-rxc", "pypdfium2", "lxml")
"""Those whose version may change a number or a reading."""


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
    slips: Sequence[Card]
    uncarded: int
    checks: Sequence[str]
    listed: Sequence[tuple[str, Finding]]
    scatter: Markup | None
    forests: Sequence[Markup]
    nothing: bool

    @property
    def state(self) -> str:
        """What the overview of many papers can be narrowed to: flagged, clear, unchecked or failed."""
        if self.coverage.status == "failed":
            return "failed"
        return "flagged" if self.told else "unchecked" if self.nothing else "clear"

    @property
    def told(self) -> int:
        """How many findings are told of it, slips of rounding among them."""
        return len(self.cards) + len(self.slips) + self.uncarded

    @property
    def worst(self) -> str:
        """The gravest verdict among its findings."""
        verdicts = sorted((card.finding.verdict for card in self.cards), key=lambda verdict: ORDER.get(verdict, 9))
        return verdicts[0].replace("_", " ") if verdicts else "slips of rounding" if self.slips else ""


def report(result: AuditResult, connection: duckdb.DuckDBPyConnection, run: Run, *, show_all: bool = False) -> str:
    """The page; ``connection`` is the store that was audited, ``show_all`` opens the list of everything checked."""
    checks = {check.id: check for check in all_checks()}
    full = len(result.coverage) <= MOST_IN_FULL
    sections: list[Section] = []
    budget = MOST_BYTES
    for number, coverage in enumerate(result.coverage, 1):
        own = [f for f in result.findings if f.document == coverage.document]
        sections.append(_section(Audited(Paper(connection, coverage.document), coverage.path, own, checks), coverage, number, budget, full))
        budget = max(0, budget - sum(len(card.crop) for card in (*sections[-1].cards, *sections[-1].slips) if card.crop))
    style, script = _file("style.css"), _file("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            style=Markup(style),  # our own files
            style_hash=_hash(style),
            script=Markup(script),
            script_hash=_hash(script),
            sections=sections,
            ranked=ranked(sections),
            states=states(sections),
            flagging=flagging(result.findings),
            many=len(sections) != 1,
            full=full,
            summary=result.summary,
            expected=expectation(result.findings),
            histogram=histogram(result.findings, "all-histogram") if len(sections) > 1 else None,
            run=run,
            libraries={name: metadata.version(name) for name in LIBRARIES},
            checks=checks,
            show_all=show_all,
        )
    )


def _section(audited: Audited, coverage: Coverage, number: int, budget: int, full: bool) -> Section:
    findings, paper, key = audited.findings, audited.paper, f"p{number}"
    told = causes(findings)
    made = cards(audited, told[:MOST_CARDS], key, budget)
    verdict = verdict_sentence(coverage, findings)
    return Section(
        key=key,
        title=coverage.title or PurePath(coverage.path).name,
        coverage=coverage,
        meta=paper.meta,
        verdict=verdict,
        covered=coverage_sentence(coverage),
        reasons=reasons(coverage),
        others=other_numbers(findings),
        cards=[card for card, cause in zip(made, told, strict=False) if not cause.slip],
        slips=[card for card, cause in zip(made, told, strict=False) if cause.slip],
        uncarded=max(0, len(told) - MOST_CARDS),
        checks=sorted({cause.finding.check for cause in told}),
        listed=[(where(f), f) for f in sorted(findings, key=lambda f: f.place.start or 0) if f.comparison is not None] if full else (),
        scatter=scatter(findings, f"{key}-scatter") if full else None,
        forests=forests(estimates(paper.comparisons, findings), f"{key}-forest") if full else (),
        nothing=verdict == NOTHING,
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


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
