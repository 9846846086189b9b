"""Which columns a P-value compares, told by spanners, neighbours and the contrast that its head names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from counterproof.extract.tables.arms import arm_key
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.reading import Given, PanelReading


@dataclass(slots=True)
class Scope:
    """The aggregates within reach of a P-value, and what stands in the way of a comparison."""

    given: list[Given] = field(default_factory=list)
    effect: bool = False
    obstacle: str | None = None
    note: str = ""
    corrected: bool = False
    fallback: list[Given] = field(default_factory=list)
    method_text: str = ""
    by_row: tuple[dict[int, list[Given]], dict[int, list[Given]]] | None = None

    def within(self, rows: Iterable[int]) -> list[Given]:
        """The aggregates of some rows, top to bottom; where these have none in reach, those that stand in for them."""
        if self.by_row is None:
            self.by_row = _by_row(self.given), _by_row(self.fallback)
        wanted = sorted(set(rows))
        own, other = ([given for row in wanted for given in found.get(row, ())] for found in self.by_row)
        return own or other


def _by_row(every: list[Given]) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = {}
    for given in every:
        found.setdefault(given.row, []).append(given)
    return found


def column_scope(reading: PanelReading, p: Column) -> Scope:
    """What a P column compares."""
    columns = [column for column in reading.columns if column.role in ("value", "effect", "statistic")]
    text = " ".join(cell.text for _, cell in reading.panel.heads[p.index])
    scope = Scope(note=f"{p.p_note} adjusted" if p.adjusted else p.p_note, method_text=text, corrected=p.p_corrected)
    shared = [c for c in columns if set(c.spanners) & set(p.spanners)] if _own_spanner(reading, p) else []
    if _strays(reading, shared, p):
        shared = []
    if not any(c.role != "effect" or c.index < p.index or (len(p.spanners) > 1 and p.spanners[-2] in c.spanners) for c in shared):
        shared = []
    near = _own_run(reading, shared or _between(reading, columns, p), p)
    pair = [] if shared else _joined_later(reading, near, p)
    if pair:
        near = pair
    last = max((c for c in near if c.index < p.index), key=lambda c: c.index, default=None)
    if last is None and len(p.spanners) > 1:
        # "Multivariate: P | HR | CI": only the spanner right above the P ties it to an effect that follows
        last = next((c for c in near if c.role == "effect" and p.spanners[-2] in c.spanners), None)
    if last is not None and last.role == "statistic":
        # "coefficient | SE | t | P": the P is the coefficient's
        last = next((c for c in reversed(near) if c.role == "effect" and c.index < p.index), last)
    if last is not None and last.role == "effect" and not _lone_interval(near, last) and not _tells_balance(reading, near, last):
        chosen = [c for c in near if c.role == "effect" and _same_block(c, last)]
        scope.effect = True
    else:
        chosen = [c for c in near if c.role == "value" and not c.total] or [c for c in near if c.role == "value"]
        if not chosen or (not reading.arms_in_columns and not reading.arm_rows):
            statistics = [c for c in near if c.role == "statistic"]
            chosen = statistics or chosen
    indices = {c.index for c in chosen}
    totals = all(c.total for c in chosen)
    scope.given = [g for g in reading.given if set(g.columns) & indices and (scope.effect or totals or not g.total)]
    if scope.effect:
        # where a row has no effect ("–") its P goes with its statistic, or with the arms
        others = {c.index for c in columns if c.role == "statistic"} or {c.index for c in columns if c.role == "value" and not c.total}
        scope.fallback = [g for g in reading.given if set(g.columns) & others]
    if not scope.effect:
        _restrict(scope, reading, p)
        if pair and not p.contrast and not scope.obstacle and not _surely_pairs(reading, p):
            scope.obstacle = "pairwise_unclear"
    return scope


def _own_run(reading: PanelReading, near: list[Column], p: Column) -> list[Column]:
    """Of columns that each have a P column right behind them (``Parasites | P | Mutation | P``), the one before this P.

    The first P has but one column to speak of, the rows within it; so have the others.
    """
    if len(near) < 2 or any(c.role != "value" for c in near):
        return near
    runs: list[tuple[list[Column], list[Column]]] = [([], [])]
    for column in sorted(reading.columns, key=lambda c: c.index):
        if column in near:
            runs = [*runs, ([], [])] if runs[-1][1] else runs
            runs[-1][0].append(column)
        elif column.role == "p" and runs[-1][0]:
            runs[-1][1].append(column)
    alone = all(len({c.names for c in values}) == 1 and ps for values, ps in runs)
    alike = len(runs) > 1 and len({len(ps) for _, ps in runs}) == 1  # behind the last, one more P may be between the arms
    return next((values for values, ps in runs if alone and alike and p in ps), near)


def _arms_behind(reading: PanelReading) -> list[tuple[list[str], list[Column]]]:
    """The arms that are told for the first time before each run of P columns, and those P columns."""
    runs: list[tuple[list[str], list[Column]]] = [([], [])]
    seen: set[str] = set()
    for column in sorted(reading.columns, key=lambda c: c.index):
        if column.role == "p":
            runs[-1][1].append(column)
            continue
        if runs[-1][1]:
            runs.append(([], []))
        if column.role == "value" and column.arm and not column.total and column.arm not in seen:
            seen.add(column.arm)
            runs[-1][0].append(column.arm)
    return [run for run in runs if run[1]]


def _joined_later(reading: PanelReading, near: list[Column], p: Column) -> list[Column]:
    """Of a P column behind one further arm, that arm's columns and those of the reference: the first arm of all.

    ``Reference | Low dose | P | High dose | P``: each P compares the arm right before it, most likely with the first.
    """
    if p.contrast or not reading.arms_in_columns:
        return []
    runs = _arms_behind(reading)
    mine = next((arms for arms, ps in runs[1:] if p in ps), [])
    if len(runs[0][0]) < 2 or len(mine) != 1 or len({c.arm for c in near if c.arm and not c.total}) <= 2:
        return []
    return [c for c in near if c.arm in (runs[0][0][0], mine[0]) and not c.total]


def _surely_pairs(reading: PanelReading, p: Column) -> bool:
    """Whether the P columns of a panel say beyond doubt that each compares one arm with the first.

    One further arm with a P could be tested together with the two before it; several, each with a P of its own, are not. A head that
    speaks of a reference says so too.
    """
    first, *later = _arms_behind(reading)
    alone = all(len(arms) == 1 and len(ps) == 1 for arms, ps in later)
    heads = " ".join(cell.text for _, cell in reading.panel.heads[p.index])
    return len(first[0]) == 2 and len(first[1]) == 1 and alone and (len(later) > 1 or bool(_REFERENCE.search(heads)))


_REFERENCE = re.compile(
    r"\b(?:vs?|versus|with|to|from)\b\.? ?(?:the )?(?:reference|controls?|first|baseline group|placebo)\b", re.IGNORECASE
)
"""Words of a head of P-values for a comparison with one arm."""


def _lone_interval(near: list[Column], last: Column) -> bool:
    """``Drug | Sham | 95% CI | P``: an interval without its estimate beside two arms; the P is the arms'."""
    kinds = {kind for c in near if c.role == "effect" for measure in c.measures for kind in measure}
    arms = {c.arm for c in near if c.role == "value" and c.arm and not c.total}
    return kinds <= {"ci_low", "ci_high"} and len(arms) > 1 and not last.adjusted


