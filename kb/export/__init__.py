"""Evidence for other programs: each format is one function that writes what a store says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from counterproof.kb.errors import UsageError
from counterproof.kb.export import metafor, package, references, reviews, web_annotations

Write = Callable[[duckdb.DuckDBPyConnection, Path], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """One export: what it is, whether it is a folder of files, and its writer, which returns what is to be told about it."""

    title: str
    folder: bool
    write: Write


FORMATS: dict[str, Format] = {
    "parquet": Format("every view as Parquet, with a Frictionless datapackage.json", True, package.write),
    "metafor": Format("effects in wide columns (ai, bi, ci, di; m1i, sd1i, n1i, …) for metafor and statsmodels", True, metafor.write),
    "revman": Format("data rows and references for RevMan", True, reviews.write_revman),
    "covidence": Format("references and results by arm for Covidence", True, reviews.write_covidence),
    "annotations": Format("findings and numbers as W3C Web Annotations (JSON-LD)", False, web_annotations.write),
    "bibtex": Format("the papers as BibTeX", False, references.write_bibtex),
    "ris": Format("the papers as RIS", False, references.write_ris),
}
"""Every export by its name."""


def export(connection: duckdb.DuckDBPyConnection, format: str, to: Path) -> list[str]:
    """Write the current evidence of a store to a file or folder; what was left out and why, one line each.

    Raises UsageError for a format that there is not, and where the place cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"no export is named {format}; there are: {', '.join(FORMATS)}")
    chosen = FORMATS[format]
    try:
        (to if chosen.folder else to.absolute().parent).mkdir(parents=True, exist_ok=True)
        return list(chosen.write(connection, to))
    except OSError as error:
        raise UsageError(f"{to}: cannot be written ({error.strerror or error})") from error
