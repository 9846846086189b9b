"""Tables of JATS articles: grid, header rows, levels, marks, notes."""

from collections.abc import Callable

from counterproof.kb.document import Document, Footnote, Table

MakeTable = Callable[..., Table]
Row = Callable[..., str]
Read = Callable[..., Document]


def test_spans_stand_in_their_first_place_and_head_every_column(table: MakeTable) -> None:
    found = table(
        "<tr><td rowspan='2'>Falls</td><td>none</td><td>30 (75)</td><td>20 (50)</td></tr>"
        "<tr><td>any</td><td>10 (25)</td><td>20 (50)</td></tr>",
        head="<tr><th rowspan='2' colspan='2'>Variable</th><th colspan='2'>Arm</th></tr>"
        "<tr><th>Walk (n = 40)</th><th>Rest (n = 40)</th></tr>",
    )
    assert found.rows == [
        ["Variable", "", "Arm", ""],
        ["", "", "Walk (n = 40)", "Rest (n = 40)"],
        ["Falls", "none", "30 (75)", "20 (50)"],
        ["", "any", "10 (25)", "20 (50)"],
    ]
    assert found.header_rows == 2
    assert found.column_heads == ["Variable", "Variable", "Arm Walk (n = 40)", "Arm Rest (n = 40)"]
    covering = found.covered[3][0]
    assert covering is not None
    assert covering.text == "Falls"


def test_a_span_ends_with_its_row_group_and_one_wide_cell_does_not_widen_the_table(table: MakeTable, row: Row) -> None:
    found = table(
        "<tr><td colspan='99'>Women</td></tr>" + row("Age", "50"), head="<tr><th rowspan='9'>Item</th><th rowspan='9'>Mean</th></tr>"
    )
    assert found.rows == [["Item", "Mean"], ["Women", ""], ["Age", "50"]]


def test_absurd_spans_lose_no_cell(table: MakeTable) -> None:
    found = table("<tr><td colspan='0' rowspan='x'>a</td><td colspan='123456789'>b</td></tr><tr><td>c</td><td>d</td></tr>")
    assert found.rows == [["a", "b"], ["c", "d"]]


def test_tfoot_comes_last(read: Read) -> None:
    document = read(
        "<table-wrap><table><tfoot><tr><td>All</td><td>9</td></tr></tfoot><tbody><tr><td>a</td><td>9</td></tr></tbody></table></table-wrap>"
    )
    assert document.tables[0].rows == [["a", "9"], ["All", "9"]]


def test_header_rows_are_inferred_where_no_head_is_marked(table: MakeTable, row: Row) -> None:
    found = table(
        "<tr><td></td><td colspan='2'>Arm</td></tr>"
        + row("", "Walk", "Rest")
        + row("", "(n = 40)", "n = 40")
        + row("Age", "50 ± 8", "51 ± 9")
    )
    assert (found.header_rows, found.confidence) == (3, 0.9)
    assert found.column_heads == ["", "Arm Walk (n = 40)", "Arm Rest n = 40"]


def test_numbers_that_count_up_head_columns(table: MakeTable, row: Row) -> None:
    assert table(row("Week", "0", "4", "8") + row("Steps", "100", "220", "315")).header_rows == 1
    assert table(row("Steps", "100", "220", "315") + row("Falls", "3", "2", "2")).header_rows == 0


def test_a_head_that_stops_short_is_carried_on(table: MakeTable, row: Row) -> None:
    body = row("", "n = 40", "n = 40") + row("Age", "50 (8)", "51 (9)")
    assert table(body, head=row("Item", "Walk", "Rest")).header_rows == 2
    text = row("", "walks", "rests") + row("Monday", "at home", "outside")
    assert table(text, head=row("Item", "Walk", "Rest")).header_rows == 1


def test_a_whole_table_marked_as_head_still_has_a_body(read: Read, row: Row) -> None:
    document = read(f"<table-wrap><table><thead>{row('Item', 'Walk')}{row('Age', '50')}</thead></table></table-wrap>")
    assert document.tables[0].header_rows == 1


def test_lines_within_a_cell_stay_where_cells_line_up(table: MakeTable, row: Row) -> None:
    found = table(
        row("Sex<break/>women<break/>men", "<break/>10 (25)<break/>30 (75)", "0.4") + row("Long<break/>label", "5<break/>(12)", "0.1")
    )
    assert found.rows == [["Sex\nwomen\nmen", "\n10 (25)\n30 (75)", "0.4"], ["Long label", "5\n(12)", "0.1"]]


