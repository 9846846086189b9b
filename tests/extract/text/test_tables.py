"""Tables without layout: the classes of trouble that exports bring, each in a small made-up table."""

from __future__ import annotations

from counterproof.extract.text import parse
from counterproof.kb.document import Document, Table


def document_of(body: str) -> Document:
    text = f"RESULTS\n\nThe arms are shown below, as the protocol had asked for in advance.\n\n{body}"
    return parse(text.encode(), "made.txt")


def table_of(body: str) -> Table:
    tables = document_of(body).tables
    assert len(tables) == 1
    return tables[0]


TWO_ARMS = """Table 1. Who took part

Variable
New drug \narm \n(n = 8)

Placebo \narm \n\n(n = 90)
P-value

Age (yr) 59 60 0.955

Sex, male : female 4 : 4 61 : 29 0.444

Tumour grade 0.431

   Low 1 (12.5) 5 (5.6)

   High 7 (87.5) 85 (94.4)

Grades at end

   0 : 1 : 2 0 : 4 : 4 13 : 42 : 35 0.034

Mean size at the end
(cm)

2 3 0.175

Later drug - NA

   None - 19 (21.1)

   Some - 71 (78.9)

Values are given as number (%) unless said otherwise.
NA, not applicable.
"""


def test_heads_wrapped_over_lines() -> None:
    table = table_of(TWO_ARMS)
    assert table.column_heads == ["Variable", "New drug arm (n = 8)", "Placebo arm (n = 90)", "P-value"]
    assert (table.label, table.caption, table.header_rows) == ("Table 1", "Who took part", 1)


def test_rows_levels_and_a_p_on_a_head_row() -> None:
    table = table_of(TWO_ARMS)
    assert table.rows[3] == ["Tumour grade", "", "", "0.431"]
    assert table.rows[4:6] == [["Low", "1 (12.5)", "5 (5.6)", ""], ["High", "7 (87.5)", "85 (94.4)", ""]]
    assert table.row_levels[3:6] == (0, 1, 1)


def test_label_of_numbers_and_label_parted_from_its_values() -> None:
    table = table_of(TWO_ARMS)
    assert table.rows[7] == ["0 : 1 : 2", "0 : 4 : 4", "13 : 42 : 35", "0.034"]
    assert table.rows[8] == ["Mean size at the end (cm)", "2", "3", "0.175"]


def test_a_dash_stands_over_the_dashes_below_it() -> None:
    table = table_of(TWO_ARMS)
    assert table.rows[9] == ["Later drug", "-", "", "NA"]
    assert table.rows[10] == ["None", "-", "19 (21.1)", ""]


def test_notes_are_no_rows() -> None:
    table = table_of(TWO_ARMS)
    assert table.n_rows == 12
    assert table.footnotes[0].text.startswith("Values are given")
    assert "not applicable" in table.footnotes[-1].text


ONE_ARM = """Table 2 Patients and tumours \n(n = 50)

a  Given as median (range). bWith percents unless said \notherwise

Abbreviations: XYZ index of things, QRS another index

Characteristics No. of patients (%) b

Age at start a (years) 56 (25–81)

Interval from start to end – days

Median (range) 11 (3-44)

Lesions in the liver n = 40

 1–3 26 (65.0)

 >  3 14 (35.0)

Dose

 5 × 5Gy 24 (48.0)

 Depth (0-5 cm) 26 (52.0)
 was not altered by the new drug, as many had thought it would be
before the trial; nor was it altered by the old drug or by none at
all, which came as no surprise.
"""


def test_notes_before_the_head_and_marks() -> None:
    table = table_of(ONE_ARM)
    assert [(note.mark, note.text) for note in table.footnotes][:2] == [
        ("a", "Given as median (range)."),
        ("b", "With percents unless said otherwise"),
    ]
    assert table.grid[1][0] is not None
    assert (table.grid[1][0].text, table.grid[1][0].marks) == ("Age at start (years)", ("a",))
    assert table.column_heads == ["Characteristics", "No. of patients (%)"]


def test_numbers_in_labels_and_a_row_with_its_own_size() -> None:
    rows = table_of(ONE_ARM).rows
    assert ["Lesions in the liver", "n = 40"] in rows
    assert ["1–3", "26 (65.0)"] in rows
    assert ["> 3", "14 (35.0)"] in rows
    assert ["5 × 5Gy", "24 (48.0)"] in rows


def test_prose_behind_the_last_row_is_prose() -> None:
    document = document_of(ONE_ARM)
    assert document.tables[0].rows[-1] == ["Depth (0-5 cm)", "26 (52.0)"]
    assert any(block.kind == "paragraph" and "was not altered by the new drug" in block.text for block in document.blocks)


def test_univariable_and_multivariable_blocks() -> None:
    table = table_of(
        """Table 3 Hazards of relapse

Univariable analysis Multivariable analysis

Factor Hazard ratio P Hazard ratio P

Age (> 60 vs ≤ 60) 1.15 (0.72, 1.84) 0.553

Stage (3 vs 1-2) 1.62 (1.02, 2.58) 0.045 0.98 (0.62, 1.54) 0.916

Sex (M vs F) 1.04 (0.65, 1.67) 0.865

Nodes (yes vs no) 1.45 (1.06, 2.64) 0.028 1.32 (1.02, 2.04) 0.041
"""
    )
    assert table.column_heads == [
        "Factor",
        "Univariable analysis Hazard ratio",
        "Univariable analysis P",
        "Multivariable analysis Hazard ratio",
        "Multivariable analysis P",
    ]
    assert table.rows[2] == ["Age (> 60 vs ≤ 60)", "1.15 (0.72, 1.84)", "0.553", "", ""]
    assert table.rows[3][3:] == ["0.98 (0.62, 1.54)", "0.916"]


