"""Numbers as printed: what is read, what is none, and what rounding lets each have been."""

import math
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.kb.numbers import ReportedNumber, find_numbers, p_window, read_number, rounding_window, truncation_window

READINGS = [
    ("0.635", 0.635, 3, "="), (".9812", 0.9812, 4, "="), ("0·91", 0.91, 2, "="), ("0 · 09", 0.09, 2, "="), ("0,011", 0.011, 3, "="),
    ("6,7", 6.7, 1, "="), (",384", 0.384, 3, "="), ("5,040", 5040, 0, "="), ("20 000", 20000, 0, "="), ("20\u2009345", 20345, 0, "="),
    ("1,234,567", 1234567, 0, "="), ("2.1 × 10⁻⁵", 2.1e-5, 6, "="), ("2 × 10-14", 2e-14, 14, "="), ("2.1E-6", 2.1e-6, 7, "="),
    ("5.6490e-4", 5.649e-4, 8, "="), ("2.0E‐8", 2e-8, 9, "="), ("10⁻⁵", 1e-5, 5, "="), ("5.6 × 10⁹", 5.6e9, -8, "="),
    ("−4.55", -4.55, 2, "="), ("-2", -2, 0, "="), ("–2.0", -2, 1, "="), ("− 4.9", -4.9, 1, "="), ("+1.51", 1.51, 2, "="),
    ("<0.001", 0.001, 3, "<"), ("< .001", 0.001, 3, "<"), ("⩽0.05", 0.05, 2, "≤"), ("<= 0.05", 0.05, 2, "≤"), ("=<.0001", 0.0001, 4, "<"),
    (">0.99", 0.99, 2, ">"), ("~3", 3, 0, "≈"), ("６．５％", 6.5, 1, "="), ("0.30ᵃ", 0.3, 2, "="), ("0.042*", 0.042, 3, "="),
    ("0.038b", 0.038, 3, "="), ("12.5%", 12.5, 1, "="), ("-€165", -165, 0, "="),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "decimals", "comparator"), READINGS)
def test_a_printed_number_keeps_value_decimals_and_comparator(text: str, value: float, decimals: int, comparator: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.value, number.decimals, number.comparator) == (value, decimals, comparator)


@pytest.mark.parametrize(("text", "unit"), [("45%", "%"), ("24.5 kg/m²", "kg/m²"), ("5 mg", "mg"), ("€12", "€"), ("5", None)])
def test_the_unit_is_kept(text: str, unit: str | None) -> None:
    number = read_number(text)
    assert number is not None
    assert number.unit == unit


@pytest.mark.parametrize(
    "text", ["", "NS", "3–4", "n = 7", "12 patients", "5 (3)", "< 0.0010.472", "097", "1.2.3", "12/03/2015", "0,120,240"]
)
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.3-93.4", [3.3, 93.4]),
        ("(-29.49 – 59.47)", [-29.49, 59.47]),
        ("−1.76–5.32", [-1.76, 5.32]),
        ("–2.0 – –1.0", [-2.0, -1.0]),
        ("−0.5 to −0.1", [-0.5, -0.1]),
        ("-2 (<0.001)", [-2, 0.001]),
        ("−7 −15 to 10.075", [-7, -15, 10.075]),
        ("57.1 +/- 9.8", [57.1, 9.8]),
        ("1022/2734 (37%)", [1022, 2734, 37]),
        ("grades 1,2 and 3", [1, 2, 3]),
        ("0,05 (0,01–1,2)", [0.05, 0.01, 1.2]),
        ("12-month, 5-item and 30-day", [12, 30]),
        ("5-FU, CA199, T3N1-2, pT2, IL-6, SF-36, 18F-FDG", []),
        ("12 May 2004, March 2011, 3/12/2015, 2014-02-03", []),
        ("https://a.org/12 10.1136/bmj.12 v1.2.3 2nd", []),
        ("cells (10⁹/L) and 5.6×10⁹/L", [5.6e9]),
        ("3 x 10-12 repetitions", [3]),
        ("patients.12 The 3", [3]),
        ("𝑃=𝟎.𝟎𝟓", [0.05]),
    ],
)
def test_numbers_of_running_text(text: str, values: list[float]) -> None:
    assert [found.number.value for found in find_numbers(text)] == values


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from(["-", "−", "–"]), st.sampled_from([".", "·"]))
def test_printing_then_reading_gives_the_number_back(digits: int, decimals: int, minus: str, point: str) -> None:
    value = Decimal(digits).scaleb(-decimals)
    number = read_number(f"{value:f}".replace("-", minus).replace(".", point))
    assert number is not None
    assert (number.value, number.decimals) == (float(value), decimals)


@given(st.integers(1000, 10**9), st.sampled_from([",", "\u2009", "\u202f", "\u00a0", "’"]))
def test_thousands_separators_are_read_away(value: int, separator: str) -> None:
    number = read_number(f"{value:,}".replace(",", separator))
    assert number is not None
    assert number.value == value


@given(st.floats(0.1, 9.9), st.integers(0, 3), st.integers(-30, 12))
def test_powers_of_ten_in_every_notation(mantissa: float, places: int, power: int) -> None:
    digits = f"{mantissa:.{places}f}"
    raised = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    readings = [read_number(text) for text in (f"{digits} × 10{raised}", f"{digits}×10^{power}", f"{digits}e{power:+d}")]
    assert all(r is not None and (r.value, r.decimals) == (float(f"{digits}e{power}"), places - power) for r in readings)


@given(st.decimals(-1000, 1000, allow_nan=False, places=7), st.integers(0, 4))
def test_the_windows_hold_every_value_that_prints_so(value: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        printed = value.quantize(step, rounding)
        low, high = rounding_window(ReportedNumber(f"{printed:f}", float(printed), places))
        assert low <= float(value) <= high
    printed = value.quantize(step, ROUND_DOWN)
    low, high = truncation_window(ReportedNumber(f"{printed:f}", float(printed), places))
    assert low <= float(value) <= high


def test_windows_of_comparators() -> None:
    def window(text: str) -> tuple[float, float]:
        number = read_number(text)
        assert number is not None
        return p_window(number)

    assert window("<0.001") == (0.0, 0.001)
    assert window("≤0.05") == (0.0, 0.05)
    assert window(">0.05") == (0.05, 1.0)
    assert window("0.034") == pytest.approx((0.0335, 0.0345), abs=1e-15)
    assert window("1.00") == pytest.approx((0.995, 1.0))
    assert window("≈0.03") == pytest.approx((0.02, 0.04))
    assert p_window(ReportedNumber("NS", None)) == (0.05, 1.0)


def test_windows_are_no_wider_than_rounding_lets_them_be() -> None:
    low, high = rounding_window(ReportedNumber("12.5", 12.5, 1))
    assert (low, high) == pytest.approx((12.45, 12.55), abs=1e-13)
    low, high = truncation_window(ReportedNumber("12.5", 12.5, 1))
    assert (low, high) == pytest.approx((12.5, 12.6), abs=1e-13)


@given(st.text(alphabet="0123456789.,·-−–+<>=≤ ()[]%×e^{}⁻⁵abP\n", max_size=200))
def test_spans_fit_the_text_and_values_are_finite(text: str) -> None:
    end = 0
    for found in find_numbers(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.number.text
        assert found.number.value is not None
        assert math.isfinite(found.number.value)
        end = found.end


@given(st.from_regex(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,8})?", fullmatch=True))
def test_bare_digits_are_read_as_the_grammar_reads_them(text: str) -> None:
    (found,) = find_numbers(text, whole_cell=True)
    assert read_number(text) == found.number
    assert found.number.text == text
