"""The recomputation engine: printed summary rows in, one judgement a comparison out.

``judge`` lays the rows out as columns, lets every family of tests say which P-values it reaches over the values that the printed
numbers may stand for, and holds the printed P against them. What fits no declared or standard test is then tried
with numbers cut off instead of rounded, with regrouped tables and with known misuses, in this order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from counterproof.kb.finding import Recomputation, Role, Verdict
from counterproof.queries.statistics import chance as chances
from counterproof.queries.statistics.data import Data
from counterproof.queries.statistics.layout import lay_out
from counterproof.queries.statistics.reach import Reach
from counterproof.queries.statistics.rounding import Flags
from counterproof.queries.statistics.rows import read_rows
from counterproof.queries.statistics.verdicts import DECLARED, Met, Pool, Window, joined, meet, only, pool, sides, touches

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Judgement", "judge", "read_rows"]

_ROLES: tuple[Role, ...] = ("declared", "standard", "regrouped", "misuse")
TRUNCATED_P = "P truncated instead of rounded"
ROUNDED_TWICE = "P rounded twice, by way of one more digit"
TRUNCATED = "truncation instead of rounding"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the engine says of one comparison.

    ``reported`` is the printed P-value, ``recomputed`` every method tried with the P-values it allows, ``chance`` the share of
    printed P-values of the same form that would have been accepted (None where nothing was computed), ``alpha`` the level of
    significance used. ``notes`` tell what was done with the inputs ("base taken from the percents", "truncation instead of
    rounding"), ``assumptions`` what was taken for granted ("alpha 0.05").
    """

    id: str
    verdict: Verdict
    reason: str | None = None
    reported: str = ""
    recomputed: tuple[Recomputation, ...] = ()
    chance: float | None = None
    changes_conclusion: bool = False
    alpha: float = 0.05
    notes: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


def judge(rows: pd.DataFrame | Mapping[str, Sequence[Any]]) -> list[Judgement]:
    """One judgement for each ``id`` of ``rows``, in order of first appearance (columns: see ``rows.COLUMNS``)."""
    layout = lay_out(rows)
    if not layout.ids:
        return []
    with np.errstate(all="ignore"):
        return _Case(Data(layout)).judgements()


