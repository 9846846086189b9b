"""Queries of users on a store, which can neither change nor reach anything: locked down, and for strangers in a child process.

DuckDB's own limits bound neither time nor memory in every case, so a query from a command line or a service runs in a child
that the system limits and that its parent ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from counterproof.kb.errors import StoreError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

LOCKED = {
    "temp_directory": "''",
    "memory_limit": "'1GB'",
    "threads": "2",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "enable_external_access": "false",
    "lock_configuration": "true",
}
"""Settings of a connection that reads a store for somebody, in the order in which they can be made."""


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What one query may cost: wall-clock and CPU seconds, bytes of address space, rows and bytes of its result."""

    seconds: float = 30.0
    memory: int = 3 << 30
    rows: int = 1_000_000
    result: int = 512 << 20


def lock(connection: duckdb.DuckDBPyConnection, folder: Path | None = None, **other: str) -> None:
    """Cut a connection off from files, network, extensions and its own settings; what is attached stays readable, and one folder."""
    if folder is not None:
        connection.execute("set allowed_directories = [" + _quoted(str(folder.absolute())) + "]")
    for name, value in (LOCKED | other).items():
        connection.execute(f"set {name} = {value}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def check_select(query: str) -> None:
    """Raises UsageError where the text is not exactly one SELECT (or FROM, WITH, VALUES, DESCRIBE, SUMMARIZE, SHOW)."""
    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        raise UsageError(_one_line(error)) from error
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements; a query is one SELECT")
    try:
        kind = statements[0].type.name
    except ValueError:  # a kind of statement that the client library does not know
        kind = "special"
    if kind != "SELECT":
        raise UsageError(f"a {kind} statement; only SELECT is allowed, since a store is read here")


def query(store: Path, text: str, limits: QueryLimits | None = None, *, opener: str = "counterproof.kb.store:open_store") -> pa.Table:
    """The result of one SELECT on a store (or a folder of shards), computed in a child process under limits.

    ``opener`` names the function that opens it, as module and name. Raises UsageError where the query is refused, fails, or goes
    beyond a limit, StoreError where the store cannot be opened.
    """
    import pyarrow as pa

    limits = limits or QueryLimits()
    check_select(text)
    request = json.dumps({"store": str(store.absolute()), "query": text, "limits": asdict(limits), "opener": opener}).encode()
    start = "from counterproof.kb.sandbox import main; main()"
    child = subprocess.Popen([sys.executable, "-P", "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(limits.seconds, stop)
    clock.start()
    try:
        answer, _ = child.communicate(request)
    finally:
        clock.cancel()
        child.kill()
    if late.is_set() or child.returncode == -24:
        raise UsageError(f"the query was ended after {limits.seconds:g} s; make it cheaper, or raise --timeout")
    kind, _, body = answer.partition(b"\n")
    if kind == b"rows":
        return pa.ipc.open_stream(body).read_all()
    if kind == b"usage":
        raise UsageError(body.decode())
    if kind == b"store":
        raise StoreError(body.decode())
    raise UsageError("the query was ended by the system (out of memory); make it smaller")


def main() -> None:
    """The child: one request on standard input, one answer on standard output."""
    import os

    request = json.loads(sys.stdin.buffer.read())
    limits = QueryLimits(**request["limits"])
    _limit(limits)
    try:
        kind, body = b"rows", _run(Path(request["store"]), request["opener"], request["query"], limits)
    except (UsageError, StoreError) as error:
        kind, body = b"store" if isinstance(error, StoreError) else b"usage", str(error).encode()
    except (duckdb.OutOfMemoryException, MemoryError):
        kind, body = b"usage", b"the query needs more memory than it is given; make it smaller"
    except duckdb.Error as error:
        kind, body = b"usage", _one_line(error).encode()
    sys.stdout.buffer.write(kind + b"\n" + body)
    sys.stdout.buffer.flush()
    os._exit(0)


def _run(store: Path, opener: str, text: str, limits: QueryLimits) -> bytes:
    """The result as an Arrow stream."""
    import pyarrow as pa

    module, _, name = opener.partition(":")
    connection = getattr(import_module(module), name)(store, read_only=True).connection
    lock(connection, store if store.is_dir() else None)
    check_select(text)
    reader = connection.sql(text).to_arrow_reader(10_000)
    sink = pa.BufferOutputStream()
    n_rows = 0
    with pa.ipc.new_stream(sink, reader.schema) as writer:
        for batch in reader:
            n_rows += batch.num_rows
            if n_rows > limits.rows:
                raise UsageError(f"more than {limits.rows:,} rows; add a LIMIT, or raise --max-rows")
            writer.write_batch(batch)
            if sink.tell() > limits.result:
                raise UsageError(f"a result of more than {limits.result >> 20} MB; name fewer columns or rows")
    return bytes(sink.getvalue().to_pybytes())


def _limit(limits: QueryLimits) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        seconds = int(2 * limits.seconds) + 1  # of two threads
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return  # a system without such limits; the parent's clock still holds


def _one_line(error: Exception) -> str:
    """DuckDB's message without its drawing of the query."""
    return " ".join(str(error).partition("\n\nLINE ")[0].split())
