"""Findings that share one cause are one finding with many places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from counterproof.kb.finding import FLAGS, Finding

TOGETHER = 3
"""From this many flags of one check in one table or sentence on, they are told as one."""


SINGLE = frozenset({"told_twice"})
"""Checks whose every flag is a fact of its own."""


EXPLAINS = {"repeated_interval": "interval_contains_estimate", "interval_contains_estimate": "interval_centre", "denominator": "percent"}
"""A check that says more of the same numbers than another, whose flag at the same place it takes the place of."""


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the like flags of one table (or one sentence) made one; flags on P-values stay single.

    The first of a group carries the others' places and what is printed there; the least sure reading counts for all.
    """
    kept: list[Finding] = []
    findings = _explained(list(findings))
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.verdict in FLAGS and finding.comparison is None and finding.check not in SINGLE:
            cause = finding.place.table or finding.place.quote
            groups.setdefault((finding.document, finding.check, finding.verdict, finding.severity, cause), []).append(finding)
        else:
            kept.append(finding)
    for members in groups.values():
        kept += members if len(members) < TOGETHER else [_merged(members)]
    return kept


def _explained(findings: list[Finding]) -> list[Finding]:
    """The findings without those flags that another check explains at the same place."""
    covered = {
        (EXPLAINS[f.check], f.document, place.start, place.end)
        for f in findings
        if f.verdict in FLAGS and f.check in EXPLAINS
        for place in (f.place, *f.more_places)
    }
    return [f for f in findings if f.verdict not in FLAGS or (f.check, f.document, f.place.start, f.place.end) not in covered]


def _merged(members: list[Finding]) -> Finding:
    first, others = members[0], members[1:]
    where = "table" if first.place.table else "sentence"
    shown = "; ".join(f.reported for f in others[:4]) + ("; …" if len(others) > 4 else "")
    return replace(
        first,
        message=f"{first.message} The same holds for {len(others)} more in this {where}: {shown}.",
        more_places=tuple(f.place for f in others),
        confidence=min(f.confidence for f in members),
    )
