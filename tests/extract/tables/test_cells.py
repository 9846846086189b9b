"""Cells as papers print them: commas left behind by marks, brackets closed twice, a size of the cell's own."""

from collections.abc import Callable

import pytest

from counterproof.extract.tables.cells import read as read_value
from counterproof.kb.cells import read_cell
from tests.extract.tables.conftest import Read


@pytest.mark.parametrize(
    ("text", "shape", "values"),
    [
        ("6.10±1.25,", "plus_minus", [6.1, 1.25]),
        ("(15.2 ± 31.7)", "plus_minus", [15.2, 31.7]),
        ("8.1 (3.9) %", "bracket", [8.1, 3.9]),
        ("-0.20 (-0.30; -0.004))", "interval", [-0.2, -0.3, -0.004]),
    ],
)
def test_what_clings_to_a_cell_does_not_hide_its_numbers(text: str, shape: str, values: list[float]) -> None:
    found = read_cell(text)
    assert (found.shape, [part.number.value for part in found.parts]) == (shape, values)
    assert [text[part.start : part.end] for part in found.parts] == [part.number.text for part in found.parts]


@pytest.mark.parametrize("text", ["12.5 (3.1) (n = 27)", "12.5 (3.1); (27)", "12.5 (3.1) n = 27", "12.5 (3.1), N=27"])
def test_a_size_of_the_cells_own_stands_apart(text: str) -> None:
    found = read_value(text)
    assert found.values == (12.5, 3.1)
    assert found.size is not None
    assert found.size.number.value == 27


def test_an_arm_whose_cells_end_in_the_comma_before_their_marks_is_read(read: Callable[..., Read]) -> None:
    got = read("Motion | Fused (n = 8) | Free (n = 8) | P\nBending, mean ± SD | 6.1±1.2, | 9.4±0.8 | 0.001")
    assert got.numbers("Bending", "Fused") == {"mean": "6.1", "sd": "1.2"}
