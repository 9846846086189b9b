"""Means and medians told of a few patients are those of the patients listed.

Where a table lists single patients, the mean and the median of each of its columns are known. A mean told elsewhere that is, to the last
printed digit, the median of such a column and not its mean (or the reverse) bears the other's name. A mean or median of the same subject,
told for a group of just as many patients as are listed, that is neither the column's mean nor its median, contradicts the listing.

Preconditions: a table with one row a patient, whose first column numbers them; for the second kind a value for every patient, the same
words and the same number of patients; a value that is both mean and median says nothing, one of a single digit only of the same subject.

Example: seven patients are listed with 32, 49, 56, 79, 91, 96 and 144 days, and the text tells a median of 78.1. Their sum is 547 and
547 / 7 = 78.1, the mean; the median, the fourth in order, is 79.

Reference: Carlisle, Anaesthesia 2021;76:472 (individual patient data set against published summaries); this project's design.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from counterproof.kb.finding import Finding, Verdict
from counterproof.kb.numbers import ReportedNumber, read_number
from counterproof.queries.checks import Row
from counterproof.queries.mentions import same_subject, shares_word
from counterproof.queries.places import place
from counterproof.queries.proportions import whole
from counterproof.queries.statistics.arithmetic import window

VIEW = "listing_rows"
INSPECT_SR = "4.10"

DIGITS = 2
"""A number of fewer digits fits a mean or a median by chance."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a listing: its head, the listed values, and how many patients are listed."""

    rows: list[Row]
    values: tuple[float, ...]

    @property
    def name(self) -> str:
        """The head of the column."""
        return str(self.rows[0]["variable"] or "")

    @property
    def patients(self) -> int:
        """How many patients the table lists."""
        return int(self.rows[0]["patients"])

    def fits(self, statistic: str, number: ReportedNumber) -> bool:
        """Whether the column's mean or median prints as this number."""
        low, high = window(number)
        return low - 1e-9 <= self.of(statistic) <= high + 1e-9

    def of(self, statistic: str) -> float:
        """The column's mean or median."""
        return statistics.fmean(self.values) if statistic == "mean" else statistics.median(self.values)


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each mean or median that the listed patients confirm or contradict."""
    columns = list(_columns(rows))
    for row in rows:
        number = read_number(row["text"]) if row["source"] == "summary" else None
        if number is None or number.value is None or number.comparator != "=":
            continue
        own = [c for c in columns if c.rows[0]["document_id"] == row["document_id"] and c.rows[0]["listing"] == row["listing"]]
        found = next((f for c in own if (f := _judge(row, number, c))), None)
        if found:
            yield found


def _columns(rows: list[Row]) -> Iterator[Column]:
    groups: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row["source"] == "value":
            groups[row["document_id"], row["listing"], row["column"]].append(row)
    for members in groups.values():
        numbers = [read_number(row["text"]) for row in members]
        if len(members) >= 3 and len({row["level"] for row in members}) == len(members) <= members[0]["patients"]:
            values = [n.value for n in numbers if n and n.value is not None and n.comparator == "="]
            if len(values) == len(members):
                yield Column(members, tuple(values))


def _judge(row: Row, number: ReportedNumber, column: Column) -> Finding | None:
    told, other = row["kind"], "median" if row["kind"] == "mean" else "mean"
    same = same_subject(row["variable"], column.name) and whole(row["arm_n"]) == column.patients == len(column.values)
    telling = sum(c.isdigit() for c in number.text) >= DIGITS
    if not same and not (telling and _related(row, column)):
        return None
    if column.fits(told, number):
        return _finding(row, column, "consistent", f"{told} {row['text']} is that of the {len(column.values)} listed values")
    size = whole(row["arm_n"])
    listed = f"the {len(column.values)} values listed under “{column.name}” in {column.rows[0]['table_label'] or 'the listing'}"
    if telling and column.fits(other, number) and (size is None or size == column.patients):
        message = f"{row['text']} is told as a {told}; it is the {other} of {listed}, whose {told} is {column.of(told):.4g}."
        return _finding(row, column, "inconsistent", message)
    if same:
        message = f"{row['variable']}: the {told} is told as {row['text']}; {listed} have mean {column.of('mean'):.4g} and median "
        return _finding(row, column, "inconsistent", f"{message}{column.of('median'):.4g}.")
    return None


def _related(row: Row, column: Column) -> bool:
    """Whether what is told and the column have a telling word in common."""
    words = row["variable"] if row["table_no"] is not None else row["quote"]
    return shares_word(words, column.name)


def _finding(row: Row, column: Column, verdict: Verdict, message: str) -> Finding:
    return Finding(
        document=row["document_id"],
        check="listing",
        verdict=verdict,
        place=place(row),
        reported=str(row["text"]),
        severity="medium" if verdict == "inconsistent" else "low",
        message=message,
        inputs=(f"{column.name}: {', '.join(r['text'] for r in column.rows)}",),
        confidence=min(row["confidence"], *(r["confidence"] for r in column.rows)),
        inspect_sr=INSPECT_SR,
        more_places=(place(column.rows[0]),),
    )
