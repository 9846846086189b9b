"""What identifies a paper, as its first pages print it."""

from __future__ import annotations

from typing import Any

import pytest

Sheet = Any


@pytest.mark.parametrize("footer", ["", "Doe J. A Journal 2016;6:e1. doi:10.9999/ajournal-2016-012345"])
def test_a_doi_broken_at_its_hyphen_goes_on_in_its_own_column(sheet: Sheet, footer: str) -> None:
    """The next line of the page may be one of another column, and begin with a word."""
    sheet.prose(60, 530, 60, 3)
    sheet.text(60, 400, "A Journal 2016;6:e1. doi:10.9999/ajournal-2016-")
    sheet.text(310, 405, "cluster-randomised trials in schools were seldom of any use")
    sheet.text(60, 410, "012345")
    sheet.text(310, 415, "and none of them told the whole truth of the matter.")
    if footer:
        sheet.text(60, 800, footer)
    assert sheet.read().metadata.doi == "10.9999/ajournal-2016-012345"


def test_a_doi_that_breaks_without_an_end_is_none(sheet: Sheet) -> None:
    sheet.prose(60, 530, 60, 3)
    sheet.text(60, 400, "A Journal 2016;6:e1. doi:10.9999/ajournal-2016-")
    sheet.text(310, 405, "cluster-randomised trials in schools were seldom of any use")
    assert sheet.read().metadata.doi is None


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Meta-analysis of nine trials of rest in bed", "Meta-analysis of nine trials of rest in bed"),
        ("Systematic review and meta-analysis of rest in bed", "Systematic review and meta-analysis of rest in bed"),
        ("Research Article Effects of rest in bed on pain", "Effects of rest in bed on pain"),
        ("Open Access Original Article Effects of rest in bed", "Effects of rest in bed"),
    ],
)
def test_the_type_of_an_article_is_no_part_of_its_title(sheet: Sheet, printed: str, title: str) -> None:
    """But a title may begin with the same words, and go on in small letters."""
    sheet.text(60, 80, printed, 18)
    sheet.prose(60, 530, 200, 20)
    assert sheet.read().metadata.title == title
