"""Running text, sections, metadata and references of JATS articles."""

from collections.abc import Callable

import pytest

from counterproof.kb.document import Document

Read = Callable[..., Document]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("P = 2.1 × 10<sup>−5</sup>", "P = 2.1 × 10⁻⁵"),
        ("4 × 10<sup> – 14</sup>", "4 × 10⁻¹⁴"),
        ("<italic>P</italic> &lt; 0<bold>.</bold>05", "P < 0.05"),
        ("28 kg/m<sup>2</sup>", "28 kg/m²"),
        ("F<sub>1,23</sub> = 4.1", "F₁,₂₃ = 4.1"),
        ("HbA<sub>1c</sub>", "HbA₁c"),
        ("dose<sub>CL-RT</sub>", "doseCL-RT"),
        ("the 5<sup>th</sup> visit", "the 5th visit"),
        ("0.30<sup>a</sup>", "0.30ᵃ"),
        ("age 54&#x2009;&#xb1;&#xa0;9 years", "age 54 ± 9 years"),
        ("one\n   line", "one line"),
        ("a<!-- hidden 5 -->b<?page 6?>c", "abc"),
    ],
)
def test_raised_and_lowered_text_keeps_its_meaning(paragraph: Callable[[str], str], inner: str, text: str) -> None:
    assert paragraph(inner) == text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('walked sooner [<xref ref-type="bibr" rid="B1">17</xref>].', "walked sooner [17]."),
        ('walked sooner <xref ref-type="bibr" rid="B1">17</xref>', "walked sooner [17]"),
        ('in 45%<sup><xref ref-type="bibr" rid="B1">17</xref>,<xref ref-type="bibr" rid="B2">18</xref></sup> of', "in 45% [17,18] of"),
        ('walked sooner.<sup><xref ref-type="bibr" rid="B1">17</xref></sup> Others', "walked sooner [17]. Others"),
        ('P = 0.05.<xref ref-type="bibr" rid="B1"><sup>9</sup></xref> Others', "P = 0.05 [9]. Others"),
        ('as (<xref ref-type="bibr" rid="B1">Mori 2010</xref>) said', "as (Mori 2010) said"),
        ("in [" + ", ".join(f'<xref ref-type="bibr" rid="B{i}">{i}</xref>' for i in range(1, 8)) + "]", "in [1, 2, 3, 4, 5, 6, 7]"),
        ('see <xref ref-type="table" rid="t1">Table 2</xref>', "see Table 2"),
    ],
)
def test_a_citation_is_seen_as_one_and_never_joins_a_number(paragraph: Callable[[str], str], inner: str, text: str) -> None:
    assert paragraph(inner) == text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            "<inline-formula><alternatives><tex-math>\\documentclass{x}\\begin{document}$$p\\le 0.05$$\\end{document}</tex-math>"
            "<mml:math><mml:mi>p</mml:mi><mml:mo>≤</mml:mo><mml:mn>0.05</mml:mn></mml:math></alternatives></inline-formula>",
            "p ≤ 0.05",
        ),
        (
            "<inline-formula><tex-math>\\documentclass[12pt]{minimal}\\usepackage{amsmath}\\begin{document}"
            "$$\\chi^{2} = \\frac{12.5}{n-1} \\pm 3$$\\end{document}</tex-math></inline-formula>",
            "χ² = 12.5/(n-1) ± 3",
        ),
        ("<mml:math><mml:msup><mml:mn>10</mml:mn><mml:mrow><mml:mo>−</mml:mo><mml:mn>4</mml:mn></mml:mrow></mml:msup></mml:math>", "10⁻⁴"),
        ("<mml:math><mml:mfrac><mml:mn>3</mml:mn><mml:mi>n</mml:mi></mml:mfrac></mml:math>", "3/n"),
        ('P <inline-graphic xlink:href="lt.gif"/> 0.05', "P \ufffc 0.05"),
    ],
)
def test_formulas_are_read_as_text_and_never_as_source(paragraph: Callable[[str], str], inner: str, text: str) -> None:
    assert paragraph(inner) == text


