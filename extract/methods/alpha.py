"""Finds the sentences that declare a level of significance, so that their number is a method and not a result."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterproof.extract.cues import Cue
from counterproof.kb.characters import folded


@dataclass(frozen=True, slots=True)
class Alpha:
    """A declared level: its digits in the canonical form (``0.05``) and where the declaration stands in the sentence."""

    level: str
    start: int
    end: int


_LEVEL = r"(?P<level>0?[.·,]\s?\d{1,4}(?!\d)|[15]\s?%|(?:five|one) per\s?cent)"
_P = r"\bp(?:robability)?(?:[\s-]{0,2}values?)?"
_LESS = r"(?:(?:values?|of|for|was|were|at|a|set|less|lower|smaller|than|below|under|or|equal|to|threshold|level|[<=≤⩽])[\s,]{0,3}){1,10}"
_NOUN = r"\bsignifican(?:ce|t)\b"
_DECLARING = (
    "considered", "regarded", "accepted", "defined", "deemed", "taken", "set", "established", "assumed", "fixed", "determined", "indicat",
    "denot", "declared", "chosen", "viewed", "judged", "interpreted", "assessed at", "used as", "treated as", "specified", "adopted",
    "termed", "called", "reflect", "represent",
)  # fmt: skip
_DECLARES = rf"(?:{'|'.join(_DECLARING)})"

HINTS = ("signific", "alpha", "α", "threshold", "cutoff", "cut-off")
"""Letters of which every declaration has some."""
_HINT = Cue(HINTS, re.compile(r"[.·,15p](?:(?<=[.·,])\s?\d|(?<=[15])\s?%|(?<=p)er\s?cent)"))
"""These, and the level that every declaration has too; most sentences have not."""

_FORMS = tuple(
    Cue(words, re.compile(form))
    for words, form in (
        # "A P value < .05 was considered (statistically) significant"
        (_DECLARING, rf"{_P}\s{{0,2}}(?!=\s?0?\.\d{{3}}){_LESS}{_LEVEL}[^.;]{{0,60}}?{_DECLARES}[^.;]{{0,80}}?signific"),
        # "differences were considered significant at/when/if P < .05", "significance was set at P < .05", "defined as P<0.05"
        (_DECLARING, rf"{_DECLARES}[^.;(]{{0,60}}?{_NOUN}[^.;(]{{0,50}}?{_P}\s{{0,2}}{_LESS}{_LEVEL}"),
        (_DECLARING, rf"{_NOUN}[^.;(]{{0,60}}?{_DECLARES}[^.;]{{0,40}}?[\s(<≤=]{_LEVEL}"),
        (_DECLARING, rf"{_DECLARES}[^.;(]{{0,60}}?{_NOUN}[^.;(]{{0,40}}?(?:[<≤=]|at|of|than)\s{{0,2}}{_LEVEL}"),
        # "the significance level was 0.05", "a significance level of 5%", "level of significance: P < .05", "alpha = 0.05"
        (
            ("level", "threshold", "criteri"),
            rf"\bsignifican(?:ce|t)[\s-]{{1,2}}(?:levels?|thresholds?|criteri(?:on|a))\b[^.;]{{0,45}}?[\s(=<≤]{_LEVEL}",
        ),
        (
            ("level", "threshold", "limit", "criteri"),
            rf"\b(?:level|threshold|limit|criterion)s? (?:of|for) (?:statistical )?significance\b[^.;]{{0,40}}?[\s(=<≤]{_LEVEL}",
        ),
        (("alpha", "α"), rf"(?:\balpha\b|α)(?:[\s-]{{0,2}}(?:level|error|risk|value))?[^.;\d]{{0,20}}?[\s=<≤]{_LEVEL}"),
        (("level",), rf"\bat (?:a|the|an) (?:two-sided |2-sided |one-sided |overall )?{_LEVEL} (?:significance )?level"),
        (("level",), rf"{_LEVEL} (?:level of (?:statistical )?significance|significance level)"),
        (("threshold", "cut", "level"), rf"{_P}[\s-]{{0,2}}(?:threshold|cut-?off|significance level)s?[^.;\d]{{0,20}}{_LEVEL}"),
        # "a two-sided, 5% or lower p value was considered significant"
        (_DECLARING, rf"{_LEVEL} (?:or|and) (?:lower|less|below|smaller) {_P}[^.;]{{0,40}}?{_DECLARES}[^.;]{{0,60}}?signific"),
        # "significant if P < .05", "P < 0.05 = significant"
        (("signific",), rf"{_NOUN}[^.;()]{{0,15}}?\b(?:if|when|where|for|as)\b[^.;()]{{0,25}}?{_P}\s{{0,2}}{_LESS}{_LEVEL}"),
        (
            ("as", "was", "is", "were"),
            rf"{_P}\s{{0,2}}{_LESS}{_LEVEL} (?:as|was|is|were) (?:the )?(?:statistically )?(?:significan|level|threshold|cut)",
        ),
    )
)
"""Over text in small letters, each with words of which one is in every sentence that it finds."""


def declared_alphas(sentence: str) -> list[Alpha]:
    """The levels of significance that a sentence declares, left to right; empty for a sentence that only reports P-values."""
    found: dict[int, Alpha] = {}
    small = folded(sentence)
    if not _HINT.search(small, small):
        return []
    for form in _FORMS:
        for hit in form.finditer(small, small):
            level = _canonical(hit["level"])
            if 0 < float(level) <= 0.2:
                found.setdefault(hit.start("level"), Alpha(level, hit.start(), hit.end()))
    return [found[start] for start in sorted(found)]


def _canonical(text: str) -> str:
    """``.05``, ``0,05``, ``5%`` and ``five percent`` as ``0.05``."""
    text = "".join(text.lower().split()).replace("·", ".").replace(",", ".")
    if text.endswith("%") or "per" in text:
        return "0.01" if text[0] in "1o" else "0.05"
    return text if text.startswith("0") else "0" + text
