"""Thousands set off by a plain space are one number in documents that write them so, and two numbers elsewhere."""

from __future__ import annotations

import pytest

from counterproof.extract.pipeline import read
from counterproof.kb.document import Document

PAPER = """<article><body><sec sec-type="results"><title>Results</title>
<p>Of 88 657 patients, {more}.</p>
<table-wrap><label>Table 1</label><caption><p>Stages (n = 98 942)</p></caption><table>
<thead><tr><th></th><th>Bladder (n = 4924)</th><th>Breast (n = 22 447)</th></tr></thead>
<tbody><tr><td>Stage I</td><td>2219 45%</td><td>8595 38%</td></tr>
<tr><td>Alive</td><td>3622 (73.6)</td><td>17 719 (78.9)</td></tr>
<tr><td>Places</td><td>1 to 3</td><td>12 100 14</td></tr></tbody></table></table-wrap></sec></body></article>"""


def numbers(document: Document) -> list[str]:
    return [cell.text for cell in document.tables[0].cells if "\u202f" in cell.text]


def test_sizes_and_counts_are_whole() -> None:
    extraction = read(PAPER.format(more="all of 12 345 men were seen").encode(), "a.xml")
    kept = {e.number.text: e.number.value for e in extraction.evidence}
    assert {arm.label: extraction.evidence[arm.n].number.value for arm in extraction.arms if arm.n is not None} == {
        "Bladder": 4924,
        "Breast": 22447,
    }
    assert kept["22\u202f447"] == 22447
    assert kept["17\u202f719"] == 17719
    assert kept["88\u202f657"] == 88657
    assert numbers(extraction.document) == ["Breast (n = 22\u202f447)", "17\u202f719 (78.9)"]


def test_a_number_behind_a_comma_is_whole() -> None:
    document = read(PAPER.format(more="all of 12 345 men were seen and, in Leeds, 1 234 of 10 500 (11.8%) fell").encode(), "a.xml").document
    assert "Leeds, 1\u202f234 of 10\u202f500 (" in document.text


def test_characters_keep_their_places() -> None:
    document = read(PAPER.format(more="all of 12 345 men were seen").encode(), "a.xml").document
    assert all(document.text[b.locator.start : b.locator.end] == b.text for b in document.blocks if b.kind == "paragraph")
    assert all(document.text[c.locator.start : c.locator.end] == c.text for c in document.tables[0].cells)


@pytest.mark.parametrize("more", ["1,234 were men", "and 4,500 more"])
def test_a_comma_elsewhere_speaks_against_it(more: str) -> None:
    assert numbers(read(PAPER.format(more=more).encode(), "a.xml").document) == []


@pytest.mark.parametrize(
    "apart",
    [
        "Doses in 12 100 mg tablets and 10 250 mg capsules.",
        "After week 1 100 patients remained, in group 2 120.",
        "The values were 500 510 520 530.",
        "On visit 2 110–120 were seen.",
        "They were 145 100% of all.",
    ],
)
def test_numbers_side_by_side_stay_apart(apart: str) -> None:
    document = read(PAPER.format(more=f"all of 12 345 men were seen. {apart}").encode(), "a.xml").document
    block = next(b.text for b in document.blocks if apart[:8] in b.text)
    assert block.count("\u202f") == 2


def test_a_table_that_shows_no_thousands_keeps_its_numbers_apart() -> None:
    small = PAPER.replace("98 942", "98").replace("22 447", "2244").format(more="all of 12 345 men were seen")
    document = read(small.encode(), "a.xml").document
    assert numbers(document) == []
    assert document.text.count("\u202f") == 2
    assert all(document.text[c.locator.start : c.locator.end] == c.text for c in document.tables[0].cells)


def test_a_number_that_the_text_tells_is_one_in_a_table() -> None:
    small = PAPER.replace("98 942", "98").replace("22 447", "2244").format(more="all of 17 719 men were seen")
    assert numbers(read(small.encode(), "a.xml").document) == ["17\u202f719 (78.9)"]