def test_blocks_come_in_reading_order_with_part_and_section(read: Read) -> None:
    document = read(
        "<sec><label>1.</label><title>Patients and methods</title><p>We asked 80.</p>"
        "<sec><title>Statistical analysis</title><p>Student's t-test.</p></sec></sec>"
        "<sec sec-type='results'><title>What happened</title><p>Forty walked.</p></sec>",
        back="<ack><title>Acknowledgements</title><p>Thanks.</p></ack>",
    )
    assert [(b.kind, b.part, b.section, b.text) for b in document.blocks] == [
        ("title", "front", "", "Walking after knee surgery"),
        ("heading", "abstract", "Abstract > Results", "Results"),
        ("paragraph", "abstract", "Abstract > Results", "Forty of 80 walked."),
        ("heading", "methods", "1. Patients and methods", "1. Patients and methods"),
        ("paragraph", "methods", "1. Patients and methods", "We asked 80."),
        ("heading", "methods", "1. Patients and methods > Statistical analysis", "Statistical analysis"),
        ("paragraph", "methods", "1. Patients and methods > Statistical analysis", "Student's t-test."),
        ("heading", "results", "What happened", "What happened"),
        ("paragraph", "results", "What happened", "Forty walked."),
        ("heading", "back", "Acknowledgements", "Acknowledgements"),
        ("paragraph", "back", "Acknowledgements", "Thanks."),
    ]


def test_every_block_and_cell_stands_where_its_locator_says(read: Read) -> None:
    document = read("<p>One.</p><table-wrap><table><tr><td>a</td><td>1\u2009%</td></tr></table></table-wrap>")
    assert all(document.text[b.locator.start : b.locator.end] == b.text for b in document.blocks)
    cells = document.tables[0].cells
    assert [document.text[c.locator.start : c.locator.end] for c in cells] == ["a", "1 %"]
    assert cells[1].locator.xpath == "/article/body/table-wrap/table/tr[1]/td[2]"


def test_lists_and_floats_part_a_paragraph(read: Read) -> None:
    document = read(
        "<p>We counted <list><list-item><label>1.</label><p>steps</p></list-item><list-item><p>falls</p></list-item></list> each day."
        "<named-content><table-wrap><label>Table 1</label><table><tr><td>x</td></tr></table></table-wrap></named-content></p>"
    )
    texts = [b.text for b in document.blocks if b.part == "body"]
    assert texts == ["We counted", "1. steps", "falls", "each day.", "Table 1", "x"]


def test_a_float_comes_where_it_is_first_cited(read: Read) -> None:
    wrap = "<table-wrap id='{0}'><label>Table {0}</label><table><tr><td>x</td><td>{0}</td></tr></table></table-wrap>"
    document = read(
        "<sec><title>Results</title><p>See <xref ref-type='table' rid='2'>Table 2</xref>.</p><p>Later.</p></sec>",
        floats=wrap.format(1) + wrap.format(2) + "<fig id='f'><label>Figure 1</label><caption><p>Steps of 80.</p></caption></fig>",
    )
    assert [(b.kind, b.part, b.text) for b in document.blocks if b.part in ("results", "body")] == [
        ("heading", "results", "Results"),
        ("paragraph", "results", "See Table 2."),
        ("caption", "results", "Table 2"),
        ("table", "results", "x | 2"),
        ("paragraph", "results", "Later."),
        ("caption", "body", "Table 1"),
        ("table", "body", "x | 1"),
        ("caption", "body", "Figure 1 Steps of 80."),
    ]


def test_footnotes_in_the_text_are_blocks_of_their_own(read: Read) -> None:
    document = read("<p>All walked<fn><p>Except two.</p></fn> home.</p>")
    assert [(b.kind, b.text) for b in document.blocks if b.part == "body"] == [
        ("paragraph", "All walked home."),
        ("footnote", "Except two."),
    ]


def test_metadata_names_the_paper(read: Read) -> None:
    metadata = read("<p>x</p>").metadata
    assert metadata.title == "Walking after knee surgery"
    assert (metadata.doi, metadata.pmcid, metadata.year) == ("10.5555/invented.1", "PMC123", 2018)
    assert metadata.journal == "Annals of Invented Trials"
    assert metadata.authors == ("Ada Mori", "The Walkers")


def test_references_keep_label_title_and_doi(read: Read) -> None:
    back = """<ref-list><title>References</title><ref id="B1"><label>1.</label><mixed-citation>Mori A. <article-title>Steps</article-title>.
    <source>Gait</source> 2010; <pub-id pub-id-type="doi">10.5555/gait</pub-id>.</mixed-citation></ref>
    <ref><element-citation><article-title>Falls</article-title><source>Gait</source><year>2011</year></element-citation></ref></ref-list>"""
    document = read("<p>x</p>", back=back)
    first, second = document.references
    assert (first.label, first.title, first.doi) == ("1", "Steps", "10.5555/gait")
    assert first.text == "Mori A. Steps. Gait 2010; 10.5555/gait."
    assert (second.text, second.title) == ("Falls, Gait, 2011", "Falls")
    assert [b.text for b in document.blocks if b.kind == "reference"] == [f"1 {first.text}", second.text]


def test_letters_attached_to_the_article_are_not_the_article(read: Read) -> None:
    document = read("<p>Ours.</p>", back="</back><sub-article><body><p>Theirs: 5.</p></body></sub-article><back>")
    assert "Theirs" not in document.text
