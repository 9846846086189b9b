"""Spearman's rank correlation is a statistic of its own: the exact P of few patients is not that of Pearson's t."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterproof._inputs import sources
from counterproof._library import add_documents, open_evidence
from counterproof.extract.pipeline import read
from counterproof.queries.audit import audit

PAPER = "Methods\n{} correlation was used.\n\nResults\nPain was correlated with age ({}, P = {}).\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [("rs(4) = .83", "rs"), ("r s = .83", "rs"), ("rs = -0.83, df = 4", "rs"), ("r(4) = .83", "r"), ("r = .83", "r"), ("ts(4) = 2.5", "t")],
)
def test_the_name_of_a_correlation(text: str, name: str) -> None:
    told = read(PAPER.format("Spearman rank", text, ".058").encode(), "a.txt").evidence
    assert [e.number.unit for e in told if e.kind == "statistic"] == [name]


CASES = [
    ("Spearman rank", "rs(4) = .83", ".058", "not_checkable"),
    ("Spearman rank", "r(4) = .83", ".058", "not_checkable"),
    ("Spearman rank", "r = .83", ".058", "not_checkable"),
    ("Spearman rank", "r(60) = .23", ".07", "consistent"),
    ("Spearman rank", "r(60) = .23", ".58", "inconsistent"),
    ("Pearson", "r(4) = .83", ".041", "consistent"),
    ("Pearson", "r(4) = .83", ".58", "decision_error"),
    ("Pearson correlation and Spearman rank", "r(4) = .83", ".041", "consistent"),
]


def test_few_ranks_are_not_judged_by_the_t_approximation(tmp_path: Path) -> None:
    for number, (method, text, p, _) in enumerate(CASES):
        (tmp_path / f"{number}.txt").write_text(PAPER.format(method, text, p))
    with open_evidence(None) as store:
        list(add_documents(store, sources([str(tmp_path / f"{number}.txt") for number in range(len(CASES))]), jobs=1))
        result = audit(store.connection)
    number_of = {coverage.document: int(Path(coverage.path).stem) for coverage in result.coverage}
    told = {number_of[f.document]: f.verdict for f in result.findings if f.comparison is not None}
    assert [told[number] for number in range(len(CASES))] == [verdict for *_, verdict in CASES]
