"""The forest plot of a paper: its estimates with their intervals, the P printed beside each, and the P that the interval implies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from counterproof.kb.finding import FLAGS, Finding
from counterproof.kb.numbers import read_number
from counterproof.queries.html.axes import WIDTH, Axis, diamond, line, picture, shortened, words
from counterproof.queries.html.pictures import strict
from counterproof.queries.telling import shown_set

RATIOS = frozenset({"hr", "or", "rr"})
ABOUT_INTERVALS = frozenset({"interval_contains_estimate", "interval_centre", "repeated_interval"})
MOST = 40


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate with its limits as numbers, its words, and whether a finding flags it."""

    name: str
    value: float
    low: float
    high: float
    ratio: bool
    words: str
    flagged: bool


def estimates(rows: Sequence[Mapping[str, Any]], findings: Sequence[Finding]) -> list[Estimate]:
    """The estimates with intervals among a paper's comparisons, in its order."""
    by_comparison = {f.comparison: f for f in findings if f.comparison is not None and f.check == "p_from_interval"}
    found, seen = [], set()
    for row in rows:
        numbers = [_value(row.get(name)) for name in ("estimate", "ci_low", "ci_high")]
        place = tuple(row.get(name) for name in ("variable", "arm", "estimate", "ci_low", "ci_high", "p"))
        if any(number is None for number in numbers) or row.get("effect") in (None, "rate", "correlation") or place in seen:
            continue
        seen.add(place)
        value, low, high = (float(number) for number in numbers if number is not None)
        ratio = row["effect"] in RATIOS or (row["effect"] == "estimate" and low > 0)
        if low > high or (ratio and min(value, low) <= 0):
            continue
        finding = by_comparison.get(row["comparison_no"])
        implied = shown_set([i for r in strict(finding) for i in r.intervals]) if finding and strict(finding) else ""
        told = f"{row['estimate']} ({row['ci_low']} to {row['ci_high']})" + (f"; P {row['p']}" if row.get("p") else "")
        told += f", implied {implied}" if implied else ""
        flagged = (finding is not None and finding.verdict in FLAGS) or any(_about(f, row) for f in findings)
        found.append(Estimate(_name(row) or "unnamed", value, low, high, ratio, told, flagged))
    return found


def _name(row: Mapping[str, Any]) -> str:
    """The variable with its level (or the label of its row, where that says more) and its arm."""
    variable = row.get("variable") or row.get("member_variable")
    label = str(row.get("quote") or "").partition(" | ") if row.get("table_no") is not None else ("", "", "")
    level = row.get("level") or (label[0].strip() if label[1] else "")
    return ", ".join(dict.fromkeys(str(part) for part in (variable, level, row.get("arm")) if part))


def _about(finding: Finding, row: Mapping[str, Any]) -> bool:
    """Whether a finding flags the interval of this very row."""
    same = finding.place.quote and finding.place.quote == row.get("quote") and str(row["estimate"]) in finding.message
    return bool(same) and finding.verdict in FLAGS and finding.check in ABOUT_INTERVALS


def _value(text: Any) -> float | None:
    number = read_number(text) if isinstance(text, str) else None
    return number.value if number else None


def forests(every: Sequence[Estimate], key: str) -> list[Markup]:
    """One plot of the ratios and one of the differences, where there are any."""
    ratios = [one for one in every if one.ratio]
    others = [one for one in every if not one.ratio]
    named = (("Ratios with their intervals", ratios), ("Differences with their intervals", others))
    return [_forest(title, _chosen(some), f"{key}-{title[0]}") for title, some in named if some]


def _chosen(every: Sequence[Estimate]) -> list[Estimate]:
    """Not more than ``MOST`` in the paper's order, the flagged ones first to be among them."""
    kept = sorted(range(len(every)), key=lambda i: not every[i].flagged)[:MOST]
    return [every[i] for i in sorted(kept)]


def _forest(title: str, every: Sequence[Estimate], key: str) -> Markup:
    axis, none = _axis(every)
    bottom = 8 + 44.0 * len(every)
    parts = [line(axis.at(none), 4, axis.at(none), bottom, "alpha")]
    for position, one in enumerate(every):
        y, style = 8 + 44 * position, "flag" if one.flagged else "fine"
        parts.append(words(6, y + 10, shortened(one.name, 58), "strong" if one.flagged else "label"))
        parts.append(words(6, y + 23, shortened(one.words, 60), "tick"))
        parts.append(line(axis.at(one.low), y + 32, axis.at(one.high), y + 32, f"reach {style}"))
        parts += [line(axis.at(end), y + 28, axis.at(end), y + 36, f"reach {style}") for end in (one.low, one.high)]
        parts.append(diamond(axis.at(one.value), y + 32, 4.5, style))
    parts.append(line(axis.start, bottom, axis.end, bottom, "axis"))
    for tick in (axis.low, none, axis.high):
        anchor = "start" if tick == axis.low else "end" if tick == axis.high else "middle"
        parts.append(words(axis.at(tick), bottom + 14, f"{tick:.3g}", "tick", anchor))
    told = "; ".join(f"{one.name}: {one.words}{' (flagged)' if one.flagged else ''}" for one in every)
    return picture(bottom + 22, title, told, parts, key)


def _axis(every: Sequence[Estimate]) -> tuple[Axis, float]:
    """The scale over all intervals and the value of no effect; ratios beyond 1/100 and 100 end at the edge."""
    low, high = min(min(one.low, one.value) for one in every), max(max(one.high, one.value) for one in every)
    if every[0].ratio:
        return Axis(max(min(low, 0.5), 0.01), min(max(high, 2.0), 100.0), 8, WIDTH - 8, log=True), 1.0
    return Axis(min(low, 0.0), max(high, 0.0) if max(high, 0.0) > min(low, 0.0) else 1.0, 8, WIDTH - 8), 0.0
