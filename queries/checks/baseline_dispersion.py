"""The arms of a randomised trial differ at baseline about as much as chance makes them.

Random allocation leaves differences between the arms whose P-values are spread evenly between 0 and 1. Every variable of the baseline
table gives one (analysis of variance from means and SDs, chi-squared from counts, one level a variable); their sum on the chi-squared
scale is held against its distribution, with rounding taken in the direction that speaks for chance and with an allowance for
correlated variables. It is told when so small (or so great) a sum has a chance below one in a thousand.

What it says is narrow: stratified or minimised allocation makes arms more alike, SEs printed as SDs make them look different, and in a
thousand sound trials one or two are flagged. It is a reason to look, never a proof, and its severity is low.

Preconditions: a design declared as randomised and nothing else; a table whose caption speaks of baseline; arms that the paper names
where it speaks of allocation; at least ten variables with SDs or counts above five in every arm.

Example: twelve baseline variables whose P-values all lie above 0.9. Under random allocation each has one chance in ten to lie there,
twelve independent ones together one in 10 to the power of 12.

Reference: Carlisle, Anaesthesia 2017;72:944 (baseline data of 5087 randomised trials); Barnett, F1000Research 2022;11:783.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from counterproof.kb.finding import Finding, Severity
from counterproof.queries.baseline import Dispersion, Spread, dispersion, spread
from counterproof.queries.checks import Row
from counterproof.queries.places import place

VIEW = "baseline_rows"
INSPECT_SR = "4.3"

LEAST_VARIABLES = 10
RARE = 0.001
VERY_RARE = 0.00001


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each baseline table of a randomised trial with enough variables."""
    tables: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["allocated"] and row["design"] == "randomised":
            tables[row["document_id"], row["table_no"]].append(row)
    for members in tables.values():
        spreads = list(_variables(members))
        if len(spreads) >= LEAST_VARIABLES:
            yield _finding(members[0], dispersion(spreads))


def _variables(rows: list[Row]) -> Iterator[Spread]:
    """One spread for each variable: of its first level that can be compared."""
    lines: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row["timepoint"] or "baseline" in row["timepoint"].lower():
            lines[row["row"], row["level"]].append(row)
    arms = max((len(line) for line in lines.values()), default=0)
    seen: set[Any] = set()
    for line in lines.values():
        own = line[0]["block"] if line[0]["block"] is not None else ("row", line[0]["row"])
        found = spread(line) if len(line) == arms and own not in seen else None
        if found:
            seen.add(own)
            yield found


def _finding(first: Row, found: Dispersion) -> Finding:
    alike, different = found.too_alike < RARE, found.too_different < RARE
    chance = min(found.too_alike, found.too_different)
    severity: Severity = "medium" if chance < VERY_RARE else "low"
    low, high = found.ratio
    ratio = f"{low:.2f}" if f"{low:.2f}" == f"{high:.2f}" else f"{low:.2f} to {high:.2f}"
    told = f"over {found.variables} baseline variables the arms differ {ratio} times as much as random allocation makes expected"
    ends = {
        (True, False): f", which chance gives in fewer than one trial in {_one_in(chance)} where variables are correlated as they mostly "
        "are: the arms are unusually alike. Stratified or minimised allocation does so too.",
        (False, True): f", which chance gives in fewer than one trial in {_one_in(chance)} where variables are correlated as they mostly "
        "are: the arms are unusually different. Standard "
        "errors printed as SDs, patients left out after allocation or an allocation that was not concealed do so too.",
    }
    message = told[0].upper() + told[1:] + ends.get((alike, different), ".")
    return Finding(
        document=first["document_id"],
        check="baseline_dispersion",
        verdict="inconsistent" if alike or different else "consistent",
        place=place(first),
        reported=f"{found.variables} variables",
        severity=severity if alike or different else "low",
        message=message,
        confidence=first["confidence"],
        inspect_sr=INSPECT_SR,
    )


def _one_in(chance: float) -> str:
    """How many trials one of this kind is found in: 1,000, 10,000, up to a million."""
    return next(f"{size:,}" for size in (1_000_000, 100_000, 10_000, 1_000, 1) if chance < 1 / size or size == 1)
