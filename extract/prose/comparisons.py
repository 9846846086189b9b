"""Joins the P-values of a sentence with the claims that they compare.

A P-value belongs to what stands right before it: a test statistic, an effect with its interval, or two or more claims of one form that
are set against each other (``28.6% vs. 3%``, ``12 (30%) in the A group and 5 (13%) in the B group``). Otherwise it stands alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from counterproof.extract.prose.grammar import Value
from counterproof.extract.prose.tokens import Token

NEAR = 6
"""At most so many tokens between a statistic or effect and its P-value."""

TIGHT = 5
"""At most so many tokens between claims that are set directly against each other: ``28.6% vs. 3%``, ``EF: 28.6%; control: 3%``."""

FAR = 25
"""At most so many tokens between claims that are set against each other, and between them and their P-value."""


class Compared(NamedTuple):
    """A P-value (its token) and the claims before it that it compares; how sure that is; whether they are before and after."""

    p: int
    members: tuple[int, ...] = ()
    confidence: float = 1.0
    change: bool = False
    place: int = 0
    listed: int = 1
    """Its place in a list of so many P-values ("P = .01 and P = .02, respectively")."""
    joint: bool = False
    """Whether it is of several effects together, or of the difference between two."""


Apart = Callable[[int, int], bool]
"""Whether the words between two claims name something of their own for the second."""


def compared(tokens: Sequence[Token], values: Sequence[Value], apart: Apart) -> list[Compared]:
    """One for each P-value of the sentence, in order."""
    found: list[Compared] = []
    rows: list[list[int]] = []
    start = 0
    for p, token in enumerate(tokens):
        if token.tag != "P":
            continue
        if found and _joined(tokens, found[-1].p, p):
            found.append(Compared(p))
            rows[-1].append(len(found) - 1)
            continue
        rows.append([len(found)])
        found.append(_for_one(tokens, values, apart, start, p))
        start = p + 1
    for row in rows:
        if len(row) > 1:
            for at, one in zip(row, _shared_out(tokens, values, [found[at] for at in row]), strict=True):
                found[at] = one
    return found


def _shared_out(tokens: Sequence[Token], values: Sequence[Value], row: Sequence[Compared]) -> list[Compared]:
    """A list of P-values: each has the pair set against each other by vs. that stands at its place, if there are as many; else none."""
    members = row[0].members
    pairs = [members[at : at + 2] for at in range(0, len(members), 2)]
    against = [len(pair) == 2 and _against(tokens[values[pair[0]].last : values[pair[1]].first]) for pair in pairs]
    if len(pairs) == len(row) and all(against):
        return [Compared(one.p, pair, 0.8, place=at, listed=len(row)) for at, (one, pair) in enumerate(zip(row, pairs, strict=True))]
    alone = len(members) <= 1
    return [one if alone and at == 0 else Compared(one.p) for at, one in enumerate(row)]


def runs(tokens: Sequence[Token], values: Sequence[Value], apart: Apart) -> list[list[int]]:
    """Claims of one form that stand side by side: what is said of one is said of all."""
    found: list[list[int]] = []
    for i, value in enumerate(values):
        if value.form == "plain" and not value.kinds & {"mean", "median"}:
            continue
        if found and alike(values[found[-1][-1]], value) and _linked(tokens, values, apart, found[-1][-1], i):
            found[-1].append(i)
        else:
            found.append([i])
    return found


def alike(one: Value, other: Value) -> bool:
    """Whether two claims print the same kinds of numbers in the same unit; the first of ``16.2 vs. 6.6 months`` leaves it out."""
    units = [value.parts[0].number.unit if value.parts[0].kind != "count" else None for value in (one, other)]
    same = one.kinds ^ other.kinds <= {"ci_level", "n"}
    return same and one.form == other.form and (units[0] is None or units[0] == units[1])


def _joined(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether two P-values stand in one list: ``P = .01 and P = .02``."""
    between = [t for t in tokens[first + 1 : second] if t.text.lower() not in ("p", "-", "value", "values", "=")]
    return len(between) <= 2 and all(t.tag in ("AND", "COMMA", "SEMI") for t in between)


def _for_one(tokens: Sequence[Token], values: Sequence[Value], apart: Apart, start: int, p: int) -> Compared:
    window = [i for i, value in enumerate(values) if value.first >= start and value.last <= p and value.form != "size"]
    if any(values[i].form != "plain" for i in window):
        window = [i for i in window if values[i].form != "plain" or values[i].kinds & {"mean", "median"}]
    if not window:
        return Compared(p)
    value = values[window[-1]]
    near = p - value.last <= NEAR and not _parted(tokens, value.last, p)
    if near and value.form in ("effect", "interval") and _of_several(tokens, values, window, p):
        return Compared(p, joint=True)
    paired = value.form == "interval" and len(window) > 1 and alike(values[window[-2]], value)
    if near and value.form in ("statistic", "effect", "interval") and not paired:
        return Compared(p, (window[-1],), 0.95)
    return _set_against(tokens, values, apart, window, p)


