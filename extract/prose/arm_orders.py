"""Arms of claims that do not name them: in the order of claims before, of arms listed before, or of the arm a sentence is about."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Sequence

from counterproof.extract.prose.arms import Mention
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Token
from counterproof.extract.prose.words import words

ESTIMATES = frozenset({"hr", "or", "rr", "difference", "coefficient", "correlation"})
"""Kinds that tell of a comparison and belong to no arm."""

NO_ARM = ESTIMATES | {"value", "statistic"}
"""Kinds that a list of arms does not tell."""


MORE = words("higher longer greater more larger increased older better oftener")
LESS = words("lower shorter less fewer smaller decreased younger reduced worse rarer")
"""Words that say on which side of the other the arm's number lies."""


def larger(tokens: Sequence[Token], values: Sequence[Value], group: Sequence[int]) -> bool:
    """Whether the first of two claims lies on the side of the other that the words before them tell: ``higher (28% vs. 3%)``.

    Where words since the claim before tell both sides (``fewer deaths and a higher rate``), none is known.
    """
    first, second = (_told_larger(values[i]) for i in group)
    start = values[group[0]].first
    since = max((value.last for value in values if value.last <= start), default=0)
    said = {t.text.lower() for t in tokens[since:start]}
    more, less = bool(said & MORE), bool(said & LESS)
    if more == less or first is None or second is None or first == second:
        return False
    return (first > second) == more


def _told_larger(value: Value) -> float | None:
    """The number by which a claim is said to be larger than another: its share where it counts, else its middle."""
    if percent := value.part("percent"):
        return percent.number.value
    base, number = value.part("n"), value.parts[0].number.value
    if value.part("count") and base and base.number.value and number is not None:
        return number / base.number.value
    return number


def named_before(tokens: Sequence[Token], values: Sequence[Value], group: Sequence[int], near: Sequence[Mention]) -> list[int]:
    """The arms named before claims, in the order of the claims; empty where the words do not tell which is whose.

    ``Compared with B, patients in A had a higher rate (60% vs. 43%)``: the arm that others are compared with comes last.
    """
    arms = list(dict.fromkeys(mention.arm for mention in near))
    if len(arms) != 2 or not _compared_with(tokens, near[0].start):
        return arms
    return arms[::-1] if len(group) == 2 and larger(tokens, values, group) else []


def _compared_with(tokens: Sequence[Token], start: int) -> bool:
    """Whether a name stands behind ``compared with (patients in) the``."""
    for token in reversed([t for t in tokens if t.start < start][-7:]):
        if token.tag == "COMPARED":
            return True
        if token.tag not in ("TO", "DET", "PEOPLE", "IN", "OF") and token.text not in ("those", "receiving", "who", "received"):
            return False
    return False


def lists_arms(tokens: Sequence[Token], mentions: Sequence[Mention], at: int, brackets: bool = False) -> bool:
    """Whether a mention opens a list of arms (``in the A and B groups``), whose numbers stand before it in the same order.

    ``brackets``: one may follow the name, as in ``in the A (P = .02) and B groups (P = .06)``.
    """
    between = _until_next(tokens, mentions, at)
    links = ("AND", "COMMA", "DET", "IN", "TO", "OF", *(("LP", "P", "EQ", "NEQ", "RP") if brackets else ()))
    listed = all(t.tag in links or t.text in ("p", "P") for t in between)
    return listed and any(t.tag in ("AND", "COMMA") for t in between)


def alternatives(tokens: Sequence[Token], mentions: Sequence[Mention], at: int) -> bool:
    """Whether a mention is the first of two: ``209 patients were randomised to A 10 mg daily or B`` are of neither arm.

    The word "or" leads to the name of the second.
    """
    between = _until_next(tokens, mentions, at)
    last = next((t for t in reversed(between[-4:]) if t.tag in ("COMMA", "AND")), None)
    return last is not None and last.text == "or" and len(between) <= 12 and not any(t.tag in ("SEMI", "VS", "THAN") for t in between)


def _until_next(tokens: Sequence[Token], mentions: Sequence[Mention], at: int) -> list[Token]:
    """What stands between a mention and the next, where that is of another arm."""
    if at + 1 == len(mentions) or mentions[at + 1].arm == mentions[at].arm:
        return []
    first, last = (bisect.bisect_left(tokens, place, key=lambda t: t.start) for place in (mentions[at].end, mentions[at + 1].start))
    return list(tokens[first:last])


