"""A store for people who analyse: its views as DuckDB relations, its sources as quotes with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from counterproof.kb import sandbox, schema
from counterproof.kb.document import Box
from counterproof.kb.errors import UsageError
from counterproof.kb.finding import Finding
from counterproof.kb.store import Store

Opener = Callable[[Path | None, bool], Store]
Adder = Callable[[Store, Iterable[str]], "Added"]

CONTEXT = 60
"""Characters that a source shows before and behind its quote."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding documents: how many are new, were there already, and what failed (problems by path)."""

    new: int
    known: int
    failed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands in a paper, as quote and as position (the selectors of the W3C Web Annotation model).

    ``start`` and ``end`` are offsets into the document's normalised text, ``before`` and ``after`` its text around them.
    """

    document: str
    path: str
    exact: str
    before: str
    after: str
    quote: str
    start: int
    end: int
    box: Box | None = None
    xpath: str | None = None

    def __str__(self) -> str:
        page = f", page {self.box.page}" if self.box else ""
        return f"{self.path}{page}, characters {self.start} to {self.end}: “{self.before}[{self.exact}]{self.after}”"


class Dataset:
    """An evidence store opened for reading; its views are DuckDB relations (``.df()``, ``.pl()``, ``.filter(…)``).

    Use :func:`counterproof.open`, and the object as a context manager. Adding documents reopens the file, so relations made
    before are to be made anew.
    """

    def __init__(self, path: Path | None, opener: Opener, adder: Adder) -> None:
        self.path = path
        self._opener, self._adder = opener, adder
        self._store = self._open()

    def __enter__(self) -> Dataset:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; its relations end with it."""
        self._store.close()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection, read-only and cut off from files and network where the store is a file."""
        return self._store.connection

    @property
    def names(self) -> list[str]:
        """The names of all views."""
        return [relation.name for relation in schema.relations(self.connection)]

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """A view by its name (see ``names``).

        Raises UsageError where there is none of this name.
        """
        if name not in self.names:
            raise UsageError(f"no view is named {name}; there are: {', '.join(self.names)}")
        return self.connection.table(name)

    @property
    def papers(self) -> duckdb.DuckDBPyRelation:
        """One row a document (the view ``documents``)."""
        return self.table("documents")

    @property
    def tables(self) -> duckdb.DuckDBPyRelation:
        """One row a table that the papers print."""
        return self.table("tables")

    @property
    def arms(self) -> duckdb.DuckDBPyRelation:
        """One row an arm."""
        return self.table("arms")

    @property
    def evidence(self) -> duckdb.DuckDBPyRelation:
        """One row a reported number."""
        return self.table("evidence")

    @property
    def comparisons(self) -> duckdb.DuckDBPyRelation:
        """One row a reported P-value or effect with what it compares."""
        return self.table("comparisons")

    @property
    def methods(self) -> duckdb.DuckDBPyRelation:
        """One row a declared method."""
        return self.table("methods")

    @property
    def findings(self) -> duckdb.DuckDBPyRelation:
        """One row a finding of the audits stored here."""
        return self.table("findings")

    def sql(self, query: str, params: list[Any] | dict[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        """The result of one SELECT; ``params`` fill ``?`` or ``$name`` in it.

        Raises UsageError for anything else than one SELECT.
        """
        sandbox.check_select(query)
        return self.connection.sql(query, params=params)

    def add(self, paths: str | Path | Iterable[str | Path]) -> Added:
        """Read documents (files, folders, patterns) into the store; those it knows are left as they are."""
        every = [paths] if isinstance(paths, str | Path) else list(paths)
        if self.path is None:
            return self._adder(self._store, map(str, every))
        self._store.close()
        try:
            with self._opener(self.path, False) as store:
                return self._adder(store, map(str, every))
        finally:
            self._store = self._open()

    def source(self, item: Finding | Mapping[str, Any]) -> Source:
        """Where a finding, or a row of any view with ``document_id`` and ``char_start``, stands.

        Raises UsageError where it has no place in a text.
        """
        row = _place(item) if isinstance(item, Finding) else dict(item)
        if row.get("char_start") is None or row.get("document_id") is None:
            raise UsageError("no place in a document's text belongs to this")
        id, start, end = str(row["document_id"]), int(row["char_start"]), int(row["char_end"])
        path = self.connection.execute("select path from documents where document_id = ?", [id]).fetchone()
        if path is None:
            raise UsageError(f"the store has no document {id}")
        text = self.text(id)
        box = Box(int(row["page"]), row["x0"], row["top"], row["x1"], row["bottom"]) if _has_box(row) else None
        return Source(
            document=id,
            path=path[0],
            exact=text[start:end],
            before=text[max(0, start - CONTEXT) : start],
            after=text[end : end + CONTEXT],
            quote=str(row.get("quote") or ""),
            start=start,
            end=end,
            box=box,
            xpath=row.get("xpath"),
        )

    def text(self, document_id: str) -> str:
        """The normalised text of a document, into which all character offsets point."""
        blocks = self.connection.execute(
            "select char_start, text from blocks where document_id = ? order by char_start", [document_id]
        ).fetchall()
        text = ""
        for start, block in blocks:
            text = text.ljust(start, "\n") + block
        return text

    def _open(self) -> Store:
        store = self._opener(self.path, self.path is not None)
        if self.path is not None:
            sandbox.lock(store.connection)
        return store


def _has_box(row: Mapping[str, Any]) -> bool:
    return all(row.get(name) is not None and row[name] == row[name] for name in ("page", "x0", "top", "x1", "bottom"))


def _place(finding: Finding) -> dict[str, Any]:
    place, box = finding.place, finding.place.box
    row: dict[str, Any] = {"document_id": finding.document, "quote": place.quote, "char_start": place.start, "char_end": place.end}
    if box:
        row |= {"page": box.page, "x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
    return row
