"""Sizes of arms that only the running text gives: ``control group (n = 12)``, ``10 in each group``, ``32 mice … into four groups``."""

from __future__ import annotations

import re
from functools import lru_cache

from counterproof.extract.facts import Facts
from counterproof.kb.characters import digits, folded
from counterproof.kb.document import Block, Locator, Table
from counterproof.kb.numbers import ReportedNumber

_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_WORDS |= {
    word: 10 * value for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_NUMBER = r"(?:\d{1,4}|(?:" + "|".join(_WORDS) + r")(?:[ -](?:" + "|".join(list(_WORDS)[1:10]) + r"))?)"
_WHO = (
    r"(?:(?:[a-z]+ )?(?:patients|participants|subjects|people|persons|individuals|adults|volunteers|men|women|children|boys|girls|infants|"
    r"students|cases|animals|mice|rats|rabbits|dogs|pigs|goats|sheep) )?"
)
_EVERY_ARM = r"(?:(?:in|for|to) (?:each|both|every)(?: of the)?(?: (?:study|treatment|experimental))?|per(?: study| treatment)?)"
_EACH = re.compile(
    rf"(?<![\w.,/\u202f-])(?P<n>{_NUMBER}) (?P<who>{_WHO})(?:{_EVERY_ARM} (?:groups?|arms?)\b|in each(?= ?[.,;)]))|"
    rf"\bn ?= ?(?P<m>\d{{1,4}})(?: \w+)? (?:{_EVERY_ARM} (?:groups?|arms?)\b|(?:in|for) each(?= ?[.,;)]))",
    re.IGNORECASE,
)
"""``10 patients in each group``, ``10 in each.``: a number of people or of nothing named, and arms or nothing named."""
_NUMBERED = re.compile(r"\b(?:year|grade|day|week|month|class|stage|phase|visit|table|figure|level|version|age|aged)s? $", re.IGNORECASE)
"""Words before a number that is none of people: ``year 9``."""
_MEASURED = re.compile(r"\b(?:(?<!total )of|was|(?<!there )were|is|by|than) $", re.IGNORECASE)
"""Words before a number of nothing named that may be a measurement: ``a mean of 12 in each group``."""
_BEFELL = re.compile(
    r"\s(?:(?:had|have|has|were|was|who)\s)?(?:had|did|lost|withdr|drop|di(?:ed|scontinu)|experience|report|develop|exclu|requir|need|fail|show|"
    r"respon|relaps|refus|improv|achiev|complain|suffer|received|took|underwent|used)|\s(?:who )?(?:were|was) "
    r"(?!(?:\w{3,12}ly )?(?:kept|housed|randomi|assign|allocat|enrol|includ|recruit|stud|analy|treat|evaluat|assess|availab|follow))",
    re.IGNORECASE,
)
"""What befell or marks some of an arm: ``Five patients in each group withdrew``, ``12 patients in each group were men``."""
_SOME = re.compile(r"\b(?:by|at least|at most|up to|(?:maxi|mini)mum of|another|\d of) $", re.IGNORECASE)
"""Words before a number of people that are some of an arm, or a bound."""
_DIVIDED = re.compile(
    rf"(?<![\d.,\u202f])\b(?P<n>{_NUMBER})\b(?: [\w'’-]+){{1,8}}? (?:randomly|equally|evenly|were|was)(?: [a-z]+){{0,2}}? "
    rf"(?:divided|assigned|allocated|distributed|randomi[sz]ed|separated|split|grouped)(?: [a-z]+){{0,3}}? "
    rf"(?:in)?to (?:one of )?(?:the )?(?P<k>{_NUMBER}) ?(?:equal |study |treatment |experimental )?(?:groups|arms)\b",
    re.IGNORECASE,
)
_SIZE_TOLD = re.compile(r"\b[nN] ?= ?\d")
_WORD_GAP = re.compile(r"[\s/+-]+")
_SHARED = re.compile(r" (?:in|per|for|to) (?:each|both|every|group|arm)")
_INTO_GROUPS = re.compile(r"to [\w -]{1,60}?(?:group|arm)")
"""What ``_EACH`` and ``_DIVIDED`` cannot do without, in small letters."""
_PLANNED = re.compile(r"power|sample size|required|needed|calculat", re.IGNORECASE)
_PEOPLE = re.compile(
    rf"(?<![\w.,\u202f])(?P<n>{_NUMBER})(?: [a-z-]+){{0,3}} "
    r"(?:participants|patients|subjects|adults|volunteers|individuals|men|women|children)\b",
    re.IGNORECASE,
)
_PARTS = ("abstract", "methods", "results", "body", "introduction")
_LIMIT = 4000
"""Characters of a block that are searched: a paragraph is shorter, and the search stays cheap on hostile files."""


def text_size(facts: Facts, name: str, arms: int, arm: int, *, alone: bool) -> int | None:
    """The evidence of an arm's size in the text, added to the facts; None where the text gives none or several.

    ``alone``: no table of the document sizes any arm, so that ``10 in each group`` must be of these.
    """
    blocks = [b for b in facts.document.blocks if b.kind in ("paragraph", "caption") and b.part in _PARTS]
    found = _named(facts, blocks, name, arm)
    if found is None and alone:
        found = _each(facts, blocks, arm)
    if found is None and alone and any(m.kind == "design" and m.name == "crossover" for m in facts.methods):
        return _everyone(facts, blocks, arm)
    return _divided(facts, blocks, arms, arm) if found is None and alone else found


def note_size(facts: Facts, table: Table, name: str, names: list[str], arm: int) -> int | None:
    """The size that the table's own note gives an arm, as evidence: it holds for this table before a size from elsewhere.

    The note has no mark, gives every arm of the table (``names``) one size, and does not speak of people left out.
    """
    unmarked = {note.text for note in table.footnotes if not note.mark and not _LEFT_OUT.search(note.text[:_LIMIT])}
    blocks = [b for b in facts.document.blocks if b.kind == "footnote" and b.table == table.index and b.text in unmarked]
    if not blocks or len(names) < 2 or not all(_hits(blocks, other) for other in names):
        return None
    return _named(facts, blocks, name, arm)


_LEFT_OUT = re.compile(
    r"\b(?:missing (?:in|for|from|data in)|(?:were|was|are) missing|exclu|lost|unavailable|not available|withdr|dropped|died|fewer)",
    re.IGNORECASE,
)
"""Words of a note whose ``n`` may count people without a value."""


def _named(facts: Facts, blocks: list[Block], name: str, arm: int) -> int | None:
    return _agreed(facts, _hits(blocks, name), arm)


def _hits(blocks: list[Block], name: str) -> list[tuple[Block, re.Match[str], str, tuple[int, int]]]:
    """Where blocks give a named arm a size."""
    words = [word for word in _WORD_GAP.split(name.strip()) if word]
    if not words or len(name) < 2 or len(name) > 60:
        return []
    first = folded(words[0]) if words[0].isascii() else ""  # some Greek letters have more forms than a capital and a small one
    told = [block for block in blocks if (sizing := _sizing(block.text)) and first in sizing]
    if not told:
        return []
    pattern = r"[\s/+-]{0,3}".join(map(re.escape, words))
    expression = re.compile(
        rf"(?<![\w-]){pattern}(?! ?[-–] ?\w)(?: group|"
        rf" arm)?s?[^.()\d]{{0,20}}[(;,\[][^().]{{0,12}}?\bn ?= ?(?P<n>\d{{1,3}}(?:[,\u202f]\d{{3}})+|\d+)",
        re.IGNORECASE,
    )
    return [(b, hit, hit["n"], hit.span("n")) for b in told for hit in expression.finditer(b.text[:_LIMIT])]


@lru_cache(maxsize=512)
def _sizing(text: str) -> str:
    """A text that tells a size, in small letters; nothing of another."""
    return folded(text[:_LIMIT]) if "=" in text and _SIZE_TOLD.search(text, 0, _LIMIT) else ""


def _each(facts: Facts, blocks: list[Block], arm: int) -> int | None:
    hits = []
    for block in blocks:
        if block.part in ("methods", "results", "abstract"):
            for hit in _told(_EACH, _SHARED, block.text[:_LIMIT]):
                around = block.text[max(0, hit.start() - 120) : hit.end() + 120]
                before, after = block.text[max(0, hit.start() - 12) : hit.start()], block.text[hit.end() : hit.end() + 30]
                strange = _NUMBERED.search(before) or _SOME.search(before) or (not hit["who"] and _MEASURED.search(before))
                if not (strange or _PLANNED.search(around) or _BEFELL.match(after)):
                    key = "n" if hit["n"] else "m"
                    hits.append((block, hit, hit[key], hit.span(key)))
    return _agreed(facts, hits, arm)


@lru_cache(maxsize=512)
def _told(expression: re.Pattern[str], words: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """Where a text with these words says it; kept for a while, since each arm of a paper asks all of its paragraphs."""
    return tuple(expression.finditer(text)) if words.search(folded(text)) else ()


def _agreed(facts: Facts, hits: list[tuple[Block, re.Match[str], str, tuple[int, int]]], arm: int) -> int | None:
    values = {_value(text) for _, _, text, _ in hits}
    if len(values) != 1 or min(values) < 3:
        return None
    block, hit, text, span = hits[0]
    return _add(facts, block, ReportedNumber(text, float(_value(text))), span, hit.span(), arm, 0.75)


def _everyone(facts: Facts, blocks: list[Block], arm: int) -> int | None:
    """In a crossover trial everybody is in every arm: the first ``Twelve adults`` of the abstract, else of the methods."""
    for part in ("abstract", "methods"):
        for block in blocks:
            hit = _PEOPLE.search(block.text[:_LIMIT]) if block.part == part else None
            if hit and _value(hit["n"]) > 2:
                return _add(facts, block, ReportedNumber(hit["n"], float(_value(hit["n"]))), hit.span("n"), hit.span(), arm, 0.5)
    return None


def _divided(facts: Facts, blocks: list[Block], arms: int, arm: int) -> int | None:
    """``Thirty-two goats were randomly divided into four groups``: about eight each, said with ``≈`` and the words it rests on."""
    for block in blocks:
        hits = _told(_DIVIDED, _INTO_GROUPS, block.text[:_LIMIT]) if block.part in ("abstract", "methods") else ()
        for hit in hits[:1]:
            total, groups = _value(hit["n"]), _value(hit["k"])
            if groups == arms and groups > 1 and total % groups == 0:
                start, end = hit.start("n"), hit.end()
                number = ReportedNumber(block.text[start:end], float(total // groups), comparator="≈")
                return _add(facts, block, number, (start, end), (start, end), arm, 0.5)
    return None


def _add(
    facts: Facts, block: Block, number: ReportedNumber, span: tuple[int, int], quote: tuple[int, int], arm: int, confidence: float
) -> int:
    start = block.locator.start
    locator = Locator(start + span[0], start + span[1], block.locator.box, block.locator.xpath)
    text = block.text[quote[0] : quote[1]]
    return facts.add_prose_number("n", number, locator, text, part=block.part, section=block.section, arm=arm, confidence=confidence)


def _value(text: str) -> int:
    number = digits(text)
    if number.isdigit():
        return int(number)
    return sum(_WORDS.get(word, 0) for word in re.split(r"[ -]", text.casefold()))