_TOGETHER = frozenset({"overall", "global", "joint", "omnibus"})


def _of_several(tokens: Sequence[Token], values: Sequence[Value], window: list[int], p: int) -> bool:
    """Whether a P-value behind several effects is of all of them: ``OR for A 0.8 (0.5–1.2); OR for B 0.9 (0.6–1.3); P = .5``.

    It is set off from the last as that is from the one before, or says so itself; or two effects are set against each other.
    """
    opened = _opened(tokens, p)
    near = [values[i] for i in window if values[i].first > opened and values[i].form in ("effect", "interval")]
    if len(near) < 2 or (near[-1].form == "interval" and alike(*near[-2:])):
        return False
    before, last = near[-2:]
    behind, link = tokens[last.last : p], tokens[before.last : last.first]
    if any(t.text.lower() in _TOGETHER for t in behind) or (0 < len(link) <= 3 and any(t.tag == "VS" for t in link)):
        return True
    set_off = [any(t.tag == "SEMI" for t in stretch) for stretch in (link, behind, tokens[last.first : last.last])]
    return set_off == [True, True, False]


def _opened(tokens: Sequence[Token], p: int) -> int:
    """Where the bracket opens in which a token stands; -1 where it stands in none."""
    depth = 0
    for at in range(p - 1, -1, -1):
        depth += (tokens[at].tag == "RP") - (tokens[at].tag == "LP")
        if depth < 0:
            return at
    return -1


def _set_against(tokens: Sequence[Token], values: Sequence[Value], apart: Apart, window: list[int], p: int) -> Compared:
    """The last run of claims of one form, where words set them against each other."""
    run = [window[-1]]
    for i in reversed(window[:-1]):
        tight = len(run) > 1 and values[run[1]].first - values[run[0]].last <= TIGHT
        if tight and values[run[0]].first - values[i].last > TIGHT and not _at_arm(tokens, values, run):
            break
        if not alike(values[i], values[run[0]]) or not _linked(tokens, values, apart, i, run[0]):
            break
        run.insert(0, i)
    if len(run) < 2 or p - values[run[-1]].last > FAR or _parted(tokens, values[run[-1]].last, p):
        return Compared(p)
    links = [tokens[values[a].last : values[b].first] for a, b in itertools.pairwise(run)]
    before = tokens[max(0, values[run[0]].first - 2) : values[run[0]].first]
    led = bool(links[0]) and links[0][-1].text == "to"
    alone = values[run[0]].form in ("mean", "rate") and all(t.text == "to" or t.tag == "RP" for t in links[0])
    if led and (alone or any(t.tag == "FROM" for t in before)):
        return Compared(p, tuple(run), 0.8, change=True)
    return Compared(p, tuple(run), 0.95 if all(_against(link) for link in links) else 0.75)


def _at_arm(tokens: Sequence[Token], values: Sequence[Value], run: list[int]) -> bool:
    """Whether the claims of a run are each followed by words of their own, as ``5 in the A group`` is."""
    last = values[run[-1]].last
    return last < len(tokens) and tokens[last].tag in ("IN", "OF")


def _against(link: Sequence[Token]) -> bool:
    return any(t.tag in ("VS", "COMPARED", "THAN") for t in link)


def _linked(tokens: Sequence[Token], values: Sequence[Value], apart: Apart, i: int, j: int) -> bool:
    """Whether two claims are set side by side: by vs., than, compared; or by a comma or "and" with nothing new named."""
    link = tokens[values[i].last : values[j].first]
    if not link or len(link) > FAR or any(t.tag == "P" for t in link) or _stops(link):
        return False
    if any(t.tag == "SEMI" for t in link):
        return len(link) <= TIGHT and not apart(i, j) and link[-1].tag in ("COLON", "EQ")
    return _against(link) or not apart(i, j) or _two_groups(tokens, values[i], values[j])


def _stops(link: Sequence[Token]) -> bool:
    """Whether a full stop stands between two claims that is not that of an abbreviated name (``E. coli``)."""
    return any(t.text == "." and not (i and len(link[i - 1].text) == 1 and link[i - 1].text.isupper()) for i, t in enumerate(link))


def _two_groups(tokens: Sequence[Token], one: Value, other: Value) -> bool:
    """``15 of 23 (65%) with low and 27 of 48 (56%) with high expression``: shares of two bases, each with the words for its group."""
    bases = one.part("n"), other.part("n")
    described = all(value.last < len(tokens) and tokens[value.last].tag in ("TO", "IN", "OF") for value in (one, other))
    return described and bases[0] is not None and bases[1] is not None and bases[0].number.value != bases[1].number.value


def _parted(tokens: Sequence[Token], first: int, p: int) -> bool:
    """Whether a semicolon stands between that is neither within the bracket of the P-value nor right before it."""
    depth = 0
    for token in reversed(tokens[first : max(first, p - 3)]):
        depth += (token.tag == "RP") - (token.tag == "LP")
        if token.tag == "SEMI" and depth == 0 and not any(t.tag == "RP" for t in tokens[p + 1 : p + 3]):
            return True
    return False
