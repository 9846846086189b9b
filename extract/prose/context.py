"""What a sentence is about: whose study, and when."""

from __future__ import annotations

import re

from counterproof.extract.cues import cue
from counterproof.extract.prose.sentences import Sentence
from counterproof.extract.prose.words import said, words
from counterproof.kb.characters import folded

_OURS = re.compile(
    r"(?i)\b(?:our|ours|we)\b|\b(?:this|the (?:present|current)|present|current)\s(?:\w+\s){0,2}(?:study|trial|analysis|series"
    r"|cohort|investigation|report|paper|work)\b"
)
_OUR_WORDS = words("our ours we this present current")
_THEIRS = re.compile(
    r"\bet\s+al\b|(?i:\b(?:previous(?:ly)?|earlier|other|prior|another|recent|published|similar|several|meta-analys[ie]s"
    r"|systematic review|literature)\b"
    r"[^.;]{0,40}\b(?:stud(?:y|ies)|trials?|reports?|reported|authors?|series|research|investigators?|shown|found|published|review"
    r"|analysis)\b)"
    r"|(?i:^(?:a|an|one|another) (?:[\w-]+ ){0,4}(?:study|trial|survey|review|meta-analysis)\b)|(?i:\b(?:in"
    r"|by) an?\s(?:[\w-]+\s){0,6}(?:stud(?:y|ies)|trial|research|analysis|survey|review)\b)"
    r"|\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)? (?:and colleagues|and co-?workers|and associates)\b|(?i:\bthey (?:reported|found|showed"
    r"|concluded|observed)\b)"
)
_THEIR_WORDS = words(
    "et previous previously earlier other prior another recent published similar several meta systematic literature colleagues co"
    " coworkers associates they"
)
_STUDIES = words("study studies trial research analysis survey review meta")
_ARTICLES = words("a an one")
_REPORTED = re.compile(
    r"\bet\s+al\b[^;]{0,30}\b(?:reported|found|showed|observed|noted|demonstrated|described)\b"
    r"|\b[A-Z][a-z]+ and colleagues (?:reported|found|showed)"
    r"|(?i:\b(?:previous|earlier|other|prior|another) (?:study|studies|trials?|reports?|series) (?:\w+ ){0,3}(?:reported|found"
    r"|showed|observed)\b)"
)
"""What a sentence of the results must say to tell others' figures: naming others, for their method say, is not enough."""
_OTHERS_NAMED = words("et colleagues previous earlier other prior another")
_REPORTING = ("reported", "found", "showed", "observed", "noted", "demonstrated", "described")
_AUTHOR_YEAR = re.compile(r"\([A-Z][\w’'-]+(?:\s(?:and|&)\s[A-Z][\w’'-]+|\set al\.?)?,?\s(?:19|20)\d\d[a-z]?\b")
_MARKED = re.compile(
    r"\[\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12}\s?\]|(?<=[a-z)%][.,;])\d{1,3}(?:[,–-]\d{1,3}){0,6}(?=\s|$)"
    r"|(?:(?<=[a-z)%][.,;])|(?<=[a-z]{4}))[⁰¹²³⁴-⁹]{1,3}(?![\w⁻])"
)

_THEY = re.compile(r"(?i)(?:they|these authors|the authors|in (?:that|their) (?:study|trial))\b")
_OWN_PARTS = frozenset({"results", "abstract", "methods", "front"})


_PLANNING = cue(
    "sample|power|detect|error|significance",
    r"\bsample[\s-]sizes?\b|\bpower(?:ed)? (?:of|calculation|analysis|to)\b|\b\d{2}\s?% power\b|\bto detect an?\b|\btype (?:i|ii"
    r"|1|2) error|\bsignificance level|\bpower of\b",
)


def plans(text: str) -> bool:
    """Whether a sentence is about the planning of a study: its numbers are assumptions."""
    small = folded(text)
    return _PLANNING.search(small, small) is not None


def speaks_of_itself(text: str) -> bool:
    """Whether a sentence says that it is about this study."""
    return not said(text).isdisjoint(_OUR_WORDS) and _OURS.search(text) is not None


def _names_others(text: str) -> bool:
    """Whether a sentence names other studies or their authors in words; most have none of these words."""
    said_here = said(text)
    may = not said_here.isdisjoint(_THEIR_WORDS) or not (said_here.isdisjoint(_STUDIES) or said_here.isdisjoint(_ARTICLES))
    return may and _THEIRS.search(text) is not None


