"""What identifies a paper, from its first pages: title by its size, DOI, year."""

from __future__ import annotations

import re

from counterproof.extract.pdf.geometry import Line, View
from counterproof.extract.pdf.layout import SEGMENT_GAP, Body
from counterproof.extract.pdf.prose import lines_text
from counterproof.extract.pdf.words import cluster, split_line
from counterproof.kb.document import Metadata

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+[^\s\"<>|.,;:)\]}]")
_BROKEN = ("-", "/", "_")
_PMCID = re.compile(r"\bPMC\d{5,9}\b")
_YEARS = (
    re.compile(r"\bpublished\b[^.;]{0,60}?\b((?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"(?:©|\(c\)|copyright)\D{0,40}?\b((?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"[(\s]((?:19|20)\d\d)\)?[;,:]\s?\d"),
    re.compile(r"\b((?:19|20)\d\d)\b"),
)
_ARTICLE_TYPE = re.compile(
    r"^(?:(?:open(?: access)?|article"
    r"|(?:original |research |review |clinical |full-length )(?:research |article|paper|study|investigation|trial)"
    r"|case report|short communication|brief report|systematic review|meta-analysis|study protocol)(?:\s*+[:|])?\s++)+(?-i:(?=[A-Z]))",
    re.IGNORECASE,
)
LARGER = 1.15
"""A title is set at least this many times larger than running text …"""
UPPER = 0.6
"""… in this upper share of a page."""


def read_metadata(pages: list[View], body: Body) -> Metadata:
    """Title, DOI, PMC number and year as printed on the first two pages."""
    parts = [part for view in pages[:2] for row in cluster(view.words) for part in split_line(row, SEGMENT_GAP)]
    printed = "\n".join(lines_text([part]) for part in parts)
    text = printed.replace("-\n", "-")
    pmcid = _PMCID.search(text)
    year = next((hit for pattern in _YEARS if (hit := pattern.search(text))), None)
    return Metadata(
        title=_title(pages[:2], body),
        doi=_doi(printed, pages),
        pmcid=pmcid[0] if pmcid else None,
        year=int(year[1]) if year else None,
    )


def _doi(printed: str, pages: list[View]) -> str | None:
    """The first DOI; one that a line breaks at its hyphen goes on as it is printed elsewhere, else below in its own column."""
    found = [hit[0] for hit in _DOI.finditer(printed)]
    if not found or not found[0].endswith(_BROKEN):
        return found[0] if found else None
    whole = next((doi for doi in found if doi.startswith(found[0]) and not doi.endswith(_BROKEN)), None)
    return whole or next((doi for view in pages[:2] if (doi := _gone_on(view, found[0]))), None)


def _gone_on(view: View, begun: str) -> str | None:
    """A DOI that a line ends within, with the first word of the next line at the same left edge."""
    parts = [part for row in cluster(view.words) for part in split_line(row, SEGMENT_GAP)]
    for at, part in enumerate(parts):
        if part.text.endswith(begun):
            below = (p for p in parts[at + 1 :] if abs(p.x0 - part.x0) < part.size and part.base < p.base < part.base + 2 * part.size)
            if rest := next(below, None):
                hit = _DOI.match(begun + rest.words[0].text)
                return hit[0] if hit else None
    return None


def _title(pages: list[View], body: Body) -> str | None:
    """The lines in the largest type, of four words or more, in the upper part of the first page (or of the second, after a cover)."""
    for view in pages:
        parts = [p for row in cluster(view.words) for p in split_line(row, SEGMENT_GAP) if p.base < UPPER * view.height]
        large = [p for p in parts if p.size >= LARGER * body.size and any(c.islower() for c in p.text)]
        for size in sorted({round(p.size, 1) for p in large}, reverse=True):
            lines = _run([p for p in large if abs(p.size - size) < 0.2])
            if sum(len(p.words) for p in lines) >= 4:
                return _ARTICLE_TYPE.sub("", lines_text(lines))
    return None


def _run(lines: list[Line]) -> list[Line]:
    """The first lines of these that follow each other closely."""
    run: list[Line] = []
    for line in lines:
        if run and line.base - run[-1].base > 2.0 * line.size:
            break
        run.append(line)
    return run
