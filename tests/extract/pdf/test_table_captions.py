"""Tables and their captions, labels and notes, on one page or on several, set here and read back."""

from __future__ import annotations

from tests.extract.pdf.setting import BODY, HEADS, XS, Sheet, ruled


def test_continued_table(sheet: Sheet) -> None:
    """Parts on two pages become one table, the repeated head dropped; each cell keeps its own page."""
    ruled(sheet)
    sheet.page()
    ruled(sheet, caption="Table 1. (continued)", body=[["Asthma", "2 (4.0)", "3 (6.0)", "0.65"], ["Stroke", "1 (2.0)", "4 (8.0)", "0.17"]])
    (table,) = sheet.read().tables
    assert [row[0] for row in table.rows] == ["Variable", "Age, years", "Male sex", "Diabetes", "Smoker", "Asthma", "Stroke"]
    last = table.grid[-1][1]
    assert last
    assert last.locator.box
    assert last.locator.box.page == 2


def test_caption_below(sheet: Sheet) -> None:
    """A caption may stand under its table."""
    sheet.rule(60, 480, 106)
    sheet.rows(118, XS, [HEADS])
    sheet.rule(60, 480, 124)
    end = sheet.rows(138, XS, BODY)
    sheet.rule(60, 480, end - 6)
    sheet.text(60, end + 8, "Table 3. Characteristics", 9, "Times-Bold")
    (table,) = sheet.read().tables
    assert table.label == "Table 3"
    assert table.rows == [HEADS, *BODY]


def test_caption_beside(sheet: Sheet) -> None:
    """A caption may stand to the left of its table."""
    sheet.text(40, 108, "Table 4. Characteristics", 8, "Times-Bold")
    sheet.text(40, 118, "of all patients", 8, "Times-Bold")
    xs = (160, 300, 380, 460)
    sheet.rule(160, 520, 102)
    sheet.rows(114, xs, [HEADS])
    sheet.rule(160, 520, 120)
    end = sheet.rows(134, xs, BODY)
    sheet.rule(160, 520, end - 6)
    (table,) = sheet.read().tables
    assert (table.label, table.caption) == ("Table 4", "Characteristics of all patients")
    assert table.rows == [HEADS, *BODY]


def test_side_by_side(sheet: Sheet) -> None:
    """Two tables beside each other, each with its own caption, stay two."""
    for left, number in ((40, 1), (320, 2)):
        xs = (left, left + 90, left + 160)
        sheet.text(left, 100, f"Table {number}. Results", 9, "Times-Bold")
        sheet.rule(left, left + 230, 106)
        sheet.rows(118, xs, [["Variable", "Treated", "Control"]])
        sheet.rule(left, left + 230, 124)
        end = sheet.rows(138, xs, [[row[0], row[1], row[2]] for row in BODY])
        sheet.rule(left, left + 230, end - 6)
    tables = sheet.read().tables
    assert [t.label for t in tables] == ["Table 1", "Table 2"]
    assert all(t.n_columns == 3 and t.n_rows == 5 for t in tables)


def test_a_sentence_that_begins_with_table_is_no_caption(sheet: Sheet) -> None:
    """``Table 1 shows`` at the start of a line of running text opens no table."""
    sheet.prose(60, 500, 60, 3)
    sheet.text(60, 96, "Table 1 shows that the characteristics of the patients in both arms were much alike at baseline and", 10)
    sheet.prose(60, 500, 108, 3)
    assert sheet.read().tables == ()


def test_boxed_table_with_its_caption_below(sheet: Sheet) -> None:
    """A box around heads, ruled rows and, at the foot, the caption."""
    sheet.canvas.rect(56, 842 - 230, 430, 130, stroke=1, fill=0)
    sheet.rows(116, XS, [["", "Treated (n=50)", "Control (n=50)", "P"]])
    y = 122.0
    for row in BODY:
        sheet.rule(60, 480, y)
        sheet.rows(y + 12, XS, [row])
        y += 18
    sheet.rule(60, 480, y)
    sheet.text(60, y + 18, "Table 1: Characteristics of the patients", 8, "Times-Bold")
    (table,) = sheet.read().tables
    assert table.caption == "Characteristics of the patients"
    assert table.rows[1:] == BODY
    assert table.column_heads == ["", "Treated (n=50)", "Control (n=50)", "P"]


def test_letter_spaced_label(sheet: Sheet) -> None:
    """``T A B L E  1`` is a label like any other."""
    ruled(sheet, caption="T A B L E 1 Characteristics")
    (table,) = sheet.read().tables
    assert (table.label, table.caption) == ("TABLE 1", "Characteristics")


def test_label_without_a_number(sheet: Sheet) -> None:
    """A paper's only table may have none."""
    ruled(sheet, caption="Table. Characteristics of the patients")
    (table,) = sheet.read().tables
    assert (table.label, table.n_rows) == ("Table", 5)


def test_notes_inside_the_frame(sheet: Sheet) -> None:
    """Notes between the last row and a rule below them are notes, not rows."""
    end = ruled(sheet)
    sheet.text(60, end + 6, "Values are numbers (%) unless otherwise stated.", 7)
    sheet.rule(60, 480, end + 12)
    (table,) = sheet.read().tables
    assert table.n_rows == 5
    assert [note.text for note in table.footnotes] == ["Values are numbers (%) unless otherwise stated."]


def test_table_that_goes_on_without_a_caption(sheet: Sheet) -> None:
    """A frame of the same width at the head of the next page is the rest of a table that filled its page."""
    body = [[f"Variable {i}", f"{i} (2.0)", f"{i + 1} (4.0)", "0.50"] for i in range(10, 60)]
    ruled(sheet, body=body)
    sheet.page()
    sheet.rule(60, 480, 60)
    end = sheet.rows(72, XS, [["Last variable", "9 (9.0)", "8 (8.0)", "0.80"], ["Very last one", "1 (1.0)", "2 (2.0)", "0.90"]])
    sheet.rule(60, 480, end - 6)
    (table,) = sheet.read().tables
    assert table.n_rows == 53
    assert table.rows[-1][0] == "Very last one"
