"""Figures of other studies are kept apart from this paper's, each with the works of the reference list that it is attributed to."""

from __future__ import annotations

import pytest

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.facts import Facts
from counterproof.extract.prose import read_prose
from counterproof.extract.references import from_blocks, reference
from counterproof.kb.document import Block, Locator, Part

ENTRIES = (
    "Adams B, Cole D. Early relapse after surgery. J Trials 2009;4:11-9. doi: 10.1000/jt.9",
    "Evans F, Grant H. Late relapse after surgery. J Trials 2011;6:21-9. PMID: 21234567",
    "Ivens J. Relapse without surgery. J Trials 2012;7:31-9.",
    "Kern L, Moss N. Survival after surgery (2014). J Trials 9:41-9.",
)


def cited(text: str, part: Part = "discussion", before: str = "Others did so [1], [2], [3].") -> list[tuple[str, str, list[int]]]:
    """Kind, number and reference numbers (from 1) of every figure of others in a sentence."""
    builder = DocumentBuilder(text.encode(), "made.xml", "jats")
    builder.references = [reference(str(number), entry) for number, entry in enumerate(ENTRIES, 1)]
    builder.block("paragraph", before, part="introduction")
    builder.block("paragraph", text, part=part)
    facts = Facts(builder.build())
    read_prose(facts)
    assert not {e.locator for e in facts.evidence} & {f.locator for f in facts.cited}, "figures of others are no evidence"
    return [(f.kind, f.number.text, [n + 1 for n in f.references]) for f in facts.cited]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Relapse occurred in 40% of patients in an earlier trial [2].", [("percent", "40", [2])]),
        ("Relapse occurred in 40% [2] in one country and in 30% [3] in another.", [("percent", "40", [2]), ("percent", "30", [3])]),
        ("Adams et al. [1] reported relapse in 40% of patients, as did others [2, 3].", [("percent", "40", [1])]),
        ("Evans et al. reported relapse in 12 of 40 patients (30%).", [("count", "12", [2]), ("n", "40", [2]), ("percent", "30", [2])]),
        ("Relapse was seen in 40% of patients (Kern and Moss, 2014).", [("percent", "40", [4])]),
        ("Several studies have reported relapse in 40% of patients [1-3].", [("percent", "40", [1, 2, 3])]),
        ("A recent study by Unknown et al. reported relapse in 40% of patients.", [("percent", "40", [])]),
    ],
)  # fmt: skip
def test_a_figure_carries_the_works_that_are_cited_for_it(text: str, figures: list[tuple[str, str, list[int]]]) -> None:
    assert cited(text) == figures


def test_labels_may_be_raised() -> None:
    builder = DocumentBuilder(b"raised", "made.xml", "jats")
    builder.references = [reference(label, entry) for label, entry in zip("¹²³⁴", ENTRIES, strict=True)]
    builder.block("paragraph", "Others did so [1], [2], [3].", part="introduction")
    builder.block("paragraph", "Relapse occurred in 40% of patients in an earlier trial [3].", part="discussion")
    facts = Facts(builder.build())
    read_prose(facts)
    assert [figure.references for figure in facts.cited] == [(2,)]


def test_a_sentence_about_this_study_gives_only_the_figures_set_against_it() -> None:
    assert cited("In our study 12% of patients relapsed, compared with 40% in the trial of Adams et al. [1].") == [("percent", "40", [1])]


@pytest.mark.parametrize(
    "text",
    [
        "In our study 12% of patients relapsed.",
        "Relapse was seen in 12% of patients, which is consistent with other studies [2].",
        "Relapse was seen in fewer than 12% of patients in earlier studies [2].",
        "Relapse was seen in 8–12% of patients in earlier studies [2].",
    ],
)
def test_own_figures_limits_and_ranges_are_left_out(text: str) -> None:
    assert cited(text) == []


def test_they_reported_goes_on_about_the_work_of_the_sentence_before() -> None:
    assert cited("Adams et al. [1] studied relapse. They reported it in 40% of patients.") == [("percent", "40", [1])]


def test_raised_marks_end_a_sentence_and_are_resolved() -> None:
    before = "Others did so.¹ Some did not.² A few could not.³"
    assert cited("Relapse occurred in 40% of patients elsewhere.² It is rare.", before=before) == [("percent", "40", [2])]


def test_introductions_are_read_for_what_they_cite() -> None:
    assert cited("Relapse occurs in 40% of patients [3].", part="introduction") == [("percent", "40", [3])]


def test_entries_are_told_by_numbers_that_follow_one_another() -> None:
    at = Locator(0, 1)
    blocks = [
        Block("reference", "1. Adams B. Early relapse. J Trials 2009;4:11. 2. Evans F. Late", at, "references"),
        Block("reference", "relapse. J Trials 2011;6:21. 3. Ivens J. No surgery. J Trials 2012;7:31.", at, "references"),
    ]
    assert [(entry.label, entry.year) for entry in from_blocks(blocks)] == [("1", 2009), ("2", 2011), ("3", 2012)]


def test_an_entry_shows_what_identifies_the_work() -> None:
    entries = [reference("", text) for text in ENTRIES]
    assert [(e.doi, e.pmid, e.year) for e in entries] == [
        ("10.1000/jt.9", None, 2009),
        (None, "21234567", 2011),
        (None, None, 2012),
        (None, None, 2014),
    ]
