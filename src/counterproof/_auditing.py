"""The command ``audit``: documents read, checked and reported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from counterproof import __version__
from counterproof._extracting import DONE, NO_INPUT, SOME_FAILED, find, tell
from counterproof._inputs import Source, sources
from counterproof._library import add_documents, open_evidence
from counterproof._output import Messages, output
from counterproof._progress import tracked
from counterproof._reading import Limits
from counterproof.kb.errors import UsageError
from counterproof.kb.finding import FLAGS, Verdict
from counterproof.kb.findings import add_findings
from counterproof.kb.store import Store, store_errors
from counterproof.queries.audit import AuditResult, Coverage, audit
from counterproof.queries.checks import choose
from counterproof.queries.contract import fingerprint
from counterproof.queries.report import render

NOTHING_CHECKABLE, FLAGGED = 5, 1

THRESHOLDS: dict[str, tuple[Verdict, ...]] = {"never": (), "decision_error": FLAGS[:1], "inconsistent": FLAGS[:2]}
"""From which verdict on the exit code is 1 (``FLAGS`` has the worst first)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which checks run and what of their findings is shown."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    show_all: bool = False
    fail_on: str = "inconsistent"


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a run in the order given: paths by id, and what could not even be opened with the reason."""

    paths: dict[str, str] = field(default_factory=dict)
    unopened: dict[str, str] = field(default_factory=dict)


def run(
    paths: list[str],
    *,
    choice: Choice,
    format: str,
    to: Path | None,
    store: Path | None,
    jobs: int,
    limits: Limits,
    wait: float,
    stdin_filename: str | None,
    messages: Messages,
    verbose: bool,
) -> int:
    """Run the command; the exit code."""
    choose(choice.select, choice.ignore)
    known = read_baseline(choice.baseline) if choice.baseline else frozenset()
    found = find(paths, stdin_filename, messages)
    if not found:
        return NO_INPUT
    with open_evidence(store, wait=wait) as evidence:
        read = _read(evidence, found, jobs, limits, messages, verbose)
        result = check(evidence, read, choice, keep=store is not None)
    shown = without(result, known)
    if len(shown.findings) < len(result.findings):
        messages.say(f"{len(result.findings) - len(shown.findings)} findings of the baseline are not shown")
    with output(to) as target:
        target.write(render(shown, format, show_all=choice.show_all, width=target.width, color=target.color))
    return exit_code(shown, choice.fail_on, failed=sum(c.status == "failed" for c in result.coverage))


def audit_paths(paths: list[str], select: Iterable[str], ignore: Iterable[str], store: Path | None) -> AuditResult:
    """The audit of these papers without a word on the terminal."""
    choice = Choice(tuple(select), tuple(ignore))
    choose(choice.select, choice.ignore)
    with open_evidence(store) as evidence:
        read = _read(evidence, sources(paths), 0, Limits(), Messages(quiet=True, problems=False), False)
        return check(evidence, read, choice, keep=store is not None)


def check(store: Store, read: Documents, choice: Choice, *, keep: bool = False) -> AuditResult:
    """The checks over these documents of a store, reported in their order; ``keep`` stores the findings there."""
    with store_errors(store.path):
        result = audit(store.connection, select=choice.select, ignore=choice.ignore, document_ids=list(read.paths))
    if keep:
        checks = [one.id for one in choose(choice.select, choice.ignore)]
        add_findings(store, result.findings, documents=read.paths, checks=checks, version=__version__)
    order = {id: number for number, id in enumerate(read.paths)}
    findings = sorted(result.findings, key=lambda finding: order[finding.document])
    coverage = [replace(one, path=read.paths[one.document]) for one in sorted(result.coverage, key=lambda c: order[c.document])]
    coverage += [Coverage(path, path, None, "", "failed", (problem,), 0, (), 0, 0, {}) for path, problem in read.unopened.items()]
    return replace(result, findings=tuple(findings), coverage=tuple(coverage))


def _read(store: Store, found: Sequence[Source], jobs: int, limits: Limits, messages: Messages, verbose: bool) -> Documents:
    """Read the documents into the store, each once."""
    read = Documents()
    for added in tracked(add_documents(store, found, jobs=jobs, limits=limits), len(found), "reading", messages):
        outcome = added.outcome
        tell(outcome, messages, verbose=verbose)
        if outcome.document_id is None:
            read.unopened[outcome.path] = "; ".join(outcome.problems)
        elif outcome.document_id in read.paths:
            messages.say(f"{outcome.path}: the same file as {read.paths[outcome.document_id]}, reported once")
        else:
            read.paths[outcome.document_id] = outcome.path
    return read


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


def exit_code(result: AuditResult, fail_on: str, failed: int) -> int:
    """The exit code of the contract: nothing checkable, some failed, flags at or above the threshold, or none."""
    verdicts = {finding.verdict for finding in result.findings}
    if not verdicts - {"not_checkable", "error"}:
        return NOTHING_CHECKABLE
    if failed:
        return SOME_FAILED
    return FLAGGED if verdicts & set(THRESHOLDS[fail_on]) else DONE
