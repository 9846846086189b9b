"""Printed summaries keep the bounds that hold for any data.

Least value, quartiles and greatest value are in order around the median; a mean lies within the printed range; an SD is no larger than
values within that range (with that mean) allow. Every number stands for all values that round, or are cut off, to what is printed, so
a flag says that no data whatever give these numbers.

Preconditions: numbers of one variable in one arm that the paper names as range, quartiles, mean or SD, all plain numbers (no bounds).

Example: a mean of 50 and a range of 40 to 60 with an SD of 14. No values within that range have an SD above the root of (60 - 50) x (50
- 40), which is 10 (times the root of n / (n - 1) for a sample).

Reference: Bhatia & Davis, The American Mathematical Monthly 2000;107:353 (variance within a range).
"""

from __future__ import annotations

from collections.abc import Iterator

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import ReportedNumber, read_number
from counterproof.queries.checks import Row
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import whole
from counterproof.queries.statistics.arithmetic import in_order, mean_within_range, sd_within_range

VIEW = "range_rows"
INSPECT_SR = "4.10"

ORDERED = ("min", "q1", "median", "q3", "max")


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each aggregate with a range, quartiles or a dispersion that can be held against a bound."""
    for row in rows:
        numbers = {name: _plain(row[name]) for name in (*ORDERED, "mean", "sd")}
        told = [problem for problem in _problems(row, numbers) if problem is not None]
        if told:
            yield _finding(row, [problem for problem in told if problem])


def _plain(text: str | None) -> ReportedNumber | None:
    number = read_number(text) if text else None
    return number if number and number.value is not None and number.comparator == "=" else None


def _problems(row: Row, numbers: dict[str, ReportedNumber | None]) -> Iterator[str | None]:
    """For each bound: what breaks it, an empty text where it holds, None where it says nothing."""
    printed = [name for name in ORDERED if numbers[name]]
    least, greatest, mean, sd = (numbers[name] for name in ("min", "max", "mean", "sd"))
    if len(printed) >= 2:
        listed = ", ".join(f"{_NAMES[name]} {row[name]}" for name in printed)
        yield "" if in_order([numbers[name] for name in printed]) else f"{listed} are not in order"
    if least and greatest and in_order([least, greatest]):
        if mean:
            yield "" if mean_within_range(mean, least, greatest) else f"the mean {row['mean']} lies outside {row['min']} to {row['max']}"
        n = whole(row["n"])
        if sd and n and n >= 2 and (not mean or mean_within_range(mean, least, greatest)):
            fits = sd_within_range(sd, least, greatest, n, mean)
            yield (
                ""
                if fits
                else f"no {n} values between {row['min']} and {row['max']} have an SD of {row['sd']}"
                + (f" around {row['mean']}" if mean else "")
            )


_NAMES = {"min": "least value", "q1": "lower quartile", "median": "median", "q3": "upper quartile", "max": "greatest value"}


def _finding(row: Row, problems: list[str]) -> Finding:
    what = subject(row)
    values = ", ".join(f"{name} {row[name]}" for name in ("mean", "sd", *ORDERED) if row[name])
    return Finding(
        document=row["document_id"],
        check="bounds",
        verdict="inconsistent" if problems else "consistent",
        place=place(row),
        reported=values,
        severity="medium" if problems else "low",
        message=(f"{what}: " if what else "") + ("; ".join(problems) + "." if problems else f"{values} are within bounds"),
        confidence=row["confidence"],
        inspect_sr=INSPECT_SR,
    )
