"""Bases that the paper does not print but its percents share: a column headed 7 whose percents are all of 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from counterproof.queries.proportions import Proportion, common_bases, offered_bases, proportion

Row = dict[str, Any]
Pair = tuple[Row, Proportion]

WIDEST = 40
"""A percent that fits more bases than this says too little of which one was used."""

NEAR, NEARLY_ALL = 1.1, 0.9
"""A base above the printed one is looked for up to a tenth more; it must give this share of a column's percents."""


def misfits(rows: Iterable[Row]) -> list[Pair]:
    """The rows whose percent fits none of the bases printed for them, not even nearly."""
    found = []
    for row in rows:
        share = proportion(row)
        if share and share.informative and (offered := offered_bases(row)) and not any(map(share.nearly_fits, offered)):
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


def base_above(rows: Iterable[Row]) -> tuple[int, list[Pair]] | None:
    """The base above the printed one that the percents of a column share: a head of 485 whose percents are of 486.

    It must give every percent that the printed base does not give to the digit, of three variables at least, and nearly all others.
    """
    offers = [(row, share, bases) for row in rows if (share := proportion(row)) and share.informative and (bases := offered_bases(row))]
    off = [(row, share) for row, share, bases in offers if not any(map(share.fits, bases))]
    if variables(off) < 3:
        return None
    most = max(base for _, _, bases in offers for base in bases)
    run = common_bases(share for _, share in off)
    if run is None or run[1] <= most or run[0] > NEAR * most:
        return None
    first = max(run[0], most + 1)
    fitting = {base: sum(share.fits(base) for _, share, _ in offers) for base in range(first, min(run[1], int(NEAR * most)) + 1)}
    base = max(fitting, key=lambda b: (fitting[b], -b), default=0)
    return (base, off) if base and fitting[base] >= NEARLY_ALL * len(offers) else None


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
