"""Words the engine's judgements of a paper's comparisons as findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from counterproof.kb.finding import FLAGS, Finding, Severity
from counterproof.queries.alternatives import excuses
from counterproof.queries.coincidence import coincidence
from counterproof.queries.compared import Comparisons
from counterproof.queries.comparisons import ALL_KINDS, Group
from counterproof.queries.doubts import allowed, doubt, of_same_values
from counterproof.queries.least_p import floors, stands_for_less
from counterproof.queries.places import place
from counterproof.queries.reasons import REASONS
from counterproof.queries.shared import once
from counterproof.queries.statistics.engine import Judgement
from counterproof.queries.telling import about, message, printed_input
from counterproof.queries.why import true_reason

Row = dict[str, Any]

CHANCE = 0.1
"""At most so often would the digits of a printed P be met by chance where the design speaks against the tests that meet them."""


def findings(rows: list[Row], kinds: Collection[str], check: str, inspect_sr: str | None) -> Iterator[Finding]:
    """One finding for each comparison of these kinds: the engine's verdict, or why it cannot be recomputed."""
    compared, doubted = once(Comparisons, rows), once(_doubted, rows)
    told: dict[str, Finding] = {}
    for group in compared.of(kinds):
        judgement = compared.judgements.get(group.key)
        if judgement is None:
            reason = "overall_test" if group.key in compared.shared else group.obstacle or "no_values"
            told[group.key] = _not_checkable(group, check, inspect_sr, reason)
        elif group.key in doubted.held:
            told[group.key] = _not_checkable(group, check, inspect_sr, doubted.held[group.key])
        else:
            told[group.key] = _finding(group, judgement, check, inspect_sr, doubted)
    yield from told.values()
    for group, target in compared.retold:
        if target.key in told:
            yield _told_again(group, told[target.key], target)


@dataclass(frozen=True)
class _Doubted:
    """Which judgements (by key) are not told and why, and what is said of those that may be a coincidence."""

    held: dict[str, str]
    unconvincing: dict[str, str]


def _doubted(rows: list[Row]) -> _Doubted:
    """The doubts of the judgements of all kinds, worked out at once: to start the engine for a few takes as long as for hundreds."""
    compared = once(Comparisons, rows)
    judged = [(group, compared.judgements[group.key]) for group in compared.of(ALL_KINDS) if group.key in compared.judgements]
    least = floors(rows)
    held = {group.key: why for group, judgement in judged if (why := _held_back(group, judgement))}
    doubled = of_same_values(group for group, _ in judged)
    held |= {group.key: "pairwise_unclear" for group, judgement in judged if group.key in doubled - held.keys() and _flag(judgement)}
    held |= {
        group.key: "least_p"
        for group, judgement in judged
        if group.key not in held and _flag(judgement) and stands_for_less(judgement, least.get(group.first["document_id"]))
    }
    flagged = [(group, judgement) for group, judgement in judged if group.key not in held and _flag(judgement)]
    return _Doubted(held | excuses(flagged, compared.least), _coincidences(flagged))


def _held_back(group: Group, judgement: Judgement) -> str | None:
    """Why a judgement is not told: a reader could object to a flag, or the design forbids the tests.

    In a paired or clustered design the tests of independent people are taken for those that were run only where the paper declares them
    and their digits are met, which chance would hardly do.
    """
    if group.design:
        met = judgement.verdict == "consistent" and judgement.chance is not None and judgement.chance <= CHANCE
        return None if met and group.first["declared"] else group.design
    return doubt(group, judgement) if _flag(judgement) else None


def _flag(judgement: Judgement) -> bool:
    return judgement.verdict in FLAGS and not allowed(judgement)


def _coincidences(flagged: list[tuple[Group, Judgement]]) -> dict[str, str]:
    """What to say (by key) of the P-values that only a misuse gives, where this may be a coincidence."""
    tables: dict[tuple[Any, ...], list[Judgement]] = {}
    for group, judgement in flagged:
        tables.setdefault((group.first["document_id"], group.first["table_no"], group.first["kind"]), []).append(judgement)
    said = {}
    for group, judgement in flagged:
        fellows = tables[group.first["document_id"], group.first["table_no"], group.first["kind"]]
        if judgement.verdict == "misapplied_method" and (why := coincidence(judgement, fellows)):
            said[group.key] = why
    return said


def _told_again(group: Group, finding: Finding, target: Group) -> Finding:
    """What is found for the numbers that a P-value tells of again holds for it too; a flag keeps its words, so that both are one."""
    first = group.first
    if finding.verdict == "not_checkable":
        return _not_checkable(group, finding.check, finding.inspect_sr, finding.reason or "no_values")
    flag = finding.verdict in FLAGS
    told = target.first
    where = f"{told['table_label'] or 'the table'}, row {told['row']}" if told["table_no"] is not None else "the text"
    return replace(
        finding,
        place=place(first),
        reported=finding.reported if flag else str(first["p"]),
        message=finding.message if flag else f"{finding.message} The numbers stand in {where}, where the same comparison is told.",
        comparison=first["comparison_no"],
        confidence=min(finding.confidence, *(row["confidence"] for row in group.rows)),
    )


def _finding(group: Group, judgement: Judgement, check: str, inspect_sr: str | None, doubted: _Doubted) -> Finding:
    first, unconvincing = group.first, doubted.unconvincing.get(group.key)
    if unconvincing:
        judgement = replace(judgement, verdict="inconsistent", reason=None)
    why = allowed(judgement)
    if judgement.verdict in FLAGS and why:
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
        message=message(group, judgement, unconvincing),
        inputs=tuple(printed_input(row) for row in group.rows),
        comparison=first["comparison_no"],
        confidence=min(row["confidence"] for row in group.rows),
        inspect_sr=inspect_sr,
    )


def _not_checkable(group: Group, check: str, inspect_sr: str | None, reason: str) -> Finding:
    first, reason = group.first, true_reason(group, reason)
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
