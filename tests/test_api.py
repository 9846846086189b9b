"""The Python API: reading, auditing, stores as relations, the shipped data sets."""

from __future__ import annotations

import doctest
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

import counterproof
from counterproof import datasets
from counterproof.kb import dataset
from counterproof.kb.dataset import Dataset
from counterproof.kb.errors import CounterproofError, DocumentError, StoreError, UsageError

PAPER = """<?xml version="1.0"?>
<article><body><sec sec-type="results"><title>Results</title><p>Table 1 shows the outcomes.</p>
<table-wrap id="t1"><label>Table 1</label><caption><p>Outcomes by arm</p></caption><table><thead>
<tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr></thead><tbody>
<tr><td>Relapse, n (%)</td><td>4 (20.0)</td><td>10 (50.0)</td><td>0.41</td></tr>
</tbody></table></table-wrap></sec></body></article>
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "paper.xml"
    path.write_text(PAPER)
    return path


@pytest.fixture(scope="module")
def data(paper: Path) -> Iterator[Dataset]:
    """A store with one audited paper."""
    path = paper.parent / "evidence.duckdb"
    counterproof.audit(paper, store=path)
    with counterproof.open(path) as opened:
        yield opened


def test_read_gives_the_document_with_its_evidence(paper: Path) -> None:
    extraction = counterproof.read(paper)
    assert extraction.document.id == hashlib.sha256(paper.read_bytes()).hexdigest()
    assert extraction.document.tables[0].rows[1] == ["Relapse, n (%)", "4 (20.0)", "10 (50.0)", "0.41"]
    assert [e.number.text for e in extraction.evidence if e.kind == "p_value"] == ["0.41"]
    with pytest.raises(DocumentError, match="cannot be opened"):
        counterproof.read(paper.parent / "missing.xml")


def test_audit_gives_findings_and_coverage(paper: Path) -> None:
    result = counterproof.audit([paper, paper.parent / "missing.xml"])
    (flag,) = result.flags
    assert (flag.check, flag.verdict, flag.reported) == ("p_from_counts", "inconsistent", "0.41")
    assert [(coverage.path, coverage.status) for coverage in result.coverage] == [
        (str(paper), "ok"),
        (str(paper.parent / "missing.xml"), "failed"),
    ]
    assert counterproof.audit(str(paper), ignore=["p_from_counts"]).flags == ()
    with pytest.raises(UsageError, match="no check is named nonsense"):
        counterproof.audit(paper, select=["nonsense"])


def test_views_are_rows(data: Dataset) -> None:
    (read,) = data.papers
    assert read.document_id
    assert [table.label for table in data.tables] == ["Table 1"]
    assert [arm.label for arm in data.arms.where(role="arm").order_by("arm_no")] == ["Drug", "Placebo"]
    assert data.evidence.where(kind="p_value").df()["text"].tolist() == ["0.41"]
    assert len(data.comparisons) == 1
    assert data.findings.where(verdict="inconsistent").select("check").fetchall() == [("p_from_counts",)]
    assert isinstance(data.methods.relation, duckdb.DuckDBPyRelation)
    assert {"evidence", "findings", "comparison_rows", "p_values"} <= set(data.names)
    assert data.table("cells").df().shape[0] == 8
    with pytest.raises(UsageError, match="no view is named nothing"):
        data.table("nothing")


def test_sql_takes_parameters_and_only_selects(data: Dataset) -> None:
    query = "select text from evidence where kind = ? order by evidence_no"
    assert data.sql(query, ["count"]).fetchall() == [("4",), ("10",)]
    assert data.sql("select $x as x", {"x": 3}).fetchall() == [(3,)]
    for text in ("drop view evidence", "select 1; select 2", "attach 'x.duckdb'"):
        with pytest.raises(UsageError):
            data.sql(text)
    with pytest.raises(duckdb.Error):
        data.sql("select * from read_text('/etc/hostname')").fetchall()


def test_a_source_shows_quote_and_place(data: Dataset) -> None:
    (row,) = data.table("evidence").where(kind="p_value")
    source = data.source(row)
    assert (source.exact, source.path) == ("0.41", row["path"])
    assert "10 (50.0)" in source.before
    assert source.xpath
    assert "[0.41]" in str(source)
    (finding,) = counterproof.audit(row["path"]).flags
    assert data.source(finding).exact == "0.41"
    with pytest.raises(UsageError):
        data.source({"document_id": row["document_id"], "char_start": None})


def test_the_text_that_offsets_point_into_is_kept(data: Dataset, paper: Path) -> None:
    document = counterproof.read(paper).document
    assert data.text(document.id) == document.text.rstrip()


def test_adding_reports_what_was_new(tmp_path: Path, paper: Path) -> None:
    with counterproof.open(tmp_path / "mine.duckdb") as mine:
        first = mine.add([paper, tmp_path / "missing.xml"])
        assert (first.new, first.known, list(first.failed)) == (1, 0, [str(tmp_path / "missing.xml")])
        again = mine.add(paper)
        assert (again.new, again.known) == (0, 1)
        assert len(mine.papers) == 1
    with counterproof.open() as nowhere:
        assert nowhere.add(paper).new == 1


def test_an_open_store_cannot_be_written(data: Dataset) -> None:
    with pytest.raises(duckdb.Error):
        data.connection.execute("delete from facts.evidence")


def test_a_store_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.duckdb").write_text("only words stand in this file")
    with pytest.raises(StoreError, match="no DuckDB file"):
        counterproof.open(tmp_path / "words.duckdb")


def test_data_sets_have_cards_and_load_as_stores() -> None:
    (card,) = datasets.list()
    assert card.name == "rectal-demo"
    assert card.licence
    assert all(document.path.is_file() and document.renders for document in card.documents)
    with datasets.load("rectal-demo") as demo:
        assert len(demo.papers) == len(card.documents)
        assert not len(demo.papers.where(status="failed"))
        assert len(demo.findings)


def test_data_sets_are_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no data set is named nothing"):
        datasets.load("nothing")
    with pytest.raises(UsageError, match="revision"):
        datasets.load("rectal-demo", revision="0")
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"something else")
    with pytest.raises(CounterproofError, match="not the file that was shipped"):
        datasets.path("rectal-demo")


def test_checks_run_once_on_what_is_new(tmp_path: Path, paper: Path) -> None:
    with counterproof.open(tmp_path / "mine.duckdb") as mine:
        mine.add(paper)
        assert [row["verdict"] for row in mine.p_values] == [None]
        assert (mine.check(), mine.check()) == (1, 0)
        assert [row["verdict"] for row in mine.p_values] == ["inconsistent"]


def test_a_card_says_what_it_is_and_how_to_cite_it() -> None:
    card = datasets.card("rectal-demo")
    told = str(card)
    assert all(part in told for part in (card.licence, card.made, card.citation, card.checksum, "Documents: 3"))


def test_a_page_of_a_pdf_is_drawn_and_boxed(demo: Dataset) -> None:
    number = demo.evidence.of("m1-longterm.pdf").where(kind="percent").first()
    assert number
    source = demo.source(number)
    assert source.exact == number.text
    assert (source.crop or b"").startswith(b"\x89PNG")
    assert "data:image/png;base64" in source._repr_html_()
    elsewhere = demo.evidence.of("early-failure.txt").first()
    assert elsewhere
    assert demo.source(elsewhere).crop is None


@pytest.mark.parametrize("module", [counterproof, datasets, dataset])
def test_the_examples_in_the_documentation_are_true(module: ModuleType, demo: Dataset) -> None:
    assert doctest.testmod(module, extraglobs={"demo": demo, "counterproof": counterproof}).failed == 0


@pytest.mark.parametrize("thing", [Dataset, counterproof.datasets])
def test_every_public_call_has_an_example(thing: object) -> None:
    names = set(vars(thing)) if thing is Dataset else {"card", "list", "load"}
    public = {name for name in names if not name.startswith("_")} - {"close", "connection", "names"}
    assert not [name for name in public if ">>>" not in (getattr(thing, name).__doc__ or "")]


def test_a_paper_is_added_with_its_supplement_as_one_document(paper: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.xml"
    more.write_text(PAPER.replace("Table 1", "Table S1"))
    with counterproof.open() as mine:
        assert mine.add(paper, supplements=[more]).new == 1
        files = mine.connection.execute("select count(*) from files").fetchone()
        assert files == (2,)
        with pytest.raises(UsageError, match="belong to one paper"):
            mine.add([paper, more], supplements=[paper])
