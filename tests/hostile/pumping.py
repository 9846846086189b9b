"""Text that is worst for a regular expression, made from its own parts, and how the time of a search grows with its length."""

from __future__ import annotations

import contextlib
import math
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Search = Callable[[str], object]
Node = tuple[Any, Any]

LONG = 40
"""A repetition of at most so many is a constant; one of more is pumped."""
ALPHABET = " 1aA(.,-="
LENGTH = 2500
NOTABLE = 60e-6
"""Seconds for a fifth of ``LENGTH`` below which nothing can be steep: a quadratic search takes a hundred thousand steps of it."""
STEEP = 13.0
_CATEGORIES = {c.CATEGORY_DIGIT: "1", c.CATEGORY_SPACE: " ", c.CATEGORY_WORD: "a1", c.CATEGORY_NOT_DIGIT: "a ", c.CATEGORY_NOT_SPACE: "a(1",
               c.CATEGORY_NOT_WORD: " ("}  # fmt: skip


def adversarial(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Pieces of text that, repeated, may make a search for the pattern slow, each with what stands before it."""
    tree = parser.parse(_words(pattern.pattern), pattern.flags)
    letters = dict.fromkeys(ALPHABET + "".join(_letters(tree)))
    yield from ((f"\0{letter}") for letter in letters)
    for before, body in _loops(list(tree), ""):
        yield f"{before}\0{body}"
        yield f"\0{before}{body}"
        if before:
            yield f"\0{before}"
            yield from (f"{before}\0{letter}" for letter in dict.fromkeys(" 1a" + body))


def _words(pattern: str | bytes) -> str:
    return pattern if isinstance(pattern, str) else pattern.decode("latin-1")


def _letters(tree: Any) -> Iterator[str]:
    """A few characters that each part of the pattern takes."""
    for node in tree:
        op, value = node
        if op is c.LITERAL:
            yield chr(value)
        elif op is c.IN:
            yield from _class(value)
        for inner in _inside(node):
            yield from _letters(inner)


def _class(parts: list[Node]) -> str:
    if parts and parts[0][0] is c.NEGATE:
        taken = _class(parts[1:])
        return "".join(letter for letter in "a 1(.%" if letter not in taken)[:3] or "\u00e9"
    some = ""
    for op, value in parts:
        if op is c.LITERAL:
            some += chr(value)
        elif op is c.RANGE:
            some += chr(value[0])
        elif op is c.CATEGORY:
            some += _CATEGORIES.get(value, "a")
    return some[:6]


def _inside(node: Node) -> list[Any]:
    op, value = node
    if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is c.SUBPATTERN:
        return [value[3]]
    if op is c.BRANCH:
        return list(value[1])
    if op in (c.ASSERT, c.ASSERT_NOT):
        return [value[1]]
    if op is c.ATOMIC_GROUP:
        return [value]
    if op is c.GROUPREF_EXISTS:
        return [part for part in value[1:] if part]
    return []


def _sample(tree: Any) -> str:
    """A short text that the pattern takes, its assertions left out."""
    text = ""
    for op, value in tree:
        if op is c.LITERAL:
            text += chr(value)
        elif op is c.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif op is c.ANY:
            text += "a"
        elif op is c.IN:
            text += _class(value)[:1]
        elif op is c.BRANCH:
            text += _sample(value[1][0])
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            text += _sample(value[2]) * min(max(value[0], 1), 5)
        elif op in (c.SUBPATTERN, c.ATOMIC_GROUP):
            text += _sample(value[3] if op is c.SUBPATTERN else value)
    return text


def _loops(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """(what leads to it, its body) of each repetition without a small bound."""
    for node in tree:
        op, value = node
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT) and value[1] > LONG:
            yield before, _sample(value[2])
            if len(value[2]) == 1 and value[2][0][0] is c.IN:
                yield from ((before, letter) for letter in _class(value[2][0][1])[1:])
        for inner in _inside(node):
            yield from _loops(inner, before)
        before += _sample([node])


def grown(piece: str, length: int, end: str = "\u2603") -> str:
    """A text of about this length: what stands before the mark, the rest over and over, and a character that nothing takes."""
    before, _, body = piece.partition("\0")
    return before + body * (length // max(1, len(body))) + end


def growth(search: Search, pieces: Iterable[str]) -> tuple[float, str]:
    """How many times longer a search takes on a text five times as long, at worst, and the piece that shows it; (1, "") if it is quick.

    Five is linear, 25 quadratic. A search that takes seconds of a short text counts as endless.
    """
    worst = (1.0, "")
    for piece in pieces:
        try:
            with _budget(1.5):
                ratio = _ratio(search, piece)
        except TimeoutError:
            return math.inf, piece
        worst = max(worst, (ratio, piece))
    return worst


def _ratio(search: Search, piece: str) -> float:
    short, long = grown(piece, LENGTH // 5), grown(piece, LENGTH)
    if _seconds(search, grown(piece, LENGTH // 50)) < 0.005 and _seconds(search, short) < NOTABLE:
        return 1.0
    ratios = []
    for _ in range(3):  # the least of three, for a busy machine makes any one look long
        ratios.append(_seconds(search, long) / max(_seconds(search, short), 1e-6))
        if ratios[-1] < STEEP:
            break
    return min(ratios)


def _seconds(search: Search, text: str) -> float:
    """The processor's time of one search, the better of two where it is short."""
    best = math.inf
    for _ in range(2):
        begin = time.thread_time()
        search(text)
        best = min(best, time.thread_time() - begin)
        if best > 0.002 or best < NOTABLE / 3:
            break
    return best


@contextlib.contextmanager
def _budget(seconds: float) -> Iterator[None]:
    """End what takes more of the processor's time, with a TimeoutError; an expression looks for signals as it runs."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
