"""How far arms differ at baseline, against scipy and against chance."""

import pytest
from scipy import stats

from counterproof.queries.baseline import Spread, dispersion, spread


def arms(*values: dict[str, str]) -> list[dict[str, object]]:
    return [{"variable": "Age", "arm_no": at, "mean": None, "sd": None, "count": None, **own} for at, own in enumerate(values)]


def test_means_give_the_square_of_t() -> None:
    """With two arms the chi-squared value has the P of Student's t, within the rounding of what is printed."""
    found = spread(arms({"mean": "61.00", "sd": "9.00", "n": "40"}, {"mean": "58.00", "sd": "8.00", "n": "42"}))
    t = stats.ttest_ind_from_stats(61, 9, 40, 58, 8, 42)
    assert found is not None
    assert found.low < stats.chi2.isf(t.pvalue, 1) < found.high
    assert found.high - found.low < 0.05


def test_equal_rounded_means_may_be_equal() -> None:
    """Under rounding, equal means have a least difference of nothing and a greatest one of something."""
    found = spread(arms({"mean": "61", "sd": "9", "n": "40"}, {"mean": "61", "sd": "8", "n": "42"}))
    assert found is not None
    assert found.low == 0
    assert found.high > 0


def test_counts_give_pearsons_chi_squared() -> None:
    """Counts against the rest, as scipy has it without correction."""
    found = spread(arms({"count": "12", "n": "40"}, {"count": "20", "n": "42"}, {"count": "15", "n": "41"}))
    expected = stats.chi2_contingency([[12, 20, 15], [28, 22, 26]], correction=False).statistic
    assert found is not None
    assert found.low == pytest.approx(expected)
    assert found.degrees == 2


def test_what_cannot_be_compared_gives_nothing() -> None:
    """Small expected numbers, missing sizes and a single arm give no value."""
    assert spread(arms({"count": "1", "n": "40"}, {"count": "0", "n": "42"})) is None
    assert spread(arms({"mean": "61", "sd": "9", "n": ""}, {"mean": "60", "sd": "9", "n": "42"})) is None
    assert spread(arms({"mean": "61", "sd": "9", "n": "40"})) is None


def test_dispersion_is_told_from_the_side_of_chance() -> None:
    """Wide rounding makes neither end rare; tight values do."""
    wide = dispersion([Spread("x", 0.0, 9.0, 1)] * 20)
    alike = dispersion([Spread("x", 0.0, 0.001, 1)] * 20)
    assert min(wide.too_alike, wide.too_different) > 0.5
    assert alike.too_alike < 1e-6
    assert dispersion([Spread("x", 9.0, 9.1, 1)] * 20).too_different < 1e-6
    assert 0.01 < dispersion([Spread("x", 1.0, 1.0, 1)] * 20).too_alike < 0.99
