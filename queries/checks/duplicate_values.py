"""Means with their SDs do not repeat in one table more often than chance makes them.

Two kinds of repetition are told. Two rows of different variables that print the same mean and the same SD in every arm: for measured
values this does not happen by chance, so that a row was probably copied (or one variable is the other under a second name). And arms
that share mean and SD in more rows than chance allows: the chance that two arms agree in both to all printed digits follows from size,
SD and rounding, taken as if the arms' true means were equal, and is summed over all pairs of arms and rows; told where a sum so small
gives so many agreements less than once in ten thousand tables.

Preconditions: one table, arms that do not overlap (no totals, no matched subsets), means of three and SDs of two digits or more; tables
that list studies or single experiments are left out.

Example: 132.4 (15.7) and 128.9 (14.2) for one variable, and the same four numbers for another one three rows below.

Reference: Brown & Heathers, Social Psychological and Personality Science 2017;8:363; Bordewijk et al., European Journal of Obstetrics &
Gynecology and Reproductive Biology 2020;249:72 (copied values in tables of randomised trials).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Any

from scipy.special import pdtrc

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import read_number
from counterproof.queries.checks import Row
from counterproof.queries.mentions import same_subject
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import whole

VIEW = "summary_rows"
INSPECT_SR = None

MEAN_DIGITS = 3
SD_DIGITS = 2
AGREEMENTS = 3
RARE = 0.0001

_NO_ARMS = re.compile(
    r"included studies|study characteristics|meta-analysis|experimental (?:design|setup)|taguchi|orthogonal", re.IGNORECASE
)
_OVERLAP = re.compile(r"\b(?:overall|total|all|whole|matched|unmatched|combined|pooled|both|entire|subset)\b", re.IGNORECASE)

Line = list[Row]


def check(rows: list[Row]) -> Iterator[Finding]:
    """At most one finding for each pair of repeated rows, and one for the arms of each table."""
    tables: dict[tuple[Any, ...], dict[tuple[Any, ...], Line]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["table_no"] is not None and row["mean"] and row["sd"] and row["arm"] and not _without_arms(row["table_caption"] or ""):
            tables[row["document_id"], row["table_no"]][row["row"], row["variable"], row["level"], row["timepoint"]].append(row)
    for lines in tables.values():
        every = [line for line in lines.values() if len(line) >= 2 and not any(_OVERLAP.search(row["arm"]) for row in line)]
        yield from _repeated_rows(every)
        yield from _alike_arms(every)


@lru_cache(maxsize=64)
def _without_arms(caption: str) -> bool:
    """Whether a table lists studies or single experiments; asked for each of its numbers."""
    return bool(_NO_ARMS.search(caption))


def _repeated_rows(lines: list[Line]) -> Iterator[Finding]:
    seen: dict[tuple[Any, ...], Line] = {}
    for line in lines:
        key = tuple((row["arm_no"], row["mean"], row["sd"]) for row in line)
        if not all(_telling(row) for row in line) or len({pair[1:] for pair in key}) < 2:
            continue
        first = seen.setdefault(key, line)
        if first is not line and first[0]["row"] != line[0]["row"] and not same_subject(_name(first), _name(line)):
            values = " and ".join(f"{row['mean']} ({row['sd']})" for row in line)
            message = f"“{_name(first)}” and “{_name(line)}” have the same mean and SD in each of {len(line)} arms: {values}."
            yield _finding(line[0], first[0], values, "inconsistent", message)


def _alike_arms(lines: list[Line]) -> Iterator[Finding]:
    expected, found, pairs = 0.0, [], 0
    for line in lines:
        for one, other in combinations(line, 2):
            chance = _chance(one, other) if one["arm_no"] != other["arm_no"] else None
            if chance is None:
                continue
            expected += chance
            pairs += 1
            if (one["mean"], one["sd"]) == (other["mean"], other["sd"]):
                found.append((one, other))
    if not found:
        return
    rare = float(pdtrc(len(found) - 1, expected))
    listed = "; ".join(f"{subject({**one, 'arm': None})} {one['mean']} ({one['sd']})" for one, _ in found[:5])
    told = f"{len(found)} of {pairs} pairs of arms have the same mean and SD ({listed}); chance makes {expected:.2g} expected"
    flagged = len(found) >= AGREEMENTS and rare < RARE
    yield _finding(found[0][0], found[0][1], listed, "inconsistent" if flagged else "consistent", f"{told}.")


def _chance(one: Row, other: Row) -> float | None:
    """The chance that two arms of equal true mean and SD print the same mean and the same SD; None where it cannot be told."""
    mean, sd = read_number(one["mean"]), read_number(one["sd"])
    sizes = whole(one["n"]), whole(other["n"])
    if not (mean and sd and sd.value and sizes[0] and sizes[1] and min(sizes[0], sizes[1]) > 1 and _telling(one)):
        return None
    spread = sd.value * math.sqrt(1 / sizes[0] + 1 / sizes[1])
    of_mean = 10.0**-mean.decimals / (spread * math.sqrt(2 * math.pi))
    of_sd = 10.0**-sd.decimals / (spread / math.sqrt(2) * math.sqrt(2 * math.pi))
    return min(of_mean, 1.0) * min(of_sd, 1.0)


def _telling(row: Row) -> bool:
    return _digits(row["mean"]) >= MEAN_DIGITS and _digits(row["sd"]) >= SD_DIGITS


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text.lstrip("-−0."))


def _name(line: Line) -> str:
    return ", ".join(str(part) for part in (line[0]["variable"], line[0]["level"]) if part)


def _finding(row: Row, other: Row, reported: str, verdict: Any, message: str) -> Finding:
    return Finding(
        document=row["document_id"],
        check="duplicate_values",
        verdict=verdict,
        place=place(row),
        reported=reported,
        severity="medium" if verdict == "inconsistent" else "low",
        message=message,
        confidence=min(row["confidence"], other["confidence"]),
        inspect_sr=INSPECT_SR,
        more_places=(place(other),),
    )