_BALANCE = re.compile(
    r"\b(?-i:A?SMD|ASD)s?\b|\b(?:standardi[sz]ed|std\.?|stand\.) {0,2}(?:mean |mean-)?diff(?:erences?\b|\.|\b)", re.IGNORECASE
)


def _tells_balance(reading: PanelReading, near: list[Column], last: Column) -> bool:
    """``Cases | Controls | SMD | P``: a standardised difference without interval or SE tells how far arms are apart; the P is theirs."""
    text = " ".join(cell.text for _, cell in reading.panel.heads[last.index])
    arms = {c.arm for c in near if c.role == "value" and c.arm and not c.total}
    told = {kind for c in near if c.role == "effect" and _same_block(c, last) for measure in c.measures for kind in measure}
    return told <= {"difference", "percent"} and len(arms) > 1 and not last.adjusted and bool(_BALANCE.search(text))


def _own_spanner(reading: PanelReading, p: Column) -> bool:
    """Whether one of the P column's spanners also covers value columns."""
    return any(set(c.spanners) & set(p.spanners) for c in reading.columns if c.role != "p")


def _strays(reading: PanelReading, shared: list[Column], p: Column) -> bool:
    """Whether a P column only happens to stand below the last arm's spanner: no other arm has one, and that arm is told at one time."""
    arms = {c.arm for c in shared if c.role == "value" and c.arm}
    others = [c for c in reading.columns if c.role == "p" and not set(c.spanners) & set(p.spanners)]
    several = {c.arm for c in reading.columns if c.role == "value" and c.arm and not c.total}
    return len(arms) == 1 and len(several) > 1 and not others and len({c.time for c in shared}) == 1


