"""What one document may cost, and how a child process is held to it."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    ``seconds`` of wall clock and of CPU time, bytes of address space (``memory``), bytes of the file (``file_size``) and of what is
    read from it (``result``), ``pages`` of a PDF, ``open_files`` at a time. A child is replaced after ``documents``; it has ``start``
    seconds to begin, which count for no document.
    """

    seconds: float = 120.0
    start: float = 120.0
    memory: int = 3 << 30
    file_size: int = 200 << 20
    result: int = 64 << 20
    pages: int = 1000
    open_files: int = 256
    documents: int = 2000

    @property
    def memory_words(self) -> str:
        """The memory in words."""
        return f"{self.memory / (1 << 30):.3g} GB"


def limits_of(seconds: float, pages: int, memory: float) -> Limits:
    """The limits that a command line gives; ``memory`` in GB."""
    return Limits(seconds=seconds, pages=pages, memory=round(memory * (1 << 30)))


WRITTEN = 64 << 20
"""Bytes of a file that a child may write; it writes none but Python's own compiled modules."""


def confine(limits: Limits) -> None:
    """Hold this process to the limits, as far as its system has such limits (Windows has none; the parent's clock still holds)."""
    with _where_possible():
        import resource

        wanted = {"AS": limits.memory, "NOFILE": limits.open_files, "FSIZE": WRITTEN, "CORE": 0}
        for name, most in wanted.items():
            with _where_possible():
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def allow(seconds: float) -> None:
    """Allow so many seconds of CPU time from now on; if the parent is gone, somewhat more on the wall clock."""
    with _where_possible():
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + max(1, round(seconds)), hard))
    with _where_possible():
        signal.setitimer(signal.ITIMER_REAL, seconds + 5)


def rest() -> None:
    """Wait for work as long as it takes."""
    with _where_possible():
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _where_possible() -> Iterator[None]:
    """Leave out what this system does not have or does not allow."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        yield
