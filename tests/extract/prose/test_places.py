"""Every number can be pointed at in the text, and none is claimed twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.facts import Facts
from counterproof.extract.formats import parse
from counterproof.extract.methods import read_methods
from counterproof.extract.prose import read_prose

PIECES = [
    "12 (30%)", "5/40 patients", "P = .04", "p<0.001", "(95% CI 1.2–3.4)", "HR 0.7", "28 ± 3", "vs.", "and", "in the drug"
    " group", "median", "mean",
    "[7]", "t(34) = 2.1", "Of 40 patients,", "respectively", ";", ".", "3-year OS",
    "(range 3–9)", "(n = 12)", "≥", "NS", "four", "−1.4", "%", "(", ")",
]  # fmt: skip


def check(facts: Facts) -> None:
    text, taken = facts.document.text, set[int]()
    for evidence in facts.evidence:
        start, end = evidence.locator.start, evidence.locator.end
        assert text[start:end] == evidence.number.text
        assert taken.isdisjoint(range(start, end)), evidence
        taken.update(range(start, end))
        assert evidence.quote in text
    for comparison in facts.comparisons:
        assert comparison.p is not None
        assert facts.evidence[comparison.p].kind == "p_value"
    assert len({c.p for c in facts.comparisons}) == len(facts.comparisons) == sum(e.kind == "p_value" for e in facts.evidence)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_mixture_of_forms(pieces: list[str]) -> None:
    builder = DocumentBuilder(b"x", "made.txt", "text")
    builder.block("paragraph", " ".join(["Fever was seen", *pieces]), part="results")
    facts = Facts(builder.build())
    read_methods(facts)
    read_prose(facts)
    check(facts)


def test_real_papers(shared: Path) -> None:
    for path in sorted((shared / "papers").glob("*.txt")) + sorted((shared / "real" / "jats").glob("*.xml"))[::6]:
        facts = Facts(parse(path.read_bytes(), str(path)))
        read_methods(facts)
        read_prose(facts)
        check(facts)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("early-failure", 18),
        ("m1-longterm", 2),
        ("sysu-stage4", 7),
        ("early-relapse-editorial", 1),
        ("radiotherapy-review", 0),
    ],
)
def test_p_values_told_in_the_reference_papers(shared: Path, name: str, values: int) -> None:
    path = shared / "papers" / f"{name}.txt"
    facts = Facts(parse(path.read_bytes(), str(path)))
    read_methods(facts)
    read_prose(facts)
    assert sum(e.kind == "p_value" for e in facts.evidence) == values


@pytest.mark.parametrize("text", ["(" * 3000 + "P = .04", "12 " * 4000, "a % " * 4000, "P = " * 3000, "1-" * 4000, "[1, " * 3000])
def test_hostile_text_takes_no_time(read: Callable[..., Any], text: str) -> None:
    read(text)
