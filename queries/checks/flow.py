"""The parts of a study flow make the whole that the sentence names.

Two plain kinds of sentences are added up. An allocation: so many patients were randomised (or assigned, or divided), so many to each
arm, and the arms' sizes must add up to the number allocated. An exclusion: of so many patients some were excluded, leaving so many, and
the whole less the excluded must be what is left; where reasons are parts of a named total of excluded patients, any set of the numbers
that bridges the gap is accepted.

Preconditions: one sentence with one whole, named first, and a role for every other whole number in it; the sum misses the whole by
no more than a twentieth (a larger gap most often means that the sentence tells only some of the parts). Subgroups, ratios, planned
sizes and sentences about several cohorts are left out.

Example: 120 patients were randomised, 58 to one arm and 60 to the other. 58 + 60 = 118, two fewer than named.

Reference: CONSORT 2010, BMJ 2010;340:c869, items 13a and 13b (flow of participants, losses and exclusions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from counterproof.kb.characters import folded
from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.places import place
from counterproof.queries.sentences import Count, counts, sentences

VIEW = "prose_rows"
INSPECT_SR = "4.6"

NEAR = 0.05
MOST_PARTS = 8

_PEOPLE = re.compile(
    r"(?:\s(?!were|was|had|in|to|and|or|who|with)[\w-]+){0,3}\s(?:patients|participants|subjects|women|men|children|individuals|people|"
    r"adults|infants|volunteers|cases|eyes|persons|students|females|males)\b",
    re.IGNORECASE,
)
_ALLOCATED = re.compile(r"\b(?:randomi[sz]ed|randomly|allocated|assigned|divided)\b")
_LEFT = re.compile(r"\b(?:leaving|leaves|left|remaining|remained|resulting in)\b[^.;]{0,40}$", re.IGNORECASE)
_ENROLLED_WORDS = r"\b(?:enrolled|included|analy[sz]ed|remained|eligible)\b"
_ENROLLED = re.compile(rf"[^.;,()]{{0,40}}{_ENROLLED_WORDS}", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]{5,120})\)")
_PIECES = re.compile(r"[;,] (?:and )?| and ")
_SEX = re.compile(r"\b(?:wo)?men\b|\b(?:fe)?males?\b|\bboys\b|\bgirls\b")
_ARM = re.compile(r"\b(?:group|arm)\b")
_LINKS = (
    "Of these", "The remaining", "Finally", "Therefore", "Thus", "Consequently", "As a result", "Ultimately", "Hence", "In total",
    "A total of", "The final",
)  # fmt: skip
_LINK = re.compile(rf"(?:{'|'.join(_LINKS)})\b")
_EXCLUDED = re.compile(r"\b(?:exclu\w+|ineligible|lost to|withdr\w+|declined|refused|did not|dropped)\b")
_ALLOCATING = ("random", "allocated", "assigned", "divided")
_EXCLUDING = ("exclu", "ineligible", "lost to", "withdr", "declined", "refused", "did not", "dropped")
"""A sentence that allocates or excludes has one of these."""

_UNCLEAR = re.compile(
    r"\b(?:will|would|planned|required|sample size|power|assuming|expected|ratio|sub-?groups?|cohorts|blocks?|previous|et al|including|"
    r"at least|more than|approximately|about|each|both|equally|per|further|of (?:these|them|the))\b|\bpre-?test"
)
"""These three are searched for in folded sentences: without regard to case it takes twice as long."""


MOST_PARTS = 12
"""Of more parts not every choice is tried."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole, its parts and what is left of it (0 where the parts are all of it).

    ``nested`` says that some parts may be parts of others: ten excluded (seven for this, three for that).
    """

    whole: int
    parts: tuple[int, ...]
    left: int = 0
    nested: bool = False

    @property
    def gap(self) -> int:
        """How many the parts and what is left miss the whole by."""
        return self.whole - sum(self.parts) - self.left

    @property
    def holds(self) -> bool:
        """Whether the parts, or where some are parts of others any of them, make the difference."""
        if not self.nested or len(self.parts) > MOST_PARTS:
            return self.gap == 0
        bridge = self.whole - self.left
        return any(sum(some) == bridge for size in range(1, len(self.parts) + 1) for some in combinations(self.parts, size))


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each statement that allocates, divides or excludes patients."""
    for row in rows:
        small = folded(row["text"])
        words = [[word for word in some if word in small] for some in (_ALLOCATING, _EXCLUDING)]
        told = list(sentences(row["text"]))
        linked = [sentence.startswith(_LINKS) and bool(_LINK.match(sentence)) for _, sentence in told]
        for position, (start, sentence) in enumerate(told):
            found = _in_one(sentence, *words)
            if not found and any(linked[position + 1 : position + 3]):
                sentence, found = _told_on(told[position : position + 3])
            if found and (found.holds or abs(found.gap) <= NEAR * found.whole):
                yield _finding(row, start, sentence, found)


def _in_one(sentence: str, allocating: list[str], excluding: list[str]) -> Sum | None:
    """What one sentence tells; the words of its paragraph are looked for before its patterns, which take ten times as long."""
    small = folded(sentence) if allocating or excluding else ""
    allocates = any(word in small for word in allocating)
    found = _allocation(sentence, small) if allocates else None
    found = found or (_division(sentence, allocates) if "(" in sentence else None)
    return found or (_exclusion(sentence, small) if any(word in small for word in excluding) else None)


