"""Fits the forms of claims to the tags of a sentence, with spaCy's matcher on a blank English vocabulary.

Most tokens belong to no claim, and papers print their claims in the same few ways. So the matcher is shown only stretches whose tags
follow each other as in some pattern, and each sequence of tags once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from counterproof.extract.prose.claim_forms import PATTERNS, WORDS, Place, places

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

Shape = tuple[tuple[str, int], ...]
"""The tags of a stretch of tokens, each with how many numbers its token has."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A claim within a stretch: its form, its tokens (first, last + 1), and what the number of each is where the token does not say."""

    form: str
    first: int
    last: int
    roles: tuple[str, ...]


def stretches(shape: Sequence[tuple[str, int]]) -> Iterator[tuple[int, Shape]]:
    """The stretches of a sentence that may hold claims, each with its place; no pattern goes on where they are cut."""
    joints = _joints()
    start, words = -1, 0
    opened: set[str] = set()
    for i, (tag, numbers) in enumerate(shape):
        opens = tag in joints.opening
        if start < 0 and not opens:
            continue
        if start >= 0:
            words = 0 if numbers or opens else words + 1
            if words > joints.words or opened.isdisjoint(joints.within.get((shape[i - 1][0], tag), ())):
                yield from _trimmed(shape, start, i)
                start = -1
                opened.clear()
        if opens:
            if start < 0:
                start, words = i, 0
            opened.add(tag)
    if start >= 0:
        yield from _trimmed(shape, start, len(shape))


def _trimmed(shape: Sequence[tuple[str, int]], start: int, end: int) -> Iterator[tuple[int, Shape]]:
    """A stretch without the tokens behind the last with which a pattern can end."""
    joints = _joints()
    while end > start and shape[end - 1][0] not in joints.alone and (shape[end - 2][0], shape[end - 1][0]) not in joints.endings:
        end -= 1
    if end > start:
        yield start, tuple(shape[start:end])


LONGEST_KEPT = 200
"""Tokens of a stretch that is worth keeping: hardly any is longer, and endless sentences would fill the memory."""


def fits(shape: Shape) -> tuple[Fit, ...]:
    """The claims of a stretch in reading order; of those that share a token the one with the most numbers, then the first form."""
    return _kept(shape) if len(shape) <= LONGEST_KEPT else _found(shape)


@lru_cache(maxsize=8192)
def _kept(shape: Shape) -> tuple[Fit, ...]:
    return _found(shape)


def _found(shape: Shape) -> tuple[Fit, ...]:
    from spacy.tokens import Doc

    vocab, matcher, patterns = _machine()
    tags = [tag for tag, _ in shape]
    matches = cast("list[tuple[int, int, int, list[int]]]", matcher(Doc(vocab, words=tags, tags=tags), with_alignments=True))

    def rank(match: tuple[int, int, int, list[int]]) -> tuple[int, int, int, int]:
        key, first, last, _ = match
        return -sum(numbers for _, numbers in shape[first:last]), _RANKS[patterns[key][0]], last - first, first

    taken: set[int] = set()
    chosen: list[Fit] = []
    for key, first, last, alignment in sorted(matches, key=rank):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            form, line = patterns[key]
            chosen.append(Fit(form, first, last, tuple(line[at].role for at in alignment)))
    return tuple(sorted(chosen, key=lambda fit: fit.first))


_RANKS = {form: i for i, form in enumerate(PATTERNS)}


@dataclass(frozen=True, slots=True)
class _Joints:
    """Where a pattern can begin, go on and end, by tags and pairs of tags that stand side by side."""

    opening: frozenset[str]
    within: dict[tuple[str, str], frozenset[str]]
    """The tags that open a pattern in which two stand side by side."""
    alone: frozenset[str]
    endings: frozenset[tuple[str, str]]
    words: int
    """The most tokens in a row that hold no number, behind the one that opens a pattern."""


@cache
def _joints() -> _Joints:
    opening: set[str] = set()
    within: dict[tuple[str, str], set[str]] = {}
    alone: set[str] = set()
    endings: set[tuple[str, str]] = set()
    for line in (places(line) for lines in PATTERNS.values() for line in lines):
        assert not line[0].optional, line
        pairs: list[set[tuple[str, str]]] = []
        for i, place in enumerate(line):
            pairs.append({(tag, other) for before in _before(line, i) for tag in before.tags for other in place.tags})
            if all(later.optional for later in line[i + 1 :]):
                endings |= pairs[i]
                alone.update(place.tags if i == 0 else ())
        opening.update(line[0].tags)
        for pair in set().union(*pairs):
            within.setdefault(pair, set()).update(line[0].tags)
    words = max(_most_words(places(line)[1:]) for lines in PATTERNS.values() for line in lines)
    return _Joints(
        frozenset(opening), {pair: frozenset(tags) for pair, tags in within.items()}, frozenset(alone), frozenset(endings), words
    )


def _most_words(line: Sequence[Place]) -> int:
    """The most tokens in a row that the places of a pattern may hold without a number among them."""
    rows = itertools.groupby(line, key=lambda place: WORDS.issuperset(place.tags))
    return max((sum(place.most for place in row) for are_words, row in rows if are_words), default=0)


def _before(line: Sequence[Place], i: int) -> Iterator[Place]:
    """The places of a pattern whose token may stand right before that of place ``i``."""
    if line[i].repeated:
        yield line[i]
    for place in reversed(line[:i]):
        yield place
        if not place.optional:
            return


@cache
def _machine() -> tuple[Vocab, Matcher, dict[int, tuple[str, tuple[Place, ...]]]]:
    """The vocabulary, the matcher with all patterns, and for each its form and its places."""
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    vocab = Vocab()
    matcher = Matcher(vocab)
    patterns: dict[int, tuple[str, tuple[Place, ...]]] = {}
    for form, lines in PATTERNS.items():
        for i, line in enumerate(lines):
            key = f"{form}-{i}"
            matcher.add(key, [[_item(place) for place in places(line)]], greedy="LONGEST")
            patterns[vocab.strings[key]] = form, places(line)
    return vocab, matcher, patterns


def _item(place: Place) -> dict[str, Any]:
    """A place as spaCy's matcher takes it."""
    item: dict[str, Any] = {"TAG": place.tags[0] if len(place.tags) == 1 else {"IN": list(place.tags)}}
    return item | ({"OP": place.often} if place.often else {})
