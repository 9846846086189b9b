"""The words of a sentence and its P-values say the same of significance.

A sentence that calls a result significant (significantly longer, a significant difference) has a P-value below the paper's level of
significance, one that denies it (did not differ, no significant difference) has a P-value at or above it. Each P-value is tied to the
words between the P-value before it and itself; P-values of one list share the words before the list.

Preconditions: one plain claim in these words; nothing is said of sentences that speak of trends, of corrected or adjusted analyses,
of interactions or equivalence, that negate in other ways, or that put the P-value before its words, nor of a coefficient of agreement or
correlation behind a denial of a difference; a denial is not held against a paper that corrects its level for multiple tests or declares
another one than 0.05.

Example: survival was significantly longer (P = 0.21), in a paper whose level of significance is 0.05.

Reference: Georgescu & Wren, Bioinformatics 2018;34:1758; Wasserstein & Lazar, The
American Statistician 2016;70:129 (statement on P-values).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import p_window, read_number
from counterproof.queries.checks import Row
from counterproof.queries.multiplicity import corrections
from counterproof.queries.places import place
from counterproof.queries.wording import Claim, claim, positions, spoken, turns

VIEW = "comparison_rows"
INSPECT_SR = "4.10"

ELSEWHERE = frozenset({"introduction", "methods", "references"})
"""Parts of a paper whose P-values are levels of significance or other studies'."""

OTHER = frozenset({
    "cited_study", "trend_test", "interaction_test", "adjusted_model", "corrected_p", "margin_test", "unreadable_p", "not_a_comparison",
})  # fmt: skip

STANDARD = 0.05

AGREEMENTS = frozenset({"r", "rs", "rho", "correlation", "kappa", "icc"})
AGREEMENT = re.compile(
    r"(?:\b(?:WK?C{0,2}|r[s²2]?|rho|ICC|CCC|tau|[Kk]appa)|[κρτ])\s{0,2}=?\s{0,2}[-−–]?(?:0?\.\d|1\.0)|\bcorrelation coefficient"
    r"|\bcoefficient of concordance\b"
)
"""A coefficient of concordance, correlation or agreement, none of which exceeds 1."""

DIFFERENCE = re.compile(r"\b(?:differ|chang|variation|variab|deviat|bias)\w*", re.IGNORECASE)
RELATION = re.compile(r"correl|associat|relat", re.IGNORECASE)
TWO_SAMPLES = re.compile(r"(?:\b[tFzZU]|χ[²2])\s{0,2}(?:\([^()]{0,20}\)\s{0,2})?[=<>]")


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each P-value in prose that is tied to a claim of significance."""
    for sentence in _sentences(rows):
        starts = positions(sentence[0]["quote"], [(row["char_start"], row["p"]) for row in sentence])
        if starts:
            yield from _judge(sentence, starts)


def _sentences(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The P-values of each sentence in their order, one row each."""
    found: dict[tuple[Any, ...], dict[int, Row]] = defaultdict(dict)
    for row in rows:
        if row["table_no"] is None and row["p"] and row["quote"] and row["part"] not in ELSEWHERE:
            found[row["document_id"], row["section"], row["quote"]].setdefault(row["char_start"], row)
    for places in found.values():
        yield [row for _, row in sorted(places.items())]


def _judge(sentence: list[Row], starts: list[int]) -> Iterator[Finding]:
    quote, end, before, first = sentence[0]["quote"], 0, "", None
    for position, (row, start) in enumerate(zip(sentence, starts, strict=True)):
        between = quote[end:start]
        listed = position > 0 and _is_separator(between)
        if not listed:
            before = between
        end = start + len(row["p"])
        last = position == len(sentence) - 1
        behind = _behind_brackets(quote[end:])
        told = claim(before) if not turns(before) and not (last and claim(behind)) and not _taken_back(behind) else None
        first = told if position == 0 else first
        if told and first and row["obstacle"] not in OTHER and not (told == "not_significant" and _of_agreement(row, before)):
            yield _finding(row, told, before, _names_level(row, behind))


def _of_agreement(row: Row, words: str) -> bool:
    """Whether the P-value tests how far measurements agree, behind a denial of their difference: with which a small P goes.

    A correlation beside the statistic of a test of two samples is the size of its effect.
    """
    denied = spoken(words)
    if not DIFFERENCE.search(denied) or RELATION.search(denied):
        return False
    agrees = AGREEMENT.search(words) or (row["kind"] in ("statistic", "effect") and str(row["effect"]).lower() in AGREEMENTS)
    return bool(agrees) and not TWO_SAMPLES.search(words)


def _is_separator(between: str) -> bool:
    """Whether only list marks and the letter P stand between two P-values."""
    return not between.lower().replace("and", "").strip(" ,;=p\u2009\u00a0\u202f-value") and len(between) < 20


def _behind_brackets(after: str) -> str:
    """What follows a P-value, without the rest of the brackets in which it stands."""
    inner, closed, rest = after.partition(")")
    return rest if closed and "(" not in inner else after


def _names_level(row: Row, behind: str) -> bool:
    """Whether ``P < 0.05`` stands amid a sentence (no significant differences (P < 0.05) between …), where it may name the level."""
    number = read_number(row["p"])
    at_level = number is not None and number.comparator in "<≤" and number.value == float(row["alpha"] or STANDARD)
    return at_level and behind.lstrip()[:1].isalpha()


def _taken_back(after: str) -> bool:
    """Whether the words right behind a P-value limit or deny what was said before it."""
    return turns(after[:60]) or any(word in after[:60].lower() for word in (" not ", "which", "respectively", "signific"))


def _finding(row: Row, told: Claim, words: str, is_level: bool) -> Finding:
    declared = float(row["alpha"] or STANDARD)
    alpha = max(declared, STANDARD) if told == "significant" else declared  # a stricter level may be meant for some tests only
    contradicts = not is_level and _contradicts(row, told, alpha)
    said = "calls the result significant" if told == "significant" else "denies significance"
    side = "not below" if told == "significant" else "below"
    level = f"{alpha:g}" + ("" if row["alpha"] and alpha == declared else " (the usual level)")
    return Finding(
        document=row["document_id"],
        check="significance_words",
        verdict="inconsistent" if contradicts else "consistent",
        place=place(row),
        reported=str(row["p"]),
        severity="high" if contradicts else "low",
        changes_conclusion=contradicts,
        message=f"The sentence {said} (“{spoken(words)}”), but its P-value {row['p']} is {side} {level}."
        if contradicts
        else f"“{spoken(words)}” agrees with P {row['p']}.",
        confidence=row["confidence"],
        inspect_sr=INSPECT_SR,
    )


def _contradicts(row: Row, told: Claim, alpha: float) -> bool:
    number = read_number(row["p"])
    if number is None or number.value is None:
        return False
    low, high = p_window(number)
    if told == "significant":
        return low >= alpha
    limited = corrections(row) or alpha != STANDARD or (row.get("sidedness") or "") == "one_sided"
    return not limited and (high < alpha or (number.comparator == "<" and number.value <= alpha))
