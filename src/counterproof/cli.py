"""The command line: what each command takes. What it does stands in the modules that it calls."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from counterproof import __version__
from counterproof._options import Format, Jobs, Output, Paths, Quiet, StdinFilename, Timeout, Verbose
from counterproof._output import Messages
from counterproof.kb.errors import CounterproofError

app = typer.Typer(
    name="counterproof",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads clinical papers and recomputes the statistics that they print.",
)


class FailOn(StrEnum):
    """From which verdict on the exit code is 1."""

    never = "never"
    inconsistent = "inconsistent"
    decision_error = "decision_error"


def _version(asked: bool) -> None:
    if asked:
        print(f"counterproof {__version__}")
        raise typer.Exit


@app.callback()
def _counterproof(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


@app.command()
def extract(
    paths: Paths,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = Format.text,
    output: Output = None,
    jobs: Jobs = 0,
    timeout: Timeout = 120.0,
    stdin_filename: StdinFilename = None,
    debug_images: Annotated[Path | None, typer.Option(metavar="DIR", help="Draw the tables read on images of the PDF's pages.")] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print every table and number that the papers report, with its source."""
    from counterproof._extracting import extract
    from counterproof._reading import Limits

    code = extract(
        paths,
        format=format.value,
        to=output,
        jobs=jobs,
        limits=Limits(seconds=timeout),
        stdin_filename=stdin_filename,
        debug_images=debug_images,
        messages=Messages(quiet=quiet),
        verbose=verbose,
    )
    raise typer.Exit(code)


@app.command()
def recompute(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Rows of summary data, one an arm (and level).")],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = Format.text,
    output: Output = None,
    fail_on: Annotated[FailOn, typer.Option(help="From which verdict on the exit code is 1.")] = FailOn.inconsistent,
) -> None:
    """Say for rows of summary data whether the printed P-values can be true."""
    from counterproof._recomputing import recompute

    raise typer.Exit(recompute(file, format=format.value, to=output, fail_on=fail_on.value))


def main() -> None:
    """Run the command line; errors of use print one line."""
    try:
        app()
    except CounterproofError as error:
        Messages().problem(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)


if __name__ == "__main__":
    main()
