"""What was read of the documents of a shard, until all are read: in memory while it is little, else in a private file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from counterproof._reading import Outcome

IN_MEMORY = 16 << 20
"""Bytes that are kept in memory."""


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """Somewhere to keep outcomes; what does not stay in memory goes to a file in this folder that is gone at the end."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY, mode="w+b", prefix="rows-", dir=str(folder)) as file:
        yield Spool(file)


class Spool:
    """Outcomes in the order in which they came, their bodies in a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._starts: list[int] = []
        self.heads: list[Outcome] = []
        """The outcomes without their bodies."""

    def keep(self, outcome: Outcome) -> None:
        """Take an outcome."""
        self._starts.append(self._file.seek(0, os.SEEK_END))
        self._file.write(outcome.body)
        self.heads.append(replace(outcome, body=b""))

    def body(self, number: int) -> bytes:
        """The body of an outcome."""
        self._file.seek(self._starts[number])
        return self._file.read(self._length(number))

    def __iter__(self) -> Iterator[Outcome]:
        for number, head in enumerate(self.heads):
            yield replace(head, body=self.body(number))

    def portions(self) -> Iterator[list[int]]:
        """The numbers of the outcomes that did not fail, cut into runs that can be in memory; each has at least one."""
        portion: list[int] = []
        n_bytes = 0
        for number, head in enumerate(self.heads):
            if head.status == "failed":
                continue
            if portion and n_bytes + self._length(number) > IN_MEMORY:
                yield portion
                portion, n_bytes = [], 0
            portion.append(number)
            n_bytes += self._length(number)
        if portion:
            yield portion

    def _length(self, number: int) -> int:
        return sum(self.heads[number].sizes.values())
