"""The commands ``p`` and ``ci``: one printed row recomputed by every method, for somebody who is looking at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from counterproof._output import Target, output
from counterproof.kb.errors import UsageError

if TYPE_CHECKING:
    from counterproof.queries.statistics.engine import Judgement

FLAGGED, DONE, NOTHING_CHECKABLE = 1, 0, 5
EFFECTS = ("hr", "or", "rr", "difference")
_SCALES = {"hr": "a ratio", "or": "a ratio", "rr": "a ratio", "difference": "a difference"}

_NUMBER = r"[-+−]?(?:\d{1,12}(?:[.·]\d{1,12})?|\.\d{1,12})"
_COUNT = re.compile(r"(\d{1,9}) ?(?:/|of) ?(\d{1,9})")
_PERCENT = re.compile(rf"({_NUMBER}) ?% ?(?:,|of)? ?\(?(?:n ?=)? ?(\d{{1,9}})\)?", re.IGNORECASE)
_MEAN = re.compile(
    rf"(?P<mean>{_NUMBER}) ?(?:\( ?(?:SD ?=?)? ?(?P<bracket>{_NUMBER}) ?\)|(?:±|\+/-|SD) ?(?P<sd>{_NUMBER})|(?:SE|SEM) ?(?P<se>{_NUMBER}))"
    r"[,;]? ?\(?n ?= ?(?P<n>\d{1,9})\)?",
    re.IGNORECASE,
)
_LEVELS = re.compile(r"\d{1,9}(?: ?: ?\d{1,9}){1,30}")

HELP = 'write an arm as 4/7, as 57.1% n=7, as 0:2:4 (its levels), or as "59 (8.1) n=40" (mean, SD, size)'


def p(arms: Sequence[str], *, printed: str, declared: str | None = None, format: str = "text") -> int:
    """Recompute the P of these arms; the exit code (1 where the printed P is a flag)."""
    if len(arms) < 2:
        raise UsageError(f"give at least two arms; {HELP}")
    read = [_arm(text, f"arm {number}") for number, text in enumerate(arms, 1)]
    shapes = {tuple(sorted(row.keys() - {"arm"})) for rows in read for row in rows} | {len(rows) for rows in read}
    if len(shapes) > 2:
        raise UsageError(f"the arms are written in different ways; {HELP}")
    return _tell({"": [row for rows in read for row in rows]}, printed, declared, format)


def ci(values: Sequence[str], *, printed: str, effect: str | None = None, level: str | None = None, format: str = "text") -> int:
    """Recompute the P of an estimate with its limits (``values``: these three).

    Without ``effect`` positive numbers may be a ratio or a difference: both are told, and the better verdict counts.
    """
    texts = [text.replace("−", "-").replace("·", ".") for text in values]
    for text in texts:
        if not re.fullmatch(_NUMBER, text):
            raise UsageError(f"{text}: not a number; write `counterproof ci 1.18 0.30 2.89 --p 0.028`")
    if effect is not None and effect not in EFFECTS:
        raise UsageError(f"{effect}: not an effect; choose {', '.join(EFFECTS)}")
    estimate, low, high = texts
    if float(low) > float(high):
        raise UsageError(f"the lower limit {low} is above the upper one {high}; write estimate, lower limit, upper limit")
    row = {"arm": "", "estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": level or ""}
    scales = (effect,) if effect else ("rr", "difference") if min(map(float, texts)) > 0 else ("difference",)
    return _tell({_SCALES[scale]: [{**row, "effect": scale}] for scale in scales}, printed, None, format, named=effect is not None)


def _arm(text: str, name: str) -> list[dict[str, Any]]:
    """The rows of one arm: one, or one a level."""
    flat = " ".join(text.split()).replace("·", ".").replace("−", "-")
    if hit := _COUNT.fullmatch(flat):
        if int(hit[1]) > int(hit[2]):
            raise UsageError(f"{text}: {hit[1]} of {hit[2]} cannot be; write events/size, as in 4/7")
        return [{"arm": name, "count": hit[1], "n": hit[2]}]
    if hit := _PERCENT.fullmatch(flat):
        return [{"arm": name, "percent": hit[1], "n": hit[2]}]
    if hit := _MEAN.fullmatch(flat):
        spread = {"se": hit["se"]} if hit["se"] else {"sd": hit["bracket"] or hit["sd"]}
        return [{"arm": name, "mean": hit["mean"], **spread, "n": hit["n"]}]
    if _LEVELS.fullmatch(flat):
        counts = [part.strip() for part in flat.split(":")]
        return [{"arm": name, "level": f"level {k}", "count": count, "n": str(sum(map(int, counts)))} for k, count in enumerate(counts, 1)]
    raise UsageError(f"{text}: not understood; {HELP}")


def _tell(readings: dict[str, list[dict[str, Any]]], printed: str, declared: str | None, format: str, *, named: bool = True) -> int:
    """Judge and tell every reading that the row leaves open, each under its name; the exit code is that of the best."""
    import json

    import pandas as pd

    from counterproof._recomputing import judgement_object
    from counterproof.queries.comparisons import BEST_FIRST
    from counterproof.queries.statistics.engine import judge
    from counterproof.queries.statistics.rows import complete

    lines = [{"id": name, "p": printed, "declared": declared or "", **row} for name, rows in readings.items() for row in rows]
    judgements = judge(complete(pd.DataFrame(lines)))
    if any(one.reason == "unreadable_p" for one in judgements):
        raise UsageError(f'{printed}: not a P-value; write --p 0.034 or --p "<0.001"')
    with output(None) as target:
        if format == "json":
            target.write(json.dumps([judgement_object(one) for one in judgements], ensure_ascii=False, indent=1) + "\n")
        else:
            for one in judgements:
                _write(one, "" if named else f", taken as {one.id}", target)
            if len(judgements) > 1:
                target.line("Which scale it has is not said; --effect hr, or, rr or difference says it.")
    best = min((one.verdict for one in judgements), key=BEST_FIRST.index)
    if best in ("not_checkable", "error"):
        return NOTHING_CHECKABLE
    return FLAGGED if best in ("inconsistent", "decision_error") else DONE


def _write(judgement: Judgement, taken: str, target: Target) -> None:
    """Every method with its P, those that give the printed one marked; then the verdict."""
    from counterproof.kb.numbers import p_window, read_number
    from counterproof.queries.method_names import method_name
    from counterproof.queries.reasons import REASONS
    from counterproof.queries.telling import shown_set

    number = read_number(judgement.reported)
    low, high = p_window(number, alpha=judgement.alpha) if number else (2.0, 2.0)
    shown = [(r, any(a <= high + 1e-9 and b >= low - 1e-9 for a, b in r.intervals)) for r in judgement.recomputed]
    shown = [(r, hit) for r, hit in shown if hit or r.role != "regrouped"]
    names = [f"{method_name(r.method)} ({r.role})" for r, _ in shown]
    width = max((len(name) for name in names), default=0)
    target.line(f"printed   P {judgement.reported}{taken}", "bold")
    for (recomputation, hit), name in zip(shown, names, strict=True):
        target.line(
            f"  {name:<{width}}  {shown_set(recomputation.intervals, 4)}{'  ← the printed P' if hit else ''}", "green" if hit else ""
        )
    words = judgement.verdict.replace("_", " ")
    if judgement.reason:
        words += f": {REASONS.get(judgement.reason, judgement.reason.replace('_', ' '))}"
    target.line(f"verdict   {words}", "bold red" if judgement.verdict in ("inconsistent", "decision_error") else "bold")
    if judgement.changes_conclusion:
        target.line(f"          the printed P and what these numbers allow lie on different sides of {judgement.alpha:g}")
    if judgement.chance is not None:
        target.line(f"chance    {judgement.chance:.0%} of printed P-values of this form would be attainable from these numbers")
    told = [*judgement.notes, *judgement.assumptions]
    if told:
        target.line(f"assumed   {'; '.join(told)}")
