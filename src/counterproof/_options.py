"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_STORE = Path("evidence.duckdb")

Paths = Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, patterns, or - for standard input.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to standard output.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Documents read at a time; 0: one a processor.")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, metavar="S", help="Seconds that reading one document may take.")]
MaxPages = Annotated[int, typer.Option("--max-pages", min=1, metavar="N", help="Pages that a PDF may have.")]
MaxMemory = Annotated[float, typer.Option("--max-memory", min=0.5, metavar="GB", help="Memory that reading one document may take.")]
StdinFilename = Annotated[str | None, typer.Option("--stdin-filename", metavar="NAME", help="What to call standard input.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only problems on standard error.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Name the files left out, and show where in the program a document failed.")]
Wait = Annotated[float, typer.Option("--wait", min=0, metavar="S", help="Seconds to wait for a store that another process has open.")]
StorePath = Annotated[Path | None, typer.Option("--store", metavar="FILE", help="The evidence store.")]

Supplements = Annotated[
    list[str] | None, typer.Option("--with", metavar="FILE", help="A supplement of the one paper: read with it as one document.")
]
Corrections = Annotated[
    Path | None, typer.Option("--corrections", metavar="FILE", help="What readers put right; else STORE.corrections.toml.")
]


class Format(StrEnum):
    """How documents and findings are printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class AuditFormat(StrEnum):
    """How the findings of an audit are printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    sarif = "sarif"
    letter = "letter"


class RowFormat(StrEnum):
    """How rows of a query are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"


class AddFormat(StrEnum):
    """What ``add`` prints."""

    text = "text"
    jsonl = "jsonl"


class ListFormat(StrEnum):
    """How a list is printed."""

    text = "text"
    json = "json"


class SchemaFormat(StrEnum):
    """How the schema is printed."""

    text = "text"
    markdown = "markdown"
    json = "json"


class FailOn(StrEnum):
    """From which verdict on the exit code is 1."""

    never = "never"
    inconsistent = "inconsistent"
    decision_error = "decision_error"


def check_names(incomplete: str) -> list[str]:
    """The names of checks that begin so, for the shell's completion."""
    from counterproof.queries import checks

    return [name for name in checks.check_names() if name.startswith(incomplete)]
