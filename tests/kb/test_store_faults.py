"""Whatever is the matter with a store's file is said in one line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from counterproof.kb import schema
from counterproof.kb.errors import StoreError
from counterproof.kb.store import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evidence.duckdb"


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Another process has the store open for so long."""
    code = f"import duckdb, time; c = duckdb.connect({str(path)!r}); print('open', flush=True); time.sleep({seconds})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        try:
            yield
        finally:
            other.kill()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_that_another_process_has_open_is_said_so(path: Path, read_only: bool) -> None:
    open_store(path).close()
    with held(path, 60), pytest.raises(StoreError, match=r"another process .* --wait"):
        open_store(path, read_only=read_only)


def test_waiting_for_the_other_process_helps(path: Path) -> None:
    open_store(path).close()
    with held(path, 0.3), open_store(path, wait=30) as store:
        assert schema.version(store.connection)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no database at all, only words", "no DuckDB file"),
        (b"SQLite format 3\0" + bytes(4000), "no DuckDB file"),
        (b"", "empty file"),
    ],
)
def test_another_kind_of_file_is_refused(path: Path, content: bytes, said: str) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=said):
        open_store(path, read_only=True)
    assert path.read_bytes() == content or not content


def test_a_damaged_store_is_refused(path: Path) -> None:
    open_store(path).close()
    whole = path.read_bytes()
    assert len(whole) > 20_000
    for damaged in (whole[:3000], whole[:20_000], whole[:12_300] + bytes(len(whole) - 12_300)):
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match="damaged"):
            open_store(path)


def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    with duckdb.connect(str(path)) as other:
        other.execute("create table mine (x integer)")
    with pytest.raises(StoreError, match="no evidence store"):
        open_store(path)
    with pytest.raises(StoreError, match="no evidence store"):
        open_store(path, read_only=True)
    with duckdb.connect(str(path)) as other:
        assert other.execute("show tables").fetchall() == [("mine",)]


def test_a_store_of_a_newer_version_is_refused(path: Path) -> None:
    with open_store(path) as store:
        store.connection.execute("insert into facts.migrations values (999, 'future', ?)", [schema.utc_now()])
    for read_only in (False, True):
        with pytest.raises(StoreError, match="update counterproof"):
            open_store(path, read_only=read_only)


def test_a_missing_store_or_folder_is_said_so(path: Path) -> None:
    with pytest.raises(StoreError, match="no such store"):
        open_store(path, read_only=True)
    assert not path.exists()
    with pytest.raises(StoreError, match="does not exist"):
        open_store(path.parent / "nowhere" / "evidence.duckdb")
    with pytest.raises(StoreError, match="a folder"):
        open_store(path.parent)


def test_a_process_that_is_killed_while_adding_leaves_whole_documents_only(path: Path) -> None:
    open_store(path).close()
    code = f"""
import os
from counterproof.kb.store import open_store
store = open_store({str(path)!r})
head = "insert into facts.readings values (?, ?, 'p', '1', 'ok', [], 1, '2026-01-01')"
store.connection.execute(head, [1, 'a'])
store.connection.execute("begin")
store.connection.execute(head, [2, 'b'])
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with open_store(path) as store:
        assert store.connection.execute("select document_id from facts.readings").fetchall() == [("a",)]