class _Case:
    """All comparisons under judgement."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.n = len(data.layout)
        self.rounded = data.layout.p.window(data.alpha)
        self.cut = data.layout.p.window(data.alpha, truncated=True)
        self.twice = data.layout.p.rounded_twice(data.alpha)
        self.base = np.zeros(self.n, dtype=bool)
        self.other = np.zeros(self.n, dtype=bool)
        self.reached = np.zeros(self.n, dtype=bool)
        self.notes: list[list[str]] = [[] for _ in range(self.n)]

    def judgements(self) -> list[Judgement]:
        """The judgements, in order of first appearance."""
        data = self.data
        first = self._pool(data.standard(data.open, first=True))
        self.reached[first.owner[first.role == DECLARED]] = True
        rounded, cut = meet(first, self.rounded, self.n), meet(first, self.cut, self.n)
        self.base |= rounded.base
        self._allowed(cut.base, TRUNCATED_P)
        self._allowed(meet(first, self.twice, self.n).base, ROUNDED_TWICE)
        second = self._pool(data.standard(data.open & ~self.base & ~self.other, truncated=True))
        met = meet(second, self.rounded, self.n).base | meet(second, self.cut, self.n).base
        self._allowed(met, TRUNCATED)
        third = self._pool(data.further(data.open & ~self.base))
        everything = joined([first, only(second, met), third])
        final = meet(everything, self.rounded, self.n)
        self.other |= final.other | final.base
        return self._write(everything, final, sides(first, self.rounded, data.alpha, self.n))

    def _allowed(self, met: Flags, note: str) -> None:
        """What only another way of rounding attains fits a declared test; undeclared, it is one freedom too many to prove anything."""
        new = met & ~self.base & ~self.other
        self.base |= new & self.data.has_declared
        self.other |= new & ~self.data.has_declared
        for i in np.flatnonzero(new):
            self.notes[i].append(note)

    def _pool(self, reaches: list[Reach]) -> Pool:
        return pool(reaches, self.data.coverage, self.data.declared, self.n)

    def _write(self, everything: Pool, met: Met, opposed: Flags) -> list[Judgement]:
        data = self.data
        sets = _Sets(everything, {"": self.rounded, TRUNCATED_P: self.cut, ROUNDED_TWICE: self.twice})
        chance = chances.chance(everything, data.layout.p, self.n).tolist()
        reported, alpha = data.layout.first("p"), data.alpha.tolist()
        starts = np.searchsorted(everything.owner, np.arange(self.n + 1)).tolist()
        out = []
        for i, key in enumerate(data.layout.ids):
            start, stop = starts[i], starts[i + 1]
            verdict, reason = self._verdict(i, start < stop, met, bool(opposed[i]))
            if verdict in ("other_method", "misapplied_method", "decision_error"):
                reason = sets.attaining(start, stop)
            changes = bool(opposed[i]) and verdict != "not_checkable"
            share = None if chance[i] != chance[i] else chance[i]
            notes = (*data.notes(i), *self.notes[i])
            out.append(Judgement(key, verdict, reason, str(reported[i]), sets.recomputations(start, stop), share, changes, alpha[i], notes,
                                 data.assumptions(i)))  # fmt: skip
        return out

    def _verdict(self, i: int, computed: bool, met: Met, opposed: bool) -> tuple[Verdict, str | None]:
        reason = self.data.reason(i)
        if reason == "cost_cap":
            return "undecided", reason
        if reason or not computed:
            return "not_checkable", reason or "no_values"
        if self.base[i]:
            return "consistent", None
        if met.straddled[i]:
            return "undecided", "monte_carlo_interval"
        escape = self.data.escape(i, bool(self.reached[i]))
        if escape:
            return "not_checkable", escape
        if self.other[i]:
            return "other_method", None
        if opposed:
            return "decision_error", None
        return ("misapplied_method" if met.misuse[i] else "inconsistent"), None


class _Sets:
    """The pool as plain lists, sorted by comparison, role and name of the method, with what meets the printed window."""

    def __init__(self, some: Pool, ways: dict[str, Window]) -> None:
        self.names = some.methods
        self.method, self.role = some.method.tolist(), some.role.tolist()
        self.low, self.high = some.low.tolist(), some.high.tolist()
        self.met = {way: touches(some, window).tolist() for way, window in ways.items()}

    def recomputations(self, start: int, stop: int) -> tuple[Recomputation, ...]:
        """The sets of one comparison, one a method and role; overlapping intervals joined."""
        out: list[Recomputation] = []
        while start < stop:
            end = start + 1
            while end < stop and self.method[end] == self.method[start] and self.role[end] == self.role[start]:
                end += 1
            intervals = list(zip(self.low[start:end], self.high[start:end], strict=True))
            out.append(Recomputation(self.names[self.method[start]], _ROLES[self.role[start]], _union(intervals)))
            start = end
        return tuple(out)

    def attaining(self, start: int, stop: int) -> str | None:
        """The methods that attain the printed P, in words; with the way of rounding where it takes another one."""
        for way, met in self.met.items():
            names = dict.fromkeys(self.names[self.method[k]] for k in range(start, stop) if met[k])
            if names:
                return ", ".join(names) + (f" ({way})" if way else "")
        return None


def _union(intervals: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Intervals in ascending order, overlapping ones joined."""
    if len(intervals) == 1:
        return tuple(intervals)
    out: list[tuple[float, float]] = []
    for low, high in sorted(intervals):
        if out and low <= out[-1][1]:
            out[-1] = out[-1][0], max(high, out[-1][1])
        else:
            out.append((low, high))
    return tuple(out)
