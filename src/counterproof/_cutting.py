"""Cuts the documents of a run into shards: those that are not known, in the order given, by the digests of their bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence

from counterproof._inputs import Source
from counterproof._reading import Outcome, unopened
from counterproof._shard_work import Task
from counterproof.kb.shards import Shards, name_of

MOST_BYTES = 32 << 20
"""Bytes of documents in one shard."""


def size_for(documents: int, jobs: int) -> int:
    """How many documents a shard has: all jobs have work to the last, and a kill costs little; more of them in very long runs.

    What is audited together costs less: of 128 documents each takes nine tenths of what it takes among 54.
    """
    return max(1, min(-(-documents // (4 * jobs)), 128 + documents // 1000, 1000))


def part_of(sources: Sequence[Source], number: int, parts: int) -> list[Source]:
    """The documents that job ``number`` (from 1) of so many jobs has to read, by their paths, so that none needs to be opened."""
    return [source for source in sources if int(hashlib.sha256(os.fsencode(source.path)).hexdigest()[:15], 16) % parts == number - 1]


def cut(
    sources: Sequence[Source],
    shards: Shards,
    extractor: str,
    *,
    audit: str | None,
    known: set[str],
    size: int,
    file_size: int,
    settle: Callable[[Outcome], None],
) -> Iterator[Task]:
    """The tasks of a run; ``settle`` is told of each document that needs no reading or cannot be opened."""
    batch: list[tuple[str, Source]] = []
    n_bytes = 0

    def task() -> Task:
        name = _free_name(shards, extractor, [id for id, _ in batch], audit)
        return Task(name, tuple(source for _, source in batch), str(shards.folder), extractor, audit)

    for source in sources:
        try:
            id, length = source.identity(file_size)
        except OSError as error:
            settle(unopened(source, error))
            continue
        if id in known:
            settle(Outcome(source.name, id, "ok", n_bytes=length, skipped=True))
            continue
        known.add(id)
        batch.append((id, source))
        n_bytes += length
        if len(batch) >= size or n_bytes >= MOST_BYTES:
            yield task()
            batch, n_bytes = [], 0
    if batch:
        yield task()


def _free_name(shards: Shards, extractor: str, documents: list[str], audit: str | None) -> str:
    """The name of the shard; documents that failed before are tried again under another."""
    attempt = 0
    while (name := name_of(extractor, documents, audit=audit, attempt=attempt)) in shards:
        attempt += 1
    return name
