"""The audit of some documents within a child process: their rows in, the rows of their findings out.

The documents lie in plain tables in memory that have the names and columns of the store's views: no readings that replace each other and
no corrections stand between the checks and their rows, so that a few documents are audited in a few hundredths of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from counterproof._streams import unpack
from counterproof.kb.findings import finding_tables
from counterproof.kb.rows import SCHEMAS, TEXT, TEXTS
from counterproof.kb.store import fresh
from counterproof.queries import views
from counterproof.queries.audit import audit_findings
from counterproof.queries.checks import all_checks

if TYPE_CHECKING:
    import duckdb

_UNASKED: dict[str, set[str]] = {
    "documents": {"pmcid", "journal", "authors", "n_pages"},
    "tables": {"row_levels", "image", "char_start", "char_end", "page", "x0", "top", "x1", "bottom"},
    "cells": {"marks", "row_span", "column_span", "bold"},
    "reference_list": {"text", "pmid"},
    "evidence": {"value", "decimals", "comparator"},
    "methods": {"quote", "char_start", "char_end", "page", "x0", "top", "x1", "bottom"},
}
"""Columns that neither checks nor their views read; nor do they read where a thing stands in the source's XML."""


def _schema(table: str) -> pa.Schema:
    """The columns of a table that checks and their views read."""
    known = {"document_id": TEXT, "path": TEXT} if table in ("documents", "aggregates", "cited_figures") else {"document_id": TEXT}
    unasked = _UNASKED.get(table, set()) | {"xpath"}
    columns = {name: kind for name, kind in SCHEMAS[table].items() if name not in unasked}
    return pa.schema({**known, **columns, **({"status": TEXT, "problems": TEXTS} if table == "documents" else {})})


_TABLES = {name: _schema(name) for name in SCHEMAS}

_KEPT = ("aggregate_values", "declared_methods", "p_cells")
"""Views that other views ask for again and again: worked out once for all of them, since to plan them takes longer than to run them."""

AUDITS = 16
"""So many audits share a database. It takes a tenth of a second to make; after forty audits its answers take half as long again."""

_SETTINGS = {
    "threads": "1",
    "temp_directory": "''",
    "enable_external_access": "false",
    # some documents are joined sooner than the best way to join them is found
    "disabled_optimizers": "'compressed_materialization,join_order,statistics_propagation'",
}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles, of which rows and findings have none: it would take a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_uncollected()
def audit(documents: list[dict[str, Any]], body: bytes) -> dict[str, pa.Table]:
    """What the checks say of documents that were read, as tables of schema ``facts`` (audit 0).

    Each of the documents has its ``id``, its ``number`` (the ``reading_id`` of its findings), its ``path``, ``status`` and ``sizes``;
    the body has their packed rows one after the other.
    """
    checks = all_checks()
    documents = _numbered(documents)
    try:
        connection = next(_databases())
        _fill(connection, documents, body)
        findings = audit_findings(connection, checks)
    except BaseException:
        _databases.cache_clear()  # what comes after a failure begins with a database of its own
        raise
    numbers = {one["id"]: one["number"] for one in documents}
    return finding_tables(findings, numbers, [check.id for check in checks], audit=0)


@cache
def _databases() -> Iterator[duckdb.DuckDBPyConnection]:
    """The database of each audit of this process: one for many, and then another."""
    while True:
        with _connection() as connection:
            for _ in range(AUDITS):
                yield connection


def _connection() -> duckdb.DuckDBPyConnection:
    """A database for audits, empty: the tables of documents, and on them the views of the checks."""
    connection = fresh("")
    for name, schema in _TABLES.items():
        connection.from_arrow(schema.empty_table()).create(name)
    connection.execute("create table corrected_numbers (document_id varchar, aggregate_no integer, base varchar)")
    for name in views.FOR_CHECKS:
        connection.execute(views.bare(name))
        if name in _KEPT:
            connection.execute(f"alter view {name} rename to live_{name}")
            connection.execute(f"create table {name} as from live_{name}")
    for name, value in _SETTINGS.items():
        connection.execute(f"set {name} = {value}")
    return connection


def _numbered(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents with short ids in the order of their own: a long id is compared for every row of every join."""
    ids = {id: f"{rank:06}" for rank, id in enumerate(sorted({one["id"] for one in documents}))}
    return [{**one, "id": ids[one["id"]]} for one in documents]


def _fill(connection: duckdb.DuckDBPyConnection, documents: list[dict[str, Any]], body: bytes) -> None:
    """Put the rows of these documents in the place of those before."""
    parts = list(_unpacked(documents, body))
    for name, schema in _TABLES.items():
        connection.execute(f"drop table if exists {name}")
        connection.from_arrow(_joined(schema, documents, [tables.get(name) for tables in parts])).create(name)
    for name in _KEPT:
        connection.execute(f"create or replace table {name} as from live_{name}")


def _unpacked(documents: list[dict[str, Any]], body: bytes) -> Iterator[dict[str, pa.Table]]:
    at = 0
    for one in documents:
        size = sum(one["sizes"].values())
        yield unpack(one["sizes"], body[at : at + size])
        at += size


def _joined(schema: pa.Schema, documents: list[dict[str, Any]], parts: list[pa.Table | None]) -> pa.Table:
    """One table of several documents, each row with what is known of its document."""
    counts = [part.num_rows if part is not None else 0 for part in parts]
    owner = pa.array(np.repeat(np.arange(len(parts)), counts))
    rows = pa.concat_tables([part for part in parts if part is not None] or [schema.empty_table()])
    known: dict[str, list[Any]] = {
        "document_id": [one["id"] for one in documents],
        "path": [one["path"] for one in documents],
        "status": [one["status"] for one in documents],
        "problems": [[] for _ in documents],
    }
    about = {name: pa.array(known[name], schema.field(name).type) for name in schema.names if name in known}
    return pa.table([about[name].take(owner) if name in about else rows[name] for name in schema.names], schema=schema)
