"""Settles what a claim's numbers are where their form leaves it open: a mean or a median, an interval's kind, a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from counterproof.extract.cues import cue
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Part, Token
from counterproof.extract.prose.words import TIME_UNITS
from counterproof.kb.characters import folded
from counterproof.kb.document import Document
from counterproof.kb.evidence import Kind, Method

_SURVIVAL_RATE = cue(
    "survival|os|fs|kaplan|actuarial|year|yr|month| y|-y|‑y|\u202fy|\ny",
    r"(?:survival|\b(?:os|pfs|dfs|rfs|efs|lrfs|dmfs))\b[^.;]{0,30}\bat \d+ (?:years?|months?)|\b\d+[\s‑-](?:year|yr|month"
    r"|y)s?\b[^.;]{0,60}\b(?:survival|os|pfs|dfs|rfs|efs|lrfs|dmfs|control|rates?|incidence|recurrence|probabilit)|\bkaplan|\bactuarial",
)
TIMES = re.compile(TIME_UNITS)
_MEAN_SD = re.compile(r"(?i)\bmeans?\b[^.;]{0,20}[\[(]\s?(?:±\s?)?(?:SDs?|std\.?|standard deviations?|s\.d\.)\s?[\])]")
_MEDIAN_IQR = re.compile(r"(?i)\bIQR|\binter-?\s?quartile|\bquartiles?\b|\bQ1\b")


def settled(values: Sequence[Value], tokens: Sequence[Token], text: str, methods: Sequence[Method], errors: bool = False) -> list[Value]:
    """The claims with the kinds that their sentence, else the paper's declared summaries, give to their numbers.

    ``errors``: what stands behind ± is a standard error where the sentence does not name it (see :func:`declares_errors`).
    """
    errors = errors and _DEVIATION.search(text) is None
    found: list[Value] = []
    for value in values:
        one = _settled(value, tokens, text, methods)
        if errors and one.form == "mean" and any(t.text[0] in "±+" for t in tokens[one.first : one.last]):
            one = _as(one, {"sd": "se"})
        if one.kinds == {"value"} and found and found[-1].kinds in ({"mean"}, {"median"}) and _follows(found[-1], one, tokens):
            one = _as(one, {"value": found[-1].parts[0].kind})
        found.append(_signed(one))
    return _declared(found, tokens, text, methods)


_DEVIATION = re.compile(r"\b(?:SDs?|s\.d\.|[Ss]tandard [Dd]eviations?)")


def declares_errors(document: Document, methods: Sequence[Method]) -> bool:
    """Whether the methods of a paper declare means with standard errors, and no other summary of measurements anywhere."""
    told = [method for method in methods if method.kind == "summary" and method.scope == "continuous"]
    if {method.name for method in told} != {"mean_se"}:
        return False
    places = [(block.locator.start, block.locator.end) for block in document.blocks if block.part == "methods"]
    return any(start <= method.locator.start < end for method in told for start, end in places)


_CENTRES = re.compile(r"(?i)\b(?:means?|medians?|averaged?|total|sum|change[ds]?|differences?|increased?|decreased?|from)\b|%")


def _declared(values: Sequence[Value], tokens: Sequence[Token], text: str, methods: Sequence[Method]) -> list[Value]:
    """Bare measurements set against each other by vs. are medians, where the paper declares medians and no means."""
    names = {method.name for method in methods if method.kind == "summary"}
    found = list(values)
    if not names & {"median", "median_iqr", "median_range"} or names & {"mean_sd", "mean_se"}:
        return found
    for i in range(len(found) - 1):
        pair = found[i], found[i + 1]
        bare = all(value.form == "plain" and value.kinds == {"value"} and _measured(value, tokens) for value in pair)
        link = tokens[pair[0].last : pair[1].first]
        if bare and 0 < len(link) <= 3 and link[0].tag == "VS" and not _CENTRES.search(text[: pair[0].parts[0].start]):
            found[i], found[i + 1] = (_as(value, {"value": "median"}) for value in pair)
    return found


def _measured(value: Value, tokens: Sequence[Token]) -> bool:
    """Whether a bare number has a unit or decimals, so that it counts nothing."""
    return tokens[value.first].tag in ("QTY", "DECIMAL")


def _signed(value: Value) -> Value:
    """An unnamed estimate whose interval reaches below zero is no ratio: a difference."""
    if not any(part.kind in ("estimate", "ci_low", "ci_high") and (part.number.value or 0) < 0 for part in value.parts):
        return value
    return _as(value, {"estimate": "difference"})


def _follows(one: Value, other: Value, tokens: Sequence[Token]) -> bool:
    """Whether a bare number is set beside a mean or median: ``11.2 months in the A group and 33 months``, ``16.2 vs. 6.6``."""
    link = tokens[one.last : other.first]
    units = one.parts[0].number.unit, other.parts[0].number.unit
    return 0 < len(link) <= 15 and (units[0] is None or units[0] == units[1]) and not any(t.tag in ("SEMI", "P") or t.parts for t in link)


_MIDDLE = re.compile(r"(?i)\b(?:median|mean)s?\b")


def _settled(value: Value, tokens: Sequence[Token], text: str, methods: Sequence[Method]) -> Value:
    before = text[: value.parts[0].start]
    if value.form == "proportion" and value.kinds == {"percent"}:
        near = folded(before[-120:])
        return _as(value, {"percent": "rate"}) if _SURVIVAL_RATE.search(near, near) else value
    said = _MIDDLE.search(before[-80:]) if value.form in ("mean", "median") else None
    if said and value.form == "mean" and not re.search(r"(?i)\bmeans?\b", before[-80:]):
        return _as(value, {"mean": "median"})
    if said and "min" in value.kinds and not re.search(r"(?i)\bmedians?\b", before[-80:]):
        return _as(value, {"median": "mean"})
    if value.form == "rate" and _mean_told(value, tokens, before) and not _SURVIVAL_RATE.search(text, folded(text)):
        return _as(value, {"rate": "mean"})
    if value.form == "spread":
        return _spread(value, tokens, text, before, methods)
    return _named(value, tokens) if value.form in ("plain", "interval") else value


def _mean_told(value: Value, tokens: Sequence[Token], before: str) -> bool:
    """Whether a percent is a mean by a word before it, between which and it no other measurement is told."""
    said = [hit.end() for hit in _MEAN.finditer(before)]
    if not said:
        return False
    since = next((at for at, token in enumerate(tokens) if token.start >= said[-1]), value.first)
    between = range(since, value.first)
    return not any(tokens[at].tag in ("QTY", "DECIMAL", "COUNT") and not _people(tokens, at, value.first) for at in between)


_MEAN = re.compile(r"(?i)\b(?:means?|averages?)\b(?! (?:diff|chang))")


def _spread(value: Value, tokens: Sequence[Token], text: str, before: str, methods: Sequence[Method]) -> Value:
    """A number with two numbers, or one, in brackets and no name for them."""
    if "ci_low" not in value.kinds:
        dispersion = _in_brackets(value, before, methods)
        if dispersion is None:
            return replace(value, form="plain", parts=value.parts[:1])
        return replace(value, form="mean", parts=_kinds(value.parts, ("mean", dispersion)))
    if any(token.tag in ("CIV", "CI") for token in tokens):
        first = _of_interval(value, text, before)
        return replace(value, form="rate", parts=_kinds(value.parts, (first, "ci_low", "ci_high")))
    if re.search(r"(?i)\bmedians?\b", before):
        limits: tuple[Kind, Kind] = ("q1", "q3") if _quartiles(text, methods) else ("min", "max")
        return replace(value, form="median", parts=_kinds(value.parts, ("median", *limits)))
    if not re.search(r"(?i)\bmeans?\b", before) and not _ESTIMATED.search(before[-80:]) and _quartiles("", methods):
        return replace(value, form="median", parts=_kinds(value.parts, ("median", "q1", "q3")))
    return replace(value, form="plain", parts=value.parts[:1])


_ESTIMATED = re.compile(
    r"(?i)\b(?:(?:c|concordance)[\s-](?:index|statistic)|auc|auroc|area under|differences?|increases?|decreases?|reductions?|effects?"
    r"|coefficients?|slopes?|sensitivity|specificity|accuracy|kappa)\b[^.;()\d]{0,40}$"
)
"""Words before an estimate, whose limits in brackets are those of an interval and no quartiles, whatever the paper declares."""


def _in_brackets(value: Value, before: str, methods: Sequence[Method]) -> Kind | None:
    """What a lone number in brackets behind a number is: an SD or SE where the sentence, else the declared summary, says so.

    ``-0.81 [1.11]`` is a mean with its SD where means with SDs are the only summary that the paper declares.
    """
    if _MEAN_SD.search(before):
        return "sd"
    names = {method.name for method in methods if method.kind == "summary"}
    first, second = (part.number for part in value.parts[:2])
    printed_alike = first.decimals == second.decimals > 0 and (second.value or 0) > 0 and second.comparator == "=" and not second.unit
    if not printed_alike or names & {"mean_sd", "mean_se"} == {"mean_sd", "mean_se"} or re.search(r"(?i)\bmedians?\b", before):
        return None
    spoken = re.search(r"(?i)\bmeans?\b", before) or not names & {"median", "median_iqr", "median_range"}
    return None if not spoken else "sd" if "mean_sd" in names else "se" if "mean_se" in names else None


def _of_interval(value: Value, text: str, before: str) -> Kind:
    """What a number with limits in brackets is, where the sentence speaks of confidence intervals."""
    middle = re.search(r"(?i)\b(median|mean)s?\b", before)
    if middle:
        return "median" if middle[1].lower() == "median" else "mean"
    end = value.parts[0].end
    return "rate" if "%" in text[end : end + 2] else "estimate"


def _quartiles(text: str, methods: Sequence[Method]) -> bool:
    return bool(_MEDIAN_IQR.search(text)) or any(m.kind == "summary" and m.name == "median_iqr" for m in methods)


def _named(value: Value, tokens: Sequence[Token]) -> Value:
    """A mean or a median, where that word stands before the number in its clause."""
    if value.parts[0].number.comparator in ("<", ">", "≤", "≥") or _of_time(value, tokens):
        return value
    for at in range(value.first - 1, max(-1, value.first - 26), -1):
        token = tokens[at]
        if token.tag == "EFFECT" and value.form == "interval":
            return replace(_as(value, {"estimate": cast(Kind, token.name)}), form="effect", name=token.name)
        if token.tag in ("MEAN", "MEDIAN"):
            return _middle(value, tokens, at)
        if (
            token.tag in ("SEMI", "P")
            or (token.text in _ENDS and not _in_name(tokens, at))
            or (token.parts and token.tag != "TIME" and not _people(tokens, at, value.first))
        ):
            break
    return value


_ENDS = frozenset({".", "minimum", "maximum", "min", "max", "lowest", "highest"})
"""Words and marks that part a number from the mean or median before them."""


def _in_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word belongs to the name of what a mean is of: ``the mean maximum temperature``, ``the mean time (min)``, ``in min``."""
    before = tokens[at - 1].tag if at else ""
    return before in ("MEAN", "MEDIAN", "IN") or (before == "LP" and tokens[at + 1].tag == "RP")


