"""HTML pages: what is the article, what is furniture, and how tables are framed on different kinds of site."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract import docx, html, jats
from counterproof.extract.html.page import decode
from counterproof.kb.document import Document
from counterproof.kb.errors import DocumentError

TABLE = """<table><thead><tr><th rowspan="2">Variable</th><th colspan="2">Arm</th><th rowspan="2"><i>P</i></th></tr>
<tr><th>Drug (n = 40)</th><th>Placebo (n = 41)</th></tr></thead><tbody>
<tr><td>Age, years<sup>a</sup></td><td>61.2 &plusmn; 8.4</td><td>60.9 &plusmn; 9.0</td><td>.88</td></tr>
<tr><td colspan="4"><b>Stage</b></td></tr>
<tr><td style="padding-left:1em">I</td><td>12 (30.0)</td><td>15 (36.6)</td><td rowspan="2">0.53<sup>*</sup></td></tr>
<tr><td style="padding-left:1em">II</td><td>28 (70.0)</td><td>26 (63.4)</td></tr>
<tr><td>Cells, &times;10<sup>9</sup>/L</td><td>5.1</td><td>4.9</td><td>2 &times; 10<sup>&minus;5</sup></td></tr></tbody></table>"""

ROWS = [
    ["Variable", "Arm", "", "P"],
    ["", "Drug (n = 40)", "Placebo (n = 41)", ""],
    ["Age, years", "61.2 ± 8.4", "60.9 ± 9.0", ".88"],
    ["Stage", "", "", ""],
    ["I", "12 (30.0)", "15 (36.6)", "0.53"],
    ["II", "28 (70.0)", "26 (63.4)", ""],
    ["Cells, ×10⁹/L", "5.1", "4.9", "2 × 10⁻⁵"],
]

FRAMES = {
    "caption element": TABLE.replace("<table>", "<table><caption>Table 1. Patients at entry.</caption>")
    + '<div class="footnotes"><p><sup>a</sup>At entry.</p><p>*Chi-squared test.</p></div>',
    "archive": '<section class="tw xbox" id="t1"><h4 class="obj_head">Table 1.</h4><div class="caption p"><p>Patients at entry.</p></div>'
    f'<div class="tbl-box p">{TABLE}</div><div class="text-right"><a href="table/t1/">Open in a new tab</a></div>'
    '<div class="tw-foot p"><div class="fn"><p><sup>a</sup>At entry.</p></div><div class="fn">'
    "<p>*Chi-squared test.</p></div></div></section>",
    "figure": f'<figure><figcaption><b>Table 1</b> Patients at entry.</figcaption><div class="scroll">{TABLE}</div>'
    '<div class="legend"><ol><li><sup>a</sup>At entry.</li><li>*Chi-squared test.</li></ol></div></figure>',
    "publisher": '<div class="tables" id="t1"><span class="captions"><span><p><span class="label">Table 1</span>. Patients at entry.</p>'
    "</span></span>"
    f'<div class="groups">{TABLE}</div><dl class="footnotes"><dt>a</dt><dd>At entry.</dd><dt>*</dt><dd>Chi-squared test.</dd></dl></div>',
    "bare": f"<p><b>Table 1.</b> Patients at entry.</p>{TABLE}<p><sup>a</sup>At entry.</p><p>*Chi-squared test.</p>",
}


def page(body: str, head: str = "") -> bytes:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Site</title>{head}</head><body>
<nav><ul><li>Home</li><li>Journals</li></ul></nav><div class="sidebar">Related articles: 12% more (P = .01)</div>
<main><h1>A trial of a drug</h1><section><h2>Results</h2>
<p>The rate fell (<em>P</em> = .03)<sup><a href="#ref4">4</a></sup> by 2 kg/m<sup>2</sup>.</p>
{body}<p>After the table, 5 patients left the study.</p></section>
<section><h2>References</h2><ol><li id="ref4">
Doe J. An earlier trial of the drug. J Trials 2001;4:5-9. doi:10.1000/jt.4 PubMed Google Scholar</li></ol></section>
</main><footer>Terms of use</footer><script>document.write("P = .99")</script></body></html>""".encode()


def read(body: str, head: str = "") -> Document:
    return html.parse(page(body, head), "page.html")


