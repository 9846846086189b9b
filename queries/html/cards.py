"""A finding as the report shows it: everything that its card holds, as plain values for the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from counterproof.kb.finding import FLAGS, Finding
from counterproof.queries.causes import Cause
from counterproof.queries.checks import Check
from counterproof.queries.html.attribution import attribution_picture
from counterproof.queries.html.crops import Region, crops
from counterproof.queries.html.marking import Piece, ShownTable, marked_quote, marked_table
from counterproof.queries.html.pictures import meets, methods_picture, strict, window
from counterproof.queries.html.sources import Number, Paper, Row
from counterproof.queries.method_names import method_name
from counterproof.queries.report import DOUBTFUL, where
from counterproof.queries.telling import shown_set, told_decimals
from counterproof.queries.verdict_words import CLAIM_OF_ONE, chance_sentence
from counterproof.queries.working import workings

ROLES = {
    "declared": "named by the paper",
    "standard": "standard for such data",
    "regrouped": "on another grouping",
    "misuse": "does not suit such data",
}
MOST_METHODS = 60
"""So many methods a role are listed; the number of the others is told."""
MOST_TABLES = 3
MOST_CELLS = 4_000
"""Cells that the whole tables of one paper's cards have together; later cards have their excerpt only."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method tried: its name, its role in words, what it allows, and whether that meets what is printed (in words)."""

    name: str
    role: str
    allows: str
    gives: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A flag that another finding explains: where, what is printed, what was found."""

    where: str
    reported: str
    message: str


@dataclass(frozen=True, slots=True)
class Card:
    """One finding with all that is shown of it."""

    id: str
    finding: Finding
    claim: str
    where: str
    more: tuple[str, ...]
    note: str
    explains: Sequence[Explained]
    doubtful: bool
    quote: Sequence[Piece]
    methods: Sequence[Method]
    untold: int
    allowed: str
    alternatives: str
    chance: str
    working: str
    example: str
    excerpt: ShownTable | None
    tables: Sequence[ShownTable]
    crop: str | None
    page: int | None
    picture: Markup | None
    attribution: Markup | None


@dataclass(frozen=True, slots=True)
class Audited:
    """What the cards of one paper are made from: the paper, its file's path, all findings of it, and the checks by id."""

    paper: Paper
    path: str
    findings: Sequence[Finding]
    checks: Mapping[str, Check]


def cards(audited: Audited, told: Sequence[Cause], key: str, budget: int) -> list[Card]:
    """The cards of these causes in one paper; ``key`` begins their ids, ``budget`` bounds the bytes of their images."""
    paper, findings = audited.paper, [cause.finding for cause in told]
    numbers = [paper.numbers(finding) for finding in findings]
    worked = workings(paper.comparisons, findings)
    images = _images(paper, audited.path, findings, numbers, budget)
    made: list[Card] = []
    cells = 0
    for position, (cause, own, image) in enumerate(zip(told, numbers, images, strict=True), 1):
        working = "" if (n := cause.finding.comparison) is None else worked.get(n, "")
        made.append(_card(audited, cause, own, f"{key}-{position}", working, image, whole=cells < MOST_CELLS))
        cells += sum(len(row or ()) for table in made[-1].tables for row in table.rows)
    return made


