"""What the words of a sentence say about significance, and where a P-value stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from counterproof.kb.characters import folded

Claim = Literal["significant", "not_significant"]

_EFFECT = (
    r"(?:differen\w+|increas\w+|decreas\w+|reduc\w+|improv\w+|associat\w+|correlat\w+|chang\w+|higher|lower|longer|shorter|greater|"
    r"less|more|fewer|better|worse|larger|smaller|superior\w*|predict\w+|declin\w+)"
)
_AFFIRMED = re.compile(
    rf"\bstatistically significant(?:ly)?\b|\bsignificantly\b|\bsignificant {_EFFECT}|\b(?:is|are|was|were) (?:highly )?significant\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\bno (?:statistically )?(?:significant|significance)\b|\bnot? (?:statistically )?significant(?:ly)?\b|"
    r"\bnon-?significant(?:ly)?\b|\bnot (?:statistically )?differ(?:ent|ed)?\b|\bno (?:statistical(?:ly)? )?differences?\b|"
    rf"\binsignificant {_EFFECT}|\bnot (?:a |any )?(?:statistically )?significant\b|\bnot reach (?:statistical )?significance\b|"
    r"\bwithout (?:any )?(?:statistically )?significant\b",
    re.IGNORECASE,
)
_STEMS = ("signific", "differ")
"""A stretch that claims or denies significance has one of these."""

_NEGATION = re.compile(
    r"\b(?:no|not|nor|neither|none|without|never|nothing|lack\w*|fail\w*|absence|only|except|unless|cannot|non|insignificant\w*|apart from|"
    r"other than|aside from|besides|similar\w*|comparable|unchanged)\b|n't\b|n’t\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:trend\w*|tend\w*|border-?line|marginal\w*|near(?:ly|ed)?|almost|approach\w*|close to|clinical\w* significant|threshold|"
    r"level of|considered|defined|set at|deemed|adjust\w+|correct\w+|bonferroni|interaction|heterogeneity|inferior\w*|equivalen\w*|"
    r"hypothes\w+|would|if|whether|power\w*|expected|assum\w+|univari\w+|multivari\w+|after controlling|sensitivity anal\w+|"
    r"longer significant|remain\w*|one-(?:sided|tailed)|post[- ]hoc|q ?=|fdr|homogene\w+|normality)\b",
    re.IGNORECASE,
)
"""Words with which a sentence speaks of something else than plain significance, or of two analyses at once."""

_NEW_CLAUSE = re.compile(
    r"(?:,|\band\b|\bwith\b)[^()]{0,80}\b(?:was|were|is|are|did|had|has|showed|rose|fell|remained|increased|decreased|improved)\b",
    re.IGNORECASE,
)
"""Behind the telling words: the sentence goes on to another result, whose the P-value may be."""

_COMPARED = re.compile(
    r"\b(?:lower|higher|longer|shorter|greater|fewer|better|worse|larger|smaller|(?:increas|decreas|reduc|improv)ed)\b", re.IGNORECASE
)

_TURN = re.compile(r"\b(?:but|whereas|while|although|though|however|yet|despite|in contrast)\b|;", re.IGNORECASE)


def claim(words: str) -> Claim | None:
    """What a stretch of a sentence says: significant, not significant, or None where it says neither or is not plain."""
    small = folded(words)
    if not any(stem in small for stem in _STEMS) or _LIMITED.search(words):
        return None
    denied = _DENIED.search(words)
    rest = _DENIED.sub(" ", words)
    affirmed = _AFFIRMED.search(rest)
    if denied and not affirmed and not _NEGATION.search(rest):
        behind = words[denied.end() :]
        return None if _NEW_CLAUSE.search(behind) or _COMPARED.search(behind) else "not_significant"
    if affirmed and not denied and not _NEGATION.search(words):
        return None if _NEW_CLAUSE.search(words[affirmed.end() :]) else "significant"
    return None


def turns(words: str) -> bool:
    """Whether a stretch of a sentence sets one statement against another."""
    return bool(_TURN.search(words))


def spoken(words: str) -> str:
    """The words of a stretch that carry the claim, for a message: from the first telling word on."""
    hit = _DENIED.search(words) or _AFFIRMED.search(words)
    return " ".join(words[hit.start() : hit.end() + 40].partition("(")[0].split()[:6]).strip(" ,;:") if hit else ""


def positions(quote: str, numbers: Sequence[tuple[int, str]]) -> list[int] | None:
    """Where numbers of a sentence stand in it, from their offsets in the document; None where that is not plain.

    ``numbers`` are offset and text of each, in order.
    """
    first, text = numbers[0]
    starts = [start for start in _places(quote, text) if all(quote.startswith(other, start + at - first) for at, other in numbers)]
    return [starts[0] + at - first for at, _ in numbers] if len(starts) == 1 else None


def _places(quote: str, text: str) -> Iterator[int]:
    """Where a text begins in a sentence, wherever it stands."""
    start = quote.find(text)
    while start >= 0:
        yield start
        start = quote.find(text, start + max(1, len(text)))
