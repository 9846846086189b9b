"""Which arm a claim is about, and of which base it is a share: only as far as the sentence says so.

Each attribution has a confidence: above 0.9 where the arm's name stands at the number, 0.85 where arms and numbers are listed in the
same order, 0.65 where one of two arms is named and the other follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from counterproof.extract.prose.arm_orders import ESTIMATES, alternatives, apart_from_names, go_on, larger, lists_arms, named_before
from counterproof.extract.prose.arms import Mention
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Token
from counterproof.extract.prose.words import words

AFTER = 6
"""An arm named behind a number (``12 (30%) in the control group``) begins within so many tokens."""

TREATED = words("receiving received given taking assigned allocated treated")
"""Words that lead from patients to their arm, as "in" does."""


def arms_of(
    tokens: Sequence[Token],
    values: Sequence[Value],
    groups: Sequence[Sequence[int]],
    mentions: Sequence[Mention],
    pair: frozenset[int] = frozenset(),
) -> dict[int, tuple[int, float]]:
    """For each claim (by position) its arm and how sure that is; ``pair`` are the two arms of a study that has no others."""
    if not mentions:
        return {}
    found: dict[int, tuple[int, float]] = {}
    grouped = {i for group in groups if len(group) >= 2 for i in group}
    for group in groups:
        if len(group) >= 2:
            found |= _of_group(tokens, values, group, mentions) or _of_pair(tokens, values, group, mentions, pair)
    go_on(tokens, values, groups, mentions, found)
    for i in range(len(values)):
        if i not in grouped and (arm := _at(tokens, values, i, mentions)) is not None:
            found[i] = arm, 0.9
    return {i: arm for i, arm in found.items() if not (values[i].kinds & ESTIMATES and _contrasts(tokens, values, i, mentions))}


def _contrasts(tokens: Sequence[Token], values: Sequence[Value], i: int, mentions: Sequence[Mention]) -> bool:
    """Whether an effect is that of one arm against another, so that it belongs to neither."""
    start, end = tokens[values[i].first].start, tokens[values[i].last - 1].end
    since = max((t.end for t in tokens[: values[i].first] if t.tag == "P"), default=0)
    near = tokens[values[i - 1].last if i else 0 : values[i].last + AFTER + 2]
    set_against = any(t.tag in ("VS", "THAN", "COMPARED") or t.text in ("comparing", "between") for t in near)
    return set_against or len({m.arm for m in mentions if since <= m.start < end}) != 1 or start < since


def _of_pair(
    tokens: Sequence[Token], values: Sequence[Value], group: Sequence[int], mentions: Sequence[Mention], pair: frozenset[int]
) -> dict[int, tuple[int, float]]:
    """``In the A group, fever was more frequent (28.6% vs. 3%)``: of two arms the one named has the first number, where its size fits
    the word for it.
    """
    named = {mention.arm for mention in mentions}
    if len(group) != 2 or len(named) != 1 or not named < pair:
        return {}
    if any(t.tag == "TO" for t in tokens[values[group[0]].last : values[group[1]].first]):
        return {}  # from 28 to 9: a change within the arm
    if not larger(tokens, values, group):
        return {}
    (arm,) = named
    (other,) = pair - named
    return {group[0]: (arm, 0.65), group[1]: (other, 0.65)}


def _of_group(
    tokens: Sequence[Token], values: Sequence[Value], group: Sequence[int], mentions: Sequence[Mention]
) -> dict[int, tuple[int, float]]:
    """The arms of claims that are set against each other; all of them different, or none."""
    shared = not any(t.tag == "RP" for t in tokens[values[group[0]].last : values[group[1]].first])
    beside: list[int | None] = [_at(tokens, values, i, mentions, bracket=not shared) for i in group]
    first, last = values[group[0]], values[group[-1]]
    start, end = tokens[first.first].start, tokens[last.last - 1].end
    ends = [t.end for t in tokens[: first.first] if t.tag in ("P", "SEMI")]
    ends += [tokens[v.last - 1].end for v in values if v.last <= first.first and v.form != "plain"]
    starts = [t.start for t in tokens[last.last :] if t.tag == "SEMI"] + [tokens[v.first].start for v in values if v.first >= last.last]
    since, until = max(ends, default=0), min(starts, default=tokens[-1].end)
    near = [m for m in mentions if since <= m.start < until]
    if apart_from_names(tokens, values, group, near):
        beside = [None] * len(group)
    missing = [k for k, arm in enumerate(beside) if arm is None]
    sure = 0.95
    if len(missing) == 1:
        others = [arm for arm in _distinct(m.arm for m in near) if arm not in beside]
        if len(others) == 1:
            beside[missing[0]], sure = others[0], 0.85
    elif len(missing) == len(group):
        before = named_before(tokens, values, group, [m for m in near if m.end <= start])
        after = _distinct(m.arm for m in near if m.start >= end) if not any(m.end <= start for m in near) else []
        inside = any(start <= m.start < end for m in near)
        listed, sure = (before, 0.85) if len(before) == len(group) else (after, 0.8)
        if len(listed) == len(group) and not inside:
            beside = list(listed)
    if missing == [0] and beside[0] is None and _total(tokens, values, group):
        group, beside = group[1:], beside[1:]
    if any(arm is None for arm in beside) or len(set(beside)) < len(group):
        return {}
    return {i: (arm, sure) for i, arm in zip(group, beside, strict=True) if arm is not None}


def _total(tokens: Sequence[Token], values: Sequence[Value], group: Sequence[int]) -> bool:
    """``3 patients (2 in the A group and 1 in the B group)``: the first count stands before a bracket that holds parts of it."""
    first = values[group[0]]
    counts = [part.number.value or 0 for i in group if (part := values[i].part("count"))]
    opened = first.last < len(tokens) and tokens[first.last].tag == "LP"
    return len(counts) == len(group) and counts[0] >= max(counts[1:]) and (opened or counts[0] == sum(counts[1:]))


def _at(tokens: Sequence[Token], values: Sequence[Value], i: int, mentions: Sequence[Mention], bracket: bool = True) -> int | None:
    """The arm whose name stands at a claim: behind it ("in the A group"), or right before it ("A: 12%", and "A (12%)" where the
    bracket is not shared with others: ``bracket``).
    """
    value = values[i]
    start, end = tokens[value.first].start, tokens[value.last - 1].end
    until = tokens[values[i + 1].first].start if i + 1 < len(values) else tokens[-1].end
    own = {mention.arm for mention in mentions if start <= mention.start < end}
    if len(own) == 1:
        return own.pop()
    if (beside := _right_behind(tokens, value, mentions)) is not None:
        return beside
    reach = tokens[min(value.last + AFTER, len(tokens)) - 1].end
    for at, mention in enumerate(mentions):
        if end <= mention.start < min(until, reach) and _introduced(tokens, end, mention.start):
            return None if _of_several(tokens, mentions, at, end) else mention.arm
    since = tokens[values[i - 1].last - 1].end if i else 0
    for at, mention in reversed(list(enumerate(mentions))):
        if since <= mention.start and mention.end <= start:
            if at and lists_arms(tokens, mentions, at - 1):
                break  # "in the A and B groups were 1.4 and 0.7": the numbers follow in the order of the list
            between = [t for t in tokens if mention.end <= t.start < start]
            if i and values[i - 1].form != "plain" and _taken(tokens, since, mention.start, between):
                break  # "3 patients on A, 2 patients on another dose"
            named = bracket or any(t.tag in ("COLON", "EQ", "BE", "IN") for t in between) or not between
            if named and len(between) <= 2 and all(_leads_on(t) for t in between):
                return mention.arm
            alone = bracket or not any(t.tag == "LP" for t in between)
            if alone and value.kinds & {"mean", "median"} and len(between) <= 7 and all(_has_mean(t) for t in between):
                return None if at and _set_against(tokens, mentions[at - 1], mention) else mention.arm
            break
    return None


def _of_several(tokens: Sequence[Token], mentions: Sequence[Mention], at: int, end: int) -> bool:
    """Whether an arm named behind a number is the first of several; what is said of both is said of it."""
    behind = next((t for t in tokens if t.start >= mentions[at].end), None)
    if behind is not None and behind.text in ("plus", "+"):
        return True  # "received A plus C"
    both = any(t.text == "both" for t in tokens if end <= t.start < mentions[at].start)
    return not both and (lists_arms(tokens, mentions, at, brackets=True) or alternatives(tokens, mentions, at))


def _taken(tokens: Sequence[Token], since: int, start: int, between: Sequence[Token]) -> bool:
    """Whether an arm's name belongs to the number before it, and a comma parts it from the one behind: no base that opens a sentence."""
    led = [t for t in tokens if since <= t.start < start]
    introduced = any(t.tag == "IN" or t.text in TREATED for t in led) and not any(t.tag in ("LP", "COMMA", "SEMI", "P") for t in led)
    return introduced and tokens[0].tag != "OF" and bool(between) and between[0].tag == "COMMA"


