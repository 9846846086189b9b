"""Shards are there whole or not at all, are loaded once, and say the same as the store that they were loaded into."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from counterproof.extract import pipeline
from counterproof.kb import canonical, rows, shard_files
from counterproof.kb.errors import StoreError
from counterproof.kb.finding import Finding, Place, Recomputation
from counterproof.kb.findings import finding_tables
from counterproof.kb.loading import frugal, load, loaded
from counterproof.kb.sharded import open_shards
from counterproof.kb.shards import Shards, first_reading, name_of
from counterproof.kb.store import Reading, open_store

PAPER = "A small trial\n\nResults\n\nRelapse was seen in {n} of 40 patients ({percent}%) under the drug (P = 0.03).\n"


def read(n: int, extractor: str = "1") -> Reading:
    data = PAPER.format(n=n, percent=n / 0.4).encode()
    extraction = pipeline.read(data, f"{n}.txt")
    return Reading(extraction.document.id, f"{n}.txt", extractor, "ok", (), len(data), rows.tables(extraction))


@pytest.fixture
def shards(tmp_path: Path) -> Shards:
    return Shards(tmp_path / "evidence.shards")


def write(shards: Shards, readings: list[Reading]) -> str:
    name = name_of("1", [reading.document_id for reading in readings])
    shards.write(name, readings)
    return name


def test_what_is_loaded_is_what_was_written(shards: Shards, tmp_path: Path) -> None:
    names = [write(shards, [read(4), read(8)]), write(shards, [read(12)])]
    with open_store(tmp_path / "loaded.duckdb") as store, open_store() as direct, open_shards(shards.folder) as unloaded:
        for name in names:
            assert load(store, shards, name)
        direct.add([read(12), read(4), read(8)])
        digests = [canonical.digests(one.connection) for one in (store, direct, unloaded)]
        assert loaded(store) == set(names)
        assert unloaded.connection.execute("select current_setting('temp_directory')").fetchone() == ("",)
    assert digests[0] == digests[1] == digests[2]
    assert len(digests[0]) == 3
    assert canonical.total(digests[0]) != canonical.total({})


def test_a_shard_that_is_loaded_again_brings_nothing(shards: Shards) -> None:
    name = write(shards, [read(4), read(8)])
    with open_store() as store:
        assert len(load(store, shards, name)) == 2
        before = canonical.digests(store.connection)
        with pytest.raises(StoreError, match="uplicate"):
            load(store, shards, name)
        assert canonical.digests(store.connection) == before


def test_documents_that_the_store_has_are_passed_over(shards: Shards) -> None:
    one, two = write(shards, [read(4), read(8)]), write(shards, [read(8), read(12)])
    with open_store() as store:
        load(store, shards, one)
        assert load(store, shards, two) == {read(12).document_id}
        counts = store.connection.execute("select count(*), count(distinct document_id) from facts.readings").fetchone()
        per_document = store.connection.execute(
            "select count(distinct n) from (select count(*) as n from evidence group by path)"
        ).fetchone()
    assert counts == (3, 3)
    assert per_document == (1,)


def test_findings_come_with_their_readings(shards: Shards) -> None:
    readings = [read(4), read(8)]
    flag = Finding(
        readings[1].document_id, "percent", "inconsistent", Place(), "no", recomputed=(Recomputation("m", "standard", ((0, 1),)),)
    )
    tables = finding_tables([flag], {readings[0].document_id: 0, readings[1].document_id: 1}, ["percent", "total"], audit=0)
    name = name_of("1", ["a"], audit="0.1")
    shards.write(name, readings, [tables], audit="0.1")
    query = "select findings.path, check_id, verdict, method from findings join finding_recomputations using (document_id, finding_no)"
    with open_store() as store, open_shards(shards.folder) as unloaded:
        load(store, shards, name)
        assert store.connection.execute(query).fetchall() == [("8.txt", "percent", "inconsistent", "m")]
        assert unloaded.connection.execute(query).fetchall() == [("8.txt", "percent", "inconsistent", "m")]
        assert store.connection.execute("select version from facts.audits").fetchall() == [("0.1",)]


def test_rows_written_bit_by_bit_are_the_same_rows(shards: Shards, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = [read(4), read(8), read(12)]
    name = write(shards, readings)
    monkeypatch.setattr(shard_files, "PORTION", 1)
    bits = Shards(tmp_path / "bits")
    assert write(bits, readings) == name
    assert parquet.ParquetFile(bits.file(name, "evidence")).num_row_groups == 3
    with open_store() as one, open_store() as other:
        load(one, shards, name)
        load(other, bits, name)
        assert canonical.digests(one.connection) == canonical.digests(other.connection)


def test_what_needs_much_memory_is_loaded_all_the_same(shards: Shards, tmp_path: Path) -> None:
    large = read(4)
    text = pa.array(["x" * (30 << 20)] * large.tables["blocks"].num_rows, pa.string())
    at = large.tables["blocks"].schema.get_field_index("text")
    large.tables["blocks"] = large.tables["blocks"].slice(0, 1).set_column(at, "text", text.slice(0, 1))
    names = [write(shards, [large]), write(shards, [read(8)])]
    with open_store(tmp_path / "e.duckdb") as store, shards.in_use():
        frugal(store, shards.scratch)
        for name in names:
            assert load(store, shards, name)
        assert store.connection.execute("select current_setting('memory_limit')").fetchone() == ("61.0 MiB",)
        assert store.connection.execute("select max(length(text)) from blocks").fetchone() == (30 << 20,)


def test_a_long_log_of_a_killed_run_is_no_hindrance(shards: Shards, tmp_path: Path) -> None:
    """More in the log than the memory that loading is held to."""
    code = f"""
