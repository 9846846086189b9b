"""A survival curve does not rise, and its median lies where it falls below one half.

Of the shares of patients told for one outcome and one group at several times (1-, 2- and 3-year overall survival) a later one is not
above an earlier one. A median survival is the time at which the curve reaches one half: at an earlier time the share is at least 50%,
at a later one at most 50%. Both hold for Kaplan-Meier estimates and for plain shares of patients followed up to that time.

Preconditions: the shares stand in one sentence, or in one column of a table, under one name of the outcome and for one group, one
share a time; median and shares stand in one sentence with one median of that outcome, whose unit is printed. Shares of patients who
lived that long given that they had lived to another time (conditional survival) are left out.

Example: a median survival of 30 months and a 2-year survival of 41%. Two years lie before the median, when at least half of the patients
are alive.

Reference: Kaplan & Meier, Journal of the American Statistical Association 1958;53:457; Pocock, Clayton & Altman, Lancet 2002;359:1686.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import read_number, rounding_window
from counterproof.queries.checks import Row
from counterproof.queries.places import place
from counterproof.queries.times import months, months_behind, timeless

VIEW = "survival_rows"
INSPECT_SR = "4.10"

HALF = 50.0

_OUTCOMES = (
    ("overall survival", r"\boverall[- ]survival|\bOS\b"),
    ("progression-free survival", r"progression[- ]free|\bPFS\b"),
    ("disease-free survival", r"disease[- ]free|\bDFS\b"),
    ("recurrence-free survival", r"(?:recurrence|relapse)[- ]free|\bRFS\b"),
    ("event-free survival", r"event[- ]free|\bEFS\b"),
    ("cancer-specific survival", r"(?:cancer|disease|tumou?r)[- ]specific|\b[CD]SS\b"),
    ("metastasis-free survival", r"metastas[ie]s[- ]free|\bMFS\b"),
    ("survival", r"surviv"),
)
_OTHER = re.compile(r"condition|given that|compared with|expected|general population|landmark|censored|median follow", re.IGNORECASE)
_CONTRAST = re.compile(r"\b(?:vs|versus|compared|than|whereas|while|but)\b", re.IGNORECASE)
"""Words that set groups against each other, so that numbers of no known group may be of different ones."""


def outcome(name: str | None) -> str | None:
    """The time-to-event outcome that a name tells, or None where it tells none or more than one."""
    found = [key for key, pattern in _OUTCOMES if re.search(pattern, name or "", re.IGNORECASE if key == "survival" else 0)]
    named = [key for key in found if key != "survival"]
    return named[0] if len(named) == 1 else "survival" if found == ["survival"] else None


def _named(row: Row) -> bool:
    """Whether a share bears a name of its own; of ``1-, 2- and 3-year survival`` the first two bear none."""
    return bool(re.search("[a-z]{2}", timeless(row["variable"] or ""), re.IGNORECASE))


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each pair of neighbouring times, and one for each share beside a median."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        name = outcome(row["variable"]) if _named(row) else outcome(row["quote"])
        if name and not _OTHER.search(row["quote"]):
            where = (row["table_no"], row["column"]) if row["table_no"] is not None else row["quote"]
            groups[row["document_id"], where, name, row["arm_no"], row["level"]].append(row)
    for (_, _, name, *_), members in groups.items():
        shares = _shares(members)
        yield from _rising(shares, name)
        medians = [row for row in members if row["kind"] == "median" and "rate" not in (row["variable"] or "").lower()]
        if len(medians) == 1 and (medians[0]["arm_no"] is not None or not _CONTRAST.search(medians[0]["quote"])):
            yield from _against_median(medians[0], shares, name)


def _shares(members: Iterable[Row]) -> list[tuple[float, Row]]:
    """The shares with their times in months, in order of time; none where a time has several or a share is printed with no time."""
    found: dict[float, Row] = {}
    for row in members:
        number = read_number(row["text"].rstrip("% "))
        if row["kind"] == "median" or number is None or number.value is None or number.comparator != "=" or not 0 <= number.value <= 100:
            continue
        time = months(row["timepoint"])
        if time is None or time in found:
            return []
        found[time] = row
    return sorted(found.items(), key=lambda pair: pair[0])


def _rising(shares: list[tuple[float, Row]], name: str) -> Iterator[Finding]:
    if len({timeless(row["variable"]) for _, row in shares if _named(row)}) > 1:
        return
    for (_, one), (_, other) in pairwise(shares):
        rises = _window(other)[0] > _window(one)[1]
        told = f"{name} is {_percent(one)} at {one['timepoint']} and {_percent(other)} at {other['timepoint']}"
        yield _finding(one, other, rises, f"{told}: a survival curve cannot rise." if rises else told)


def _against_median(median: Row, shares: list[tuple[float, Row]], name: str) -> Iterator[Finding]:
    time = months_behind(median["quote"], median["text"])
    if time is None:
        return
    for at, row in shares:
        low, high = _window(row)
        early, late = at < time[0] and high < HALF, at > time[1] and low > HALF
        told = f"median {name} {median['text']} {time[2]} beside {_percent(row)} at {row['timepoint']}"
        side = "less than half are left before the median" if early else "more than half are left after the median"
        yield _finding(median, row, early or late, f"{told[0].upper()}{told[1:]}: {side}." if early or late else told)


def _window(row: Row) -> tuple[float, float]:
    number = read_number(row["text"].rstrip("% "))
    assert number is not None
    return rounding_window(number)


def _percent(row: Row) -> str:
    return f"{row['text'].rstrip('% ')}%"


def _finding(one: Row, other: Row, flagged: bool, message: str) -> Finding:
    return Finding(
        document=one["document_id"],
        check="survival",
        verdict="inconsistent" if flagged else "consistent",
        place=place(one),
        reported=f"{one['text']} and {other['text']}",
        severity="medium" if flagged else "low",
        message=message[0].upper() + message[1:],
        confidence=min(one["confidence"], other["confidence"]),
        inspect_sr=INSPECT_SR,
        more_places=(place(other),),
    )
