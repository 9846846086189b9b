"""Counterproof reads clinical papers and recomputes the statistics that they print.

>>> import counterproof
>>> data = counterproof.datasets.load("rectal-demo")
>>> len(data.papers)
3
>>> data.findings.where(check="p_from_counts", verdict="inconsistent").about("ypT stage").first().reported
'0.104'
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from counterproof import _checkout as _checkout
from counterproof import datasets

if TYPE_CHECKING:
    from counterproof.kb.dataset import Dataset
    from counterproof.kb.evidence import Extraction
    from counterproof.queries.audit import AuditResult

__version__ = "0.1.0"
__all__ = ["__version__", "audit", "datasets", "open", "read"]


def read(path: str | Path, *, supplements: Iterable[str | Path] = ()) -> Extraction:
    """The document in this file (with its supplements) with every table and number that it reports.

    Raises DocumentError where the file is no paper that can be read.
    """
    from counterproof.extract import pipeline
    from counterproof.kb import bundle
    from counterproof.kb.errors import DocumentError

    every = [str(path), *map(str, supplements)]
    try:
        parts = [Path(one).read_bytes() for one in every]
    except OSError as error:
        raise DocumentError(f"{error.filename or path}: cannot be opened ({error.strerror or error})") from error
    return pipeline.read(bundle.pack(parts), bundle.path_of(every[0], every[1:])) if len(parts) > 1 else pipeline.read(parts[0], every[0])


def audit(
    paths: str | Path | Iterable[str | Path],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    store: str | Path | None = None,
    corrections: str | Path | None = None,
    supplements: Iterable[str | Path] = (),
) -> AuditResult:
    """The findings of the checks on these papers (files, folders, patterns), worst first, with what was and was not checked.

    ``select`` and ``ignore`` name checks; with ``store`` the evidence and the findings are kept in that file.
    ``corrections`` names a file of what readers put right, ``supplements`` files that belong to the one paper. A paper that cannot
    be read is in the coverage with its problem. Raises UsageError for an unknown check, StoreError where the store cannot be used.
    """
    from counterproof import _auditing

    every = [paths] if isinstance(paths, str | Path) else list(paths)
    return _auditing.audit_paths(
        [str(path) for path in every],
        select,
        ignore,
        Path(store) if store is not None else None,
        Path(corrections) if corrections is not None else None,
        [str(path) for path in supplements],
    )


def open(path: str | Path | None = None) -> Dataset:
    """The evidence store in this file, made where it is missing; without a path, a new one in memory.

    Raises StoreError where the file is locked by another process, damaged, or no evidence store.
    """
    from counterproof import _library

    return _library.open_dataset(Path(path) if path is not None else None)