def _right_behind(tokens: Sequence[Token], value: Value, mentions: Sequence[Mention]) -> int | None:
    """``7.4% intervention versus 7.7% control``: the arm whose name follows a number without any word between."""
    if value.last >= len(tokens) or not value.kinds & {"percent", "count", "mean", "median", "rate"}:
        return None
    start = tokens[value.last].start
    mention = next((m for m in mentions if m.start == start), None)
    after = next((t for t in tokens if mention and t.start >= mention.end), None)
    return mention.arm if mention and (after is None or after.tag in ("VS", "RP", "AND", "COMMA", "SEMI", "COMPARED")) else None


def _leads_on(token: Token) -> bool:
    """Whether a word or mark leads from an arm's name to its number: ``A: 12%``, ``A (12%)``, ``A was 12%``, ``A at 12%``."""
    return token.tag in ("COLON", "EQ", "LP", "COMMA", "BE", "NEQ", "RP") or token.text in ("at", "it", "this")


def _set_against(tokens: Sequence[Token], one: Mention, other: Mention) -> bool:
    """Whether two arms are named side by side, so that numbers behind them follow in their order: ``in A than in B with 5 vs. 3``."""
    between = [t for t in tokens if one.end <= t.start < other.start]
    return len(between) <= 6 and not any(t.parts for t in between)


def _has_mean(token: Token) -> bool:
    """Whether a word leads from an arm's name to its mean: ``the A group had a mean of 3.1``, ``B's median was 1.8``."""
    return token.tag in ("MEAN", "MEDIAN", "DET", "OF", "BE", "TO", "LP", "EQ") or token.text in (
        "having",
        "showed",
        "reported",
        "'s",
        "’s",
        "s",
        "'",
        "’",
    )


def _introduced(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether only "in the", "of", a bracket and the like stand between a number and the arm's name behind it."""
    between = [t for t in tokens if start <= t.start < end]
    if any(t.tag in ("VS", "COMPARED", "THAN", "SEMI", "P", "COLON") or t.text == "." for t in between):
        return False
    return any(t.tag in ("IN", "OF", "LP", "TO") or t.text in TREATED for t in between) and not any(t.tag == "AND" for t in between)


def _distinct(arms: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(arms))
