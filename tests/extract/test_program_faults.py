"""A part of a paper over which the program stumbles costs no other part, and is told of."""

from __future__ import annotations

from typing import Any

import pytest

from counterproof.extract import methods, prose, tables
from counterproof.extract.facts import FAULT
from counterproof.extract.pipeline import read
from counterproof.extract.tables import values
from counterproof.kb.evidence import Extraction

_HEAD = "<tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P</th></tr>"
_ROWS = _HEAD + "<tr><td>{}, n (%)</td><td>4 (20)</td><td>9 (45)</td><td>0.09</td></tr>"
_TABLE = "<table-wrap><label>Table {}</label><caption><p>Outcomes by arm</p></caption><table>" + _ROWS + "</table></table-wrap>"
PAPER = (
    "<article><body><sec><title>Methods</title><p>Proportions were compared with Fisher's exact test.</p></sec><sec><title>Results</title>"
    "<p>Relapse was seen in 4 of 20 patients (P = 0.03).</p>"
    + "".join(_TABLE.format(n, f"Relapse {n}") for n in (1, 2, 3))
    + "</sec></body></article>"
).encode()


def of_tables(extraction: Extraction) -> set[str]:
    return {str(a.variable) for a in extraction.aggregates if a.table is not None}


def test_a_table_that_cannot_be_read_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(PAPER, "a.xml")
    assert (whole.document.status, len(of_tables(whole))) == ("ok", 3)
    real = values.read_values

    def stumbling(facts: Any, reading: Any, known: Any) -> None:
        real(facts, reading, known)
        if reading.panel.table.index == 1:
            raise KeyError("nothing")

    monkeypatch.setattr(tables, "read_values", stumbling)
    got = read(PAPER, "a.xml")
    assert got.document.status == "partial"
    (problem,) = got.document.problems
    assert problem.startswith(f"Table 2 {FAULT} (KeyError in test_program_faults.py, line ")
    assert of_tables(got) == {"Relapse 1", "Relapse 3"}
    assert sum(c.p is not None for c in got.comparisons) == sum(c.p is not None for c in whole.comparisons) - 1
    assert all(0 <= member.aggregate < len(got.aggregates) for comparison in got.comparisons for member in comparison.members)


@pytest.mark.parametrize(
    ("module", "name", "words"), [(prose, "read_prose", "the running text"), (methods, "read_methods", "what the paper says")]
)
def test_prose_and_methods_that_cannot_be_read_cost_no_table(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, words: str) -> None:
    real = getattr(module, name)

    def stumbling(facts: Any) -> None:
        real(facts)
        raise IndexError("out of range")

    monkeypatch.setattr(module, name, stumbling)
    got = read(PAPER, "a.xml")
    assert got.document.problems[0].startswith(words)
    assert FAULT in got.document.problems[0]
    assert len(of_tables(got)) == 3
    assert not (got.methods if module is methods else [e for e in got.evidence if e.quote.startswith("Relapse was")])


def test_a_paper_that_takes_all_memory_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(tables, "read_tables", greedy)
    with pytest.raises(MemoryError):
        read(PAPER, "a.xml")