_OWN_STUDY = re.compile(
    r"(?i)\b(?:our|this|the (?:present|current)|present|current)\s(?:[\w-]+\s){0,3}?(?:study|trial|analysis|series|cohort|groups?"
    r"|investigation|report|paper|work|patients|population|data|results)\b"
)
_OTHERS = re.compile(
    r"\b(?!(?:In|The|A|An|Of|From|For|At|Both|Each|Either|And|With|Among|Within|During|While|Although|Compared|When)\s)[A-Z][\w-]{0,40}"
    r"\s(?:[\w-]{1,40}\s)?(?:trial|study|group|cohort)\b|(?i:\b(?:studies|trials|meta-analys[ei]s"
    r"|literature|reports)\b)|\b[A-Z]{3,}[\s-]?\d{2,}"
)


def own_results(sentence: Sentence) -> bool:
    """Whether numbers that stand alone in a sentence are surely this study's: in a discussion, where it speaks of itself alone."""
    if sentence.block.part != "discussion":
        return True
    if not speaks_of_itself(sentence.text):
        return False
    rest = _OWN_STUDY.sub("-", sentence.text)
    return not (_names_others(rest) or _MARKED.search(rest) or _OTHERS.search(rest))


def cited(sentence: Sentence, previous: str = "") -> bool:
    """Whether the numbers of a sentence are those of another study.

    In results and abstracts only a sentence that names others outright is theirs; in an introduction or discussion a sentence with a
    citation mark is theirs, unless it says that it speaks of this study. ``previous`` is the sentence before ("They reported …").
    """
    text = sentence.text
    part = sentence.block.part
    if part in _OWN_PARTS or sentence.block.kind in ("caption", "footnote"):
        return _reports_others(text) and not speaks_of_itself(text)
    if speaks_of_itself(text):
        return False
    named = _names_others(text) or _AUTHOR_YEAR.search(text) or _MARKED.search(text)
    return bool(named or (_THEY.match(text) and _names_others(previous)))


def _reports_others(text: str) -> bool:
    small = folded(text)
    for word in _REPORTING:
        if word in small:
            return not said(text).isdisjoint(_OTHERS_NAMED) and _REPORTED.search(text) is not None
    return False


_TIMES = cue(
    "year|yr|month|week|wk|day|hour|hr|min|visit|cycle|baseline|discharge|admission|birth|delivery|enrol|diagnosis|follow|the end"
    "| h|-h|‑h|\u202fh|\nh",
    r"(?i)\b(?P<rate>(?:\d+(?:\.\d+)?|one|two|three|four|five|ten)[\s‑-](?:year|yr|month|week|day|hour"
    r"|h)s?)\b(?= (?:\w+[\s-]){0,3}(?:survival|OS|PFS|DFS|RFS|rate|follow|local|mortality|recurrence|incidence))"
    r"|\b(?P<label>(?:week|day|month|year|visit|cycle)s? \d+(?:\.\d+)?)\b"
    r"|\b(?:at|after|by|within|following) (?P<span>(?:\d+(?:\.\d+)?|one|two|three|four|five|six|twelve)[\s-](?:years?|months?|weeks?"
    r"|wks?|days?|hours?|hrs?|h|minutes?|min))\b"
    r"|\b(?P<named>at (?:baseline|discharge|admission|birth|delivery|enrol?lment|diagnosis|follow-up|the end of (?:the )?(?:study"
    r"|treatment|follow-up)))\b",
)


_LISTED = cue(
    "year|yr|month|week|day|hour",
    r"(?<![\d.])(?P<numbers>\d{1,3}(?:\s?[-–‑]?\s?(?:,|and|,\s?and|to|–|-)?\s?\d{1,3}){0,4})\s?[-–‑ ]\s?(?P<unit>year|yr|month|week"
    r"|day|hour)s?\b",
)


def timepoints(text: str, n: int) -> list[str | None]:
    """The times of ``n`` numbers that stand side by side: one each (``1-, 2- and 3-year rates``), or the one time of all."""
    small = folded(text)
    for hit in reversed(list(_LISTED.finditer(text, small))):
        numbers = re.findall(r"\d+", hit["numbers"])
        if n > 1 and len(numbers) == n:
            return [f"{number}-{hit['unit']}" for number in numbers]
        if len(numbers) > 1:
            return [None] * n
    found = {hit[hit.lastgroup or 0].lower(): hit[hit.lastgroup or 0] for hit in _TIMES.finditer(text, small)}
    return [next(iter(found.values())) if len(found) == 1 else None] * n
