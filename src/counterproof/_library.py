"""Where extraction, store and queries meet: stores with all their views, and documents read into them."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from counterproof._inputs import Source
from counterproof._inputs import sources as find_sources
from counterproof._limits import Limits
from counterproof._reading import Outcome, read_all
from counterproof._streams import unpack
from counterproof._supplements import joined
from counterproof.kb import dataset, schema
from counterproof.kb.dataset import Dataset
from counterproof.kb.document import Box
from counterproof.kb.errors import StoreError
from counterproof.kb.sharded import open_shards
from counterproof.kb.store import Reading, Store, open_store
from counterproof.queries import views

if TYPE_CHECKING:
    from typing_extensions import Buffer

BATCH_SECONDS, BATCH_BYTES = 0.25, 32 << 20
"""What is read within so short a time, up to so many bytes, is written in one transaction: a commit costs more than a document."""


def open_evidence(path: Path | None = None, *, read_only: bool = False, wait: float = 0.0) -> Store:
    """A store whose schema and views are those of this version; without a path, a new one in memory.

    A store of an older version is brought up to date even where it is opened for reading, if it can be written. A folder of shards
    is opened for reading as if it were a store.
    """
    digest = _views_digest()
    if read_only and path is not None and path.is_dir():
        store = open_shards(path)
        schema.replace_views(store.connection, views.apply, digest)
        return store
    if read_only and path is not None:
        if not _is_current(path, digest, wait):
            with contextlib.suppress(StoreError):  # on a disk that cannot be written the older views still serve
                open_evidence(path, wait=wait).close()
        return open_store(path, read_only=True, wait=wait)
    store = open_store(path, wait=wait)
    try:
        if schema.view_set(store.connection) != digest:
            schema.replace_views(store.connection, views.apply, digest)
    except BaseException:
        store.close()
        raise
    return store


def _is_current(path: Path, digest: str, wait: float) -> bool:
    """Whether schema and views of a store are those of this version."""
    try:
        with open_store(path, read_only=True, wait=wait) as store:
            return schema.view_set(store.connection) == digest
    except StoreError as error:
        if "older version" in str(error):
            return False
        raise


def _views_digest() -> str:
    files = sorted((file.name, file.read_text("utf-8")) for file in resources.files(views).iterdir() if file.name.endswith(".sql"))
    return hashlib.sha256(repr(files).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one document that was to be added: ``new`` where the store has something more for it."""

    outcome: Outcome
    new: bool


def add_documents(store: Store, sources: Iterable[Source], *, jobs: int = 0, limits: Limits | None = None) -> Iterator[Added]:
    """Read documents into a store, some at a time in one transaction; what the store knows is not read again.

    Reading begins at once, before the first answer is asked for.
    """
    from counterproof.extract.pipeline import EXTRACTOR_VERSION

    return _add(store, read_all(sources, "rows", jobs=jobs, limits=limits, known=store.known(EXTRACTOR_VERSION)), EXTRACTOR_VERSION)


def _add(store: Store, outcomes: Iterator[Outcome], extractor: str) -> Iterator[Added]:
    batch: list[Outcome] = []
    written = time.monotonic()
    for outcome in outcomes:
        batch.append(outcome)
        due = store.path is not None and time.monotonic() - written > BATCH_SECONDS
        if due or sum(len(one.body) for one in batch) > BATCH_BYTES:
            yield from _flush(store, batch, extractor)
            batch, written = [], time.monotonic()
    yield from _flush(store, batch, extractor)


def _flush(store: Store, batch: list[Outcome], extractor: str) -> Iterator[Added]:
    new = store.add(reading(one, extractor) for one in batch if one.document_id is not None and not one.skipped)
    for outcome in batch:
        yield Added(outcome, outcome.document_id in new)


def reading(outcome: Outcome, extractor: str, body: Buffer | None = None) -> Reading:
    """An outcome read as ``rows``, as the store takes it; its body may have been kept apart."""
    assert outcome.document_id is not None
    tables = unpack(outcome.sizes, outcome.body if body is None else body)
    return Reading(outcome.document_id, outcome.path, extractor, outcome.status, outcome.problems, outcome.n_bytes, tables)


def open_dataset(path: Path | None) -> Dataset:
    """The store in this file (made where it is missing) for reading, with the way to add documents to it."""
    if path is not None and not path.exists():
        open_evidence(path).close()
    services = dataset.Services(lambda file, read_only: open_evidence(file, read_only=read_only), _add_paths, _check_new, _crop)
    return Dataset(path, services)


def _check_new(store: Store, documents: Sequence[str] = ()) -> int:
    """Every check over the documents that it has not seen, or over those named; the number of flags."""
    from counterproof import _checking
    from counterproof._auditing import Choice, Documents
    from counterproof.queries.checks import all_checks

    query = """select document_id, path from facts.current_readings as r
        where status <> 'failed' and case when len($documents::varchar[]) > 0
            then list_contains($documents::varchar[], document_id)
            else $checks > (select count(distinct check_id) from facts.current_findings as f where f.reading_id = r.reading_id) end
        order by path"""
    given = {"checks": len(all_checks()), "documents": list(documents)}
    new = dict(store.connection.execute(query, given).fetchall())
    return len(_checking.check(store, Documents(new), Choice(), keep=True).flags) if new else 0


def _crop(path: str, document: str, box: Box) -> str | None:
    """The page around a box as base64 of a PNG, drawn by a child under limits."""
    from counterproof.queries.html.crops import crops

    (image,) = crops(path, document, [(box, (), None)])
    return image.partition(",")[2] if image else None


def _add_paths(store: Store, paths: Iterable[str], supplements: Sequence[str] = ()) -> dataset.Added:
    new = known = 0
    failed: dict[str, str] = {}
    for added in add_documents(store, joined(find_sources(paths), supplements)):
        if added.outcome.status == "failed":
            failed[added.outcome.path] = "; ".join(added.outcome.problems)
        elif added.new:
            new += 1
        else:
            known += 1
    return dataset.Added(new, known, failed)
