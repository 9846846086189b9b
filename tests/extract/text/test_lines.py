"""Line ends, running heads, paragraphs and parts."""

from __future__ import annotations

import pytest

from counterproof.extract.text import parse
from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import read_lines, without_running_heads


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["the meta-", "stasis was seen"], "the metastasis was seen"),
        (["short-course was used; then short-", "course again"], "short-course was used; then short-course again"),
        (["a chi-", "square test"], "a chi-square test"),
        (["box-", "2 genes"], "box-2 genes"),
        (["anti-K-", "Ras drugs"], "anti-K-Ras drugs"),
        (["every 3-", "month visit"], "every 3-month visit"),
        (["at 3-", "to 4-week gaps"], "at 3- to 4-week gaps"),
        (["work-up and follow-", "up was done"], "work-up and follow-up was done"),
    ],
)
def test_line_end_hyphens(lines: list[str], expected: str) -> None:
    text = "\n".join(lines)
    assert Joiner(read_lines(text)).join(lines) == expected


def test_running_heads_go_also_inside_a_sentence() -> None:
    text = "The arms were alike in all that we\n\nPage 3 of 9Doe et al. J Trials (2020) 4:12\n\nmeasured before they began.\n"
    assert [line.text for line in without_running_heads(read_lines(text))] == [
        "The arms were alike in all that we",
        "measured before they began.",
    ]


def test_page_numbers_and_repeated_heads_go() -> None:
    words = ["Some words of its own.", "Others that stand here.", "A third page of them.", "The last of all."]
    pages = [f"Journal of Made Trials\n\n{text}\n\n{n}\n" for n, text in enumerate(words, 1)]
    assert [line.text for line in without_running_heads(read_lines("\f".join(pages)))] == words


def test_parts_and_sections_follow_the_headings() -> None:
    text = (
        "Abstract\n\nBackground: It was not known.\nResults: It is now (P = 0.01).\n\nINTRODUCTION\n\n"
        "Many words stand here.\n\nMETHODS\n\n"
        "Statistical analysis\n\nWe took the t test.\n\nRESULTS\n\nThe arms differed.\n\nDISCUSSION\n\nThis is so.\n"
    )
    parts = [(block.part, block.text) for block in parse(text.encode(), "a.txt").blocks if block.kind == "paragraph"]
    assert parts == [
        ("abstract", "Background: It was not known."),
        ("abstract", "Results: It is now (P = 0.01)."),
        ("introduction", "Many words stand here."),
        ("methods", "We took the t test."),
        ("results", "The arms differed."),
        ("discussion", "This is so."),
    ]


def test_references_are_read() -> None:
    text = (
        "RESULTS\n\nWords.\n\nREFERENCES\n\n"
        "1. Doe J, Roe R. A trial of two made-up drugs in adults. J Trials\n2019;3:1-9. doi:10.1234/abc.5\n"
        "2. Poe E. Another trial of a third drug in children. J Trials\n2020;4:2-8.\n"
    )
    document = parse(text.encode(), "a.txt")
    assert [reference.label for reference in document.references] == ["1", "2"]
    assert document.references[0].doi == "10.1234/abc.5"
    assert document.references[1].title == "Another trial of a third drug in children"


def test_offsets_hold() -> None:
    document = parse(b"RESULTS\n\nOne line\nand its end.\n\nTable 1. Counts\n\nItem A B\n\nRed 4 5\n\nBlue 6 7\n", "a.txt")
    for block in document.blocks:
        assert document.text[block.locator.start : block.locator.end] == block.text
    for cell in document.tables[0].cells:
        assert document.text[cell.locator.start : cell.locator.end] == cell.text
