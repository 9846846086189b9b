"""The registry of checks: every module of this package is one check, its file name its id.

A check module has a docstring (what it states and how, then ``Preconditions:``, ``Example:`` and ``Reference:``; it is the check's
documentation), ``VIEW`` (the view whose rows it reads), ``INSPECT_SR`` (the item of the INSPECT-SR tool that it serves, or None) and
``check(rows)``, which yields findings.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from counterproof.kb.errors import UsageError
from counterproof.kb.finding import Finding

Row = dict[str, Any]
"""A row of a view, by column name; missing values are None."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its id, its documentation, the view that it reads and its function."""

    id: str
    doc: str
    view: str
    inspect_sr: str | None
    run: Callable[[list[Row]], Iterable[Finding]]

    @property
    def title(self) -> str:
        """The claim that the check tests: the first line of its documentation."""
        return self.doc.partition("\n")[0]

    @property
    def example(self) -> str:
        """The example worked by hand, without its heading; empty where the documentation has none."""
        paragraphs = (" ".join(paragraph.split()) for paragraph in self.doc.split("\n\n"))
        return next((text.removeprefix("Example: ") for text in paragraphs if text.startswith("Example: ")), "")


def all_checks() -> tuple[Check, ...]:
    """Every check of the package, by id."""
    return tuple(_walk())


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Check, ...]:
    """The checks selected (all, where none is named) and not ignored.

    Raises ``UsageError`` for an id that no check has.
    """
    checks = {check.id: check for check in all_checks()}
    select, ignore = tuple(select), tuple(ignore)
    unknown = [name for name in (*select, *ignore) if name not in checks]
    if unknown:
        near = [near[0] for name in unknown if (near := difflib.get_close_matches(name, checks, 1, 0.5))]
        meant = f" (did you mean {', '.join(near)}?)" if near else ""
        raise UsageError(f"no check is named {', '.join(unknown)}{meant}; `counterproof checks` lists them")
    return tuple(check for id, check in checks.items() if (not select or id in select) and id not in ignore)


def check_names() -> list[str]:
    """The ids of all checks, without loading them."""
    return sorted(info.name for info in pkgutil.iter_modules(__path__))


def _walk() -> Iterator[Check]:
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        yield Check(info.name, (module.__doc__ or "").strip(), module.VIEW, module.INSPECT_SR, module.check)
