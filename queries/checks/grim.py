"""The mean and the SD of counts can come from so many whole numbers.

The sum of whole numbers is whole, so a mean of counts (nodes retrieved, drains, earlier episodes) times the number of patients must be
a whole number within rounding (GRIM), and the sum of squares must be whole, and odd or even as the sum is (GRIMMER).

Preconditions: the label says that the values are counts (number of …, No. of …, children, lymph nodes), one count a patient; the size
is printed for the very column or row; means that are adjusted, imputed, per unit of time, or of several measurements are left out.
A mean that fits one patient fewer (a value may be missing) is not flagged but reported as not checkable (`missing_values_possible`).

Example: a mean of 2.37 nodes in 12 patients. 2.37 x 12 = 28.44 is no whole sum; 28 / 12 = 2.33 and 29 / 12 = 2.42 are the means next to
it.

Reference: Brown & Heathers, Social Psychological and Personality Science 2017;8:363 (GRIM); Anaya, PeerJ Preprints 2016 (GRIMMER).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterproof.kb.finding import Finding, Verdict
from counterproof.kb.numbers import ReportedNumber, read_number
from counterproof.queries.checks import Row
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import offered_bases
from counterproof.queries.statistics.arithmetic import grim, grimmer

VIEW = "summary_rows"
INSPECT_SR = "4.8"

MISSING = 0.1
"""Share of the patients whose value may be missing without a word."""

SMALL = 30
"""Up to this size the sum of squares tells something beyond the sum."""

_COUNTS = re.compile(
    r"\b(?:numbers?|no\.|nos\.|n°|count) of (?!days|hours|minutes|years|months|weeks|patients|subjects|cases|participants|wo?men)[a-z]|"
    r"\b(?:retrieved|harvested|examined|dissected|positive|metastatic) (?:lymph nodes|LNs)\b|\b(?:parity|gravidity)\b",
    re.IGNORECASE,
)
_NOT_WHOLE = re.compile(
    r"\bper\b|/|adjust|average|log|ratio|rate\b|score|index|change|differen|size|age\b|weight|volume|diameter|duration|time|%|percent|"
    r"cells|density|least[- ]squares|\bLS\b|marginal|estimated|imputed|model|cost|daily|weekly|proportion|copies|steps|doses",
    re.IGNORECASE,
)


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each mean of counts that its size and decimals let be tested."""
    for row in rows:
        name = " ".join(str(row[part]) for part in ("variable", "level") if row[part])
        mean, sd = _plain(row["mean"]), _plain(row["sd"])
        if mean is None or row["table_no"] is None or not _COUNTS.search(name) or row.get("imputed"):
            continue
        if _NOT_WHOLE.search(name) or re.search("adjust|imput|least squares|change", row["table_caption"] or "", re.IGNORECASE):
            continue
        sizes = offered_bases(row)
        if len(sizes) == 1 and 1 < sizes[0] < (10**mean.decimals if sd is None else max(10**mean.decimals, SMALL)):
            yield _finding(row, mean, sd, sizes[0])


def _plain(text: str | None) -> ReportedNumber | None:
    number = read_number(text) if text else None
    return number if number and number.value is not None and number.comparator == "=" else None


def _possible(mean: ReportedNumber, sd: ReportedNumber | None, n: int) -> bool:
    return grim(mean, n) and (sd is None or grimmer(mean, sd, n))


def _finding(row: Row, mean: ReportedNumber, sd: ReportedNumber | None, n: int) -> Finding:
    what = subject(row)
    printed = f"{what + ': ' if what else ''}mean {row['mean']}" + (f", SD {row['sd']}" if sd else "")
    fewer = next((m for m in range(n - 1, max(1, int(n * (1 - MISSING)) - 1), -1) if _possible(mean, sd, m)), None)
    verdict: Verdict = "consistent"
    reason, message = None, f"{printed}: possible for {n} whole numbers"
    if not _possible(mean, sd, n):
        culprit = "mean" if not grim(mean, n) else "mean and SD"
        message = f"{printed}, but no {n} whole numbers have this {culprit}."
        verdict = "inconsistent"
        if fewer:
            verdict, reason = "not_checkable", "missing_values_possible"
            message = f"{printed}: not possible for {n} whole numbers, but for {fewer}, if values are missing."
    return Finding(
        document=row["document_id"],
        check="grim",
        verdict=verdict,
        reason=reason,
        place=place(row),
        reported=printed.removeprefix(f"{what}: "),
        severity="medium" if verdict == "inconsistent" else "low",
        message=message,
        confidence=row["confidence"],
        inspect_sr=INSPECT_SR,
    )
