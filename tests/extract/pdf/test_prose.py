"""Running text in reading order, with what is no prose left out."""

from __future__ import annotations

from typing import Any

Sheet = Any


def prose(document: Any) -> list[str]:
    return [block.text for block in document.blocks if block.kind == "paragraph"]


def test_two_columns(sheet: Sheet) -> None:
    """The left column is read before the right one, and a paragraph runs on into it."""
    left = sheet.prose(60, 280, 60, 30)
    right = sheet.prose(310, 530, 60, 30, seed=11)
    assert " ".join(prose(sheet.read())).split() == [*left, *right]


def test_table_does_not_interrupt_a_sentence(sheet: Sheet) -> None:
    """A table between two columns' text, its caption and notes stay out of the paragraph around them."""
    left = sheet.prose(60, 280, 60, 30)
    sheet.text(310, 60, "Table 1. Outcomes", 8, "Times-Bold")
    sheet.rule(310, 530, 66)
    sheet.rows(78, (310, 400, 470), [["Variable", "Treated", "Control"]])
    sheet.rule(310, 530, 84)
    sheet.rows(96, (310, 400, 470), [["Death", "3 (6.0)", "5 (10.0)"], ["Stroke", "1 (2.0)", "4 (8.0)"]])
    sheet.rule(310, 530, 114)
    sheet.text(310, 124, "Values are numbers (%).", 7)
    right = sheet.prose(310, 530, 160, 20, seed=11)
    document = sheet.read()
    assert len(document.tables) == 1
    assert " ".join(prose(document)).split() == [*left, *right]


def test_running_heads_and_page_numbers_go(sheet: Sheet) -> None:
    """What repeats at the head and foot of pages is no text of the paper."""
    said = []
    for page in range(4):
        sheet.text(60, 30, "Author et al. Journal of Examples", 8)
        sheet.text(290, 820, str(page + 1), 8)
        said += sheet.prose(60, 530, 60, 50, seed=13 * page)
        if page < 3:
            sheet.page()
    assert " ".join(prose(sheet.read())).split() == said


def test_line_numbers_go(sheet: Sheet) -> None:
    """Numbers that count the lines of a manuscript are left out."""
    said = sheet.prose(80, 520, 60, 30)
    for number in range(30):
        sheet.text(50, 60 + 12 * number, str(number + 1), 8)
    assert " ".join(prose(sheet.read())).split() == said


def test_headings_make_parts(sheet: Sheet) -> None:
    """A bold line that names a part of the paper opens it."""
    for index, heading in enumerate(["Introduction", "Methods", "Results"]):
        sheet.text(60, 60 + 150 * index, heading, 12, "Times-Bold")
        sheet.prose(60, 530, 80 + 150 * index, 8, seed=index)
    document = sheet.read()
    assert [b.part for b in document.blocks if b.kind == "paragraph"] == ["introduction", "methods", "results"]
    assert document.blocks[1].section == "Introduction"


def test_hyphens_at_line_ends(sheet: Sheet) -> None:
    """The typesetter's hyphen goes; that of a compound the paper writes elsewhere stays."""
    for index, line in enumerate(
        [
            "This was an open-label trial of treatment in the hospital, in which the treat-",
            "ment was compared with placebo in many of those who had been treated open-",
            "label before, and who had given their consent to take part in the trial now.",
        ]
    ):
        sheet.text(60, 60 + 12 * index, line, 10)
    text = " ".join(prose(sheet.read()))
    assert "the treatment was compared" in text
    assert "treated open-label before" in text


def test_superscripts_stay_raised(sheet: Sheet) -> None:
    """A power of ten keeps its raised digits."""
    sheet.prose(60, 530, 60, 4)
    sheet.raised(60, 108, "The association was strong, with a P-value of 2 × 10", "-5", 10)
    assert "2 × 10⁻⁵" in " ".join(prose(sheet.read()))
