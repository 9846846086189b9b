"""What was read of the documents of a shard, in a private file until all are read."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, ALLOCATIONGRANULARITY, mmap
from pathlib import Path
from typing import IO, TYPE_CHECKING

from counterproof._reading import Outcome
from counterproof.kb.shards import disk_errors

if TYPE_CHECKING:
    from typing_extensions import Buffer

MAPPED = 1 << 20
"""Bytes of a body that is mapped: each takes one of the few files that a process may have open."""

AUDITED = 64 << 20
"""Bytes of rows that are audited together, which takes a child some ten times as much memory."""


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """Somewhere to keep outcomes: a file in this folder that has no name and is gone at the end.

    Raises StoreError, here and from the spool, where the disk is full or cannot be written.
    """
    with disk_errors(folder):
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
    try:
        yield Spool(file, folder)
    finally:
        with contextlib.suppress(OSError):  # what was not written yet is not wanted any more
            file.close()


class Spool:
    """Outcomes in the order in which they came, their bodies in a file."""

    def __init__(self, file: IO[bytes], folder: Path) -> None:
        self._file, self._folder = file, folder
        self._starts: list[int] = []
        self._end = 0
        self.heads: list[Outcome] = []
        """The outcomes without their bodies."""

    def place(self) -> Spool:
        """Itself, ready for the body of the next outcome to be written; what was written since the last was kept is forgotten."""
        with disk_errors(self._folder):
            self._file.seek(self._end)
            self._file.truncate()
        return self

    def write(self, piece: bytes) -> None:
        """Write a piece of the next outcome's body."""
        with disk_errors(self._folder):
            self._file.write(piece)

    def keep(self, outcome: Outcome) -> None:
        """Take an outcome whose body was written at its place."""
        self.heads.append(outcome)
        self._starts.append(self._end)
        length = self.length(len(self.heads) - 1)
        self._end += -(-length // ALLOCATIONGRANULARITY) * ALLOCATIONGRANULARITY

    def body(self, number: int) -> Buffer:
        """The body of an outcome; a large one is in memory only while it is used, and given back whole."""
        length = self.length(number)
        with disk_errors(self._folder):
            if length > MAPPED:
                self._file.flush()
                return mmap(self._file.fileno(), length, offset=self._starts[number], access=ACCESS_READ)
            self._file.seek(self._starts[number])
            return self._file.read(length)

    def portions(self) -> Iterator[list[int]]:
        """The numbers of the outcomes that did not fail, cut into runs that can be audited together; each has at least one."""
        portion: list[int] = []
        n_bytes = 0
        for number, head in enumerate(self.heads):
            if head.status == "failed":
                continue
            if portion and n_bytes + self.length(number) > AUDITED:
                yield portion
                portion, n_bytes = [], 0
            portion.append(number)
            n_bytes += self.length(number)
        if portion:
            yield portion

    def length(self, number: int) -> int:
        """Bytes of the body of an outcome."""
        return sum(self.heads[number].sizes.values())


class Bodies:
    """The bodies of some outcomes, one after the other, as often as they are asked for."""

    def __init__(self, kept: Spool, numbers: list[int]) -> None:
        self.kept, self.numbers = kept, numbers
        self.length = sum(map(kept.length, numbers))

    def __iter__(self) -> Iterator[Buffer]:
        return map(self.kept.body, self.numbers)
