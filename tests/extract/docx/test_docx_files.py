"""Word files: tables, tracked changes, captions and notes beside tables, and files that must be refused."""

import contextlib
import io
import zipfile
from collections.abc import Callable

import docx as word
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from counterproof.extract import docx, html, jats
from counterproof.extract.docx.package import LARGEST_XML, body_of
from counterproof.kb.document import Document, Table
from counterproof.kb.errors import DocumentError


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(build: Callable[[WordDocument], None]) -> Document:
    document = word.Document()
    document.add_paragraph("A trial of a drug", style="Title")
    document.add_heading("Results", 1)
    build(document)
    return docx.parse(saved(document), "paper.docx")


def xml(document: WordDocument, inner: str) -> None:
    """Append raw paragraphs or tables before the section's properties."""
    body = body_of(document)
    for element in parse_xml(f"<w:body {nsdecls('w', 'm')}>{inner}</w:body>"):
        body.insert(len(body) - 1, element)


def cell(text: str, properties: str = "", run: str = "") -> str:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    body, _, raised = text.partition("^")
    more = mark.format(raised) if raised else ""
    return f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r>{run}<w:t xml:space="preserve">{body}</w:t></w:r>{more}</w:p></w:tc>'


def row(*cells: str, head: bool = False) -> str:
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{''.join(cells)}</w:tr>"


def span(n: int) -> str:
    return f'<w:gridSpan w:val="{n}"/>'


START, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
BOLD = "<w:rPr><w:b/></w:rPr>"

WORD_TABLE = "<w:tbl>" + "".join([
    row(cell("Variable", START), cell("Arm", span(2)), cell("P", START), head=True),
    row(cell("", GOES_ON), cell("Drug (n = 40)"), cell("Placebo (n = 41)"), cell("", GOES_ON), head=True),
    row(cell("Age, years^a"), cell("61.2 ± 8.4"), cell("60.9 ± 9.0"), cell(".88")),
    row(cell("Stage", span(4), BOLD)),
    row(cell("    I"), cell("12 (30.0)"), cell("15 (36.6)"), cell("0.53^*", START)),
    row(cell("    II"), cell("28 (70.0)"), cell("26 (63.4)"), cell("", GOES_ON)),
    row(cell("Cells, ×10^9"), cell("5.1"), cell("4.9"), cell("2 × 10^−5")),
]) + "</w:tbl>"  # fmt: skip

JATS_TABLE = """<article><front/><body><sec><title>Results</title><table-wrap>
<label>Table 1</label><caption><p>Patients at entry.</p></caption>
<table><thead><tr><th rowspan="2">Variable</th><th colspan="2">Arm</th><th rowspan="2">P</th></tr><tr><th>Drug (n = 40)</th>
<th>Placebo (n = 41)</th></tr></thead><tbody><tr><td>Age, years<sup>a</sup></td><td>61.2 ± 8.4</td><td>60.9 ± 9.0</td><td>.88</td></tr>
<tr><td colspan="4"><bold>Stage</bold></td></tr><tr><td>&#x2003;I</td><td>12 (30.0)</td><td>15 (36.6)</td>
<td rowspan="2">0.53<sup>*</sup></td></tr>
<tr><td>&#x2003;II</td><td>28 (70.0)</td><td>26 (63.4)</td></tr><tr><td>Cells, ×10<sup>9</sup></td><td>5.1</td><td>4.9</td>
<td>2 × 10<sup>−5</sup></td></tr></tbody></table><table-wrap-foot><p><sup>a</sup>At entry.</p><p>*Chi-squared test.</p></table-wrap-foot>
</table-wrap></sec></body></article>"""


def told(table: Table) -> tuple[object, ...]:
    cells = [(c.row, c.column, c.text, c.row_span, c.column_span, c.marks) for c in table.cells]
    notes = [(note.mark, note.text) for note in table.footnotes]
    return table.label, table.caption, table.header_rows, table.row_levels, cells, notes


def test_word_jats_and_html_give_the_same_table() -> None:
    def build(document: WordDocument) -> None:
        document.add_paragraph("Table 1. Patients at entry.")
        xml(document, WORD_TABLE)
        document.add_paragraph("").add_run("a").font.superscript = True
        document.paragraphs[-1].add_run("At entry.")
        document.add_paragraph("*Chi-squared test.")
        document.add_paragraph("However, five patients left the study.")

    paper = read(build)
    (from_word,) = paper.tables
    (from_jats,) = jats.parse(JATS_TABLE.encode(), "paper.xml").tables
    inner = JATS_TABLE[JATS_TABLE.index("<table>") : JATS_TABLE.index("<table-wrap-foot>")].replace("bold>", "b>")
    page = f"<html><body><h1>A</h1><h2>Results</h2><p>Table 1. Patients at entry.</p>{inner}"
    page += "<p><sup>a</sup>At entry.</p><p>*Chi-squared test.</p>"
    (from_html,) = html.parse(page.encode(), "paper.html").tables
    assert told(from_word) == told(from_jats) == told(from_html)
    assert [block.text for block in paper.blocks if block.kind == "paragraph"] == ["However, five patients left the study."]
    assert paper.blocks[-1].part == "results"


