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
from counterproof.queries.statistics.rounding import Flags, Floats, Ints
from counterproof.queries.statistics.rows import read_rows
from counterproof.queries.statistics.verdicts import Met, Pool, meet, pool, sides

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
    return _Case(Data(lay_out(rows))).judgements()


class _Case:
    """All comparisons under judgement."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.n = len(data.layout)
        self.rounded = data.layout.p.window(data.alpha)
        self.cut = data.layout.p.window(data.alpha, truncated=True)
        self.notes: list[list[str]] = [[] for _ in range(self.n)]

    def judgements(self) -> list[Judgement]:
        """The judgements, in order of first appearance."""
        data = self.data
        first = self._pool(data.standard(data.open))
        met = meet(first, self.rounded, self.n)
        base, reached = met.base.copy(), [first]
        base |= self._note(~base & meet(first, self.cut, self.n).base, TRUNCATED_P)
        cut = self._pool(data.standard(data.open & ~base, truncated=True))
        met_cut = meet(cut, self.rounded, self.n).base | meet(cut, self.cut, self.n).base
        base |= self._note(~base & met_cut, TRUNCATED)
        reached.append(_only(cut, met_cut))
        more = self._pool(data.further(data.open & ~base))
        reached.append(more)
        everything = _joined(reached)
        final = meet(everything, self.rounded, self.n)
        return self._write(everything, base, final, sides(first, self.rounded, data.alpha, self.n))

    def _pool(self, reaches: list) -> Pool:  # type: ignore[type-arg]
        return pool(reaches, self.data.coverage, self.data.declared, self.n)

    def _note(self, which: Flags, note: str) -> Flags:
        for i in np.flatnonzero(which):
            self.notes[i].append(note)
        return which

    def _write(self, everything: Pool, base: Flags, met: Met, opposed: Flags) -> list[Judgement]:
        data = self.data
        computed = np.bincount(everything.owner, minlength=self.n) > 0
        chance = chances.chance(everything, data.layout.p, data.alpha, self.n)
        reported, starts = data.layout.first("p"), np.searchsorted(everything.owner, np.arange(self.n + 1))
        out = []
        for i, key in enumerate(data.layout.ids):
            verdict, reason = self._verdict(i, computed, base, met, opposed)
            span = slice(int(starts[i]), int(starts[i + 1]))
            out.append(Judgement(
                key, verdict, reason, str(reported[i]), _recomputations(everything, span), None if np.isnan(chance[i]) else float(chance[i]),
                bool(opposed[i] and computed[i]), float(data.alpha[i]), (*data.notes(i), *self.notes[i]), data.assumptions(i)))  # fmt: skip
        return out

    def _verdict(self, i: int, computed: Flags, base: Flags, met: Met, opposed: Flags) -> tuple[Verdict, str | None]:
        reason = self.data.reason(i)
        if reason == "cost_cap":
            return "undecided", reason
        if reason or not computed[i]:
            return "not_checkable", reason or "no_values"
        if base[i]:
            return "consistent", None
        if met.straddled[i]:
            return "undecided", "monte_carlo_interval"
        escape = self.data.escape(i)
        if escape:
            return "not_checkable", escape
        if met.other[i]:
            return "other_method", None
        if opposed[i]:
            return "decision_error", "misuse" if met.misuse[i] else None
        return ("misapplied_method", None) if met.misuse[i] else ("inconsistent", None)


def _only(some: Pool, owners: Flags) -> Pool:
    kept = owners[some.owner]
    return Pool(some.methods, some.method[kept], some.role[kept], some.owner[kept], some.low[kept], some.high[kept],
                some.sampled[kept], some.base[kept])  # fmt: skip


def _joined(pools: list[Pool]) -> Pool:
    """The pools as one, sorted by comparison."""
    methods: list[str] = []
    shifts = []
    for some in pools:
        shifts.append(len(methods))
        methods += some.methods
    numbers = {name: i for i, name in enumerate(dict.fromkeys(methods))}
    renumber: Ints = np.array([numbers[name] for name in methods], dtype=np.int64)
    owner = np.concatenate([some.owner for some in pools])
    order = np.argsort(owner, kind="stable")

    def column(name: str) -> Floats:
        return np.asarray(np.concatenate([getattr(some, name) for some in pools])[order])

    method = np.concatenate([renumber[some.method + shift] for some, shift in zip(pools, shifts, strict=True)])[order]
    return Pool(list(numbers), method, column("role").astype(np.int64), owner[order], column("low"), column("high"),
                column("sampled").astype(bool), column("base").astype(bool))  # fmt: skip


def _recomputations(some: Pool, span: slice) -> tuple[Recomputation, ...]:
    """The sets of one comparison, one a method and role, overlapping intervals joined."""
    sets: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for method, role, low, high in zip(some.method[span].tolist(), some.role[span].tolist(), some.low[span].tolist(),
                                       some.high[span].tolist(), strict=True):  # fmt: skip
        sets.setdefault((role, method), []).append((low, high))
    return tuple(Recomputation(some.methods[method], _ROLES[role], _union(found)) for (role, method), found in sorted(sets.items()))


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
