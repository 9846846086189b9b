"""Shards on a Dask cluster: each is a task that a worker does with a limited child process of its own."""

from __future__ import annotations

import contextlib
import queue
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any

from counterproof._children import Worker
from counterproof._limits import Limits
from counterproof._reading import Outcome
from counterproof._shard_work import Done, Task, work
from counterproof.kb.errors import UsageError

ATTEMPTS = 20
"""How often a shard is given to the cluster again after its worker was lost."""

PATIENCE = 300.0
"""Seconds that a cluster may be without any worker."""

_OF_THREAD = threading.local()


class Dask:
    """The workers of the scheduler at an address, or of a cluster on this machine (``local``) that ends with the work."""

    def __init__(self, address: str, jobs: int, limits: Limits, scratch: str | None = None) -> None:
        self.address, self.jobs, self.limits, self.scratch = address, jobs, limits, scratch
        self.distributed = _distributed()

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task done, as soon as it is; one whose worker was lost is done again by another."""
        with self._client() as client:
            ahead = iter(tasks)
            asked: dict[Any, tuple[Task, int]] = {}
            ended: queue.SimpleQueue[Any] = queue.SimpleQueue()

            def submit(task: Task, attempt: int) -> None:
                name = f"counterproof-{task.name}-{attempt}"
                future = client.submit(work_here, task, self.limits, key=name, pure=False)
                asked[future] = task, attempt
                future.add_done_callback(ended.put)

            while True:
                at_once = 2 * max(1, sum(client.nthreads().values()))
                for task in islice(ahead, max(0, at_once - len(asked))):
                    submit(task, 0)
                if not asked:
                    return
                future = self._next(client, ended)
                task, attempt = asked.pop(future)
                error = future.exception() if future.status == "error" else None
                if future.status == "finished":
                    yield future.result()
                elif error is not None and not isinstance(error, self.distributed.KilledWorker):
                    raise error
                elif attempt < ATTEMPTS:
                    submit(task, attempt + 1)
                else:
                    yield Done(task, tuple(_lost(source.path) for source in task.sources), written=False)

    def _next(self, client: Any, ended: queue.SimpleQueue[Any]) -> Any:
        """The next future that comes to its end. Raises UsageError where the cluster has lost all workers."""
        alone_since: float | None = None
        while True:
            with contextlib.suppress(queue.Empty):
                return ended.get(timeout=5)
            alone_since = None if client.nthreads() else alone_since or time.monotonic()
            if alone_since is not None and time.monotonic() - alone_since > PATIENCE:
                raise UsageError(f"{self.address}: the cluster has no workers left; what is done is kept, run it again to go on")

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """A client of the scheduler, or of a cluster made for this work."""
        if self.address != "local":
            try:
                client = self.distributed.Client(self.address, set_as_default=False)
            except (OSError, ValueError) as error:
                raise UsageError(f"{self.address}: no Dask scheduler answers there ({error})") from error
            with client:
                yield client
            return
        dask = import_module("dask")
        with (
            tempfile.TemporaryDirectory(prefix="counterproof-dask-", dir=self.scratch) as private,
            dask.config.set({"temporary-directory": private}),
            self.distributed.LocalCluster(
                n_workers=self.jobs,
                threads_per_worker=1,
                memory_limit=None,
                dashboard_address="127.0.0.1:0",
                host="127.0.0.1",
                silence_logs=50,
            ) as cluster,
            self.distributed.Client(cluster, set_as_default=False) as client,
        ):
            yield client


def work_here(task: Task, limits: Limits) -> Done:
    """Do a task on a worker of the cluster; each of its threads keeps a child process."""
    worker: Worker | None = getattr(_OF_THREAD, "worker", None)
    if worker is None or worker.limits != limits:
        if worker is not None:
            worker.close()
        worker = _OF_THREAD.worker = Worker(limits)
    return work(task, worker)


def _lost(path: str) -> Outcome:
    return Outcome(path, None, "failed", (f"{path}: not read, since the workers that it was given to were lost",))


def _distributed() -> Any:
    """The package distributed. Raises UsageError where it is missing."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise UsageError("--scheduler needs Dask: pip install 'counterproof[dask]'") from error
