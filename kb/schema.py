"""The schema of the store: numbered migrations, the views of the current readings, and what the schema says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources

import duckdb

_HISTORY = """
create schema if not exists facts;
create table if not exists facts.migrations (
    version integer primary key,
    name varchar not null,
    applied_at timestamp not null
);
comment on table facts.migrations is 'One row a migration of the schema that this store has been through.';
comment on column facts.migrations.version is 'Number of the migration.';
comment on column facts.migrations.name is 'Its name.';
comment on column facts.migrations.applied_at is 'When it was applied, in UTC.';
create table if not exists facts.view_sets (
    digest varchar not null,
    applied_at timestamp not null
);
comment on table facts.view_sets is 'One row each time that the views of the questions asked of the evidence were made anew.';
comment on column facts.view_sets.digest is 'SHA-256 of their SQL.';
comment on column facts.view_sets.applied_at is 'When they were made, in UTC.';
"""

_CURRENT = """
create or replace view facts.current_readings as
select reading_id, document_id, path, extractor, status, problems, n_bytes, added_at
from facts.readings
qualify row_number() over (partition by document_id order by status = 'failed', reading_id desc) = 1;

create or replace view facts.current_findings as
select audited.reading_id, audited.check_id, max(audited.audit_id) as audit_id
from facts.audited
group by all;

create or replace view main.readings as
select r.document_id, r.path, r.reading_id, r.extractor, r.status, r.problems, r.n_bytes, r.added_at,
    case when r.reading_id <> c.reading_id then c.reading_id end as superseded_by
from facts.readings as r
join facts.current_readings as c using (document_id);

create or replace view main.documents as
select r.document_id, r.path, d.format, d.title, d.doi, d.pmcid, d.year, d.journal, d.authors, d.n_pages, r.status, r.problems,
    r.extractor, r.n_bytes, r.added_at
from facts.current_readings as r
left join facts.documents as d using (reading_id);
"""

_HOMES = (
    "evidence", "aggregate_numbers", "aggregate_values", "findings", "finding_recomputations", "comparisons", "comparison_members",
    "documents", "tables",
)  # fmt: skip
"""The views whose comments hold for columns of the same name elsewhere, the first before the others."""

_OWN_COMMENTS = {
    ("current_readings", None): "One row a document: its latest reading that did not fail, else its latest.",
    ("current_findings", None): "One row a reading and check: the latest audit that ran the check.",
    ("readings", "superseded_by"): "The reading that took its place; null for the current one.",
    ("documents", None): "One row a document of the store, those that could not be read included.",
}


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number, its name and its SQL."""

    version: int
    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table or view, as the catalogue describes it."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view, as the catalogue describes it."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]


def migrations() -> list[Migration]:
    """Every migration of this version of counterproof, in order."""
    found = []
    for file in (resources.files("counterproof.kb") / "migrations").iterdir():
        hit = re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name)
        if hit:
            found.append(Migration(int(hit[1]), hit[2], file.read_text("utf-8")))
    return sorted(found, key=lambda migration: migration.version)


def version(connection: duckdb.DuckDBPyConnection) -> int | None:
    """The number of the last migration that this store has been through; None where it is no evidence store."""
    there = connection.execute("select 1 from duckdb_tables() where schema_name = 'facts' and table_name = 'migrations'").fetchone()
    row = connection.execute("select max(version) from facts.migrations").fetchone() if there else None
    return row[0] if row else None


def migrate(connection: duckdb.DuckDBPyConnection) -> bool:
    """Bring a store to the schema of this version, each step with its record in one transaction; whether anything was done."""
    steps = migrations()
    have = version(connection) or 0
    for step in steps:
        if step.version > have:
            _in_transaction(connection, _HISTORY + step.sql, step)
    if have < steps[-1].version:
        _in_transaction(connection, views_sql(connection))
    return have < steps[-1].version


