"""What identifies a paper, from its first pages: title by its size, DOI, year."""

from __future__ import annotations

import re

from counterproof.extract.pdf.geometry import Line, View
from counterproof.extract.pdf.layout import SEGMENT_GAP, Body
from counterproof.extract.pdf.prose import lines_text
from counterproof.extract.pdf.words import cluster, split_line
from counterproof.kb.document import Metadata

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+[^\s\"<>|.,;:)\]}]")
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
    r"|case report|short communication|brief report|systematic review|meta-analysis|study protocol)(?:\s*+[:|])?\s++)+(?=[A-Z])",
    re.IGNORECASE,
)
LARGER = 1.15
"""A title is set at least this many times larger than running text …"""
UPPER = 0.6
"""… in this upper share of a page."""


def read_metadata(pages: list[View], body: Body) -> Metadata:
    """Title, DOI, PMC number and year as printed on the first two pages."""
    lines = [split_line(row, SEGMENT_GAP) for view in pages[:2] for row in cluster(view.words)]
    text = "\n".join(lines_text([part]) for row in lines for part in row).replace("-\n", "-")
    doi = _DOI.search(text)
    pmcid = _PMCID.search(text)
    year = next((hit for pattern in _YEARS if (hit := pattern.search(text))), None)
    return Metadata(
        title=_title(pages[:2], body),
        doi=doi[0] if doi else None,
        pmcid=pmcid[0] if pmcid else None,
        year=int(year[1]) if year else None,
    )


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
