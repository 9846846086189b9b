"""What readers put right: files of corrections, and how they lie over a store."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof._library import open_evidence
from counterproof.extract import pipeline
from counterproof.kb import correcting, corrections, rows
from counterproof.kb.corrections import Correction, FalseAlarm
from counterproof.kb.errors import UsageError
from counterproof.kb.store import Reading, Store
from counterproof.queries.audit import audit

PAGE = b"""<!DOCTYPE html><html><head><title>A small trial</title></head><body><h1>A small trial</h1>
<h2>Methods</h2><p>Proportions were compared with the chi-squared test.</p>
<h2>Results</h2><table><caption>Table 1. Outcomes by arm</caption>
<tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr>
<tr><td>Relapse, n (%)</td><td>4 (20.0)</td><td>10 (50.0)</td><td>0.047</td></tr>
<tr><td>Cure, n (%)</td><td>8 (50.0)</td><td>4 (20.0)</td><td>0.150</td></tr>
<tr><td>Age, mean (SD)</td><td>61.2 (8.4)</td><td>59.8 (9.1)</td><td>0.616</td></tr></table></body></html>"""

ENTRY = """
[[correction]]
document = "trial.html"
quote = "Cure, n (%)"
number = "8"
{change}
by = "A. Reader"
on = 2030-05-06
why = "four patients could not be assessed"
"""


def store_of(extractor: str = "1", store: Store | None = None) -> Store:
    """A store with the paper, read by this version."""
    store = store or open_evidence()
    read = pipeline.read(PAGE, "trial.html")
    store.add([Reading(read.document.id, "trial.html", extractor, "ok", (), len(PAGE), rows.tables(read))])
    return store


def entries(change: str, **put: str) -> tuple[corrections.Entry, ...]:
    """One correction."""
    text = ENTRY.format(change=change)
    for old, new in put.items():
        text = text.replace(old, new)
    return corrections.parse(text, "file")


def flagged(store: Store, check: str) -> bool:
    """Whether a check flags something."""
    return any(f.check == check and f.verdict == "inconsistent" for f in audit(store.connection).findings)


def test_a_base_put_right_ends_the_flag_and_the_reading_stays() -> None:
    """8 (50.0) of 20 is flagged; of 16 it is not, and what was read is still in the store."""
    store = store_of()
    assert audit(store.connection).findings
    before = store.connection.execute("select bases from aggregate_values where quote like 'Cure%' and arm like 'Drug%'").fetchall()
    applied = correcting.apply(store, entries('base = "16"'), "file")
    assert [len(words) for words in applied.numbers.values()] == [1]
    assert "A. Reader" in next(iter(applied.numbers.values()))[0]
    assert store.connection.execute("select bases from aggregate_values where quote like 'Cure%' and arm like 'Drug%'").fetchall() == [
        (["16"],)
    ]
    assert before == [(["20"],)]
    assert store.connection.execute("select made_by, why from corrected_numbers").fetchall() == [
        ("A. Reader", "four patients could not be assessed")
    ]
    correcting.apply(store, (), "file")
    assert store.connection.execute("select bases from aggregate_values where quote like 'Cure%' and arm like 'Drug%'").fetchall() == before


def test_a_value_a_kind_and_an_arm() -> None:
    """Each takes the place of the reading in the views only; an arm takes the whole cell and its place in the comparison."""
    store = store_of()
    correcting.apply(store, entries('value = "10"'), "file")
    number = "select kind, text, value, arm from evidence where quote like 'Cure%' order by evidence_no"
    assert store.connection.execute(number).fetchall()[0] == ("count", "10", 10.0, "Drug")
    assert ("8",) in store.connection.execute("select text from facts.evidence").fetchall()
    correcting.apply(store, entries('arm = "placebo"'), "file")
    assert [row[3] for row in store.connection.execute(number).fetchall()[:2]] == ["Placebo", "Placebo"]
    orders = "select arm_order from comparison_rows where quote like 'Cure%'"
    assert {row[0] for row in store.connection.execute(orders).fetchall()} == {1}
    correcting.apply(store, entries('kind = "median"', **{'"Cure, n (%)"': '"Age, mean (SD)"', '"8"': '"61.2"'}), "file")
    assert store.connection.execute("select kind from comparisons where variable like 'Age%'").fetchall() == [("medians",)]


def test_corrections_hold_for_later_readings() -> None:
    """They are laid anew over the reading of a newer extractor; an unchanged set is written once."""
    store = store_of()
    given = entries('base = "16"')
    correcting.apply(store, given, "file")
    correcting.apply(store, given, "file")
    assert store.connection.execute("select count(*) from facts.correction_sets").fetchall() == [(1,)]
    store_of("2", store)
    assert correcting.stored(store) == given
    correcting.apply(store, correcting.stored(store), "file")
    assert store.connection.execute("select count(*), any_value(base) from corrected_numbers").fetchall() == [(1, "16")]


@pytest.mark.parametrize(
    ("put", "why"),
    [
        ({'"Cure, n (%)"': '"Cure of all"'}, "no such number"),
        ({'"8"': '"9"'}, "no such number"),
        ({'quote = "Cure, n (%)"': 'occurrence = 3\nquote = "Cure, n (%)"'}, "only 1 such"),
        ({'base = "16"': 'arm = "Surgery"'}, "no arm there"),
        ({'"Cure, n (%)"': '"Table 1"', '"8"': '"20"'}, "no such number"),
    ],
)
def test_what_matches_nothing_is_told(put: dict[str, str], why: str) -> None:
    """A correction that finds no number changes nothing and is told with the reason."""
    applied = correcting.apply(store_of(), entries('base = "16"', **put), "file")
    assert not applied.numbers
    assert why in applied.unmatched[0]


def test_like_numbers_want_an_occurrence() -> None:
    """50.0 stands once in the row of cures but 4 twice in the table."""
    store = store_of()
    told = correcting.apply(store, entries('value = "5"', **{'"Cure, n (%)"': '"n (%)"', '"8"': '"4"'}), "file")
    assert "2 numbers fit" in told.unmatched[0]
    put = {'"Cure, n (%)"': '"n (%)"', 'number = "8"': 'number = "4"\noccurrence = 2'}
    assert not correcting.apply(store, entries('value = "5"', **put), "file").unmatched


def test_one_number_is_put_right_once() -> None:
    """A second entry for the same number is refused."""
    applied = correcting.apply(store_of(), (*entries('base = "16"'), *entries('value = "10"')), "file")
    assert "say both in one" in applied.unmatched[0]


def test_another_paper_is_no_failure() -> None:
    """Corrections of papers that the store does not have are counted, not complained of."""
    applied = correcting.apply(store_of(), entries('base = "16"', **{"trial.html": "10.1234/other"}), "file")
    assert (applied.unmatched, applied.elsewhere) == ((), 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[correction]]\nby = ", "line 2"),
        ("[[corection]]\n", "line 1: only [[correction]] and [[false_alarm]]"),
        ("x = 1\n", "line 1: only"),
        ("\n" + ENTRY.format(change=""), "line 3: says nothing to put right"),
        (ENTRY.format(change='kind = "average"'), "line 2: kind is none of"),
        (ENTRY.format(change="value = 4.50"), "line 2: value: write it in quotes"),
        (ENTRY.format(change='value = "four or five"'), "line 2: value: not one printed number"),
        (ENTRY.format(change='colour = "red"'), "line 2: colour is not known here"),
        (ENTRY.format(change='base = "16"').replace("why =", "# why ="), "line 2: why is missing"),
        (ENTRY.format(change='base = "16"').replace("2030-05-06", '"yesterday"'), "line 2: on"),
        ('[[false_alarm]]\nfingerprint = "xyz"\n', "line 1: by is missing"),
        ("correction = 5\n", "line 1: only"),
        ("correction = [5]\n", "line 1"),
        ("x = " + "[" * 100_000, "file"),
    ],
)
def test_a_bad_file_gives_one_line(text: str, message: str) -> None:
    """One clear error with the line."""
    with pytest.raises(UsageError) as caught:
        corrections.parse(text, "file")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_what_is_written_is_read_again(quote: str, why: str) -> None:
    """An entry survives the way through a file, whatever its words."""
    if not quote.strip() or not why.strip() or any("\ud800" <= c <= "\udfff" for c in quote + why):
        return
    said = {"by": "A. Reader", "on": date(2030, 5, 6), "why": why}
    entry = corrections.entry_of({"document": "trial.html", "quote": quote, "number": "8", "base": "16", **said})
    alarm = corrections.entry_of({"fingerprint": "0123456789abcdef", **said})
    assert isinstance(entry, Correction)
    assert isinstance(alarm, FalseAlarm)
    assert corrections.parse(corrections.written(entry) + "\n" + corrections.written(alarm), "file") == (entry, alarm)
