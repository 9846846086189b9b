"""The same comparison, told in two places, has the same P-value, the same values and the same interval.

Two mentions are taken for one comparison in three ways: both print the same values (then the P-values must agree); both print the same
estimate and P-value (then the intervals must); or each of two places (abstract, text, tables) has exactly one P-value for a subject of
the same words (then the P-values must agree). Numbers agree when what is printed can be a rounding of one value.

Preconditions: no other time, level or analysis is named by either mention; P-values of changes within an arm, of trends and of
interactions are left out, and so are subjects that a place tells more than once, since then which belongs to which is a guess.

Example: P = 0.047 in the abstract and P = 0.034 in the table for the same comparison. No value rounds to both.

Reference: Georgescu & Wren, Bioinformatics 2018;34:1758; Pitkin, Branagan & Burmeister, JAMA 1999;281:1110.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import Window, p_window, read_number, rounding_window
from counterproof.queries.checks import Row
from counterproof.queries.mentions import apart, same_subject, shares_word
from counterproof.queries.places import place

VIEW = "comparison_rows"
INSPECT_SR = "4.10"

OTHER = frozenset({
    "within_arm_change", "trend_test", "interaction_test", "cited_study", "pairwise_unclear", "unreadable_p", "adjusted_model",
    "corrected_p", "margin_test",
})  # fmt: skip
"""Obstacles that make a P-value another comparison than the plain one of the same outcome."""

UNCOMPARED = "not_a_comparison"
"""The obstacle of a P-value that compares no arms: another test too, though one more P-value of its subject in its place."""

TWO_SAMPLES = frozenset({"t", "z", "u", "w"})
"""Statistics that compare two arms."""

CORRELATIONS = frozenset({"r", "rs", "rho", "correlation", "pearson", "spearman"})
"""What is printed of two variables of the same people: another test than one that compares arms."""

_BASELINE = re.compile(r"baseline|characteristics|demographic|before treatment|at entry", re.IGNORECASE)
_PART = re.compile(r"sub-?group|sensitivity|adjust|interaction|trend|stratif|per[- ]protocol|baseline", re.IGNORECASE)
"""Words of a sentence that speaks of a part of the patients or of another analysis."""


@dataclass(frozen=True)
class Mention:
    """One P-value as told in one place, with the values beside it; what is asked for each pair of mentions is worked out once."""

    rows: list[Row]
    values: tuple[str, ...]

    @cached_property
    def first(self) -> Row:
        """The row that carries the P-value and its place."""
        return self.rows[0]

    @cached_property
    def source(self) -> str:
        """Where it is told: in the abstract, in a table or in the text."""
        return "abstract" if self.first["part"] == "abstract" else "table" if self.first["table_no"] is not None else "text"

    @cached_property
    def sorted_values(self) -> list[str]:
        """The values beside it, whatever the order of the arms."""
        return sorted(self.values)

    @cached_property
    def telling(self) -> bool:
        """Whether its values have so many digits that two comparisons seldom share them."""
        return len(self.values) >= 2 and sum(len(v.replace(".", "").lstrip("0")) for v in set(self.values)) >= 4

    @cached_property
    def window(self) -> Window | None:
        """The values that its P-value may be a rounding of."""
        number = read_number(self.first["p"])
        return p_window(number) if number and number.value is not None else None

    @cached_property
    def of_part(self) -> bool:
        """Whether it speaks of a part of the patients or of another analysis."""
        return bool(_PART.search(self.first["quote"] or ""))

    @cached_property
    def of_baseline(self) -> bool:
        """Whether it stands in a baseline table."""
        return bool(_BASELINE.search(self.first["table_caption"] or ""))

    @cached_property
    def interval(self) -> tuple[str, str, str] | None:
        """Estimate and limits, where one effect stands beside the P-value."""
        row = self.first
        if len(self.rows) != 1 or not (row["estimate"] and row["ci_low"] and row["ci_high"]):
            return None
        return row["estimate"], row["ci_low"], row["ci_high"]


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each fact that is told in two ways."""
    papers: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["obstacle"] not in OTHER:
            papers[row["document_id"]][row["comparison_no"]].append(row)
    for comparisons in papers.values():
        mentions = [Mention(own, _values(own)) for own in comparisons.values()]
        yield from _facts(mentions)


def _facts(mentions: list[Mention]) -> Iterator[Finding]:
    """One finding for each fact: the first two mentions that disagree, with all others that disagree with one of them."""
    facts: list[tuple[Mention, Mention, str, list[Mention]]] = []
    for one, other in apart(mentions, lambda mention: mention.source):
        message = _by_interval(one, other) if _agree(one, other) else _by_values(one, other, mentions) or _by_name(one, other, mentions)
        if not message or UNCOMPARED in (one.first["obstacle"], other.first["obstacle"]):
            continue
        for a, b, _, more in facts:
            if {id(one), id(other)} & {id(m) for m in (a, b, *more)}:
                more += [m for m in (one, other) if id(m) not in {id(k) for k in (a, b, *more)}]
                break
        else:
            facts.append((one, other, message, []))
    for one, other, message, more in facts:
        yield _finding(one, other, message, more)


def _values(rows: list[Row]) -> tuple[str, ...]:
    """The numbers beside a P-value, as plain numbers in the order of the arms."""
    found = []
    for row in rows:
        text = next((row[name] for name in ("mean", "median", "percent", "count", "estimate") if row[name]), None)
        number = read_number(text) if text else None
        if number and number.value is not None:
            found.append(f"{number.value:g}")
    return tuple(found)


