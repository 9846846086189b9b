"""The fuzzer's properties on some hundred inputs in the ordinary tests; ``COUNTERPROOF_FUZZ=20`` tries twenty times as many.

The inputs are the same each time, so that what these tests say depends on the code alone; ``just fuzz`` tries ever new ones.
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutating import TOKENS, mutated
from tests.fuzz.properties import document, figures
from tests.fuzz.seeds import FIGURES, SMALL_XML
from tests.golden.test_formats import as_text, as_word
from tests.hostile import packages, pdfs

TIMES = int(os.environ.get("COUNTERPROOF_FUZZ", "1"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
calm = settings(max_examples=60 * TIMES, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW)
SEEDS = {
    "jats": SMALL_XML,
    "html": b"<!DOCTYPE html><html><body><article>"
    + SMALL_XML.partition(b"<body>")[2].partition(b"</body>")[0]
    + b"</article></body></html>",
    "pdf": pdfs.page_of(pdfs.SENTENCE),
    "docx": packages.package(packages.PARAGRAPH * 2),
    "word": as_word(),
    "text": as_text(),
}


@pytest.mark.parametrize("kind", SEEDS)
@settings(calm, max_examples=12 * TIMES)
@given(number=st.integers(0, 2**32))
def test_a_changed_paper_is_read_or_refused_in_one_line(kind: str, number: int) -> None:
    document(mutated(SEEDS[kind], random.Random(number), [SMALL_XML]))


@calm
@given(data=st.binary(max_size=400))
@example(b"%PDF-")
@example(b"PK\x03\x04")
@example(b"\xff\xfe<\0")
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    document(data)


@settings(calm, max_examples=200 * TIMES)
@given(pieces=st.lists(st.sampled_from([*TOKENS, *FIGURES]) | st.text(max_size=4), max_size=12))
@example(["9" * 400])
@example(["10-999999999"])
def test_figures_stand_where_they_are_said_to_stand(pieces: list[str]) -> None:
    figures("".join(pieces))


def test_a_share_of_an_unreadable_count_is_none() -> None:
    """Found by fuzzing: a count with a leading zero took the reading of its sentence down."""
    document(SMALL_XML.replace(b"(12 [24.5%] vs. 20", b"06 of 0 patients (12"))
