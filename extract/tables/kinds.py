"""The kind of each number in a cell: heads, labels, notes and arithmetic decide, never the shape alone.

``5 (71.4)`` may be a count with its percent or a mean with its SD. The readings that the paper announces are tried in the order of
their nearness to the cell; one that the arithmetic contradicts is passed over; where none is left the numbers are plain values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from counterproof.extract.tables.cells import CellReading
from counterproof.extract.tables.measures import Measure
from counterproof.kb.evidence import Kind

Kinds = tuple[Kind, ...]
_PAIR = re.compile(r"N%?[ (,;/±]{0,2}(?:±|,)?N%?\)?%?|N%?\((?:n=|SD:?|SE:?|±)?N%?\)")
_TRIPLE = re.compile(r"N%?[ (,;:]{0,2}(?:IQR|range|CI|N?%?CI)?[ :,]{0,2}\(?N%?[-,;/: ]N%?\)*")
_INTERVAL = re.compile(r"\(?N%?[-,;/: ]N%?\)?")
_FRACTION = re.compile(r"N/N(?:[ (,;=]{0,2}N%?\)?)?|N of N(?: ?\(N%?\))?")
_PERCENT_FRACTION = re.compile(r"N%?[ (,;]{0,2}N/N\)?")
_QUAD = re.compile(r"N(?:±N|\(N\))[ ,;]?\(?N[-,;/]N\)?")
_RATIO = re.compile(r"N(?:[:/]N){1,9}(?:\(n=N\))?")
_CENTRES = {"mean", "median", "hr", "or", "rr", "difference", "coefficient", "correlation", "estimate", "percent", "rate"}
_SPREAD_PAIRS = {("q1", "q3"), ("min", "max"), ("ci_low", "ci_high")}


@dataclass(frozen=True, slots=True)
class Hint:
    """A measure that the paper announces for a cell. ``near`` where its own row or column says so, not a note for the whole table."""

    measure: Measure
    near: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kinds of a cell's numbers in order, and how sure they are (0 to 1)."""

    kinds: Kinds
    confidence: float


def percent_fits(count: float, percent: float, decimals: int, base: float) -> bool:
    """Whether a printed percent is count / base within rounding (either way of rounding, one unit of the last digit)."""
    return base > 0 and count <= base and abs(100 * count / base - percent) <= 10.0**-decimals * 1.0001


def decide(readings: Sequence[CellReading], bases: Sequence[Sequence[int]], hints: Sequence[Hint]) -> list[Verdict]:
    """Kinds for cells that share their row and their kind of column (the arms of one row).

    ``bases`` are the sizes that each cell's place offers. A reading must hold for every cell that has its shape.
    """
    verdicts: list[Verdict | None] = [None] * len(readings)
    for shape in dict.fromkeys(_family(reading) for reading in readings):
        members = [i for i, reading in enumerate(readings) if _family(reading) == shape]
        group = [readings[i] for i in members]
        found = _decide_family(shape, group, [bases[i] for i in members], hints)
        for i, verdict in zip(members, found, strict=True):
            verdicts[i] = verdict
    return [verdict or Verdict(_values(reading), 0.5) for verdict, reading in zip(verdicts, readings, strict=True)]


def _family(reading: CellReading) -> str:
    shape, n = reading.shape, len(reading.numbers)
    for name, pattern, count in (("fraction", _FRACTION, 0), ("percent_fraction", _PERCENT_FRACTION, 3), ("quad", _QUAD, 4), ("triple", _TRIPLE, 3)):
        if pattern.fullmatch(shape) and (not count or n == count):
            return name
    if n == 1:
        return "percent" if "%" in shape else "single"
    if n == 2 and _INTERVAL.fullmatch(shape) and not re.fullmatch(r"N N%|N,N%|N;N%|N/N", shape):
        return "interval"
    if n == 2 and _PAIR.fullmatch(shape):
        return "pm" if "±" in shape else "pair"
    return "ratio" if _RATIO.fullmatch(shape) else "other"


