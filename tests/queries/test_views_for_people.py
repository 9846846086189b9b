"""The views for the common questions, on the demo corpus and against what the audit itself says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import counterproof
from counterproof._inputs import sources
from counterproof._library import add_documents, open_evidence
from counterproof.kb.dataset import Dataset
from counterproof.kb.finding import Finding, Place
from counterproof.kb.findings import add_findings

VIEWS = (
    "p_values", "p_recomputations", "coverage", "paper_summaries", "arm_sizes", "event_counts", "means_with_sd", "effect_estimates",
    "outcomes", "arm_pairs", "aggregate_numbers",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


def test_every_view_and_column_is_commented(demo: Dataset) -> None:
    query = (
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal and coalesce(comment, '') = ''"
    )
    assert demo.sql(query).fetchall() == []
    query = "select view_name from duckdb_views() where schema_name = 'main' and not internal and coalesce(comment, '') = ''"
    assert demo.sql(query).fetchall() == []


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_has_rows_of_the_demo(demo: Dataset, name: str) -> None:
    assert len(demo.table(name))


def test_coverage_is_what_the_audit_says(demo: Dataset) -> None:
    result = counterproof.audit([paper.path for paper in demo.papers])
    for one in result.coverage:
        of_paper = demo.table("coverage").where(document_id=one.document)
        checked = sum(row["p_values"] for row in of_paper.where(checked=True))
        reasons = Counter({row["reason"]: row["p_values"] for row in of_paper.where(checked=False) if row["p_values"]})
        assert (checked, dict(reasons)) == (one.p_checked, one.not_checked)
        (summary,) = demo.table("paper_summaries").where(document_id=one.document)
        assert (summary["p_values"], summary["p_values_checked"]) == (one.p_found, one.p_checked)
        assert summary["flags"] == len([flag for flag in result.flags if flag.document == one.document])


def test_every_p_value_stands_once_with_its_verdict(demo: Dataset) -> None:
    printed = len(demo.evidence.where(kind="p_value"))
    assert len(demo.p_values) == len({(row["document_id"], row["evidence_no"]) for row in demo.p_values}) == printed
    assert all(row["verdict"] for row in demo.p_values)
    (procedure,) = demo.p_values.where(variable="Procedure", verdict="misapplied_method")
    assert procedure["arms"] == ["Control group", "Early failure group"]
    low, high = (
        demo.table("p_recomputations").where(evidence_no=procedure["evidence_no"], method="fisher").select("low", "high").fetchall()[0]
    )
    assert 0 < low <= high < 1


def test_a_flag_told_for_several_places_counts_at_each() -> None:
    with open_evidence() as store:
        list(add_documents(store, sources([str(ROOT / "corpus" / "planted")])))
        data = store.connection
        first, second = data.execute("select * from p_values order by char_start limit 2").df().to_dict("records")
        places = [Place(start=one["char_start"], end=one["char_end"]) for one in (first, second)]
        told = Finding(
            first["document_id"],
            "p_from_counts",
            "inconsistent",
            places[0],
            "told",
            comparison=first["comparison_no"],
            more_places=(places[1],),
        )
        add_findings(store, [told], documents=[first["document_id"]], checks=["p_from_counts"], version="0")
        found = data.execute("select message, count(*) from p_values group by all order by all").fetchall()
        assert found == [("told", 2), (None, 14)]


def test_events_do_not_hide_a_doubtful_total(demo: Dataset) -> None:
    robot = demo.table("event_counts").where(level="Robot", arm="Early failure group").first()
    assert robot
    assert (robot["events"], robot["total"], robot["percent"], robot["percent_agrees"]) == (4, 7, 100, False)
    pair = demo.table("arm_pairs").where(level="Robot").first()
    assert pair
    assert pair["percents_agree"] is False
    assert (pair["arm_1"], pair["arm_2"]) == ("Early failure group", "Control group")


def test_one_outcome_is_found_in_several_papers(demo: Dataset) -> None:
    names = {row["outcome"] for row in demo.outcomes}
    assert {"overall survival", "pathological complete response", "anastomotic leak"} <= names
    three_years = demo.outcomes.where(outcome="overall survival", months=36)
    assert {row["rate"] for row in three_years} >= {74.4, 39.2, 56.6}
    leak = {Path(row["path"]).name for row in demo.outcomes.where(outcome="anastomotic leak")}
    assert leak == {"early-failure.txt", "sysu-stage4.xml"}
    assert all(row["source"].startswith(row["path"]) for row in demo.outcomes)


def test_effects_bring_the_p_printed_for_them(demo: Dataset) -> None:
    effect = demo.table("effect_estimates").where("table_label is not null", p="0.028").about("liver metastases").first()
    assert effect
    assert (effect["effect"], effect["estimate"], effect["ci_low"], effect["ci_high"]) == ("hr", 1.18, 0.30, 2.89)


def test_means_never_get_an_sd_that_is_not_printed(demo: Dataset) -> None:
    assert all(row["sd"] is None for row in demo.table("means_with_sd").of("early-failure.txt"))
