"""Words the engine's judgements of a paper's comparisons as findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from counterproof.kb.finding import FLAGS, Finding, Severity
from counterproof.queries.bases import column_bases
from counterproof.queries.comparisons import Group, groups, judge_groups
from counterproof.queries.doubts import allowed, doubt, shared_by_contrasts
from counterproof.queries.places import place
from counterproof.queries.reasons import REASONS
from counterproof.queries.statistics.engine import Judgement
from counterproof.queries.telling import about, message, printed_input

Row = dict[str, Any]


def findings(rows: Iterable[Row], kinds: Collection[str], check: str, inspect_sr: str | None) -> Iterator[Finding]:
    """One finding for each comparison of these kinds: the engine's verdict, or why it cannot be recomputed."""
    rows = list(rows)
    every = groups(rows, kinds)
    shared = shared_by_contrasts(every)
    judgements = judge_groups([group for group in every if not group.obstacle and group.key not in shared], column_bases(rows))
    for group in every:
        judgement = judgements.get(group.key)
        if judgement is None:
            yield _not_checkable(group, check, inspect_sr, "overall_test" if group.key in shared else group.obstacle or "no_values")
        elif judgement.verdict in FLAGS and (why := doubt(group, judgement)):
            yield _not_checkable(group, check, inspect_sr, why)
        else:
            yield _finding(group, judgement, check, inspect_sr)


def _finding(group: Group, judgement: Judgement, check: str, inspect_sr: str | None) -> Finding:
    first = group.first
    why = allowed(judgement)
    if judgement.verdict == "other_method" and why:
        judgement = replace(judgement, verdict="consistent", reason=why)
    if judgement.verdict == "not_checkable":
        return _not_checkable(group, check, inspect_sr, judgement.reason or "no_values")
    return Finding(
        document=first["document_id"],
        check=check,
        verdict=judgement.verdict,
        reason=judgement.reason,
        place=place(first),
        reported=str(first["p"]),
        recomputed=judgement.recomputed,
        chance=judgement.chance,
        severity=_severity(judgement),
        changes_conclusion=judgement.changes_conclusion,
        message=message(group, judgement),
        inputs=tuple(printed_input(row) for row in group.rows),
        comparison=first["comparison_no"],
        confidence=min(row["confidence"] for row in group.rows),
        inspect_sr=inspect_sr,
    )


def _not_checkable(group: Group, check: str, inspect_sr: str | None, reason: str) -> Finding:
    first = group.first
    return Finding(
        document=first["document_id"],
        check=check,
        verdict="not_checkable",
        reason=reason,
        place=place(first),
        reported=str(first["p"]),
        message=f"{about(group)}not recomputed: {REASONS.get(reason, reason.replace('_', ' '))}.",
        inputs=tuple(printed_input(row) for row in group.rows if row.get("arm_order") is not None),
        comparison=first["comparison_no"],
        confidence=min(row["confidence"] for row in group.rows),
        inspect_sr=inspect_sr,
    )


def _severity(judgement: Judgement) -> Severity:
    if judgement.verdict not in FLAGS:
        return "low"
    if judgement.changes_conclusion or judgement.verdict == "decision_error":
        return "high"
    return "low" if judgement.verdict == "other_method" else "medium"
