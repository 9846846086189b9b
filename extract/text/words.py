"""The words by which tables are known: heads of stubs, sizes of arms, openings of notes."""

from __future__ import annotations

import re

from counterproof.extract.text.values import peel

STUB = re.compile(
    r"(?:(?:baseline |patients?['’]? |clinical |demographic |study |anatomic(?:al)? )?"
    r"(?:characteristics?|variables?|factors?|parameters?|outcomes?|events?|covariates?|items?|measures?|features?|predictors?|categor(?:y|ies)"
    r"|domain|endpoints?|adverse events?|location|subgroups?|demographics?|patient no\.?|case no\.?|patient|study|author|no\.|symptoms?"
    r"|toxicity|complications?|treatment|drug|group|gene|model|test|time|visit|site))\b",
    re.IGNORECASE,
)
"""The usual heads of a stub, at a text's start."""

SIZE = re.compile(r"[(\[]?\s?[nN]\s?=\s?\d[\d,\u202f]*\s?[)\]]?")
"""An arm's size."""

ENDS = re.compile(r"[.:?!][\])'\"”’]*$")
"""The end of a sentence."""

_NOTE = re.compile(
    r"(?:values? (?:are|is|were|in|represent|expressed)|data (?:are|is|were|shown|presented|expressed)|numbers? (?:are|in)"
    r"|results (?:are|were)|notes?\b|abbreviations?\b|legend|key:|sources?:|significan(?:t|ce)\b.{0,30}(?:p|at|level|difference)"
    r"|p[- ]?values? (?:are|is|were|in|from|for|by|<)|bold\b|statistic(?:s|al|ally)\b|unless\b|footnotes?"
    r"|percentages? (?:are|may|in|do)|mean ?± ?|continuous (?:variables|data)|categorical)",
    re.IGNORECASE,
)
_MARK_START = re.compile(
    r"[*†‡§¶#‖ᵃᵇᶜᵈᵉᶠ]{1,4}\s?[^\W_]|[a-h][.):]?\s?[A-Z][a-z]|[b-h]\s[a-z]{3}|a\s[a-z]{3,}\s[a-z]{4,}|\([a-h*]\)\s?[A-Z]"
)
_ABBREVIATION = re.compile(
    r"(?=\S{0,14}[A-Z0-9]\S{0,14}[A-Z0-9])[A-Z0-9][\w+/%-]{0,14}(?:\s[A-Z]\w{0,10})?\s?[,:=]\s?"
    r"(?!(?:n|no|the|a|an|this|these|we|years?|kg|in)\b)[a-zA-Z][^\d]{3,80}(?:[;,.]|$)"
)


def begins_with_mark(text: str) -> bool:
    """Whether a line opens with a footnote's mark."""
    return bool(_MARK_START.match(text))


def is_note(text: str) -> bool:
    """Whether a line opens a table's note: a mark, a phrase like "Values are", or a list of abbreviations."""
    phrase = _NOTE.match(text)
    if begins_with_mark(text) or (phrase and text[0].isupper()):
        return True
    return bool(_ABBREVIATION.match(text)) and not peel(text).values
