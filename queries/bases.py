"""Bases that the paper does not print but its percents share: a column headed 7 whose percents are all of 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from counterproof.queries.proportions import Proportion, offered_bases, proportion

Row = dict[str, Any]
Pair = tuple[Row, Proportion]

WIDEST = 40
"""A percent that fits more bases than this says too little of which one was used."""


def misfits(rows: Iterable[Row]) -> list[Pair]:
    """The rows whose percent fits none of the bases printed for them, not even nearly."""
    found = []
    for row in rows:
        share, offered = proportion(row), offered_bases(row)
        if share and share.informative and offered and not any(share.nearly_fits(base) for base in offered):
            found.append((row, share))
    return found


def shared_base(pairs: list[Pair]) -> tuple[int, list[Pair]] | None:
    """The base below the printed one that most of these percents share, with those that do; None where no two variables share one."""
    votes: Counter[int] = Counter()
    for row, share in pairs:
        run, limit = share.bases(), max(offered_bases(row))
        if run and run[1] - run[0] <= WIDEST:
            votes.update(base for base in range(run[0], run[1] + 1) if base < limit)
    if not votes:
        return None
    base = max(votes, key=lambda b: (votes[b], -b))
    agreeing = [pair for pair in pairs if pair[1].fits(base)]
    return (base, agreeing) if variables(agreeing) >= 2 else None


def variables(pairs: Iterable[Pair]) -> int:
    """Over how many variables (not levels of one) these numbers are spread."""
    return len({row.get("block") or ("row", row.get("row")) for row, _ in pairs})


def column(row: Row) -> tuple[Any, ...]:
    """The numbers that stand under one head: those of an arm in one column of a table."""
    return row["document_id"], row.get("table_no"), row.get("arm_no"), row.get("arm"), row.get("timepoint")


def column_bases(rows: Iterable[Row]) -> dict[tuple[Any, ...], int]:
    """For each column of a table the base that its percents share against its head, where there is one (by :func:`column`)."""
    columns: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if row.get("table_no") is not None:
            columns.setdefault(column(row), []).append(row)
    found = {key: shared_base(misfits(members)) for key, members in columns.items()}
    return {key: shared[0] for key, shared in found.items() if shared}
