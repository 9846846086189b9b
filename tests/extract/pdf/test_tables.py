"""Tables of every kind of layout, set here and read back cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counterproof.extract.pdf.debug import draw

Sheet = Any

XS = (60, 220, 320, 420)
HEADS = ["Variable", "Treated", "Control", "P"]
BODY = [
    ["Age, years", "61.2 (9.8)", "60.1 (10.2)", "0.45"],
    ["Male sex", "23 (46.0)", "25 (50.0)", "0.69"],
    ["Diabetes", "7 (14.0)", "9 (18.0)", "0.59"],
    ["Smoker", "12 (24.0)", "10 (20.0)", "0.63"],
]


def ruled(sheet: Sheet, y: float = 100, caption: str = "Table 1. Characteristics of the patients", body: list[list[str]] = BODY) -> float:
    sheet.text(60, y, caption, 9, "Times-Bold")
    sheet.rule(60, 480, y + 6)
    sheet.rows(y + 18, XS, [HEADS])
    sheet.rule(60, 480, y + 24)
    end: float = sheet.rows(y + 38, XS, body)
    sheet.rule(60, 480, end - 6)
    return end


def test_rules_only(sheet: Sheet) -> None:
    """Three level rules make a table: heads between the first two, rows to the third."""
    ruled(sheet)
    (table,) = sheet.read().tables
    assert (table.label, table.caption, table.header_rows) == ("Table 1", "Characteristics of the patients", 1)
    assert table.rows == [HEADS, *BODY]


def test_boxes_count_from_the_upper_left(sheet: Sheet) -> None:
    """A cell's box lies around its text in points from the page's upper left corner."""
    ruled(sheet)
    cell = sheet.read().tables[0].grid[1][1]
    assert cell
    assert cell.locator.box
    box = cell.locator.box
    assert box.page == 1
    assert box.x0 == pytest.approx(220, abs=1)
    assert 125 < box.top < 138 < box.bottom < 142


def test_spanning_head_with_rule(sheet: Sheet) -> None:
    """A head over a short rule spans the columns of that rule."""
    sheet.text(60, 100, "Table 2. Outcomes", 9, "Times-Bold")
    sheet.rule(60, 480, 106)
    sheet.text(250, 118, "Treatment")
    sheet.rule(215, 390, 122)
    sheet.rows(134, XS, [HEADS])
    sheet.rule(60, 480, 140)
    end = sheet.rows(152, XS, BODY)
    sheet.rule(60, 480, end - 6)
    (table,) = sheet.read().tables
    assert table.column_heads == ["Variable", "Treatment Treated", "Treatment Control", "P"]
    assert table.header_rows == 2


def test_spanning_head_without_rule(sheet: Sheet) -> None:
    """Without a rule, a head spans the columns over whose middle it is centred."""
    sheet.text(60, 100, "Table 2. Outcomes", 9, "Times-Bold")
    sheet.rule(60, 520, 106)
    xs = (60, 220, 290, 360, 430)
    sheet.canvas.setFont("Times-Roman", 8)
    sheet.canvas.drawCentredString(262, 842 - 118, "Treated")
    sheet.canvas.drawCentredString(402, 842 - 118, "Control")
    sheet.rows(132, xs, [["Variable", "n", "(%)", "n", "(%)"]])
    sheet.rule(60, 520, 138)
    end = sheet.rows(
        150, xs, [["Male", "23", "46.0", "25", "50.0"], ["Female", "27", "54.0", "25", "50.0"], ["Smoker", "12", "24.0", "10", "20.0"]]
    )
    sheet.rule(60, 520, end - 6)
    (table,) = sheet.read().tables
    assert table.column_heads == ["Variable", "Treated n", "Treated (%)", "Control n", "Control (%)"]


def test_wrapped_label(sheet: Sheet) -> None:
    """A label's second line, set closer than rows are, joins the row above."""
    sheet.text(60, 100, "Table 1. Characteristics", 9, "Times-Bold")
    sheet.rule(60, 480, 106)
    sheet.rows(118, XS, [HEADS])
    sheet.rule(60, 480, 124)
    sheet.rows(138, XS, [BODY[0]])
    sheet.rows(154, XS, [["Previous myocardial infarction", "5 (10.0)", "4 (8.0)", "0.73"], ["or unstable angina", "", "", ""]], pitch=9)
    sheet.rows(179, XS, BODY[1:3], pitch=16)
    sheet.rule(60, 480, 204)
    (table,) = sheet.read().tables
    assert [row[0] for row in table.rows] == [
        "Variable",
        "Age, years",
        "Previous myocardial infarction or unstable angina",
        "Male sex",
        "Diabetes",
    ]


