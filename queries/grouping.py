"""Findings that share one cause are one finding with many places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from counterproof.kb.finding import FLAGS, Finding

TOGETHER = 3
"""From this many flags of one check in one table or sentence on, they are told as one."""


SINGLE = frozenset({"told_twice", "count_twice", "cited_figure", "unit", "bounds", "label", "listing", "flow", "significance_words"})
"""Checks whose every flag is a fact of its own."""


EXPLAINS = {
    "repeated_interval": ("interval_contains_estimate", "percent_interval"),
    "interval_contains_estimate": ("interval_centre",),
    "denominator": ("percent", "rounding"),
    "listing": ("label",),
}
"""Checks that say more of the same numbers than others, whose flags at the same place they take the place of."""


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with what shares a cause made one.

    A flag on the same numbers told again (abstract and text) is one with two places; the like flags of one table or sentence are one,
    except those on P-values. The first of a group carries the others' places, and the least sure reading counts for all.
    """
    kept: list[Finding] = []
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in _told_again(_explained(list(findings))):
        if finding.verdict in FLAGS and finding.comparison is None and finding.check not in SINGLE:
            cause = finding.place.table or finding.place.quote
            groups.setdefault((finding.document, finding.check, finding.verdict, finding.severity, cause), []).append(finding)
        else:
            kept.append(finding)
    for members in groups.values():
        kept += members if len(members) < TOGETHER else [_merged(members)]
    return kept


def _told_again(findings: list[Finding]) -> list[Finding]:
    """The findings with a flag on the very same numbers, outside tables, made one with further places."""
    first: dict[tuple[object, ...], int] = {}
    kept: list[Finding] = []
    for finding in findings:
        key = finding.document, finding.check, finding.verdict, finding.reported, finding.inputs
        if finding.verdict not in FLAGS or finding.place.table or key not in first:
            first.setdefault(key, len(kept))
            kept.append(finding)
            continue
        earlier = kept[first[key]]
        kept[first[key]] = replace(
            earlier, more_places=(*earlier.more_places, finding.place), confidence=min(earlier.confidence, finding.confidence)
        )
    return kept


def _explained(findings: list[Finding]) -> list[Finding]:
    """The findings without those flags that another check explains at the same place."""
    covered = {
        (explained, f.document, place.start, place.end)
        for f in findings
        if f.verdict in FLAGS
        for explained in EXPLAINS.get(f.check, ())
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
        more_places=(*first.more_places, *(place for f in others for place in (f.place, *f.more_places))),
        confidence=min(f.confidence for f in members),
    )
