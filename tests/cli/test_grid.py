"""Rows set in columns lose no word and no column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterproof._grid import grid, least_width

CELLS = st.text(alphabet="ab1%() ", max_size=40)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5)), st.integers(1, 120))
def test_every_character_is_shown_within_the_width_where_that_is_possible(rows: list[list[str]], width: int) -> None:
    for row, lines in zip(rows, grid(rows, width), strict=True):
        assert sorted("".join(lines).replace(" ", "")) == sorted("".join(row).replace(" ", ""))
        assert all(len(line) <= max(width, least_width(rows)) for line in lines)


def test_cells_stand_below_their_heads() -> None:
    rows = [["Outcome", "Drug (n = 20)"], ["  Relapse", "4"]]
    assert [line for lines in grid(rows, 60) for line in lines] == ["Outcome    Drug (n = 20)", "  Relapse  4"]
    assert [line for lines in grid([["n"], ["12"]], 60, right=[True]) for line in lines] == [" n", "12"]


def test_the_widest_column_wraps_first() -> None:
    lines = [line for lines in grid([["one two three four", "P"]], 12) for line in lines]
    assert lines == ["one two    P", "three", "four"]
