"""Reads documents, each in a reusable child process."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Literal, TypeVar, cast

from counterproof._inputs import Source
from counterproof._limits import Limits
from counterproof._worker import failure, receive, send

Form = Literal["object", "rows"]
Answer = tuple[dict[str, Any], bytes]
T = TypeVar("T")

START = "from counterproof._worker import main; main()"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document: its id (None where the file could not even be opened), status, problems and content.

    ``body`` is the JSON of the output contract or Arrow streams whose lengths ``sizes`` gives, as was asked for.
    """

    path: str
    document_id: str | None
    status: Literal["ok", "partial", "failed"]
    problems: tuple[str, ...] = ()
    n_bytes: int = 0
    body: bytes = b""
    sizes: dict[str, int] = field(default_factory=dict)
    trace: str | None = None
    skipped: bool = False


class WorkEndedError(Exception):
    """Somebody has had enough before this document was read."""


class Worker:
    """One child process; started when first needed, started anew after it was killed or has read enough."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._closed = False
        self._changing = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The number of the child's process; None where there is none."""
        return self._child.pid if self._child else None

    def read(self, data: bytes, path: str, form: Form) -> Answer:
        """The child's answer for one document; a failure where it ended without one."""
        return self.ask({"path": path, "form": form}, data)

    def ask(self, head: dict[str, Any], data: bytes) -> Answer:
        """The child's answer to a request; a failure where it ended without one. Raises WorkEndedError after ``close``.

        A child that was killed from outside may have been killed by mistake: what it worked on is tried once more.
        """
        code, late = 0, False
        for _ in range(2):
            child = self._start()
            if child is None:
                raise WorkEndedError(head["path"])
            message, late = self._exchange(child, head, data)
            if message is not None:
                return message
            code = child.wait()
            _let_go(child)
            self._child = None
            if late or code != -getattr(signal, "SIGKILL", 0):
                break
        return failure(f"{head['path']}: {self._reason(code, late)}"), b""

    def _exchange(self, child: subprocess.Popen[bytes], head: dict[str, Any], data: bytes) -> tuple[Answer | None, bool]:
        """The answer of a child, if it gave one, and whether its time was up."""
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(self.limits.seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            send(child.stdin, head, data)
            return receive(child.stdout), late.is_set()
        except (BrokenPipeError, ConnectionError):
            return None, late.is_set()
        finally:
            clock.cancel()

    def close(self) -> None:
        """End the child, whatever it is doing; none is started any more."""
        with self._changing:
            self._closed = True
            if self._child is not None:
                self._child.kill()

    def join(self) -> None:
        """Wait for the end of a closed child and let go of its pipes."""
        if self._child is not None:
            _let_go(self._child)

    def _reason(self, code: int, late: bool) -> str:
        if late or code == -getattr(signal, "SIGXCPU", 0):
            return f"time limit {self.limits.seconds:g} s (not read within {self.limits.seconds:g} s); raise --timeout to give it longer"
        if code == -getattr(signal, "SIGABRT", 0):
            return f"memory limit {self.limits.memory_words}, or a fault in a library (ended by signal {-code})"
        if code < 0:
            return f"the reader was ended by signal {-code} (out of memory, or a fault in a library)"
        return f"the reader ended with code {code} before it answered"

    def _start(self) -> subprocess.Popen[bytes] | None:
        """The child, made where there is none; None after ``close``."""
        with self._changing:
            if self._closed:
                return None
            if self._child is not None and self._served >= self.limits.documents:
                self._child.kill()  # it waits for work, so nothing is lost
                _let_go(self._child)
                self._child = None
            if self._child is None or self._child.poll() is not None:
                self._served = 0
                self._child = subprocess.Popen(
                    [sys.executable, "-P", "-c", START, json.dumps(asdict(self.limits))],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=os.environ | _ENVIRONMENT,
                )
            self._served += 1
            return self._child


_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""One document is read by one thread; more of them would only claim address space."""


def _let_go(child: subprocess.Popen[bytes]) -> None:
    """Wait for a child that has ended or been killed, and close its pipes."""
    with contextlib.suppress(OSError), child:
        pass


class Pool:
    """Several workers, each with a thread that talks to it."""

    def __init__(self, jobs: int, limits: Limits) -> None:
        self._workers = [Worker(limits) for _ in range(jobs)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(jobs)

    def submit(self, task: Callable[[Worker], T]) -> Future[T]:
        """Begin a task with the next worker that is free."""
        return self._threads.submit(self._run, task)

    def _run(self, task: Callable[[Worker], T]) -> T:
        worker = self._idle.get()
        try:
            return task(worker)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all workers, whether all is done or somebody has had enough."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
        self._threads.shutdown()
        for worker in self._workers:
            worker.join()


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(
    sources: Iterable[Source], form: Form, *, jobs: int = 0, limits: Limits | None = None, known: Iterable[str] = ()
) -> Generator[Outcome, None, None]:
    """The outcome of each document, in order; documents whose id is ``known`` are not read but marked ``skipped``.

    Reading begins at once, before the first outcome is asked for. ``jobs`` is the number of child processes (0: one a processor).
    Only a few documents a child are in memory at a time. To end it early, close it.
    """
    outcomes = _outcomes(list(sources), form, jobs, limits or Limits(), frozenset(known))
    next(outcomes)
    return cast(Generator[Outcome, None, None], outcomes)


def _outcomes(sources: list[Source], form: Form, jobs: int, limits: Limits, known: frozenset[str]) -> Generator[Outcome | None, None, None]:
    """None as soon as reading has begun, then the outcomes."""
    jobs = max(1, min(jobs or cores(), len(sources)))
    pool = Pool(jobs, limits)
    ahead = iter(sources)
    waiting: deque[Future[Outcome]] = deque()

    def begin(n: int) -> None:
        for source in islice(ahead, n):
            waiting.append(pool.submit(partial(read_one, source, form, known)))

    try:
        begin(4 * jobs)
        yield None
        while waiting:
            yield waiting.popleft().result()
            begin(1)
    finally:
        pool.close()


def read_one(source: Source, form: Form, known: frozenset[str], worker: Worker) -> Outcome:
    """The outcome of one document, read by this worker unless it is known."""
    try:
        data = source.read(worker.limits.file_size)
    except OSError as error:
        return unopened(source, error)
    document_id = hashlib.sha256(data).hexdigest()
    if document_id in known:
        return Outcome(source.path, document_id, "ok", n_bytes=len(data), skipped=True)
    head, body = worker.read(data, source.path, form)
    return Outcome(source.path, document_id, head["status"], tuple(head["problems"]), len(data), body, head["sizes"], head.get("trace"))


def unopened(source: Source, error: OSError) -> Outcome:
    """The outcome of a file that could not even be opened."""
    return Outcome(source.path, None, "failed", (f"{source.path}: cannot be opened ({error.strerror or error})",))