def test_rows_with_labels_and_values_never_merge(sheet: Sheet) -> None:
    """Lines that both have label and values stay rows, however close they stand."""
    sheet.text(60, 100, "Table 1. Characteristics", 9, "Times-Bold")
    sheet.rule(60, 480, 106)
    sheet.rows(118, XS, [HEADS])
    sheet.rule(60, 480, 124)
    sheet.rows(138, XS, BODY, pitch=8.5)
    sheet.rule(60, 480, 170)
    assert sheet.read().tables[0].n_rows == 5


def test_levels_by_indent_and_section_rows(sheet: Sheet) -> None:
    """Indented rows are a level deeper; a section's head keeps its own row, over the columns."""
    sheet.text(60, 100, "Table 1. Characteristics", 9, "Times-Bold")
    sheet.rule(60, 480, 106)
    sheet.rows(118, XS, [HEADS])
    sheet.rule(60, 480, 124)
    sheet.text(60, 138, "Stage at the time of the first diagnosis in any hospital, number (%) of those")
    sheet.rows(150, (70, *XS[1:]), [["I", "10 (20.0)", "12 (24.0)", "0.63"], ["II", "40 (80.0)", "38 (76.0)", ""]])
    sheet.rows(174, XS, BODY[:2])
    sheet.rule(60, 480, 194)
    (table,) = sheet.read().tables
    assert table.row_levels == (0, 0, 1, 1, 0, 0)
    assert table.rows[1] == ["Stage at the time of the first diagnosis in any hospital, number (%) of those", "", "", ""]


def test_superscript_marks_leave_the_text(sheet: Sheet) -> None:
    """A raised letter is a footnote mark, a raised figure an exponent; notes are bound to their marks."""
    sheet.text(60, 100, "Table 1. Characteristics", 9, "Times-Bold")
    sheet.rule(60, 480, 106)
    sheet.rows(118, XS, [HEADS])
    sheet.rule(60, 480, 124)
    sheet.rows(138, XS, BODY[:2])
    sheet.raised(60, 162, "Cells, 10", "9")
    sheet.raised(220, 162, "4.2 (1.1)", "a")
    sheet.rows(162, XS[2:], [["4.0 (1.3)", "0.31"]])
    sheet.rule(60, 480, 168)
    sheet.raised(60, 178, "", "a", 8)
    sheet.text(66, 178, "Measured in 48 patients.", 7)
    (table,) = sheet.read().tables
    row = table.grid[3]
    assert row[0]
    assert row[1]
    assert (row[0].text, row[1].text, row[1].marks) == ("Cells, 10⁹", "4.2 (1.1)", ("a",))
    assert [(note.mark, note.text) for note in table.footnotes] == [("a", "Measured in 48 patients.")]


def test_rotated_page(sheet: Sheet) -> None:
    """A table set sideways is read upright, and its boxes lie on the page as shown."""
    sheet.canvas.saveState()
    sheet.canvas.translate(595, 0)
    sheet.canvas.rotate(90)
    sheet.canvas.translate(0, 595 - 842)
    ruled(sheet)
    sheet.canvas.restoreState()
    (table,) = sheet.read().tables
    assert table.rows == [HEADS, *BODY]
    assert table.locator.box
    assert table.locator.box.bottom - table.locator.box.top > table.locator.box.x1 - table.locator.box.x0


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_page_with_a_rotation(sheet: Sheet, rotate: int) -> None:
    """A page that its viewer turns is read all the same."""
    ruled(sheet)
    sheet.page(rotate=rotate)
    assert sheet.read().tables[0].rows == [HEADS, *BODY]


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


