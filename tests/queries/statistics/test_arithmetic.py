"""Rules of arithmetic: true for whatever real data print, false for published impossible examples."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.kb.numbers import ReportedNumber
from counterproof.queries.statistics import arithmetic


def printed(text: str) -> ReportedNumber:
    return ReportedNumber(text, float(text), len(text.partition(".")[2]))


def test_grim_of_published_examples() -> None:
    """Mean 5.19 of 28 whole numbers cannot be (Brown and Heathers 2017); 5.18 and 5.21 can."""
    assert not arithmetic.grim(printed("5.19"), 28)
    assert arithmetic.grim(printed("5.18"), 28)
    assert arithmetic.grim(printed("5.19"), 28, items=4)


@given(st.lists(st.integers(-20, 60), min_size=2, max_size=40), st.integers(0, 3))
def test_real_whole_numbers_always_pass(values: list[int], places: int) -> None:
    data = np.array(values)
    mean, sd = printed(f"{data.mean():.{places}f}"), printed(f"{data.std(ddof=1):.{places}f}")
    assert arithmetic.grim(mean, len(values))
    assert arithmetic.grimmer(mean, sd, len(values))
    assert arithmetic.mean_within_range(mean, printed(str(min(values))), printed(str(max(values))))
    assert arithmetic.sd_within_range(sd, printed(str(min(values))), printed(str(max(values))), len(values), mean)
    se = printed(f"{data.std(ddof=1) / math.sqrt(len(values)):.{places}f}")
    assert arithmetic.se_fits_sd(se, sd, len(values))
    quartiles = np.percentile(data, [0, 25, 50, 75, 100])
    assert arithmetic.in_order([printed(f"{q:.{places}f}") for q in quartiles])


@given(st.integers(2, 60), st.data(), st.integers(1, 3))
def test_real_zeros_and_ones_always_pass(n: int, data: st.DataObject, places: int) -> None:
    values = np.array([1.0] * data.draw(st.integers(0, n)) + [0.0] * n)[:n]
    assert arithmetic.debit(printed(f"{values.mean():.{places}f}"), printed(f"{values.std(ddof=1):.{places}f}"), n)


def test_impossible_summaries() -> None:
    assert not arithmetic.grimmer(printed("3.44"), printed("2.42"), 18)
    assert not arithmetic.debit(printed("0.44"), printed("0.60"), 18)
    assert not arithmetic.mean_within_range(printed("7.3"), printed("1"), printed("5"))
    assert not arithmetic.sd_within_range(printed("3.1"), printed("1"), printed("5"), 40)
    assert not arithmetic.in_order([printed("4"), printed("3"), None, printed("6")])
    assert not arithmetic.se_fits_sd(printed("2.1"), printed("2.1"), 30)


@given(st.integers(1, 300), st.data(), st.integers(0, 2))
def test_the_base_of_a_percent_is_among_its_bases(base: int, data: st.DataObject, places: int) -> None:
    count = data.draw(st.integers(0, base))
    percent = printed(f"{100 * count / base:.{places}f}")
    assert arithmetic.percent_fits(count, base, percent)
    assert base in arithmetic.bases(count, percent)


def test_percents_of_a_partition() -> None:
    assert arithmetic.percents_add_up([printed("33"), printed("33"), printed("33")])
    assert not arithmetic.percents_add_up([printed("33.3"), printed("33.3"), printed("30.3")])


@pytest.mark.parametrize(("text", "possible"), [("0.05", True), ("1.00", True), ("1.2", False), ("-0.1", False)])
def test_probability(text: str, possible: bool) -> None:
    assert arithmetic.probability(printed(text)) is possible
