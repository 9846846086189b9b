"""The commands ``sql`` and ``schema``: questions to a store, and what it can be asked."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from counterproof._grid import grid, least_width
from counterproof._library import open_evidence
from counterproof._output import Target, output
from counterproof.kb.errors import UsageError
from counterproof.kb.sandbox import QueryLimits, query
from counterproof.kb.sheets import guarded


def sql(text: str, *, store: Path, format: str, to: Path | None, limits: QueryLimits, wait: float) -> int:
    """Run the command; the exit code."""
    if store.is_dir():
        rows = query(store, text, limits, opener="counterproof._library:open_evidence")
    else:
        open_evidence(store, read_only=True, wait=wait).close()
        rows = query(store, text, limits)
    if format == "parquet":
        _write_parquet(rows, to)
        return 0
    with output(to) as target:
        WRITERS[format](rows, target)
    return 0


def _write_parquet(rows: pa.Table, to: Path | None) -> None:
    from pyarrow import parquet

    if to is None:
        raise UsageError("parquet is for files; name one with --output")
    try:
        parquet.write_table(rows, to)
    except OSError as error:
        raise UsageError(f"{to}: cannot be written ({error.strerror or error})") from error


def _plain(value: Any) -> Any:
    """A value as JSON has it; times, decimals and bytes as text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _write_jsonl(rows: pa.Table, target: Target) -> None:
    for batch in rows.to_batches(1000):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            row = dict(zip(rows.column_names, map(_plain, values), strict=True))
            target.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_json(rows: pa.Table, target: Target) -> None:
    target.write(json.dumps([_plain(row) for row in rows.to_pylist()], ensure_ascii=False, indent=1) + "\n")


def _write_csv(rows: pa.Table, target: Target) -> None:
    writer = csv.writer(target.stream, lineterminator="\n")
    writer.writerow(rows.column_names)
    for batch in rows.to_batches(1000):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            writer.writerow([guarded(_cell(value)) for value in values])


def _cell(value: Any) -> Any:
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, dict | list) else plain


def _write_table(rows: pa.Table, target: Target) -> None:
    """Columns side by side, or where they do not fit one value a line."""
    columns = [["" if value is None else str(_cell(value)) for value in column.to_pylist()] for column in rows.columns]
    cells = [list(rows.column_names), *(list(row) for row in zip(*columns, strict=True))]
    if least_width(cells) > target.width:
        _write_records(rows.column_names, cells[1:], target)
    else:
        right = [pa.types.is_integer(type) or pa.types.is_floating(type) or pa.types.is_decimal(type) for type in rows.schema.types]
        for number, lines in enumerate(grid(cells, target.width, right=right)):
            for line in lines:
                target.line(line, "" if number else "bold")
    target.line(f"({rows.num_rows:,} row{'s' * (rows.num_rows != 1)})", "dim")


def _write_records(names: list[str], rows: list[list[str]], target: Target) -> None:
    for number, row in enumerate(rows, 1):
        target.write(f"-- {number} --\n")
        for lines in grid([[name, value] for name, value in zip(names, row, strict=True) if value], target.width):
            target.write("".join(f"{line}\n" for line in lines))


WRITERS = {"table": _write_table, "csv": _write_csv, "json": _write_json, "jsonl": _write_jsonl}