def _decide_family(family: str, group: list[CellReading], bases: list[Sequence[int]], hints: Sequence[Hint]) -> list[Verdict]:
    measures = [hint.measure for hint in hints]
    if family == "fraction":
        return [_fraction(reading, measures) for reading in group]
    if family == "percent_fraction":
        return [Verdict(("percent", "count", "n"), 1.0) if _is_fraction(reading, 1, 0) else Verdict(_values(reading), 0.5) for reading in group]
    if family in ("single", "percent"):
        return _singles(family, group, bases, hints)
    if family in ("pair", "pm"):
        return _pairs(family, group, bases, hints)
    if family == "interval":
        spread = next((m[-2:] for m in measures if m[-2:] in _SPREAD_PAIRS), None)
        paired = next((m for m in measures if len(m) == 2 and m[0] in ("mean", "count", "median")), None)
        dash = all("-" in reading.shape for reading in group)
        kinds = spread if spread and not (paired and not dash) else paired if paired and not dash else None
        return [Verdict(kinds, 0.95) if kinds and _ordered(reading, kinds) else Verdict(_values(reading), 0.5) for reading in group]
    if family == "triple":
        return _triples(group, hints)
    if family == "quad":
        return [_quad(reading, measures) for reading in group]
    return [Verdict(_values(reading), 0.5) for reading in group]


def _values(reading: CellReading) -> Kinds:
    return ("value",) * len(reading.numbers)


def _fraction(reading: CellReading, measures: list[Measure]) -> Verdict:
    """``12/40 (30%)``: so many of so many; ``41.2/12.3`` under ``Mean/SD`` is a mean with its SD."""
    paired = next((m for m in measures if len(m) == 2 and m[0] in ("mean", "median")), None)
    if len(reading.numbers) == 2 and paired:
        return Verdict(paired, 0.95)
    if _is_fraction(reading, 0, 2):
        return Verdict(("count", "n", "percent")[: len(reading.numbers)], 1.0 if len(reading.numbers) == 3 else 0.8)  # type: ignore[arg-type]
    return Verdict(_values(reading), 0.5)


def _is_fraction(reading: CellReading, at: int, percent: int) -> bool:
    numbers, values = [found.number for found in reading.numbers], reading.values
    if numbers[at].decimals or numbers[at + 1].decimals or values[at] > values[at + 1]:
        return False
    return len(numbers) == 2 or percent_fits(values[at], values[percent], numbers[percent].decimals, values[at + 1])


def _singles(family: str, group: list[CellReading], bases: list[Sequence[int]], hints: Sequence[Hint]) -> list[Verdict]:
    if family == "percent" and not any(h.near and h.measure[0] in _CENTRES - {"percent"} for h in hints):
        return [Verdict(("percent",), 1.0)] * len(group)
    whole = all(not r.numbers[0].number.decimals and r.values[0] >= 0 for r in group)
    for hint in hints:
        kind = hint.measure[0]
        if kind == "count" and (not whole or any(base and r.values[0] > max(base) for r, base in zip(group, bases, strict=True))) and not hint.near:
            continue
        if kind == "count" and not whole:
            continue
        if kind == "percent" and any(not 0 <= r.values[0] <= 100 for r in group):
            continue
        if kind in ("ci_low", "q1", "min") and len(hint.measure) > 1:
            continue
        # a bare number under "median (IQR)" or "mean (SD)" is its centre only where its own row says so
        return [Verdict((kind,), 0.95 if hint.near else 0.6)] * len(group)
    return [Verdict(("value",), 0.6)] * len(group)


