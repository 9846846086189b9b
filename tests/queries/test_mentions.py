"""Pairs of mentions, and names that say the same."""

from __future__ import annotations

from itertools import combinations

import pytest

from counterproof.queries.mentions import apart, same_subject, shares_word


@pytest.mark.parametrize("places", ["", "a", "aaaa", "ab", "abacabcc", "bbaaacb"])
def test_pairs_of_two_places_come_as_combinations_do(places: str) -> None:
    """In the same order as all pairs, without those of one place."""
    mentions = list(enumerate(places))
    expected = [(one, other) for one, other in combinations(mentions, 2) if one[1] != other[1]]
    assert list(apart(mentions, lambda mention: mention[1])) == expected


@pytest.mark.parametrize(("one", "other", "same", "shared"), [
    ("Blood loss", "loss of blood", True, True), ("Blood loss", "Blood", False, True), ("LNs", "lymph nodes", True, True),
    ("number of LNs", "lymph node", True, True), ("OS", "DFS", False, False), ("the", "of the", False, False), (None, "pain", False, False),
])  # fmt: skip
def test_names(one: str | None, other: str, same: bool, shared: bool) -> None:
    """Order, case, plurals and words that tell nothing do not matter, and an abbreviation stands for its words."""
    assert (same_subject(one, other), same_subject(other, one)) == (same, same)
    assert (shares_word(one, other), shares_word(other, one)) == (shared, shared)
