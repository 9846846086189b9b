"""The words of a sentence and its interval say the same of significance.

Where a sentence prints an effect with a 95% confidence interval and no P-value, the interval tells: one that holds the null value (1 for
a ratio, 0 for a difference) goes with no significant difference, one that does not with a significant one. The words before the
estimate are read as in `significance_words`; limits that may be the null value itself within rounding say nothing.

Preconditions: one interval and no P-value in the sentence, one plain claim before it, a hazard, odds or risk ratio or a difference, and a
level of 95% (or none named) in a paper whose level of significance is 0.05.

Example: survival did not differ (hazard ratio 0.71, 95% CI 0.55 to 0.92). The interval leaves out 1, so that P is below 0.05.

Reference: Altman & Bland, BMJ 2011;343:d2090 (how to obtain the confidence interval from a P value); Gardner & Altman, BMJ 1986;292:746.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.intervals import RATIOS, Estimate, estimate
from counterproof.queries.places import place
from counterproof.queries.wording import Claim, claim, spoken, turns

VIEW = "estimate_rows"
INSPECT_SR = "4.9"

_P = re.compile(r"\b[Pp](?:[- ]?values?)?\s?[=<>≤≥]")
_RATIO_NAME = re.compile(r"\b[aA]?[OHR]R\s?[=:,]?\s?$")
_LEVELS = (None, "95", "95%")


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each effect in prose whose sentence claims or denies significance."""
    prose = [row for row in rows if row["table_no"] is None and row["part"] not in ("introduction", "methods", "references")]
    sentences = Counter((row["document_id"], row["quote"]) for row in prose)
    for row in prose:
        quote, printed = row["quote"], str(row["estimate"])
        if sentences[row["document_id"], quote] != 1 or _P.search(quote) or quote.count(printed) != 1:
            continue
        before, read = quote[: quote.index(printed)], estimate(row)
        null = 1.0 if row["effect"] in RATIOS or _RATIO_NAME.search(before) else 0.0 if row["effect"] == "difference" else None
        told = claim(before) if not turns(before) and not turns(quote.replace(";", ",")) else None
        if read and told and null is not None and row["ci_level"] in _LEVELS:
            yield _finding(row, told, read, before, null)


def _finding(row: Row, told: Claim, read: Estimate, words: str, null: float) -> Finding:
    holds, excludes = read.low[1] < null < read.high[0], read.low[0] > null or read.high[1] < null
    contradicts = holds if told == "significant" else excludes
    said = "calls the result significant" if told == "significant" else "denies significance"
    interval = f"{row['ci_low']} to {row['ci_high']}"
    side = "holds" if holds else "does not hold"
    return Finding(
        document=row["document_id"],
        check="interval_words",
        verdict="inconsistent" if contradicts else "consistent",
        place=place(row),
        reported=f"{row['estimate']} ({interval})",
        severity="high" if contradicts else "low",
        changes_conclusion=contradicts,
        message=f"The sentence {said} (“{spoken(words)}”), but its interval {interval} {side} {null:g}."
        if contradicts
        else f"“{spoken(words)}” agrees with the interval {interval}.",
        confidence=row["confidence"],
        inspect_sr=INSPECT_SR,
    )
