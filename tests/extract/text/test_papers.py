"""The five reference papers: shapes, heads and chosen cells of every table."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterproof.extract.text import parse
from counterproof.kb.document import Document, Table

SHAPES = {
    "early-failure": [("Table 1", 8, 11), ("Table 2", 21, 4), ("Table 3", 20, 4), ("Table 4", 20, 4), ("Table 5", 16, 4)],
    "m1-longterm": [("Table 1", 34, 2), ("Table 2", 7, 3)],
    "sysu-stage4": [("Table 1", 36, 2), ("Table 2", 41, 2), ("Table 3", 9, 3), ("Table 4", 10, 5), ("Table 5", 11, 4)],
    "early-relapse-editorial": [],
    "radiotherapy-review": [("Table 1", 0, 0)],
}


def read(shared: Path, name: str) -> Document:
    path = shared / "papers" / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"{path} is missing")
    return parse(path.read_bytes(), path.name)


def row(table: Table, label: str) -> list[str]:
    return next(cells for cells in table.rows if cells[0] == label)


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(shared: Path, name: str) -> None:
    assert [(table.label, table.n_rows, table.n_columns) for table in read(shared, name).tables] == SHAPES[name]


def test_early_failure(shared: Path) -> None:
    listing, demographics, operations, pathology, outcomes = read(shared, "early-failure").tables
    arms = ["Early failure group (n = 7)", "Control group (n = 100)", "P-value"]
    assert demographics.column_heads == ["Characteristic", *arms]
    assert operations.column_heads == outcomes.column_heads == ["Variable", *arms]
    assert pathology.column_heads[1:] == ["Early failure group that underwent resection (n = 4)", *arms[1:]]
    assert listing.column_heads[-1] == "Follow-up duration (mo)"
    assert listing.rows[4] == ["4", "cT3N0", "3.4", "3", "-", "Yes", "66", "Lung", "91", "Chemotherapy VATS", "14.5"]
    assert row(demographics, "cT stage") == ["cT stage", "", "", "0.431"]
    assert row(operations, "Resection of primary tumor") == ["Resection of primary tumor", "4 (57.1)", "100 (100)", "<0.001"]
    assert row(pathology, "1 : 2 : 3 : 4 : 5")[2:] == ["5 : 3 : 10 : 16 : 0 (n = 34)", "0.240"]
    assert row(pathology, "Mean tumor size after CRT (cm)") == ["Mean tumor size after CRT (cm)", "2", "3", "0.175"]
    assert row(outcomes, "Adjuvant chemotherapy") == ["Adjuvant chemotherapy", "-", "", "NA"]
    assert row(outcomes, "Mean follow-up (mo)") == ["Mean follow-up (mo)", "11.2", "33.0", "0.001"]
    assert operations.row_levels == (0, 0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
    p_values = [
        cells[3] for table in (demographics, operations, pathology, outcomes) for cells in table.rows[1:] if cells[3] not in ("", "NA")
    ]
    assert len(p_values) == 32


def test_m1_longterm(shared: Path) -> None:
    patients, recurrences = read(shared, "m1-longterm").tables
    assert patients.column_heads == ["Characteristic", "Results (N = 50)"]
    assert row(patients, "1-3") == ["1-3", "36 (72)"]
    assert row(patients, "1") == ["1", "5 (10)"]
    assert patients.row_levels[1:5] == (0, 1, 0, 1)
    assert recurrences.column_heads == ["Anatomic location", "Frequency", "Percentage"]
    assert row(recurrences, "Liver, lung and lymph nodes") == ["Liver, lung and lymph nodes", "2", "5.6"]


def test_sysu_stage4(shared: Path) -> None:
    patients, treatment, sites, hazards, harms = read(shared, "sysu-stage4").tables
    assert patients.column_heads == ["Characteristics", "No. of patients (%)"]
    assert [note.mark for note in patients.footnotes] == ["a", "b", ""]
    assert row(patients, "Low (0-5 cm)") == ["Low (0-5 cm)", "61 (26.8)"]
    assert row(patients, "No. of liver metastases") == ["No. of liver metastases", "n = 116"]
    assert row(treatment, "> 6") == ["> 6", "74 (32.5)"]
    assert treatment.rows[-1] == ["Rectal radiotherapy expanded for lymph node", "28 (12.3)"]
    assert sites.column_heads == ["Location", "During treatment", "After treatment"]
    assert hazards.column_heads[1:3] == ["Univariable analysis Hazard ratio", "Univariable analysis P"]
    assert row(hazards, "CEA (> 5 or ≤ 5)") == ["CEA (> 5 or ≤ 5)", "1.17 (0.71, 1.92)", "0.531", "", ""]
    assert row(hazards, "cT category (IV vs II-III)")[3:] == ["0.98 (0.62, 1.54)", "0.916"]
    assert sum(bool(cells[c]) for cells in hazards.rows[2:] for c in (2, 4)) == 10
    assert harms.column_heads == ["Events", "Grade 3", "Grade 4", "Total no. of patients"]
    assert harms.rows[-1] == ["Abscess", "1", "0", "1"]


def test_prose_is_whole(shared: Path) -> None:
    sysu = read(shared, "sysu-stage4").text
    assert "Page 5 of" not in sysu
    assert "The median PFS of the 112 patients was 24.7" in sysu
    assert "sphincter-saving surgery, emergency surgery" in read(shared, "early-failure").text
    assert len(read(shared, "radiotherapy-review").references) == 8
