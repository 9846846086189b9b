"""Values peeled from the right end of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract.text.values import peel

CASES = [
    ("Nodal stage 0.431", "Nodal stage", ["0.431"]),
    ("Sphincter kept 4 (57.1) 100 (100) <0.001", "Sphincter kept", ["4 (57.1)", "100 (100)", "<0.001"]),
    ("Resection margin < 1 mm 12 (8.0) 3 (2.0) P < 0.05", "Resection margin < 1 mm", ["12 (8.0)", "3 (2.0)", "P < 0.05"]),
    ("5 × 5 Gy 24 (10.5)", "5 × 5 Gy", ["24 (10.5)"]),
    ("Depth (0-5 cm) 61 (26.8)", "Depth (0-5 cm)", ["61 (26.8)"]),
    ("Marker (> 5 or ≤ 5 a,b) 1.17 (0.71, 1.92) 0.531", "Marker (> 5 or ≤ 5 a,b)", ["1.17 (0.71, 1.92)", "0.531"]),
    ("Median (range) 59 (35-75)", "Median (range)", ["59 (35-75)"]),
    ("Dose (cGy) 5,040 5,040 0.591", "Dose (cGy)", ["5,040", "5,040", "0.591"]),
    ("Grades 0 : 0 : 0 : 4 13 : 18 : 35 : 0 0.034", "Grades", ["0 : 0 : 0 : 4", "13 : 18 : 35 : 0", "0.034"]),
    ("Scored 0 : 1 : 3 5 : 3 : 10 (n = 18) 0.2", "Scored", ["0 : 1 : 3", "5 : 3 : 10 (n = 18)", "0.2"]),
    ("Ratio of sexes (M: F) 160: 68", "Ratio of sexes (M: F)", ["160: 68"]),
    ("Stoma n = 73", "Stoma", ["n = 73"]),
    ("Adjuvant drugs - NA", "Adjuvant drugs", ["-", "NA"]),
    ("No drug - 19 (19)", "No drug", ["-", "19 (19)"]),
    ("BMI 23.1±3.2 24.0 ± 3.1 .12", "BMI", ["23.1±3.2", "24.0 ± 3.1", ".12"]),
    ("Effect −0.5 (−1.2 to 0.3) 0.22", "Effect", ["−0.5 (−1.2 to 0.3)", "0.22"]),
    ("Fever 12/34 (35.3%) 3/30 (10%) 0.02*", "Fever", ["12/34 (35.3%)", "3/30 (10%)", "0.02*"]),
    ("Hazard 1.2 (95% CI 0.8–1.5)", "Hazard", ["1.2 (95% CI 0.8–1.5)"]),
    ("Women 1.00 (ref)", "Women", ["1.00 (ref)"]),
    ("Dose 2.1 × 10−5", "Dose", ["2.1 × 10−5"]),
    ("a sentence that ends in no value.", "a sentence that ends in no value.", []),
]


@pytest.mark.parametrize(("line", "label", "values"), CASES)
def test_label_and_values(line: str, label: str, values: list[str]) -> None:
    peeled = peel(line)
    assert (peeled.label, [value.text for value in peeled.values]) == (label, values)


@given(st.text(alphabet="0123456789.,:()-–±/ %<>n=PNA*abc", max_size=120))
def test_nothing_is_lost_or_invented(line: str) -> None:
    peeled = peel(line)
    parts = [peeled.label, *(value.text for value in peeled.values)]
    assert "".join(" ".join(parts).split()) == "".join(line.split())


def test_long_runs_take_linear_time() -> None:
    for hostile in ("1" * 20_000, "1 : " * 5_000, "(1 " * 5_000, "< " * 5_000, "1,000" * 4_000):
        peel(hostile)
