"""The percents of a group of numbers are of the base that the paper names for them.

Where several percents of one column, or of neighbouring sentences, fit none of the bases that the paper offers but all fit one other
whole number, that number is the base that was used. It is reported once for the whole group, with the places where it is used, not
once for each percent. In prose without a named base, a shared base that occurs nowhere else in the paper is reported.

Preconditions: at least two percents that fit no offered base, of which the shared base explains all; in prose the shared base must be
a single number, so that chance agreement is unlikely.

Reference: Bolland et al., J Clin Epidemiol 2025; Barnett, PLoS One 2023 (denominators that change from row to row).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import (
    Proportion,
    block_key,
    common_bases,
    level_sums,
    offered_bases,
    proportion,
    whole,
)
from counterproof.queries.proportions import (
    shown as counted,
)

VIEW = "proportion_rows"
INSPECT_SR = "4.6"

Pair = tuple[Row, Proportion]


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each group of percents with a base of its own."""
    sums = level_sums(rows)
    known: dict[str, set[int]] = defaultdict(set)
    groups: dict[tuple[Any, ...], list[Pair]] = defaultdict(list)
    for row in rows:
        known[row["document_id"]].update(offered_bases(row))
        known[row["document_id"]].update(c for c in [whole(row.get("count"))] if c)
        share = proportion(row)
        if share is not None:
            groups[_group(row)].append((row, share))
    for pairs in groups.values():
        in_table = pairs[0][0].get("table_no") is not None
        misfits = [pair for pair in pairs if _fits_nothing(*pair, sums)]
        clusters = _table_clusters(misfits) if in_table else _prose_clusters(pairs, known[pairs[0][0]["document_id"]])
        for base, cluster in clusters:
            yield _finding(base, cluster, known[pairs[0][0]["document_id"]])


def _group(row: Row) -> tuple[Any, ...]:
    """Numbers that a reader takes to have one base: a column of an arm in a table, or a section of the text."""
    if row.get("table_no") is not None:
        return row["document_id"], row["table_no"], row.get("arm_no"), row.get("column")
    return row["document_id"], None, row.get("part"), row.get("section")


def _fits_nothing(row: Row, share: Proportion, sums: dict[tuple[Any, ...], int]) -> bool:
    total = sums.get(block_key(row))
    bases = [*offered_bases(row), *([total] if total else [])]
    return bool(offered_bases(row)) and share.informative and not any(share.nearly_fits(base) for base in bases)


def _table_clusters(misfits: list[Pair]) -> Iterator[tuple[int, list[Pair]]]:
    """Runs of misfits down a column that share one base below the offered one."""
    cluster: list[Pair] = []
    for pair in misfits:
        if common_bases(share for _, share in [*cluster, pair]):
            cluster.append(pair)
            continue
        yield from _settled(cluster)
        cluster = [pair]
    yield from _settled(cluster)


def _settled(cluster: list[Pair]) -> Iterator[tuple[int, list[Pair]]]:
    run = common_bases(share for _, share in cluster)
    if run and len({row["row"] for row, _ in cluster}) >= 3 and run[0] == run[1]:
        yield run[0], cluster


def _prose_clusters(pairs: list[Pair], known: set[int]) -> Iterator[tuple[int, list[Pair]]]:
    """Neighbouring percents without a named base that share a single one which the paper names nowhere."""
    free = [pair for pair in pairs if not offered_bases(pair[0]) and pair[1].informative]
    cluster: list[Pair] = []
    for pair in free:
        if any(pair[1].fits(base) for base in known if base >= pair[1].count):
            continue
        if common_bases(share for _, share in [*cluster, pair]):
            cluster.append(pair)
    run = common_bases(share for _, share in cluster)
    if run and run[0] == run[1] and len(cluster) >= 2:
        yield run[0], cluster


def _finding(base: int, cluster: list[Pair], known: Iterable[int]) -> Finding:
    first = cluster[0][0]
    named = offered_bases(first)
    where = f"{first['table_label'] or 'table'}, {first['arm']}" if first.get("table_no") is not None else "these sentences"
    shown = ", ".join(counted(row) for row, _ in cluster[:6]) + (" …" if len(cluster) > 6 else "")
    against = f"not of {named[0]}, the size that is named" if named else "a number of patients that the paper names nowhere"
    also = f" {base} is printed elsewhere in the paper." if named and base in set(known) else ""
    return Finding(
        document=first["document_id"],
        check="denominator",
        verdict="inconsistent",
        place=place(first),
        reported=shown,
        severity="low" if named and base < named[0] else "medium",
        message=f"{len(cluster)} percents of {where}, from {subject(first) or 'the first'} on, are of {base}, {against}: {shown}.{also}",
        confidence=min(row.get("confidence") or 1.0 for row, _ in cluster),
        inspect_sr=INSPECT_SR,
    )
