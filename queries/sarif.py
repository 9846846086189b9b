"""Findings as SARIF 2.1.0, the format of OASIS for results of analysis tools, which editors and code hosts show beside the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from counterproof.kb.finding import FLAGS, Finding, Place
from counterproof.queries.audit import AuditResult, Coverage
from counterproof.queries.checks import all_checks
from counterproof.queries.contract import finding_object, fingerprint
from counterproof.queries.report import where

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"high": "error", "medium": "warning", "low": "note"}
KINDS = {"consistent": "pass", "not_checkable": "open", "undecided": "review"}
"""SARIF's kinds of the verdicts that are no flags: ``open`` means that there was not enough to decide on."""


def sarif(result: AuditResult, *, version: str, time: datetime, show_all: bool = False) -> str:
    """The audit as a SARIF log with one run.

    Documents that could not be read, and checks that failed, are notifications of the run, which then counts as not successful.
    ``show_all`` adds what is consistent or could not be checked to the flags; ``time`` is in UTC.
    """
    checks = all_checks()
    rules = {check.id: number for number, check in enumerate(checks)}
    artifacts = {coverage.document: number for number, coverage in enumerate(result.coverage)}
    paths = {coverage.document: coverage.path for coverage in result.coverage}
    notifications = [*_failures(result, paths)]
    chosen = [f for f in result.findings if f.verdict in FLAGS or (show_all and f.verdict != "error")]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "counterproof", "semanticVersion": version, "version": version, "rules": [_rule(c) for c in checks]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not notifications,
                "endTimeUtc": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "toolExecutionNotifications": notifications,
            }
        ],
        "artifacts": [_artifact(coverage) for coverage in result.coverage],
        "results": [_result(f, rules, artifacts[f.document], paths[f.document]) for f in chosen],
        "properties": {"summary": result.summary},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(check: Any) -> dict[str, Any]:
    rule = {
        "id": check.id,
        "name": "".join(part.capitalize() for part in check.id.split("_")),
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.doc},
        "help": {"text": f"{check.doc}\n\nA finding says that printed numbers do not fit together, not why."},
    }
    return rule | ({"properties": {"inspect_sr": check.inspect_sr}} if check.inspect_sr else {})


def _artifact(coverage: Coverage) -> dict[str, Any]:
    artifact: dict[str, Any] = {
        "location": {"uri": _uri(coverage.path)},
        "properties": {
            "p_values_found": coverage.p_found,
            "p_values_checked": coverage.p_checked,
            "not_checked_by_reason": coverage.not_checked,
            "status": coverage.status,
        },
    }
    if len(coverage.document) == 64:
        artifact["hashes"] = {"sha-256": coverage.document}
    return artifact


def _result(finding: Finding, rules: Mapping[str, int], artifact: int, path: str) -> dict[str, Any]:
    told = finding_object(finding, path)
    kept = ("verdict", "reason", "reported", "recomputed", "chance", "confidence", "changes_conclusion", "inputs", "inspect_sr")
    flagged = finding.verdict in FLAGS
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "kind": "fail" if flagged else KINDS[finding.verdict],
        "level": LEVELS[finding.severity] if flagged else "none",
        "message": {"text": finding.message},
        "locations": [_location(finding.place, artifact, path)],
        "partialFingerprints": {"counterproof/v1": fingerprint(finding)},
        "properties": {name: told[name] for name in kept},
    }
    if finding.check in rules:
        result["ruleIndex"] = rules[finding.check]
    if finding.more_places:
        result["relatedLocations"] = [{"id": n, **_location(p, artifact, path)} for n, p in enumerate(finding.more_places, 1)]
    return result


def _location(place: Place, artifact: int, path: str) -> dict[str, Any]:
    """File and place; offsets count in the document's normalised text, into which all offsets of counterproof point."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path), "index": artifact}}
    properties: dict[str, Any] = {}
    if place.start is not None and place.end is not None:
        region: dict[str, Any] = {"charOffset": place.start, "charLength": max(0, place.end - place.start)}
        if place.quote:
            region["snippet"] = {"text": place.quote}
        physical["region"] = region
        properties["offsets"] = "normalised text"
    if place.box:
        box = place.box
        properties |= {"page": box.page, "bbox": [box.x0, box.top, box.x1, box.bottom]}
    location: dict[str, Any] = {"physicalLocation": physical}
    name = _name(place)
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "table row" if place.table else "section"}]
    return location | ({"properties": properties} if properties else {})


def _name(place: Place) -> str:
    if place.table and place.row is not None:
        column = f"/column {place.column + 1}" if place.column is not None else ""
        return f"{place.table}/row {place.row + 1}{column}"
    return place.table or place.section


def _failures(result: AuditResult, paths: Mapping[str, str]) -> list[dict[str, Any]]:
    """What could not be read, and checks that failed themselves."""
    found = [
        {"level": "error", "message": {"text": "; ".join(c.problems) or f"{c.path}: could not be read"}, "locations": [_file(c.path)]}
        for c in result.coverage
        if c.status == "failed"
    ]
    for finding in result.findings:
        if finding.verdict == "error":
            place = where(finding)
            text = f"{finding.message} ({place})"
            found.append({"level": "error", "message": {"text": text}, "locations": [_file(paths[finding.document])]})
    return found


def _file(path: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}


def _uri(path: str) -> str:
    """A path as a URI: relative ones stay relative to where the command ran."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
