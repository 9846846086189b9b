"""The commands that recompute what is typed in: summary data from a file, a P-value from arms, one from an interval."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counterproof._options import FailOn, Format, ListFormat, Output


def recompute(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Rows of summary data, one an arm (and level).")],
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.text,
    output: Output = None,
    fail_on: Annotated[FailOn, typer.Option(help="From which verdict on the exit code is 1.")] = FailOn.inconsistent,
) -> None:
    """Say for rows of summary data whether the printed P-values can be true."""
    from counterproof import _recomputing

    raise typer.Exit(_recomputing.recompute(file, format=format.value, to=output, fail_on=fail_on.value))


def p(
    arms: Annotated[list[str], typer.Argument(metavar="ARM…", help='4/7, "57.1% n=7", 0:2:4 (levels), or "59 (8.1) n=40" (mean, SD).')],
    printed: Annotated[str, typer.Option("--p", metavar="P", help='The printed P-value, such as 0.034 or "<0.001".')],
    method: Annotated[str | None, typer.Option(metavar="TEST", help="The test that the paper names, such as fisher.")] = None,
    format: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.text,
) -> None:
    """Recompute one P-value from the arms printed beside it."""
    from counterproof import _calculator

    raise typer.Exit(_calculator.p(arms, printed=printed, declared=method, format=format.value))


def ci(
    estimate: Annotated[str, typer.Argument(help="The estimate.")],
    low: Annotated[str, typer.Argument(help="The lower limit of its interval.")],
    high: Annotated[str, typer.Argument(help="The upper limit.")],
    printed: Annotated[str, typer.Option("--p", metavar="P", help='The printed P-value, such as 0.034 or "<0.001".')],
    effect: Annotated[str | None, typer.Option(metavar="EFFECT", help="hr, or, rr or difference; else both scales.")] = None,
    level: Annotated[str | None, typer.Option(metavar="PERCENT", help="The interval's level; else 95.")] = None,
    format: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.text,
) -> None:
    """Recompute the P-value of one estimate from its interval."""
    from counterproof import _calculator

    raise typer.Exit(_calculator.ci((estimate, low, high), printed=printed, effect=effect, level=level, format=format.value))
