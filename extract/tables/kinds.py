"""The kind of each number in a cell: heads, labels, notes and arithmetic decide, never the shape alone.

``5 (71.4)`` may be a count with its percent or a mean with its SD. The readings that the paper announces are tried in the order of
their nearness to the cell; one that the arithmetic contradicts is passed over; where none is left the numbers are plain values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from counterproof.extract.tables.cells import CellReading
from counterproof.extract.tables.measures import Measure, measures_of
from counterproof.kb.evidence import Kind

Kinds = tuple[Kind, ...]
Group = Sequence[CellReading]
Bases = Sequence[Sequence[int]]

_CENTRES = {"mean", "median", "hr", "or", "rr", "difference", "coefficient", "correlation", "estimate", "percent", "rate"}
_VALUE: Kinds = ("value",)
_EFFECTS = {"hr", "or", "rr", "difference", "coefficient", "correlation", "estimate"}
_SPREAD_PAIRS = {("q1", "q3"), ("min", "max"), ("ci_low", "ci_high")}


class Hint(NamedTuple):
    """A measure that the paper announces for a cell. ``near`` where its own row or column says so, not a note for the whole table.

    ``above``: a label above the row's says so, which a percent sign in the cell itself outweighs.
    """

    measure: Measure
    near: bool
    above: bool = False


@lru_cache(maxsize=1024)
def hints_of(measures: tuple[Measure, ...], near: bool, above: bool = False) -> tuple[Hint, ...]:
    """Measures that are announced in one place; every row of a table asks for those of the same few heads."""
    return tuple([Hint(measure, near, above) for measure in measures])


class Verdict(NamedTuple):
    """The kinds of a cell's numbers in order, and how sure they are (0 to 1)."""

    kinds: Kinds
    confidence: float


def percent_fits(count: float, percent: float, decimals: int, base: float) -> bool:
    """Whether a printed percent is count / base within one unit of its last digit (either way of rounding, truncation)."""
    return base > 0 and count <= base and abs(100 * count / base - percent) <= 10.0**-decimals * 1.0001


