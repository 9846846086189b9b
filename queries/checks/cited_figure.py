"""A figure that a paper attributes to another report is the one that this report prints.

Where both papers are in the store, a cited count, percent, mean, median or estimate is looked for among all numbers that the cited
report prints, and among the percents that its counts give. Flagged is a figure that stands nowhere in it, while the report prints
another one, of the same kind, for a subject of the same words.

Preconditions: the sentence cites one work for the figure, and the reference list names that very report, by its DOI or its whole title;
where title and year fit but the DOI is another, it may be another report of the same study, and a difference is told as a note
(`other_report`). A figure that the report prints nowhere, without another for the same subject, is not judged (`not_in_cited_report`),
since it may come from a figure or be computed by the citing authors.

Example: a review says that 32.4% of the patients of a trial had a complete response; the trial's own report, cited by its DOI, prints
11 of 43 (25.6%) for complete response and 32.4 nowhere.

Reference: Jergas & Baethge, PeerJ 2015;3:e1364 (quotation accuracy in medical journal articles).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from counterproof.kb.finding import Finding, Verdict
from counterproof.kb.numbers import ReportedNumber, read_number, rounding_window
from counterproof.queries.checks import Row
from counterproof.queries.mentions import same_subject
from counterproof.queries.places import place
from counterproof.queries.proportions import whole

VIEW = "cited_rows"
INSPECT_SR = None

COLUMNS = {"count": "other_count", "percent": "other_percent", "mean": "other_mean", "median": "other_median"}
ESTIMATES = frozenset({"hr", "or", "rr", "difference", "rate"})

SURE = 0.8
"""A figure whose attribution is less sure than this is not held against the report."""


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each cited figure of a report that is in the store."""
    figures: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["kind"] in COLUMNS or row["kind"] in ESTIMATES:
            figures[row["document_id"], row["figure_no"], row["other_id"]].append(row)
    for aggregates in figures.values():
        first = aggregates[0]
        number = read_number(first["text"])
        if number is None or number.value is None or number.comparator != "=":
            continue
        verdict, reason, message = _judge(number, aggregates)
        yield Finding(
            document=first["document_id"],
            check="cited_figure",
            verdict=verdict,
            reason=reason,
            place=place(first),
            reported=str(first["text"]),
            severity="medium" if verdict == "inconsistent" else "low",
            message=message,
            inputs=tuple(sorted({str(row["other_quote"]) for row in _own(aggregates)})),
            confidence=first["confidence"],
            inspect_sr=INSPECT_SR,
        )


def _judge(number: ReportedNumber, aggregates: list[Row]) -> tuple[Verdict, str | None, str]:
    first = aggregates[0]
    report = f"{first['other_path']} (reference {first['reference_label']})" if first["reference_label"] else str(first["other_path"])
    told = f"{number.text} is attributed to {report}"
    if _printed(number, first["other_numbers"] or []) or _computed(number, aggregates):
        return "consistent", None, f"{told}, which prints it or numbers that give it"
    own = _own(aggregates)
    if not own:
        return "not_checkable", "not_in_cited_report", f"{told}, which prints it nowhere; nor another figure for the same words"
    prints = ", ".join(dict.fromkeys(_shown(row) for row in own[:4]))
    where = own[0]["other_table"] or "its text"
    message = f"{told}, which prints {prints} for “{own[0]['other_variable']}” in {where} and {number.text} nowhere."
    if first["link"] is None:
        return "not_checkable", "other_report", f"{message} It may be another report of the same study."
    if first["confidence"] < SURE:
        return "not_checkable", "reading_unsure", message
    return "inconsistent", None, message


def _value(row: Row) -> str | None:
    kind = row["kind"]
    value = row[COLUMNS[kind]] if kind in COLUMNS else row["other_estimate"] if row["other_effect"] == kind else None
    return str(value) if value else None


def _own(aggregates: list[Row]) -> list[Row]:
    """The aggregates of the report of the same kind, for a subject of the same words, at no other time."""
    return [
        row
        for row in aggregates
        if _value(row)
        and same_subject(row["variable"], row["other_variable"])
        and (row["timepoint"] or None) in (None, row["other_timepoint"])
        and (row["other_timepoint"] or None) in (None, row["timepoint"])
    ]


def _shown(row: Row) -> str:
    value = _value(row) or ""
    return f"{value}{'%' if row['kind'] == 'percent' and '%' not in value else ''}{' for ' + row['other_arm'] if row['other_arm'] else ''}"


def _printed(number: ReportedNumber, numbers: list[str]) -> bool:
    """Whether the report prints a number of which this can be a rounding (or the reverse)."""
    return any(_alike(number, other) for text in numbers if (other := read_number(text)))


def _alike(one: ReportedNumber, other: ReportedNumber) -> bool:
    if one.value is None or other.value is None:
        return False
    (low, high), (least, most) = rounding_window(one), rounding_window(other)
    return low <= most and least <= high


def _computed(number: ReportedNumber, aggregates: list[Row]) -> bool:
    """Whether a count and a base of the report give this percent, or leave it (97.3% for 2.7%)."""
    low, high = rounding_window(number)
    for row in aggregates:
        count, base = whole(row["other_count"]), whole(row["other_n"])
        if row["kind"] == "percent" and count is not None and base and any(low <= 100 * c / base <= high for c in (count, base - count)):
            return True
    return False
