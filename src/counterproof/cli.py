"""The command line: what each command takes. What it does stands in the modules that it calls."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from counterproof import __version__, _calculating_commands, _describing_commands
from counterproof._hidden import hide
from counterproof._options import (
    DEFAULT_STORE,
    AddFormat,
    AuditFormat,
    Corrections,
    FailOn,
    Format,
    Jobs,
    ListFormat,
    MaxMemory,
    MaxPages,
    Output,
    Paths,
    Quiet,
    RowFormat,
    StdinFilename,
    StorePath,
    Supplements,
    Timeout,
    Verbose,
    Wait,
    check_names,
)
from counterproof._output import Messages
from counterproof.kb.errors import CounterproofError, UsageError

app = typer.Typer(
    name="counterproof",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Reads clinical papers and recomputes the statistics that they print.",
)
datasets_app = typer.Typer(no_args_is_help=True, help="The documents that ship with counterproof.")
app.add_typer(datasets_app, name="datasets")


def _version(asked: bool) -> None:
    if asked:
        print(f"counterproof {__version__}")
        raise typer.Exit


@app.callback()
def _counterproof(
    context: typer.Context,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="Configuration; else the nearest counterproof.toml.")] = None,
) -> None:
    from counterproof import _config

    found = (config, _config.load(config)) if config else _config.find(Path.cwd())
    if found:
        context.default_map = _config.defaults(found[1])


@app.command()
def audit(
    paths: Paths,
    supplements: Supplements = None,
    format: Annotated[AuditFormat, typer.Option("--format", help="How to print it.")] = AuditFormat.text,
    output: Output = None,
    select: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Only these checks.", autocompletion=check_names)] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Not these checks.", autocompletion=check_names)] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Also what is consistent or could not be checked.")] = False,
    fail_on: Annotated[FailOn, typer.Option(help="From which verdict on the exit code is 1.")] = FailOn.inconsistent,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="Leave out the findings of this earlier output.")] = None,
    corrections: Corrections = None,
    store: StorePath = None,
    jobs: Jobs = 0,
    timeout: Timeout = 120.0,
    max_pages: MaxPages = 1000,
    max_memory: MaxMemory = 3.0,
    wait: Wait = 0.0,
    stdin_filename: StdinFilename = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say of each paper what it prints that its own numbers do not allow."""
    from counterproof import _auditing
    from counterproof._limits import limits_of

    choice = _auditing.Choice(tuple(select or ()), tuple(ignore or ()), baseline, show_all, fail_on.value, corrections)
    code = _auditing.run(
        paths,
        choice=choice,
        format=format.value,
        to=output,
        store=store,
        jobs=jobs,
        limits=limits_of(timeout, max_pages, max_memory),
        wait=wait,
        supplements=supplements or [],
        stdin_filename=stdin_filename,
        messages=Messages(quiet=quiet),
        verbose=verbose,
    )
    raise typer.Exit(code)


