"""The recomputation engine: printed summary rows in, one judgement a comparison out.

``judge`` lays the rows out as columns, lets every family of tests say which P-values it reaches over the values that the printed
numbers may stand for, and holds the printed P against them. What fits no declared or standard test is then tried
with numbers cut off instead of rounded, with regrouped tables and with known misuses, in this order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from counterproof.kb.finding import Recomputation, Role, Verdict
from counterproof.queries.statistics import chance as chances
from counterproof.queries.statistics.data import Data
from counterproof.queries.statistics.layout import lay_out
from counterproof.queries.statistics.reach import Reach
from counterproof.queries.statistics.rounding import Flags
from counterproof.queries.statistics.rows import read_rows
from counterproof.queries.statistics.verdicts import Met, Pool, joined, meet, only, pool, sides

__all__ = ["Judgement", "judge", "read_rows"]

_ROLES: tuple[Role, ...] = ("declared", "standard", "regrouped", "misuse")
TRUNCATED_P = "P truncated instead of rounded"
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


def judge(rows: pd.DataFrame) -> list[Judgement]:
    """One judgement for each ``id`` of ``rows``, in order of first appearance (columns: see ``rows.COLUMNS``)."""
    if rows.empty:
        return []
    with np.errstate(all="ignore"):
        return _Case(Data(lay_out(rows))).judgements()


class _Case:
    """All comparisons under judgement."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.n = len(data.layout)
        self.rounded = data.layout.p.window(data.alpha)
        self.cut = data.layout.p.window(data.alpha, truncated=True)
        self.base = np.zeros(self.n, dtype=bool)
        self.other = np.zeros(self.n, dtype=bool)
        self.notes: list[list[str]] = [[] for _ in range(self.n)]

    def judgements(self) -> list[Judgement]:
        """The judgements, in order of first appearance."""
        data = self.data
        first = self._pool(data.standard(data.open, first=True))
        rounded, cut = meet(first, self.rounded, self.n), meet(first, self.cut, self.n)
        self.base |= rounded.base
        self._truncated(cut.base, TRUNCATED_P)
        second = self._pool(data.standard(data.open & ~self.base & ~self.other, truncated=True))
        met = meet(second, self.rounded, self.n).base | meet(second, self.cut, self.n).base
        self._truncated(met, TRUNCATED)
        third = self._pool(data.further(data.open & ~self.base))
        everything = joined([first, only(second, met), third])
        final = meet(everything, self.rounded, self.n)
        self.other |= final.other | final.base
        return self._write(everything, final, sides(first, self.rounded, data.alpha, self.n))

    def _truncated(self, met: Flags, note: str) -> None:
        """What only truncation attains is consistent with a declared test; undeclared, one freedom too many to prove anything."""
        new = met & ~self.base & ~self.other
        self.base |= new & self.data.has_declared
        self.other |= new & ~self.data.has_declared
        for i in np.flatnonzero(new):
            self.notes[i].append(note)

    def _pool(self, reaches: list[Reach]) -> Pool:
        return pool(reaches, self.data.coverage, self.data.declared, self.n)

    def _write(self, everything: Pool, met: Met, opposed: Flags) -> list[Judgement]:
        data = self.data
        computed = np.bincount(everything.owner, minlength=self.n) > 0
        chance = chances.chance(everything, data.layout.p, self.n)
        reported, starts = data.layout.first("p"), np.searchsorted(everything.owner, np.arange(self.n + 1))
        out = []
        for i, key in enumerate(data.layout.ids):
            recomputed = _recomputations(everything, slice(int(starts[i]), int(starts[i + 1])))
            verdict, reason = self._verdict(i, bool(computed[i]), met, bool(opposed[i]))
            if verdict in ("other_method", "misapplied_method", "decision_error"):
                reason = self._attaining(i, recomputed)
            changes = bool(opposed[i]) and verdict != "not_checkable"
            share = None if np.isnan(chance[i]) else float(chance[i])
            notes = (*data.notes(i), *self.notes[i])
            out.append(Judgement(key, verdict, reason, str(reported[i]), recomputed, share, changes, float(data.alpha[i]), notes,
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
        escape = self.data.escape(i)
        if escape:
            return "not_checkable", escape
        if self.other[i]:
            return "other_method", None
        if opposed:
            return "decision_error", None
        return ("misapplied_method" if met.misuse[i] else "inconsistent"), None

    def _attaining(self, i: int, recomputed: tuple[Recomputation, ...]) -> str | None:
        """The methods that attain the printed P, in words; with truncation where it takes that."""
        for window, ending in ((self.rounded, ""), (self.cut, f" ({TRUNCATED_P})")):
            low, high = float(window[0][i]) - 1e-9, float(window[1][i]) + 1e-9
            names = [r.method for r in recomputed if any(a <= high and b >= low for a, b in r.intervals)]
            if names:
                return ", ".join(dict.fromkeys(names)) + ending
        return None


def _recomputations(some: Pool, span: slice) -> tuple[Recomputation, ...]:
    """The sets of one comparison, one a method and role, by role and name; overlapping intervals joined."""
    sets: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for method, role, low, high in zip(some.method[span].tolist(), some.role[span].tolist(), some.low[span].tolist(),
                                       some.high[span].tolist(), strict=True):  # fmt: skip
        sets.setdefault((role, method), []).append((low, high))
    order = sorted(sets, key=lambda key: (key[0], some.methods[key[1]]))
    return tuple(Recomputation(some.methods[key[1]], _ROLES[key[0]], _union(sets[key])) for key in order)


def _union(intervals: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    if len(intervals) == 1:
        return tuple(intervals)
    out: list[tuple[float, float]] = []
    for low, high in sorted(intervals):
        if out and low <= out[-1][1]:
            out[-1] = out[-1][0], max(high, out[-1][1])
        else:
            out.append((low, high))
    return tuple(out)