def test_first_section_row_is_not_a_head() -> None:
    table = table_of(
        "Table 4 Harms\n\nEvents Grade 3 Grade 4 Total \nno. of \npatients\n\nOf the drug\n\n Fever 23 4 27\n\n"
        " Rash 5 0 5\n\nOf surgery\n\n Leak 8 6 14\n"
    )
    assert table.column_heads == ["Events", "Grade 3", "Grade 4", "Total no. of patients"]
    assert table.rows[1] == ["Of the drug", "", "", ""]
    assert table.row_levels == (0, 0, 1, 1, 0, 1)


def test_levels_without_indents() -> None:
    table = table_of(
        "Table 5 Surgery\n\nVariable\nA (n = 40)\nB (n = 50)\nP-value\n\nDone 39 (97.5) 50 (100) 0.4\n\nApproach 0.471\n\n"
        "Robot 20 (51.3) 25 (50)\n\n"
        "Open 19 (48.7) 25 (50)\n\nTime (min) 353 285 0.114\n\nHarm 10 (25) 12 (24) 0.9\n\nMinor 7 (17.5) 8 (16)\n\n"
        "Major 3 (7.5) 4 (8)\n\nDeath 0 (0) 1 (2) 0.99\n"
    )
    assert table.row_levels == (0, 0, 0, 1, 1, 0, 0, 1, 1, 0)


def test_listing_of_patients() -> None:
    table = table_of(
        "Table 6. Each patient\n\nPatient No.\nStage\n\nSize (cm)\n\nOperated\n\nSite\n\nFollow-up (mo)\n\n"
        "1 T3N2 6.1 No Bone, pelvis 3.6\n\n2 T4N2 4 Yes Lung 7.0\n\n"
        "3 T3N0 - Yes Many bones 14.5\n\n4 T2N1 5.2 No Lung 8.8\n\nNo., number.\n"
    )
    assert table.column_heads == ["Patient No.", "Stage", "Size (cm)", "Operated", "Site", "Follow-up (mo)"]
    assert table.rows[1] == ["1", "T3N2", "6.1", "No", "Bone, pelvis", "3.6"]
    assert table.rows[3] == ["3", "T3N0", "-", "Yes", "Many bones", "14.5"]


def test_a_running_head_inside_a_table() -> None:
    table = table_of(
        "Table 7 Counts\n\nItem\nA (n = 9)\nB (n = 9)\n\nRed 4 (44) 5 (56)\n\nPage 4 of 9Doe et al. J Trials (2020) 4:12\n\n"
        "Blue 5 (56) 4 (44)\n"
    )
    assert [row[0] for row in table.rows] == ["Item", "Red", "Blue"]


def test_a_table_in_one_line_is_recorded_but_not_guessed() -> None:
    text = (
        "The plans are shown (Table 1).Table 1. Plans for the two kinds of disease.SettingPlanKey steps"
        "Role of raysResectable diseaseSurgery "
        "firstRays laterRays may spare surgeryOther diseaseDrugs firstRays laterRelief."
    )
    document = parse(text.encode(), "page.txt")
    assert [(table.label, table.n_rows, table.confidence) for table in document.tables] == [("Table 1", 0, 0.0)]
    assert document.tables[0].caption == "Plans for the two kinds of disease"
    assert document.status == "partial"
    assert "Table 1" in document.problems[0]


def test_dense_export_without_blank_lines() -> None:
    table = table_of(
        "Table 8: Findings of both arms in all who stayed to the end.\nWith drug (n = 33)\nWithout\ndrug (n = 25) p value\n"
        "Male, n (%) 15 (48.4) 9 (50.6) 0.903\n"
        "Time from the first\nvisit, mean ± SD, y 12 ± 8.0 11 ± 7.1 0.67\nTotal retinal\nthickness\n44.7 ± 5.8 47.6 ± 7.3 0.14\n"
    )
    assert table.column_heads == ["", "With drug (n = 33)", "Without drug (n = 25)", "p value"]
    assert table.rows[2] == ["Time from the first visit, mean ± SD, y", "12 ± 8.0", "11 ± 7.1", "0.67"]
    assert table.rows[3] == ["Total retinal thickness", "44.7 ± 5.8", "47.6 ± 7.3", "0.14"]


def test_a_sentence_that_names_a_table_opens_none() -> None:
    assert document_of("Table 2 shows that the arms were alike (P = 0.5).\n").tables == ()


def test_a_table_that_goes_on_is_one_table() -> None:
    table = table_of("Table 9 Counts\n\nItem\nA (n = 9)\nB (n = 9)\n\nRed 4 (44) 5 (56)\n\nTable 9 (continued)\n\nBlue 5 (56) 4 (44)\n")
    assert [row[0] for row in table.rows] == ["Item", "Red", "Blue"]
