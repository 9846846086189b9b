"""The demo documents against their hand labels, and the findings of their audit against the golden list."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import counterproof
from counterproof.corpus.agreement import LABELS, Agreement, Number, compare, labelled, read_numbers
from counterproof.kb.contract import extraction_object
from counterproof.kb.evidence import Extraction
from counterproof.kb.finding import FLAGS, Finding
from counterproof.queries.audit import AuditResult

GOLDEN = Path(__file__).parent
CORPUS = LABELS.parent
FLOORS: dict[str, dict[str, dict[str, float]]] = yaml.safe_load((GOLDEN / "floors.yml").read_text("utf-8"))
FINDINGS: dict[str, list[dict[str, Any]]] = yaml.safe_load((GOLDEN / "findings.yml").read_text("utf-8"))
FILES = {path.stem: path for folder in ("documents", "planted") for path in sorted((CORPUS / folder).glob("*.*"))}
CONTRADICTIONS: dict[str, list[dict[str, Any]]] = yaml.safe_load((LABELS / "contradictions.yml").read_text("utf-8"))
MEASURES = [(name, measure, kind) for name, parts in FLOORS.items() for measure in ("recall", "precision") for kind in parts[measure]]


@cache
def reading(name: str) -> Extraction:
    return counterproof.read(FILES[name])


@cache
def audits() -> AuditResult:
    return counterproof.audit(FILES.values())


def findings(name: str) -> list[Finding]:
    """All findings about one document, worst first."""
    return [finding for finding in audits().findings if finding.document == reading(name).document.id]


def flags_of(name: str) -> list[Finding]:
    return [finding for finding in findings(name) if finding.verdict in FLAGS]


@cache
def agreement(name: str) -> Agreement:
    return compare(labelled(name), read_numbers(extraction_object(reading(name))))


def test_every_document_has_labels_floors_and_golden_findings() -> None:
    """A document that is added to the corpus is labelled and measured with it."""
    labels = {path.stem for path in LABELS.glob("*.csv") if not path.stem.endswith(".comparisons")}
    assert set(FILES) == labels == set(FLOORS) == set(FINDINGS) == set(CONTRADICTIONS)


@pytest.mark.parametrize("name", FILES)
def test_labels_are_printed_in_the_document(name: str) -> None:
    """A label that the document does not print is the label's fault."""
    text = re.sub(r"\s+", "", reading(name).document.text)
    assert [label.text for label in labelled(name) if re.sub(r"\s+", "", label.text) not in text] == []


@pytest.mark.parametrize(("name", "measure", "kind"), MEASURES)
def test_numbers_are_read_as_labelled(name: str, measure: str, kind: str) -> None:
    """Precision and recall of each kind lie at or above their floors."""
    result = agreement(name)
    right, every = (result.recall if measure == "recall" else result.precision)[kind]
    told = "\n".join(map(str, (*result.missed, *result.surplus, *result.other_kind)))
    assert right >= FLOORS[name][measure][kind] * every, f"{right} of {every}; what disagrees:\n{told}"


@pytest.mark.parametrize("name", FILES)
def test_every_kind_has_a_floor(name: str) -> None:
    assert set(agreement(name).recall) <= set(FLOORS[name]["recall"])


@pytest.mark.parametrize("name", FILES)
def test_every_p_value_is_read_exactly(name: str) -> None:
    """No P-value missed, none invented, each with its comparator, its table or section and its row."""
    result = agreement(name)
    off = [n for n in (*result.missed, *result.surplus, *(p for pair in result.other_kind for p in pair)) if "p_value" in n.kinds]
    assert not off, "\n".join(map(str, off))


@pytest.mark.parametrize("name", FILES)
def test_numbers_of_tables_stand_in_their_arm(name: str) -> None:
    assert not agreement(name).other_arm, "\n".join(f"{a} -> {b}" for a, b in agreement(name).other_arm)


