"""P-values that tell again what stands elsewhere in the paper with its numbers: one fact, several mentions.

A sentence such as "pain was lower in the drug group (P = 0.012)" prints no numbers of its own. Where exactly one comparison with numbers
tells of the same outcome with the same P-value, the numbers are those of that comparison, and so is the recomputation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from counterproof.kb.numbers import read_number
from counterproof.queries.comparisons import Group
from counterproof.queries.mentions import tells, words

Names = frozenset[str]

PLAIN = frozenset({"no_values", "no_dispersion", "arm_size_unknown", "single_arm"})
"""Obstacles of a sentence that only says too little, so that it may speak of the plain comparison of a table."""

FORBIDDEN = frozenset({"cited_study", "unreadable_p", "interaction_test", "trend_test", "not_a_comparison", "margin_test"})
"""Obstacles that make it another fact, whatever the digits."""

PART = re.compile(r"sub-?group|sensitivity|adjust|interaction|trend|stratif|per[- ]protocol|multivaria|regression|correlat", re.IGNORECASE)
"""Words of a sentence that speaks of a part of the patients or of another analysis."""

GENERAL = frozenset({
    "overall", "total", "all", "other", "yes", "none", "moderate", "large", "small", "effect", "analysis", "analyse", "duration",
    "intervention", "treatment", "change", "type", "condition", "baseline", "outcome", "result", "subgroup", "time", "group",
})  # fmt: skip
"""Words that name no outcome of their own."""

REACH = 160
"""How many characters before its P-value a sentence may name the outcome."""

_NUMBERS = ("count", "percent", "mean", "sd", "se", "median", "estimate", "ci_low", "ci_high", "statistic", "df")
_DECIMALS = re.compile(r"(?<!\d)\d++[.·]\d+")
_UNIT = re.compile(r",\s*[^,\s]{1,10}$")
_OPEN = str.maketrans("()[]", "    ")


def restated(every: Iterable[Group]) -> dict[str, Group]:
    """For each P-value without numbers of its own (by key) the one comparison of its paper that tells the same with numbers."""
    papers: dict[str, list[Group]] = defaultdict(list)
    for group in every:
        papers[group.first["document_id"]].append(group)
    return {key: target for groups in papers.values() for key, target in _of_paper(groups)}


def _of_paper(groups: list[Group]) -> Iterator[tuple[str, Group]]:
    offered: dict[tuple[str, float | None], list[Group]] = defaultdict(list)
    for group in groups:
        if not group.obstacle and group.first["kind"] != "unknown":
            offered[_printed(group)].append(group)
    bare = [g for g in groups if g.first["table_no"] is None and g.obstacle and g.obstacle not in FORBIDDEN]
    if not bare or not offered:
        return
    clauses = _clauses(groups)
    for group in bare:
        same = offered.get(_printed(group))
        target = _match(group, clauses.get(group.key, ""), same, groups) if same else None
        if target:
            yield group.key, target


def _match(group: Group, clause: str, offered: list[Group], every: list[Group]) -> Group | None:
    """The comparison that a bare P-value repeats, if only one can be meant."""
    number = read_number(_text(group))
    if number is None or not clause:
        return None
    telling = number.comparator == "=" and number.decimals >= 3
    said = set(_DECIMALS.findall(clause))
    quoted = [other for other in offered if other.first["table_no"] is not None and _quotes(said, other)]
    if len({_fact(other) for other in quoted}) == 1:
        # the sentence prints two or more of the numbers that stand beside the same P there
        return quoted[0]
    if not telling and (PART.search(clause) or group.obstacle not in PLAIN):
        return None
    named = _named(clause)
    fits: list[tuple[float, Group]] = []
    for other in offered:
        label = _label(other)
        share = sum(_among(word, named) for word in label) / len(label) if label else 0.0
        if share >= (0.5 if telling else 1.0) and _same_telling(group, other, clause):
            fits.append((share * len(label), other))
    if number.comparator != "=" or number.decimals < 2:
        # a P that many rows may print: the outcome must be told once in the paper
        fits = [(n, g) for n, g in fits if g.first["table_no"] is not None and _told_once(g, every)]
    most = max((n for n, _ in fits), default=0.0)
    best = [g for n, g in fits if n == most]
    return best[0] if len({_fact(g) for g in best}) == 1 else None


def _same_telling(group: Group, other: Group, clause: str) -> bool:
    """Whether what stands beside a bare P-value does not speak against another place's being the same fact.

    Numbers with decimals before it must be found there too, and a sentence must tell of the same outcome.
    """
    row = other.first
    if row["quote"] == group.first["quote"]:
        return False
    if _DECIMALS.search(clause) and not _shared(clause, other):
        return False
    if row["table_no"] is not None:
        return True
    return any(_among(word, _named(row["quote"] or "")) for word in _words(group.first["variable"]))


def _shared(clause: str, other: Group) -> set[str]:
    """The numbers with decimals that a clause has in common with the row or sentence of another comparison, its P-value aside."""
    own = set(_DECIMALS.findall(clause)) & set(_DECIMALS.findall(other.first["quote"] or ""))
    return own - set(_DECIMALS.findall(str(other.first["p"])))


def _quotes(said: set[str], other: Group) -> bool:
    """Whether two or more of these numbers are those that a comparison rests on, one of each of its arms."""
    each = [{hit for name in _NUMBERS if row.get(name) for hit in _DECIMALS.findall(str(row[name]))} & said for row in other.rows]
    return all(each) and len(set().union(*each)) >= 2


def _told_once(group: Group, every: list[Group]) -> bool:
    label = _label(group)
    return sum(o.first["table_no"] is not None and _label(o) == label for o in every) == 1


def _text(group: Group) -> str:
    return str(group.first["p"]).lstrip("Pp =")


def _printed(group: Group) -> tuple[str, float | None]:
    """Comparator and value of a printed P."""
    number = read_number(_text(group))
    return (number.comparator, number.value) if number and number.value is not None else (_text(group), None)


def _label(group: Group) -> Names:
    """The telling words of what a comparison is about."""
    return _words(_UNIT.sub("", group.first["variable"] or group.first.get("member_variable") or "")) - GENERAL


@lru_cache(maxsize=8192)
def _words(name: str | None) -> Names:
    return frozenset(word.lower() for word in words(name or ""))


def _named(clause: str) -> Names:
    """The telling words of a clause, those in brackets too."""
    return _words(clause) | _words(clause.translate(_OPEN))


def _among(word: str, names: Names) -> bool:
    """Whether a word, or a longer or shorter form of it (``diast``: ``diastolic``), is among these."""
    return word in names or (len(word) >= 4 and any(len(n) >= 4 and (n.startswith(word) or word.startswith(n)) for n in names))


def _fact(group: Group) -> tuple[str, ...]:
    """The numbers of a comparison, by which two mentions of it are one."""
    return tuple(sorted("|".join(str(row[name]) for name in _NUMBERS) for row in group.rows))


def _clauses(every: list[Group]) -> dict[str, str]:
    """For each P-value of a sentence the words between the P-value before it and itself; a clause without words goes further back."""
    by_sentence: dict[str, list[Group]] = defaultdict(list)
    for group in every:
        if group.first["table_no"] is None and group.first["quote"]:
            by_sentence[group.first["quote"]].append(group)
    found: dict[str, str] = {}
    for sentence, groups in by_sentence.items():
        at = 0
        for group in sorted(groups, key=lambda g: int(g.first["char_start"])):
            text = str(group.first["p"]).lstrip("Pp").strip()
            hit = sentence.find(text, at)
            if hit < 0:
                continue
            start = at if tells(sentence[at:hit]) else 0
            found[group.key] = sentence[max(start, hit - REACH) : hit]
            at = hit + len(text)
    return found
