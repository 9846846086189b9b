"""A P-value lies between 0 and 1.

A number outside these limits in a column of P-values has most often lost its decimal point, or belongs to another column. It cannot be
recomputed and is therefore told by itself.

Preconditions: a column headed P in a table, in which at least three other cells are P-values and no cell has words that name something
else (a second head within the table); numbers with powers of ten, stars or signs of comparison are left out.

Example: 1.34 in a column headed P. No P-value exceeds 1.

Reference: Nuijten et al., Behavior Research Methods 2016;48:1205 (errors in reported P-values).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.places import place

VIEW = "p_cells"
INSPECT_SR = "4.9"

LEAST_OTHERS = 3
MOST = 2
"""More cells than this outside the limits mean that the column holds something else."""

_PLAIN = re.compile(r"=?\s?(-?(?:\d{1,6}(?:[.,·]\d{1,8})?|[.,·]\d{1,8}))")
_OTHER_WORDS = re.compile(r"[A-Za-z]{3,}|\b[FtTzr]\b|χ")


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each number in a column of P-values that can be none."""
    columns: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        columns[row["document_id"], row["table_no"], row["column"]].append(row)
    for cells in columns.values():
        outside = [row for row in cells if (value := _value(row["text"])) is not None and not 0 <= value <= 1]
        inside = [row for row in cells if (value := _value(row["text"])) is not None and 0 <= value <= 1]
        named = any(_OTHER_WORDS.search(row["text"]) for row in cells)
        if not named and len(inside) >= LEAST_OTHERS and len(outside) <= MOST:
            for row in outside:
                yield _finding(row)


def _value(text: str) -> float | None:
    hit = _PLAIN.fullmatch(text.strip())
    return float(re.sub("[,·]", ".", hit[1])) if hit else None


def _finding(row: Row) -> Finding:
    what = f"{row['stub']}: " if row["stub"] else ""
    return Finding(
        document=row["document_id"],
        check="p_range",
        verdict="inconsistent",
        place=place(row),
        reported=row["text"],
        severity="medium",
        message=f"{what}{row['text']} stands in the column of P-values, but no P-value lies outside 0 to 1; a decimal point may be lost.",
        confidence=row["confidence"],
        inspect_sr=INSPECT_SR,
    )
