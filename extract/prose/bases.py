"""What the counts of a sentence are counts of: a base that opens it, a list that shares it, a count named before, a whole sample."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from counterproof.extract.cues import cue
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Part, Token
from counterproof.kb.characters import digits, folded
from counterproof.kb.numbers import ReportedNumber

_REFERENCE = cue(
    "whom|which|them|these",
    r"\b(?:(?:of|among|amongst|in)\swhom|of\swhich|(?:of|among|amongst)\s(?:them|(?:all )?these(?!\s\d)"
    r"(?:\s(?:[a-z-]+\s)?(?:patients|women|men|children|subjects|participants|cases|infants)\b|(?=,))))\b",
)

_WHOLE_BEFORE = re.compile(
    r"(?i)(?:\b(?:analys[ie]s|study|trial|sample|population|cohort|series|database|dataset)\b[^.;,()\d]{0,30}?\s"
    r"(?:cover(?:ed|s)|compris(?:ed|es|ing)|consist(?:ed|s|ing) of|includ(?:ed|es|ing)|involv(?:ed|es|ing)|enrolled|recruited"
    r"|randomi[sz]ed)"
    r"|\b(?:we|they|researchers|investigators)\s(?:\w+ly\s)?(?:included|enrolled|recruited|randomi[sz]ed|studied|analy[sz]ed|screened))"
    r"\s(?:data (?:of|from|on) )?(?:a total of )?$"
)
_WHOLE_AFTER = re.compile(
    r"(?i)^\s(?:(?:\w+ly|met the inclusion criteria and)\s)?(?:(?:were|was|have been|had been)\s(?:\w+ly\s|then\s|thus\s)?"
    r"(?:included|enrolled|recruited|randomi[sz]ed|analy[sz]ed|registered|screened|eligible|assessed for eligibility|identified|entered"
    r"|available for (?:the )?analysis)|(?:began|started|entered|participated|took part)\b)"
)
_ALLOCATED = re.compile(r"(?i)\brandomi[sz]|\bassigned|\ballocated")
_TO_ARM = re.compile(
    r"(?i)^\s(?:(?:patients|subjects|participants|women|men|children)\s)?(?:(?:were|was)\s)?(?:randomly\s)?"
    r"(?:(?:assigned|allocated|randomi[sz]ed)\s)?to\s(?:receive\s)?(?:the\s)?(?![\d(])\w"
)


_OPENINGS = ("Of", "From", "Among")


def opening_base(text: str, tokens: Sequence[Token]) -> Part | None:
    """The base that the opening of a sentence names for its counts: ``Of the 116 patients who …, 50 (21.9%) …``."""
    if not text.startswith("of") and "Of" not in text and "From" not in text and "Among" not in text:
        return None
    for at, opening in enumerate(tokens):
        if opening.text not in _OPENINGS and not (at == 0 and opening.text == "of"):
            continue
        for position, token in enumerate(tokens[at + 1 : at + 7], at + 1):
            if token.tag == "COUNT":
                return (
                    token.parts[0] if opening.text == "of" or any(t.tag == "PEOPLE" for t in tokens[position + 1 : position + 4]) else None
                )
            if token.tag not in ("DET", "W", "OF"):
                break
    return None


def listed(tokens: Sequence[Token], values: Sequence[Value], base: Part | None) -> set[int]:
    """The bare counts of a list that a base opens: ``Of 388 patients, 7 were young, 160 had asthma, 72 …, and 3 …``."""
    found: set[int] = set()
    if base is None:
        return found
    end = next((t.start for t in tokens if t.start >= base.end and (t.tag in ("SEMI", "P") or t.text == ".")), tokens[-1].end)
    for i, value in enumerate(values):
        if base.start <= value.parts[0].start <= end and value.form == "plain" and _is_item(tokens, value, base):
            found.add(i)
    return found


def _is_item(tokens: Sequence[Token], value: Value, base: Part) -> bool:
    """Whether a bare whole number, no more than the base, stands at the head of a list's item."""
    token, number = tokens[value.first], value.parts[0].number.value
    before = tokens[value.first - 1].tag if value.first else ""
    last_comma = value.first > 1 and tokens[value.first - 2].tag == "COMMA"
    heads = (
        before == "COMMA"
        or (before == "DET" and not _did_all(tokens, value.first))
        or (before == "AND" and (last_comma or tokens[value.first - 1].text == "and"))
    )
    follows = value.last < len(tokens) and tokens[value.last].tag in ("W", "BE", "PEOPLE", "COMMA")
    limits = (number is not None and base.number.value is not None) and number <= base.number.value
    return token.tag in ("COUNT", "COUNTWORD") and heads and follows and limits


def _did_all(tokens: Sequence[Token], first: int) -> bool:
    """Whether a number is that of things done: ``completed all 12 modules``."""
    return first > 1 and tokens[first - 1].text == "all" and tokens[first - 2].text.endswith("ed")


def referred(text: str, values: Sequence[Value]) -> dict[int, int | None]:
    """Claims behind "of whom" or "of these", each with the claim that this points to; None: to the sentence before.

    Left out where it may point to more than one count.
    """
    found: dict[int, int | None] = {}
    small = folded(text)
    for hit in _REFERENCE.finditer(small, small):
        before = [i for i, value in enumerate(values) if value.parts[0].end <= hit.start() and _counts(value)]
        close = text.rfind(";", 0, hit.start()) if text.rfind(";", 0, hit.start()) < hit.start() - 3 else -1
        near = [i for i in before if values[i].parts[0].start > close]
        opens = not text[: hit.start()].strip()
        if not opens and len(near) != 1:
            continue
        end = min((at for at in (text.find(mark, hit.end()) for mark in (";", ". ")) if at >= 0), default=len(text))
        first = next((i for i, value in enumerate(values) if value.parts[0].start >= hit.end()), None)
        for i, value in enumerate(values):
            if (
                hit.end() <= value.parts[0].start < end
                and value.part("n") is None
                and (i == first or value.part("percent") or not _counts(value))
            ):
                found[i] = None if opens else near[0]
    return found