def test_tracked_changes_are_accepted() -> None:
    paper = read(
        lambda document: xml(
            document,
            '<w:p><w:r><w:t xml:space="preserve">The rate fell (P = </w:t></w:r><w:del><w:r><w:delText>.07</w:delText></w:r></w:del>'
            "<w:ins><w:r><w:t>.03</w:t></w:r></w:ins><w:r><w:t>).</w:t></w:r></w:p><w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
            f"{cell('gone')}{cell('1')}</w:tr>{row(cell('Arm'), cell('n'))}{row(cell('Drug'), cell('40'))}</w:tbl>",
        )
    )
    assert any(block.text == "The rate fell (P = .03)." for block in paper.blocks)
    assert [r for table in paper.tables for r in table.rows] == [["Arm", "n"], ["Drug", "40"]]


def run(text: str, *, raised: bool = False) -> str:
    place = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if raised else ""
    return f'<w:r>{place}<w:t xml:space="preserve">{text}</w:t></w:r>'


def test_text_boxes_formulas_and_raised_citations_are_read() -> None:
    half = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    words = run("As shown before.") + run("4,5", raised=True) + run(" By 2 kg/m") + run("2", raised=True) + run(" with ") + half
    box = f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run('Boxed words.')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    texts = [block.text for block in read(lambda document: xml(document, f"<w:p>{words}</w:p>{box}")).blocks]
    assert "As shown before [4,5]. By 2 kg/m² with 1/2" in texts
    assert "Boxed words." in texts


def test_a_caption_may_stand_below_and_a_sentence_is_none() -> None:
    def build(document: WordDocument) -> None:
        document.add_paragraph("Table 1 shows the arms.")
        xml(document, f"<w:tbl>{row(cell('Arm'), cell('n'))}{row(cell('Drug'), cell('40'))}</w:tbl>")
        document.add_paragraph("Table 1: Arms")

    paper = read(build)
    assert [(table.label, table.caption) for table in paper.tables] == [("Table 1", "Arms")]
    assert any(block.kind == "paragraph" and block.text == "Table 1 shows the arms." for block in paper.blocks)


def test_headings_are_known_by_style_or_by_looks() -> None:
    def build(document: WordDocument) -> None:
        document.add_paragraph().add_run("Discussion").bold = True
        document.add_paragraph("We found little.")
        document.add_heading("References", 1)
        document.add_paragraph("1. Doe J. An earlier trial of the drug. J Trials 2001.")

    paper = read(build)
    assert [(b.text, b.part) for b in paper.blocks if b.kind == "heading"] == [
        ("Results", "results"), ("Discussion", "discussion"), ("References", "references"),
    ]  # fmt: skip
    assert paper.metadata.title == "A trial of a drug"
    assert [reference.label for reference in paper.references] == ["1"]


def bloated() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        for _ in range(LARGEST_XML // 2**20 + 1):
            part.write(b" " * 2**20)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old binary Office file"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (lambda: saved(word.Document())[:-400], "damaged"),
        (bloated, "larger than any paper"),
        (lambda: saved(word.Document()), "holds no text"),
    ],
)
def test_bad_files_are_one_clear_line(make: Callable[[], bytes], message: str) -> None:
    data = make()
    assert docx.accepts(data)
    with pytest.raises(DocumentError, match=rf"^bad\.docx: [^\n]*{message}[^\n]*$"):
        docx.parse(data, "bad.docx")


def test_other_packages_are_not_word_files() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    assert not docx.accepts(out.getvalue())
    assert not docx.accepts(b"%PDF-1.7")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_bytes_give_a_document_or_a_document_error(data: st.DataObject) -> None:
    document = word.Document()
    document.add_paragraph("Some words.")
    bytes_ = bytearray(saved(document))
    for at in data.draw(st.lists(st.integers(4, len(bytes_) - 1), min_size=1, max_size=8)):
        bytes_[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(DocumentError):
        docx.parse(bytes(bytes_), "bad.docx")
