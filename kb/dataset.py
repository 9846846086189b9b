"""A store for people who analyse: its views as rows to choose from, its sources as quotes with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import duckdb
from pydantic import BaseModel

from counterproof.kb import correcting, corrections, export, models, places, sandbox, schema
from counterproof.kb.document import Box
from counterproof.kb.errors import UsageError
from counterproof.kb.finding import Finding, fingerprint_of
from counterproof.kb.models import Source
from counterproof.kb.selection import Row, Rows
from counterproof.kb.store import Store

M = TypeVar("M", bound=BaseModel)

_FINDINGS = """select f.*, coalesce(r.recomputed, []) as recomputed
from findings as f
left join (
    select document_id, audit_id, finding_no,
        list({'method': method, 'role': role, 'low': low, 'high': high} order by recomputation_no, interval_no) as recomputed
    from finding_recomputations group by all
) as r using (document_id, audit_id, finding_no)"""

_TABLES = """select t.*, coalesce(c.cells, []) as cells
from tables as t
left join (
    select document_id, table_no,
        list({'row': "row", 'column': "column", 'text': text, 'row_span': row_span, 'column_span': column_span}
            order by "row", "column") as cells
    from cells group by all
) as c using (document_id, table_no)"""

_FIND = """select document_id from documents
where document_id = $name or (length($name) >= 6 and starts_with(document_id, $name)) or lower(doi) = lower($name)
    or path = $name or ends_with(path, '/' || $name) or ends_with(path, '\\' || $name)"""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding documents: how many are new, were there already, and what failed (problems by path)."""

    new: int
    known: int
    failed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Services:
    """What a data set needs of the parts that it does not know: opening a store, reading, checking, drawing a page."""

    open: Callable[[Path | None, bool], Store]
    add: Callable[[Store, Sequence[str], Sequence[str]], Added]
    check: Callable[[Store, Sequence[str]], int]
    crop: Callable[[str, str, Box], str | None]


