"""An interval belongs to one estimate.

Two different estimates of one kind hardly ever have the same two confidence limits to all printed digits. Where they do, and the
interval does not contain one of them or lies clearly off its centre, an interval has probably been copied from one result to another.

Preconditions: limits printed with at least five digits together; the same estimate told again is no repetition; rows that fit the
interval equally well are left alone.

Example: hazard ratios of 1.42 (0.58 to 3.46) and, in the next row, 2.96 (0.58 to 3.46). The root of 0.58 x 3.46 is 1.42: the interval
belongs to the first.

Reference: Brown & Heathers, Social Psychological and Personality Science 2017;8:363 (implausible repetitions); this project's design.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.intervals import RATIOS, estimate, is_error
from counterproof.queries.places import place, subject

VIEW = "estimate_rows"
INSPECT_SR = "4.9"

DIGITS = 5


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each estimate outside an interval that another estimate has too."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if estimate(row) and _digits(row["ci_low"]) + _digits(row["ci_high"]) >= DIGITS:
            groups[row["document_id"], row["ci_low"], row["ci_high"]].append(row)
    for members in groups.values():
        inside = [row for row in members if not _outside(row)]
        for row in members:
            if _outside(row) and inside:
                yield _finding(row, inside[0])


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text.lstrip("-−0."))


def _outside(row: Row) -> bool:
    """Whether the interval does not hold its estimate, which is not its standard error instead."""
    read = estimate(row)
    if read is None or not (read.estimate[1] < read.low[0] or read.estimate[0] > read.high[1]):
        return False
    return row["effect"] in RATIOS or not is_error(read)


def _finding(row: Row, owner: Row) -> Finding:
    where = owner["table_label"] or owner["section"] or "the text"
    return Finding(
        document=row["document_id"],
        check="repeated_interval",
        verdict="inconsistent",
        place=place(row),
        reported=f"{row['estimate']} ({row['ci_low']} to {row['ci_high']})",
        severity="medium",
        message=f"{subject(row) or 'The estimate'} {row['estimate']} lies outside its interval {row['ci_low']} to {row['ci_high']}, "
        f"which is also that of {subject(owner) or 'another result'} {owner['estimate']} ({where}), where it fits.",
        confidence=min(row["confidence"], owner["confidence"]),
        inspect_sr=INSPECT_SR,
        more_places=(place(owner),),
    )
