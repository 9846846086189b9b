"""The columnar reading of numbers keeps the rules of ``kb.numbers``."""

from __future__ import annotations

import numpy as np
import pytest

from counterproof.kb import numbers
from counterproof.queries.statistics.rounding import read_numbers, read_p, read_p_values

TEXTS = ["0.034", "12", "-3.2", "0", "0.0", "5,040", "0,5", "12%", "1.50", "2.1E-6", "−0.7", "0·91"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("truncated", [False, True])
def test_boxes_agree(text: str, truncated: bool) -> None:
    number = numbers.read_number(text)
    assert number is not None
    window = numbers.truncation_window(number) if truncated else numbers.rounding_window(number)
    low, high = read_numbers(np.array([text], dtype=object)).box(truncated)
    assert low[0] == pytest.approx(window[0], rel=1e-9, abs=1e-12)
    assert high[0] == pytest.approx(window[1], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("text", ["0.034", "<0.001", ">0.05", "0.000", "1.0", "≤0.05", "2.1E-6", "1"])
@pytest.mark.parametrize("truncated", [False, True])
def test_windows_agree(text: str, truncated: bool) -> None:
    number = numbers.read_number(text) or numbers.find_numbers(text)[0].number
    window = numbers.p_window(number, truncated=truncated)
    low, high = read_p_values(np.array([text], dtype=object)).window(np.array([0.05]), truncated)
    assert (low[0], high[0]) == pytest.approx(window, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "read"),
    [("P = .03", (0.03, 0.01, "=")), ("p<.05", (0.05, 0.01, "<")), ("NS", (None, None, "NS")), ("n.s.", (None, None, "NS")),
     ("097", (None, None, "?")), ("", (None, None, "?")), ("1.2", (None, None, "?")), ("see text", (None, None, "?"))],
)  # fmt: skip
def test_p_values(text: str, read: tuple[float | None, float | None, str]) -> None:
    value, unit, comparator = read_p(text)
    assert comparator == read[2]
    if read[0] is not None:
        assert (value, unit) == pytest.approx(read[:2])
