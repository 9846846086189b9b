"""Findings as the objects of the output contract, which scripts of others depend on: extend it, never break it."""

from __future__ import annotations

from typing import Any

from counterproof.kb.finding import Finding, fingerprint_of

FIELDS = (
    "document", "check", "verdict", "reason", "severity", "changes_conclusion", "table", "row", "column", "section", "quote", "page",
    "bbox", "char_start", "char_end", "reported", "recomputed", "chance", "confidence", "message", "inputs", "inspect_sr",
    "more_places", "fingerprint", "file",
)  # fmt: skip
"""The keys of a finding's object, in order."""


def finding_object(finding: Finding, path: str) -> dict[str, Any]:
    """One finding as a JSON-able object; ``path`` names its document."""
    place = finding.place
    box = place.box
    return {
        "document": path,
        "check": finding.check,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "severity": finding.severity,
        "changes_conclusion": finding.changes_conclusion,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "section": place.section,
        "quote": place.quote,
        "page": box.page if box else None,
        "bbox": [box.x0, box.top, box.x1, box.bottom] if box else None,
        "char_start": place.start,
        "char_end": place.end,
        "reported": finding.reported,
        "recomputed": [{"method": r.method, "role": r.role, "p": [list(i) for i in r.intervals]} for r in finding.recomputed],
        "chance": finding.chance,
        "confidence": finding.confidence,
        "message": finding.message,
        "inputs": list(finding.inputs),
        "inspect_sr": finding.inspect_sr,
        "more_places": [{"table": p.table, "row": p.row, "column": p.column, "quote": p.quote} for p in finding.more_places],
        "fingerprint": fingerprint(finding),
        "file": place.file,
    }


def fingerprint(finding: Finding) -> str:
    """The same for the same flag in every run: of the document, the check, the place and what is printed there, not of the wording."""
    place = finding.place
    return fingerprint_of(finding.document, finding.check, place.table, place.row, place.quote, finding.reported)
