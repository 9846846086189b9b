"""What kind of comparison a P-value of the text makes, and what forbids to recompute it from the numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.cues import Cue, cue
from counterproof.extract.prose.grammar import Value
from counterproof.kb.characters import folded
from counterproof.kb.evidence import ComparisonKind, Obstacle

_CUES: tuple[tuple[Obstacle, Cue], ...] = (
    (
        "interaction_test",
        cue(
            "interact|heterogene|homogene|phet|pint",
            r"(?i)\b(?:p_?)?interact(?:ion|ions|ed)\b|\b(?:p_?)?heterogeneity\b|\bhomogeneity test|\bp(?:int|het)\b",
        ),
    ),
    (
        "trend_test",
        cue(
            "trend",
            r"(?i)\b(?:p|test)[\s-]?(?:values?)? for (?:linear )?trend|\blinear trend\b|\btrend test|\btrend p\b|\bp[_-]?trend\b",
        ),
    ),
    (
        "within_arm_change",
        cue(
            "baseline|before|pre|from|post|within|time",
            r"(?i)\bfrom baseline\b|\b(?:compared|comparison|relative|respect) (?:with|to) (?:the )?(?:baseline|before|pre)"
            r"|\bbefore and after\b"
            r"|\bpre-?\s?(?:and|to|vs\.?|versus)\s?-?\s?post"
            r"|\bfrom (?:pre|post)-?(?:(?:test|treat|interven|train|operat|surg|dos|baseline|exerci|stud|program|therap|inject"
            r"|procedur)\w{0,8})? to\b"
            r"|\bfrom (?:day|week|month|visit) \d+ to\b|\bfrom\s[-−]?\d[\d.,]*[^();]{0,25}?\sto\s[-−]?\d"
            r"|\bpost-?intervention\b[^.;]{0,60}\bpre-?intervention|\bwithin[\s-](?:the )?groups?\b|\bover time\b|\btime effect"
            r"|\beffect of time"
            r"|\bafter (?:treatment|intervention|training)[^.;]{0,30}\bthan before\b|\b(?:vs\.?|versus|than) (?:baseline|before|pre-?\w*)",
        ),
    ),
    (
        "survival_test",
        cue(
            "rank|survival|time to|kaplan|os|pfs|dfs|rfs|ttp|efs|dmfs|css",
            r"(?i:\blog[\s-]*rank\b|\bsurvival\b|\btime to \w+\b|\bkaplan)|\b(?:OS|PFS|DFS|RFS|TTP|EFS|DMFS|LRFS|CSS)\b",
        ),
    ),
    (
        "adjusted_model",
        cue(
            "adjust|multi|ancova|mixed|regression|gee|independent|predict|controlling",
            r"(?i)\badjust(?:ed|ing|ment)\b|\bmulti(?:ple |-)?varia(?:te|ble)\b|\bANCOVA\b|\bmixed[\s-](?:effects?|model|linear)"
            r"|\bregression\b|\bGEEs?\b"
            r"|\bindependent (?:predictor|risk)|\bpredictors?\b|\bpredictive of\b|\bpredicted by\b|\bcontrolling for\b",
        ),
    ),
    (
        "not_a_comparison",
        cue(
            "correlat|associat|kappa|reliability|normality",
            r"(?i)\bcorrelat|\bassociat(?:ion|ed) (?:between|with)\b|\bkappa\b|\breliability\b|\bnormality\b",
        ),
    ),
)


def named_obstacle(clause: str) -> Obstacle | None:
    """The first reason that a clause names why its P-value cannot be recomputed from summaries of arms."""
    small = folded(clause)
    for name, said in _CUES:
        if said.search(clause, small):
            return name
    return None


_CORRECTED = cue(
    "bonf|holm|hochberg|hommel|benjamini|tukey|dunn|scheff|idak|idák|howell|fdr|fwe|false disc|family|corr|adj|multiplic",
    r"(?i)\b(?:bonferroni|holm|hochberg|hommel|benjamini|tukey|dunnett|dunn['’]?s|scheff[eé]|[sš]id[aá]k|games[- ]howell|FDR|FWER?"
    r"|false discovery|family-?wise|(?:correct|adjust)(?:ed|ing|ions?|ments?)\s(?:\w+\s){0,2}(?:multiple|several|repeated)"
    r"|multiplicity|(?<!yates[ -])(?<!continuity[ -])(?<!geisser[ -])(?<!feldt[ -])corrected p"
    r"|p[\s_-]?(?:corr(?:ected)?|adj(?:usted)?)(?! for))\b"
    r"(?![^.;()]{0,25}\b(?:alpha|levels?|threshold|significance))",
)
_UNCORRECTED = re.compile(r"(?i)\b(?:not|n['’]t|no longer)\s(?:\w+\s)?(?:surviv|withst|hold)|\b(?:un|not (?:been )?)(?:correct|adjust)ed\b")


def corrected(text: str) -> bool:
    """Whether the words up to a P-value say that it was corrected for several tests.

    A P-value told because it did not survive the correction is not corrected, nor is one beside a corrected level. That a difference is
    not significant, or no longer, is what a corrected P-value shows.
    """
    return _CORRECTED.search(text, folded(text)) is not None and not _UNCORRECTED.search(text)


_BEHIND = re.compile(r"\s(?:for|of|from)\s[^;,.()]{1,40}")
_MARGIN = cue("inferior|equivalence", r"(?i)\bnon[\s-]?inferior(?:ity)?\b|\bequivalence\b")


def obstacle_between(words: str, behind: str) -> Obstacle | None:
    """What the words between an effect and a P-value, or right behind it, say that it tests instead: a trend or an interaction."""
    said = _BEHIND.match(behind)
    named = named_obstacle(words + (said[0] if said else ""))
    return named if named in ("trend_test", "interaction_test") else None


def of_margin(before: str, behind: str) -> bool:
    """Whether a P-value tests against a margin: ``noninferior (difference 2%, 95% CI −1 to 5; P = .002)``, not ``P for superiority``."""
    said = _BEHIND.match(behind)
    text = before + (said[0] if said else "")
    return _MARGIN.search(text, folded(text)) is not None and "superiority" not in text[-60:]


_ITEM = re.compile(
    r"[)\]]?(?:,|,?\s(?:and|or|nor))\s(?!an?\s)(?:(?!(?:was|were|had|did|is|are|but|while|whereas|differences?|effects?|associations?"
    r"|correlations?|trend|increase|decrease|reduction)\b)(?!\w+ed\b)[\w-]+\s){1,8}[(\[](?:[Pp]|$)"
)


def item_of_list(between: str) -> bool:
    """Whether the words between two P-values only name a further item: ``no interaction for age (P = .4) or for sex (P = .1)``."""
    return _ITEM.match(between) is not None


def comparison_kind(members: Sequence[Value], clause: str) -> ComparisonKind:
    """What a P-value compares, by the numbers beside it and, for bare percents and medians, by the words."""
    if not members:
        return "unknown"
    kinds = members[0].kinds
    if members[0].form == "statistic":
        return "statistic"
    if len(members) == 1:
        return "effect"
    if "rate" in kinds or (kinds <= {"median", "min", "max", "percent"} and named_obstacle(clause) == "survival_test"):
        return "survival"
    if kinds & {"count", "percent"}:
        return "counts"
    return "means" if "mean" in kinds else "medians" if "median" in kinds else "unknown"


def obstacle(kind: ComparisonKind, members: Sequence[Value], sized: bool, change: bool, clause: str) -> Obstacle | None:
    """Why a P-value cannot be recomputed, as far as the reading shows it.

    An estimate without a name may be a ratio or a difference, so that its P cannot be told from its interval.
    ``sized`` says whether base or arm size is known for every member, ``change`` whether the members are before and after.
    """
    named = named_obstacle(clause)
    if not members:
        return named or ("within_arm_change" if change else "no_values")
    if kind == "effect" and members[0].part("estimate"):
        return named or "no_values"
    if kind in ("statistic", "effect"):
        return None
    if change or named == "within_arm_change":
        return "within_arm_change"
    if kind == "survival":
        return "survival_test"
    if named in ("interaction_test", "trend_test", "adjusted_model"):
        return named
    if kind == "medians":
        return "rank_test_on_summaries"
    if kind == "unknown" or (kind == "means" and not all(value.kinds & {"sd", "se"} for value in members)):
        return "no_dispersion"
    return None if sized else "arm_size_unknown"


_SUBGROUP = re.compile(
    r"(?i)\bsub-?groups?\b|\b(?:in|among|of|for|amongst) (?:the |those |all )?(?:\d+ )?(?:\w+ )?(?:patients?|subjects?|participants?"
    r"|women|men|children|infants|those|survivors|cases)"
    r" (?:with|without|who|whose|aged|that|having|in whom|undergoing|younger|older|whom)\b|\bper[\s-]protocol\b|\b(?:completers"
    r"|responders|survivors)\b"
    r"|\bwho (?:completed|survived|underwent|received|had)\b"
)


def subgroup(text: str) -> bool:
    """Whether a sentence speaks of a part of the patients, so that the arms' sizes are not its bases."""
    return bool(_SUBGROUP.search(text))
