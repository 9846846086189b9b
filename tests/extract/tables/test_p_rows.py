"""Rows whose label says that they hold P-values, whatever the P is of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


@pytest.mark.parametrize(
    ("label", "obstacle"),
    [
        ("P-trend", "trend_test"),
        ("Ptrend", "trend_test"),
        ("P trend", "trend_test"),
        ("p for trend", "trend_test"),
        ("P-interaction", "interaction_test"),
        ("Pheterogeneity", "interaction_test"),
        ("P homogeneity", "interaction_test"),
        ("P for non-inferiority", "margin_test"),
        ("P for equivalence", "margin_test"),
        ("P non-linearity", "trend_test"),
    ],
)
def test_a_row_of_ps_below_hazard_ratios(read: Reader, label: str, obstacle: str | None) -> None:
    got = read(
        "Variable | Crude, HR (95% CI) | Adjusted, HR (95% CI)\n"
        f"Age at menarche\n.<12 | 1.00 (reference) | 1.00 (reference)\n.12 or 13 | 0.95 (0.81–1.11) | 0.96 (0.82–1.12)\n"
        f".14 or more | 0.96 (0.82–1.12) | 0.97 (0.83–1.14)\n.{label} | 0.64 | <0.01"
    )
    assert {e.number.text for e in got.extraction.evidence if e.kind == "p_value"} == {"0.64", "<0.01"}
    assert (got.comparison("0.64").obstacle, len(got.comparison("0.64").members)) == (obstacle, 2)


@pytest.mark.parametrize(
    ("head", "obstacle"),
    [("Pheterogeneity", "interaction_test"), ("P for homogeneity", "interaction_test"), ("P for non-inferiority", "margin_test")],
)
def test_a_column_of_ps_beside_effects_that_they_do_not_test(read: Reader, head: str, obstacle: str) -> None:
    assert read(f"Group | OR (95% CI) | {head}\nAll | 1.45 (1.20–1.75) | 0.34").comparison("0.34").obstacle == obstacle


def test_a_p_for_non_inferiority_below_one_effect(read: Reader) -> None:
    got = read(
        "Outcome | Drug (n = 50) | Placebo (n = 60) | Difference (95% CI)\nCure, n (%) | 40 (80) | 48 (80) | 0 (-15 to 15)\n"
        "P for non-inferiority | | | 0.02"
    )
    assert got.comparison("0.02").obstacle == "margin_test"
