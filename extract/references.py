"""Entries of reference lists: what identifies the cited work, and where one entry ends in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from counterproof.kb.document import Block, Reference

_DOI = re.compile(r"(?:doi\.org/|doi:?\s?)?(?P<doi>10\.\d{4,9}/[^\s\"<>]{4,})(?! \d)", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s?(?P<pmid>\d{5,9})\b|pubmed/(?P<linked>\d{5,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(?P<address>\d{5,9})\b")
_TITLE = re.compile(
    r"[“\"](?P<quoted>[^”\"]{15,300}?),?[”\"]"
    r"|(?:\(\d{4}[a-z]?\)\.?|et al\.?[.,:]?|(?<![\w'’-])[A-Z][\w'’-]+ [A-Z]{1,3}[.:])\s+(?P<title>[A-Z][^.?!]{15,250}[.?!])"
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d(?<![\d/.–-].{4})(?![\d/])")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)\[?(?P<number>\d{1,3})(?:\]|\.(?=\s))\s?(?=[A-Z\"“‘])")

_FIRST = 3
"""The list begins with a number up to this one, since its first lines may stand apart under the heading of another column."""


class Known(NamedTuple):
    """What the markup of an entry says of the cited work, which then is not sought in the entry's text."""

    doi: str | None = None
    title: str | None = None
    pmid: str | None = None
    year: int | None = None


NOTHING = Known()


def reference(label: str, text: str, links: Sequence[str] = (), known: Known = NOTHING) -> Reference:
    """An entry of a list, with the identifiers, title and year that are ``known``, else those that its text and its ``links`` show."""
    addressed = " ".join([text, *links])
    return Reference(
        label,
        text,
        known.doi or _doi(addressed),
        known.title or _title(text),
        known.pmid or _pmid(addressed),
        year_of(text) if known.year is None else known.year,
    )


def _doi(addressed: str) -> str | None:
    hit = _DOI.search(addressed) if "10." in addressed else None
    return hit["doi"].rstrip(".,;)]") if hit else None


def _title(text: str) -> str | None:
    hit = _TITLE.search(text)
    return (hit["quoted"] or hit["title"]).rstrip(".") if hit else None


def _pmid(addressed: str) -> str | None:
    hit = _PMID.search(addressed) if "PMID" in addressed or "pubmed" in addressed else None
    return (hit["pmid"] or hit["linked"] or hit["address"]) if hit else None


def year_of(text: str) -> int | None:
    """The year of publication that an entry names: the one in brackets, else the last, where the rest are pages or volumes."""
    bracketed = re.search(r"\(((?:19|20)\d\d)[a-z]?\)", text)
    if bracketed:
        return int(bracketed[1])
    years = _YEAR.findall(text)
    return int(years[0]) if len(set(years)) == 1 else int(years[-1]) if years else None


def from_blocks(blocks: Sequence[Block]) -> list[Reference]:
    """The entries in blocks of references, which may hold several each or a part of one.

    Entries are told by numbers that follow one another; where there are none, each block is one.
    """
    text = " ".join(block.text for block in blocks if block.kind == "reference")
    starts: list[re.Match[str]] = []
    for hit in _NUMBERED.finditer(text):
        number = int(hit["number"])
        if number == int(starts[-1]["number"]) + 1 if starts else number <= _FIRST:
            starts.append(hit)
    if len(starts) < 3:
        return [reference("", block.text) for block in blocks if block.kind == "reference" and len(block.text) > 20]
    ends = [*(hit.start() for hit in starts[1:]), len(text)]
    return [reference(hit["number"], text[hit.end() : end].strip()) for hit, end in zip(starts, ends, strict=True)]