def _told_on(told: list[tuple[int, str]]) -> tuple[str, Sum | None]:
    """An exclusion told over two or three sentences, of which the last says what is left."""
    for end in range(1, len(told)):
        last = told[end][1]
        if _LINK.match(last):
            whole = " ".join(sentence for _, sentence in told[: end + 1])
            before = " ".join(sentence for _, sentence in told[:end])
            left = counts(last)[:1]
            if not left or not _PEOPLE.match(last, left[0].end) or not re.search(_ENROLLED_WORDS, last, re.IGNORECASE):
                return "", None
            return whole, _removed(before, left[0].value)
    return "", None


def _removed(before: str, left: int) -> Sum | None:
    """Whole and parts of sentences that exclude patients, the whole first."""
    numbers = counts(before)
    if _UNCLEAR.search(folded(before)) or not 2 <= len(numbers) - 1 <= MOST_PARTS:
        return None
    whole, *parts = numbers
    if not _PEOPLE.match(before, whole.end) or whole.value <= max(left, *(p.value for p in parts)):
        return None
    return Sum(whole.value, tuple(part.value for part in parts), left)


def _division(sentence: str, allocates: bool) -> Sum | None:
    """``24 participants (16 women, 8 men)``: a whole with a bracket of its parts right behind it."""
    for bracket in _BRACKET.finditer(sentence):
        pieces = _PIECES.split(bracket[1])
        if len(pieces) < 2 or not (_of_people(pieces) or (allocates and _ALLOCATED.search(folded(sentence)))):
            continue
        parts = [counts(piece) for piece in pieces]
        if any(len(part) != 1 for part in parts):
            continue
        before = [n for n in counts(sentence[: bracket.start()]) if bracket.start() - n.end <= 60]
        if len(before) == 1 and _PEOPLE.match(sentence, before[0].end) and not _UNCLEAR.search(folded(sentence)):
            return Sum(before[0].value, tuple(part[0].value for part in parts))
    return None


def _of_people(pieces: list[str]) -> bool:
    """Whether the pieces of a bracket are the two sexes, or arms."""
    sexes = len(pieces) == 2 and all(_SEX.search(piece) for piece in pieces)
    return sexes or all(_ARM.search(piece) for piece in pieces)


def _allocation(sentence: str, small: str) -> Sum | None:
    if not _ALLOCATED.search(small) or _UNCLEAR.search(small) or _EXCLUDED.search(small):
        return None
    numbers = counts(sentence)
    if not 3 <= len(numbers) <= MOST_PARTS:
        return None
    whole, *parts = numbers
    forms = {_form(sentence, part) for part in parts}
    if not _PEOPLE.match(sentence, whole.end) or whole.value <= max(p.value for p in parts) or len(forms) != 1 or forms == {None}:
        return None
    if forms == {"to"} and not re.search(r"(?::|;|\bwith|\bof (?:whom|which))\s$", sentence[: parts[0].start], re.IGNORECASE):
        return None  # the first number is one of the arms' as well: 200 were assigned to A, 100 to B
    return Sum(whole.value, tuple(part.value for part in parts))


def _form(sentence: str, part: Count) -> str | None:
    """How a part of an allocation is written: ``(n = 72)`` or ``72 to the control arm``."""
    if re.search(r"\bn\s?=\s?$", sentence[max(0, part.start - 6) : part.start], re.IGNORECASE):
        return "n ="
    behind = r"(?: \w+)?(?: (?:were|was))?(?: randomly)?(?: (?:assigned|allocated|randomi[sz]ed))? (?:to|in|into)\b"
    return "to" if re.match(behind, sentence[part.end :], re.IGNORECASE) else None


def _exclusion(sentence: str, small: str) -> Sum | None:
    if not _EXCLUDED.search(small) or _UNCLEAR.search(small):
        return None
    numbers = counts(sentence)
    if len(numbers) < 3:
        return None
    at = next((i for i, n in enumerate(numbers) if i >= 2 and _is_left(sentence, n, i == len(numbers) - 1)), None)
    if at is None or not 1 <= at - 1 <= MOST_PARTS:
        return None
    whole, parts, left = numbers[0], numbers[1:at], numbers[at]
    first = bool(re.search(r"\b(?:of|among|from) (?:the |a total of )?$", sentence[: whole.start], re.IGNORECASE))
    if not (first or _PEOPLE.match(sentence, whole.end)) or whole.value <= max(left.value, *(p.value for p in parts)):
        return None
    return Sum(whole.value, tuple(part.value for part in parts), left.value, nested=bool(re.search("[(:]", sentence)))


def _is_left(sentence: str, number: Count, last: bool) -> bool:
    """Whether this number is told as what is left."""
    return bool(_LEFT.search(sentence[: number.start])) or (last and bool(_ENROLLED.match(sentence, number.end)))


def _finding(row: Row, start: int, sentence: str, found: Sum) -> Finding:
    parts = " + ".join(str(part) for part in found.parts)
    if found.left:
        told = f"{found.whole} − ({parts}) = {found.whole - sum(found.parts)}"
        message = f"{told}, but {found.left} are said to be left." if not found.holds else f"{found.left} left of {found.whole}"
    else:
        message = f"{parts} = {sum(found.parts)}" + ("" if found.holds else f", but {found.whole} are said to have been allocated.")
    at = row["char_start"] + start
    return Finding(
        document=row["document_id"],
        check="flow",
        verdict="consistent" if found.holds else "inconsistent",
        place=place({**row, "quote": sentence, "char_start": at, "char_end": at + len(sentence)}),
        reported=f"{found.whole}: {parts}" + (f"; {found.left}" if found.left else ""),
        severity="low" if found.holds else "medium",
        message=message,
        inspect_sr=INSPECT_SR,
    )
