"""Loads shards into a store: a shard's rows and its record in one transaction, so that each is loaded once, whatever happens."""

from __future__ import annotations

from pathlib import Path

import duckdb

from counterproof.kb import schema
from counterproof.kb.errors import StoreError
from counterproof.kb.shards import Manifest, Shards, first_reading
from counterproof.kb.store import Store, store_errors

AUDIT_TABLES = ("audited", "findings", "finding_recomputations", "finding_places")
"""Tables of a shard that an audit filled; their number of the audit is given by the store."""


SETTINGS = {"memory_limit": "'64MB'", "threads": "1", "checkpoint_threshold": "'128MB'"}
"""Of DuckDB while it loads: it would keep what it wrote in memory until most of the machine's is used, and would fold what is new into
the file so often that this took twice as long as all else."""

ENOUGH = "2GB"
"""Of memory for a shard that has something that does not fit in so little, such as a paragraph of many megabytes."""


def frugal(store: Store, scratch: Path) -> None:
    """Hold a store to little memory and one thread; what has no room there goes to the folder ``scratch``, which is there already.

    What a run that was killed had put in the store's log is folded into the file first, since it would need the memory.
    """
    with store_errors(store.path):
        store.connection.execute("set temp_directory = ?", [str(scratch / "duckdb")])
        store.connection.execute("checkpoint")
        for name, value in SETTINGS.items():
            store.connection.execute(f"set {name} = {value}")


def loaded(store: Store) -> set[str]:
    """The names of the shards that a store has."""
    return {name for (name,) in store.connection.execute("select name from facts.shards").fetchall()}


def load(store: Store, shards: Shards, name: str) -> set[str]:
    """Load a shard that the store does not have yet; the documents that it brought.

    A document that this or a newer extractor has read is left as it is. Raises StoreError where the shard is damaged or the disk is
    full; the store is then as it was.
    """
    manifest = shards.check(name)
    every = shards.readings(name)
    new = store.lacking(every)
    base = first_reading(name)
    wanted = [base + position for position, reading in enumerate(every) if new.get(reading.document_id) is reading]
    try:
        _load(store, shards, name, manifest, wanted, base)
    except StoreError as error:
        if not isinstance(error.__cause__, duckdb.OutOfMemoryException):
            raise
        before = store.connection.execute("select current_setting('memory_limit')").fetchone()
        assert before is not None
        store.connection.execute(f"set memory_limit = '{ENOUGH}'")
        try:
            _load(store, shards, name, manifest, wanted, base)
        finally:
            store.connection.execute("set memory_limit = ?", [before[0]])
    return set(new)


def _load(store: Store, shards: Shards, name: str, manifest: Manifest, wanted: list[int], base: int) -> None:
    """Insert a shard's rows and its record, all or nothing."""
    with store.transaction():
        first = store.next_id("readings", "reading_id")
        if wanted:
            _insert(store, shards, name, manifest, wanted, first - base)
        record = [name, manifest.digest, first, manifest.readings, schema.utc_now()]
        store.connection.execute("insert into facts.shards values (?, ?, ?, ?, ?)", record)


def _insert(store: Store, shards: Shards, name: str, manifest: Manifest, wanted: list[int], shift: int) -> None:
    """Insert the rows of these readings, their numbers shifted to those of the store."""
    audit = store.next_id("audits", "audit_id")
    if manifest.audit is not None:
        store.connection.execute("insert into facts.audits values (?, ?, ?)", [audit, manifest.audit, schema.utc_now()])
    only = "" if len(wanted) == manifest.readings else "where reading_id in (select unnest($wanted::bigint[]))"
    for table in manifest.digests:
        changed = f"reading_id + {shift} as reading_id" + (f", {audit} as audit_id" if table in AUDIT_TABLES else "")
        given: dict[str, object] = {"file": str(shards.file(name, table)), **({"wanted": wanted} if only else {})}
        store.connection.execute(f"insert into facts.{table} by name select * replace ({changed}) from read_parquet($file) {only}", given)
