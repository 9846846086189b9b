"""One cause is told once: an attribution with what it explains, a table whose P-values do not fit, slips of rounding last."""

from __future__ import annotations

from typing import Any

from counterproof.kb.finding import Finding, Place, Recomputation, Verdict
from counterproof.queries.audit import Coverage
from counterproof.queries.causes import causes
from counterproof.queries.verdict_words import verdict_sentence

TRIED = (Recomputation("fisher", "standard", ((0.1, 0.1),)),)


def flag(number: int, verdict: Verdict = "inconsistent", check: str = "p_from_counts", table: str = "Table 1", **changes: Any) -> Finding:
    place = Place(table=table, quote=f"Row {number}", start=10 * number, end=10 * number + 5)
    known: dict[str, Any] = {"reported": f"0.{number}", "recomputed": TRIED, "comparison": number} | changes
    return Finding("d", check, verdict, place, f"message {number}", **known)


def attribution(*places: int) -> Finding:
    first, *more = (flag(n).place for n in places)
    return Finding("d", "attribution", "other_method", first, "m", reported="0.1", reason="student_t_on_codes", more_places=tuple(more))


def test_an_attribution_tells_the_flags_that_it_explains() -> None:
    explained = [flag(n, "other_method") for n in (1, 2, 3)]
    told = causes([attribution(1, 2, 3), *explained, flag(4)])
    assert [cause.finding.check for cause in told] == ["attribution", "p_from_counts"]
    assert list(told[0].explains) == explained


def test_most_p_values_of_a_table_that_do_not_fit_are_one_cause() -> None:
    (told,) = causes([flag(1), flag(2), flag(3), flag(4, "consistent")])
    assert [one.comparison for one in told.explains] == [2, 3]
    assert told.note.startswith("3 of the 4 P-values of Table 1 that could be recomputed")


def test_few_of_many_and_those_that_cross_the_level_are_told_one_by_one() -> None:
    fine = [flag(n, "consistent") for n in range(10, 14)]
    assert len(causes([flag(1), flag(2), flag(3), *fine])) == 3
    assert len(causes([flag(1), flag(2)])) == 2
    assert len(causes([flag(1, "decision_error"), flag(2, "decision_error"), flag(3, "decision_error")])) == 3
    assert len(causes([flag(1), flag(2, table="Table 2"), flag(3, table="Table 3")])) == 3


def test_slips_of_rounding_come_last_and_errors_of_checks_are_told() -> None:
    slip = flag(1, check="rounding", comparison=None)
    told = causes([slip, flag(2), flag(3, "error")])
    assert [cause.finding for cause in told] == [flag(2), flag(3, "error"), slip]
    assert [cause.slip for cause in told] == [False, False, True]


def test_the_verdict_counts_every_p_value_and_says_how_many_findings_tell_them() -> None:
    coverage = Coverage("d", "d.txt", None, "text", "ok", (), 1, (), 9, 9, {})
    slip = flag(8, check="rounding", comparison=None)
    sentence = verdict_sentence(coverage, [attribution(5, 6), flag(1), flag(2), flag(3), flag(5, "other_method"), slip])
    assert sentence == (
        "Found: 3 inconsistencies between printed numbers; 1 result that another method than the expected one gives; 1 slip of rounding, "
        "told together as 3 findings."
    )