@pytest.mark.parametrize("frame", FRAMES)
def test_a_table_is_read_whole_in_every_frame(frame: str) -> None:
    document = read(FRAMES[frame])
    (table,) = document.tables
    assert (table.label.rstrip("."), table.caption) == ("Table 1", "Patients at entry.")
    assert table.rows == ROWS
    assert (table.header_rows, table.row_levels[3:6]) == (2, (0, 1, 1))
    assert table.column_heads == ["Variable", "Arm Drug (n = 40)", "Arm Placebo (n = 41)", "P"]
    assert [(note.mark, note.text) for note in table.footnotes] == [("a", "At entry."), ("*", "Chi-squared test.")]
    assert [cell.marks for cell in table.cells if cell.marks] == [("a",), ("*",)]
    assert sum("Patients at entry" in block.text for block in document.blocks) == 1
    assert sum("Chi-squared" in block.text for block in document.blocks) == 1
    assert any(block.kind == "paragraph" and block.text.startswith("After the table") for block in document.blocks)


def test_furniture_and_scripts_stay_out_and_sections_have_parts() -> None:
    document = read("")
    assert all(word not in document.text for word in ("Home", "Related", "Terms", ".99"))
    paragraph = next(block for block in document.blocks if "rate fell" in block.text)
    assert (paragraph.text, paragraph.part, paragraph.section) == ("The rate fell (P = .03) [4] by 2 kg/m².", "results", "Results")
    (entry,) = document.references
    assert (entry.label, entry.doi) == ("1", "10.1000/jt.4")
    assert entry.text.endswith("10.1000/jt.4")


def test_metadata_come_from_meta_elements() -> None:
    head = (
        '<meta name="citation_title" content="A trial"><meta name="citation_doi" content="doi:10.1000/x.1"><meta name="citation_date" '
        'content="2015-02-08"><meta name="citation_author" content="Ann Doe"><link rel="canonical" href="https://x/articles/PMC1234567/">'
    )
    metadata = read("", head).metadata
    assert (metadata.title, metadata.doi, metadata.year, metadata.pmcid) == ("A trial", "10.1000/x.1", 2015, "PMC1234567")
    assert metadata.authors == ("Ann Doe",)


@pytest.mark.parametrize(
    "frame",
    [
        '<div class="table"><p><a href="/table/T1"><b>Table 1.</b></a> <b>Outcomes of both arms</b></p></div>',
        '<figure><figcaption>Table 1 Outcomes of both arms</figcaption><a href="/tables/1">Full size table</a></figure>',
        '<figure><img src="t1.png"><figcaption>Table 1. Outcomes of both arms</figcaption></figure>',
    ],
)
def test_a_table_whose_cells_are_elsewhere_is_recorded_as_such(frame: str) -> None:
    document = read(frame)
    (table,) = document.tables
    assert (table.image, table.label, document.status) == (True, "Table 1", "partial")
    assert "Table 1" in document.problems[0]


def test_layout_tables_are_read_as_text() -> None:
    document = read("<table><tr><td><p>Words in a layout frame, P = .2.</p></td></tr></table>")
    assert document.tables == ()
    assert "P = .2" in document.text


@pytest.mark.parametrize(("data", "text"), [("é".encode(), "é"), ("é".encode("cp1252"), "é"), ("\ufeffé".encode("utf-16"), "é")])
def test_bytes_are_decoded_as_they_are(data: bytes, text: str) -> None:
    assert decode(data).strip("\ufeff") == text


def test_formats_are_told_apart_by_content() -> None:
    web, paper = page(""), b'<?xml version="1.0"?><article><front/></article>'
    assert [p.accepts(web) for p in (html, jats, docx)] == [True, False, False]
    assert [p.accepts(paper) for p in (html, jats, docx)] == [False, True, False]
    assert not html.accepts(b"A line of text with <b>bold</b>")


@pytest.mark.parametrize("page", ["", "<html><body><div id=root></div></body></html>", f"<html><body>{'<div>' * 3000}</body></html>"])
def test_a_page_without_an_article_is_one_clear_line(page: str) -> None:
    with pytest.raises(DocumentError, match=r"^shell\.html: [^\n]+$"):
        html.parse(f"<!doctype html>\n{page}".encode(), "shell.html")


TAGS = [
    "table",
    "/table",
    "tr",
    "td rowspan=9 colspan=99",
    "td",
    "th",
    "p",
    "/p",
    "h2",
    "div",
    "figure",
    "caption",
    "sup",
    "/sup",
    "li",
    "thead",
]
WORDS = ["<a href='#fn1'>", "<math>", "<br>", "<!--", "Table 1. ", "1", "a", "*", " P = .03 ", "&plusmn;", "\x00"]
SOUP = st.lists(st.sampled_from([f"<{tag}>" for tag in TAGS] + WORDS), max_size=60)


@given(SOUP)
def test_tag_soup_gives_a_document_or_a_document_error(pieces: list[str]) -> None:
    with contextlib.suppress(DocumentError):
        document = html.parse(("<html><body>" + "".join(pieces)).encode(), "soup.html")
        assert all(document.text[b.locator.start : b.locator.end] == b.text for b in document.blocks)
