"""Which arm a claim is about, and of which base it is a share: only as far as the sentence says so.

Each attribution has a confidence: above 0.9 where the arm's name stands at the number, 0.85 where arms and numbers are listed in the
same order, 0.7 where one arm is named and the other follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from counterproof.extract.prose.arms import Mention
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Part, Token

AFTER = 6
"""An arm named behind a number (``12 (30%) in the control group``) begins within so many tokens."""


def arms_of(
    tokens: Sequence[Token], values: Sequence[Value], groups: Sequence[Sequence[int]], mentions: Sequence[Mention]
) -> dict[int, tuple[int, float]]:
    """For each claim (by position) its arm and how sure that is."""
    if not mentions:
        return {}
    found: dict[int, tuple[int, float]] = {}
    grouped = {i for group in groups if len(group) >= 2 for i in group}
    for group in groups:
        if len(group) >= 2:
            found |= _of_group(tokens, values, group, mentions)
    for i in range(len(values)):
        if i not in grouped and (arm := _at(tokens, values, i, mentions)) is not None:
            found[i] = arm, 0.9
    return found


def _of_group(
    tokens: Sequence[Token], values: Sequence[Value], group: Sequence[int], mentions: Sequence[Mention]
) -> dict[int, tuple[int, float]]:
    """The arms of claims that are set against each other; all of them different, or none."""
    beside = [_at(tokens, values, i, mentions) for i in group]
    if all(arm is not None for arm in beside) and len(set(beside)) == len(group):
        return {i: (arm, 0.95) for i, arm in zip(group, beside, strict=True) if arm is not None}
    start, end = tokens[values[group[0]].first].start, tokens[values[group[-1]].last - 1].end
    before = _distinct(m.arm for m in mentions if m.end <= start)
    after = _distinct(m.arm for m in mentions if m.start >= end)
    inside = _distinct(m.arm for m in mentions if start <= m.start < end)
    if len(before) == len(group) and not inside:
        return {i: (arm, 0.85) for i, arm in zip(group, before, strict=True)}
    together = _distinct([*before[-1:], *inside, *after[:1]])
    if len(inside) < len(group) and before and len(_distinct([*before[-1:], *inside])) == len(group):
        return {i: (arm, 0.85) for i, arm in zip(group, _distinct([*before[-1:], *inside]), strict=True)}
    if inside and len(together) == len(group):
        return {i: (arm, 0.8) for i, arm in zip(group, together, strict=True)}
    if not before and not inside and len(after) == len(group):
        return {i: (arm, 0.8) for i, arm in zip(group, after, strict=True)}
    return {}


def _at(tokens: Sequence[Token], values: Sequence[Value], i: int, mentions: Sequence[Mention]) -> int | None:
    """The arm whose name stands at a claim: behind it ("in the A group"), or right before it ("A: 12%")."""
    value = values[i]
    start, end = tokens[value.first].start, tokens[value.last - 1].end
    until = tokens[values[i + 1].first].start if i + 1 < len(values) else tokens[-1].end
    reach = tokens[min(value.last + AFTER, len(tokens)) - 1].end
    for mention in mentions:
        if end <= mention.start < min(until, reach) and _introduced(tokens, end, mention.start):
            return mention.arm
    since = tokens[values[i - 1].last - 1].end if i else 0
    for mention in reversed(mentions):
        if since <= mention.start and mention.end <= start:
            between = [t for t in tokens if mention.end <= t.start < start]
            if len(between) <= 2 and all(t.tag in ("COLON", "EQ", "LP", "COMMA", "BE", "NEQ", "RP") for t in between):
                return mention.arm
            break
    return None


def _introduced(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether only "in the", "of", a bracket and the like stand between a number and the arm's name behind it."""
    between = [t for t in tokens if start <= t.start < end]
    if any(t.tag in ("VS", "COMPARED", "THAN", "SEMI", "P", "COLON") or t.text == "." for t in between):
        return False
    return any(t.tag in ("IN", "OF", "LP", "TO") for t in between) and not any(t.tag == "AND" for t in between)


def _distinct(arms: object) -> list[int]:
    return list(dict.fromkeys(arms))  # type: ignore[call-overload]


def opening_base(tokens: Sequence[Token]) -> Part | None:
    """The base that the opening of a sentence names for its counts: ``Of the 116 patients who …, 50 (21.9%) …``."""
    for at, opening in enumerate(tokens):
        if opening.text not in ("Of", "From", "Among", "In") or opening.tag not in ("OF", "FROM"):
            continue
        for position, token in enumerate(tokens[at + 1 : at + 7], at + 1):
            if token.tag == "COUNT":
                return token.parts[0] if any(t.tag == "PEOPLE" for t in tokens[position + 1 : position + 4]) else None
            if token.tag not in ("DET", "W", "OF"):
                break
    return None
