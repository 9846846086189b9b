"""Cells of markup on their grid."""

from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract.markup.grid import MarkupCell, MarkupRow, place, span_of

spans = st.integers(min_value=1, max_value=6)
cells = st.builds(MarkupCell, text=st.just("x"), row_span=spans, column_span=spans)
groups = st.sampled_from(("head", "body", "foot"))
rows = st.lists(st.builds(MarkupRow, cells=st.lists(cells, max_size=5), group=groups, section=st.integers(0, 1)), max_size=8)


@given(rows)
def test_no_cell_is_lost_and_none_covers_another(table: list[MarkupRow]) -> None:
    placed = place(table)
    assert len(placed) == sum(len(row.cells) for row in table)
    held: set[tuple[int, int]] = set()
    for p in placed:
        here = {(p.row + i, p.column + j) for i in range(p.cell.row_span) for j in range(p.cell.column_span)}
        assert all(row < len(table) for row, _ in here)
        assert not any((row, p.column) in held for row, _ in here if row == p.row)
        held |= here


def test_spans_are_positive_whatever_is_written() -> None:
    assert [span_of(value) for value in (None, "", "0", "-3", "2", " 4 ", "two", "٣", "1e3", "99999999")] == [1, 1, 1, 1, 2, 4, 1, 1, 1, 1]
