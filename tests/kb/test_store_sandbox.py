"""Queries of strangers neither change nor reach anything, and end within their limits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from counterproof.kb.errors import CounterproofError, StoreError, UsageError
from counterproof.kb.sandbox import QueryLimits, check_select, lock, query
from counterproof.kb.store import open_store

NOT_ONE_SELECT = """
select 1; select 2
;
drop table facts.evidence
delete from facts.evidence
truncate facts.evidence
update facts.readings set path = 'x'
insert into facts.audits values (1, 'x', now())
create table mine (x integer)
create temp table mine (x integer)
create or replace view evidence as select 1
create macro f(x) as x
alter table facts.evidence rename to gone
comment on table facts.evidence is 'x'
copy evidence to '/tmp/out.csv'
copy (select 1) to '/tmp/out.parquet'
export database '/tmp/out'
import database '/tmp/out'
attach '/tmp/other.duckdb'
detach store
use memory
install httpfs
load httpfs
force install spatial from community
update extensions
set threads = 8
set enable_external_access = true
reset memory_limit
pragma database_list
pragma enable_profiling
call enable_logging()
checkpoint
vacuum
begin
commit
prepare p as select 1
explain analyze select 1
create secret (type s3)
select
selec 1
""".strip().splitlines()

REFUSED = """
select * from read_csv('/etc/passwd')
select * from read_text('/etc/hostname')
select * from read_blob('/proc/self/environ')
select * from read_json('/etc/os-release')
select * from read_parquet('https://example.org/x.parquet')
select * from '/etc/passwd'
select * from 'https://example.org/x.csv'
select * from glob('/*')
select * from sniff_csv('/etc/passwd')
select getenv('HOME')
select * from duckdb_secrets()
select * from duckdb_extensions()
select * from enable_logging(storage = 'file', storage_config = {'path': '/tmp/logs'})
select * from query('drop table facts.evidence')
select * from query_table('/etc/passwd')
select * from sqlite_scan('/tmp/x.sqlite', 't')
select * from postgres_scan('host=localhost', 'public', 't')
select nextval('s')
select * from nowhere
""".strip().splitlines()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("store") / "evidence.duckdb"
    open_store(path).close()
    digest = hashlib.sha256(path.read_bytes()).digest()
    yield path
    assert hashlib.sha256(path.read_bytes()).digest() == digest, "a query changed the store"


@pytest.mark.parametrize("text", NOT_ONE_SELECT)
def test_anything_but_one_select_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        check_select(text)


def test_what_reaches_out_is_refused(store: Path) -> None:
    with open_store(store, read_only=True) as opened:
        lock(opened.connection)
        for text in REFUSED:
            with pytest.raises(duckdb.Error):
                opened.connection.sql(text).fetchall()
    with pytest.raises(UsageError, match="file system operations are disabled"):
        query(store, REFUSED[0])


@pytest.mark.parametrize(
    "text",
    [
        "select repeat('a', 2000000000) from range(4)",
        "select list(a) from (select repeat('abc', 1000000) || range as a from range(100000))",
        "select count(*) from range(100000000) a, range(100000000) b, range(1000) c",
        "with recursive r as (select 1 as n union all select n + 1 from r) select max(n) from r",
        "select * from range(100000000000)",
        "select repeat('a', 1000) from range(1000000)",
    ],
)
def test_bombs_end_within_their_limits(store: Path, text: str) -> None:
    with pytest.raises(UsageError):
        query(store, text, QueryLimits(seconds=2, memory=2 << 30, rows=100_000, result=32 << 20))


def test_a_select_gives_its_rows(store: Path) -> None:
    found = query(store, "select 1 as one, 'x' as x union all select 2, null order by 1")
    assert found.to_pylist() == [{"one": 1, "x": "x"}, {"one": 2, "x": None}]


@pytest.mark.parametrize("text", ["from evidence", "values (1)", "with a as (select 1) from a", "describe evidence", "show tables"])
def test_the_short_forms_of_select_are_allowed(store: Path, text: str) -> None:
    query(store, text)


def test_a_missing_store_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such store"):
        query(tmp_path / "none.duckdb", "select 1")


def test_errors_are_told_in_one_line(store: Path) -> None:
    with pytest.raises(CounterproofError) as caught:
        query(store, "select nonsense from evidence")
    assert "nonsense" in str(caught.value)
    assert "\n" not in str(caught.value)
