"""Flags of one cause are told once."""

from counterproof.kb.finding import Finding, Place, Verdict
from counterproof.queries.grouping import grouped


def flag(
    check: str, start: int, *, table: str | None = "Table 1", verdict: Verdict = "inconsistent", comparison: int | None = None
) -> Finding:
    place = Place(table=table, quote="quote", start=start, end=start + 1)
    return Finding("d", check, verdict, place, f"number {start}.", reported=str(start), comparison=comparison)


def test_three_like_flags_of_a_table_are_one_with_many_places() -> None:
    (one,) = grouped([flag("percent", n) for n in range(4)])
    assert "3 more in this table: 1; 2; 3" in one.message
    assert [place.start for place in one.more_places] == [1, 2, 3]


def test_two_like_flags_stay_two() -> None:
    assert len(grouped([flag("percent", 1), flag("percent", 2)])) == 2


def test_flags_on_p_values_and_facts_told_twice_stay_single() -> None:
    assert len(grouped([flag("p_from_counts", n, comparison=n) for n in range(5)])) == 5
    assert len(grouped([flag("told_twice", n) for n in range(5)])) == 5


def test_a_flag_that_another_check_explains_at_the_same_place_is_left_out() -> None:
    assert [f.check for f in grouped([flag("repeated_interval", 7), flag("interval_contains_estimate", 7)])] == ["repeated_interval"]
    assert len(grouped([flag("repeated_interval", 7), flag("interval_contains_estimate", 8)])) == 2


def test_what_is_no_flag_is_kept_as_it_is() -> None:
    consistent = [flag("percent", n, verdict="consistent") for n in range(5)]
    assert grouped(consistent) == consistent


def test_the_same_numbers_told_again_in_the_text_are_one_flag() -> None:
    (one,) = grouped([flag("p_from_interval", 7, table=None, comparison=1), flag("p_from_interval", 7, table=None, comparison=2)])
    assert len(one.more_places) == 1


def test_what_a_listing_decides_is_not_told_again_by_its_label() -> None:
    """A mean that is the listed patients' median: the label in which abstract and table differ has the same cause."""
    place = Place(table="Table 5", quote="Follow-up | 11.2", start=10, end=14)
    listing = Finding("d", "listing", "inconsistent", place, "11.2 is the median")
    label = Finding("d", "label", "inconsistent", place, "11.2 is called a mean and a median")
    assert grouped([label, listing]) == [listing]
