"""The evidence store: a DuckDB file (or a database in memory) to which readings and findings are added, never changed."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import duckdb

from counterproof.kb import schema
from counterproof.kb.document import Status
from counterproof.kb.errors import StoreError
from counterproof.kb.numbering import numbered

if TYPE_CHECKING:
    import pyarrow as pa

STORAGE_VERSION = "v1.5.0"
"""DuckDB's file format, one that older clients can open too."""

_MAGIC = slice(8, 12), b"DUCK"


@dataclass(frozen=True, slots=True)
class Reading:
    """One document read by one version of the extractor; ``tables`` (of schema facts) are empty where it failed."""

    document_id: str
    path: str
    extractor: str
    status: Status
    problems: tuple[str, ...] = ()
    n_bytes: int = 0
    tables: dict[str, pa.Table] = field(default_factory=dict)


class Store:
    """An open evidence store. Use :func:`open_store`, and the object as a context manager."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None, *, read_only: bool = False) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store and let others have it."""
        self.connection.close()

    def known(self, extractor: str) -> dict[str, str]:
        """The documents that need no reading by this extractor, and the status they have.

        They are those that it has read without failing and those that a newer extractor has read.
        """
        rows = self.connection.execute("select document_id, extractor, status from facts.current_readings where status <> 'failed'")
        return {document: status for document, by, status in rows.fetchall() if _rank(by) >= _rank(extractor)}

    def add(self, readings: Iterable[Reading]) -> set[str]:
        """Add readings in one transaction, all or none; the documents of those added.

        A document that this or a newer extractor has read is left as it is, and so is one that failed in the same way before.
        """
        new = self.lacking(list(readings))
        if new:
            with self.transaction():
                self._insert(list(new.values()))
        return set(new)

    def lacking(self, readings: Sequence[Reading]) -> dict[str, Reading]:
        """Of these readings those that tell the store something new, by document."""
        known = self._outcomes([reading.document_id for reading in readings])
        new: dict[str, Reading] = {}
        for reading in readings:
            if not _is_known(reading, known.get(reading.document_id, [])):
                new.setdefault(reading.document_id, reading)
        return new

    def _outcomes(self, documents: list[str]) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
        """For each of these documents, every reading's extractor, status and problems."""
        outcomes: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        query = "select document_id, extractor, status, problems from facts.readings where document_id in (select unnest(?::varchar[]))"
        for document, by, status, problems in self.connection.execute(query, [documents]).fetchall():
            outcomes.setdefault(document, []).append((by, status, tuple(problems)))
        return outcomes

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within is kept or none of it."""
        with store_errors(self.path):
            self.connection.execute("begin")
            try:
                yield
                self.connection.execute("commit")
            except BaseException:
                with contextlib.suppress(duckdb.Error):  # after an error of the disk there is nothing left to take back
                    self.connection.execute("rollback")
                raise

    def next_id(self, table: str, column: str) -> int:
        """The next free number in a column of a table of schema facts."""
        row = self.connection.execute(f"select coalesce(max({column}), 0) + 1 from facts.{table}").fetchone()
        assert row is not None
        return int(row[0])

    def insert(self, table: str, rows: pa.Table) -> None:
        """Insert an Arrow table by the names of its columns."""
        if rows.num_rows:
            self.connection.register("incoming", rows)
            self.connection.execute(f"insert into facts.{table} by name select * from incoming")
            self.connection.unregister("incoming")

    def _insert(self, readings: Sequence[Reading]) -> None:
        import pyarrow as pa

        first = self.next_id("readings", "reading_id")
        now = schema.utc_now()
        heads = [
            (number, r.document_id, r.path, r.extractor, r.status, list(r.problems), r.n_bytes, now)
            for number, r in enumerate(readings, first)
        ]
        self.connection.executemany("insert into facts.readings values (?, ?, ?, ?, ?, ?, ?, ?)", heads)
        parts: dict[str, list[pa.Table]] = {}
        for number, reading in enumerate(readings, first):
            for name, rows in numbered(reading.tables, number).items():
                if rows.num_rows:
                    parts.setdefault(name, []).append(rows)
        for name, tables in parts.items():
            self.insert(name, pa.concat_tables(tables))


def open_store(path: str | Path | None = None, *, read_only: bool = False, wait: float = 0.0) -> Store:
    """Open the evidence store in this file, made where it is missing; without a path, a new one in memory.

    ``wait`` is how many seconds to wait for a store that another process has open. Raises StoreError where the file is locked,
    is no evidence store, is damaged, is of a newer schema, or (with ``read_only``) is missing or of an older schema.
    """
    if path is None:
        store = Store(fresh(""), None)
        schema.migrate(store.connection)
        return store
    path = Path(path)
    _check_file(path, read_only)
    with store_errors(path):
        connection = _connect(path, read_only, time.monotonic() + wait)
        try:
            _prepare(connection, path, read_only)
        except BaseException:
            connection.close()
            raise
    return Store(connection, path, read_only=read_only)


def _prepare(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    have, known = schema.version(connection), schema.migrations()[-1].version
    tables = connection.execute("select 1 from duckdb_tables() where database_name = current_database() limit 1").fetchall()
    if have is None and (read_only or tables):
        raise StoreError(f"{path}: a DuckDB file, but no evidence store; name another file")
    if have is not None and have > known:
        raise StoreError(f"{path}: made by a newer version (schema {have}, here {known}); update counterproof")
    if not read_only:
        schema.migrate(connection)
    elif have is not None and have < known:
        raise StoreError(f"{path}: made by an older version (schema {have}, now {known}); open it once for writing to bring it up to date")


def _connect(path: Path, read_only: bool, until: float) -> duckdb.DuckDBPyConnection:
    """The file attached as the only database of a fresh connection, tried again while another process holds it."""
    connection = fresh(f"{path}.tmp")
    quoted = str(path).replace("'", "''")
    new = not path.exists() or path.stat().st_size == 0  # an existing file keeps its own version
    mode = ", read_only" if read_only else f", storage_version '{STORAGE_VERSION}'" if new else ""
    while True:
        try:
            connection.execute(f"attach '{quoted}' as store (type duckdb{mode})")
            connection.execute("use store")
            if not read_only:  # nobody else has it open, so what a killed process wrote there is nobody's
                shutil.rmtree(f"{path}.tmp", ignore_errors=True)
            return connection
        except duckdb.IOException as error:
            if "lock" not in str(error) or time.monotonic() >= until:
                connection.close()
                raise
        time.sleep(0.05)


def fresh(scratch: str) -> duckdb.DuckDBPyConnection:
    """A connection that fetches nothing from the network and writes what memory cannot hold to this folder (none: nowhere)."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    connection.execute("set temp_directory = '" + scratch.replace("'", "''") + "'")
    return connection


