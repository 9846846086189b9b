"""Statements that something happened to nobody: ``No deaths occurred in either group`` is a count of zero in each arm.

Read are events (``no serious adverse events were seen``) and patients (``none of the patients in the A group withdrew``). Differences,
changes and the like that were not found are no counts. Where no arm is named, what happened to nobody happened to nobody in each of the
two arms of a study that has two; of a part of the patients nothing is said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterproof.extract.facts import Facts
from counterproof.extract.prose.arms import Arms, Mention
from counterproof.extract.prose.context import plans
from counterproof.extract.prose.obstacles import subgroup
from counterproof.extract.prose.outcomes import masked
from counterproof.extract.prose.sentences import Sentence
from counterproof.kb.document import Locator
from counterproof.kb.evidence import Aggregate
from counterproof.kb.numbers import ReportedNumber

_NO, _CAPITAL_NO = re.compile(r"no(?<!\w..)(?:ne)?\b"), re.compile(r"No(?<!\w..)(?:ne)?\b")
_EVENT = (
    r"(?:deaths?|(?:adverse|side|serious|toxic|unwanted|untoward)(?: [a-z-]+)? (?:events?|effects?|reactions?)"
    r"|complications?|toxicit(?:y|ies)|infections?|recurrences?|relapses?|bleeding|ha?emorrhages?|withdrawals?|drop-?outs?|hospitali[sz]ations?|re-?admissions?"
    r"|fractures?|strokes?|perforations?|leak(?:s|ages?)?|re-?interventions?|re-?operations?|miscarriages?|stillbirths?|ha?ematomas?"
    r"|loss(?:es)? to follow-?up|thrombos[ei]s|dislocations?|seroma|hypoglyc?a?emi[ac]s?|SAEs?|AEs?)"
)
_PEOPLE = r"(?:patients?|participants?|subjects?|women|men|children|infants|individuals|volunteers|cases?|animals|rats|mice)"
_WORDS = r"(?:[\w/‑-]+ ){0,5}?"
_HAPPENED = r"(?:was|were|occurred|had occurred|happened|developed|has been|have been|had been|took place)"
_DID = (
    r"(?:died|developed|experienced|had|withdrew|discontinued|dropped out|was|were|required|reported|suffered|needed|underwent|relapsed"
    r"|showed|received|presented)"
)
_FORMS = (
    re.compile(rf"\b(?P<no>[Nn]o) (?P<what>{_WORDS}{_EVENT}(?: [\w/‑-]+){{0,7}}?) {_HAPPENED}\b"),
    re.compile(rf"\b[Tt]here (?:was|were|have been|had been) (?P<no>no) (?P<what>{_WORDS}{_EVENT})\b"),
    re.compile(rf"\b(?P<no>no) (?P<what>{_WORDS}{_EVENT})(?= (?:in|among) (?:the )?‡| in (?:either|both|any|each) )"),
    re.compile(
        rf"\b(?:(?P<no>[Nn]o) {_PEOPLE}|(?P<none>[Nn]one) of (?:the |these |our )?(?:[\w-]+ ){{0,2}}?{_PEOPLE})"
        rf"(?: (?:in|from|of) (?:the )?‡ *| in (?:either|both|any|each)(?: of the)?(?: [\w-]+)? (?:groups?|arms?))?"
        rf" (?P<what>{_DID}(?: [\w/‑-]+){{0,8}})"
    ),
)
_FOUND_ONLY = re.compile(
    r"(?i)\b(?:significan\w*|differen\w*|changes?|other|others|further|additional|more|new|evidence|effect on|associat\w*|correlat\w*"
    r"|relations\w*|interactions?|selective|differential|previous|prior|history|included|eligible|such|longer|reported (?:that|on)|data)\b"
)
"""Words that make a statement one about differences, or about what else happened."""

_EACH = re.compile(r"(?i)\b(?:either|both|any|each|all)(?: of the| the)?(?: [\w-]+){0,2} (?:groups?|arms?)\b|\bamong the groups\b")
_PARTING = (";", ", while ", ", whereas ", ", but ", " compared with ", " compared to ", " versus ")
_SUBSET = re.compile(r"(?i)\b(?:these|those|this|of them|whom|remaining|after|follow-?up visits?|the other)\b")
_INTRODUCED = re.compile(r"(?i)\b(?:in|from|among|amongst|of|for|receiving|on|or|and|nor) (?:the |either |both )?$")
_CONCEDING = re.compile(r"(?:Although|Though|While|Whereas|Despite)\b")
_TAIL = re.compile(r"(?i)(?: (?:and|or|in|of|to|with|during|by|at|for|the|from|on|were|was|had|which|that|who|as|but)){1,20}$")


@dataclass(frozen=True, slots=True)
class Zero:
    """A statement that nobody had an event: its outcome, the place of its word for zero, and the arms that it speaks of."""

    what: str
    start: int
    end: int
    arms: tuple[int, ...]
    confidence: float


def speaks_of_nobody(text: str) -> bool:
    """Whether a sentence has a word for zero at all; most have none."""
    return _NO.search(text) is not None or _CAPITAL_NO.search(text) is not None


def record_zeros(facts: Facts, names: Arms, sentence: Sentence) -> None:
    """Add a count of zero for each arm of which a sentence says that an event happened to nobody."""
    if plans(sentence.text):
        return
    for zero in _zeros(sentence.text, names.mentions(sentence.text), names):
        for arm in zero.arms:
            _write(facts, names.index(arm), zero, sentence)


def _zeros(text: str, mentions: list[Mention], names: Arms) -> Iterator[Zero]:
    words = masked(text, mentions)
    taken: set[int] = set()
    for form in _FORMS:
        for hit in form.finditer(words):
            word = "no" if hit["no"] else "none"
            what = _TAIL.sub("", " ".join(hit["what"].replace("‡", " ").split()))
            if hit.start(word) in taken or not what or _FOUND_ONLY.search(what):
                continue
            taken.add(hit.start(word))
            arms, sure = _arms(text, words, hit, mentions, names)
            if arms:
                yield Zero(what, hit.start(word), hit.end(word), arms, sure)


def _arms(text: str, words: str, hit: re.Match[str], mentions: list[Mention], names: Arms) -> tuple[tuple[int, ...], float]:
    """The arms of which a statement speaks: all of them, those named in its clause, or both of a study that has two."""
    start = max(words.rfind(mark, 0, hit.start()) for mark in _PARTING)
    end = min((at for at in (words.find(mark, hit.end()) for mark in _PARTING) if at >= 0), default=len(words))
    if _CONCEDING.match(text):
        start = max(start, words.rfind(", ", 0, hit.start("what")))
    clause = text[max(start, 0) : end]
    if _EACH.search(clause):
        return tuple(sorted(names.pair)), 0.9
    near = tuple(dict.fromkeys(m.arm for m in mentions if start <= m.start < end and _INTRODUCED.search(text[: m.start])))
    if near:
        alone = len(near) == 1 or re.search(r"‡[ ]*(?:and|or|nor) (?:the |in the )?‡", words[max(start, 0) : end])
        return (near, 0.85) if alone else ((), 0.0)
    if mentions or subgroup(text) or _SUBSET.search(text):
        return (), 0.0
    return tuple(sorted(names.pair)), 0.6


def _write(facts: Facts, arm: int, zero: Zero, sentence: Sentence) -> None:
    block, size = sentence.block, facts.arms[arm].n
    aggregate = facts.add_aggregate(Aggregate(zero.what, None, arm, bases=(size,) if size is not None else ()))
    facts.add_prose_number(
        "count",
        ReportedNumber(sentence.text[zero.start : zero.end], 0.0),
        Locator(sentence.start + zero.start, sentence.start + zero.end, block.locator.box, block.locator.xpath),
        sentence.text,
        part=block.part,
        section=block.section,
        aggregate=aggregate,
        confidence=zero.confidence,
    )
