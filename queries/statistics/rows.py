"""Rows of summary data as typed in by hand or exported: reading them from CSV, and the columns they may have."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from counterproof.kb.errors import UsageError

if TYPE_CHECKING:  # an audit does without pandas, which takes a third of a second to load
    import pandas as pd

Texts = NDArray[np.object_]

COLUMNS: tuple[str, ...] = (
    "id", "arm", "level", "n", "count", "percent", "mean", "sd", "se", "median", "q1", "q3", "min", "max",
    "estimate", "ci_low", "ci_high", "ci_level", "effect", "statistic", "df", "p", "declared", "alpha", "ordered",
)  # fmt: skip
_NEEDED = frozenset(COLUMNS) - {"id", "arm", "level", "declared", "alpha", "ordered", "ci_level", "effect", "df"}


def read_rows(path: str | Path) -> pd.DataFrame:
    """The rows of a CSV file as strings, every column of ``COLUMNS`` present (blank where the file has none).

    Raises UsageError, naming file and fault, where the file is missing, is no CSV, has no ``id`` column, an unknown
    column, a column twice, a line with too many cells, or no data column at all.
    """
    try:
        with Path(path).open(newline="", encoding="utf-8-sig") as file:
            lines = list(csv.reader(file, strict=True))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: not a CSV file in UTF-8 ({error})") from error
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        raise UsageError(f"{path}: empty file")
    head = _head(path, lines[0])
    long = next((i for i, line in enumerate(lines[1:], 2) if len(line) > len(head)), None)
    if long is not None:
        raise UsageError(f"{path}: row {long} has {len(lines[long - 1])} cells, the head has {len(head)}")
    body = [[cell.strip() for cell in line] + [""] * (len(head) - len(line)) for line in lines[1:]]
    return complete({name: [line[i] for line in body] for i, name in enumerate(head)})


def _head(path: str | Path, cells: list[str]) -> list[str]:
    """The column names, checked."""
    head = [cell.strip().lower() for cell in cells]
    if "id" not in head:
        raise UsageError(f"{path}: no column 'id' (columns: {', '.join(head)})")
    unknown = [name for name in head if name not in COLUMNS]
    if unknown:
        raise UsageError(f"{path}: unknown column{'s' * (len(unknown) > 1)} {', '.join(map(repr, unknown))}; known: {', '.join(COLUMNS)}")
    twice = {name for name in head if head.count(name) > 1}
    if twice:
        raise UsageError(f"{path}: column {', '.join(sorted(twice))} stands twice")
    if not _NEEDED.intersection(head):
        raise UsageError(f"{path}: no column with numbers (some of {', '.join(c for c in COLUMNS if c in _NEEDED)})")
    return head


def complete(rows: pd.DataFrame | Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """The rows with every column of ``COLUMNS`` as stripped text, blank where missing."""
    import pandas as pd

    return pd.DataFrame(columns(rows), dtype=object)


def columns(rows: pd.DataFrame | Mapping[str, Sequence[Any]]) -> dict[str, Texts]:
    """Every column of ``COLUMNS`` as stripped texts, blank where missing."""
    n = max((len(rows[name]) for name in COLUMNS if name in rows), default=0)
    return {name: _texts(rows[name], n) if name in rows else np.full(n, "", dtype=object) for name in COLUMNS}


def _texts(cells: Any, n: int) -> Texts:
    out = np.empty(n, dtype=object)
    out[:] = ["" if cell is None or cell != cell else str(cell).strip() for cell in cells]
    return out