def apart_from_names(tokens: Sequence[Token], values: Sequence[Value], group: Sequence[int], near: Sequence[Mention]) -> bool:
    """Whether sizes stand in bracket after bracket behind all the names: ``A B (n = 68) (n = 129)``."""
    if any(values[i].form != "size" for i in group) or len({m.arm for m in near if m.end <= tokens[values[group[0]].first].start}) < 2:
        return False
    links = [tokens[values[i].last : values[j].first] for i, j in itertools.pairwise(group)]
    return all(link and all(t.tag in ("LP", "RP", "COMMA", "AND") for t in link) for link in links)


def go_on(
    tokens: Sequence[Token],
    values: Sequence[Value],
    groups: Sequence[Sequence[int]],
    mentions: Sequence[Mention],
    found: dict[int, tuple[int, float]],
) -> None:
    """Groups of claims that name no arms: they go on in the order of the group before, else of arms that were listed before them all.

    ``Fever was more frequent in A than in B (63% vs. 39%), as was cough (28% vs. 11%)``; with "respectively" the arms may also be
    listed behind the last of several groups.
    """
    rows = sorted(list(group) for group in groups if len(group) >= 2 and not any(values[i].kinds & NO_ARM for i in group))
    orders = [[found[i][0] for i in row] if all(i in found for i in row) else None for row in rows]
    behind = any(token.tag == "RESPECTIVELY" for token in tokens)
    opening = _opening_list(tokens, values, mentions, rows[0][0]) if rows else []
    for at, row in enumerate(rows):
        if orders[at] or any(i in found for i in row) or _names_arm(tokens, values, row, mentions):
            continue
        before = next((order for order in reversed(orders[:at]) if order), None)
        after = next((order for order in orders[at + 1 :] if order), None) if behind else None
        order = before or after or opening
        if order and len(order) == len(row) and _side_by_side(tokens, values, row):
            orders[at] = list(order)
            found |= {i: (arm, 0.8 if order is opening else 0.85) for i, arm in zip(row, order, strict=True)}


def _names_arm(tokens: Sequence[Token], values: Sequence[Value], row: Sequence[int], mentions: Sequence[Mention]) -> bool:
    """Whether an arm is named between the claims of a group or between it and its neighbours."""
    first, last = row[0], row[-1]
    since = tokens[values[first - 1].last - 1].end if first else tokens[values[first].first].start
    until = tokens[values[last + 1].first].start if last + 1 < len(values) else tokens[-1].end
    return any(since <= mention.start < until for mention in mentions)


def _side_by_side(tokens: Sequence[Token], values: Sequence[Value], row: Sequence[int]) -> bool:
    """Whether the claims of a group follow each other with little between: ``28% vs. 11%``, ``5, 6 and 7 patients``."""
    links = [tokens[values[i].last : values[j].first] for i, j in itertools.pairwise(row)]
    return all(
        len(link) <= 3 and all(t.tag in ("VS", "AND", "COMMA", "SEMI", "TO", "COMPARED", "THAN", "SLASH") for t in link) for link in links
    )


def _opening_list(tokens: Sequence[Token], values: Sequence[Value], mentions: Sequence[Mention], first: int) -> list[int]:
    """The arms that a sentence lists before its first group: ``between the A (n = 9) and the B group (n = 12)``."""
    start = tokens[values[first].first].start
    early = [mention for mention in mentions if mention.end <= start]
    arms = list(dict.fromkeys(mention.arm for mention in early))
    if len(arms) != len(early) or len(arms) < 2 or _compared_with(tokens, early[0].start):
        return []
    for one, other in itertools.pairwise(early):
        between = [t for t in tokens if one.end <= t.start < other.start]
        if not all(t.tag in ("AND", "COMMA", "DET", "IN", "TO", "OF", "LP", "RP", "NEQ", "THAN", "VS") for t in between):
            return []
    return arms


def topic(tokens: Sequence[Token], text: str, mentions: Sequence[Mention]) -> int | None:
    """The one arm of which a sentence speaks from its beginning: ``In the A group, 12% … and 15% …``."""
    arms = {mention.arm for mention in mentions}
    if len(arms) != 1 or any(t.tag in ("VS", "THAN", "COMPARED") for t in tokens):
        return None
    opening = _OPENING.match(text)
    return mentions[0].arm if opening and mentions[0].start == opening.end() and not _OTHERS.search(text) else None


_OPENING = re.compile(
    r"(?:In|For|Among|Amongst|Within|Of|From) (?:the |all )?"
    r"(?:(?:patients|participants|subjects|women|men|children|those) (?:in|of|from) (?:the )?)?"
)
_OTHERS = re.compile(r"(?i)\b(?:other|both|between|whole|overall|all) (?:group|arm|stud|patient|participant|the)|\brespectively\b")
"""Words that bring in more than the arm of which a sentence speaks."""
