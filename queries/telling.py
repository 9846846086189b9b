"""A judgement in words: what is printed, what the tests allow, what gives the printed P."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from counterproof.kb.finding import Recomputation
from counterproof.kb.numbers import read_number
from counterproof.queries.comparisons import Group
from counterproof.queries.doubts import attaining
from counterproof.queries.intervals import RATIOS, estimate
from counterproof.queries.method_names import method_name
from counterproof.queries.places import subject
from counterproof.queries.proportions import shown
from counterproof.queries.statistics.engine import Judgement

Row = dict[str, Any]


def about(group: Group) -> str:
    """The outcome that a comparison is about, with a colon, or nothing where none is known."""
    what = group.first.get("variable") or subject({**group.first, "arm": None})
    return f"{what}: " if what else ""


def message(group: Group, judgement: Judgement, unconvincing: str | None = None) -> str:
    """What a judgement says, in a sentence or two; ``unconvincing`` is said of a method that meets the P perhaps by chance."""
    printed = f"{about(group)}P printed as {group.first['p']}"
    strict = [r for r in judgement.recomputed if r.role == "declared"] or [r for r in judgement.recomputed if r.role == "standard"]
    said = "declared" if any(r.role == "declared" for r in strict) else "standard"
    allowed = f"the {said} tests allow {listing(strict, told_decimals(str(group.first['p'])))}" if strict else "no test can be computed"
    if judgement.verdict == "consistent":
        return f"{printed}: attainable; {allowed}.{_zero(judgement.reported)}"
    given = _most_usual(attaining(judgement) or attaining(judgement, cut=True))
    giving = f"{' or '.join(given[:2])}{' or others' if len(given) > 2 else ''}"
    gives = f" {giving} gives it." if given else _null_value(group.first)
    ends = {
        "decision_error": f"{printed}, but {allowed}: on the other side of {judgement.alpha:g}.{gives}",
        "inconsistent": f"{printed}, but {allowed}; {unconvincing or 'no method tried gives it'}.",
        "misapplied_method": f"{printed}, but {allowed}; only {giving} gives it, which does not apply here.",
        "other_method": f"{printed}; {allowed}. What gives it is {giving}.",
        "undecided": f"{printed}: not decided ({judgement.reason or 'a computation was capped'}).",
    }
    return ends.get(judgement.verdict, f"{printed}: {judgement.reason or judgement.verdict}")


def _zero(printed: str) -> str:
    """A word on a P printed as 0, which packages print for a small one."""
    number = read_number(printed)
    if number is None or number.value != 0 or not number.decimals:
        return ""
    return f" No P-value is 0: statistical packages print this for less than {0.5 * 10.0**-number.decimals:.{number.decimals + 1}f}."


def _most_usual(met: list[Recomputation]) -> list[str]:
    """The methods of the most usual kind among those that give a P: a regrouping or misuse is not named beside a test of the table."""
    for roles in (("declared", "standard"), ("regrouped",), ("misuse",)):
        names = list(dict.fromkeys(method_name(r.method) for r in met if r.role in roles))
        if names:
            return names
    return []


def _null_value(row: Row) -> str:
    """Whether an interval holds the value of no effect, which a reader sees at once."""
    read = estimate(row) if row.get("ci_low") and row.get("ci_high") else None
    if read is None or row.get("effect") not in (*RATIOS, "difference", "coefficient"):
        return ""
    null = 1 if row["effect"] in RATIOS else 0
    verb = "holds" if read.low[0] <= null <= read.high[1] else "leaves out"
    return f" The interval {row['ci_low']} to {row['ci_high']} {verb} {null}."


def listing(recomputed: Iterable[Recomputation], decimals: int = 3, most: int = 4) -> str:
    """Methods with what they allow, in words, to so many decimals; equal sets share an entry."""
    by_set: dict[str, list[str]] = {}
    for one in recomputed:
        by_set.setdefault(shown_set(one.intervals, decimals), []).append(method_name(one.method))
    parts = [f"{values} ({', '.join(methods[:3])}{' …' if len(methods) > 3 else ''})" for values, methods in by_set.items()]
    return "; ".join(parts[:most]) + ("; …" if len(parts) > most else "")


def shown_set(intervals: Iterable[tuple[float, float]], decimals: int = 3) -> str:
    """An attainable set in words: ``0.012``, ``0.010 to 0.014``, ``<0.001``; at most three stretches are told."""
    shown = []
    for low, high in intervals:
        a, b = shown_p(low, decimals), shown_p(high, decimals)
        shown.append(a if a == b else f"{a} to {b}")
    every = list(dict.fromkeys(shown))
    return " or ".join(every[:3]) + (" …" if len(every) > 3 else "") or "nothing"


def shown_p(p: float, decimals: int = 3) -> str:
    """A P-value to so many decimals, small ones as ``<0.001`` (or as ``1.2e-07``, where more than five decimals are asked for)."""
    if p < 10.0**-decimals and decimals > 5:
        return f"{p:.1e}"
    return f"<{10.0**-decimals:.{decimals}f}" if p < 10.0**-decimals else f"{p:.{decimals}f}"


def told_decimals(printed: str) -> int:
    """One decimal more than is printed, so that a reader sees why the printed digits are not met; three to six."""
    return min(6, max(3, 1 + len(printed.strip().rpartition(".")[2]) if "." in printed else 3))


def printed_input(row: Row) -> str:
    """One aggregate as printed: ``Early failure group, cT2: 1 (14.3%) of 7``."""
    place = ", ".join(str(v) for v in (row.get("arm"), row.get("level"), row.get("timepoint")) if v)
    values = []
    if row.get("count") is not None:
        values.append(shown(row))
    elif row.get("percent") is not None:
        values.append(f"{row['percent'].rstrip('% ')}%")
    for name in ("mean", "sd", "se", "median"):
        if row.get(name) is not None:
            values.append(f"{name} {row[name]}")
    if row.get("q1") is not None:
        values.append(f"quartiles {row['q1']} and {row['q3']}")
    if row.get("estimate") is not None:
        interval = f" ({row['ci_low']} to {row['ci_high']})" if row.get("ci_low") is not None else ""
        values.append(f"{row['effect']} {row['estimate']}{interval}")
    if row.get("statistic") is not None:
        values.append(f"statistic {row['statistic']}" + (f" with df {row['df']}" if row.get("df") else ""))
    if row.get("n") is not None:
        values.append(f"n = {row['n']}")
    return f"{place}: {', '.join(values)}" if place else ", ".join(values)