def _card(audited: Audited, cause: Cause, numbers: Sequence[Number], id: str, working: str, crop: str | None, *, whole: bool) -> Card:
    paper, finding = audited.paper, cause.finding
    check = audited.checks.get(finding.check)
    listed = _methods(finding)
    tables = [paper.tables[no] for no in paper.tables_of(finding, numbers)[:MOST_TABLES] if no in paper.tables]
    pointing = replace(finding, more_places=(*finding.more_places, *(one.place for one in cause.explains)))
    excerpt = marked_table(tables[0], numbers, pointing, excerpt=True) if tables else None
    return Card(
        id=id,
        finding=finding,
        claim=CLAIM_OF_ONE.get(finding.verdict, finding.verdict.replace("_", " ")),
        where=where(finding),
        more=tuple(" ".join(place.quote.split()) for place in finding.more_places if place.quote != finding.place.quote),
        note=cause.note,
        explains=[Explained(where(f), f.reported, f.message) for f in cause.explains],
        doubtful=finding.confidence < DOUBTFUL and finding.verdict in FLAGS,
        quote=marked_quote(paper, finding, numbers),
        methods=listed,
        untold=len(finding.recomputed) - len(listed),
        allowed=_allowed(finding),
        alternatives=_alternatives(finding),
        chance=chance_sentence(finding.chance) if finding.chance is not None else "",
        working=working,
        example=check.example if check else "",
        excerpt=excerpt,
        tables=_whole(tables, excerpt, numbers, pointing) if whole else (),
        crop=crop,
        page=finding.place.box.page if finding.place.box else None,
        picture=methods_picture(finding, f"{id}-methods"),
        attribution=attribution_picture(finding, audited.findings, f"{id}-attribution"),
    )


def _whole(tables: list[Row], excerpt: ShownTable | None, numbers: Sequence[Number], finding: Finding) -> list[ShownTable]:
    """The tables at length, without the first where its excerpt already is the whole of it."""
    further = tables if excerpt is None or None in excerpt.rows else tables[1:]
    return [marked_table(table, numbers, finding) for table in further]


def _allowed(finding: Finding) -> str:
    """What the tests that the paper names (else the standard ones) allow together."""
    methods = strict(finding)
    if not methods:
        return ""
    said = "tests that the paper names" if methods[0].role == "declared" else "standard tests for such data"
    return f"{shown_set(sorted(i for r in methods for i in r.intervals), told_decimals(finding.reported))} ({said})"


def _alternatives(finding: Finding) -> str:
    """How many methods were tried, and which of them give what is printed."""
    if not finding.recomputed:
        return ""
    giving = list(dict.fromkeys(method_name(r.method) for r in finding.recomputed if meets(finding, r)))
    tried = f"{len(finding.recomputed)} methods were" if len(finding.recomputed) > 1 else "1 method was"
    if not giving:
        return f"{tried} tried; none gives what is printed, rounded to its digits."
    return f"{tried} tried; {', '.join(giving[:3])}{' and others' if len(giving) > 3 else ''} give{'s' * (len(giving) == 1)} it."


def _methods(finding: Finding) -> list[Method]:
    """Every method tried, those that give what is printed first within their role."""
    told, hits = "yes", _hits(finding, cut=False)
    if not hits:
        told, hits = "if cut off, not rounded", _hits(finding, cut=True)
    listed: list[Method] = []
    for role, words in ROLES.items():
        own = [
            Method(method_name(one.method), words, shown_set(one.intervals, 4), told if position in hits else "")
            for position, one in enumerate(finding.recomputed)
            if one.role == role
        ]
        listed += sorted(own, key=lambda method: not method.gives)[:MOST_METHODS]
    return listed


def _hits(finding: Finding, *, cut: bool) -> set[int]:
    """Which of the recomputations meet the printed P."""
    printed = window(finding.reported, cut=cut)
    if printed is None:
        return set()
    low, high = printed[0] - 1e-9, printed[1] + 1e-9
    return {n for n, one in enumerate(finding.recomputed) if any(a <= high and b >= low for a, b in one.intervals)}


def _images(paper: Paper, path: str, findings: Sequence[Finding], numbers: Sequence[Sequence[Number]], budget: int) -> list[str | None]:
    """The crops of the findings that have a box on a page of a PDF."""
    found: list[str | None] = [None] * len(findings)
    if paper.meta.get("format") != "pdf":
        return found
    regions: dict[int, Region] = {}
    for position, (finding, own) in enumerate(zip(findings, numbers, strict=True)):
        if finding.place.box:
            table = next((n.table for n in own if n.flagged and n.table is not None), None)
            regions[position] = finding.place.box, [n.box for n in own if n.box and not n.flagged], paper.table_box(table)
    for position, image in zip(regions, crops(path, paper.id, list(regions.values()), budget), strict=True):
        found[position] = image
    return found
