"""Cuts a sentence into tokens whose numbers are whole: P-values, intervals, dispersions, statistics, percents, counts, words.

What a general tokeniser would tear apart (``P<.001``, ``95% CI 0.30–2.87``, ``t(34) = 2.1``, ``4 of the 7``) is one token here, with
the numbers in it and their roles. The tags are the alphabet of the patterns in ``grammar``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from counterproof.extract.prose.forms import FORMS
from counterproof.extract.prose.words import EFFECTS, LABELLED, PEOPLE_WORDS, TIME_UNITS, word_number, word_tag
from counterproof.kb.characters import digits, plain
from counterproof.kb.evidence import Kind
from counterproof.kb.number_grammar import decimal_commas
from counterproof.kb.numbers import ReportedNumber, read_number
from counterproof.kb.p_values import PValue, read_p_values


class Part(NamedTuple):
    """A number within a token: what it is, and its place in the sentence."""

    kind: Kind
    number: ReportedNumber
    start: int
    end: int


class Token(NamedTuple):
    """A stretch of a sentence with its tag, the numbers in it and, for effects and statistics, which one it is."""

    tag: str
    start: int
    end: int
    text: str
    parts: tuple[Part, ...] = ()
    name: str = ""


_ANY_FORM = "|".join(f"(?P<{tag}_{i}>{form})" for i, (tag, form) in enumerate(FORMS))
_TOKEN = re.compile(rf"(?=\S|(?<=[(\[])\s)(?:{_ANY_FORM})")
"""No form begins with a space, but for an interval behind its bracket."""
_ROLES: dict[str, Kind] = {
    "st_value": "statistic", "st_df": "df", "st_after": "df", "st_n": "n",
    "ci_level": "ci_level", "ci_low": "ci_low", "ci_high": "ci_high", "pm": "sd",
    "sd": "sd", "se": "se", "iqr_low": "q1", "iqr_high": "q3", "range_low": "min", "range_high": "max", "neq": "n", "fr_count": "count",
    "fr_base": "n", "sp_low": "ci_low", "sp_high": "ci_high", "cs_low": "ci_low", "cs_high": "ci_high",
    "pct": "percent", "num": "value",
}  # fmt: skip
_FORMS = {f"{tag}_{i}": (tag, tuple(role for role in _ROLES if f"(?P<{role}>" in form)) for i, (tag, form) in enumerate(FORMS)}
"""Each form's tag and the roles of its numbers."""
PRINTED_P = re.compile(r"[Pp](?<![A-Za-z].)(?:(?![A-Za-oq-uw-z])|(?:trend|int|het|adj|corr)[a-z]{0,10}\s?[=<>≤])")
"""The letter of a P-value, alone or with what it is a P-value of."""
_RELATIONS = ("=", ":", "≈", "of", "was")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SE_SIGN = re.compile(r"(?:±|\+/-)\s?SE")


_LOWERED = re.compile(r"(?<![\w-])(?:[tFzZHQ]|[χΧX]²)\s?[₍(]?[₀-₉][₀-₉.,₍₎ ]{0,12}(?=\s?[=<>])")
"""``F ₂,₂₂ = 4.1``, ``t₍₂₈₎ = 2.1``: degrees of freedom set low."""
_ON_THE_LINE = str.maketrans("₀₁₂₃₄₅₆₇₈₉₍₎", "0123456789()")


def tokens(text: str) -> list[Token]:
    """The tokens of a sentence, left to right."""
    if not text.isascii():
        lowered = _LOWERED.sub(lambda hit: hit[0].translate(_ON_THE_LINE), text)
        if lowered != text:
            return _as_printed(tokens(lowered), text)
    commas = "," in text and not _POINT.search(text) and (_COMMA.search(text) or not text.isascii())
    if commas and decimal_commas(plain(text), False):
        return _as_printed(_tokens(_COMMA.sub(".", text)), text)
    return _tokens(text)


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    for p in _p_values(text):
        found += _between(text, at, p.start)
        found.append(Token("P", p.start, p.end, text[p.start : p.end], (Part("p_value", p.number, p.start, p.end),)))
        at = p.end
    found += _between(text, at, len(text))
    for i in range(1, len(found)):
        if found[i].tag == "EQ" and (centre := _CENTRES.get(found[i - 1].text)):
            found[i - 1] = found[i - 1]._replace(tag=centre)
    return found


