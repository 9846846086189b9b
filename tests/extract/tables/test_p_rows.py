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
        ("Pheterogeneity", None),
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
