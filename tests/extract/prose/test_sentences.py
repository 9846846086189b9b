"""Sentences end where a reader ends them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract.prose.sentences import spans, split
from counterproof.kb.document import Document


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Bleeding was rarer (4% vs. 9%, P = .04) with the drug.",
        "See Fig. 2 for the curves.",
        "As Moreau et al. [8] wrote, pain fell.",
        "Patients of J. K. Brown were asked, i.e. all of them.",
        "Item No. 5 was dropped at 3.5 mg/dL.",
        "The gap (e.g. 2.5 points) closed.",
        "Values fell to .05 mg.",
        "It was drug vs. Placebo that we tested.",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_nothing(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Pain fell (P = .04). Nausea did not.", "Pain fell (P = .04)."),
        ("This was seen in the trial.6 We saw less.", "This was seen in the trial.6"),
        ("Wounds healed in group A. Others did not.", "Wounds healed in group A."),
        ("It was 12 mg/dL. In the rest it was 9.", "It was 12 mg/dL."),
        ("P was .03. The other was .5.", "P was .03."),
        ("Was it so? It was.", "Was it so?"),
        ("We found 12%.3,4 Others found less.", "We found 12%.3,4"),
    ],
)
def test_sentences_end_at_full_stops(text: str, first: str) -> None:
    assert pieces(text)[0] == first
    assert len(pieces(text)) == 2


def test_sentences_know_their_place_in_the_document(make: Callable[..., Document]) -> None:
    made = make("One is here. Two is there.", ("methods", "Three was done."))
    found = list(split(made))
    assert [made.text[s.start : s.end] for s in found] == ["One is here.", "Two is there.", "Three was done."]
    assert [s.block.part for s in found] == ["results", "results", "methods"]


@given(st.text(alphabet="Ab. 3(%)\n", max_size=200))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())
