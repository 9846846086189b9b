"""Shards: what was read of some documents as Parquet files, one a table, in a folder that is there whole or not at all.

A shard's name follows from the work that it holds (extractor, documents, attempt), so that work done twice has one result. Its
files are written in a private folder, flushed to the disk and put in place by one rename; its manifest has their digests.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from counterproof.kb import schema
from counterproof.kb.errors import StoreError
from counterproof.kb.numbering import numbered, renumbered
from counterproof.kb.shard_files import ShardFiles, flush, put

if TYPE_CHECKING:
    import pyarrow as pa

    from counterproof.kb.store import Reading

MOST_DOCUMENTS = 4096
"""Documents that one shard can have: the twelve low bits of its readings' numbers."""

_WORK, _LOCK, _MANIFEST = ".work", ".lock", "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a shard holds: the SHA-256 of each table's file, the number of readings, the version of the checks that were run."""

    digests: dict[str, str]
    readings: int
    audit: str | None
    digest: str


def name_of(extractor: str, documents: Iterable[str], *, audit: str | None = None, attempt: int = 0) -> str:
    """The name of the shard with these documents read by this extractor (and checked by this version)."""
    work = json.dumps([extractor, audit, sorted(documents), attempt])
    return hashlib.sha256(work.encode()).hexdigest()[:24]


def first_reading(name: str) -> int:
    """The number of the first reading in a shard's files, from which the others count upwards."""
    return int(name, 16) >> (96 - 51) << 12


class Shards:
    """A folder of shards, made where it is missing, closed to other users of the machine."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def names(self) -> list[str]:
        """The shards that are there, in order of name."""
        try:
            return sorted(entry.name for entry in os.scandir(self.folder) if entry.is_dir() and not entry.name.startswith("."))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot be read ({error.strerror})") from error

    @property
    def scratch(self) -> Path:
        """The folder for what is not finished."""
        return self.folder / _WORK

    def __contains__(self, name: str) -> bool:
        return (self.folder / name).is_dir()

    def file(self, name: str, table: str) -> Path:
        """Where a shard keeps a table."""
        return self.folder / name / f"{table}.parquet"

    def write(
        self, name: str, readings: Iterable[Reading], audits: Iterable[dict[str, pa.Table]] = (), *, audit: str | None = None
    ) -> None:
        """Write a shard, all or nothing; one that is there already is left as it is.

        The readings are taken one after the other, so that they need not be in memory together. ``audits`` are tables of findings by
        checks of version ``audit``, their ``reading_id`` the position of the reading. Raises StoreError where the disk is full or
        cannot be written, ValueError where a shard cannot have so many documents.
        """
        first = first_reading(name)
        with disk_errors(self.folder), tempfile.TemporaryDirectory(prefix=f"{name}-", dir=self.work(), ignore_cleanup_errors=True) as work:
            heads: list[Reading] = []
            with ShardFiles(Path(work)) as files:
                for number, reading in enumerate(readings, first):
                    files.add(numbered(reading.tables, number))
                    heads.append(replace(reading, tables={}))
                for tables in audits:
                    files.add(renumbered(tables, first))
                if len(heads) > MOST_DOCUMENTS:
                    raise ValueError(f"more than {MOST_DOCUMENTS} documents in one shard")
                files.add({"readings": _heads(heads, first)})
                digests = files.digests()
            put(Path(work) / _MANIFEST, json.dumps({"tables": digests, "readings": len(heads), "audit": audit}, sort_keys=True).encode())
            flush(Path(work))
            self._place(Path(work), name)

    def work(self) -> Path:
        """The folder for what is not finished, made where it is missing. Raises StoreError where it cannot be."""
        with disk_errors(self.folder):
            self.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.scratch

    def _place(self, work: Path, name: str) -> None:
        try:
            work.rename(self.folder / name)
            flush(self.folder)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise  # else the same work was done by somebody else

    def manifest(self, name: str) -> Manifest:
        """What a shard says that it holds. Raises StoreError where it cannot be read."""
        try:
            text = (self.folder / name / _MANIFEST).read_bytes()
            said = json.loads(text)
            return Manifest(said["tables"], said["readings"], said["audit"], hashlib.sha256(text).hexdigest())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.folder / name}: the shard is damaged (its manifest cannot be read)") from error

    def readings(self, name: str) -> list[Reading]:
        """The readings of a shard without their tables, in order. Raises StoreError where the shard is damaged."""
        import pyarrow as pa
        from pyarrow import parquet

        from counterproof.kb.store import Reading

        try:
            rows = parquet.read_table(self.file(name, "readings")).to_pylist()
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreError(f"{self.file(name, 'readings')}: the shard is damaged ({error})") from error
        return [Reading(r["document_id"], r["path"], r["extractor"], r["status"], tuple(r["problems"]), r["n_bytes"]) for r in rows]

    def check(self, name: str) -> Manifest:
        """The manifest of a shard whose files are what it says. Raises StoreError where they are not."""
        manifest = self.manifest(name)
        for table, digest in manifest.digests.items():
            try:
                with self.file(name, table).open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise StoreError(f"{self.file(name, table)}: the shard is damaged ({error.strerror})") from error
            if found != digest:
                raise StoreError(f"{self.file(name, table)}: the shard is damaged (not what was written)")
        return manifest

    def known(self, extractor: str) -> set[str]:
        """The documents that this extractor has read without failing; shards that are damaged are passed over."""
        import pyarrow as pa
        from pyarrow import parquet

        found: set[str] = set()
        for name in self.names():
            with contextlib.suppress(OSError, pa.ArrowInvalid):
                rows = parquet.read_table(self.file(name, "readings"), columns=["document_id", "extractor", "status"])
                for document, by, status in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                    if by == extractor and status != "failed":
                        found.add(document)
        return found

    def remove(self, name: str) -> None:
        """Take a shard away."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Work on the folder; what killed processes left half done is cleaned away first, unless others work there too."""
        with disk_errors(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = (self.folder / _LOCK).open("ab")
        with file:
            if _lock(file, alone=True):
                shutil.rmtree(self.scratch, ignore_errors=True)
            _lock(file, alone=False)
            self.scratch.mkdir(mode=0o700, exist_ok=True)
            yield


def _heads(readings: Sequence[Reading], first: int) -> pa.Table:
    """What is known of each reading beside its rows."""
    import pyarrow as pa

    heads: dict[str, Any] = {
        "reading_id": pa.array(range(first, first + len(readings)), pa.int64()),
        "document_id": [r.document_id for r in readings],
        "path": [r.path for r in readings],
        "extractor": [r.extractor for r in readings],
        "status": [r.status for r in readings],
        "problems": pa.array([list(r.problems) for r in readings], pa.list_(pa.string())),
        "n_bytes": pa.array([r.n_bytes for r in readings], pa.int64()),
        "added_at": pa.array([schema.utc_now()] * len(readings), pa.timestamp("us")),
    }
    return pa.table(heads)


def _lock(file: IO[bytes], *, alone: bool) -> bool:
    """Lock a file for oneself or with others; whether that was possible at once (never where a system has no such locks)."""
    try:
        import fcntl

        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        return True
    except (ImportError, OSError):
        return False


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Errors of the disk within say what to do, as StoreError."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StoreError(f"{folder}: the disk is full; make room and run it again, and it goes on where it stopped") from error
        raise StoreError(f"{folder}: cannot be written ({error.strerror or error})") from error
