"""Counterproof reads clinical papers and recomputes the statistics that they print.

>>> import counterproof
>>> data = counterproof.datasets.load("rectal-demo")
>>> data.papers.count("*").fetchall()
[(3,)]
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from counterproof import datasets

if TYPE_CHECKING:
    from counterproof.kb.dataset import Dataset
    from counterproof.kb.evidence import Extraction
    from counterproof.queries.audit import AuditResult

__version__ = "0.1.0"
__all__ = ["__version__", "audit", "datasets", "open", "read"]


def read(path: str | Path) -> Extraction:
    """The document in this file with every table and number that it reports.

    Raises DocumentError where the file is no paper that can be read.
    """
    from counterproof.extract import pipeline
    from counterproof.kb.errors import DocumentError

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be opened ({error.strerror or error})") from error
    return pipeline.read(data, str(path))


def audit(
    paths: str | Path | Iterable[str | Path], *, select: Iterable[str] = (), ignore: Iterable[str] = (), store: str | Path | None = None
) -> AuditResult:
    """The findings of the checks on these papers (files, folders, patterns), worst first, with what was and was not checked.

    ``select`` and ``ignore`` name checks; with ``store`` the evidence and the findings are kept in that file. A paper that cannot
    be read is in the coverage with its problem. Raises UsageError for an unknown check, StoreError where the store cannot be used.
    """
    from counterproof import _auditing

    every = [paths] if isinstance(paths, str | Path) else list(paths)
    return _auditing.audit_paths([str(path) for path in every], select, ignore, Path(store) if store is not None else None)


def open(path: str | Path | None = None) -> Dataset:
    """The evidence store in this file, made where it is missing; without a path, a new one in memory.

    Raises StoreError where the file is locked by another process, damaged, or no evidence store.
    """
    from counterproof import _library

    return _library.open_dataset(Path(path) if path is not None else None)
