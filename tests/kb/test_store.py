"""The store keeps readings whole, once, and the newest in front."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from counterproof.kb import rows, schema
from counterproof.kb.document import Block, Box, Cell, Document, Footnote, Locator, Metadata, Reference, Table
from counterproof.kb.errors import StoreError
from counterproof.kb.evidence import Aggregate, Arm, Comparison, Evidence, Extraction, Member, Method
from counterproof.kb.finding import Finding, Place, Recomputation
from counterproof.kb.findings import add_findings
from counterproof.kb.numbers import ReportedNumber
from counterproof.kb.store import Reading, open_store


def extraction(id: str = "a" * 64, path: str = "one.xml", p: str = "0.034") -> Extraction:
    """A document with one table of one row: two arms, a count in each, and a P-value."""
    at = Locator(0, 5, Box(2, 10.0, 20.0, 30.0, 40.0), "/article/table")
    cells = tuple(Cell(0, column, text, at) for column, text in enumerate(("Relapse", "4", "10", p)))
    table = Table(0, "Table 1", "Outcomes", 1, 4, 0, cells, (0,), (Footnote("a", "note"),), at, page=2)
    document = Document(
        id, path, "jats", "Relapse | 4 | 10 | " + p, (Block("table", "Relapse | 4 | 10 | " + p, at, table=0),), (table,),
        Metadata("A trial", "10.1/x", "PMC1", 2020, "J Trials", ("A. Author",)), (Reference("1", "A cited work"),),
    )  # fmt: skip
    numbers = (("n", "20"), ("count", "4"), ("n", "20"), ("count", "10"), ("p_value", p))
    evidence = tuple(
        Evidence(kind, ReportedNumber(text, float(text), len(text.partition(".")[2])), at, "Relapse", arm=arm, table=0, aggregate=aggregate)  # type: ignore[arg-type]
        for (kind, text), arm, aggregate in zip(numbers, (0, 0, 1, 1, None), (None, 0, None, 1, None), strict=True)
    )
    return Extraction(
        document,
        (Arm("Drug", 0, 0, 1), Arm("Placebo", 2, 0, 2)),
        (Aggregate("Relapse", None, 0, bases=(0,)), Aggregate("Relapse", None, 1, bases=(2, 0))),
        evidence,
        (Comparison("counts", 4, (Member(0, 0), Member(1, 1)), "Relapse"),),
        (Method("test", "fisher", "categorical", "Fisher's exact test was used.", at),),
    )


def reading(id: str = "a" * 64, extractor: str = "1", p: str = "0.034") -> Reading:
    return Reading(id, "one.xml", extractor, "ok", n_bytes=10, tables=rows.tables(extraction(id, p=p)))


def failure(extractor: str = "1", problem: str = "torn") -> Reading:
    return Reading("a" * 64, "one.xml", extractor, "failed", (problem,), 10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evidence.duckdb"


def test_everything_that_was_read_is_in_the_views(path: Path) -> None:
    with open_store(path) as store:
        store.add([reading()])
    with open_store(path, read_only=True) as store:
        ask = store.connection.execute
        (paper,) = ask("select document_id, path, title, doi, year, authors, status, extractor from documents").fetchall()
        assert paper == ("a" * 64, "one.xml", "A trial", "10.1/x", 2020, ["A. Author"], "ok", "1")
        (number,) = ask("select text, value, decimals, page, x0, bottom, xpath from evidence where kind = 'p_value'").fetchall()
        assert number == ("0.034", 0.034, 3, 2, 10.0, 40.0, "/article/table")
        arms = ask("select a.label, n.value from arms a join evidence n on n.evidence_no = a.n_evidence_no order by a.arm_no").fetchall()
        assert arms == [("Drug", 20.0), ("Placebo", 20.0)]
        assert ask("select arm from evidence where kind = 'count' order by evidence_no").fetchall() == [("Drug",), ("Placebo",)]
        assert ask("select evidence_no from aggregate_bases where aggregate_no = 1 order by position").fetchall() == [(2,), (0,)]
        for view in ("blocks", "tables", "footnotes", "reference_list", "comparisons", "methods"):
            assert ask(f"select count(*) from {view}").fetchall() == [(1,)], view
        assert ask("select count(*) from cells").fetchall() == [(4,)]
        assert ask("select count(*) from comparison_members").fetchall() == [(2,)]


def test_the_same_bytes_with_the_same_extractor_change_nothing(path: Path) -> None:
    with open_store(path) as store:
        assert store.add([reading(), reading()]) == {"a" * 64}
        assert store.add([reading()]) == set()
        assert store.connection.execute("select count(*) from facts.readings").fetchall() == [(1,)]
        assert store.known("1") == {"a" * 64: "ok"}


def test_a_newer_extractor_supersedes_and_an_older_one_does_not(path: Path) -> None:
    with open_store(path) as store:
        store.add([reading(extractor="9", p="0.034")])
        store.add([reading(extractor="10", p="0.043")])
        assert store.add([reading(extractor="9", p="0.05")]) == set()
        assert store.connection.execute("select text from evidence where kind = 'p_value'").fetchall() == [("0.043",)]
        kept = store.connection.execute("select text from facts.evidence where kind = 'p_value' order by reading_id").fetchall()
        assert kept == [("0.034",), ("0.043",)]
        history = store.connection.execute("select extractor, superseded_by from readings order by reading_id").fetchall()
        assert history == [("9", 2), ("10", None)]
        assert store.known("11") == {}


def test_a_failure_is_kept_once_with_its_reason_and_hides_no_reading(path: Path) -> None:
    with open_store(path) as store:
        assert store.add([failure()]) == {"a" * 64}
        assert store.add([failure()]) == set()
        assert store.connection.execute("select status, problems, format from documents").fetchall() == [("failed", ["torn"], None)]
        assert store.known("1") == {}, "a failed document is tried again"
        store.add([reading()])
        store.add([failure("2")])
        assert store.connection.execute("select status, extractor from documents").fetchall() == [("ok", "1")]


def test_a_run_that_fails_half_way_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        whole = store.insert
        done: list[str] = []

        def torn(table: str, content: object) -> None:
            if table == "evidence":
                raise KeyboardInterrupt
            done.append(table)
            whole(table, content)  # type: ignore[arg-type]

        monkeypatch.setattr(store, "insert", torn)
        with pytest.raises(KeyboardInterrupt):
            store.add([reading()])
        assert done
    with open_store(path) as store:
        for (table,) in store.connection.execute("select table_name from duckdb_tables() where schema_name = 'facts'").fetchall():
            if table != "migrations":
                assert store.connection.execute(f"select count(*) from facts.{table}").fetchall() == [(0,)], table


def test_findings_are_those_of_the_latest_audit_of_each_check(path: Path) -> None:
    def finding(check: str, verdict: str) -> Finding:
        sets = (Recomputation("fisher", "declared", ((0.01, 0.02), (0.04, 0.05))),)
        return Finding("a" * 64, check, verdict, Place("Table 1", 0, 3, quote="Relapse"), "said", "0.034", recomputed=sets)  # type: ignore[arg-type]

    ids = ["a" * 64]
    with open_store(path) as store:
        store.add([reading()])
        add_findings(store, [finding("x", "inconsistent"), finding("y", "consistent")], documents=ids, checks=["x", "y"], version="1")
        add_findings(store, [finding("y", "inconsistent")], documents=ids, checks=["y"], version="1")
        found = store.connection.execute("select check_id, verdict, table_label from findings order by check_id").fetchall()
        assert found == [("x", "inconsistent", "Table 1"), ("y", "inconsistent", "Table 1")]
        assert store.connection.execute("select count(*) from finding_recomputations").fetchall() == [(4,)]
        add_findings(store, [], documents=ids, checks=["x", "y"], version="1")
        assert store.connection.execute("select count(*) from findings").fetchall() == [(0,)]


def test_every_table_view_and_column_says_what_it_is() -> None:
    with open_store() as store:
        for name in ("facts", "main"):
            for relation in schema.relations(store.connection, name):
                assert relation.comment, relation.name
                assert all(column.comment for column in relation.columns), (
                    relation.name,
                    [c.name for c in relation.columns if not c.comment],
                )


def test_arrow_rows_have_the_columns_of_the_tables() -> None:
    with open_store() as store:
        tables = {relation.name: relation for relation in schema.relations(store.connection, "facts")}
    for name, columns in rows.SCHEMAS.items():
        assert {"reading_id", *columns} == {column.name for column in tables[name].columns}, name


def test_migrations_are_numbered_without_gaps() -> None:
    assert [step.version for step in schema.migrations()] == list(range(1, len(schema.migrations()) + 1))


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    good = schema.migrations()
    bad = schema.Migration(len(good) + 1, "bad", "create table facts.half (reading_id bigint); select * from nowhere;")
    monkeypatch.setattr(schema, "migrations", lambda: [*good, bad])
    with pytest.raises(StoreError, match="nowhere"):
        open_store(path)
    monkeypatch.undo()
    with open_store(path) as store:
        assert schema.version(store.connection) == len(good)
        assert "half" not in {relation.name for relation in schema.relations(store.connection, "facts")}


def test_an_older_store_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = schema.migrations()
    with open_store(path) as store:
        store.add([reading()])
    more = schema.Migration(
        len(good) + 1, "more", "alter table facts.arms add column colour varchar; comment on column facts.arms.colour is 'c';"
    )
    monkeypatch.setattr(schema, "migrations", lambda: [*good, more])
    with pytest.raises(StoreError, match="older version"):
        open_store(path, read_only=True)
    with open_store(path) as store:
        assert store.connection.execute("select distinct colour from arms").fetchall() == [(None,)]


def test_the_file_is_written_for_older_clients_too(path: Path) -> None:
    open_store(path).close()
    with open_store(path) as store:
        (tags,) = store.connection.execute("select tags from duckdb_databases() where database_name = 'store'").fetchone() or (None,)
    assert tags
    assert str(tags.get("storage_version")).startswith("v1.5"), tags


def test_a_plain_duckdb_client_reads_the_views(path: Path) -> None:
    with open_store(path) as store:
        store.add([reading()])
    with duckdb.connect() as other:
        other.execute(f"attach '{path}' as mine (read_only)")
        assert other.execute("select count(*) from mine.evidence").fetchall() == [(5,)]