def _pairs(family: str, group: list[CellReading], bases: list[Sequence[int]], hints: Sequence[Hint]) -> list[Verdict]:
    if family == "pair" and all("%" in r.shape for r in group):
        flip = all(r.shape.startswith("N%") for r in group)
        if all(not r.numbers[1 if flip else 0].number.decimals for r in group):
            return [Verdict(("percent", "count") if flip else ("count", "percent"), 1.0)] * len(group)
    explains = family == "pair" and _all_percents(group, bases)
    for hint in hints:
        kinds = _pair_kinds(hint.measure)
        if kinds is None or (family == "pm" and "percent" in kinds):
            continue
        if kinds == ("count", "percent"):
            if _may_be_counts(group, bases, hint.near) and (hint.near or explains or not _other_pair(hints, hint) or _percentish(group)):
                return [Verdict(kinds, 1.0 if explains else 0.9)] * len(group)
        elif kinds == ("percent", "count"):
            if all(not r.numbers[1].number.decimals and 0 <= r.values[0] <= 100 for r in group):
                return [Verdict(kinds, 0.95)] * len(group)
        elif hint.near or not explains:
            return [Verdict(kinds, 0.95 if hint.near else 0.85)] * len(group)
    if explains and sum(r.values[0] > 0 for r in group) > 1:
        return [Verdict(("count", "percent"), 0.85)] * len(group)
    if family == "pm":
        return [Verdict(("mean", "sd"), 0.6)] * len(group)
    return [Verdict(_values(r), 0.5) for r in group]


def _pair_kinds(measure: Measure) -> Kinds | None:
    if measure in (("count", "percent"), ("percent", "count")):
        return measure
    if measure[0] in ("sd", "se"):
        return ("mean", measure[0])
    if len(measure) == 2 and measure[0] in _CENTRES and measure[1] in ("sd", "se"):
        return measure
    if len(measure) == 3 and measure[0] in ("median", "mean"):
        return (measure[0], "value")
    return None


def _other_pair(hints: Sequence[Hint], this: Hint) -> bool:
    return any(h is not this and _pair_kinds(h.measure) not in (None, ("count", "percent"), ("percent", "count")) for h in hints)


def _all_percents(group: list[CellReading], bases: list[Sequence[int]]) -> bool:
    """Whether every pair is count and percent of some base that its place offers."""
    return all(
        not r.numbers[0].number.decimals and any(percent_fits(r.values[0], r.values[1], r.numbers[1].number.decimals, base) for base in offered)
        for r, offered in zip(group, bases, strict=True)
    )


def _percentish(group: list[CellReading]) -> bool:
    """Pairs whose percent rises with the count: several arms of one row then agree that the second is a share of the first."""
    ratios = [r.values[1] / r.values[0] for r in group if r.values[0] > 0]
    return len(ratios) > 1 and all(r.numbers[0].number.decimals == 0 for r in group) and any(r.numbers[1].number.decimals for r in group)


def _may_be_counts(group: list[CellReading], bases: list[Sequence[int]], near: bool) -> bool:
    for reading, offered in zip(group, bases, strict=True):
        count, percent = reading.values
        if reading.numbers[0].number.decimals or count < 0 or not 0 <= percent <= 100.5:
            return False
        if not near and offered and count > max(offered):
            return False
        if count == 0 and percent > 0:
            return False
    return True


def _triples(group: list[CellReading], hints: Sequence[Hint]) -> list[Verdict]:
    for hint in hints:
        measure = hint.measure
        if len(measure) == 2 and measure in _SPREAD_PAIRS:
            kinds: Kinds = ("value", *measure)
        elif len(measure) >= 3 and measure[0] in _CENTRES | {"count"} and measure[-2:] in _SPREAD_PAIRS:
            kinds = (measure[0], *measure[-2:])
        else:
            continue
        if all(r.values[1] <= r.values[2] or "ci_low" in kinds for r in group):
            return [Verdict(kinds, 0.95 if hint.near else 0.85)] * len(group)
    return [Verdict(_values(r), 0.5) for r in group]


def _quad(reading: CellReading, measures: list[Measure]) -> Verdict:
    pair = next((m for m in map(_pair_kinds, measures) if m and "value" not in m), None)
    spread = next((m[-2:] for m in measures if m[-2:] in _SPREAD_PAIRS), None)
    if pair and spread:
        return Verdict((*pair, *spread), 0.9)
    return Verdict(_values(reading), 0.5)


def _ordered(reading: CellReading, kinds: Kinds) -> bool:
    return kinds not in _SPREAD_PAIRS or reading.values[0] <= reading.values[1] or kinds == ("ci_low", "ci_high")
