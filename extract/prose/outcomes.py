"""Names the outcome that a claim is about, in the words of its sentence.

Arms are masked first (``ARM``), so that "mean age was higher in the control group" is about mean age. Then the claim is about what a
difference is said to be in, else about the subject of its clause; a count of patients is about what these patients did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from counterproof.extract.prose.arms import Mention

ARM = "\u2021"
"""Stands for an arm in masked text."""

_ARMS = rf"(?:the\s|an?\s)?{ARM}(?:\s?(?:and|or|versus|vs\.?|,)\s(?:the\s)?{ARM})*"
_IN_ARM = re.compile(rf"(?i)\s?\b(?:in|for|of|to|with|among|by|from|on|between|than|compared (?:with|to)|versus|vs\.?|within|receiving|in both|that of)\s(?:(?:those|that|patients?|subjects?|participants?)\s(?:in|of|with)\s)?{_ARMS}(?:\sgroups?|\sarms?|\spatients?)?")
_CLAUSE = re.compile(r";\s|\)\s?,?\s?(?:and|while|whereas|but|or)\s|\),\s|\],\s|,\s(?:and|while|whereas|but|with|as (?:was|were|did))\s|\b(?:whereas|while)\s|:\s|—\s?(?:as (?:was|were|did)\s)?")
_LEAD = re.compile(
    r"(?i)^(?:(?:in|of|for|among|at|after|during|on|from|with|within|by|compared|regarding|as|when|following|although)\b[^,]{0,110},\s*"
    r"|(?:however|moreover|also|furthermore|in addition|additionally|similarly|overall|only|finally|conversely|likewise|thus|therefore|consequently|both|that|and|no|in total|specifically),?\s+)+"
)
_VERB = (
    r"(?:was|were|is|are|had|has|have|did|does|showed?|increased|decreased|improved|differed|occurred|developed|reached|remained|rose|fell|dropped|reported|tended|"
    r"appeared|favou?red|received|experienced|underwent|demonstrated|achieved|presented|revealed|completed|ranged|declined|seemed|got|required|varied|changed|amounted)"
)
_SUBJECT = re.compile(rf"(?i)^(?P<what>[^,;]{{2,110}}?)\s(?:also\s|not\s|both\s)?{_VERB}\b")
_DIFFERENCE = re.compile(
    r"(?i)\b(?:differences?|differ(?:ed|s)?|reductions?|increases?|decreases?|improvements?|changes?|declines?|effects?|elevations?|gains?|loss|trends?|in terms)\b[^.;,()]{0,40}?"
    r"\b(?:in|of|for|on|regarding|with respect to|as to|concerning|by)\s(?P<what>(?!terms of)[^.;()]{2,90}?)(?=\s(?:between|among|compared|than|from|at|when|with|after|was|were|is|over|during)\b|,|$)"
)
_HIGHER = re.compile(
    r"(?i)\b(?:higher|lower|longer|shorter|greater|better|worse|more|less|fewer|larger|smaller|similar|comparable|reduced|increased|improved)\s(?P<what>[^.;(),]{3,80}?)(?=\s(?:than|in|between|compared|with|was|were|at|among|after)\b|,|$)"
)
_OBJECT = re.compile(rf"(?i)^(?:{ARM}|we|there|patients?|participants?|subjects?)[^,;]{{0,30}}?\s(?:{_VERB}|observed|found|noted|detected|saw)\s(?:(?:significantly|an?|the|no|any)\s)*(?P<what>[^,;(]{{3,80}}?)(?:\sof\b)?$")
_STRIP = re.compile(
    r"(?i)^(?:(?:the|a|an|mean|median|average|overall|rates? of|incidences? of|proportions? of|numbers? of|percentages? of|frequency of|significant(?:ly)?|statistically|"
    r"both|all|any|no|higher|lower|total number of|respective|our|their|of|in|terms of|values? of|levels? of(?= the))\s+)+"
)
_DID = re.compile(r"(?i)^[\s,]*(?:of (?:all |the |these )?(?:\w+ ){0,2}?(?:patients?|subjects?|participants?)\s|patients?\s|subjects?\s|participants?\s|women\s|men\s|cases?\s|children\s)?(?:who\s|that\s)?(?P<what>(?!(?:and|or|in|of|with|at|to|for|from|per|as|on|vs|versus|than|compared)\b)[^.;,(]{4,90}?)(?=\s(?:and|while|whereas|compared|versus|vs\.?|but)\b|[.;,(]|$)")


def masked(text: str, mentions: Iterable[Mention]) -> str:
    """The text with every arm replaced by one sign, of the same length (the rest of the name becomes spaces)."""
    for mention in mentions:
        text = text[: mention.start] + ARM + " " * (mention.end - mention.start - 1) + text[mention.end :]
    return text


_NEW_CLAUSE = re.compile(r"[;]\s|[)\]]\s?,?\s?(?:and|while|whereas|but|or)\s\w+\s\w+|[,—]\s?(?:while|whereas|but|with|as (?:was|were|did))\s|\.\s|,\sand\s\w+\s\w+\s\w+")


def new_clause(between: str) -> bool:
    """Whether another clause, with a subject of its own, begins in the words between two claims."""
    return bool(_NEW_CLAUSE.search(between))


def outcome(before: str, after: str = "") -> str | None:
    """The outcome of a claim from the masked words before and, for a count of patients, behind it; None where none is named."""
    if after and (did := _DID.match(after)) and (found := _clean(did["what"])):
        return found
    clauses = [" ".join(clause.split()) for clause in _CLAUSE.split(before) if clause and clause.strip()]
    for clause in reversed(clauses[-3:]):
        if found := _of_clause(clause):
            return found
    return None


def _of_clause(clause: str) -> str | None:
    words = clause.strip(" ,([:")
    if difference := _DIFFERENCE.search(_IN_ARM.sub("", words)):
        return _clean(difference["what"])
    if seen := _OBJECT.match(_LEAD.sub("", words)):
        return _clean(seen["what"])
    plain = _LEAD.sub("", _IN_ARM.sub("", words).strip(" ,"))
    if subject := _SUBJECT.match(plain):
        return _clean(subject["what"])
    if higher := _HIGHER.search(plain):
        return _clean(higher["what"])
    return _clean(plain) if len(plain.split()) <= 9 else None


def _clean(text: str) -> str | None:
    words = " ".join(text.replace(ARM, " ").split()).strip(" ,;:([-–")
    words = _STRIP.sub("", words + " ").strip()
    if not 2 <= len(words) <= 100 or not re.search(r"[A-Za-z]{2}", words) or re.fullmatch(rf"(?i)(?:{_VERB}|groups?|arms?|it|they|this|these|those|we|there|respectively|patients?|vs\.?)", words):
        return None
    return words
