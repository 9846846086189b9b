"""Intervals in all their punctuation; and no reader fails or stalls on hostile text."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterproof.kb.cells import read_cell
from counterproof.kb.intervals import read_intervals
from counterproof.kb.numbers import find_numbers, read_number
from counterproof.kb.p_cells import read_p_cell
from counterproof.kb.p_values import read_p_values

INTERVALS = [
    ("HR 0.72, 95% CI 0.30 to 2.89", "0.72 [0.30 2.89] 95% confidence"),
    ("in 31% (95% CI, 61.5 to 73.8%)", "31% [61.5 73.8%] 95% confidence"),
    ("[0.440; 0.678]", "None [0.440 0.678] None unnamed"),
    ("1.49 (0.96-2.31), P=.075", "1.49 [0.96 2.31] None unnamed"),
    ("1.62 (0.62, 2.58)", "1.62 [0.62 2.58] None unnamed"),
    ("−0.3 (−0.5 to −0.1)", "−0.3 [−0.5 −0.1] None unnamed"),
    ("0 (−3.27; +1.51)", "0 [−3.27 +1.51] None unnamed"),
    ("84.9 (36–200.4)", "84.9 [36 200.4] None unnamed"),
    ("of 72.4 (CI95% 0.3–0.9)", "72.4 [0.3 0.9] 95% confidence"),
    ("−1.4 (95% CI −2.6-(−0.21))", "−1.4 [−2.6 −0.21] 95% confidence"),
    ("0.67, 95% confidence interval; 0.46–0.99", "0.67 [0.46 0.99] 95% confidence"),
    ("CI 95% 0.3–0.9", "None [0.3 0.9] 95% confidence"),
    ("95% CI of 0.3 and 0.9", "None [0.3 0.9] 95% confidence"),
    ("median 45 years (IQR 36–60)", "45 [36 60] None quartiles"),
    ("median 45 (range, 18 to 79)", "45 [18 79] None range"),
    ("90% CrI: 0.5, 0.9", "None [0.5 0.9] 90% credible"),
]


@pytest.mark.parametrize(("text", "interval"), INTERVALS)
def test_an_interval_has_limits_level_and_estimate(text: str, interval: str) -> None:
    (found,) = read_intervals(text)
    estimate = found.estimate.number.text if found.estimate else None
    level = found.level.number.text if found.level else None
    assert f"{estimate} [{found.low.number.text} {found.high.number.text}] {level} {found.kind}" == interval


@pytest.mark.parametrize("text", ["as in [12, 13] and [14–16]", "3–6 months", "ages (18, 65)", "between 3 and 5"])
def test_citations_and_bare_ranges_are_no_intervals(text: str) -> None:
    assert read_intervals(text) == []


READERS: list[Callable[[str], object]] = [find_numbers, read_number, read_cell, read_p_cell, read_p_values, read_intervals]
UNITS = [
    "9",
    "1,",
    ",123",
    ".",
    "0.",
    " ",
    "-",
    "1-",
    "P",
    "P = ",
    "a",
    "1a",
    "(",
    "1 (",
    "^{",
    "*",
    "⁰",
    "× 10",
    "95% CI ",
    "0,1",
    "P for a",
    "n.s",
]


@pytest.mark.parametrize("unit", UNITS)
def test_long_hostile_text_is_read_in_one_go(unit: str) -> None:
    for reader in READERS:
        for tail in ("", "x", "!"):
            reader((unit * 5_000)[:5_000] + tail)


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_no_reader_ever_raises(text: str) -> None:
    for reader in READERS:
        reader(text)