def test_heads_are_not_broken_into_lines(table: MakeTable, row: Row) -> None:
    assert table(row("a", "1"), head=row("Item", "<p>Walk</p><p>n = 40</p>")).column_heads == ["Item", "Walk n = 40"]


def test_marks_come_off_the_text_and_find_their_notes(table: MakeTable, row: Row) -> None:
    found = table(
        row("Age<sup>a</sup>", "50.1<xref ref-type='table-fn' rid='f2'>*</xref>", "0.031†", "n<sup>2</sup>")
        + row("Falls<sup>a,b</sup>", "3<sup>rd</sup> week", "0.2<xref ref-type='table-fn' rid='x'><sup>∗∗</sup></xref>", "0.5ᵇ"),
        foot="<fn id='f1'><label>a</label><p>In years.</p></fn><fn><p><sup>b</sup>Any.</p></fn><p>*By the nurse. †Unequal variances.</p>",
    )
    assert found.rows == [["Age", "50.1", "0.031", "n²"], ["Falls", "3rd week", "0.2", "0.5"]]
    assert [c.marks for c in found.cells] == [("a",), ("*",), ("†",), (), ("a", "b"), (), ("**",), ("b",)]
    assert found.footnotes == (
        Footnote("a", "In years."),
        Footnote("b", "Any."),
        Footnote("*", "By the nurse."),
        Footnote("†", "Unequal variances."),
    )


def test_a_mark_before_a_bracket_leaves_no_blank(table: MakeTable, row: Row) -> None:
    found = table(row("Stage (II–III <sup>a</sup>)", "5 <sup>*</sup>, 6"))
    assert [(c.text, c.marks) for c in found.cells] == [("Stage (II–III)", ("a",)), ("5, 6", ("*",))]


def test_stars_alone_are_the_cell(table: MakeTable, row: Row) -> None:
    found = table(row("Age", "<sup>**</sup>", "– *"))
    assert [(c.text, c.marks) for c in found.cells[1:]] == [("**", ("**",)), ("–", ("*",))]


def test_raised_numbers_stay_raised_and_are_marks_only_if_noted(table: MakeTable, row: Row) -> None:
    rows = row("Area, m<sup>2</sup>", "0.12<sup>4</sup>", "5 × 10<sup>9</sup>")
    marks = [c.marks for c in table(rows, foot="<fn><p><sup>4</sup> Adjusted.</p></fn>").cells]
    assert marks == [(), ("4",), ()]
    assert table(rows).rows == [["Area, m²", "0.12⁴", "5 × 10⁹"]]


def test_letters_behind_values_are_marks_if_notes_begin_with_them(table: MakeTable, row: Row) -> None:
    rows = row("Pain", "4 (3-5)ab", "0.5a", "12b")
    noted = table(rows, foot="<p>a: against rest. b: against walking.</p>")
    assert noted.rows == [["Pain", "4 (3-5)", "0.5", "12"]]
    assert [c.marks for c in noted.cells] == [(), ("a", "b"), ("a",), ("b",)]
    assert table(rows).rows == [["Pain", "4 (3-5)ab", "0.5a", "12b"]]


def test_notes_inside_the_grid_move_under_it(table: MakeTable, row: Row) -> None:
    found = table(
        row("Age", "50") + row("Falls", "3") + row("Pain", "4") + "<tr><td colspan='2'>Abbreviations: VAS, visual analogue scale</td></tr>"
    )
    assert found.n_rows == 3
    assert found.footnotes == (Footnote("", "Abbreviations: VAS, visual analogue scale"),)


def test_pairs_of_marks_do_not_begin_notes(table: MakeTable, row: Row) -> None:
    found = table(row("Pain", "4<sup>a</sup>", "5<sup>b</sup>"), foot="<p>Post hoc: <sup>a</sup>vs <sup>b</sup> P = .02.</p>")
    assert found.footnotes == (Footnote("", "Post hoc: ᵃvs ᵇ P = .02."),)


