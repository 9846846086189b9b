"""The words of clinical prose that carry meaning for its numbers, and the tags that the patterns of ``grammar`` use for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from counterproof.kb.characters import folded
from counterproof.kb.evidence import Kind


def words(text: str) -> frozenset[str]:
    """A set of words, written as running text."""
    return frozenset(text.split())


_LETTERS = re.compile("[a-z]+")


@lru_cache(maxsize=16)
def said(text: str) -> frozenset[str]:
    """The words of a sentence in small letters, each once: one that is not among them no search for a whole word finds.

    Kept for a moment, since several readers ask for those of the same sentence.
    """
    return frozenset(_LETTERS.findall(folded(text)))


_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split(" "))}
TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(" "), 2)}


def any_case(words: Iterable[str]) -> str:
    """Words in any case as alternatives by their first letter: a search that meets another letter has done with all of them."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"[{letter}{letter.upper()}](?i:{'|'.join(found)})" for letter, found in rests.items())


_UNITS = list(SMALL)[1:10]
_BELOW_HUNDRED = rf"(?:{any_case(TENS)})(?:[\s-](?:{any_case(_UNITS)}))?|{any_case(sorted(SMALL, key=len, reverse=True))}"
WORD_NUMBERS = (
    rf"(?=[AEFNOSTZaefnostz])(?<!hundred\sand\s)(?<!hundred\s)(?<!hundred-)"
    rf"(?:(?:{any_case([*_UNITS, 'a'])})[\s-](?i:hundred)(?:(?i:\sand)?[\s-](?:{_BELOW_HUNDRED}))?"
    rf"|{_BELOW_HUNDRED}|{any_case(['none'])})(?!\s(?:hundred|thousand|million))(?![\w-])"
)
"""Expression for whole numbers in words, zero to nine hundred ninety-nine, and "none"."""


def word_number(text: str) -> int | None:
    """The value of a whole number in words, or None."""
    parts = re.split(r"[\s-]", text.lower())
    if parts == ["none"]:
        return 0
    if len(parts) > 1 and parts[1] == "hundred" and parts[0] in {"a": 1, **SMALL}:
        below = [part for part in parts[2:] if part != "and"]
        rest = word_number(" ".join(below)) if below else 0
        return None if rest is None else 100 * SMALL.get(parts[0], 1) + rest
    if parts[0] in TENS:
        return TENS[parts[0]] + (SMALL.get(parts[1], 0) if len(parts) > 1 else 0)
    return SMALL.get(parts[0]) if len(parts) == 1 else None


TIME_UNITS = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|h|minutes?|min)"

UNIT = (
    r"(?:mmHg|mm Hg|mg/d[lL]|mg/m[lL]|mg/[lL]|[µμ]g/[lL]|pg/m[lL]|ng/m[lL]|[µμ]g/m[lL]|g/d[lL]|g/[lL]|mmol/[lL]"
    r"|[µμ]mol/[lL]|pmol/[lL]|nmol/[lL]|U/[lL]|IU/[lL]"
    r"|IU|kg/m\s?(?:2|²)"
    r"|ms(?:ec)?(?:2|²)?|[mµμ]V|mEq/[lL]"
    r"|mg/m\s?(?:2|²)|mg/kg|[µμ]g/kg|m[lL]/min|[µμ]g|mcg|mg|kg|cGy|Gy|m[lL]|d[lL]|cm|mm|[µμ]m|km|kPa|cmH2O|Hz|kcal|°C|bpm|kJ"
    r"|years?|yrs?|months?|mo|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|points?|units?|times|fold|g|s|h|m|L|N|°)(?![\w/])"
)
"""Units that may stand behind a number; a number with one is a quantity, not a count of patients."""

