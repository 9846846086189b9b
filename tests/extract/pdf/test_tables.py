"""Tables of every kind of layout, set here and read back cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterproof.extract.pdf.debug import draw
from tests.extract.pdf.setting import BODY, HEADS, XS, Sheet, ruled


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


def test_raised_marks_part_a_line_of_sizes_and_abbreviations_stand_apart(sheet: Sheet) -> None:
    """``ᵃn = 48; ᵇn = 45.``: what follows a raised mark is its note, though it begins with a letter alone."""
    sheet.text(60, 100, "Table 1. Characteristics", 9, "Times-Bold")
    sheet.rule(60, 480, 106)
    sheet.rows(118, XS, [HEADS])
    sheet.rule(60, 480, 124)
    sheet.rows(138, XS, BODY[:2])
    sheet.rule(60, 480, 168)
    for x, mark, text in ((60, "a", "n = 48;"), (100, "b", "n = 45.")):
        sheet.raised(x, 178, "", mark, 8)
        sheet.text(x + 6, 178, text, 7)
    sheet.text(60, 188, "Abbreviations: LVEF, ejection fraction of the left ventricle; NYHA, New York Heart Association.", 7)
    (table,) = sheet.read().tables
    notes = [(note.mark, note.text.partition(",")[0]) for note in table.footnotes]
    assert notes == [("a", "n = 48;"), ("b", "n = 45."), ("", "Abbreviations: LVEF")]


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
