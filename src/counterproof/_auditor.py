"""The audit of some documents within a child process: their rows in, the rows of their findings out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from counterproof._library import open_evidence
from counterproof._streams import unpack
from counterproof.kb.findings import finding_tables
from counterproof.kb.store import Reading, Store
from counterproof.queries.audit import audit as run_checks
from counterproof.queries.checks import all_checks

if TYPE_CHECKING:
    import pyarrow as pa


def audit(documents: list[dict[str, Any]], body: bytes) -> dict[str, pa.Table]:
    """What the checks say of documents that were read, as tables of schema ``facts`` (audit 0).

    Each of the documents has its ``id``, its ``number`` (the ``reading_id`` of its findings), its ``path``, ``status`` and ``sizes``;
    the body has their packed rows one after the other.
    """
    store = _store()
    _empty(store)
    at = 0
    readings = []
    for one in documents:
        size = sum(one["sizes"].values())
        readings.append(Reading(one["id"], one["path"], "", one["status"], tables=unpack(one["sizes"], body[at : at + size])))
        at += size
    store.add(readings)
    store.connection.execute(f"create or replace table aggregate_values as from {_LIVE}")
    findings = run_checks(store.connection).findings
    numbers = {one["id"]: one["number"] for one in documents}
    return finding_tables(findings, numbers, [check.id for check in all_checks()], audit=0)


_LIVE = "aggregate_values_live"
"""The view ``aggregate_values``; in its place stands a table of its rows, since most other views ask for them.

To plan that view again within each of the others takes longer than the checks of ten documents.
"""


@cache
def _store() -> Store:
    """One store in memory for all audits of this process: making its schema takes longer than an audit."""
    store = open_evidence(None)
    store.connection.execute(f"alter view aggregate_values rename to {_LIVE}")
    for name, value in {"threads": "1", "temp_directory": "''", "enable_external_access": "false"}.items():
        store.connection.execute(f"set {name} = {value}")
    return store


def _empty(store: Store) -> None:
    names = store.connection.execute(
        "select distinct table_name from duckdb_columns() where schema_name = 'facts' and column_name = 'reading_id'"
        " and table_name in (select table_name from duckdb_tables() where schema_name = 'facts')"
    ).fetchall()
    for (name,) in names:
        store.connection.execute(f"truncate facts.{name}")
