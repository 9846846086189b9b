"""Corrections of readers: which hold for a run, the flags that they set aside, and the command ``correct``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from counterproof._extracting import DONE
from counterproof._library import open_evidence
from counterproof._output import Messages
from counterproof.kb import correcting, corrections
from counterproof.kb.correcting import Applied
from counterproof.kb.corrections import Entry
from counterproof.kb.errors import UsageError
from counterproof.kb.finding import FLAGS, Finding
from counterproof.kb.store import Store

UNMATCHED = 1


def lay(store: Store, given: Sequence[Entry] | None, source: Path | None = None) -> Applied:
    """Lay these entries over a store; without any, those that it holds, over readings that came since."""
    held = given if given is not None else correcting.stored(store)
    return correcting.apply(store, held, source or (corrections.beside(store.path) if store.path else "given in Python"))


def set_aside(findings: Sequence[Finding], applied: Applied) -> tuple[Finding, ...]:
    """The findings with the flags that a reader calls false alarms told as not checkable, with who says so and why."""
    from counterproof.queries.contract import fingerprint

    alarms = applied.false_alarms
    if not alarms:
        return tuple(findings)
    told = []
    for finding in findings:
        alarm = alarms.get(fingerprint(finding)) if finding.verdict in FLAGS else None
        if alarm:
            why = f"Set aside as a false alarm by {alarm.by} on {alarm.on}: {alarm.why} (It was {finding.verdict}: {finding.message})"
            finding = replace(finding, verdict="not_checkable", reason="set_aside", severity="low", changes_conclusion=False, message=why)
        told.append(finding)
    return tuple(told)


def stale_alarms(store: Store, findings: Sequence[Finding], applied: Applied, audited: Sequence[str]) -> tuple[str, ...]:
    """The false alarms whose flag is not raised any more in a document that was audited."""
    from counterproof.queries.contract import fingerprint

    alarms = [alarm for alarm in applied.false_alarms.values() if alarm.document]
    if not alarms:
        return ()
    raised = {fingerprint(finding) for finding in findings if finding.verdict in FLAGS}
    readings = correcting.current_readings(store)
    return tuple(
        f"false alarm {alarm.fingerprint} (by {alarm.by}): no such flag is raised any more; the entry can go"
        for alarm in alarms
        if alarm.fingerprint not in raised
        and any(id in audited for _, id, _, _ in correcting.documents_named(alarm.document or "", readings))
    )


def correct(file: Path | None, *, store: Path, wait: float, messages: Messages) -> int:
    """Run the command: say what each correction does; the exit code is 1 where one matches nothing."""
    file = file or corrections.beside(store)
    if not file.exists():
        raise UsageError(f"{file}: no such file; write corrections into it (see docs/corrections.md)")
    given = corrections.read_file(file)
    if not store.exists():
        raise UsageError(f"{store}: no such store; `counterproof add PATH… --store {store}` makes one")
    with open_evidence(store, wait=wait) as evidence:
        applied = lay(evidence, given, file)
        paths = {id: path for _, id, path, _ in correcting.current_readings(evidence)}
    for id, words in applied.numbers.items():
        for one in words:
            print(f"{paths[id]}: {one}")
    for one in applied.unmatched:
        messages.problem(one)
    if applied.elsewhere:
        messages.say(f"{applied.elsewhere} of papers that this store does not have")
    put_right, aside = sum(len(words) for words in applied.numbers.values()), len(applied.false_alarms)
    messages.say(f"{file}: {put_right} put right, {aside} to set aside, {len(applied.unmatched)} not applied")
    return UNMATCHED if applied.unmatched else DONE
