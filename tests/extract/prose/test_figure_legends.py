"""A legend under a figure that names one comparison reports its P-value; one of levels only does not."""

import pytest

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.facts import Facts
from counterproof.extract.prose import read_prose


@pytest.mark.parametrize(
    ("legend", "found"),
    [
        ("Pain over time. *P < 0.001 for drug vs placebo by analysis of covariance.", 1),
        ("Pain over time. *P < 0.05, **P < 0.01.", 0),
    ],
)
def test_legends_of_figures(legend: str, found: int) -> None:
    builder = DocumentBuilder(b"x", "x.txt", "text")
    builder.block("caption", legend, part="results")
    facts = Facts(builder.build())
    read_prose(facts)
    assert sum(e.kind == "p_value" for e in facts.evidence) == found