import os
from pathlib import Path
from counterproof.kb.store import open_store
store = open_store(Path({str(tmp_path / "e.duckdb")!r}))
store.connection.execute("set checkpoint_threshold = '1GB'")
store.connection.execute("create table facts.ballast (n integer, text varchar)")
for n in range(20):
    store.connection.execute("insert into facts.ballast select range, md5(range::varchar) from range(100000)")
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert (tmp_path / "e.duckdb.wal").stat().st_size > 64 << 20
    name = write(shards, [read(4)])
    with open_store(tmp_path / "e.duckdb") as store, shards.in_use():
        frugal(store, shards.scratch)
        assert load(store, shards, name)
        assert store.connection.execute("select count(*) from facts.ballast").fetchone() == (2000000,)


@pytest.mark.parametrize("file", ["evidence.parquet", "readings.parquet", "manifest.json"])
@pytest.mark.parametrize("keep", [0.0, 0.5, 0.999])
def test_a_truncated_shard_is_noticed(shards: Shards, file: str, keep: float) -> None:
    name = write(shards, [read(4)])
    path = shards.folder / name / file
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with open_store() as store:
        with pytest.raises(StoreError, match="shard is damaged"):
            load(store, shards, name)
        assert not loaded(store)
    if file == "readings.parquet":
        assert not shards.known("1")


def test_work_done_twice_has_one_result(shards: Shards) -> None:
    name = write(shards, [read(4)])
    digest = shards.manifest(name).digest
    assert write(shards, [read(4)]) == name
    assert (shards.names(), shards.manifest(name).digest) == ([name], digest)
    assert not list(shards.scratch.iterdir())


def test_names_follow_from_the_work() -> None:
    name = name_of("1", ["b", "a"])
    assert name == name_of("1", ["a", "b"])
    others = {name_of("2", ["a", "b"]), name_of("1", ["a"]), name_of("1", ["a", "b"], attempt=1), name_of("1", ["a", "b"], audit="1")}
    assert len(others | {name}) == 5
    assert first_reading("f" * 24) + 4095 < 2**63
    assert first_reading(name) % 4096 == 0


