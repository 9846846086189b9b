"""A P-value that a paper prints in place of all smaller ones, ``P = 0.001`` for whatever is less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from counterproof.kb.numbers import ReportedNumber, p_window, read_number
from counterproof.queries.statistics.engine import Judgement

Row = dict[str, Any]

POWERS = {0.001, 0.0001, 0.00001}
"""P-values that papers print for whatever is smaller."""


def floors(rows: Iterable[Row]) -> dict[str, float]:
    """For each paper the P-value that it prints with ``=`` in place of all smaller ones, as far as its P-values tell.

    That is its least one, a power of ten below 0.01 that its tables (or its text, or its abstract) print twice or more, while none is
    printed as smaller.
    """
    printed: dict[str, dict[tuple[str, int], ReportedNumber]] = {}
    for row in rows:
        number = read_number(row["p"]) if row["p"] else None
        if number and number.value is not None:
            where = "abstract" if row["part"] == "abstract" else "text" if row["table_no"] is None else "tables"
            printed.setdefault(row["document_id"], {})[where, row["comparison_no"]] = number
    found = {}
    for document, numbers in printed.items():
        least = min(number.value or 0.0 for number in numbers.values())
        alike = {key: number for key, number in numbers.items() if number.value == least}
        often = max(Counter(where for where, _ in alike).values()) > 1
        if least in POWERS and often and all(number.comparator == "=" for number in alike.values()):
            found[document] = least
    return found


def stands_for_less(judgement: Judgement, floor: float | None) -> bool:
    """Whether the printed P is the paper's floor, and all that the declared (else the standard) tests allow lies below it."""
    number = read_number(judgement.reported)
    if floor is None or number is None or number.comparator != "=" or number.value != floor:
        return False
    declared = [r for r in judgement.recomputed if r.role == "declared"]
    sets = declared or [r for r in judgement.recomputed if r.role == "standard"]
    return bool(sets) and all(high < p_window(number)[0] for r in sets for _, high in r.intervals)