def _between(reading: PanelReading, columns: list[Column], p: Column) -> list[Column]:
    """Without a spanner: the columns since the last P column; of several P columns in a row, those before the first."""
    ps = sorted(c.index for c in reading.columns if c.role == "p")
    before = [c for c in columns if c.index < p.index]
    if not before:
        following = [i for i in ps if i > p.index and any(p.index < c.index < i for c in columns)]
        end = min(following, default=reading.panel.table.n_columns + 1)
        return [c for c in columns if p.index < c.index < end]
    previous = max((i for i in ps if i < p.index and any(i < c.index < p.index for c in columns)), default=-1)
    since = [c for c in before if c.index > previous]
    named = {c.arm for c in since if c.arm and not c.total}
    if since and all(c.role == "value" for c in since) and len(named) < 2:
        return before
    return since or before


def _same_block(column: Column, last: Column) -> bool:
    return column.names == last.names and column.adjusted == last.adjusted


def _restrict(scope: Scope, reading: PanelReading, p: Column) -> None:
    """Keep the arms and the time that the head names; say what stays unclear."""
    told = _named_by(reading, p)
    scope.given = [g for g in scope.given if set(g.columns) <= told] if told else scope.given
    arms = list(dict.fromkeys(g.arm for g in scope.given if g.arm))
    if p.contrast:
        wanted = [_match(name, arms) for name in p.contrast]
        if all(wanted) and len(set(wanted)) == len(wanted):
            scope.given = [g for g in scope.given if g.arm in wanted]
            arms = [arm for arm in arms if arm in wanted]
        elif arms:
            scope.obstacle = "pairwise_unclear"
    elif not told and _several_p(reading, p) and len(arms) > 1:
        scope.obstacle = "pairwise_unclear"
    times = {g.slot.time for g in scope.given}
    if len(times) > 1:
        named = [g for g in scope.given if p.time and g.slot.time == p.time]
        if named:
            scope.given = named
        elif len(arms) < 2 or reading.arm_rows:
            scope.obstacle = "within_arm_change"
        else:
            scope.obstacle = "arms_unclear"
    elif (reading.arm_rows and len({g.slot for g in scope.given}) > 1) or (
        len({g.slot.context for g in scope.given}) > 1 and len(arms) == 1
    ):
        scope.obstacle = "arms_unclear"
    if len({g.slot.context for g in scope.given}) > 1 and len(arms) > 1:
        contexts = {g.slot.context for g in scope.given}
        per_context = all(len({g.arm for g in scope.given if g.slot.context == c}) > 1 for c in contexts)
        if per_context:
            scope.obstacle = scope.obstacle or "arms_unclear"


_FOR = re.compile(r"(?:p[- ]?values?,? )?for (?:the )?(?P<what>[a-zΔ]{4,})", re.IGNORECASE)


def _named_by(reading: PanelReading, p: Column) -> set[int]:
    """``P for mean``, ``P for delta``: the columns, one an arm, whose own heads say so; none where that is not plain."""
    told = _FOR.fullmatch(_leaf(reading, p))
    if not told:
        return set()
    columns = [c for c in reading.columns if c.role == "value" and c.arm and not c.total]
    chosen = [c for c in columns if re.search(rf"\b{told['what']}\b", _leaf(reading, c), re.IGNORECASE)]
    each = {c.arm for c in chosen}
    return {c.index for c in chosen} if len(chosen) == len(each) == len({c.arm for c in columns}) < len(columns) else set()


def _leaf(reading: PanelReading, column: Column) -> str:
    """The last head of a column that has words."""
    return next((cell.text.strip() for _, cell in reversed(reading.panel.heads[column.index]) if cell.text.strip()), "")


def _several_p(reading: PanelReading, p: Column) -> bool:
    """Whether neighbouring P columns share the same value columns without saying which arms each compares."""
    values = [c.index for c in reading.columns if c.role in ("value", "effect", "statistic")]
    twins = [
        c
        for c in reading.columns
        if c.role == "p"
        and c is not p
        and not any(min(c.index, p.index) < v < max(c.index, p.index) for v in values)
        and (not _own_spanner(reading, p) or set(c.spanners) & set(p.spanners))
        and c.time == p.time
    ]
    told = [c for c in twins if c.contrast or (c.adjusted, c.p_note) != (p.adjusted, p.p_note)]
    return len(twins) > len(told)


def _match(name: str, arms: list[str]) -> str | None:
    """The arm that a short name means, if only one can be meant."""
    key = arm_key(name)
    exact = [arm for arm in arms if arm_key(arm) == key]
    if len(exact) == 1:
        return exact[0]
    squeezed = key.replace(" ", "")
    starts = [
        arm for arm in arms if arm_key(arm).startswith(key) or key in arm_key(arm).split() or arm_key(arm).replace(" ", "") == squeezed
    ]
    if not starts:
        initials = [arm for arm in arms if "".join(word[:1] for word in re.split(r"[\s/+-]+", arm_key(arm))) == key]
        starts = initials or [arm for arm in arms if key.startswith(arm_key(arm))]
    return starts[0] if len(starts) == 1 else None