def view_set(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The digest of the views that were made last."""
    row = connection.execute("select digest from facts.view_sets order by applied_at desc limit 1").fetchone()
    return row[0] if row else None


def replace_views(connection: duckdb.DuckDBPyConnection, apply: Callable[[duckdb.DuckDBPyConnection], None], digest: str) -> None:
    """Make views with ``apply`` and record their digest, in one transaction.

    A column without a comment of its own takes that of the first home that has a column of its name, else that of all the columns of its
    name, where they say the same.
    """
    connection.execute("begin")
    try:
        apply(connection)
        connection.execute(_inherited_comments(connection))
        connection.execute("insert into facts.view_sets values (?, ?)", [digest, utc_now()])
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def views_sql(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL that makes, for each table of schema facts, a view of the current readings, with the table's comments."""
    statements = [_CURRENT]
    tables = [r for r in relations(connection, "facts") if r.columns and r.columns[0].name == "reading_id"]
    comments: dict[tuple[str, str, str | None], str] = {}
    for table in tables:
        if table.name not in ("readings", "documents"):
            statements.append(_view(table))
    for table in tables:
        comments[("main", table.name, None)] = table.comment
        comments |= {("main", table.name, column.name): column.comment for column in table.columns}
    shared = {c.name: c.comment for table in tables if table.name == "readings" for c in table.columns}
    for table in tables:
        comments |= {("main", table.name, name): shared[name] for name in ("document_id", "path")}
    comments |= {("main", "documents", name): shared[name] for name in ("status", "problems", "extractor", "n_bytes", "added_at")}
    comments |= {("facts", "current_readings", name): text for name, text in shared.items()}
    for (name, column), text in _OWN_COMMENTS.items():
        comments[("facts" if name.startswith("current_") else "main", name, column)] = text
    for name in ("reading_id", "check_id", "audit_id"):
        comments[("facts", "current_findings", name)] = next(
            c.comment for t in tables if t.name == "findings" for c in t.columns if c.name == name
        )
    hidden = {t.name for t in tables if t.name != "readings"}
    for (schema, name, column), text in comments.items():
        if not (schema == "main" and column == "reading_id" and name in hidden):
            statements.append(_comment(schema, name, column, text))
    return "\n".join(statements)


_LATEST_SET = "c.set_no = (select max(set_no) from facts.correction_sets)"

_CORRECTED = {
    "evidence": ("corrected_numbers", ("evidence_no",), ("kind", "text", "value", "decimals", "comparator", "unit", "arm_no", "arm")),
    "aggregates": ("corrected_numbers", ("aggregate_no",), ("arm_no",)),
    "comparison_members": ("corrected_members", ("comparison_no", "aggregate_no"), ("arm_order",)),
    "comparisons": ("corrected_members", ("comparison_no",), ("kind",)),
}
"""Over which tables corrections lie: the corrections' own table, by what they are found, and the columns that they may replace."""


def _view(table: Relation) -> str:
    corrected = _CORRECTED.get(table.name)
    replaced = corrected[2] if corrected else ()
    columns = ", ".join(
        f'{_replaced(column.name)} as "{column.name}"' if column.name in replaced else f't."{column.name}"'
        for column in table.columns
        if column.name != "reading_id"
    )
    latest = ""
    if corrected:
        latest = _overlay(*corrected)
    elif table.name.startswith("corrected_"):
        latest = f"where {_LATEST_SET.replace('c.', 't.')}"
    if table.name == "findings":
        latest = "join facts.current_findings as latest using (reading_id, check_id, audit_id)"
    if table.name in ("finding_recomputations", "finding_places"):
        latest = """join facts.findings as f using (reading_id, audit_id, finding_no)
join facts.current_findings as latest on
    latest.reading_id = t.reading_id and latest.audit_id = t.audit_id and latest.check_id = f.check_id"""
    return f"""create or replace view main.{table.name} as
select r.document_id, r.path, {columns}
from facts.{table.name} as t
join facts.current_readings as r using (reading_id)
{latest};"""


def _replaced(column: str) -> str:
    """A column of a reading, or what a correction puts in its place (a number's value and unit go with its text)."""
    if column in ("value", "decimals", "comparator", "unit"):
        return f'case when o."text" is null then t."{column}" else o."{column}" end'
    return f'coalesce(o."{column}", t."{column}")'


def _overlay(name: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """The latest corrections, one row a key."""
    chosen = ", ".join(f'max(c."{column}") as "{column}"' for column in columns)
    by = ", ".join(f"c.{key}" for key in ("reading_id", *keys))
    on = " and ".join(f"o.{key} = t.{key}" for key in ("reading_id", *keys))
    return f"left join (select {by}, {chosen} from facts.{name} as c where {_LATEST_SET} group by all) as o on {on}"


def _inherited_comments(connection: duckdb.DuckDBPyConnection) -> str:
    every = [(view, column) for view in relations(connection) for column in view.columns]
    said: dict[str, set[str]] = {}
    for _, column in every:
        if column.comment:
            said.setdefault(column.name, set()).add(column.comment)
    known = {name: next(iter(texts)) for name, texts in said.items() if len(texts) == 1}
    for home in reversed(_HOMES):
        known |= {column.name: column.comment for view, column in every if view.name == home and column.comment}
    return "\n".join(
        _comment("main", view.name, column.name, known[column.name])
        for view, column in every
        if not column.comment and column.name in known
    )


def _comment(schema: str, name: str, column: str | None, text: str) -> str:
    quoted = text.replace("'", "''")
    if column is None:
        return f"comment on view {schema}.{name} is '{quoted}';"
    return f"comment on column {schema}.{name}.\"{column}\" is '{quoted}';"


def relations(connection: duckdb.DuckDBPyConnection, schema: str = "main") -> list[Relation]:
    """The tables and views of a schema with their comments, in order of name."""
    columns: dict[str, list[Column]] = {}
    for name, column, type, comment in connection.execute(
        """select table_name, column_name, data_type, comment from duckdb_columns()
        where schema_name = $schema and database_name = current_database() order by table_name, column_index""",
        {"schema": schema},
    ).fetchall():
        columns.setdefault(name, []).append(Column(column, type, comment or ""))
    named = connection.execute(
        """select table_name, comment from duckdb_tables() where schema_name = $schema and database_name = current_database()
        union all
        select view_name, comment from duckdb_views() where schema_name = $schema and database_name = current_database() and not internal
        order by all""",
        {"schema": schema},
    ).fetchall()
    return [Relation(schema, name, comment or "", tuple(columns.get(name, ()))) for name, comment in named]


def utc_now() -> datetime:
    """The time in UTC, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _in_transaction(connection: duckdb.DuckDBPyConnection, sql: str, step: Migration | None = None) -> None:
    connection.execute("begin")
    try:
        connection.execute(sql)
        if step:
            connection.execute("insert into facts.migrations values (?, ?, ?)", [step.version, step.name, utc_now()])
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
