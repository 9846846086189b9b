"""What the checks say of the documents read, what of it is shown, and the exit code. Heavy to import: ask for it late."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from counterproof import __version__, _correcting
from counterproof._auditing import Choice, Documents
from counterproof._extracting import DONE, SOME_FAILED
from counterproof.kb.errors import UsageError
from counterproof.kb.finding import FLAGS, Verdict
from counterproof.kb.findings import add_findings
from counterproof.kb.store import Store, store_errors
from counterproof.queries.audit import AuditResult, Coverage, audit
from counterproof.queries.checks import choose
from counterproof.queries.contract import fingerprint

NOTHING_CHECKABLE, FLAGGED = 5, 1

THRESHOLDS: dict[str, tuple[Verdict, ...]] = {"never": (), "decision_error": FLAGS[:1], "inconsistent": FLAGS[:2]}
"""From which verdict on the exit code is 1 (``FLAGS`` has the worst first)."""


def validate(choice: Choice) -> None:
    """Raises UsageError for a check that there is not."""
    choose(choice.select, choice.ignore)


def check(store: Store, read: Documents, choice: Choice, *, keep: bool = False) -> AuditResult:
    """The checks over these documents of a store, reported in their order; ``keep`` stores the findings there."""
    applied = _correcting.lay(store, choice.corrections, choice.corrections_file)
    with store_errors(store.path):
        result = audit(store.connection, select=choice.select, ignore=choice.ignore, document_ids=list(read.paths))
    stale = () if choice.select or choice.ignore else _correcting.stale_alarms(store, result.findings, applied, list(read.paths))
    result = replace(result, findings=_correcting.set_aside(result.findings, applied), unmatched=(*applied.unmatched, *stale))
    if keep:
        checks = [one.id for one in choose(choice.select, choice.ignore)]
        add_findings(store, result.findings, documents=read.paths, checks=checks, version=__version__)
    order = {id: number for number, id in enumerate(read.paths)}
    findings = sorted(result.findings, key=lambda finding: order[finding.document])
    corrected = applied.numbers
    coverage = [
        replace(one, path=read.paths[one.document], corrected=corrected.get(one.document, ()))
        for one in sorted(result.coverage, key=lambda c: order[c.document])
    ]
    coverage += [Coverage(path, path, None, "", "failed", (problem,), 0, (), 0, 0, {}) for path, problem in read.unopened.items()]
    return replace(result, findings=tuple(findings), coverage=tuple(coverage))


def read_baseline(file: Path) -> frozenset[str]:
    """The fingerprints of the findings in an earlier audit's output (json or jsonl)."""
    try:
        text = file.read_text("utf-8")
        try:
            whole = json.loads(text)
            objects = whole.get("findings", [whole])
        except json.JSONDecodeError:
            objects = [json.loads(line) for line in text.splitlines() if line.strip()]
        return frozenset(one["fingerprint"] for one in objects if "summary" not in one)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror or error})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file}: not the output of `counterproof audit --format jsonl`") from error


def without(result: AuditResult, known: Iterable[str]) -> AuditResult:
    """The result without the flags whose fingerprints are known."""
    known = frozenset(known)
    if not known:
        return result
    kept = (f for f in result.findings if f.verdict not in FLAGS or fingerprint(f) not in known)
    return replace(result, findings=tuple(kept))


def exit_code(result: AuditResult, fail_on: str) -> int:
    """The exit code of the contract: nothing checkable, some failed, flags at or above the threshold, or none."""
    verdicts = {finding.verdict for finding in result.findings}
    if not verdicts - {"not_checkable", "error"}:
        return NOTHING_CHECKABLE
    if any(coverage.status == "failed" for coverage in result.coverage):
        return SOME_FAILED
    return FLAGGED if verdicts & set(THRESHOLDS[fail_on]) else DONE
