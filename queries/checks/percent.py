"""A count, its base and its percent agree within rounding.

For every count printed with a percent, 100 x count / base must round (or be cut) to the percent, for at least one of the bases that
the paper offers: the base that the sentence or row names, the arm's size, the sum of the variable's levels. A percent that fits no
offered base but a smaller whole number is not flagged here, since patients with missing values are often left out without a word:
it is reported as not checkable (`base_not_printed`), and `denominator` looks for the base that a whole group of percents shares; but
where the levels of a variable add up to the arm and all their other percents are of it, nobody is missing, and it is flagged. A percent
that misses an offered base by no more than one unit of its last digit is left to `rounding`. Flagged is a percent that no number of
patients up to the largest offered base can give, and, in a sentence that names its base, one that does not fit that base.

Preconditions: whole counts of patients, one base for the row; nothing is said of tables where most percents fit nothing, since
then the reading of the table is in doubt (`bases_unclear`).

Example: 12 (46) under n = 25. 12 / 25 is 48.0%; 46% would be of 26 patients.

Reference: Bolland, Avenell & Grey, Royal Society Open Science 2025;12:240170 (frequencies that do not add up); Georgescu &
Wren, Bioinformatics 2018;34:1758.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from counterproof.kb.finding import Finding, Verdict
from counterproof.queries.checks import Row
from counterproof.queries.comparisons import MISSING
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import Proportion, block_key, level_sums, offered_bases, proportion, shown, whole
from counterproof.queries.shared import once

VIEW = "proportion_rows"
INSPECT_SR = "4.9"

WHOLE = re.compile(
    r"(?<![\d.,·/])\d{1,6}(?![\d%]|[.,·]\d|[\s-](?:%|(?:years?|months?|weeks?|days?|hours?|h|min(?:utes?)?|mg|g|kg|[mc]m|m?l|[μµ]g)\b))"
)
"""A whole number of a sentence, not that of a percent, a fraction's lower part, a time or a dose."""

DOUBT = 0.5
"""A table of which more than this share of the percents fits no offered base is read wrongly more often than it is wrong."""


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each count with a percent."""
    sums, alone = once(level_sums, rows), _alone(rows)
    judged = [(row, *_judge(row, sums, alone=id(row) in alone)) for row in rows if row.get("percent") is not None]
    bad = Counter(_table(row) for row, verdict, reason, _ in judged if verdict != "consistent" and reason != "rounding_slip")
    every = Counter(_table(row) for row, *_ in judged)
    for row, verdict, reason, message in judged:
        key = _table(row)
        if verdict == "inconsistent" and row.get("table_no") is not None and every[key] >= 4 and bad[key] > DOUBT * every[key]:
            verdict, reason, message = "not_checkable", "bases_unclear", "most percents of this table fit none of the bases that were read"
        yield Finding(
            document=row["document_id"],
            check="percent",
            verdict=verdict,
            reason=reason,
            place=place(row),
            reported=shown(row),
            message=message,
            severity="medium" if verdict == "inconsistent" else "low",
            confidence=row.get("confidence") or 1.0,
            inspect_sr=INSPECT_SR,
        )


def _table(row: Row) -> tuple[object, object]:
    return row["document_id"], row.get("table_no")


def _alone(rows: list[Row]) -> set[int]:
    """The rows (by ``id``) of tables whose percent alone does not fit, while the levels add up to the arm and the other percents are of it.

    Then nobody is missing, and the percent is of no smaller number, unless a neighbouring level gives it.
    """
    blocks: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        if row.get("block") is not None and row.get("table_no") is not None:
            blocks.setdefault(block_key(row), []).append(row)
    found = set()
    for levels in blocks.values():
        shares, size = [proportion(row) for row in levels], whole(levels[0].get("arm_n"))
        told = [share for share in shares if share is not None]
        if not size or len(told) < max(len(levels), 2) or sum(share.count for share in told) != size:
            continue
        off = [(row, share) for row, share in zip(levels, told, strict=True) if not share.fits(size)]
        if len(off) != 1 or any(MISSING.match(row.get("level") or "") for row in levels):
            continue
        (row, wrong), others = off[0], [share for share in told if share.fits(size)]
        # 5 (25.0) converted, of the 20 operated on: of a neighbour, or of both together
        if not any(wrong.fits(base) for other in others for base in (other.count, other.count + wrong.count)):
            found.add(id(row))
    return found


def _judge(row: Row, sums: dict[tuple[object, ...], int], *, alone: bool) -> tuple[Verdict, str | None, str]:
    """Verdict, reason and message for one row."""
    share = proportion(row)
    if share is None:
        return "not_checkable", "unreadable_number", "the count or the percent is no plain number"
    offered = offered_bases(row)
    total = sums.get(block_key(row))
    bases = [*offered, total] if total and total not in offered else offered
    fitting = [base for base in bases if share.fits(base)]
    if fitting:
        return "consistent", None, f"{shown(row)} of {fitting[0]}"
    if not offered or (row.get("table_no") is None and not row.get("bases")):
        return "not_checkable", "base_not_named", "no base is named for this percent"
    if any(share.nearly_fits(base) for base in bases):
        return "not_checkable", "rounding_slip", f"{shown(row)} is off by no more than one unit of its last digit"
    return _misfit(row, share, offered, alone=alone)


def _misfit(row: Row, share: Proportion, bases: list[int], *, alone: bool) -> tuple[Verdict, str | None, str]:
    what, run = subject(row), share.bases()
    percent = row["percent"].rstrip("% ")
    printed = f"{what + ': ' if what else ''}{row['count']} printed as {percent}%"
    named = " or ".join(f"{base} ({_percent(share, base)}%)" for base in bases)
    if alone:
        return "inconsistent", None, f"{printed}, but {row['count']} is not {percent}% of {named}, to which the levels here add up."
    if row.get("table_no") is not None and share.informative and run and run[0] <= max(bases):
        return "not_checkable", "base_not_printed", f"{printed}; of {named}, but it fits a base of {_run(run)}, which is not printed"
    if row.get("table_no") is None and max(bases) < share.count and run and run[0] >= share.count:
        return "not_checkable", "base_not_named", f"{printed}: the number that was read as its base is smaller than the count"
    if row.get("table_no") is None and share.informative and _named_elsewhere(row, run):
        return "not_checkable", "base_not_named", f"{printed}; of {named}, but the sentence has another number that it may be of"
    fits = f"; that percent fits a base of {_run(run)}" if run else ""
    return "inconsistent", None, f"{printed}, but {row['count']} is not {percent}% of {named}{fits}."


def _named_elsewhere(row: Row, run: tuple[int, int] | None) -> bool:
    """Whether the sentence prints a whole number among the bases that fit (the count itself is none)."""
    numbers = {int(number) for number in WHOLE.findall(row.get("quote") or "")}
    return run is not None and any(run[0] <= number <= run[1] and str(number) != row["count"] for number in numbers)


def _percent(share: Proportion, base: int) -> str:
    return f"{100 * share.count / base:.{max(1, share.percent.decimals)}f}"


def _run(run: tuple[int, int]) -> str:
    return str(run[0]) if run[0] == run[1] else f"{run[0]} to {run[1]}"
