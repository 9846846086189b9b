"""Progress of long work on standard error, on a terminal only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from counterproof._output import Messages

T = TypeVar("T")


def tracked(items: Iterable[T], total: int, what: str, messages: Messages) -> Iterator[T]:
    """The items, with a bar, the count and the time that is left."""
    if not messages.show_progress or total < 2:
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        for item in items:
            progress.advance(task)
            yield item
