"""The command ``recompute``: rows of summary data in, one verdict a comparison out."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from counterproof._output import Target, output
from counterproof.kb.sheets import guarded
from counterproof.queries.statistics.engine import Judgement, judge, read_rows

NOTHING_CHECKABLE, FLAGGED, DONE = 5, 1, 0
FLAGS = ("decision_error", "inconsistent", "misapplied_method", "other_method")


def recompute(file: Path, *, format: str, to: Path | None, fail_on: str) -> int:
    """Run the command; the exit code."""
    judgements = judge(read_rows(file))
    with output(to) as target:
        WRITERS[format](judgements, target)
    verdicts = {judgement.verdict for judgement in judgements}
    if not verdicts - {"not_checkable", "error"}:
        return NOTHING_CHECKABLE
    ranks = {"never": (), "decision_error": FLAGS[:1], "inconsistent": FLAGS[:2]}[fail_on]
    return FLAGGED if verdicts & set(ranks) else DONE


def judgement_object(judgement: Judgement) -> dict[str, Any]:
    """One judgement as the object of the output contract."""
    return {
        "id": judgement.id,
        "verdict": judgement.verdict,
        "reported": judgement.reported,
        "recomputed": [{"method": r.method, "role": r.role, "p": [list(i) for i in r.intervals]} for r in judgement.recomputed],
        "reason": judgement.reason,
        "chance": judgement.chance,
        "changes_conclusion": judgement.changes_conclusion,
        "alpha": judgement.alpha,
        "notes": list(judgement.notes),
        "assumptions": list(judgement.assumptions),
    }


def _write_jsonl(judgements: list[Judgement], target: Target) -> None:
    for judgement in judgements:
        target.write(json.dumps(judgement_object(judgement), ensure_ascii=False) + "\n")


def _write_json(judgements: list[Judgement], target: Target) -> None:
    target.write(json.dumps([judgement_object(j) for j in judgements], ensure_ascii=False, indent=1) + "\n")


def _write_csv(judgements: list[Judgement], target: Target) -> None:
    import csv

    writer = csv.writer(target.stream, lineterminator="\n")
    writer.writerow(["id", "verdict", "reported", "recomputed", "reason", "chance", "changes_conclusion", "alpha"])
    for one in judgements:
        sets = json.dumps(judgement_object(one)["recomputed"])
        row = [one.id, one.verdict, one.reported, sets, one.reason, one.chance, one.changes_conclusion, one.alpha]
        writer.writerow(map(guarded, row))


def _write_text(judgements: list[Judgement], target: Target) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head, ratio in (("id", None), ("verdict", None), ("printed", None), ("the printed numbers allow", 3), ("reason", 2)):
        table.add_column(head, ratio=ratio, overflow="fold")
    for one in judgements:
        words = (one.verdict.replace("_", " "), one.reported, _sets(one), (one.reason or "").replace("_", " "))
        table.add_row(*(Text(word) for word in (one.id, *words)))
    target.print(table)
    counts = Counter(one.verdict.replace("_", " ") for one in judgements)
    target.print(Text(f"{len(judgements)} comparisons: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common())))


def _sets(judgement: Judgement) -> str:
    """The attainable sets of the first methods, in words."""
    parts = [
        f"{one.method.replace('_', ' ')} {' or '.join(_interval(low, high) for low, high in one.intervals[:3])}"
        for one in judgement.recomputed
        if one.intervals
    ]
    return "; ".join(parts[:4]) + (f"; {len(parts) - 4} more" if len(parts) > 4 else "")


def _interval(low: float, high: float) -> str:
    a, b = f"{low:.3g}", f"{high:.3g}"
    return a if a == b else f"{a} to {b}"


WRITERS = {"text": _write_text, "json": _write_json, "jsonl": _write_jsonl, "csv": _write_csv}
