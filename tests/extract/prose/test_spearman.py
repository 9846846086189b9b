"""Spearman's rank correlation is a statistic of its own: its exact P is not that of Pearson's t."""

from __future__ import annotations

import pytest

from counterproof.extract.pipeline import read
from counterproof.queries.statistics.statistic_tests import _allowed

PAPER = "Methods\nRanks were correlated.\n\nResults\nPain was correlated with age ({}, P = .058).\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [("rs(4) = .83", "rs"), ("r s = .83", "rs"), ("rs = -0.83, df = 4", "rs"), ("r(4) = .83", "r"), ("r = .83", "r"), ("ts(4) = 2.5", "t")],
)
def test_the_name_of_a_correlation(text: str, name: str) -> None:
    told = read(PAPER.format(text).encode(), "a.txt").evidence
    assert [e.number.unit for e in told if e.kind == "statistic"] == [name]


def test_rank_correlations_are_not_judged_by_pearsons_t() -> None:
    assert list(_allowed(".83", "4", "r", [], False))
    assert not list(_allowed(".83", "4", "rs", [], False))
