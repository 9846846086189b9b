"""The claims of a sentence, each with its numbers and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from counterproof.extract.prose.matching import Fit, fits, stretches
from counterproof.extract.prose.tokens import Part, Token
from counterproof.kb.evidence import Kind


@dataclass(slots=True)
class Value:
    """The numbers of one claim: its form, the span of its tokens (first, last + 1), and each number with its kind."""

    form: str
    first: int
    last: int
    parts: tuple[Part, ...]
    name: str = ""
    kinds: frozenset[str] = field(init=False, compare=False)
    """The kinds of its numbers."""

    def __post_init__(self) -> None:
        self.kinds = frozenset([part.kind for part in self.parts])

    def part(self, kind: Kind) -> Part | None:
        """Its number of this kind, if any."""
        for part in self.parts:
            if part.kind == kind:
                return part
        return None


def values(tokens: Sequence[Token]) -> list[Value]:
    """The claims of a sentence in reading order; none shares a number with another."""
    shape = [(token.tag, len(token.parts)) for token in tokens]
    return [_value(fit, tokens, start) for start, stretch in stretches(shape) for fit in fits(stretch)]


def _value(fit: Fit, tokens: Sequence[Token], start: int) -> Value:
    """The claim of a stretch that begins with token ``start``."""
    parts: list[Part] = []
    name = ""
    first, last = start + fit.first, start + fit.last
    for token, label in zip(tokens[first:last], fit.roles, strict=True):
        name = token.name or name
        role = name if label == "effect" and fit.form == "effect" else label
        parts += [part._replace(kind=cast(Kind, role)) if role else part for part in token.parts[:1]] if role else token.parts
    return Value(fit.form, first, last, tuple(parts), name)
