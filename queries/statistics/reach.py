"""The P-values that a method reaches: what every family of tests hands to the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from counterproof.queries.statistics.rounding import Flags, Floats, Ints

Standing = Literal["standard", "allowance", "regrouped", "misuse"]
"""How a method stands where nobody declared it; an ``allowance`` stands for tests that come near another."""


@dataclass(frozen=True, slots=True)
class Reach:
    """For each comparison in ``owner`` an interval of P that ``method`` attains; a comparison may have several.

    ``sampled`` marks intervals that come from a random sample: the P lies inside, but not all of the interval is attained.
    """

    method: str
    standing: Standing
    owner: Ints
    low: Floats
    high: Floats
    sampled: Flags | None = None
    name: str = ""

    def only(self, kept: Flags) -> Reach:
        """The part of it where ``kept`` is true."""
        sampled = None if self.sampled is None else self.sampled[kept]
        return Reach(self.method, self.standing, self.owner[kept], self.low[kept], self.high[kept], sampled, self.name)


def point(method: str, standing: Standing, owner: Ints, p: Floats, name: str = "") -> Reach:
    """A reach of single P-values."""
    return Reach(method, standing, owner, p, p, None, name)


def known(reaches: Iterable[Reach]) -> list[Reach]:
    """The reaches without undefined P-values."""
    out = []
    for reach in reaches:
        defined = ~(np.isnan(reach.low) | np.isnan(reach.high))
        if defined.any():
            out.append(reach if defined.all() else reach.only(defined))
    return out
