"""The command ``audit``: documents read, checked and reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from counterproof._extracting import NO_INPUT, find, tell
from counterproof._inputs import sources
from counterproof._library import Added, add_documents, open_evidence
from counterproof._limits import Limits
from counterproof._output import Messages, output
from counterproof._progress import tracked
from counterproof._supplements import joined

ENDING = ".corrections.toml"
"""What the name of a store's file of corrections adds to the store's own."""

if TYPE_CHECKING:
    from counterproof.kb.corrections import Entry
    from counterproof.queries.audit import AuditResult


@dataclass(frozen=True, slots=True)
class Choice:
    """Which checks run and what of their findings is shown."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    show_all: bool = False
    fail_on: str = "inconsistent"
    corrections_file: Path | None = None
    corrections: tuple[Entry, ...] | None = None


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
    supplements: Sequence[str] = (),
    stdin_filename: str | None,
    messages: Messages,
    verbose: bool,
) -> int:
    """Run the command; the exit code."""
    found = joined(find(paths, stdin_filename, messages, verbose=verbose), supplements, limits)
    if not found:
        return NO_INPUT
    choice = with_corrections(choice, store)
    with open_evidence(store, wait=wait) as evidence:
        reading = add_documents(evidence, found, jobs=jobs, limits=limits)
        from counterproof import _checking, _reporting  # loads the statistics while the children read
        from counterproof.queries.report import render

        _checking.validate(choice)
        known = _checking.read_baseline(choice.baseline) if choice.baseline else frozenset()
        read = _collect(tracked(reading, len(found), "reading", messages), messages, verbose)
        result = _checking.check(evidence, read, choice, keep=store is not None)
        shown = _checking.without(result, known)
        for one in result.unmatched:
            messages.problem(one)
        text = _reporting.document_report(format, shown, evidence, choice) if format in _reporting.FORMATS else None
    if len(shown.findings) < len(result.findings):
        messages.say(f"{len(result.findings) - len(shown.findings)} finding(s) of the baseline not shown")
    with output(to) as target:
        target.write(text or render(shown, format, show_all=choice.show_all, width=target.width, color=target.color))
    return _checking.exit_code(shown, choice.fail_on)


def with_corrections(choice: Choice, store: Path | None) -> Choice:
    """The choice with the entries of its file of corrections, else of the file beside the store (where there is one)."""
    file = choice.corrections_file or (store.with_name(store.name + ENDING) if store else None)
    if file is None or not (choice.corrections_file or file.exists()):
        return choice
    from counterproof.kb.corrections import read_file

    return replace(choice, corrections=read_file(file), corrections_file=file)


def audit_paths(
    paths: list[str],
    select: Iterable[str],
    ignore: Iterable[str],
    store: Path | None,
    corrections: Path | None = None,
    supplements: Sequence[str] = (),
) -> AuditResult:
    """The audit of these papers without a word on the terminal."""
    choice = with_corrections(Choice(tuple(select), tuple(ignore), corrections_file=corrections), store)
    with open_evidence(store) as evidence:
        reading = add_documents(evidence, joined(sources(paths), supplements))
        from counterproof import _checking

        _checking.validate(choice)
        read = _collect(reading, Messages(quiet=True, problems=False), False)
        return _checking.check(evidence, read, choice, keep=store is not None)


def _collect(reading: Iterator[Added], messages: Messages, verbose: bool) -> Documents:
    """Each document once; what failed is told."""
    read = Documents()
    for added in reading:
        outcome = added.outcome
        tell(outcome, messages, verbose=verbose)
        if outcome.document_id is None:
            read.unopened[outcome.path] = "; ".join(outcome.problems)
        elif outcome.document_id in read.paths:
            messages.say(f"{outcome.path}: the same file as {read.paths[outcome.document_id]}, reported once")
        else:
            read.paths[outcome.document_id] = outcome.path
    return read
