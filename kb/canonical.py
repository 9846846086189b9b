"""Digests of what a store says, in which neither paths nor numbers nor times count: two stores of one content have the same.

The rows that follow from a document's bytes are hashed, sorted and hashed together, document by document; problems of documents that
could not be read are left out, since they may tell of the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import duckdb

from counterproof.kb.loading import AUDIT_TABLES
from counterproof.kb.schema import relations

_NOT_CONTENT = ("document_id", "path", "reading_id", "audit_id", "added_at", "problems")


def digests(connection: duckdb.DuckDBPyConnection, *, audits: bool = True) -> dict[str, str]:
    """The digest of each document's current rows, with or without what audits found in them."""
    parts: dict[str, list[str]] = {}
    for name, columns in _content(connection, audits):
        for document, digest in connection.execute(_query(name, columns)).fetchall():
            parts.setdefault(document, []).append(f"{name} {digest}")
    return {document: _hash(lines) for document, lines in parts.items()}


def total(digests: dict[str, str]) -> str:
    """One digest for all documents."""
    return _hash(f"{document} {digest}" for document, digest in sorted(digests.items()))


def _content(connection: duckdb.DuckDBPyConnection, audits: bool) -> list[tuple[str, list[str]]]:
    """The views that show the tables of schema ``facts``, with the columns that count."""
    tables = {table.name for table in relations(connection, "facts")} - {"readings"}
    chosen = [view for view in relations(connection) if view.name in tables and (audits or view.name not in AUDIT_TABLES)]
    return [(view.name, [c.name for c in view.columns if c.name not in _NOT_CONTENT]) for view in chosen]


def _query(name: str, columns: list[str]) -> str:
    row = ", ".join(f'"{column}"' for column in sorted(columns))
    return f"""select document_id, md5(string_agg(row_hash, '' order by row_hash))
        from (select document_id, md5(row({row})::varchar) as row_hash from main.{name}) group by document_id"""


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