def _counts(value: Value) -> bool:
    """Whether a claim counts patients."""
    return value.form == "proportion" and value.part("count") is not None


def the_count(values: Sequence[Value]) -> Part | None:
    """The one count that a sentence names, to which the next may refer; None where it names none or several."""
    counts = [part for value in values if _counts(value) and (part := value.part("count"))]
    sizes = [part for value in values if value.form == "size" and (part := value.part("n"))]
    bases = [value for value in values if value.part("n") and value.form != "size"]
    return counts[0] if len(counts) == 1 and not sizes and not bases else None


def may_share(value: Value, base: Part) -> bool:
    """Whether a claim can be a share of a base that is only pointed to: no more than it, and with a percent that fits it.

    Where the percent does not fit, the words are taken to point elsewhere: three of three such cases in real papers did.
    """
    count, percent, whole = value.part("count"), value.part("percent"), base.number.value
    if count is None or count.number.value is None or not whole or count.number.value > whole:
        return False
    if percent is None or percent.number.value is None:
        return percent is None
    return abs(100 * count.number.value / whole - percent.number.value) <= 10.0**-percent.number.decimals


def named_as_base(tokens: Sequence[Token], value: Value, base: Part) -> bool:
    """Whether a number behind a percent is its base: "of the 130 patients" says so, after "in" or "among" its percent has to.

    Of 15 lesions (12%) in 60 patients the percent is a share of all lesions.
    """
    led = [t.text for t in tokens[value.first : value.last] if t.tag in ("OF", "IN") and t.end <= base.start]
    return value.part("count") is None or not led or led[-1] == "of" or may_share(value, base)


def set_apart(tokens: Sequence[Token], values: Sequence[Value], i: int, base: Part) -> bool:
    """Whether a claim behind a base is set against another, so that it may count others: ``27 (42%) of them, versus 87 (67%)``."""
    before = next((value for value in values[:i] if value.parts[0].start > base.start), None)
    if before is not None and _against(tokens[before.last : values[i].first]):
        return True
    behind = values[i + 1] if i + 1 < len(values) else None
    alike = behind is not None and behind.kinds == values[i].kinds
    return alike and behind is not None and _against(tokens[values[i].last : behind.first])


_PART = frozenset({"of", "among", "amongst", "including"})
"""Words that lead to a part of those counted before."""


_THESE = frozenset({"them", "these", "those", "whom", "which", "the"})


def narrowed(tokens: Sequence[Token], values: Sequence[Value], base: Part) -> set[int]:
    """The claims behind a base that may be shares of fewer: ``20 coughed, 5 (25%) of them in bed``.

    Words say so behind a claim or since the one before, its percent is the share in another number of the sentence or in those whom
    that leaves (``12 were lost; of the others …``), or it stands in one list with such a claim.
    """
    found: set[int] = set()
    told: list[Part] = []
    behind = [i for i, value in enumerate(values) if value.parts[0].start > base.start]
    for before, i in itertools.pairwise((-1, *behind)):
        value = values[i]
        since = tokens[values[before].last : value.first + 1] if before >= 0 else ()
        in_list = 0 < len(since) <= 3 and before in found
        if in_list or _says_part(tokens, value, since) or any(may_share(value, part) for part in told):
            found.add(i)
        counts = [part for part in value.parts if part.kind in ("count", "n", "value")]
        told += [*counts, *(_left(base, part) for part in counts)]
    return found


def _left(base: Part, part: Part) -> Part:
    """Those of a base whom a part of it leaves."""
    whole, taken = base.number.value, part.number.value
    left = whole - taken if whole is not None and taken is not None else None
    return part._replace(number=ReportedNumber("", left))


def _says_part(tokens: Sequence[Token], value: Value, since: Sequence[Token]) -> bool:
    """Whether words behind a claim, or since the one before it, lead to a part of those counted before."""
    if value.last < len(tokens) and tokens[value.last].text in _PART:
        return True
    return any(t.text in _PART and (t.text != "of" or after.text in _THESE) for t, after in itertools.pairwise(since))


def _against(link: Sequence[Token]) -> bool:
    """Whether words set what follows them against what was said."""
    return any(t.tag in ("VS", "COMPARED") or t.text in ("whereas", "while") for t in link)


def whole_sample(text: str, value: Value, end: int) -> bool:
    """Whether a bare count of patients is the size of all who were studied: ``The analysis covered 228 patients``."""
    if value.form != "proportion" or value.kinds != {"count"}:
        return False
    return bool(_WHOLE_BEFORE.search(text[: value.parts[0].start]) or _WHOLE_AFTER.match(text[end:]))


def allocated(text: str, value: Value) -> bool:
    """Whether a whole number is the size of an arm to which patients were allocated: ``randomised, 40 to placebo and 41 to …``."""
    part = value.parts[0]
    whole = part.number.value is not None and digits(part.number.text).isdigit() and len(value.parts) == 1
    counted = value.form == "plain" or value.kinds == {"count"}
    return whole and counted and bool(_ALLOCATED.search(text)) and bool(_TO_ARM.match(text[part.end :]))
