"""The reference papers: every P-value of their tables with its row, arms and members (only where the papers are at hand)."""

from pathlib import Path

import pytest

from counterproof.extract.pipeline import read as read_paper
from counterproof.kb.evidence import Extraction


@pytest.fixture(scope="module")
def early(shared: Path) -> Extraction:
    path = shared / "papers" / "early-failure.txt"
    return read_paper(path.read_bytes(), str(path))


def _in_tables(paper: Extraction) -> list[int]:
    return [i for i, e in enumerate(paper.evidence) if e.kind == "p_value" and e.table is not None]


def test_every_table_p_has_a_comparison_of_both_arms(early: Extraction) -> None:
    places = _in_tables(early)
    comparisons = {c.p: c for c in early.comparisons}
    assert len(places) == 32
    for p in places:
        members = comparisons[p].members
        arms = {early.aggregates[m.aggregate].arm for m in members}
        assert len(arms) == 2, early.evidence[p]
        assert comparisons[p].obstacle in (None, "no_dispersion", "rank_test_on_summaries")


def test_a_p_on_the_head_row_has_all_levels(early: Extraction) -> None:
    (p,) = [i for i in _in_tables(early) if early.evidence[i].number.text == "0.431"]
    comparison = next(c for c in early.comparisons if c.p == p)
    assert [(m.arm_order, m.level_order) for m in comparison.members].count((0, 0)) == 1
    assert len(comparison.members) == 6
    assert comparison.ordered


def test_two_tables_name_the_same_arms_with_other_sizes(early: Extraction) -> None:
    sizes = {
        (arm.table, early.evidence[arm.n].number.text) for arm in early.arms if arm.n is not None and arm.label.startswith("Early failure")
    }
    assert {text for _, text in sizes if text} >= {"7", "4"}


def test_hazard_ratios_of_both_blocks(shared: Path) -> None:
    path = shared / "papers" / "sysu-stage4.txt"
    paper = read_paper(path.read_bytes(), str(path))
    effects = [c for c in paper.comparisons if c.kind == "effect" and c.p in _in_tables(paper)]
    assert len(effects) == 10
    assert all(c.obstacle is None and len(c.members) == 1 for c in effects)
