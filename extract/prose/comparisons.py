"""Joins the P-values of a sentence with the claims that they compare.

A P-value belongs to what stands right before it: a test statistic, an effect with its interval, or two or more claims of one form that
are set against each other (``28.6% vs. 3%``, ``12 (30%) in the A group and 5 (13%) in the B group``). Otherwise it stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Token

NEAR = 6
"""At most so many tokens between a statistic or effect and its P-value."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A P-value (its token) and the claims before it that it compares; how sure that is; whether they are before and after."""

    p: int
    members: tuple[int, ...] = ()
    confidence: float = 1.0
    change: bool = False


def compared(tokens: list[Token], values: list[Value]) -> list[Compared]:
    """One for each P-value of the sentence, in order."""
    found: list[Compared] = []
    start = 0
    for p, token in enumerate(tokens):
        if token.tag != "P":
            continue
        if found and _joined(tokens, found[-1].p, p):
            found.append(Compared(p))
            continue
        found.append(_for_one(tokens, values, start, p))
        start = p + 1
    return found


def runs(tokens: list[Token], values: list[Value]) -> list[list[int]]:
    """Claims of one form that stand side by side: what is said of one is said of all."""
    found: list[list[int]] = []
    for i, value in enumerate(values):
        if found and _alike(values[found[-1][-1]], value) and _linked(tokens, values[found[-1][-1]].last, value.first):
            found[-1].append(i)
        else:
            found.append([i])
    return found


def _joined(tokens: list[Token], first: int, second: int) -> bool:
    """Whether two P-values stand in one list: ``P = .01 and P = .02``."""
    between = [t for t in tokens[first + 1 : second] if t.text.lower() not in ("p", "-", "value", "values")]
    return len(between) <= 2 and all(t.tag in ("AND", "COMMA", "SEMI") for t in between)


def _for_one(tokens: list[Token], values: list[Value], start: int, p: int) -> Compared:
    window = [i for i, value in enumerate(values) if value.first >= start and value.last <= p and value.form != "size"]
    if not window:
        return Compared(p)
    last = window[-1]
    value = values[last]
    near = p - value.last <= NEAR and not _parted(tokens, value.last, p)
    if value.form in ("statistic", "effect") and near:
        return Compared(p, (last,), 0.95)
    if value.form == "interval" and near and value.name:
        return Compared(p, (last,), 0.9)
    return _set_against(tokens, values, window, p)


def _set_against(tokens: list[Token], values: list[Value], window: list[int], p: int) -> Compared:
    """The last run of claims of one form, where words set them against each other."""
    run = [window[-1]]
    for i in reversed(window[:-1]):
        if not _alike(values[i], values[run[0]]) or not _linked(tokens, values[i].last, values[run[0]].first):
            break
        run.insert(0, i)
    if len(run) < 2 or _split_off(tokens, values[run[-1]].last, p):
        return Compared(p)
    links = [tokens[values[a].last : values[b].first] for a, b in zip(run, run[1:], strict=False)]
    if any(t.tag == "FROM" for t in tokens[max(0, values[run[0]].first - 2) : values[run[0]].first]) and links[0] and links[0][-1].tag == "TO":
        return Compared(p, tuple(run), 0.8, change=True)
    against = all(any(t.tag in ("VS", "COMPARED", "THAN") for t in link) for link in links)
    return Compared(p, tuple(run), 0.95 if against else 0.75)


def _alike(one: Value, other: Value) -> bool:
    return one.kinds == other.kinds and one.form == other.form and _units(one) == _units(other)


def _units(value: Value) -> str | None:
    return value.parts[0].number.unit if value.parts and value.parts[0].kind != "count" else None


def _linked(tokens: list[Token], first: int, second: int) -> bool:
    """Whether two claims are set side by side: by vs., than, compared, a comma or "and", within one clause."""
    between = tokens[first:second]
    return bool(between) and len(between) <= 25 and not any(t.tag in ("SEMI", "P") or t.text == "." for t in between)


def _split_off(tokens: list[Token], first: int, p: int) -> bool:
    """Whether what stands between the last claim and the P-value parts them."""
    return p - first > 25 or _parted(tokens, first, p)


def _parted(tokens: list[Token], first: int, p: int) -> bool:
    """Whether a semicolon stands between that is not within the bracket of the P-value."""
    depth = 0
    for token in reversed(tokens[first:p]):
        depth += (token.tag == "RP") - (token.tag == "LP")
        if token.tag == "SEMI" and depth == 0 and not _closes(tokens, p):
            return True
    return False


def _closes(tokens: list[Token], p: int) -> bool:
    """Whether a bracket that was opened before the P-value closes right behind it."""
    return any(t.tag == "RP" for t in tokens[p + 1 : p + 3])