def decide(readings: Group, bases: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    """Kinds for cells that share their row and their kind of column (the arms of one row).

    ``bases`` are the sizes that each cell's place offers. A reading must hold for every cell that has its shape.
    """
    families = [_family(reading) for reading in readings]
    distinct = list(dict.fromkeys(families))
    if len(distinct) == 1:  # as most rows
        return _decide(distinct[0], readings, bases, hints)
    verdicts: dict[int, Verdict] = {}
    for family in distinct:
        at = [i for i, other in enumerate(families) if other == family]
        found = _decide(family, [readings[i] for i in at], [bases[i] for i in at], hints)
        verdicts.update(zip(at, found, strict=True))
    return [verdicts[i] for i in range(len(readings))]


def _decide(family: str, group: Group, bases: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    """Kinds for cells of one shape."""
    label = group[0].label
    own = [Hint(measure, True) for measure in measures_of(label)] if label else []
    return _DECIDERS[family](group, bases, [*_completed(own, hints), *hints] if own else hints)


def _completed(own: list[Hint], hints: Sequence[Hint]) -> list[Hint]:
    """``12 (IQR 8-15)``: a spread named in the cell, with the centre that goes with it."""
    centres: dict[Kind, Kind] = {"q1": "median", "q3": "median"}
    completed = []
    for hint in own:
        first = hint.measure[0]
        centre: Kind | None = centres.get(first) or next((h.measure[0] for h in hints if h.measure[0] in _CENTRES), None)
        lone = first in ("q1", "min", "ci_low", "sd", "se")
        if lone and centre and centre not in hint.measure:
            whole: Measure = (centre, *hint.measure)
            hint = Hint(whole, True)
        completed.append(hint)
    return completed


def _plain(reading: CellReading) -> Verdict:
    return _plain_values(len(reading.parts))


@lru_cache(maxsize=16)
def _plain_values(count: int) -> Verdict:
    return Verdict(_VALUE * count, 0.5)


def _family(reading: CellReading) -> str:
    shape = reading.shape
    if shape == "several" and len(reading.parts) == 2:
        return "pair"
    return shape if shape in _DECIDERS else "other"


def _fraction(group: Group, _: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    """``12/40 (30%)``: so many of so many; ``41.2/12.3`` under ``Mean/SD`` is a mean with its SD."""
    paired = next((h.measure for h in hints if len(h.measure) == 2 and h.measure[0] in ("mean", "median")), None)
    if paired and all(len(r.parts) == 2 for r in group):
        return [Verdict(paired, 0.95)] * len(group)
    verdicts = []
    for reading in group:
        kinds: Kinds = ("count", "n", "percent")
        fits = _is_fraction(reading, 0, 2)
        verdicts.append(Verdict(kinds[: len(reading.parts)], 1.0 if len(reading.parts) == 3 else 0.7) if fits else _plain(reading))
    return verdicts


def _percent_fraction(group: Group, _: Bases, __: Sequence[Hint]) -> list[Verdict]:
    return [Verdict(("percent", "count", "n"), 1.0) if _is_fraction(r, 1, 0) else _plain(r) for r in group]


def _is_fraction(reading: CellReading, at: int, percent: int) -> bool:
    numbers, values = reading.numbers, reading.values
    if numbers[at].decimals or numbers[at + 1].decimals or values[at] > values[at + 1]:
        return False
    return len(numbers) == 2 or percent_fits(values[at], values[percent], max(0, numbers[percent].decimals - 1), values[at + 1])


def _singles(group: Group, bases: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    if all(r.percents[0] for r in group) and not any(h.near and h.measure[0] in _CENTRES - {"percent"} for h in hints):
        return [Verdict(("percent",), 1.0)] * len(group)
    whole = all(not r.numbers[0].decimals and r.values[0] >= 0 for r in group)
    for hint in hints:
        kind = hint.measure[0]
        if kind == "count" and (not whole or (not hint.near and _exceeds(group, bases))):
            continue
        if kind == "percent" and any(not 0 <= r.values[0] <= 100 for r in group):
            continue
        if kind in ("ci_low", "q1", "min") and len(hint.measure) > 1:
            continue
        # a bare number under a note for the whole table ("values are mean (SD)") need not be what the note says
        if hint.near:
            return [Verdict((kind,), 0.95)] * len(group)
    return [Verdict(("value",), 0.6)] * len(group)


def _exceeds(group: Group, bases: Bases) -> bool:
    return any(offered and r.values[0] > max(offered) for r, offered in zip(group, bases, strict=True))


def _pairs(group: Group, bases: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    if hints and hints[0].measure == ("df",):
        return [Verdict(("df", "df"), 0.95)] * len(group)
    if group[0].shape == "several":
        hints = [hint for hint in hints if hint.near]
        if hints and hints[0].measure == ("ci_low", "ci_high") and all(r.values[0] <= r.values[1] for r in group):
            return [Verdict(("ci_low", "ci_high"), 0.95)] * len(group)
    marked = _by_percent_sign(group)
    explains = _all_percents_first(group, bases) if marked == ("percent", "count") else all_percents(group, bases)
    if marked and (explains or not any(h.near and not h.above and h.measure[0] in ("mean", "median") for h in hints)):
        return [Verdict(marked, 1.0)] * len(group)
    for hint in hints:
        kinds = _pair_kinds(hint.measure)
        if kinds is None and hint.near and hint.measure == ("percent",) and group[0].shape == "bracket":
            kinds = ("count", "percent")  # "Males (%)" above "8 (53.3)"
        if kinds is None:
            continue
        if kinds == ("count", "percent"):
            if may_be_counts(group, bases, hint.near) and (hint.near or explains or not other_pair(hints)):
                return [Verdict(kinds, 1.0 if explains else 0.9)] * len(group)
        elif kinds in (("percent", "count"), ("percent", "n")):
            if all(not r.numbers[1].decimals and 0 <= r.values[0] <= 100 for r in group):
                return [Verdict(kinds, 0.95)] * len(group)
        elif "value" in kinds and any("value" not in (_pair_kinds(h.measure) or ("value",)) for h in hints):
            continue
        elif hint.near or not (explains and _weighty(group)):
            return [Verdict(kinds, 0.95 if hint.near else 0.85)] * len(group)
    if group[0].shape == "bracket" and not other_pair(hints) and _nearly_all_percents(group, bases):
        return [Verdict(("count", "percent"), 0.8)] * len(group)
    if explains and _weighty(group) and group[0].shape == "bracket":
        return [Verdict(("count", "percent"), 0.85)] * len(group)
    return [_plain(r) for r in group]


def _plus_minus(group: Group, _: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    for hint in hints:
        kinds = _pair_kinds(hint.measure)
        if kinds and kinds[1] in ("sd", "se"):
            return [Verdict(kinds, 0.95)] * len(group)
        if kinds and hint.near and hint.measure[0] in _CENTRES - {"percent"}:
            return [Verdict((hint.measure[0], "value"), 0.7)] * len(group)
    # most papers mean an SD; a reader is told to check
    return [Verdict(("mean", "sd"), 0.6)] * len(group)


def _by_percent_sign(group: Group) -> Kinds | None:
    """What the percent signs of a row's pairs say; where one cell lacks it (``71 (43.3%)``, ``50 (43.5)``), it is forgotten."""
    unsigned = [r for r in group if r.percents == (False, False)]
    signed = [r for r in group if r.percents == (False, True)]
    whole = all(not r.numbers[0].decimals for r in group)
    forgotten = not unsigned or may_be_counts(unsigned, [()] * len(unsigned), near=True)
    if signed and whole and forgotten and len(signed) + len(unsigned) == len(group):
        return ("count", "percent")
    if all(r.percents == (True, False) for r in group) and all(not r.numbers[1].decimals for r in group):
        return ("percent", "count")
    return None


def _pair_kinds(measure: Measure) -> Kinds | None:
    if measure in (("count", "percent"), ("percent", "count"), ("percent", "n")):
        return measure
    if measure[0] in ("sd", "se"):
        return ("mean", measure[0])
    if len(measure) == 2 and measure[0] in _CENTRES and measure[1] in ("sd", "se", "value"):
        return measure
    if len(measure) == 3 and measure[0] in ("median", "mean"):
        return (measure[0], "value")
    return None


def other_pair(hints: Sequence[Hint]) -> bool:
    """Whether another pair than count and percent is announced."""
    return any(kinds[1] != "percent" and kinds[0] != "percent" for h in hints if (kinds := _pair_kinds(h.measure)))


def all_percents(group: Group, bases: Bases) -> bool:
    """Whether every pair is count and percent of some base that its place offers."""
    return all(
        not r.numbers[0].decimals and any(percent_fits(r.values[0], r.values[1], r.numbers[1].decimals, base) for base in offered)
        for r, offered in zip(group, bases, strict=True)
    )


def _all_percents_first(group: Group, bases: Bases) -> bool:
    """The same of ``82.5% (33)``, where the percent comes first."""
    return all(
        any(percent_fits(r.values[1], r.values[0], r.numbers[0].decimals, base) for base in offered)
        for r, offered in zip(group, bases, strict=True)
    )


def _nearly_all_percents(group: Group, bases: Bases) -> bool:
    """Whether one pair is count and percent of its arm and every other implies a base a little below its own (missing data)."""
    exact = 0
    for reading, offered in zip(group, bases, strict=True):
        count, percent = reading.values
        if reading.numbers[0].decimals or not offered or count > max(offered) or not 0 <= percent <= 100:
            return False
        if any(percent_fits(count, percent, reading.numbers[1].decimals, base) for base in offered):
            exact += reading.numbers[1].decimals > 0 and count > 0
        elif not percent or not 0.7 * max(offered) <= 100 * count / percent <= 1.01 * max(offered):
            return False
    return exact > 0 and len(group) > 1


def _weighty(group: Group) -> bool:
    """Whether agreement of counts with percents can hardly be chance: two cells above 0, or a percent with decimals."""
    telling = [r for r in group if r.values[0] > 0]
    return len(telling) > 1 or any(r.numbers[1].decimals for r in telling)


def may_be_counts(group: Group, bases: Bases, near: bool) -> bool:
    """Whether every pair could be a count and a percent, be they of each other or not."""
    for reading, offered in zip(group, bases, strict=True):
        count, percent = reading.values
        if reading.numbers[0].decimals or count < 0 or not 0 <= percent <= 100.5 or (count == 0 and percent > 0):
            return False
        if not near and offered and count > max(offered):
            return False
    return True


def _triples(group: Group, _: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    for hint in hints:
        measure = hint.measure
        if measure in (("mean",), ("median",)) and hint.near:
            return [Verdict((measure[0], *_VALUE * (len(r.parts) - 1)), 0.9) for r in group]
        if measure == ("statistic", "df") and hint.near:
            tested: Kinds = ("statistic", "df", "df", "value")
            return [Verdict(tested[: len(r.parts)], 0.95) for r in group]
        if measure in _SPREAD_PAIRS:
            kinds: Kinds = ("median" if measure == ("q1", "q3") else "value", *measure)
        elif len(measure) == 1 and measure[0] in _EFFECTS and hint.near:
            # an effect with two more numbers is told with its interval, whatever its level
            return [Verdict((measure[0], "ci_low", "ci_high", "value")[: len(r.parts)], 0.9) for r in group]
        elif len(measure) >= 3 and measure[0] in _CENTRES | {"count"} and measure[-2:] in _SPREAD_PAIRS:
            kinds = (measure[0], *measure[-2:])
        else:
            continue
        if "ci_low" in kinds or all(r.values[1] <= r.values[2] for r in group):
            return [Verdict((*kinds, "value")[: len(r.parts)], 0.95 if hint.near else 0.85) for r in group]
    return [_plain(r) for r in group]


def _quads(group: Group, _: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    pair = next((kinds for h in hints if (kinds := _pair_kinds(h.measure[:2])) and "value" not in kinds), None)
    spread = next((h.measure[-2:] for h in hints if h.measure[-2:] in _SPREAD_PAIRS), None)
    if pair is None and group[0].shape == "plus_minus_interval":
        pair = ("mean", "sd")
    return [Verdict((*pair, *spread), 0.9) if pair and spread and len(r.parts) == 4 else _plain(r) for r in group]


def _ranges(group: Group, _: Bases, hints: Sequence[Hint]) -> list[Verdict]:
    spread = next((h.measure[-2:] for h in hints if h.measure[-2:] in _SPREAD_PAIRS), None)
    if spread is None:
        return [_plain(r) for r in group]
    return [Verdict(spread, 0.95) if r.values[0] <= r.values[1] or spread[0] == "ci_low" else _plain(r) for r in group]


def _others(group: Group, _: Bases, __: Sequence[Hint]) -> list[Verdict]:
    return [_plain(r) for r in group]


_DECIDERS: dict[str, Callable[[Group, Bases, Sequence[Hint]], list[Verdict]]] = {
    "number": _singles, "bracket": _pairs, "pair": _pairs, "plus_minus": _plus_minus, "fraction": _fraction, "fraction_percent": _fraction,
    "percent_fraction": _percent_fraction, "interval": _triples, "bracket_interval": _quads, "plus_minus_interval": _quads,
    "range": _ranges, "other": _others,
}  # fmt: skip


_OF_WHOLE = re.compile(
    r"(?:n|nos?\.?|num(?:ber)?|events?|cases?|patients?)(?: of (?:events|patients|cases))?\s*/\s*"
    r"(?:n|total(?: (?:no\.?|n|number))?|no\. of patients|patients|all|sample size)",
    re.IGNORECASE,
)
"""Words that say that a cell has a part and its whole (n/N, events/total), which are no levels."""


def ratio_levels(label: str, wanted: int) -> list[str]:
    """The levels that a label lists for a cell of as many numbers: ``Sex, male : female`` for ``4 : 3``."""
    for piece in [*re.findall(r"\(([^()]*)\)", label), *re.split(r",\s*(?=[^,]*$)", label)[::-1], label]:
        cuts = (re.split(r"(?<!\s)\s*[:/]\s*", piece), re.split(r"(?<!\s)\s*/\s*(?=[<>≤≥])", piece))
        parts = next(([part.strip() for part in cut] for cut in cuts if len(cut) == wanted), [])
        if _OF_WHOLE.fullmatch(piece.strip()):
            return []
        if parts and all(parts):
            return [re.sub(r"^(?:n|no\.?)\s+", "", part) for part in parts]
    return []