_CENTRES = {"M": "MEAN", "Ms": "MEAN", "Mdn": "MEDIAN", "Md": "MEDIAN"}
"""``M = 4.9`` and ``Mdn = 4.9`` name a mean and a median."""
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_POINT = re.compile(r"[0-9]\.[0-9]")
"""A text that has decimal points has no decimal commas."""


def _as_printed(found: Sequence[Token], text: str) -> list[Token]:
    """Tokens that were read with points for decimal commas, with their numbers as the text prints them."""
    return [
        token._replace(
            text=text[token.start : token.end],
            parts=tuple(part._replace(number=part.number._replace(text=text[part.start : part.end])) for part in token.parts),
        )
        for token in found
    ]


def _p_values(text: str) -> list[PValue]:
    """The P-values that are printed as such; ``group P at 0 and 4 h`` names none."""
    found = read_p_values(text) if PRINTED_P.search(text) else []
    return [p for p in found if _stated(p.number) or text[: p.start].rstrip().endswith(_RELATIONS)]


def _stated(number: ReportedNumber) -> bool:
    """Whether a number can only be a P-value behind the letter P: it has decimals or a comparator, or is ``NS``."""
    return number.decimals > 0 or number.value is None or number.comparator != "="


def _between(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for hit in _TOKEN.finditer(text, start, end):
        tag, roles = _FORMS[hit.lastgroup or ""]
        if tag == "WORDS":
            at = hit.start()
            for word in hit[0].split(" "):
                until = at + len(word)
                found.append(_made((_tag(word), at, until, word, (), "")))
                at = until + 1
        elif tag in _WORDS:
            printed, (at, until) = hit[0], hit.span()
            tag, value = _word(printed)
            parts = () if value is None else (Part("count", ReportedNumber(printed, value), at, until),)
            found.append(_made((tag, at, until, printed, parts, "")))
        else:
            found.append(_token(text, hit, tag, roles))
    return found


_made = partial(tuple.__new__, Token)
"""A token of its fields, all given in order: a sentence has thirty, and twice as fast."""

_WORDS = frozenset({"WORD", "MARK", "COUNTWORD"})
"""The forms whose tag their word tells."""


def _token(text: str, hit: re.Match[str], tag: str, roles: Sequence[str]) -> Token:
    if roles:
        return _number(text, hit, tag, roles)
    start, end = hit.span()
    if tag == "EFFECT":
        name = next(kind for kind, _ in EFFECTS if hit[f"ef_{kind}"])
        return Token(tag, start, end, hit[0], (), name)
    return Token("NAME" if tag in ("TIME", "CITE") else tag, start, end, hit[0])


_tag = lru_cache(16384)(word_tag)


@lru_cache(16384)
def _word(text: str) -> tuple[str, float | None]:
    """The tag of a word or mark; a whole number in words has a value."""
    value = word_number(text) if text[-1:].isalpha() else None
    return (word_tag(text), None) if value is None else ("COUNTWORD", float(value))


def _number(text: str, hit: re.Match[str], tag: str, roles: Sequence[str]) -> Token:
    parts = _parts(text, hit, roles)
    name = (hit["st_name"] or "") if tag == "STAT" else ""
    if not parts or _torn(text, parts) or (tag == "FRAC" and not _is_share(text, hit.start(), parts)):
        tag, parts = "NAME", ()
    elif tag == "STAT":
        parts = tuple([_named(part, name) for part in parts])
    elif tag == "NUM":
        tag, parts = _plain(text, hit, parts[0])
    elif tag == "SDV" and _SE_SIGN.match(hit[0]):
        tag, parts = "SEV", tuple([part._replace(kind="se") for part in parts])
    return Token(tag, *hit.span(), hit[0], parts, name)


def _parts(text: str, hit: re.Match[str], roles: Sequence[str]) -> tuple[Part, ...]:
    """The numbers of a form, each in its role."""
    return tuple(
        [
            _placed(_ROLES[role], number, text, *hit.span(role))
            for role in roles
            if (printed := hit[role]) is not None and (number := _reported(printed, role)) is not None
        ]
    )


def _torn(text: str, parts: Sequence[Part]) -> bool:
    """Whether the digits go on behind a comma without a space (``6,16``): a decimal comma or a list of marks, not to be read in part."""
    start, end = parts[0].start, parts[-1].end
    before = text[start - 1 : start] == "," and text[start - 2 : start - 1].isdigit()
    return before or (text[end : end + 1] == "," and text[end + 1 : end + 2].isdigit())


_TIME_BEFORE = re.compile(
    r"(?i)\b(?:after|at|within|during|over|first|last|every|past|next|previous|until|by"
    r"|in the)\s(?:the\s(?:first\s)?)?$"
)
_TIME_AFTER = re.compile(r"(?i)\s(?:after|before|later|post|ago|follow-?up|prior|of follow)")
_TIME_UNIT = re.compile(TIME_UNITS)
_RATIO = re.compile(r"(?i)\b(?:males?|females?|sex|gender|m|f|ratio|boys|girls)\b[^;.()]{0,25}$")
_GRADES = re.compile(r"(?i)\b(?:grades?|stages?|class(?:es)?|types?|phases?|ecog|nyha|asa|gleason|figo)\s?$")
"""Words before ``3/4`` that are grades, no count of a base."""
_NAMED_ARM = re.compile(
    r"(?i)\b(?!(?:in|of|the|to|for|from|and|or|vs|versus|than|study|treatment|each|both|with|by|between|among|within)\s)[\w-]+\s(?:group|arm)\s$"
)
_PEOPLE_BEHIND = re.compile(rf"\s(?:of \d|{PEOPLE_WORDS}\b|\(\d)")
_STATISTICS = {
    **dict.fromkeys("xχc", "chi_squared"), "t": "t", "f": "F", "z": "z", "r": "r", "u": "U", "w": "W", "h": "H", "q": "Q",
}  # fmt: skip


def _is_share(text: str, start: int, parts: Sequence[Part]) -> bool:
    """Whether ``6/9`` is a count of a base: not of more than all, no ratio of men to women, and no two grades."""
    if len(parts) < 2:
        return False
    count, base = (part.number.value for part in parts[:2])
    if count is None or base is None or count > base or _GRADES.search(text, max(0, start - 20), start):
        return False
    return not _RATIO.search(text, max(0, start - 40), start)


def _named(part: Part, name: str) -> Part:
    """A test statistic carries its name where a measure carries its unit; ``rs`` is Spearman's."""
    if part.kind != "statistic":
        return part
    own = "rs" if name[0] == "r" and name.endswith("s") else _STATISTICS[name[0].lower().replace("Χ".lower(), "χ")]
    return part._replace(number=part.number._replace(unit=own))


def _placed(kind: Kind, number: ReportedNumber, text: str, start: int, end: int) -> Part:
    """The number where it stands: its unit and its equals sign left out."""
    at = text.find(number.text, start, end)
    if at >= 0:
        return Part(kind, number, at, at + len(number.text))
    return Part(kind, number._replace(text=text[start:end]), start, end)


def _plain(text: str, hit: re.Match[str], part: Part) -> tuple[str, tuple[Part, ...]]:
    """What a bare number is: a name (``Table 2``, a year), a quantity, a count, or a decimal."""
    start, end = hit.span()
    number, unit = part.number, hit["unit"]
    if unit:
        timed = _TIME_UNIT.fullmatch(unit)
        if timed and (_TIME_BEFORE.search(text, max(0, start - 20), start) or _TIME_AFTER.match(text, end)):
            return "TIME", ()
        return "QTY", (part._replace(number=number._replace(unit=unit)),)
    if (_labelled(text, start) and not _counted_in_arm(text, start, end)) or _YEAR.fullmatch(number.text):
        return "NAME", ()
    whole = number.comparator == "=" and digits(number.text).isdigit()
    return ("COUNT" if whole else "DECIMAL"), (part,)


def _labelled(text: str, start: int) -> bool:
    """Whether a word before a number makes it a name; most numbers stand behind another mark or word."""
    before = text[max(0, start - 3) : start].rstrip()[-1:]
    return (before.isalpha() or before in (".", "°")) and LABELLED.search(text, max(0, start - 20), start) is not None


def _counted_in_arm(text: str, start: int, end: int) -> bool:
    """Whether ``in the drug group 12 patients (40%)`` counts patients: the arm has a name of its own before "group"."""
    return bool(_NAMED_ARM.search(text, max(0, start - 40), start)) and bool(_PEOPLE_BEHIND.match(text, end))


@lru_cache(4096)
def _reported(text: str, role: str) -> ReportedNumber | None:
    """The number of one role; degrees of freedom may be a pair, which has no single value."""
    if role in ("st_df", "st_after") and "," in text:
        return ReportedNumber(text, None)
    value = None if text[-1].isdigit() else word_number(text)
    if role == "fr_base":
        text = text.replace(" ", "")
    return read_number(text) if value is None else ReportedNumber(text, float(value))
