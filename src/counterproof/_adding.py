"""The command ``add``: papers into an evidence store, by shards that are loaded once each, whatever stops the work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from counterproof import __version__
from counterproof._children import cores
from counterproof._cutting import cut, part_of, size_for
from counterproof._executors import Executor, executor
from counterproof._extracting import DONE, NO_INPUT, SOME_FAILED, find, tell
from counterproof._inputs import Source
from counterproof._library import Added, open_evidence
from counterproof._limits import Limits
from counterproof._output import Messages
from counterproof._progress import tracked
from counterproof._reading import Outcome
from counterproof._supplements import joined
from counterproof.kb.errors import StoreError, UsageError
from counterproof.kb.loading import frugal, load, loaded
from counterproof.kb.shards import Shards
from counterproof.kb.store import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """How papers are added: to which store by which folder of shards, by whom, and which part of them (job, of how many).

    ``shard_size`` is how many documents a shard has; without it that follows from their number.
    """

    store: Path
    shards: Path
    part: tuple[int, int] | None = None
    shard_size: int | None = None
    scheduler: str | None = None
    audit: bool = False
    resume: bool = True
    jobs: int = 0
    wait: float = 0.0


def plan_part(text: str | None) -> tuple[int, int] | None:
    """The job and the number of jobs from text like ``3/100``. Raises UsageError where it is none."""
    if text is None:
        return None
    number, slash, parts = text.partition("/")
    if not (slash and number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise UsageError(f"--shard {text}: give the number of this job and of all jobs, such as 3/100")
    return int(number), int(parts)


def add(
    paths: list[str],
    *,
    plan: Plan,
    limits: Limits,
    format: str,
    supplements: Sequence[str] = (),
    stdin_filename: str | None,
    messages: Messages,
    verbose: bool,
) -> int:
    """Run the command; the exit code."""
    found = joined(find(paths, stdin_filename, messages, verbose=verbose), supplements, limits)
    if not found:
        return NO_INPUT
    if plan.part:
        found = part_of(found, *plan.part)
    if not plan.resume and Shards(plan.shards).names():
        raise UsageError(f"{plan.shards}: has shards of an earlier run; move them away, or leave out --no-resume to go on with them")
    shards = Shards(plan.shards)
    who = executor(plan.jobs, limits, plan.scheduler, str(shards.scratch))
    new = old = failed = 0
    with ExitStack() as held:
        store = None if plan.part else held.enter_context(open_evidence(plan.store, wait=plan.wait))
        held.enter_context(shards.in_use())
        if store:
            frugal(store, shards.scratch)
        for added in tracked(_added(found, store, shards, who, plan, limits, messages), len(found), "adding", messages):
            tell(added.outcome, messages, verbose=verbose)
            failed += added.outcome.status == "failed"
            new += added.new and added.outcome.status != "failed"
            old += not added.new and added.outcome.status != "failed"
            if format == "jsonl":
                print(_line(added))
    messages.say(f"{shards.folder if plan.part else plan.store}: {new} added, {old} there already, {failed} failed")
    return SOME_FAILED if failed else DONE


def _added(
    found: Sequence[Source], store: Store | None, shards: Shards, who: Executor, plan: Plan, limits: Limits, messages: Messages
) -> Iterator[Added]:
    """What came of each document: those already there or not to be opened, and each shard's as soon as it is written and loaded."""
    from counterproof.extract.pipeline import EXTRACTOR_VERSION

    if store is not None:
        load_rest(store, shards, messages)
        known = set(store.known(EXTRACTOR_VERSION))
    else:
        known = shards.known(EXTRACTOR_VERSION)
    settled: list[Outcome] = []
    tasks = cut(
        found,
        shards,
        EXTRACTOR_VERSION,
        audit=__version__ if plan.audit else None,
        known=known,
        size=plan.shard_size or size_for(len(found), plan.jobs or cores()),
        file_size=limits.file_size,
        settle=settled.append,
    )
    for done in who.run(tasks):
        documents = load(store, shards, done.task.name) if store is not None and done.written else {o.document_id for o in done.outcomes}
        for outcome in (*settled, *done.outcomes):
            yield Added(outcome, not outcome.skipped and outcome.document_id in documents)
        settled.clear()
    yield from (Added(outcome, False) for outcome in settled)


def load_rest(store: Store, shards: Shards, messages: Messages) -> None:
    """Load what earlier runs or other jobs have written; a damaged shard is taken away, so that its documents are read again."""
    have = loaded(store)
    for name in shards.names():
        if name not in have:
            try:
                load(store, shards, name)
            except StoreError as error:
                if "shard is damaged" not in str(error):
                    raise
                messages.problem(f"{error}; its documents are read again")
                shards.remove(name)


def _line(added: Added) -> str:
    outcome = added.outcome
    words = {"document": outcome.path, "id": outcome.document_id, "status": outcome.status, "problems": list(outcome.problems)}
    return json.dumps({**words, "added": added.new}, ensure_ascii=False)
