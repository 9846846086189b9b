"""Row levels of marked-up tables."""

from counterproof.extract.markup.grid import MarkupCell, MarkupRow, indent_of, place
from counterproof.extract.markup.levels import row_levels


def levels(*rows: str) -> tuple[int, ...]:
    """Levels of rows written as ``stub|value|value``; ``*`` before a stub is bold, em spaces indent it, ``=`` spans the width."""
    marked = []
    for text in rows:
        stub, *values = text.split("|")
        bold, wide = stub.startswith("*"), stub.endswith("=")
        label = stub.strip("*=")
        cells = [MarkupCell(label, bold=bold, indent=indent_of(label), column_span=4 if wide else 1)]
        marked.append(MarkupRow(cells if wide else cells + [MarkupCell(value) for value in values]))
    return row_levels(place(marked), 0, len(marked))


def test_indents_are_levels_whatever_their_width() -> None:
    assert levels("Age|50|51|.1", "Sex|||.2", "\u2003women|9|8|", "\u2003\u2002of these old|2|1|", "\u2003men|1|2|") == (0, 0, 1, 2, 1)
    assert levels("Age|50", "\u2003\u2003young|9", "Sex|", "\u2003women|9", "\u2003\u2009men|1", "\u2003\u2003of these old|1") == (
        0,
        1,
        0,
        1,
        1,
        2,
    )
    assert indent_of("\n   plain spaces do not count") == 0
    assert indent_of("x", "padding-left: 20px") > 0


def test_a_wide_head_lifts_rows_that_are_not_indented() -> None:
    assert levels("Baseline=", "Age|5|6|.1", "Sex|||", "\u2003men|1|2|", "Later=", "Age|7|8|.2") == (0, 1, 1, 2, 0, 1)


def test_rows_under_a_head_without_values_are_deeper() -> None:
    assert levels("Age|50|51|.4", "Sex|||", "men|9|8|.2", "women|1|2|") == (0, 0, 1, 1)


def test_emphasis_on_heads_and_variables_tells_where_a_block_ends() -> None:
    assert levels("*Age|50|51|.4", "*Stage|||", "I|9|8|.2", "II|1|2|.3", "*Weight|70|71|.5", "of these old|1|2|.3") == (0, 0, 1, 1, 0, 1)


def test_a_second_p_value_begins_a_new_variable() -> None:
    assert levels("Stage|||", "I|9|8|.2", "II|1|2|", "Smoker|3|4|.6", "Drinker|1|1|.7") == (0, 1, 1, 0, 0)


def test_a_spread_after_counts_begins_a_new_variable() -> None:
    assert levels("Stage|||", "I|9 (90)|8 (80)|", "II|1 (10)|2 (20)|", "Weight|70 ± 9|71 ± 8|") == (0, 1, 1, 0)


def test_a_p_value_on_the_head_row_belongs_to_the_rows_beneath() -> None:
    assert levels("Age|50|51|.4", "Stage|||.3", "I|9|8|", "II|1|2|", "Smoker|3|4|.6") == (0, 0, 1, 1, 0)


def test_a_level_whose_counts_are_missing_is_no_head() -> None:
    assert levels("Smoker|||", "Yes|9|8|.2", "No|||", "Unknown|1|1|") == (0, 1, 1, 1)


def test_levels_in_the_second_column_are_deeper_than_their_head() -> None:
    assert levels("Sex|||", "|men|9|8", "|women|1|2", "Weight||70|71") == (0, 1, 1, 0)
