"""What an export says of the paper itself: its title, DOI and year, where that is plain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line
from counterproof.extract.text.prose import Piece
from counterproof.kb.document import Metadata

_DOI = re.compile(r"(?:doi\.org/|doi:?\s{0,2})(?P<doi>10\.\d{4,9}/[^\s\"<>,;]+)", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\d{5,9}\b")
_YEAR = re.compile(r"(?:©|\bcopyright|published(?: online)?:?|accepted:?|received:?)[^\n]{0,40}?\b((?:19|20)\d\d)\b", re.IGNORECASE)
_AUTHORS = re.compile(r"[A-Z][\w.'’-]+(?: [\w.'’-]+){1,4}(?:[\d*,†‡ ]{0,8}),.{0,400}|.*\b(?:MD|PhD|MSc)\b")
_LABEL = re.compile(
    r"(?:open access|research(?: article)?|original (?:article|research|paper)|clinical study|review(?: article)?|article|editorial)\W*$",
    re.IGNORECASE,
)
_N_LINES = 60


def metadata(all_lines: Sequence[Line], pieces: Sequence[Piece], joiner: Joiner) -> Metadata:
    """Title, DOI, PMC number and year; ``all_lines`` still hold the running heads, where a DOI often stands."""
    head = "\n".join(line.text for line in all_lines[:_N_LINES])
    doi = _DOI.search(head)
    pmcid = _PMCID.search(head)
    year = _YEAR.search(head)
    return Metadata(
        title=_title(pieces, joiner),
        doi=doi["doi"].rstrip(".)]") if doi else None,
        pmcid=pmcid[0] if pmcid else None,
        year=int(year[1]) if year else None,
    )


def _title(pieces: Sequence[Piece], joiner: Joiner) -> str | None:
    """The first stretch of a few lines without a full stop that stands above authors or an abstract."""
    for i, piece in enumerate(pieces[:6]):
        if piece.part != "front" or piece.kind not in ("paragraph", "heading"):
            return None
        lines = [line.text for line in piece.lines]
        if _LABEL.match(lines[0]):
            continue
        cut = next((k for k in range(1, min(4, len(lines))) if _AUTHORS.match(lines[k])), None)
        followed = i + 1 < len(pieces) and bool(pieces[i + 1].lines) and bool(_AUTHORS.match(pieces[i + 1].lines[0].text))
        if cut is None and not followed:
            return None
        title = joiner.join(lines[:cut])
        return title if 20 < len(title) < 350 and not title.endswith(".") else None
    return None