def test_white_space_only(sheet: Sheet) -> None:
    """A table without any rule ends where running text begins."""
    sheet.prose(60, 500, 60, 4)
    sheet.text(60, 130, "Table 1. Characteristics", 9, "Times-Bold")
    end = sheet.rows(146, XS, [HEADS, *BODY])
    sheet.prose(60, 500, end + 20, 12)
    (table,) = sheet.read().tables
    assert table.rows == [HEADS, *BODY]


def test_filled_bands(sheet: Sheet) -> None:
    """Bands of colour frame a table as rules do."""
    sheet.text(60, 100, "Table 1. Characteristics", 9, "Times-Bold")
    sheet.band(56, 480, 106, 122)
    sheet.rows(117, XS, [HEADS])
    y = 122.0
    for index, row in enumerate(BODY):
        if index % 2:
            sheet.band(56, 480, y, y + 14)
        sheet.rows(y + 10, XS, [row])
        y += 14
    (table,) = sheet.read().tables
    assert table.rows == [HEADS, *BODY]


def test_full_width_table_on_a_page_of_two_columns(sheet: Sheet) -> None:
    """A table over both columns does not mix with the text beneath it."""
    end = ruled(sheet)
    for x0, seed in ((60, 0), (290, 30)):
        sheet.prose(x0, x0 + 200, end + 30, 25, seed=seed)
    (table,) = sheet.read().tables
    assert table.rows == [HEADS, *BODY]


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


def test_unsure_cells_say_so(sheet: Sheet) -> None:
    """A text in a column of numbers lowers the confidence of its cell and of the table."""
    ruled(sheet, body=[*BODY, ["Operation", "see text", "8 (16.0)", "0.61"], ["Transfusion", "3 (6.0)", "2 (4.0)", "0.65"]])
    (table,) = sheet.read().tables
    doubted = [cell.text for cell in table.cells if cell.confidence < 0.8]
    assert doubted == ["see text"]
    assert table.confidence < 1


def test_pictures_of_what_was_read(sheet: Sheet, tmp_path: Path) -> None:
    """Each page with a table is drawn once."""
    ruled(sheet)
    sheet.page()
    source = tmp_path / "paper.pdf"
    source.write_bytes(sheet.data())
    (picture,) = draw(source, tmp_path / "images")
    assert picture.name == "paper-001.png"
    assert picture.stat().st_size > 0


def test_spanning_heads_flush_left(sheet: Sheet) -> None:
    """Heads set flush left over equal numbers of columns span them, without any rule; a line of units ends the heads."""
    xs = (60, 200, 260, 320, 380)
    sheet.text(60, 100, "Table 2. Outcomes", 9, "Times-Bold")
    sheet.rule(60, 480, 106)
    sheet.rows(118, xs, [["", "Treated", "", "Control", ""]])
    sheet.rule(60, 480, 124)
    sheet.rows(136, xs, [["Outcome", "n (%)", "Mean (SD)", "n (%)", "Mean (SD)"]])
    end = sheet.rows(
        150, xs, [["Death", "3 (6)", "1.2 (0.1)", "4 (8)", "1.3 (0.2)"], ["Stroke", "5 (9)", "2.2 (0.3)", "6 (9)", "2.3 (0.4)"]]
    )
    sheet.rule(60, 480, end - 6)
    (table,) = sheet.read().tables
    assert table.column_heads == ["Outcome", "Treated n (%)", "Treated Mean (SD)", "Control n (%)", "Control Mean (SD)"]
    assert table.header_rows == 2


def test_short_labels_do_not_run_on(sheet: Sheet) -> None:
    """``No`` over the next variable's head row stays a row of its own, though each has a value the other lacks."""
    body = [["Insurance", "", "", "0.01"], ["Yes", "5 (10.0)", "", ""], ["No", "6 (12.0)", "", ""], ["Diabetes", "", "", "0.16"]]
    ruled(sheet, body=[*body, ["Yes", "7 (14.0)", "", ""]])
    assert [row[0] for row in sheet.read().tables[0].rows] == ["Variable", "Insurance", "Yes", "No", "Diabetes", "Yes"]
