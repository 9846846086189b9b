"""The arithmetic of flagged comparisons, written so that it can be followed with a pocket calculator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from counterproof.kb.finding import Finding
from counterproof.queries.bases import column_bases
from counterproof.queries.comparisons import BEST_FIRST, COLUMNS, groups, readings
from counterproof.queries.statistics.engine import judge
from counterproof.queries.statistics.explain import explain

Row = dict[str, Any]

KINDS = ("counts", "means", "effect", "statistic")
CHECKS = ("p_from_counts", "p_from_means", "p_from_interval", "p_from_statistic")


def workings(comparisons: Iterable[Row], findings: Iterable[Finding]) -> dict[int, str]:
    """For each recomputed comparison of these findings the text of its arithmetic, by the comparison's number."""
    wanted = {f.comparison for f in findings if f.check in CHECKS and f.recomputed}
    if not wanted:
        return {}
    comparisons = list(comparisons)
    bases = column_bases(comparisons)
    lines: dict[str, list[dict[str, Any]]] = {}
    for group in groups(comparisons, KINDS):
        if group.first["comparison_no"] in wanted and not group.obstacle:
            for variant, rows in enumerate(readings(group, bases)):
                key = f"{group.first['comparison_no']}#{variant}"
                lines[key] = [{"id": key, **{c: _plain(row.get(c)) for c in COLUMNS}} for row in rows]
    if not lines:
        return {}
    chosen = _best(lines)
    text = explain(pd.DataFrame([row for key in chosen.values() for row in lines[key]], dtype=object))
    parts = text.rstrip("\n").split("\n\n")
    if len(parts) != len(chosen):
        return {}
    return {number: _unmarked(part.partition("\n")[2]) for number, part in zip(chosen, parts, strict=True)}


_MARKED = re.compile(r"^(.*?) \[(\d+)\](.*)$", re.MULTILINE)
"""An arm with the mark that keeps equal names apart."""


def _unmarked(text: str) -> str:
    """The arithmetic without the marks of arms, where their names alone keep them apart; columns stay where they are."""
    arms = {(hit[1].rpartition(" … of ")[2], hit[2]) for hit in _MARKED.finditer(text)}
    if len({name for name, _ in arms}) < len(arms):
        return text
    return _MARKED.sub(lambda hit: hit[1] + (hit[3] if hit[3].startswith(":") else " " * (len(hit[2]) + 3) + hit[3]), text)


def _best(lines: dict[str, list[dict[str, Any]]]) -> dict[int, str]:
    """The reading of each comparison on which its verdict rests: the first of the best, as in the audit."""
    best: dict[int, tuple[int, str]] = {}
    for judgement in judge(pd.DataFrame([row for rows in lines.values() for row in rows], dtype=object)):
        number, rank = int(judgement.id.partition("#")[0]), BEST_FIRST.index(judgement.verdict)
        if number not in best or rank < best[number][0]:
            best[number] = (rank, judgement.id)
    return {number: key for number, (_, key) in best.items()}


def _plain(value: Any) -> Any:
    """A label on one line and short enough for a column; the mark that keeps equal arms apart is the engine's own."""
    return " ".join(value.split()) if isinstance(value, str) else value
