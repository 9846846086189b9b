"""The Parquet files of a shard while they are made: rows come document by document and go to the disk when there are many."""

from __future__ import annotations

import contextlib
import hashlib
import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

PORTION = 16 << 20
"""Bytes of rows that wait in memory to be written together, whatever a document may have."""


class ShardFiles:
    """One file a table in a folder that is there. Use it as a context manager, and ask for the digests before it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, list[pa.Table]] = {}
        self._n_bytes = 0
        self._open: dict[str, tuple[IO[bytes], ParquetWriter]] = {}
        self._held = ExitStack()

    def __enter__(self) -> ShardFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._held.close()
        else:
            with contextlib.suppress(Exception):  # the first error is the one to tell
                self._held.close()

    def add(self, tables: dict[str, pa.Table]) -> None:
        """Add rows to the tables of these names; those of one table always have the same columns."""
        for name, rows in tables.items():
            if rows.num_rows:
                self._waiting.setdefault(name, []).append(rows)
                self._n_bytes += rows.nbytes
        if self._n_bytes > PORTION:
            self._write()

    def digests(self) -> dict[str, str]:
        """Write what waits, bring all files to the disk and close them; the SHA-256 of each."""
        self._write()
        digests = {}
        for name, (file, writer) in self._open.items():
            writer.close()
            file.flush()
            os.fsync(file.fileno())
            with self._path(name).open("rb") as written:
                digests[name] = hashlib.file_digest(written, "sha256").hexdigest()
        return digests

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"

    def _write(self) -> None:
        import pyarrow as pa

        for name, parts in self._waiting.items():
            rows = pa.concat_tables(parts)
            self._writer(name, rows.schema).write_table(rows)
        self._waiting, self._n_bytes = {}, 0
        pa.default_memory_pool().release_unused()

    def _writer(self, name: str, schema: pa.Schema) -> ParquetWriter:
        from pyarrow import parquet

        if name not in self._open:
            file = self._held.enter_context(self._path(name).open("wb"))
            self._open[name] = file, self._held.enter_context(parquet.ParquetWriter(file, schema, compression="zstd"))
        return self._open[name][1]


def put(path: Path, content: bytes) -> None:
    """Write a file through to the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush(folder: Path) -> None:
    """Make the names in a folder last; where a system cannot, they last as they may."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