def test_the_folder_is_private_and_what_a_killed_process_left_is_cleaned_away(shards: Shards) -> None:
    code = f"""
import os, sys
from counterproof.kb import shards
from counterproof.kb.store import Reading
shards.flush = lambda folder: os.kill(os.getpid(), 9)
shards.Shards({str(shards.folder)!r}).write("{"0" * 24}", [Reading("a", "a.txt", "1", "failed", ("none",))])
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert list(shards.scratch.iterdir())
    assert stat.S_IMODE(shards.scratch.stat().st_mode) == 0o700
    assert not shards.names()
    with shards.in_use():
        assert not list(shards.scratch.iterdir())
    fresh = Shards(shards.folder.parent / "other.shards")
    with fresh.in_use():
        assert stat.S_IMODE(fresh.folder.stat().st_mode) == 0o700


def test_what_another_process_is_writing_is_left_alone(shards: Shards) -> None:
    code = f"""
import sys
from counterproof.kb.shards import Shards
with Shards({str(shards.folder)!r}).in_use():
    (Shards({str(shards.folder)!r}).scratch / "mine").mkdir()
    print("there", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with shards.in_use():
            assert (shards.scratch / "mine").is_dir()
        other.kill()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB that the test may fill and write-protect."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = sys.platform == "linux" and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("mounting a small file system needs root on Linux")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, *, but: int) -> None:
    """Leave no more than so many bytes on a file system."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "ballast").write_bytes(bytes(free - but))


def test_a_full_disk_is_said_and_leaves_no_shard(disk: Path) -> None:
    fill(disk, but=20_000)
    shards = Shards(disk / "evidence.shards")
    with pytest.raises(StoreError, match="disk is full"):
        write(shards, [read(n) for n in range(1, 30)])
    assert not shards.names()
    assert not list(shards.scratch.iterdir())
    (disk / "ballast").unlink()
    assert shards.check(write(shards, [read(n) for n in range(1, 30)]))


def test_a_store_on_a_full_disk_is_as_it_was_and_goes_on(disk: Path, shards: Shards) -> None:
    first, second = write(shards, [read(4)]), write(shards, [read(n) for n in range(8, 200, 4)])
    with open_store(disk / "evidence.duckdb") as store:
        load(store, shards, first)
    fill(disk, but=50_000)
    with pytest.raises(StoreError, match="disk is full"), open_store(disk / "evidence.duckdb") as store:
        load(store, shards, second)
    (disk / "ballast").unlink()
    with open_store(disk / "evidence.duckdb") as store:
        assert loaded(store) == {first}
        assert len(load(store, shards, second)) == 48


def test_a_store_on_a_read_only_disk_can_be_read_and_says_that_it_cannot_be_written(disk: Path, shards: Shards) -> None:
    name = write(shards, [read(4)])
    with open_store(disk / "evidence.duckdb") as store:
        load(store, shards, name)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with open_store(disk / "evidence.duckdb", read_only=True) as store:
        assert loaded(store) == {name}
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(disk / "evidence.duckdb")
    with pytest.raises(StoreError, match="cannot be written"):
        write(Shards(disk / "evidence.shards"), [read(4)])


def test_a_folder_without_shards_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="without shards"):
        open_shards(tmp_path)


def test_columns_that_older_shards_lack_are_null(shards: Shards) -> None:
    reading = read(4)
    old = {name: table.drop_columns(["unit"]) if name == "evidence" else table for name, table in reading.tables.items()}
    name = write(shards, [Reading(reading.document_id, "4.txt", "1", "ok", tables=old)])
    with open_store() as store, open_shards(shards.folder) as unloaded:
        load(store, shards, name)
        for one in (store, unloaded):
            assert one.connection.execute("select distinct unit from evidence").fetchall() == [(None,)]
