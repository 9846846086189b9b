"""Bare whole numbers that a sentence counts patients or events with: lists before a noun, and numbers that stand at arms.

``31, 35 and 28 patients`` counts three times; ``24 in the A group and 28 in the B group`` counts where the two make a number that the
sentence names, where one of them is a count of patients, or where patients or events stand before the bracket that holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counterproof.extract.prose.arms import Mention
from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Token

_LINKS = frozenset({"IN", "OF", "TO", "FROM", "DET", "PEOPLE"})
_MEASURED = frozenset({"BE", "EQ", "MEAN", "MEDIAN", "TO", "THAN", "FROM", "COLON", "OF"})
"""What stands before a number that is a measurement or the end of a change."""


def counted(tokens: Sequence[Token], values: Sequence[Value], mentions: Sequence[Mention]) -> list[Value]:
    """The claims, with bare numbers that count made counts."""
    found = list(values)
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
