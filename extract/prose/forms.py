"""The forms in which prose prints statistics, as one expression each; the first that fits at a place is taken."""

from __future__ import annotations

from counterproof.extract.prose.words import EFFECTS, PEOPLE_WORDS, TIME_UNITS, UNIT, WORD_NUMBERS

_D = r"\d{1,30}"
_THOUSANDS = r"\d{1,3}(?:[,\u202f]\d{3}){1,9}"
N = rf"(?:{_THOUSANDS}(?:\.{_D})?|{_D}(?:[.·]{_D})?|[.·]{_D})"
"""A number without its sign."""

_ENDLESS = r"(?:\d{0,30}[.·])?\d{31,}(?:[.,·]\d+)*"
"""Digits without end are no number; without bounds on the others, a form would count them again from each of them."""

WHOLE = rf"(?:{_THOUSANDS}|{_D})(?![\d,\u202f]{{0,40}}[.·]\d|\d)"
"""A whole number."""

_SPACED = r"[1-9]\d{0,2}(?: \d{3}){1,3}(?=\s[a-z(])"
"""A whole number of patients whose thousands stand apart: ``79 of 10 218 samples``."""

S = rf"(?:(?<![\w%)\]])[-−–‒]\s?)?{N}"
"""A number with its sign; a dash behind a digit is a range, not a sign."""

T = rf"(?:[-−–‒]\s?)?{N}"
"""The second number of an interval, where a dash before it has been read."""

_U = rf"(?:\s?%|\s?{UNIT})?"
_DASH = r"[-–—‒−‐‑~]"
_TO = rf"\s{{0,3}}(?:{_DASH}|to|and|,|;|/)\s{{0,3}}"

_STARTS = (
    r"(?:[Cc]hi[\s-]?[Ss]q|[Cc]onfid|[Cc]redib|[Ss]tandard|[Ii]nter(?:-?\s?[Qq]|vention\s[Ee])|[Qq]uart|[Rr]ang|[Hh]az|[Oo]dds|[Rr]elat|[Rr]isk"
    r"|[Rr]ate\s|[Pp]reval|[Mm]ean\s[DdEe]|[Dd]iff|[Tt]reatment\s[Ee]|[Aa]djusted|[Aa]bsol|[Cc]orrelation\s|[Rr]egression\s|[Bb]eta"
    r"|[Cc]oef|[Zz]ero|[Nn]one|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve"
    r"|[Tt]hir|[Ff]if|[Tt]wenty|[Ff]orty|(?:std?|stdev|sd|[Ee]ffects?)(?!\w)|[tzrxX](?:value|stat|sco|s(?!\w)))"
)
"""How words begin with which a form may begin."""

_WHOLE_WORD = r"(?![\w’'/+–®™-])"
_WORD = (
    rf"(?<![\w-])(?:(?!{_STARTS})(?:[a-z]{{2,}}(?![\w’'/.–-])"
    rf"|(?![Ss]tdev|[FHQUWZ](?:value|stat|sco))(?:[a-z]{{4,}}(?=\.(?!\w))|[A-Z][a-z]{{2,}}{_WHOLE_WORD}))"
    rf"|[AaPp](?!\.|[\s-](?i:hundred)){_WHOLE_WORD})"
)
"""Words with which no other form begins: within a sentence, at its end, and capital ones; and the letters that stand alone most often."""

_MARK = r"[,();:=/&%\]{}\"'“”‘’?!*]|\.(?!\d)"
"""Marks with which no other form begins."""