@app.command()
def extract(
    paths: Paths,
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.text,
    output: Output = None,
    jobs: Jobs = 0,
    timeout: Timeout = 120.0,
    max_pages: MaxPages = 1000,
    max_memory: MaxMemory = 3.0,
    stdin_filename: StdinFilename = None,
    debug_images: Annotated[Path | None, typer.Option(metavar="DIR", help="Draw the tables read on images of the PDF's pages.")] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print every table and number that the papers report, with its source."""
    from counterproof import _extracting
    from counterproof._limits import limits_of

    code = _extracting.extract(
        paths,
        format=format.value,
        to=output,
        jobs=jobs,
        limits=limits_of(timeout, max_pages, max_memory),
        stdin_filename=stdin_filename,
        debug_images=debug_images,
        messages=Messages(quiet=quiet),
        verbose=verbose,
    )
    raise typer.Exit(code)


@app.command()
def add(
    paths: Paths,
    supplements: Supplements = None,
    store: StorePath = DEFAULT_STORE,
    format: Annotated[AddFormat, typer.Option("--format", help="text: only the sums; jsonl: a line a document.")] = AddFormat.text,
    audit: Annotated[bool, typer.Option("--audit", help="Run the checks too, and keep their findings.")] = False,
    shards: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of Parquet files; else beside the store.")] = None,
    shard: Annotated[str | None, typer.Option(metavar="I/N", help="Only write the shards of job I of N; a later run loads them.")] = None,
    shard_size: Annotated[
        int | None, typer.Option(min=1, max=4096, metavar="N", help="Documents in one shard; else by their number.")
    ] = None,
    scheduler: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Read on this Dask cluster; local: one made here.")] = None,
    resume: Annotated[bool, typer.Option("--resume/--no-resume", help="Go on where an earlier run stopped, or refuse to.")] = True,
    jobs: Jobs = 0,
    timeout: Timeout = 120.0,
    max_pages: MaxPages = 1000,
    max_memory: MaxMemory = 3.0,
    wait: Wait = 0.0,
    stdin_filename: StdinFilename = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read papers into an evidence store; what it has already stays as it is."""
    hide("pandas")  # a third of this process's memory
    from counterproof import _adding
    from counterproof._limits import limits_of

    file = store or DEFAULT_STORE
    plan = _adding.Plan(
        store=file,
        shards=shards or file.with_suffix(".shards"),
        part=_adding.plan_part(shard),
        shard_size=shard_size,
        scheduler=scheduler,
        audit=audit,
        resume=resume,
        jobs=jobs,
        wait=wait,
    )
    code = _adding.add(
        paths,
        plan=plan,
        limits=limits_of(timeout, max_pages, max_memory),
        format=format.value,
        supplements=supplements or [],
        stdin_filename=stdin_filename,
        messages=Messages(quiet=quiet),
        verbose=verbose,
    )
    raise typer.Exit(code)


@app.command()
def verify(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The evidence store.")] = DEFAULT_STORE,
    shards: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of Parquet files; else beside the store.")] = None,
    format: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.text,
    wait: Wait = 0.0,
) -> None:
    """Check an evidence store against its shards, and print the digest of what it says."""
    from counterproof import _verifying

    raise typer.Exit(_verifying.verify(store, shards or store.with_suffix(".shards"), format=format.value, wait=wait))


@app.command()
def correct(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="The corrections; else STORE.corrections.toml.")] = None,
    store: StorePath = DEFAULT_STORE,
    wait: Wait = 0.0,
    quiet: Quiet = False,
) -> None:
    """Lay what readers put right over a store's readings, and say what each correction does."""
    from counterproof import _correcting

    raise typer.Exit(_correcting.correct(file, store=store or DEFAULT_STORE, wait=wait, messages=Messages(quiet=quiet)))


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(metavar="SELECT", help="One SELECT over the views (see `counterproof schema`).")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", metavar="FILE", help="Take the query from this file.")] = None,
    store: StorePath = DEFAULT_STORE,
    format: Annotated[RowFormat, typer.Option("--format", help="How to print it.")] = RowFormat.table,
    output: Output = None,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="S", help="Seconds that the query may take.")] = 30.0,
    max_rows: Annotated[int, typer.Option(min=1, metavar="N", help="Rows that the result may have.")] = 1_000_000,
    wait: Wait = 0.0,
) -> None:
    """Ask an evidence store one question in SQL, read-only and under limits."""
    from counterproof import _querying
    from counterproof.kb.sandbox import QueryLimits

    text = _query_text(query, file)
    limits = QueryLimits(seconds=timeout, rows=max_rows)
    raise typer.Exit(_querying.sql(text, store=store or DEFAULT_STORE, format=format.value, to=output, limits=limits, wait=wait))


def _query_text(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise UsageError('give one query: `counterproof sql "SELECT …"` or `counterproof sql --file FILE`')
    if query is not None:
        return sys.stdin.read() if query == "-" else query
    assert file is not None
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error})") from error


@app.command()
def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="parquet, metafor, revman, covidence, annotations, bibtex or ris.")],
    store: StorePath = DEFAULT_STORE,
    output: Output = None,
    wait: Wait = 0.0,
    quiet: Quiet = False,
) -> None:
    """Write what an evidence store says for other programs: tables, meta-analyses, reviews, annotations, references."""
    from counterproof import _exporting

    raise typer.Exit(_exporting.run(format, store=store or DEFAULT_STORE, to=output, wait=wait, messages=Messages(quiet=quiet)))


app.command()(_calculating_commands.recompute)
app.command()(_calculating_commands.p)
app.command(context_settings={"ignore_unknown_options": True})(_calculating_commands.ci)
app.command()(_describing_commands.checks)
app.command()(_describing_commands.explain)
app.command()(_describing_commands.schema)
datasets_app.command("list")(_describing_commands.list_datasets)
datasets_app.command("path")(_describing_commands.dataset_path)


def main() -> None:
    """Run the command line; errors of use print one line."""
    try:
        app()
    except CounterproofError as error:
        Messages().problem(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)


if __name__ == "__main__":
    main()
