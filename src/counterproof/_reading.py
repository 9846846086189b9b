"""Reads many documents, each in a reusable child process, in the order given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Literal, cast

from counterproof._children import Pool, Worker, cores
from counterproof._inputs import Pieces, Source, TornError
from counterproof._limits import Limits
from counterproof._worker import Sink, failure

Form = Literal["object", "rows"]


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


def read_one(source: Source, form: Form, known: frozenset[str], worker: Worker, into: Callable[[], Sink] | None = None) -> Outcome:
    """The outcome of one document, read by this worker unless it is known; its body is written where ``into`` says, if it does."""
    try:
        id, length = source.identity(worker.limits.file_size)
    except OSError as error:
        return unopened(source, error)
    if id in known:
        return Outcome(source.name, id, "ok", n_bytes=length, skipped=True)
    try:
        head, body = worker.ask({"path": source.name, "form": form}, Pieces(source, length), length, into)
    except TornError as error:
        return Outcome(source.name, id, "failed", (f"{source.name}: cannot be read to its end ({error.__cause__})",), length)
    if head.get("id", id) != id:
        head, body = failure(f"{source.name}: was changed while it was read; run it again"), b""
    return Outcome(source.name, id, head["status"], tuple(head["problems"]), length, body, head["sizes"], head.get("trace"))


def unopened(source: Source, error: OSError) -> Outcome:
    """The outcome of a file that could not even be opened."""
    return Outcome(source.name, None, "failed", (f"{source.name}: cannot be opened ({error.strerror or error})",))
