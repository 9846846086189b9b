"""Reads many documents, each in a reusable child process, in the order given."""

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
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal, cast

from counterproof._inputs import Source
from counterproof._worker import receive, send

Form = Literal["object", "rows"]

START = "from counterproof._worker import main; main()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: wall-clock seconds, bytes of memory, bytes of file."""

    seconds: float = 120.0
    memory: int = 3 << 30
    file_size: int = 200 << 20


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


class Worker:
    """One child process; started when first needed, started anew after it was killed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._changing = threading.Lock()

    def read(self, data: bytes, path: str, form: Form) -> tuple[dict[str, Any], bytes]:
        """The child's answer; a failure where it ended without one."""
        child = self._start()
        if child is None:
            return _failed(f"{path}: not read, since the work was ended")
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(self.limits.seconds, stop)
        clock.start()
        try:
            send(child.stdin, {"path": path, "form": form}, data)
            message = receive(child.stdout)
        except (BrokenPipeError, ConnectionError):
            message = None
        finally:
            clock.cancel()
        if message is not None:
            return message
        code = child.wait()
        _let_go(child)
        self._child = None
        return _failed(f"{path}: {self._reason(code, late.is_set())}")

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
            return f"not read within {self.limits.seconds:g} s; raise --timeout to give it longer"
        if code < 0:
            return f"the reader was ended by signal {-code} (out of memory, or a fault in a library)"
        return f"the reader ended with code {code} before it answered"

    def _start(self) -> subprocess.Popen[bytes] | None:
        """The child, made where there is none; None after ``close``."""
        with self._changing:
            if self._closed:
                return None
            if self._child is None or self._child.poll() is not None:
                limits = json.dumps({"memory": self.limits.memory, "cpu": max(1, round(self.limits.seconds))})
                self._child = subprocess.Popen(
                    [sys.executable, "-P", "-c", START, limits], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            return self._child


def _let_go(child: subprocess.Popen[bytes]) -> None:
    """Wait for a child that has ended or been killed, and close its pipes."""
    with contextlib.suppress(OSError), child:
        pass


def _failed(problem: str) -> tuple[dict[str, Any], bytes]:
    return {"status": "failed", "problems": [problem], "sizes": {}}, b""


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
    jobs = max(1, min(jobs or os.cpu_count() or 1, len(sources)))
    workers = [Worker(limits) for _ in range(jobs)]
    idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    for worker in workers:
        idle.put(worker)
    threads = ThreadPoolExecutor(jobs)
    ahead = iter(sources)
    waiting: deque[Future[Outcome]] = deque()

    def begin(n: int) -> None:
        waiting.extend(threads.submit(_read, source, form, limits, known, idle) for source in islice(ahead, n))

    try:
        begin(4 * jobs)
        yield None
        while waiting:
            yield waiting.popleft().result()
            begin(1)
    finally:  # whether all is done or somebody has had enough
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.close()
        threads.shutdown()
        for worker in workers:
            worker.join()


def _read(source: Source, form: Form, limits: Limits, known: frozenset[str], idle: queue.SimpleQueue[Worker]) -> Outcome:
    try:
        data = source.read(limits.file_size)
    except OSError as error:
        return Outcome(source.path, None, "failed", (f"{source.path}: cannot be opened ({error.strerror or error})",))
    document_id = hashlib.sha256(data).hexdigest()
    if document_id in known:
        return Outcome(source.path, document_id, "ok", n_bytes=len(data), skipped=True)
    worker = idle.get()
    try:
        head, body = worker.read(data, source.path, form)
    finally:
        idle.put(worker)
    return Outcome(source.path, document_id, head["status"], tuple(head["problems"]), len(data), body, head["sizes"], head.get("trace"))
