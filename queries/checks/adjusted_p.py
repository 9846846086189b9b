"""A P-value adjusted for several comparisons is not below the one before adjustment.

The corrections of Bonferroni, Holm, Hochberg, Hommel, Šidák and Benjamini and Hochberg only ever raise a P-value, up to 1. An adjusted
P-value below its own plain one means that the two stand in the wrong columns or rows.

Preconditions: two columns of P-values side by side, of which the second names its correction in its head; “adjusted” alone is left out,
since in clinical papers it mostly means adjusted for covariates, which may lower a P-value; so are q-values and “FDR”, since Storey's
may be lower.

Example: P 0.030 and, under “Bonferroni-corrected P”, 0.010.

Reference: Wright, Biometrics 1992;48:1005 (adjusted P-values for simultaneous inference).
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import p_window, read_number
from counterproof.queries.checks import Row
from counterproof.queries.places import place

VIEW = "adjusted_p_rows"
INSPECT_SR = "4.9"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each adjusted P-value with its plain one."""
    for row in rows:
        adjusted, raw = read_number(row["text"]), read_number(row["raw"])
        if adjusted is None or raw is None or adjusted.value is None or raw.value is None:
            continue
        off = p_window(adjusted)[1] < p_window(raw)[0]
        what = f"{row['stub']}: " if row["stub"] else ""
        yield Finding(
            document=row["document_id"],
            check="adjusted_p",
            verdict="inconsistent" if off else "consistent",
            place=place(row),
            reported=row["text"],
            severity="medium" if off else "low",
            message=f"{what}P {row['raw']} is {row['text']} under “{row['head']}”"
            + (", but no such adjustment lowers a P-value." if off else ", no lower"),
            confidence=row["confidence"],
            inspect_sr=INSPECT_SR,
        )
