"""The shapes of table cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.kb.cells import read_cell

CELLS = [
    ("", "blank", ""), ("–", "missing", ""), ("N/A", "missing", ""), ("Male", "text", ""), ("Grade 3", "text", ""),
    ("N (3)", "text", ""), ("12 (N)", "text", ""),
    ("57.1*", "number", "value 57.1"), ("24.5 mg/dL", "number", "value 24.5"), ("P < .001", "number", "p < .001"),
    ("n = 7", "size", "size 7"), ("N=126", "size", "size 126"), ("(n = 34)", "size", "size 34"),
    ("90.8 (9.6)", "bracket", "value 90.8, bracketed 9.6"), ("5 (71.4%)", "bracket", "value 5, bracketed 71.4%"),
    ("106(24.3)", "bracket", "value 106, bracketed 24.3"), ("27.1 (SD 4.5)", "bracket", "value 27.1, bracketed 4.5"),
    ("4 (57.1)ᵃ, P = .03", "bracket", "value 4, bracketed 57.1, p .03"),
    ("57.1 ± 9.8", "plus_minus", "value 57.1, spread 9.8"), ("57.1 (±9.8)", "plus_minus", "value 57.1, spread 9.8"),
    ("57.1 +/- 9.8", "plus_minus", "value 57.1, spread 9.8"), ("6,7 ± 1,8*", "plus_minus", "value 6,7, spread 1,8"),
    ("33/196", "fraction", "numerator 33, denominator 196"),
    ("1022/2734 (37%)", "fraction_percent", "numerator 1022, denominator 2734, bracketed 37%"),
    ("12 of 45 (27%)", "fraction_percent", "numerator 12, denominator 45, bracketed 27%"),
    ("16.8% (33/196)", "percent_fraction", "value 16.8%, numerator 33, denominator 196"),
    ("1.62 (0.62, 2.58)", "interval", "value 1.62, low 0.62, high 2.58"), ("66 (59–75)", "interval", "value 66, low 59, high 75"),
    ("3 [2; 5]", "interval", "value 3, low 2, high 5"), ("1.5 (95% CI 1.1–2.0)", "interval", "value 1.5, low 1.1, high 2.0"),
    ("−0.3 (−0.5 to −0.1)", "interval", "value −0.3, low −0.5, high −0.1"), ("68 62–74", "interval", "value 68, low 62, high 74"),
    ("1.49 (0.96-2.31), P=.075", "interval", "value 1.49, low 0.96, high 2.31, p .075"),
    ("1.98; −0.54 to 4.49; 0.122", "interval", "value 1.98, low −0.54, high 4.49, extra 0.122"),
    ("93% (47 to 99; 0.0101)", "interval", "value 93%, low 47, high 99, extra 0.0101"),
    ("HR 0.72 (95% CI, 0.5 to 0.9; P = 0.03)", "interval", "value 0.72, low 0.5, high 0.9, p 0.03"),
    ("56.3 (9.8) [34–78]", "bracket_interval", "value 56.3, bracketed 9.8, low 34, high 78"),
    ("12 (34%; 25–44)", "bracket_interval", "value 12, bracketed 34%, low 25, high 44"),
    ("3.3-93.4", "range", "low 3.3, high 93.4"), ("[−0.440; 0.678]", "range", "low −0.440, high 0.678"),
    ("0 : 0 : 4", "ratio_list", "item 0, item 0, item 4"), ("0.212 0.153", "several", "value 0.212, value 0.153"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shape", "parts"), CELLS)
def test_shape_and_roles(text: str, shape: str, parts: str) -> None:
    cell = read_cell(text)
    assert (cell.shape, ", ".join(f"{part.role} {part.number.text}" for part in cell.parts)) == (shape, parts)


@pytest.mark.parametrize(("text", "shape"), [("110 (100,120)", "interval"), ("1500 (1,234)", "bracket"), ("12 (8,955)", "bracket")])
def test_limits_without_a_space_behind_their_comma(text: str, shape: str) -> None:
    assert read_cell(text).shape == shape


def test_labels_and_marks_are_kept_apart() -> None:
    assert read_cell("45 (IQR 36–60)").label == "IQR"
    assert read_cell("0.30ᵃ").marks == ("ᵃ",)


@given(st.text(alphabet="0123456789.,·-−–+<>=≤ ()[]%×±/:;e^{}⁻⁵abPnto\n", max_size=120))
def test_parts_lie_in_the_cell_in_order(text: str) -> None:
    end = 0
    for part in read_cell(text).parts:
        assert end <= part.start < part.end <= len(text)
        assert text[part.start : part.end] == part.number.text
        end = part.end
