"""A percent is rounded as its count and base say.

A percent that misses count / base by no more than one unit of its last digit (88.46% printed as 89%) is most often rounded twice,
rounded up, or changed so that a column adds to 100. It is told gently: nothing that a reader concludes hangs on it.

Preconditions: those of `percent`, a base that the paper offers for this very row, and no smaller base that gives the percent (then a
patient may be missing), unless count and base are printed as a fraction.

Example: 23 of 26 printed as 89%. 23 / 26 is 88.46%, which rounds to 88%.

Reference: Cole, Archives of Disease in Childhood 2015;100:608 (how many digits to report).
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import block_key, level_sums, offered_bases, proportion, shown
from counterproof.queries.shared import once

VIEW = "proportion_rows"
INSPECT_SR = None


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each percent that is off by no more than one unit of its last digit."""
    sums = once(level_sums, rows)
    for row in rows:
        share, bases = proportion(row), offered_bases(row)
        if share is None or not bases or any(share.fits(base) for base in (*bases, sums.get(block_key(row), 0))):
            continue
        near = next((base for base in bases if share.nearly_fits(base)), None)
        run = share.bases()
        if near is None or (run and run[0] <= max(bases) and not _fraction(row)):
            continue
        what = subject(row)
        exact = f"{100 * share.count / near:.{share.percent.decimals + 2}f}"
        yield Finding(
            document=row["document_id"],
            check="rounding",
            verdict="inconsistent",
            place=place(row),
            reported=shown(row),
            message=f"{what + ': ' if what else ''}{shown(row)} of {near} is {exact}%: a slip of rounding.",
            confidence=row.get("confidence") or 1.0,
            inspect_sr=INSPECT_SR,
        )


def _fraction(row: Row) -> bool:
    """Whether count and base stand side by side (``42/402``), so that no patient can be missing unseen."""
    return bool(row.get("n")) and f"{row['count']}/{row['n']}" in (row["quote"] or "").replace(" ", "")
