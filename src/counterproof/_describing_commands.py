"""The commands that describe counterproof itself: its checks, its schema, its data sets."""

from __future__ import annotations

from typing import Annotated

import typer

from counterproof._options import ListFormat, Output, SchemaFormat, StorePath, check_names


def checks(
    format: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.text, output: Output = None
) -> None:
    """List the checks."""
    from counterproof import _describing

    raise typer.Exit(_describing.checks(format=format.value, to=output))


def explain(
    check: Annotated[str, typer.Argument(metavar="CHECK", help="A check's name (see `counterproof checks`).", autocompletion=check_names)],
    of: Annotated[str | None, typer.Option("--of", metavar="PAPER", help="Work out this paper's comparisons by every method.")] = None,
    row: Annotated[str | None, typer.Option("--row", metavar="WORDS", help="Only the comparisons that have these words.")] = None,
) -> None:
    """Say what a check states, how it works and where its method comes from; or work out a paper's comparisons."""
    from counterproof import _describing

    raise typer.Exit(_describing.explain(check, of, row))


def schema(
    views: Annotated[list[str] | None, typer.Argument(metavar="VIEW…", help="Only these views.")] = None,
    store: StorePath = None,
    format: Annotated[SchemaFormat, typer.Option("--format", help="How to print it.")] = SchemaFormat.text,
    output: Output = None,
) -> None:
    """Describe the views and columns of an evidence store."""
    from counterproof import _describing

    raise typer.Exit(_describing.schema(store=store, format=format.value, names=views or [], to=output))


def list_datasets() -> None:
    """List the data sets that ship with counterproof."""
    from counterproof import _describing

    raise typer.Exit(_describing.list_datasets())


def dataset_path(name: Annotated[str, typer.Argument(help="The data set's name.")]) -> None:
    """Print the folder of a data set's documents, checksums verified."""
    from counterproof import _describing

    raise typer.Exit(_describing.dataset_path(name))
