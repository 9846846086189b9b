"""Bare whole numbers that a sentence counts patients or events with: lists before a noun, and numbers that stand at arms.

``31, 35 and 28 patients`` counts three times; ``24 in the A group and 28 in the B group`` counts where the two make a number that the
sentence names, where one of them is a count of patients, or where patients or events stand before the bracket that holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counterproof.extract.prose.arms import Mention
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Part, Token

_LINKS = frozenset({"IN", "OF", "TO", "FROM", "DET", "PEOPLE"})
_MEASURED = frozenset({"BE", "EQ", "MEAN", "MEDIAN", "TO", "THAN", "FROM", "COLON", "OF"})
"""What stands before a number that is a measurement or the end of a change."""


def counted(tokens: Sequence[Token], values: Sequence[Value], mentions: Sequence[Mention]) -> list[Value]:
    """The claims, with bare numbers that count made counts."""
    found = [_no_limit(tokens, value) for value in _events(tokens, values)]
    for i in range(len(found) - 1, 0, -1):
        if found[i].kinds == {"count"} and _bare(tokens, found[i - 1]) and _listed(tokens[found[i - 1].last : found[i].first]):
            found[i - 1] = _as_count(found[i - 1])
    if len({mention.arm for mention in mentions}) >= 2:
        at_arms = [i for i in range(len(found)) if _at_arm(tokens, found[i], mentions)]
        bare = [i for i in at_arms if _bare(tokens, found[i])]
        if bare and len(at_arms) >= 2 and _counts(tokens, found, at_arms):
            for i in bare:
                found[i] = _as_count(found[i])
    return found


def _events(tokens: Sequence[Token], values: Sequence[Value]) -> list[Value]:
    """``261 events in 2135 participants (12.2%)``: the second number is the base, where the percent is the share of the first in it."""
    found: list[Value] = []
    for value in values:
        count, percent = value.part("count"), value.part("percent")
        if found and count and percent and value.part("n") is None and _in(tokens[found[-1].last : value.first]):
            first = found[-1].part("count") or found[-1].parts[0]
            if (_bare(tokens, found[-1]) or found[-1].kinds == {"count"}) and _is_share(first, count, percent):
                earlier = found.pop()
                value = replace(value, first=earlier.first, parts=(first._replace(kind="count"), percent, count._replace(kind="n")))
        found.append(value)
    return found


def _in(link: Sequence[Token]) -> bool:
    """Whether words lead from events to those who had them: ``events in``."""
    return 0 < len(link) <= 4 and link[-1].text in ("in", "among") and all(t.tag in ("W", "PEOPLE", "OF", "IN") for t in link)


def _is_share(part: Part, whole: Part, percent: Part) -> bool:
    """Whether a percent, as printed, is the share of a count in another."""
    number, base, share = part.number.value, whole.number.value, percent.number.value
    if number is None or not base or share is None or number > base:
        return False
    return abs(100 * number / base - share) <= 0.51 * 10.0**-percent.number.decimals


def _no_limit(tokens: Sequence[Token], value: Value) -> Value:
    """``had more than 2 lesions (25%)``: what stands behind "than" counts nobody, nor does ``as one control group``, nor a reference."""
    before = tokens[value.first - 1].text.lower() if value.first else ""
    behind = tokens[value.last].text.lower() if value.last < len(tokens) else ""
    if value.kinds == {"count"} and value.form == "proportion" and behind in ("group", "groups", "arm", "arms"):
        return replace(value, form="plain", parts=(value.parts[0]._replace(kind="value"),))
    if value.kinds != {"count", "percent"} or not (_limited(value, before) or _cites(tokens, value)):
        return value
    return replace(value, parts=tuple(part for part in value.parts if part.kind == "percent"))


def _limited(value: Value, before: str) -> bool:
    return value.parts[0].kind == "count" and before in ("than", "least")


def _cites(tokens: Sequence[Token], value: Value) -> bool:
    """Whether what stands in square brackets behind a rounded percent is a reference: ``by ≈25% [9]``."""
    percent = value.parts[0]
    return percent.kind == "percent" and percent.number.comparator != "=" and any(t.text == "[" for t in tokens[value.first : value.last])


def _bare(tokens: Sequence[Token], value: Value) -> bool:
    """Whether a claim is one whole number without unit or meaning."""
    return value.form == "plain" and value.last - value.first == 1 and tokens[value.first].tag in ("COUNT", "COUNTWORD")


def _as_count(value: Value) -> Value:
    return replace(value, form="proportion", parts=(value.parts[0]._replace(kind="count"),))


def _listed(link: Sequence[Token]) -> bool:
    """Whether only a comma or "and" stands between two numbers of a list."""
    return 0 < len(link) <= 2 and all(t.tag == "COMMA" or (t.tag == "AND" and t.text in ("and", "or")) for t in link)


def _at_arm(tokens: Sequence[Token], value: Value, mentions: Sequence[Mention]) -> bool:
    """Whether a count stands right before an arm: ``24 in the A group``, ``8 patients receiving B``."""
    if value.kinds != {"count"} and not _bare(tokens, value):
        return False
    end = tokens[value.last - 1].end
    mention = next((m for m in mentions if m.start >= end), None)
    if mention is None:
        return False
    between = [t for t in tokens[value.last : value.last + 6] if t.start < mention.start]
    reached = not between or between[-1].end + 1 >= mention.start
    return reached and 0 < len(between) <= 4 and all(t.tag in _LINKS or t.text in ("receiving", "assigned", "allocated") for t in between)


def _counts(tokens: Sequence[Token], values: Sequence[Value], at_arms: Sequence[int]) -> bool:
    """Whether the words show that the numbers at arms count: see the module's docstring."""
    first = values[at_arms[0]]
    before = tokens[first.first - 1] if first.first else None
    numbers = [values[i].parts[0].number.value or 0 for i in at_arms]
    earlier = {part.number.value for token in tokens[: first.first] for part in token.parts}
    if {sum(numbers[:n]) for n in range(2, len(numbers) + 1)} & earlier:
        return True
    if any(values[i].kinds == {"count"} for i in at_arms):
        return True
    if before is not None and before.tag in _MEASURED:
        return False
    head = tokens[first.first - 2] if first.first > 1 and before is not None and before.tag == "LP" else None
    return head is not None and head.tag == "PEOPLE"
