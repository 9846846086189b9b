"""Who does the work of the shards: this process with one child, with several, or the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from itertools import islice
from typing import Protocol

from counterproof._children import Pool, Worker, cores
from counterproof._limits import Limits
from counterproof._shard_work import Done, Task, work


class Executor(Protocol):
    """Does tasks in any order; each is taken when there is somebody to do it, so that there may be any number of them."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task done, as soon as it is. Raises StoreError where a shard cannot be written."""
        ...


class Serial:
    """One shard after the other, with one child process."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task done, in order."""
        worker = Worker(self.limits)
        try:
            for task in tasks:
                yield work(task, worker)
        finally:
            worker.close()
            worker.join()


class Processes:
    """Several shards at a time, each with a child process of its own."""

    def __init__(self, jobs: int, limits: Limits) -> None:
        self.jobs, self.limits = jobs, limits

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task done, as soon as it is."""
        pool = Pool(self.jobs, self.limits)
        ahead = iter(tasks)
        running: set[Future[Done]] = set()
        try:
            while True:
                running |= {pool.submit(partial(work, task)) for task in islice(ahead, self.jobs + 1 - len(running))}
                if not running:
                    return
                ready, running = wait(running, return_when=FIRST_COMPLETED)
                for future in ready:
                    yield future.result()
        finally:
            pool.close()


def executor(jobs: int, limits: Limits, scheduler: str | None = None, scratch: str | None = None) -> Executor:
    """The executor for so many jobs (0: one a processor), or that of a Dask scheduler at an address (``local``: one made for this).

    A cluster made for this keeps what it must write in the folder ``scratch``.
    """
    jobs = jobs or cores()
    if scheduler is not None:
        from counterproof._dask import Dask

        return Dask(scheduler, jobs, limits, scratch)
    return Serial(limits) if jobs == 1 else Processes(jobs, limits)
