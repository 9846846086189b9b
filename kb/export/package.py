"""The views of a store as Parquet files with a Frictionless data package that says what every column means.

Reference: Data Package (v1) and Table Schema, https://specs.frictionlessdata.io.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from counterproof.kb.schema import Relation, relations, utc_now

VIEWS = (
    "documents", "tables", "cells", "footnotes", "arms", "aggregates", "evidence", "comparisons", "comparison_members", "methods",
    "findings", "finding_recomputations", "finding_places", "p_values", "p_recomputations", "coverage", "paper_summaries", "arm_sizes",
    "event_counts", "means_with_sd", "effect_estimates", "outcomes", "arm_pairs",
)  # fmt: skip
"""What is exported: the tables of evidence and the views for people, not those that only feed checks."""

KEYS = {
    "documents": ("document_id",),
    "tables": ("document_id", "table_no"),
    "arms": ("document_id", "arm_no"),
    "aggregates": ("document_id", "aggregate_no"),
    "evidence": ("document_id", "evidence_no"),
    "comparisons": ("document_id", "comparison_no"),
    "methods": ("document_id", "method_no"),
    "findings": ("document_id", "audit_id", "finding_no"),
}
"""The columns that name a row."""

REFERENCES: dict[str, Sequence[tuple[str, str]]] = {
    "tables": (("document_id", "documents"),),
    "cells": (("document_id,table_no", "tables"),),
    "footnotes": (("document_id,table_no", "tables"),),
    "arms": (("document_id", "documents"),),
    "aggregates": (("document_id", "documents"),),
    "evidence": (("document_id", "documents"),),
    "comparisons": (("document_id", "documents"),),
    "comparison_members": (("document_id,comparison_no", "comparisons"), ("document_id,aggregate_no", "aggregates")),
    "methods": (("document_id", "documents"),),
    "findings": (("document_id", "documents"),),
    "finding_recomputations": (("document_id,audit_id,finding_no", "findings"),),
    "finding_places": (("document_id,audit_id,finding_no", "findings"),),
}
"""Which columns point to which other file's key."""

_TYPES = {"VARCHAR": "string", "BOOLEAN": "boolean", "DOUBLE": "number", "FLOAT": "number", "TIMESTAMP": "datetime", "DATE": "date"}
_BATCH = 50_000


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Write a Parquet file a view and then ``datapackage.json``; nothing is left out."""
    described = {relation.name: relation for relation in relations(connection)}
    resources = [_resource(connection, described[name], folder) for name in VIEWS if name in described]
    package = {
        "profile": "data-package",
        "name": "counterproof-evidence",
        "title": "Evidence that clinical papers report, with its places, and what recomputation makes of it",
        "created": f"{utc_now():%Y-%m-%dT%H:%M:%SZ}",
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, "utf-8", newline="\n")
    return []


def _resource(connection: duckdb.DuckDBPyConnection, relation: Relation, folder: Path) -> dict[str, Any]:
    path = folder / f"{relation.name}.parquet"
    order = ", ".join(KEYS.get(relation.name, ())) or "all"
    reader = connection.sql(f"select * from {relation.name} order by {order}").to_arrow_reader(_BATCH)
    with pq.ParquetWriter(path, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    return {
        "profile": "data-resource",
        "name": relation.name.replace("_", "-"),
        "title": relation.comment,
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": "sha256:" + _digest(path),
        "schema": _schema(relation),
    }


def _schema(relation: Relation) -> dict[str, Any]:
    fields = [{"name": column.name, "type": _type(column.type), "description": column.comment} for column in relation.columns]
    schema: dict[str, Any] = {"fields": fields}
    if relation.name in KEYS:
        schema["primaryKey"] = list(KEYS[relation.name])
    keys = []
    for columns, other in REFERENCES.get(relation.name, ()):
        names = columns.split(",")
        keys.append({"fields": names, "reference": {"resource": other.replace("_", "-"), "fields": names}})
    return schema | ({"foreignKeys": keys} if keys else {})


def _type(duckdb_type: str) -> str:
    """The type of Table Schema for one of DuckDB's; lists, which Table Schema knows as JSON texts only, are ``any``."""
    if duckdb_type.endswith("[]"):
        return "any"
    return "integer" if "INT" in duckdb_type else _TYPES.get(duckdb_type.partition("(")[0], "any")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