@pytest.mark.parametrize("name", FILES)
def test_comparisons_are_checked_or_refused_as_labelled(name: str) -> None:
    """What cannot be recomputed is never recomputed, and says why; what can be is, save for a few named in floors.yml."""
    places = _by_place(name)
    refused, assured, silent = [], [], []
    for label in _comparisons(name):
        finding = places[_key(label["where"], label["row"], label["value"], label["comparator"])].pop(0)
        told = f"{label['where']} [{label['row']}] {label['variable']} {label['p']}: {finding.verdict} {finding.reason}"
        if label["checkable"] == "yes" and not finding.recomputed:
            silent.append(told)
        elif label["checkable"] == "no" and finding.recomputed:
            assured.append(told)
        elif label["checkable"] == "no" and finding.reason not in label["reason"].split("|"):
            refused.append(told)
    assert not assured
    assert not refused
    checkable = sum(label["checkable"] == "yes" for label in _comparisons(name))
    assert len(silent) <= (1 - FLOORS[name]["comparisons"]["checked"]) * checkable, "\n".join(silent)


@pytest.mark.parametrize("name", FILES)
def test_the_audit_finds_what_it_should_and_nothing_else(name: str) -> None:
    """The flags of each document, compared with findings.yml, whatever their order."""
    expected = Counter(_line(flag) for flag in FINDINGS[name])
    found = Counter(_line(_golden(flag, reading(name))) for flag in flags_of(name))
    unexpected, lacking = list((found - expected).elements()), list((expected - found).elements())
    told = "\n".join(["unexpected:", *unexpected, "lacking:", *lacking])
    assert (unexpected, lacking) == ([], []), told


@pytest.mark.parametrize("name", FILES)
def test_contradictions_that_a_reader_finds_are_flagged(name: str) -> None:
    """The share of the hand-made list of contradictions that a flag points at."""
    flags = flags_of(name)
    lacking = [str(entry) for entry in CONTRADICTIONS[name] if not any(_points_at(flag, entry) for flag in flags)]
    floor = FLOORS[name]["contradictions"]["flagged"]
    assert len(CONTRADICTIONS[name]) - len(lacking) >= floor * len(CONTRADICTIONS[name]), "\n".join(lacking)


def _points_at(flag: Finding, entry: dict[str, Any]) -> bool:
    """Whether a flag stands at the place of a contradiction, or has a place there, and tells one of its numbers."""
    places = {place.table or place.section.rsplit(" > ", 1)[-1] for place in (flag.place, *flag.more_places)}
    return entry["where"] in places and any(number in f"{flag.reported} {flag.message}" for number in entry["numbers"])


def _golden(flag: Finding, extraction: Extraction) -> dict[str, Any]:
    """A flag in the terms of findings.yml: what it is about, by table and row label or by section."""
    table = next((t for t in extraction.document.tables if t.label and t.label == flag.place.table), None)
    entry: dict[str, Any] = {"where": table.label if table else flag.place.section}
    if table and flag.place.row is not None and not flag.more_places:
        entry["row"] = table.rows[flag.place.row][0]
    entry |= {"check": flag.check, "verdict": flag.verdict, "reported": flag.reported}
    entry |= {"because": flag.reason} if flag.reason else {}
    entry |= {"places": 1 + len(flag.more_places)} if flag.more_places else {}
    return entry | ({"changes_conclusion": True} if flag.changes_conclusion else {})


def _line(entry: dict[str, Any]) -> str:
    """An entry on one line, the same whichever member of a group of numbers is told first."""
    told = dict(entry)
    parts = sorted(str(told["reported"]).split(", "))
    told["reported"] = "; ".join(parts) if len(parts) > 1 or "places" not in told else "one of several"
    told["because"] = "; ".join(sorted(str(told.get("because", "")).split(", ")))
    return " | ".join(f"{key} {told[key]}" for key in sorted(told))


def _comparisons(name: str) -> list[dict[str, str]]:
    with (LABELS / f"{name}.comparisons.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key(where: str, row: str, value: float | str, comparator: str) -> tuple[str, str, float, str]:
    return where.casefold(), re.sub(r"\s+", "", row), float(value), comparator


def _by_place(name: str) -> dict[tuple[str, str, float, str], list[Finding]]:
    """The findings about P-values by place and P, those of one place in reading order."""
    extraction = reading(name)
    numbers: list[Number] = read_numbers(extraction_object(extraction))
    places: dict[tuple[str, str, float, str], list[Finding]] = defaultdict(list)
    for finding in sorted(findings(name), key=lambda f: f.comparison if f.comparison is not None else -1):
        p = extraction.comparisons[finding.comparison].p if finding.comparison is not None else None
        if p is not None and numbers[p].value is not None:
            place = _key(numbers[p].where, numbers[p].row, numbers[p].value or 0, numbers[p].comparator)
            places[place].append(finding)
    return places
