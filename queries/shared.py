"""What several checks work out from the same rows, worked out once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Row = dict[str, Any]
Result = TypeVar("Result")


class Rows(list[Row]):
    """The rows of a view for all checks that read it, with what these have worked out from them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__(rows)
        self.known: dict[Callable[..., Any], Any] = {}


def once(work: Callable[[list[Row]], Result], rows: list[Row]) -> Result:
    """What ``work`` makes of these rows; the first result is kept with ``Rows``, which nobody changes."""
    if not isinstance(rows, Rows):
        return work(rows)
    if work not in rows.known:
        rows.known[work] = work(rows)
    result: Result = rows.known[work]
    return result