FORMS: tuple[tuple[str, str], ...] = (
    ("WORDS", rf"{_WORD}(?: {_WORD})*+"),
    ("MARK", _MARK),
    ("MARK", _ENDLESS),
    (
        "STAT",
        rf"(?:(?P<st_name>(?<![\w-])(?:[tFzZUHWQ]|r(?:\s?s(?!\w))?|[χΧX]\s?[2²]|[χΧ]|x[2²]|(?i:chi[\s-]?squared?)))(?:\s?(?:value|statistic|score|s))?"
        rf"\s?(?:[(\[]?\s?(?:df\s?=\s?)?(?P<st_df>{N}(?:\s?,\s?{N})?)(?:\s?,\s?[Nn]\s?=\s?(?P<st_n>{N}))?\s?[)\]]?\s?)?(?:[=:]\s?"
        rf"|(?=[<>]))(?P<st_value>(?:[<>]\s?)?{T}))"
        rf"(?:\s?[,;]\s?\(?(?:df|d\.f\.)\s?[=:]?\s?(?P<st_after>{N}(?:\s?[,;]\s?{N})?)\)?)?",
    ),
    (
        "CIV",
        rf"(?:(?P<ci_level>(?<![\d.])\d{{2}}(?:\.\d)?)\s?%?[\s-]{{0,2}})?\b(?:[Cc]onfidence[\s-][Ii]ntervals?|CIs?|C\.I\."
        rf"|[Cc]redible intervals?)(?!\w)"
        rf"(?:\s?[(\[]\s?CIs?\s?[)\]])?(?:\s?(?:was|were|of|from|=|:|,|;)){{0,2}}\s?[(\[]{{0,2}}\s?"
        rf"(?P<ci_low>{S})\s?%?{_TO}[(\[]?(?P<ci_high>{T}){_U}",
    ),
    ("SDV", rf"(?:±|\+/[-−–]|\+\s?[-−–])\s?(?:(?:SD|SEM?)\s?[:=]?\s?)?(?P<pm>{N}){_U}"),
    (
        "SDV",
        rf"(?<!\w)(?:SDs?|s\.d\.|sd|std\.?|[Ss]t\.? ?[Dd]ev\.?|[Ss]tandard [Dd]eviations?)(?!\w)\s?(?:of|was|=|:|,"
        rf"|±)?\s?(?P<sd>{N}){_U}",
    ),
    ("SEV", rf"(?<!\w)(?:SEMs?|SEs?|s\.e\.(?:m\.)?|[Ss]tandard [Ee]rrors?(?: of the mean)?)(?!\w)\s?(?:of|was|=|:|,|±)?\s?(?P<se>{N}){_U}"),
    (
        "IQRV",
        r"(?<!\w)(?:IQRs?|(?i:inter-?\s?quartile ranges?)|(?i:quartiles?)|Q1\s?[–-]\s?Q3"
        r"|25th[\s\w,–-]{0,12}75th percentiles?)(?!\w)(?:\s?[(\[]IQRs?[)\]])?"
        rf"\s?(?:was|of|from|=|:|,)?\s?[(\[]?\s?(?P<iqr_low>{S})\s?%?{_TO}(?P<iqr_high>{T}){_U}",
    ),
    (
        "RANGEV",
        rf"(?<!\w)(?i:ranges?|ranging|ranged)\b\s?(?:was|of|from|=|:|,|between)?\s?(?:from )?[(\[]?\s?(?P<range_low>{S})\s?%?"
        rf"(?:\s?(?:years?|months?|days?))?{_TO}(?P<range_high>{T}){_U}",
    ),
    ("IQRW", rf"(?<!\w)(?:IQRs?|(?i:inter-?\s?quartile ranges?))(?!\w)\s?(?:was|of|=|:|,)?\s?{N}(?!\s?{_DASH}|\s?to\b){_U}"),
    ("NEQ", rf"(?<!\w)[nN]\s?[=:]\s?(?P<neq>{N})(?![\d.]*\s?(?:[-–]|/|of|out of)\s?\d)"),
    (
        "CITE",
        r"(?<![\d%]\s)(?<![\d%=])\[\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12}\s?\](?!\s?=)"
        r"|(?<=[a-z)\]%][.,;])\d{1,3}(?:[,–-]\d{1,3}){0,6}(?=\s|$|[.,;])",
    ),
    (
        "FRAC",
        rf"(?:(?<!\w)[nN]\s?=\s?)?(?P<fr_count>(?<![\w.,·/-]){WHOLE}|(?<!\w){WORD_NUMBERS})"
        rf"(?:\s?/\s?|(?:\s[a-z]+\sout of|(?:\s{PEOPLE_WORDS})?\s(?:out of|of))\s(?:(?:the|these|all|a total of|our"
        rf"|those) )?)(?P<fr_base>{_SPACED}|{WHOLE})(?!\s?(?:%|/|per\s?cent|-))",
    ),
    ("EFFECT", rf"(?!\d)(?:{'|'.join(f'(?P<ef_{kind}>{expression})' for kind, expression in EFFECTS)})"),
    (
        "TIME",
        rf"(?<![\w.])(?=[\d.·][\d.,·]{{0,300}}+(?:[-–‑a]|\s[,\sa\d.·‑-]))"
        rf"{N}(?:-?[,–-]?\s?(?:,?\s?and\s)?{N}){{0,3}}-?\s?(?:-\s?|‑)(?:{TIME_UNITS})(?!\w)",
    ),
    ("SPAN", rf"(?<=[(\[])\s?(?P<cs_low>{S})\s?[:;,]\s?(?P<cs_high>{T})\s?(?=[)\]])"),
    ("SPAN", rf"(?P<sp_low>{S})\s?%?\s?(?:{_DASH}|\bto\b)\s?(?P<sp_high>{T})(?!\s?{_DASH}\s?\d)(?:\s?%)?"),
    ("COUNTWORD", rf"(?<![\w-]){WORD_NUMBERS}"),
    (
        "CI",
        r"\b\d{2}(?:\.\d)?\s?%[\s-]{0,2}(?:[Cc]onfidence|CIs?|C\.I\.|[Cc]redible|[Ll]imits|[Pp]ower|[Pp]rediction"
        r"|[Ss]ignificance)\b",
    ),
    ("WORD", r"\bvs?\.(?=\s)|[^\W\d_][^\W_]*(?:[-–'’/+][^\W_]+)*[®™]?|\d{1,30}(?:st|nd|rd|th)\b|\d{1,30}[-–]?[^\W\d_][\w-]*"),
    ("PCT", rf"(?P<pct>(?:[<>≤≥~≈]\s?)?{S})\s?(?:%|per\s?cent\b)"),
    ("NUM", rf"(?P<num>(?:[<>≤≥≈]\s?)?{S})(?:[\s-]?(?P<unit>{UNIT}))?"),
    ("MARK", r"\S"),
)
"""Tag and expression, roles as named groups; ordinary words and marks come first only because they are most frequent."""
