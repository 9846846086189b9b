"""What a finding rests on, fetched from the store: its numbers with their places, the tables they stand in, the text around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from counterproof.kb.document import Box
from counterproof.kb.finding import Finding, Place

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number that a finding rests on; ``flagged`` is the one that the finding is about, the others are inputs."""

    text: str
    start: int
    end: int
    table: int | None
    box: Box | None
    flagged: bool


class Paper:
    """One document of the store with what the report shows of it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, document: str) -> None:
        self.connection = connection
        self.id = document

    def rows(self, query: str) -> list[Row]:
        """The rows of a query with one parameter, the document."""
        result = self.connection.execute(query, [self.id])
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]

    @cached_property
    def meta(self) -> Row:
        """What identifies the paper and its reading."""
        found = self.rows("select title, doi, year, journal, n_pages, format, extractor, n_bytes from documents where document_id = ?")
        return found[0] if found else {}

    @cached_property
    def text(self) -> str:
        """The normalised text, into which all offsets point."""
        text = ""
        for block in self.rows("select char_start, text from blocks where document_id = ? order by char_start"):
            text = text.ljust(block["char_start"], "\n") + block["text"]
        return text

    @cached_property
    def _evidence(self) -> list[Row]:
        return self.rows(
            """select evidence_no, text, char_start, char_end, table_no, aggregate_no, page, x0, top, x1, bottom
            from evidence where document_id = ? order by char_start, char_end"""
        )

    @cached_property
    def _by_aggregate(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self._evidence:
            if row["aggregate_no"] is not None:
                found.setdefault(row["aggregate_no"], []).append(row)
        return found

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row in self.rows("select comparison_no, aggregate_no from comparison_members where document_id = ?"):
            found.setdefault(row["comparison_no"], []).append(row["aggregate_no"])
        return found

    @cached_property
    def comparisons(self) -> list[Row]:
        """The rows of the paper's comparisons, one an aggregate."""
        return self.rows("select * from comparison_rows where document_id = ?")

    def numbers(self, finding: Finding) -> list[Number]:
        """The printed numbers that a finding rests on, in the order of the text."""
        spans = [(p.start, p.end) for p in (finding.place, *finding.more_places) if p.start is not None and p.end is not None]
        inside = [row for row in self._evidence if any(a <= row["char_start"] and row["char_end"] <= b for a, b in spans)]
        aggregates = {row["aggregate_no"] for row in inside if row["aggregate_no"] is not None}
        if finding.comparison is not None:
            aggregates |= set(self._members.get(finding.comparison, ()))
        chosen = {row["evidence_no"]: row for no in aggregates for row in self._by_aggregate.get(no, ())}
        flagged = {row["evidence_no"] for row in inside}
        chosen |= {row["evidence_no"]: row for row in inside}
        found = [_number(row, row["evidence_no"] in flagged) for row in chosen.values()]
        return sorted(found, key=lambda number: (number.start, number.end))

    @cached_property
    def tables(self) -> dict[int, Row]:
        """The tables by number, each with its ``cells``."""
        found = {row["table_no"]: {**row, "cells": []} for row in self.rows(
            """select table_no, label, caption, n_rows, n_columns, header_rows, char_start, char_end, page, x0, top, x1, bottom
                from tables where document_id = ?"""
        )}  # fmt: skip
        query = """select table_no, "row", "column", text, row_span, column_span, char_start, char_end
            from cells where document_id = ? order by table_no, "row", "column" """
        for cell in self.rows(query):
            if cell["table_no"] in found:
                found[cell["table_no"]]["cells"].append(cell)
        return found

    def tables_of(self, finding: Finding, numbers: Iterable[Number]) -> list[int]:
        """The tables that a finding's numbers stand in, that of the flagged number first."""
        order = sorted(numbers, key=lambda number: not number.flagged)
        found = [number.table for number in order if number.table is not None]
        found += [no for no, table in self.tables.items() for p in (finding.place, *finding.more_places) if _within(p, table)]
        return list(dict.fromkeys(found))

    def table_box(self, table: int | None) -> Box | None:
        """Where a table stands on its page, if it has one."""
        return _box(self.tables[table]) if table in self.tables else None

    def quote_start(self, place: Place) -> int | None:
        """Where the quote of a place begins in the text, so that it covers the place."""
        if place.start is None or not place.quote:
            return None
        at = self.text.find(place.quote, max(0, place.start - len(place.quote)))
        return at if 0 <= at <= place.start < at + len(place.quote) else None


def _number(row: Row, flagged: bool) -> Number:
    return Number(row["text"], row["char_start"], row["char_end"], row["table_no"], _box(row), flagged)


def _box(row: Row) -> Box | None:
    if row["page"] is None or row["x0"] is None:
        return None
    return Box(int(row["page"]), row["x0"], row["top"], row["x1"], row["bottom"])


def _within(place: Place, table: Row) -> bool:
    return place.table is not None and place.start is not None and table["char_start"] <= place.start < table["char_end"]