class Dataset:
    """An evidence store opened for reading; its views are rows to choose from (see :class:`Rows`).

    Use :func:`counterproof.open`, and the object as a context manager. Adding documents reopens the file, so rows chosen before are
    to be chosen anew. In the examples ``demo`` is ``counterproof.datasets.load("rectal-demo")``.

    >>> demo.findings.of("early-failure.txt").where(check="attribution").first().verdict
    'other_method'
    """

    def __init__(self, path: Path | None, services: Services) -> None:
        self.path = path
        self._services = services
        self._store = self._open()

    def __enter__(self) -> Dataset:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; its rows end with it."""
        self._store.close()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection, read-only and cut off from files and network where the store is a file."""
        return self._store.connection

    @property
    def names(self) -> list[str]:
        """The names of all views."""
        return [relation.name for relation in schema.relations(self.connection)]

    def table(self, name: str) -> Rows[Row]:
        """The rows of a view by its name (see ``names``), as dictionaries.

        Raises UsageError where there is none of this name.

        >>> demo.table("arm_sizes").where(arm="Control group", table="Table 2").select("n").fetchall()
        [(100,)]
        """
        if name not in self.names:
            raise UsageError(f"no view is named {name}; there are: {', '.join(self.names)}")
        return Rows(self.connection.table(name), dict, self._find)

    @property
    def papers(self) -> Rows[models.Paper]:
        """One row a document (the view ``documents``).

        >>> sorted(paper.format for paper in demo.papers)
        ['jats', 'pdf', 'text']
        """
        return self._rows("from documents", models.Paper)

    @property
    def tables(self) -> Rows[models.PrintedTable]:
        """One row a table that the papers print, with its cells.

        >>> table = demo.tables.of("early-failure.txt").where(label="Table 4").first()
        >>> table.rows[0]
        ['Variable', 'Early failure group that underwent resection (n = 4)', 'Control group (n = 100)', 'P-value']
        """
        return self._rows(_TABLES, models.PrintedTable)

    @property
    def arms(self) -> Rows[models.Arm]:
        """One row an arm.

        >>> [arm.label for arm in demo.arms.of("early-failure.txt").where(table_no=0).order_by("arm_no")]
        ['Early failure group', 'Control group']
        """
        return self._rows("from arms", models.Arm)

    @property
    def evidence(self) -> Rows[models.Number]:
        """One row a reported number.

        >>> number = demo.evidence.of("early-failure.txt").where(kind="count", arm="Control group").about("conversion").first()
        >>> number.text, number.variable, number.level
        ('3', 'Type of approach', 'Conversion')
        """
        return self._rows("from evidence", models.Number)

    @property
    def comparisons(self) -> Rows[models.Comparison]:
        """One row a reported P-value or effect with what it compares.

        >>> demo.comparisons.about("type of approach").first().kind
        'counts'
        """
        return self._rows("from comparisons", models.Comparison)

    @property
    def methods(self) -> Rows[models.Method]:
        """One row a declared method.

        >>> "log_rank" in {method.name for method in demo.methods.where(kind="test")}
        True
        """
        return self._rows("from methods", models.Method)

    @property
    def findings(self) -> Rows[models.Finding]:
        """One row a finding of the checks stored here, with every method tried.

        >>> finding = demo.findings.where(check="p_from_counts", verdict="inconsistent").about("type of approach").first()
        >>> finding.reported
        '0.471'
        """
        return self._rows(_FINDINGS, models.Finding)

    @property
    def p_values(self) -> Rows[Row]:
        """One row a reported P-value with its verdict.

        >>> demo.p_values.of("early-failure.txt").where(verdict="misapplied_method").select("variable", "p").fetchall()
        [('Procedure', '0.268')]
        """
        return self.table("p_values")

    @property
    def outcomes(self) -> Rows[Row]:
        """One row a result for an outcome that many papers report, under one name.

        >>> demo.outcomes.where(outcome="overall survival", months=36, part="results").select("rate", "ci_low", "ci_high").fetchall()
        [(74.4, 66.1, 83.8)]
        """
        return self.table("outcomes")

    def sql(self, query: str, params: list[Any] | dict[str, Any] | None = None) -> Rows[Row]:
        """The result of one SELECT; ``params`` fill ``?`` or ``$name`` in it.

        Raises UsageError for anything else than one SELECT.

        >>> demo.sql("select count(*) from p_values where p = $p", {"p": "0.034"}).fetchall()
        [(2,)]
        """
        sandbox.check_select(query)
        return Rows(self.connection.sql(query, params=params), dict, self._find)

    def add(self, paths: str | Path | Iterable[str | Path], *, supplements: Iterable[str | Path] = ()) -> Added:
        """Read documents (files, folders, patterns) into the store; those it knows are left as they are. See :meth:`check`.

        ``supplements`` are files of the one paper, read with it as one document. Raises UsageError where there are several papers.

        >>> with counterproof.open() as mine:
        ...     mine.add(counterproof.datasets.path("rectal-demo") / "early-failure.txt").new
        1
        """
        every = [paths] if isinstance(paths, str | Path) else list(paths)
        with self._writing() as store:
            return self._services.add(store, [str(path) for path in every], [str(path) for path in supplements])

    def check(self) -> int:
        """Run every check over the documents that none has looked at yet, and keep the findings here; the number of new flags.

        >>> with counterproof.open() as mine:
        ...     _ = mine.add(counterproof.datasets.path("rectal-demo") / "m1-longterm.pdf")
        ...     mine.check(), mine.check()
        (0, 0)
        """
        with self._writing() as store:
            return self._services.check(store, ())

    def correct(self, document: str, quote: str, number: str, *, by: str, why: str, on: date | None = None, **changes: Any) -> str:
        """Put a misread number right, here and in the file beside the store, and run the checks again; what was put right, in words.

        ``document`` (the beginning of its id, its DOI or its file's name), ``quote`` and ``number`` say where, ``occurrence`` and
        ``table`` which, ``kind``, ``value``, ``arm`` and ``base`` what it is instead. Raises UsageError where nothing matches.

        >>> with counterproof.open() as mine:
        ...     _ = mine.add(counterproof.datasets.path("rectal-demo") / "early-failure.txt")
        ...     words = mine.correct("early-failure.txt", "Median follow-up", "11.2", kind="mean", by="A. Reader", why="so in a table")
        >>> words[:53]
        '11.2 in “Median follow-up”: kind mean instead of kind'
        """
        said = {"document": document, "quote": quote, "number": number, **changes, "by": by, "on": on or date.today(), "why": why}
        with self._writing() as store:
            applied = correcting.record(store, corrections.entry_of(said))
            self._services.check(store, list(applied.numbers))
            return next(words[-1] for id, words in applied.numbers.items() if self._named(store, document, id))

    def set_aside(self, flag: models.Finding, *, by: str, why: str, on: date | None = None) -> None:
        """Call a flag a false alarm, here and in the file beside the store, and run the checks of its paper again.

        >>> with counterproof.open() as mine:
        ...     _ = mine.add(counterproof.datasets.path("rectal-demo") / "early-failure.txt"), mine.check()
        ...     flag = mine.findings.where(check="told_twice").first()
        ...     mine.set_aside(flag, by="A. Reader", why="two populations")
        ...     mine.findings.where(check="told_twice").first().reason
        'set_aside'
        """
        mark = fingerprint_of(flag.document_id, flag.check_id, flag.table_label, flag.row, flag.quote, flag.reported)
        said = {"fingerprint": mark, "document": flag.document_id, "by": by, "on": on or date.today(), "why": why}
        with self._writing() as store:
            correcting.record(store, corrections.entry_of(said))
            self._services.check(store, [flag.document_id])

    def source(self, item: BaseModel | Finding | Mapping[str, Any]) -> Source:
        """Where a finding, a number, or a row of any view with ``document_id`` and ``char_start`` stands.

        Raises UsageError where it has no place in a text.

        >>> source = demo.source(demo.findings.where(check="told_twice").of("early-failure.txt").first())
        >>> source.exact, source.before[-20:]
        ('0.047', ' (P < 0.001 and P = ')
        """
        return places.source(self.connection, item, self._services.crop)

    def text(self, document_id: str) -> str:
        """The normalised text of a document, into which all character offsets point.

        >>> demo.text(demo.papers.where(format="text").first().document_id)[:14]
        'Early systemic'
        """
        return places.text(self.connection, document_id)

    def export(self, format: str, to: str | Path) -> list[str]:
        """Write the evidence for other programs (parquet, metafor, revman, covidence, annotations, bibtex, ris); what was left out.

        Raises UsageError for a format that there is not.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     demo.export("bibtex", f"{folder}/papers.bib")
        []
        """
        return export.export(self.connection, format, Path(to))

    @staticmethod
    def _named(store: Store, document: str, id: str) -> bool:
        return any(row[1] == id for row in correcting.documents_named(document, correcting.current_readings(store)))

    def _rows(self, query: str, model: type[M]) -> Rows[M]:
        return Rows(self.connection.sql(query), model.model_validate, self._find)

    def _find(self, name: str) -> list[str]:
        return [row[0] for row in self.connection.execute(_FIND, {"name": name}).fetchall()]

    def _open(self) -> Store:
        store = self._services.open(self.path, self.path is not None)
        if self.path is not None:
            sandbox.lock(store.connection, self.path if self.path.is_dir() else None)
        return store

    @contextmanager
    def _writing(self) -> Iterator[Store]:
        """The store opened for writing; one in a file is opened for reading again behind it."""
        if self.path is None:
            yield self._store
            return
        self._store.close()
        try:
            with self._services.open(self.path, False) as store:
                yield store
        finally:
            self._store = self._open()
