"""One table as different authors would set it: what is read of it stays the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


@pytest.mark.parametrize(
    "head",
    ["P-VALUE", "P (two-sided)", "P value, 2-sided", "P-value (t-test)", "p (Mann-Whitney)", "Sig. (2-tailed)", "SIG.", "Pr > t",
     "Pr (> t)", "Prob > F", "Probability", "P (post-hoc)"],
)  # fmt: skip
def test_heads_of_p_values(read: Reader, head: str) -> None:
    got = read(f"Item | Drug (n = 40) | Placebo (n = 38) | {head}\nAge, mean (SD) | 61.0 (9.1) | 60.2 (8.3) | 0.69")
    assert got.compared("0.69") == [("Drug", None), ("Placebo", None)]
    assert got.comparison("0.69").obstacle is None


def test_a_hyphen_between_arms_still_tells_which_are_compared(read: Reader) -> None:
    got = read("Item | A (n = 40) | B (n = 38) | C (n = 41) | P (A-B)\nAge, mean (SD) | 61.0 (9.1) | 60.2 (8.3) | 59.9 (8.0) | 0.69")
    assert got.compared("0.69") == [("A", None), ("B", None)]
