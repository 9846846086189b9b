"""Filters that read like sentences, things with typed fields, and what a notebook shows of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import polars
import pyarrow as pa
import pydantic
import pytest

import counterproof
from counterproof.kb import display, models
from counterproof.kb.dataset import Dataset
from counterproof.kb.errors import UsageError

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> $x$ & \" ' </table>"


def test_where_takes_values_lists_none_and_conditions(demo: Dataset) -> None:
    findings = demo.findings
    assert {f.verdict for f in findings.where(verdict=["inconsistent", "decision_error"])} == {"inconsistent", "decision_error"}
    assert all(f.comparison_no is None for f in findings.where(comparison_no=None))
    sure = findings.where("confidence >= 0.9", check="percent", verdict="consistent")
    assert 0 < len(sure) < len(findings)
    assert all(f.check_id == "percent" and f.confidence >= 0.9 for f in sure)
    assert not len(findings.where(verdict=[]))


def test_a_value_is_never_read_as_sql(demo: Dataset) -> None:
    assert not len(demo.findings.where(verdict="x' or '1'='1"))
    assert not len(demo.findings.about("%' or '1'='1"))


@pytest.mark.parametrize("call", [{"nonsense": 1}, {"verdict; drop view x": 1}])
def test_unknown_columns_are_named(demo: Dataset, call: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="no column is named"):
        demo.findings.where(**call)
    with pytest.raises(UsageError, match="no column is named"):
        demo.findings.order_by(*call)
    with pytest.raises(UsageError, match="nothing"):
        demo.findings.where("nothing = 1")
    with pytest.raises(UsageError, match="no column has words"):
        demo.table("comparison_members").about("x")


def test_of_names_a_paper_in_every_way(demo: Dataset) -> None:
    paper = demo.papers.where(format="pdf").first()
    assert paper
    ways = (paper, paper.document_id, paper.document_id[:8], paper.path, Path(paper.path).name)
    assert len({len(demo.evidence.of(way)) for way in ways}) == 1
    for name in ("nothing.pdf", "95b"):
        with pytest.raises(UsageError, match="no papers"):
            demo.evidence.of(name)


def test_rows_leave_as_pandas_arrow_and_polars(demo: Dataset) -> None:
    chosen = demo.evidence.where(kind="p_value").order_by("path", "-evidence_no").select("text", "value").limit(5)
    assert chosen.df().columns.tolist() == chosen.columns == ["text", "value"]
    assert isinstance(chosen.arrow(), pa.Table)
    assert isinstance(chosen.polars(), polars.DataFrame)
    assert len(chosen.polars()) == len(chosen.arrow()) == len(chosen) == 5
    assert chosen.first() == dict(zip(chosen.columns, chosen.fetchall()[0], strict=True))
    assert demo.evidence.where(kind="nothing").first() is None


@pytest.mark.parametrize("name", ["papers", "tables", "arms", "evidence", "comparisons", "methods", "findings"])
def test_things_have_a_field_a_column_and_do_not_change(demo: Dataset, name: str) -> None:
    rows = getattr(demo, name)
    thing = rows.first()
    assert set(type(thing).model_fields) == set(rows.columns)
    assert len(list(rows)) == len(rows)
    with pytest.raises(pydantic.ValidationError):
        thing.path = "other"
    with pytest.raises(pydantic.ValidationError):
        type(thing).model_validate(thing.model_dump() | {"surprise": 1})


def test_findings_bring_their_recomputations(demo: Dataset) -> None:
    found = demo.findings.where(check="p_from_counts").about("type of approach").first()
    assert found
    assert {one.method for one in found.recomputed} >= {"chi_squared", "fisher"}
    shown = found._repr_html_()
    assert "<mark>0.471</mark>" in shown
    assert "<summary>8 inputs</summary>" in shown
    assert "chi squared" in shown


@dataclass
class Seen(HTMLParser):
    """The elements and attributes of a page."""

    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def check_harmless(html: str) -> None:
    """No element or attribute but our own."""
    seen = Seen()
    seen.feed(html)
    allowed = {"div", "p", "strong", "code", "blockquote", "mark", "table", "caption", "thead", "tbody", "tr", "th", "td", "img",
               "details", "summary", "ul", "li"}  # fmt: skip
    assert seen.tags <= allowed
    assert seen.attributes <= {"class", "style", "alt", "src"}
    assert "onerror" not in seen.attributes
    assert not re.search(r"\$", html)


def test_nothing_of_a_hostile_text_passes_as_html() -> None:
    cards = [
        display.finding(display.Card(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, [EVIL], [(EVIL, EVIL, EVIL)], 0.5)),
        display.finding(display.Card(EVIL, "inconsistent", EVIL, EVIL, "alert", EVIL, [], [], 1.0)),
        display.source(EVIL, EVIL, EVIL, EVIL, None),
        display.table(EVIL, EVIL, [[EVIL, EVIL], [EVIL, EVIL]], 1),
        display.selection([EVIL], [[EVIL], [None], [3]], 3),
    ]
    for card in cards:
        check_harmless(card)
        assert "&lt;script&gt;" in card


def test_a_hostile_paper_shows_itself_as_text(tmp_path: Path) -> None:
    cells = "<tr><td>Relapse &lt;img src=x onerror=alert(1)&gt;, n (%)</td><td>4 (20.0)</td><td>10 (50.0)</td><td>0.41</td></tr>"
    (tmp_path / "evil.xml").write_text(
        "<article><body><sec><title>Results</title><table-wrap><label>Table 1</label><caption><p>A &lt;script&gt;x&lt;/script&gt;</p>"
        "</caption><table><thead><tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr></thead>"
        f"<tbody>{cells}</tbody></table></table-wrap></sec></body></article>"
    )
    with counterproof.open() as data:
        data.add(tmp_path / "evil.xml")
        data.check()
        table, finding = data.tables.first(), data.findings.where(verdict="inconsistent").first()
        assert table
        assert finding
        shown = [table._repr_html_(), finding._repr_html_(), data.findings._repr_html_(), data.source(finding)._repr_html_()]
    (flag,) = counterproof.audit(tmp_path / "evil.xml").flags
    (printed,) = counterproof.read(tmp_path / "evil.xml").document.tables
    shown += [flag._repr_html_(), printed._repr_html_()]
    for html in shown:
        check_harmless(html)
    assert "&lt;img" in shown[0]


def test_a_long_selection_shows_its_begin() -> None:
    assert "500 rows, the first 1 shown" in display.selection(["a"], [["x"]], 500)
    assert display.interval(0.0123456, 0.0123457) == "0.01235"
    assert models.Recomputed(method="fisher", role="standard", low=0.1, high=0.2).role == "standard"