EFFECTS: tuple[tuple[Kind, str], ...] = (
    ("hr", r"(?i:hazards? ratios?)|\b[as]?HRs?\b"),
    ("or", r"(?i:odds ratios?)|\b[ac]?ORs?\b"),
    ("rr", r"(?i:(?:relative )?risk ratios?|relative risks?|rate ratios?|prevalence ratios?)|\b[ac]?I?RRs?\b"),
    ("difference", r"(?i:\b(?:differences?|mean difference)\b)(?! between)|\b(?:W?MD|SMD|ARR|RD|M(?:ean)? diff)\b"),
    (
        "estimate",
        r"(?i:\b(?:relative |absolute )?risk reductions?\b|\b(?:adjusted )?(?:treatment |mean "
        r"|intervention )?effects?(?! sizes?)\b)",
    ),
    ("correlation", r"(?i:correlation coefficients?)"),
    ("coefficient", r"(?i:regression coefficients?|\bbeta\b|\bcoefficients?\b)|β|\bB(?=\s?=)"),
)
"""Names of effect estimates, the more telling first."""

_PEOPLE = (
    r"patients? subjects? participants? women men woman man children infants? cases? controls? persons? people "
    r"individuals volunteers males? females? girls boys students respondents neonates newborns mothers pregnant pregnancies "
    r"adults households villages eyes teeth survivors deaths events? samples users athletes players nurses physicians "
    r"residents families members animals mice rats completers responders dropouts births"
)
PEOPLE_WORDS = rf"(?:{any_case(_PEOPLE.split())})"
PEOPLE = re.compile(rf"^{PEOPLE_WORDS}$")
"""What a count may count."""
COUNTABLE = frozenset(form for word in _PEOPLE.split() for form in {word.replace("s?", ""), word.replace("?", "")})
"""The same, each word in full."""

LABELLED = re.compile(
    r"(?i)(?:^|[\s(\[–-])(?:tables?|figs?\.?|figures?|grades?|stages?|phases?|groups?|arms?|week|day|month|year|visits?|sessions?"
    r"|types?|class|levels?|time ?points?|"
    r"versions?|ver\.|v\.|no\.|nos\.|n°|chapters?|steps?|cycles?|appendix|items?|questions?|cohorts?|studies|study|trials?|protocol"
    r"|registration|"
    r"isrctn|nct|doi|page|pp?\.|vol\.|t|n|m|ct|pt|ypt|ypn|ct|cn|ecog|ps|asa|nyha|lines?|sections?|equation|eq\.|refs?\.?|wk"
    r"|experiment|part|file|box|supplement(?:ary)?)"
    r"[\s\u00a0]{0,2}$"
)
"""Words before a number that make it a name (``Table 2``, ``grade 3``, ``week 12``) and no value."""

_TAGS: dict[str, str] = {
    **dict.fromkeys(("vs", "vs.", "versus", "v"), "VS"),
    **dict.fromkeys(("compared", "comparison", "relative", "contrast", "opposed"), "COMPARED"),
    "than": "THAN",
    **dict.fromkeys(("with", "to"), "TO"),
    **dict.fromkeys(("of", "among"), "OF"),
    **dict.fromkeys(("in", "for", "at", "within", "on"), "IN"),
    **dict.fromkeys(("and", "while", "whereas", "but", "or"), "AND"),
    **dict.fromkeys(("was", "were", "is", "are", "be", "been", "had", "has"), "BE"),
    **dict.fromkeys(("mean", "means", "average", "averaged", "averages"), "MEAN"),
    **dict.fromkeys(("median", "medians"), "MEDIAN"),
    "from": "FROM",
    **dict.fromkeys(("respectively",), "RESPECTIVELY"),
    **dict.fromkeys(("the", "a", "an", "only", "about", "approximately", "all", "these"), "DET"),
}
_MARKS = {
    "(": "LP", "[": "LP", "{": "LP", ")": "RP", "]": "RP", "}": "RP", ",": "COMMA", ";": "SEMI", ":": "COLON", "=": "EQ",
    "/": "SLASH", "&": "AND",
}  # fmt: skip


def word_tag(text: str) -> str:
    """The tag of a word or of a single mark."""
    if text in _MARKS:
        return _MARKS[text]
    if PEOPLE.match(text):
        return "PEOPLE"
    return _TAGS.get(text.lower(), "W")
