"""The work of one shard: its documents read and audited by a child process, their rows written to the folder of shards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from counterproof._children import Worker
from counterproof._inputs import Source
from counterproof._library import reading
from counterproof._reading import Outcome, read_one
from counterproof._spool import Bodies, Spool, spool
from counterproof._streams import unpack
from counterproof.kb.finding import Finding, Place
from counterproof.kb.shards import Shards

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be made: its name, its documents, the folder it goes to; ``audit`` is the version of the checks, if they run."""

    name: str
    sources: tuple[Source, ...]
    folder: str
    extractor: str
    audit: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A task done: what came of each document, without content; ``written`` where there is a shard."""

    task: Task
    outcomes: tuple[Outcome, ...]
    written: bool = True


def work(task: Task, worker: Worker) -> Done:
    """Read the documents of a task and write their shard, if it is not there. Raises StoreError where it cannot be written.

    A cluster that lost the answer of a worker, but not its shard, asks again for what is done.
    """
    shards = Shards(task.folder)
    if task.name in shards:
        return Done(task, tuple(Outcome(r.path, r.document_id, r.status, r.problems, r.n_bytes) for r in shards.readings(task.name)))
    every: list[Outcome] = []
    with spool(shards.work()) as kept:
        for source in task.sources:
            outcome = read_one(source, "rows", frozenset(), worker, kept.place)
            every.append(replace(outcome, sizes={}))
            if outcome.document_id is not None:
                kept.keep(outcome)
        audits = [tables for portion in kept.portions() for tables in _audits(kept, portion, worker)] if task.audit is not None else []
        if kept.heads:
            readings = (reading(head, task.extractor, kept.body(number)) for number, head in enumerate(kept.heads))
            shards.write(task.name, readings, audits, audit=task.audit)
    return Done(task, tuple(every), written=bool(kept.heads))


def _audits(kept: Spool, numbers: list[int], worker: Worker) -> Iterator[dict[str, pa.Table]]:
    """The findings in these documents, audited together; where that fails, by halves, so that one document costs no other."""
    documents = [_document(number, kept.heads[number]) for number in numbers]
    bodies = Bodies(kept, numbers)
    head, body = worker.ask({"path": "audit", "form": "audit", "documents": documents}, bodies, bodies.length)
    if head["status"] != "failed":
        yield unpack(head["sizes"], body)
    elif len(numbers) > 1:
        half = len(numbers) // 2
        yield from _audits(kept, numbers[:half], worker)
        yield from _audits(kept, numbers[half:], worker)
    else:
        yield _not_audited(numbers[0], kept.heads[numbers[0]], "; ".join(head["problems"]))


def _document(number: int, head: Outcome) -> dict[str, Any]:
    return {"number": number, "id": head.document_id, "path": head.path, "status": head.status, "sizes": head.sizes}


def _not_audited(number: int, outcome: Outcome, problem: str) -> dict[str, pa.Table]:
    """The finding that the checks could not be run on a document."""
    from counterproof.kb.findings import finding_tables

    assert outcome.document_id is not None
    failed = Finding(outcome.document_id, "audit", "error", Place(), f"the checks were not run to their end: {problem}")
    return finding_tables([failed], {outcome.document_id: number}, ["audit"], audit=0)
