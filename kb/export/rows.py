"""Rows of a view, and CSV files that spreadsheets, R and review software open without harm."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from counterproof.kb.sheets import guarded

Row = dict[str, Any]


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The rows of a query by column name."""
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def write_csv(path: Path, columns: Sequence[str], lines: Iterable[Mapping[str, Any]]) -> None:
    """Write rows under these columns: UTF-8, missing values blank, whole numbers without a point, texts never a formula."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([plain(line.get(column)) for column in columns] for line in lines)


def plain(value: Any) -> Any:
    """A value as a CSV cell has it."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return guarded(value)


def study_labels(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Each paper's label as reviews have it: first author's surname and year, else the file's name; a letter tells equal ones apart."""
    wanted = [(row["document_id"], _label(row)) for row in rows(connection, "select * from documents order by path")]
    counts: dict[str, int] = {}
    for _, label in wanted:
        counts[label] = counts.get(label, 0) + 1
    seen: dict[str, int] = {}
    labels = {}
    for document, label in wanted:
        number = seen[label] = seen.get(label, 0) + 1
        labels[document] = f"{label}{_letter(number)}" if counts[label] > 1 else label
    return labels


def _label(row: Row) -> str:
    authors = row["authors"] or []
    if not authors:
        return Path(row["path"]).stem
    return f"{surname(authors[0])} {row['year'] or ''}".strip()


def surname(author: str) -> str:
    """The family name of an author as printed ("Doe, Jane", "Jane Doe", "Doe J")."""
    family, comma, _ = author.partition(",")
    if comma:
        return family.strip()
    words = author.split()
    initials = len(words) > 1 and words[-1].replace(".", "").isupper() and len(words[-1].replace(".", "")) <= 3
    return " ".join(words[:-1]) if initials else words[-1] if words else ""


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters
