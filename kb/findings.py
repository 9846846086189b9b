"""Keeps findings of an audit in the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

import pyarrow as pa

from counterproof.kb.finding import Finding
from counterproof.kb.rows import BOOL, INT, REAL, TEXT, TEXTS, Columns, Schema, arrow
from counterproof.kb.schema import utc_now
from counterproof.kb.store import Store

_ID = pa.int64()
_AUDITED: Schema = {"audit_id": _ID, "reading_id": _ID, "check_id": TEXT}
_FINDINGS: Schema = {
    "reading_id": _ID, "audit_id": _ID, "finding_no": INT, "check_id": TEXT, "verdict": TEXT, "reason": TEXT, "severity": TEXT,
    "changes_conclusion": BOOL, "table_label": TEXT, "row": INT, "column": INT, "section": TEXT, "quote": TEXT, "char_start": INT,
    "char_end": INT, "page": INT, "x0": REAL, "top": REAL, "x1": REAL, "bottom": REAL, "reported": TEXT, "message": TEXT,
    "inputs": TEXTS, "chance": REAL, "confidence": REAL, "comparison_no": INT, "inspect_sr": TEXT,
}  # fmt: skip
_RECOMPUTATIONS: Schema = {
    "reading_id": _ID, "audit_id": _ID, "finding_no": INT, "recomputation_no": INT, "method": TEXT, "role": TEXT, "interval_no": INT,
    "low": REAL, "high": REAL,
}  # fmt: skip
_PLACES: Schema = {
    "reading_id": _ID, "audit_id": _ID, "finding_no": INT, "position": INT, "table_label": TEXT, "row": INT, "column": INT, "quote": TEXT,
    "char_start": INT, "char_end": INT,
}  # fmt: skip


def add_findings(store: Store, findings: Sequence[Finding], *, documents: Iterable[str], checks: Iterable[str], version: str) -> int:
    """Store what the checks said of the current readings of these documents, in one transaction; the number of the audit."""
    current = dict(store.connection.execute("select document_id, reading_id from facts.current_readings").fetchall())
    checks = list(checks)
    with store.transaction():
        audit = store.next_id("audits", "audit_id")
        store.connection.execute("insert into facts.audits values (?, ?, ?)", [audit, version, utc_now()])
        readings = {document: current[document] for document in documents}
        for table, rows in finding_tables(findings, readings, checks, audit).items():
            store.insert(table, rows)
    return audit


def finding_tables(findings: Sequence[Finding], readings: dict[str, int], checks: Sequence[str], audit: int) -> dict[str, pa.Table]:
    """An audit by these checks as tables of schema ``facts``; ``readings`` has the number of each document's reading."""
    numbered = _numbered(findings)
    return {
        "audited": _table(_AUDITED, [(audit, reading, check) for reading in readings.values() for check in checks]),
        "findings": _findings(numbered, readings, audit),
        "finding_recomputations": _recomputations(numbered, readings, audit),
        "finding_places": _places(numbered, readings, audit),
    }


def _numbered(findings: Iterable[Finding]) -> list[tuple[int, Finding]]:
    """Each finding with its number within its document, so that it is the same whatever else was audited with it."""
    numbers: dict[str, Iterator[int]] = {}
    return [(next(numbers.setdefault(finding.document, count())), finding) for finding in findings]


def _findings(numbered: list[tuple[int, Finding]], current: dict[str, int], audit: int) -> pa.Table:
    findings = [finding for _, finding in numbered]
    places = [finding.place for finding in findings]
    boxes = [place.box for place in places]
    columns: Columns = {
        "reading_id": [current[f.document] for f in findings],
        "audit_id": [audit] * len(findings),
        "finding_no": [number for number, _ in numbered],
        "check_id": [f.check for f in findings],
        "table_label": [p.table for p in places],
        "row": [p.row for p in places],
        "column": [p.column for p in places],
        "section": [p.section for p in places],
        "quote": [p.quote for p in places],
        "char_start": [p.start for p in places],
        "char_end": [p.end for p in places],
        "page": [box.page if box else None for box in boxes],
        "x0": [box.x0 if box else None for box in boxes],
        "top": [box.top if box else None for box in boxes],
        "x1": [box.x1 if box else None for box in boxes],
        "bottom": [box.bottom if box else None for box in boxes],
        "inputs": [list(f.inputs) for f in findings],
        "comparison_no": [f.comparison for f in findings],
    }
    same = ("verdict", "reason", "severity", "changes_conclusion", "reported", "message", "confidence", "inspect_sr")
    columns |= {name: [getattr(f, name) for f in findings] for name in same}
    columns["chance"] = [None if f.chance is None else _digits(f.chance) for f in findings]
    return arrow(_FINDINGS, columns)


def _recomputations(numbered: list[tuple[int, Finding]], current: dict[str, int], audit: int) -> pa.Table:
    rows = [
        (current[finding.document], audit, number, position, one.method, one.role, interval, low, high)
        for number, finding in numbered
        for position, one in enumerate(finding.recomputed)
        for interval, (low, high) in enumerate(_kept(one.intervals))
    ]
    return _table(_RECOMPUTATIONS, rows)


def _digits(value: float) -> float:
    """A computed value to eight significant digits, beyond which it depends on what else was computed with it."""
    return float(f"{value:.7e}")


def _kept(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Intervals as they are kept: rounded, and joined where they meet."""
    kept: list[tuple[float, float]] = []
    for low, high in intervals:
        low, high = _digits(low), _digits(high)
        if kept and kept[-1][0] <= low <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(kept[-1][1], high)
        else:
            kept.append((low, high))
    return kept


def _places(numbered: list[tuple[int, Finding]], current: dict[str, int], audit: int) -> pa.Table:
    rows = [
        (current[finding.document], audit, number, position, p.table, p.row, p.column, p.quote, p.start, p.end)
        for number, finding in numbered
        for position, p in enumerate((finding.place, *finding.more_places))
    ]
    return _table(_PLACES, rows)


def _table(schema: Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return arrow(schema, {name: list(column) for name, column in zip(schema, columns, strict=True)})
