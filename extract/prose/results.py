"""Tells reported P-values from declared levels, thresholds of models and legends of marks; and sentences worth reading from others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.methods.alpha import Alpha
from counterproof.extract.prose.context import speaks_of_itself
from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.prose.tokens import PRINTED_P, Token
from counterproof.extract.prose.words import COUNTABLE, PEOPLE_WORDS, SMALL, TENS, UNIT, WORD_NUMBERS, said, words
from counterproof.kb.characters import folded

_BELOW = r"\bp[\s-]?(?:values?)?\s?(?:of\s)?(?:<|≤|less|below|lower|under)"
_THRESHOLD = re.compile(
    rf"(?i)\b(?:variables?|factors?|covariates?|parameters?|predictors?|characteristics|items?|those|genes|terms?)\b[^.;]{{0,60}}{_BELOW}"
    r"(?:[^.;]|\.(?=\d)){0,120}\b(?:includ|enter|select|retain|consider|model|multivaria|candidate|remain)"
    rf"|\b(?:includ|enter|select|retain|remov|stepwise|criteri|cut-?off|threshold)[^.;()]{{0,60}}\b(?:at|if|when|with|of|was|:)\s(?:an?\s)?"
    r"p[\s-]?(?:values?)?\s?(?:of\s)?(?:<|≤|>|≥|less|=)"
)
_CONTRAST = re.compile(r"\W{0,3}(?:for|when|in|of)?\s?[^.;]{0,60}?\b(?:vs\b|versus|compared (?:with|to)|between)\s")
_LEGEND = re.compile(r"(?:[*†‡§¶#]|\b[a-e])\s{0,2}(?:[:=,]\s?|\(|indicates?\s|denotes?\s)?\s?$")
_LEVELS = frozenset({0.05, 0.01, 0.005, 0.001, 0.0001, 0.1, 0.0005, 0.00001})
_RULE = re.compile(r"(?i)\b(?:if|when|whenever|where|exclu\w+|threshold|cut-?off|criteri\w+)\b")
_P_HEAD = re.compile(r"[Pp](?<![A-Za-z].)[\s-]{0,2}(?:values?)?[^()\[\];,]{0,40}$")
_SIDED = re.compile(r"two-?(?:sided|tailed)\s$")

_DIGIT = re.compile(r"\d")
_WORDED = re.compile(r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|none)\b")
_TEEN = re.compile(r"t(?<=\w.)(?:een|y)\b")
_FORMS_OF_RESULTS = re.compile(
    "|".join(
        rf"{first}(?<!\w.){rest}"
        for first, rest in (
            ("p", r"er\s?cent\b"),
            ("C", r"Is?\b"),
            ("S", r"(?:Ds?|EM?)\b"),
            ("I", r"QR\b"),
            ("m", r"(?:edian|ean)s?\b"),
            ("M", r"(?:edian|ean)s?\b"),
            ("a", r"(?:veraged?|ssigned|llocated|[aHOR]*Rs?)\b"),
            ("A", r"veraged?\b"),
            ("r", r"(?:andomi[sz]ed|anged?|atio)\b"),
            ("H", r"[aHOR]*Rs?\b"),
            ("O", r"[aHOR]*Rs?\b"),
            ("R", r"[aHOR]*Rs?\b"),
            ("t", r"otal of\b"),
            ("T", r"otal of\b"),
            ("n", r"\s?="),
            ("N", r"\s?="),
        )
    )
    + r"|\) (?:vs|versus)|\] (?:vs|versus)"
)
"""Words and marks of results; each begins with a letter of its own, so that a search skips what begins none."""
_RESULT_WORDS = words(
    "percent cent ci cis sd sds se sem iqr median medians mean means average averaged assigned allocated randomised randomized range"
    " ranged ratio total"
)
_RATIOS = re.compile(r"Rs?\b")
_OPENED = re.compile(r"(?:[Oo]f|Among|From)\s")
_SHARE = re.compile(r"\d\s?/\s?\d")
_PEOPLE_BEHIND = rf"\s(?:\w+\s){{0,2}}{PEOPLE_WORDS}\b"
_COUNTED = re.compile(rf"\d(?<!\w.)\d*{_PEOPLE_BEHIND}")
_COUNTED_IN_WORDS = re.compile(rf"\b{WORD_NUMBERS}{_PEOPLE_BEHIND}")
_NUMBER_WORDS = frozenset({*SMALL, *TENS, "hundred", "none"})


def _worded(text: str) -> bool:
    """Whether a sentence has a number in words, or what ends like one."""
    if _TEEN.search(folded(text)):
        return True
    return not _NUMBER_WORDS.isdisjoint(said(text)) and _WORDED.search(text) is not None


def _claims(text: str) -> bool:
    """Whether a sentence prints what one without a P-value needs to claim anything."""
    return (
        "%" in text
        or "±" in text
        or _in_a_form(text)
        or _OPENED.match(text) is not None
        or ("/" in text and _SHARE.search(text) is not None)
        or _counted(text)
    )


def _in_a_form(text: str) -> bool:
    """Whether a sentence has a word or mark of results; most have no letters of one."""
    may = not said(text).isdisjoint(_RESULT_WORDS) or "=" in text or _RATIOS.search(text) or ") v" in text or "] v" in text
    return bool(may) and _FORMS_OF_RESULTS.search(text) is not None


def _counted(text: str) -> bool:
    """Whether people are counted, by digits or by a word; most sentences have no such words at all."""
    words = said(text)
    if words.isdisjoint(COUNTABLE):
        return False
    return _COUNTED.search(text) is not None or (not words.isdisjoint(_NUMBER_WORDS) and _COUNTED_IN_WORDS.search(text) is not None)


_SIZE = re.compile(r"[nN]\s?[=:]")

_LABEL = re.compile(
    rf"(?<![^\s(\[])(?:[Tt]ables?|[Ff]igs?\.?|[Ff]igures?)\s\d{{1,2}}[A-Za-z]?(?=[\s).,;:]|$)(?!\s?{UNIT}|\s?%|\s?per|[.,:;]\d)"
)
"""A table or a figure that is named, whose number is none to read."""

NO_RESULTS = frozenset({"methods", "introduction", "back"})
"""The parts of a paper whose sentences claim nothing without a P-value."""


def worth_reading(sentence: Sentence) -> bool:
    """Whether a sentence can claim anything: it prints a P-value, or is no method and prints numbers in a form of results."""
    text = sentence.text
    if sentence.block.part in NO_RESULTS:
        return PRINTED_P.search(text) is not None and (_DIGIT.search(text) is not None or _worded(text))
    digits = _DIGIT.search(text) is not None
    if not digits and not _worded(text):
        return False
    return PRINTED_P.search(text) is not None or (_claims(text) and (not digits or _prints_number(text)))


def _prints_number(text: str) -> bool:
    """Whether a sentence with digits prints a number, and not only the labels of tables and figures."""
    if "able" not in text and "ig" not in text:
        return True
    unlabelled = _LABEL.sub("", text)
    return _DIGIT.search(unlabelled) is not None or _worded(text) or (unlabelled != text and "zero" in text.lower())


def only_discusses(text: str) -> bool:
    """Whether a sentence of a discussion, if its figures are not others', has none to record.

    It prints neither a P-value nor the size of an arm, and does not say that it speaks of this study.
    """
    return not (PRINTED_P.search(text) or _SIZE.search(text) or speaks_of_itself(text))


def may_tell_figures(text: str) -> bool:
    """Whether a sentence prints numbers in a form of results."""
    return bool(_DIGIT.search(text)) and _claims(text)


def p_head(text: str, p: Token) -> int:
    """Where the letter P of a P-value stands."""
    from_here = max(0, p.start - 60)
    before = text[from_here : p.start]
    head = _P_HEAD.search(before)
    if not head:
        return p.start
    sided = _SIDED.search(before[: head.start()])
    return from_here + (sided or head).start()


def is_result(p: Token, text: str, alphas: Sequence[Alpha], note: bool, figure: bool = False) -> bool:
    """Whether a P-value of a sentence is reported, and no declared level, threshold of a model, or legend of a mark.

    ``note``: the sentence stands in a caption or a footnote, where a mark at its beginning is explained. ``figure``: it is the
    caption of a figure, where a legend that names one comparison reports its P-value.
    """
    if any(alpha.start <= p.start < alpha.end for alpha in alphas):
        return False
    number = p.parts[0].number
    if number.comparator != "=" and _THRESHOLD.search(text):
        return False
    legend = _LEGEND.search(text[max(0, p.start - 14) : p_head(text, p)])
    marked = bool(legend) or (note and text[:1] in "*†‡§¶#")
    if marked and figure and _CONTRAST.match(text, p.end):
        return True  # "*P < 0.001 for A vs B"
    return not (marked and number.comparator in "<≤=" and number.value in _LEVELS)


def reported_in_methods(p: Token, text: str) -> bool:
    """Whether a P-value without values in a methods section is a result (of a validation, say) and no rule of the analysis."""
    number = p.parts[0].number
    return number.comparator == "=" or (number.value is not None and number.value < 0.01 and not _RULE.search(text))
