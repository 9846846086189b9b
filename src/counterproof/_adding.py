"""The command ``add``: papers into an evidence store."""

from __future__ import annotations

import json
from pathlib import Path

from counterproof._extracting import DONE, NO_INPUT, SOME_FAILED, find, tell
from counterproof._library import Added, add_documents, open_evidence
from counterproof._limits import Limits
from counterproof._output import Messages
from counterproof._progress import tracked


def add(
    paths: list[str],
    *,
    store: Path,
    format: str,
    jobs: int,
    limits: Limits,
    wait: float,
    stdin_filename: str | None,
    messages: Messages,
    verbose: bool,
) -> int:
    """Run the command; the exit code."""
    found = find(paths, stdin_filename, messages)
    if not found:
        return NO_INPUT
    new = old = failed = 0
    with open_evidence(store, wait=wait) as evidence:
        for added in tracked(add_documents(evidence, found, jobs=jobs, limits=limits), len(found), "adding", messages):
            tell(added.outcome, messages, verbose=verbose)
            if added.outcome.status == "failed":
                failed += 1
            elif added.new:
                new += 1
            else:
                old += 1
            if format == "jsonl":
                print(_line(added))
    messages.say(f"{store}: {new} added, {old} there already, {failed} failed")
    return SOME_FAILED if failed else DONE


def _line(added: Added) -> str:
    outcome = added.outcome
    words = {"document": outcome.path, "id": outcome.document_id, "status": outcome.status, "problems": list(outcome.problems)}
    return json.dumps({**words, "added": added.new}, ensure_ascii=False)
