"""The child processes that read and audit documents, as their parent has them: started, asked, ended, replaced."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from counterproof._limits import Limits
from counterproof._worker import Sink, failure, receive, send

if TYPE_CHECKING:
    from typing_extensions import Buffer

Answer = tuple[dict[str, Any], bytes]
T = TypeVar("T")

START = "from counterproof._worker import main; main()"
STARTS = 5
"""How often a child is started that is killed before it can begin."""

_KILLED = -getattr(signal, "SIGKILL", 9)


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

    def ask(self, head: dict[str, Any], pieces: Iterable[Buffer], length: int, into: Callable[[], Sink] | None = None) -> Answer:
        """The child's answer to a request whose body are these pieces; a failure where it ended without one.

        Where ``into`` gives a sink, the body of the answer is written there.
        A child that was killed from outside may have been killed by mistake: what it worked on is tried once more, its pieces taken
        anew. Raises WorkEndedError after ``close``.
        """
        reason = ""
        for _ in range(2):
            child, reason = self._ready()
            if child is None:
                break
            message, late = self._within(self.limits.seconds, child, partial(_exchange, child, head, pieces, length, into))
            if message is not None:
                return message
            code = self._ended(child)
            reason = self._reason(code, late)
            if late or code != _KILLED:
                break
        return failure(f"{head['path']}: {reason}"), b""

    def _ready(self) -> tuple[subprocess.Popen[bytes] | None, str]:
        """A child that waits for work, or why there is none. One that is killed before it begins is started again."""
        code = 0
        for _ in range(STARTS):
            child, fresh = self._start()
            if not fresh:
                return child, ""
            message, late = self._within(self.limits.start, child, partial(_hear, child))
            if message is not None:
                return child, ""
            code = self._ended(child)
            if late:
                return None, f"the reader did not start within {self.limits.start:g} s"
            if code != _KILLED:
                break
        return None, f"the reader could not be started ({self._reason(code, False)})"

    def _within(self, seconds: float, child: subprocess.Popen[bytes], talk: Callable[[], Answer | None]) -> tuple[Answer | None, bool]:
        """What the child says within so many seconds, and whether its time was up; then it is killed."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            return talk(), late.is_set()
        except ConnectionError:  # its pipes are closed: it has ended, or is about to
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(1)
            child.kill()
            return None, late.is_set()
        except BaseException:
            child.kill()  # it has half of a message
            self._ended(child)
            raise
        finally:
            clock.cancel()

    def _ended(self, child: subprocess.Popen[bytes]) -> int:
        """The exit code of a child that has ended; it is the worker's no more."""
        code = child.wait()
        _let_go(child)
        self._child = None
        return code

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

    def _start(self) -> tuple[subprocess.Popen[bytes], bool]:
        """The child, made where there is none, and whether it was made now. Raises WorkEndedError after ``close``."""
        with self._changing:
            if self._closed:
                raise WorkEndedError
            if self._child is not None and self._served >= self.limits.documents:
                self._child.kill()  # it waits for work, so nothing is lost
                _let_go(self._child)
                self._child = None
            self._served += 1
            if self._child is not None and self._child.poll() is None:
                return self._child, False
            self._served = 1
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", START, json.dumps(asdict(self.limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | _ENVIRONMENT,
            )
            return self._child, True


_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""One document is read by one thread; more of them would only claim address space."""


def _exchange(
    child: subprocess.Popen[bytes], head: dict[str, Any], pieces: Iterable[Buffer], length: int, into: Callable[[], Sink] | None
) -> Answer | None:
    """A child's answer to a request."""
    assert child.stdin is not None
    send(child.stdin, head, pieces, length)
    return _hear(child, into() if into else None)


def _hear(child: subprocess.Popen[bytes], into: Sink | None = None) -> Answer | None:
    """The next message of a child; None where it ended without one."""
    assert child.stdout is not None
    return receive(child.stdout, into)


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
