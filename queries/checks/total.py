"""The levels of a variable add up to the arm, and the columns of a table to the total that it names.

Levels: where a variable's levels divide the patients in at least one arm (their counts add up to its size), they must in the other arms.
A sum above the arm's size is flagged, unless the percents are of another base; a sum below it only where the percents are of the whole
arm and not of the sum and hardly anybody is missing, and then gently. Columns: where a table has a total column, the arms' counts must
add up to it; the rows that do show that the total is the sum of these arms, and a row that does not is flagged when at least three
others do and they are the large majority.

Preconditions: the table itself shows the relation elsewhere; multiple responses, overlapping arms and totals over other arms never show
it.

Example: levels of 12, 30 and 10 patients in an arm of 50. 12 + 30 + 10 = 52.

Reference: Bolland, Avenell & Grey, Royal Society Open Science 2025;12:240170 (frequencies did not add up in 5.5% of tables).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import offered_bases, proportion, whole

VIEW = "proportion_rows"
INSPECT_SR = "4.6"

MAJORITY = 0.8
FEW = 0.05
"""Levels that miss more than this share of the arm leave out a level rather than a patient."""


def check(rows: list[Row]) -> Iterator[Finding]:
    """Findings for levels and for total columns."""
    yield from _levels(rows)
    yield from _columns(rows)


def _levels(rows: list[Row]) -> Iterator[Finding]:
    blocks: dict[tuple[Any, ...], dict[Any, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.get("block") is not None and row.get("level") and row.get("arm_role") != "total" and whole(row["count"]) is not None:
            key = row["document_id"], row.get("table_no"), row["block"], row.get("timepoint")
            blocks[key][row.get("arm_no"), row.get("column")].append(row)
    for arms in blocks.values():
        if len({frozenset(r["level"] for r in levels) for levels in arms.values()}) != 1:
            continue
        sums = [(levels, sum(whole(r["count"]) or 0 for r in levels), offered_bases(levels[0])) for levels in arms.values()]
        full = [s for s in sums if len(s[0]) >= 2 and s[1] in s[2]]
        if not full:
            continue
        for levels, total, bases in sums:
            if len(levels) >= 2 and bases:
                yield _level_finding(levels, total, bases)


def _level_finding(levels: list[Row], total: int, bases: list[int]) -> Finding:
    first, base = levels[0], bases[0]
    parts = " + ".join(str(row["count"]) for row in levels)
    what = f"{first['variable']} ({first['arm']})" if first.get("arm") else str(first["variable"])
    if total in bases:
        return _finding(first, "consistent", None, f"{what}: {parts} = {total}")
    shares = [s for row in levels if (s := proportion(row)) and s.informative]
    of_arm = bool(shares) and all(s.fits(base) for s in shares)
    if total > base and shares and not of_arm:
        return _finding(first, "not_checkable", "other_base", f"{what}: {parts} = {total}; the percents are not of {base}")
    if total < base and (not of_arm or all(s.fits(total) for s in shares) or base - total > max(1, FEW * base)):
        return _finding(first, "not_checkable", "missing_values_possible", f"{what}: {parts} = {total} of {base}; values may be missing")
    said = f"{what}: the levels {parts} add up to {total}, but the group has {base}; they divide another group of this table exactly."
    if total > base:
        return _finding(first, "inconsistent", None, said)
    missing = f" The percents are of {base} all the same; {base - total} missing would explain the sum, but the table names none."
    return replace(_finding(first, "inconsistent", None, said + missing), severity="low")


def _columns(rows: list[Row]) -> Iterator[Finding]:
    tables: dict[tuple[Any, ...], dict[tuple[Any, ...], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.get("table_no") is not None and whole(row["count"]) is not None:
            tables[row["document_id"], row["table_no"], row.get("timepoint")][row["row"], row.get("level")].append(row)
    for lines in tables.values():
        sums = [found for line in lines.values() if (found := _line(line))]
        right = sum(parts == total for _, parts, total in sums)
        if right < 3 or right < MAJORITY * len(sums):
            continue
        for line, parts, total in sums:
            shown = " + ".join(str(r["count"]) for r in line if r.get("arm_role") != "total")
            first = line[0]
            if parts == total:
                yield _finding(first, "consistent", None, f"{subject({**first, 'arm': None})}: {shown} = {total}")
            else:
                yield _finding(
                    first,
                    "inconsistent",
                    None,
                    f"{subject({**first, 'arm': None})}: {shown} = {parts}, but the total column says {total}; "
                    f"it is the sum in {right} of {len(sums)} rows.",
                )


def _line(line: list[Row]) -> tuple[list[Row], int, int] | None:
    totals = [row for row in line if row.get("arm_role") == "total"]
    arms = [row for row in line if row.get("arm_role") == "arm"]
    if len(totals) != 1 or len(arms) < 2 or len({row["arm_no"] for row in arms}) != len(arms):
        return None
    return line, sum(whole(row["count"]) or 0 for row in arms), whole(totals[0]["count"]) or 0


def _finding(row: Row, verdict: Any, reason: str | None, message: str) -> Finding:
    return Finding(
        document=row["document_id"],
        check="total",
        verdict=verdict,
        reason=reason,
        place=place(row),
        reported=str(row["count"]),
        message=message,
        severity="medium" if verdict == "inconsistent" else "low",
        confidence=row.get("confidence") or 1.0,
        inspect_sr=INSPECT_SR,
    )