def _by_values(one: Mention, other: Mention, mentions: list[Mention]) -> str | None:
    """The same values, though the P-values cannot be roundings of one."""
    if not one.telling or one.sorted_values != other.sorted_values:
        return None
    if not shares_word(one.first["variable"], other.first["variable"]) or one.interval or other.interval:
        return None
    if _settled(one, other, mentions) or _settled(other, one, mentions):
        return None
    return f"the same values ({' and '.join(one.values)}) are told with P {{a}} in {{where_a}} and with P {{b}} in {{where_b}}"


def _settled(prose: Mention, table: Mention, mentions: list[Mention]) -> bool:
    """Whether another comparison of a table has the values of a sentence and agrees with its P: that is the one that it tells.

    Two tables that tell one subject with the same values in the same order tell one comparison: their P-values should agree.
    """
    if prose.source == "table" or table.source != "table":
        return False
    rivals = (m for m in mentions if m.source == "table" and m is not table and m.sorted_values == prose.sorted_values)
    return any(_agree(prose, rival) and not _same_fact(table, rival) for rival in rivals)


def _same_fact(one: Mention, other: Mention) -> bool:
    return one.values == other.values and same_subject(one.first["variable"], other.first["variable"])


def _by_interval(one: Mention, other: Mention) -> str | None:
    """The same estimate beside P-values that agree, but limits that cannot be roundings of one."""
    a, b = one.interval, other.interval
    if not a or not b or not _equal(a[0], b[0]) or (_equal(a[1], b[1]) and _equal(a[2], b[2])):
        return None
    if not all(_telling(m.first["p"]) for m in (one, other)):
        return None
    if not shares_word(one.first["variable"], other.first["variable"]):
        return None
    return f"the same estimate {a[0]} with P {{a}} has the interval {a[1]} to {a[2]} in {{where_a}} and {b[1]} to {b[2]} in {{where_b}}"


def _by_name(one: Mention, other: Mention, mentions: list[Mention]) -> str | None:
    """The only P-value of a subject in each of two places, though the two cannot be roundings of one."""
    if one.values and other.values and one.sorted_values != other.sorted_values:
        return None
    name = one.first["variable"]
    if not same_subject(name, other.first["variable"]) or one.of_part or other.of_part or not _same_scene(one, other):
        return None
    if any(m.first["timepoint"] or m.first["level"] for m in (one, other) if len(m.rows) == 1) or one.interval or other.interval:
        return None
    if _other_test(one, other) or _other_test(other, one):
        return None
    alike = [m for m in mentions if same_subject(name, m.first["variable"])]
    if any(sum(m.source == source for m in alike) > 1 for source in (one.source, other.source)):
        return None
    return f"{name}: P is {{a}} in {{where_a}} and {{b}} in {{where_b}}"


def _other_test(one: Mention, other: Mention) -> bool:
    """Whether one mention prints the statistic of another test: of two samples beside three arms, a correlation, or of another name."""
    if (one.first["effect"] in CORRELATIONS) != (other.first["effect"] in CORRELATIONS):
        return True
    statistic, its = (m.first["effect"] if m.first["statistic"] else None for m in (one, other))
    arms = {row["arm_no"] for row in other.rows if row["arm_no"] is not None}
    return (statistic in TWO_SAMPLES and len(arms) > 2) or bool(statistic and its and statistic != its)


def _same_scene(one: Mention, other: Mention) -> bool:
    """Whether two mentions without common values may speak of one comparison.

    Not where one is of a baseline table, nor of a table that the text
    tells its own values for or does not point to.
    """
    for table, prose in ((one, other), (other, one)):
        if table.source == "table":
            if table.of_baseline or prose.values or prose.first["arm_order"] is not None:
                return False
            if prose.source == "text" and (table.first["table_label"] or "\n") not in prose.first["quote"]:
                return False
    return True


def _agree(one: Mention, other: Mention) -> bool:
    """Whether the two printed P-values can be roundings (or bounds) of one value."""
    a, b = one.window, other.window
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _telling(printed: str) -> bool:
    """Whether a P-value is printed to at least two digits that tell it from others: no bound, no ``NS``."""
    number = read_number(printed)
    return bool(number and number.value and number.comparator == "=" and number.value >= 10 ** (1 - number.decimals))


def _equal(one: str, other: str) -> bool:
    """Whether two printed numbers can be roundings of one value."""
    a, b = read_number(one), read_number(other)
    if not a or not b or a.value is None or b.value is None:
        return True
    (low, high), (least, most) = rounding_window(a), rounding_window(b)
    return low <= most and least <= high


def _finding(one: Mention, other: Mention, message: str, more: list[Mention]) -> Finding:
    words = message.format(a=one.first["p"], b=other.first["p"], where_a=_where(one), where_b=_where(other))
    also = "".join(f"; {m.first['p']} in {_where(m)}" for m in more)
    crosses = len({_sides(m) for m in (one, other, *more)}) > 1
    return Finding(
        document=one.first["document_id"],
        check="told_twice",
        verdict="inconsistent",
        place=place(one.first),
        reported=f"{one.first['p']} and {other.first['p']}",
        severity="high" if crosses else "medium",
        changes_conclusion=crosses,
        message=f"{words[0].upper()}{words[1:]}{also}.",
        confidence=min(row["confidence"] for m in (one, other) for row in m.rows),
        inspect_sr=INSPECT_SR,
        more_places=tuple(place(m.first) for m in (other, *more)),
    )


def _sides(mention: Mention) -> bool | None:
    number = read_number(mention.first["p"])
    alpha = float(mention.first["alpha"] or 0.05)
    return None if number is None or number.value is None else number.value < alpha or (number.comparator == "<" and number.value <= alpha)


def _where(mention: Mention) -> str:
    return {"abstract": "the abstract", "text": "the text", "table": mention.first["table_label"] or "a table"}[mention.source]
