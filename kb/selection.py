"""Rows of a view, chosen by filters that read like sentences: a DuckDB relation underneath, typed things on request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import duckdb
from duckdb import ColumnExpression, ConstantExpression

from counterproof.kb import display
from counterproof.kb.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from counterproof.kb.models import Paper

T = TypeVar("T")
Row = dict[str, Any]

ALIASES = {"check": "check_id", "table": "table_label"}
"""Shorter names that ``where`` takes for columns."""

_WORDS = ("variable", "level", "outcome", "arm", "message", "quote", "title", "caption", "label")
"""Columns in which ``about`` looks for words."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """A selection of rows; each filter gives a new one, and nothing is fetched before it is asked for.

    ``len()``, iteration and :meth:`first` fetch; ``relation`` is the DuckDB relation, for everything else.
    """

    relation: duckdb.DuckDBPyRelation
    _make: Callable[[Row], T]
    _find: Callable[[str], list[str]]

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.relation.columns)

    def where(self, *conditions: str, **equal: Any) -> Rows[T]:
        """The rows for which every SQL condition holds and every column has this value (one of these, for a list; none, for None).

        Raises UsageError for a column that there is not, or a condition that is no SQL.
        """
        relation = self.relation
        for name, value in equal.items():
            relation = relation.filter(_equal(self._column(name), value))
        for condition in conditions:
            try:
                relation = relation.filter(condition)
            except duckdb.Error as error:
                raise UsageError(f"{condition}: {' '.join(str(error).split())}") from error
        return Rows(relation, self._make, self._find)

    def of(self, paper: Paper | str) -> Rows[T]:
        """The rows of one paper: itself, or its identifier (or the begin of it), DOI, path or file name.

        Raises UsageError where no paper or more than one is so named.
        """
        if isinstance(paper, str):
            found = self._find(paper)
            if len(found) != 1:
                raise UsageError(f"{len(found) or 'no'} papers of the store are named {paper}")
            return self.where(document_id=found[0])
        return self.where(document_id=paper.document_id)

    def about(self, words: str) -> Rows[T]:
        """The rows that have these words, whatever their case, in a variable, level, arm, message, quote, title or caption."""
        columns = [name for name in _WORDS if name in self.columns]
        if not columns:
            raise UsageError(f"no column has words to look in; there are: {', '.join(self.columns)}")
        found = " or ".join(f"""contains(lower(coalesce("{name}", '')), $words)""" for name in columns)
        quoted = "'" + words.lower().replace("'", "''") + "'"
        return Rows(self.relation.filter(found.replace("$words", quoted)), self._make, self._find)

    def select(self, *columns: str) -> Rows[Row]:
        """Only these columns; rows are then dictionaries."""
        chosen = [ColumnExpression(self._column(name)) for name in columns]
        return Rows(self.relation.select(*chosen), dict, self._find)

    def order_by(self, *columns: str) -> Rows[T]:
        """The rows by these columns, upwards; downwards where a name begins with a minus."""
        orders = [f'"{self._column(name.lstrip("-"))}"{" desc" if name.startswith("-") else ""} nulls last' for name in columns]
        return Rows(self.relation.order(", ".join(orders)), self._make, self._find)

    def limit(self, n: int) -> Rows[T]:
        """The first rows."""
        return Rows(self.relation.limit(n), self._make, self._find)

    def first(self) -> T | None:
        """The first row; None where there is none."""
        return next(iter(self.limit(1)), None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows as tuples."""
        return self.relation.fetchall()

    def df(self) -> pd.DataFrame:
        """As a pandas data frame."""
        frame: pd.DataFrame = self.relation.df()
        return frame

    def arrow(self) -> pa.Table:
        """As an Arrow table."""
        table: pa.Table = self.relation.to_arrow_table()
        return table

    def polars(self) -> pl.DataFrame:
        """As a Polars data frame.

        Raises UsageError where Polars is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise UsageError("Polars is not installed; `pip install polars`, or take .df() or .arrow()") from error
        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __len__(self) -> int:
        ((number,),) = self.relation.count("*").fetchall()
        return int(number)

    def __iter__(self) -> Iterator[T]:
        names = self.columns
        return (self._make(dict(zip(names, values, strict=True))) for values in self.fetchall())

    def __repr__(self) -> str:
        return f"<{len(self):,} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return display.selection(self.columns, self.relation.limit(display.SHOWN_ROWS).fetchall(), len(self))

    def _column(self, name: str) -> str:
        chosen = name if name in self.columns else ALIASES.get(name, name)
        if chosen not in self.columns:
            raise UsageError(f"no column is named {name}; there are: {', '.join(self.columns)}")
        return chosen


def _equal(column: str, value: Any) -> duckdb.Expression:
    """The condition that a column has this value, or one of these."""
    if value is None:
        return ColumnExpression(column).isnull()
    if isinstance(value, str) or not isinstance(value, Iterable):
        return ColumnExpression(column) == ConstantExpression(value)
    values = [ConstantExpression(one) for one in value]
    return ColumnExpression(column).isin(*values) if values else ConstantExpression(False)