def test_label_and_caption_are_clean(table: MakeTable, row: Row) -> None:
    caption = "<label>Table 2.</label><caption><title>Falls</title><p>In 80 people</p></caption>"
    assert (table(row("a", "1"), caption=caption).label, table(row("a", "1"), caption=caption).caption) == (
        "Table 2",
        "Falls. In 80 people",
    )
    inside = table(row("a", "1"), caption="<caption><p>Table 3: Falls in 80</p></caption>")
    assert (inside.label, inside.caption) == ("Table 3", "Falls in 80")


def test_parts_of_a_group_take_its_label(read: Read) -> None:
    part = "<table-wrap><caption><p>({0}) Falls</p></caption><table><tr><td>a</td><td>1</td></tr></table></table-wrap>"
    group = f"<table-wrap-group><label>Table 4</label>{part.format('a')}{part.format('b')}</table-wrap-group>"
    assert [t.label for t in read(group).tables] == ["Table 4(a)", "Table 4(b)"]


def test_several_tables_in_one_wrap_are_all_read(read: Read) -> None:
    tables = read("<table-wrap><label>Table 1</label><alternatives><graphic/><table><tr><td>a</td></tr></table></alternatives>"
                  "<table><tr><td>b</td></tr></table></table-wrap>").tables  # fmt: skip
    assert [(t.label, t.rows) for t in tables] == [("Table 1", [["a"]]), ("Table 1", [["b"]])]


def test_a_table_inside_a_cell_is_not_a_table_of_its_own(table: MakeTable) -> None:
    found = table("<tr><td>a</td><td><table><tr><td>5</td></tr></table></td></tr>")
    assert found.rows == [["a", "5"]]


def test_a_picture_of_a_table_is_recorded_and_said(read: Read) -> None:
    document = read(
        "<table-wrap><label>Table 1</label><caption><p>Falls</p></caption><graphic/>"
        "<table-wrap-foot><p>*None.</p></table-wrap-foot></table-wrap>"
    )
    found = document.tables[0]
    assert (found.image, found.label, found.caption, found.n_rows) == (True, "Table 1", "Falls", 0)
    assert found.footnotes == (Footnote("*", "None."),)
    assert document.problems == ("Table 1 is a picture in this file: its cells cannot be read",)
    assert document.status == "partial"


def test_decimal_signs_and_thousands_stay(table: MakeTable, row: Row) -> None:
    found = table(row("a", "0·91", "0,011", "5,040", "10\u2009218", "0∙5"))
    assert found.rows == [["a", "0·91", "0,011", "5,040", "10\u202f218", "0·5"]]


def test_tables_by_the_oasis_model_are_read(read: Read) -> None:
    document = read(
        "<table-wrap><o:table xmlns:o='http://docs.oasis-open.org/ns/oasis-exchange/table'><o:tgroup cols='3'>"
        "<o:colspec colname='c1'/><o:colspec colname='c2'/><o:colspec colname='c3'/>"
        "<o:thead><o:row><o:entry morerows='1'>Item</o:entry><o:entry namest='c2' nameend='c3'>Arm</o:entry></o:row>"
        "<o:row><o:entry>Walk</o:entry><o:entry>Rest</o:entry></o:row></o:thead>"
        "<o:tbody><o:row><o:entry>Age</o:entry><o:entry>50</o:entry><o:entry>51</o:entry></o:row></o:tbody></o:tgroup></o:table></table-wrap>"
    )
    found = document.tables[0]
    assert found.column_heads == ["Item", "Arm Walk", "Arm Rest"]
    assert found.rows[found.header_rows :] == [["Age", "50", "51"]]


def test_a_symbol_explained_under_a_sister_part_means_there_the_same(read: Read) -> None:
    part = "<table-wrap><caption><p>({0}) Falls</p></caption><table><tr><th>Item</th><th>P<sup>*</sup></th></tr>"
    body = "<tr><td>Falls<sup>a</sup></td><td>0.2</td></tr></table>{1}</table-wrap>"
    notes = "<table-wrap-foot><fn><p>*Rank test.</p></fn><fn><p><sup>a</sup>Since entry.</p></fn></table-wrap-foot>"
    parts = (part + body).format("a", notes) + (part + body).format("b", "")
    first, second = read(f"<table-wrap-group><label>Table 4</label>{parts}</table-wrap-group>").tables
    assert [note.mark for note in first.footnotes] == ["*", "a"]
    assert [note.mark for note in second.footnotes] == ["*"]
