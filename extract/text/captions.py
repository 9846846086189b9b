"""Captions at the start of a line: where a table or figure says its number, and not a sentence that begins ``Table 2 shows``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:[A-Z]{1,2}[-.]?)?\d{1,3}[A-Za-z]?(?:\.\d{1,2})?|[IVXL]{1,6}"
_TABLE = re.compile(
    rf"(?P<label>(?:supplementa(?:ry|l)\s|e|web\s|appendix\s|extended data\s)?(?:table|tab\.)\s*(?:{_NUMBER}))(?![\w/%-])(?P<rest>.*)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:supplementa(?:ry|l)\s|extended data\s)?(?:fig(?:ure|\.)?|box|scheme|chart|graph|video)\s*(?:S?\d+|[IVX]+)(?P<rest>\b.*)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"^[\s,;)\]]*(?:and|or|to|in|of|for|from|on|with|by|also|below|above|was|were|is|are|has|had|have|we|which|that|as|shows?|showed|presents?"
    r"|lists?|listed|summari[sz]e[sd]?|gives?|displays?|describe[sd]?|reports?|provides?|contains?|illustrate[sd]?|demonstrate[sd]?|compares?"
    r"|outlines?|details|indicates?|reveals?|depicts?|represents?|includes?|highlights?|suggests?)\b|^\s*[,;)\]]"
)
_CONTINUED = re.compile(r"^[\s.:(–—-]*\b(?:continued|cont(?:inued)?\b\.?|cont['’]d)\b[\s.)]*", re.IGNORECASE)
_SPACED = re.compile(r"^(?:[A-Za-z] ){3,}[A-Za-z](?!\w)")


@dataclass(frozen=True, slots=True)
class Caption:
    """A table's label as printed and the rest of its line."""

    label: str
    rest: str
    continued: bool


def table_caption(text: str) -> Caption | None:
    """The caption that this line opens, None for any other line."""
    text = _SPACED.sub(lambda hit: hit[0].replace(" ", ""), text)
    hit = _TABLE.match(text)
    if not hit or hit["label"][0] == "t" or _SENTENCE.match(hit["rest"]):
        return None
    rest = hit["rest"]
    again = _CONTINUED.match(rest)
    if again:
        rest = rest[again.end() :]
    return Caption(hit["label"], rest.strip(" .:|—–-") if rest.strip(" .:|—–-") else "", bool(again))


def is_figure_caption(text: str) -> bool:
    """Whether this line opens a figure's caption."""
    hit = _FIGURE.match(text)
    return bool(hit and text[0].isupper() and not _SENTENCE.match(hit["rest"]))
