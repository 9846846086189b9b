"""What else the printed numbers of a flagged P-value may stand for: fewer patients than the head says, or levels that merge grades.

A table that shows missing values in some rows may have them in rows that print no number of patients too. There the tests are run over
every size from the smallest that the table shows for each arm up to the head's. And a level ``2/3`` of few patients may have been two
levels in the test: every split of them is tried. A P that is attained in one of these ways is not told as a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import Any

from counterproof.kb.numbers import p_window, read_number
from counterproof.queries.comparisons import Group, as_columns
from counterproof.queries.proportions import proportion, whole
from counterproof.queries.statistics.engine import Judgement, judge

Row = dict[str, Any]
Sizes = dict[tuple[Any, ...], int]

HARDLY = 0.8
"""Rows of fewer patients than this share of the arm are of a subgroup, not of the patients without missing values."""

SPLITS = 64
"""More ways than this to split merged levels would meet many P-values by chance."""

MERGED = re.compile(
    r"(?:(?:grade|stage|class|asa|ecog|nyha)\s{0,2})?[TNG]?(?:[0-4]|I{1,3}|IV)[abc]?\s{0,2}[/+–—-]\s{0,2}[TNG]?(?:[1-5]|I{1,3}|IV|V)[abc]?",
    re.I,
)
"""A level that merges two neighbouring grades."""


def excuses(flagged: Iterable[tuple[Group, Judgement]], least: Sizes) -> dict[str, str]:
    """For the flagged comparisons (by key) that another reading of the same numbers makes attainable the reason to hold them back."""
    tried: list[tuple[str, Judgement, str, list[list[Row]]]] = []
    for group, judgement in flagged:
        if group.first["kind"] == "means":
            tried.append((group.key, judgement, "missing_data", _missing(group, least)))
        elif group.first["kind"] == "counts":
            tried.append((group.key, judgement, "merged_levels", _split(group)))
    judged = _judged({key: ways for key, judgement, _, ways in tried if _value(judgement) is not None})
    return {key: why for key, judgement, why, _ in tried if _met(judged.get(key, []), judgement, hull=why == "missing_data")}


def smallest_sizes(rows: Iterable[Row]) -> Sizes:
    """For each arm of a table (document, table, arm) the fewest patients on which a row of it rests, where some are missing."""
    blocks: dict[tuple[Any, ...], dict[Any, Row]] = {}
    found: Sizes = {}
    for row in rows:
        if row["table_no"] is None or row["arm_no"] is None:
            continue
        _note(found, row, whole(row["n"]))
        if row["kind"] == "counts" and row["level"]:
            blocks.setdefault((row["document_id"], row["comparison_no"], row["arm_order"]), {})[row["level_order"]] = row
    for levels in blocks.values():
        counts = [whole(row["count"]) for row in levels.values()]
        total = sum(count or 0 for count in counts)
        shares = [share for row in levels.values() if (share := proportion(row)) and share.informative]
        if len(counts) >= 2 and None not in counts and all(share.fits(total) for share in shares):
            _note(found, next(iter(levels.values())), total)
    return found


def _note(found: Sizes, row: Row, size: int | None) -> None:
    arm = whole(row["arm_n"])
    if size and arm and HARDLY * arm <= size < arm:
        found[_arm(row)] = min(size, found.get(_arm(row), size))


def _arm(row: Row) -> tuple[Any, ...]:
    return row["document_id"], row["table_no"], row["arm_no"]


def _missing(group: Group, least: Sizes) -> list[list[Row]]:
    """The comparison with each arm as large as its head says, as small as the table shows, or between; none where a row prints its n."""
    choices: list[list[Row]] = []
    for row in group.rows:
        arm, small = whole(row["arm_n"]), least.get(_arm(row))
        if arm is None or whole(row["n"]) not in (None, arm) or row["table_no"] is None:
            return []
        sizes = sorted({arm, (arm + small) // 2, small}) if small else [arm]
        choices.append([{**row, "n": str(size)} for size in sizes])
    ways = list(product(*choices)) if len(choices) <= 2 else [tuple(c[i] for c in choices) for i in (0, -1)] if choices else []
    ways += [tuple(c[0] if k == i else c[-1] for k, c in enumerate(choices)) for i in range(len(choices)) if len(choices) > 2]
    return [list(way) for way in ways] if len(ways) > 1 else []


def _split(group: Group) -> list[list[Row]]:
    """The comparison with its one merged level split into two, in every way; none where these are too many."""
    merged = [row for row in group.rows if MERGED.fullmatch((row["level"] or "").strip())]
    counts = [whole(row["count"]) for row in merged]
    if len({row["level"] for row in merged}) != 1 or None in counts or len({row["level"] for row in group.rows}) < 2:
        return []
    ways = 1
    for count in counts:
        ways *= (count or 0) + 1
    if ways > SPLITS or len({row["arm_order"] for row in merged}) != len(merged):
        return []
    out = []
    for first in product(*(range((count or 0) + 1) for count in counts)):
        taken = dict(zip((row["arm_order"] for row in merged), first, strict=True))
        out.append([part for row in group.rows for part in (_halves(row, taken[row["arm_order"]]) if row in merged else [row])])
    return out


def _halves(row: Row, first: int) -> list[Row]:
    rest = (whole(row["count"]) or 0) - first
    return [{**row, "level": f"{row['level']} {k}", "count": str(count), "percent": None} for k, count in ((1, first), (2, rest))]


def _judged(comparisons: dict[str, list[list[Row]]]) -> dict[str, list[Judgement]]:
    """The engine's judgements of every way to read each comparison (by key), all in one go."""
    named = (
        (f"{key}#{number}", [{**row, "arm": f"{row['arm'] or ''} [{row['arm_order']}]"} for row in rows])
        for key, ways in comparisons.items()
        for number, rows in enumerate(ways)
    )
    found: dict[str, list[Judgement]] = {}
    for one in judge(as_columns(named)):
        found.setdefault(one.id.rpartition("#")[0], []).append(one)
    return found


def _value(judgement: Judgement) -> float | None:
    number = read_number(judgement.reported)
    return number.value if number else None


def _met(judged: list[Judgement], judgement: Judgement, *, hull: bool) -> bool:
    """Whether a declared (else standard) test gives the printed P in one of these ways; ``hull``: or between two of them."""
    number = read_number(judgement.reported)
    if not judged or number is None:
        return False
    if any(one.verdict == "consistent" for one in judged):
        return True
    low, high = p_window(number, alpha=judgement.alpha)
    reach: dict[str, list[float]] = {}
    for one in judged:
        role = "declared" if any(r.role == "declared" for r in one.recomputed) else "standard"
        for r in one.recomputed:
            if r.role == role:
                reach.setdefault(r.method, []).extend(bound for interval in r.intervals for bound in interval)
    return hull and any(min(bounds) <= high and max(bounds) >= low for bounds in reach.values())