def _check_file(path: Path, read_only: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: a folder; name the store's file")
    if not path.exists():
        if read_only:
            raise StoreError(f"{path}: no such store; `counterproof add PATH… --store {path}` makes one")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: the folder {path.absolute().parent} does not exist; make it first")
        return
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened ({error.strerror})") from error
    if not head and read_only:
        raise StoreError(f"{path}: an empty file, no evidence store")
    if head and head[_MAGIC[0]] != _MAGIC[1]:
        raise StoreError(f"{path}: no DuckDB file; name another file or move this one away")


@contextmanager
def store_errors(path: Path | None) -> Iterator[None]:
    """Tells DuckDB's errors about the file as one line each that says what to do."""
    try:
        yield
    except duckdb.Error as error:
        text = " ".join(str(error).split())
        lower = text.lower()
        if "lock" in lower and "could not set" in lower:
            raise StoreError(f"{path}: another process has the store open; try again later, or wait for it with --wait") from error
        if "corrupt" in lower or "checksum" in lower or "could not read enough bytes" in lower or "not a valid duckdb" in lower:
            raise StoreError(f"{path}: the store is damaged; restore it from a copy, or move it away and add the papers again") from error
        if "read-only" in lower or "permission denied" in lower:
            raise StoreError(f"{path}: cannot be written (read-only file or disk)") from error
        if "no space left" in lower or "file too large" in lower:
            raise StoreError(f"{path}: the disk is full; make room and run it again, and it goes on where it stopped") from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise StoreError(f"{path or 'store in memory'}: the memory is not enough; use a store in a file (--store)") from error
        raise StoreError(f"{path or 'store in memory'}: {text}") from error


def _is_known(reading: Reading, outcomes: list[tuple[str, str, tuple[str, ...]]]) -> bool:
    """Whether a store with these outcomes for the document has nothing to gain from the reading."""
    for by, status, problems in outcomes:
        if status != "failed" and _rank(by) >= _rank(reading.extractor):
            return True
        if status == "failed" == reading.status and by == reading.extractor and problems == reading.problems:
            return True
    return False


def _rank(extractor: str) -> tuple[tuple[int, str], ...]:
    """Orders versions: by number where a part is one."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in extractor.split("."))
