"""A folder of shards asked as if it were a store: the same tables and views, read from the Parquet files where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from counterproof.kb import schema
from counterproof.kb.errors import StoreError
from counterproof.kb.schema import Relation
from counterproof.kb.shards import Shards
from counterproof.kb.store import Store, fresh, store_errors

_CURRENT = """
create or replace view facts.current_readings as
select reading_id, document_id, path, extractor, status, problems, n_bytes, added_at
from facts.readings
qualify row_number() over (partition by document_id order by status = 'failed', added_at desc, reading_id desc) = 1;
"""
"""Shards are not numbered in the order of time, as a store's readings are."""


def open_shards(folder: str | Path, names: Sequence[str] | None = None) -> Store:
    """The shards in this folder (or those named) as a store for reading. Raises StoreError where there are none."""
    shards = Shards(folder)
    names = shards.names() if names is None else names
    if not names:
        raise StoreError(f"{folder}: a folder without shards; name a store's file, or the folder that `counterproof add` fills")
    connection = fresh("")
    with store_errors(shards.folder):
        schema.migrate(connection)
        for table in schema.relations(connection, "facts"):
            if any(column.name == "reading_id" for column in table.columns) and not table.name.startswith("current_"):
                _show(connection, shards, names, table)
        connection.execute(_CURRENT)
    return Store(connection, shards.folder, read_only=True)


def _show(connection: duckdb.DuckDBPyConnection, shards: Shards, names: Sequence[str], table: Relation) -> None:
    """Put a view of the shards' files in the place of an empty table; columns that they do not have are null."""
    every = [str(file.absolute()) for name in names if (file := shards.file(name, table.name)).exists()]
    if not every:
        return
    files = ", ".join("'" + file.replace("'", "''") + "'" for file in every)
    source = f"read_parquet([{files}], union_by_name = true)"
    there = {row[0] for row in connection.execute(f"describe select * from {source}").fetchall()}
    columns = ", ".join(f'"{c.name}"' if c.name in there else f'null::{c.type} as "{c.name}"' for c in table.columns)
    connection.execute(f"drop table facts.{table.name}; create view facts.{table.name} as select {columns} from {source}")