def _people(tokens: Sequence[Token], at: int, until: int) -> bool:
    """Whether a number counts people of whom a mean is told (``the mean age of the 30 men was 51``): no comma closes that."""
    return tokens[at + 1].tag == "PEOPLE" and not any(t.tag == "COMMA" for t in tokens[at + 2 : until])


def _of_time(value: Value, tokens: Sequence[Token]) -> bool:
    """Whether a bare number is a time that goes with a mean and not a mean: ``from baseline to 24 weeks``, ``during a 4 h infusion``."""
    token, before = tokens[value.first], tokens[max(0, value.first - 2) : value.first]
    if value.form != "plain" or not before:
        return False
    if token.tag == "QTY" and TIMES.fullmatch(token.parts[0].number.unit or ""):
        return before[-1].text in ("a", "an", "during", "per") or (before[-1].text == "to" and not before[0].parts)
    days = before[-1].text.lower() in ("days", "weeks", "months", "years", "visits")
    return token.tag == "COUNT" and (days or (before[-1].tag == "AND" and before[0].tag == "NAME" and before[0].text.isdigit()))


def _middle(value: Value, tokens: Sequence[Token], at: int) -> Value:
    """What the word "mean" or "median" at a place makes of a number behind it; ``the difference in means`` is a difference."""
    if tokens[value.first].tag == "COUNTWORD" and value.first - at > 3:
        return value
    reach = {"means": 3, "averaged": 8}.get(tokens[at].text, 0)
    between = any(t.tag == "EFFECT" and t.name == "difference" for t in tokens[max(0, at - reach) : at])
    if between and value.form == "interval":
        return replace(_as(value, {"estimate": "difference"}), form="effect", name="difference")
    kind: Kind = "difference" if between else "mean" if tokens[at].tag == "MEAN" else "median"
    return _as(value, {"value": kind, "estimate": kind})


def _as(value: Value, kinds: dict[Kind, Kind]) -> Value:
    if value.kinds.isdisjoint(kinds):
        return value
    return replace(value, parts=tuple([part._replace(kind=kinds.get(part.kind, part.kind)) for part in value.parts]))


def _kinds(parts: Sequence[Part], kinds: Sequence[Kind]) -> tuple[Part, ...]:
    return tuple(part._replace(kind=kind) for part, kind in zip(parts, kinds, strict=False))
