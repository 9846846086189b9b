"""P-values that tell again, without numbers, what a table tells with them: which one, or none."""

from __future__ import annotations

from typing import Any

import pytest

from counterproof.kb.finding import Finding
from counterproof.queries.checks import p_from_counts, p_without_inputs
from counterproof.queries.comparisons import ALL_KINDS, groups
from counterproof.queries.grouping import grouped
from counterproof.queries.restated import restated
from tests.queries.test_checks import BLANK

Row = dict[str, Any]


def arms(no: int, variable: str, p: str, counts: tuple[int, int] = (4, 10), **other: Any) -> list[Row]:
    """A row of a table: events of 20 and 20."""
    shared = {"comparison_no": no, "kind": "counts", "variable": variable, "p": p, "row": no, "quote": f"{variable} | {p}", **other}
    return [BLANK | shared | {"arm": arm, "arm_order": i, "arm_n": "20", "n": "20", "count": str(counts[i])} for i, arm in enumerate("AB")]


def told(no: int, sentence: str, p: str, variable: str = "", obstacle: str = "no_values") -> Row:
    """A P-value of a sentence without numbers."""
    own = {"comparison_no": no, "kind": "unknown", "variable": variable, "p": p, "table_no": None, "table_label": None, "arm_order": None}
    return BLANK | own | {"quote": sentence, "obstacle": obstacle, "char_start": sentence.find(p)}


def linked(*rows: Row) -> dict[str, int]:
    found = restated(groups(rows, ALL_KINDS))
    return {key.partition(":")[2]: target.first["comparison_no"] for key, target in found.items()}


TABLE = [*arms(0, "Wound infection", "0.047"), *arms(1, "Hospital fever", "0.31", (5, 8))]


@pytest.mark.parametrize(
    ("sentence", "p", "obstacle", "expected"),
    [
        ("Wound infections were rarer after the drug (P = 0.047).", "0.047", "no_values", {"9": 0}),
        ("Deaths were rarer after the drug (P = 0.047).", "0.047", "no_values", {}),
        ("Wound infections were rarer after the drug (P = 0.012).", "0.012", "no_values", {}),
        ("Hospital fever did not differ (P = 0.31).", "0.31", "no_values", {"9": 1}),
        ("Fever did not differ (P = 0.31).", "0.31", "no_values", {}),
        ("Hospital fever did not differ in the subgroup (P = 0.31).", "0.31", "no_values", {}),
        ("Hospital fever fell from entry on (P = 0.31).", "0.31", "within_arm_change", {}),
        ("Wound infection scored 3.4 lower (P = 0.047).", "0.047", "no_values", {}),
    ],
)
def test_same_outcome_and_same_p(sentence: str, p: str, obstacle: str, expected: dict[str, int]) -> None:
    assert linked(*TABLE, told(9, sentence, p, obstacle=obstacle)) == expected


def test_two_rows_that_it_could_be_leave_it_open() -> None:
    other = arms(2, "Wound infection", "0.047", (3, 9))
    assert linked(*TABLE, *other, told(9, "Wound infections were rarer (P = 0.047).", "0.047")) == {}


def test_a_p_that_many_rows_may_print_needs_an_outcome_told_once() -> None:
    table = [*arms(0, "Wound infection", "<0.001", (1, 15)), *arms(1, "Fever", "<0.001", (2, 16)), *arms(2, "Fever", "0.31", (5, 8))]
    assert linked(*table, told(9, "Wound infection was rarer (P < 0.001).", "< 0.001")) == {"9": 0}
    assert linked(*table, told(9, "Fever was rarer (P < 0.001).", "< 0.001")) == {}


def test_the_numbers_of_the_row_tie_a_sentence_to_it() -> None:
    row = BLANK | {"comparison_no": 0, "kind": "effect", "variable": "Volume", "effect": "difference", "p": "0.35", "quote": "Volume"}
    row |= {"estimate": "-7.63", "ci_low": "-23.99", "ci_high": "8.73"}
    assert linked(row, told(9, "It was -7.63 (95% CI -23.99 to 8.73; p = 0.35).", "0.35")) == {"9": 0}
    assert linked(row, told(9, "It was -7.15 (95% CI -21.40 to 7.10; p = 0.35).", "0.35")) == {}


def findings(*rows: Row) -> list[Finding]:
    return [*p_from_counts.check(list(rows)), *p_without_inputs.check(list(rows))]


def test_what_is_found_for_the_row_holds_for_the_sentence_and_says_where_the_numbers_stand() -> None:
    found = findings(*TABLE, told(9, "Wound infections were rarer after the drug (P = 0.047).", "0.047"))
    again = [f for f in found if f.comparison == 9]
    assert [f.verdict for f in again] == ["consistent"]
    assert "Table 1, row 0" in again[0].message
    assert again[0].recomputed == found[0].recomputed


def test_a_flag_on_the_row_is_one_finding_with_the_sentence_as_a_further_place() -> None:
    sentence = told(9, "Wound infections were rarer after the drug (P = 0.007).", "0.007")
    found = findings(*arms(0, "Wound infection", "0.007"), sentence)
    assert [f.verdict for f in found] == ["inconsistent", "inconsistent"]
    flags = [f for f in grouped(found) if f.verdict == "inconsistent"]
    assert len(flags) == 1
    assert [place.quote for place in flags[0].more_places] == [sentence["quote"]]
