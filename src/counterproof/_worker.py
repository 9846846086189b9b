"""The child process that reads and audits documents: bytes in, rows out, under limits.

Each message is two lengths, a JSON head and a body. The child writes nothing else to its standard output, whatever libraries print.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import json
import os
import struct
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any, Protocol

from counterproof import _limits
from counterproof._hidden import hide
from counterproof._limits import Limits

if TYPE_CHECKING:
    from typing_extensions import Buffer

LENGTHS = struct.Struct(">QQ")
PIECE = 1 << 20
Head = dict[str, Any]


def send(stream: IO[bytes], head: Head, pieces: Iterable[Buffer] = (), length: int = 0) -> None:
    """Write one message, its body in pieces that are so long together."""
    text = json.dumps(head).encode()
    stream.write(LENGTHS.pack(len(text), length))
    stream.write(text)
    for piece in pieces:
        stream.write(piece)
    stream.flush()


class Sink(Protocol):
    """Takes bytes, all of each piece."""

    def write(self, piece: bytes, /) -> object:
        """Take a piece."""
        ...


def receive(stream: IO[bytes], into: Sink | None = None) -> tuple[Head, bytes] | None:
    """Read one message, its body into a sink if there is one; None where the other side has ended."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    n_text, n_body = LENGTHS.unpack(lengths)
    text = stream.read(n_text)
    body = stream.read(n_body) if into is None else b""
    left = n_body - len(body)
    while into is not None and left and (piece := stream.read(min(PIECE, left))):
        into.write(piece)
        left -= len(piece)
    return None if left or len(text) < n_text else (json.loads(text), body)


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    hide("pandas")
    gc.set_threshold(50_000, 20, 20)  # a reading is many small objects with hardly a ring among them; looking for rings took a twentieth
    limits = Limits(**json.loads(sys.argv[1]))
    _limits.confine(limits)
    importlib.import_module("counterproof.extract.pipeline")  # counts for no document

    send(answers, {"ready": True})
    while (message := receive(source)) is not None:
        head, data = message
        _limits.allow(limits.seconds)
        said, body = answer(data, head, limits)
        send(answers, said, [body], len(body))
        _limits.rest()


def answer(data: bytes, head: Head, limits: Limits) -> tuple[Head, bytes]:
    """Read one document, or audit some that were read.

    The head's ``form`` is ``object`` (the JSON of the contract), ``rows`` (Arrow tables of the store) or ``audit`` (the rows of
    several ``documents`` in, the tables of their findings out).
    """
    from counterproof.kb.errors import CounterproofError

    path = head["path"]
    try:
        return _FORMS[head["form"]](data, head, limits)
    except CounterproofError as error:
        failed = failure(str(error))
    except MemoryError:
        failed = failure(f"{path}: memory limit {limits.memory_words}")
    except RecursionError:
        failed = failure(f"{path}: nested too deeply to be read")
    except Exception as error:  # whatever a parser stumbles over is this document's failure, and the batch goes on
        failed = failure(f"{path}: cannot be read ({type(error).__name__}: {error})") | {"trace": traceback.format_exc()}
    return failed | {"id": hashlib.sha256(data).hexdigest()}, b""


def failure(problem: str) -> Head:
    """The head of an answer that says why there is none."""
    return {"status": "failed", "problems": [problem], "sizes": {}}


def _read(data: bytes, head: Head, limits: Limits) -> tuple[Head, bytes]:
    from counterproof.extract import pipeline
    from counterproof.kb.errors import DocumentError

    _check_pages(data, head["path"], limits.pages)
    extraction = pipeline.read(data, head["path"])
    sizes, body = _as_rows(extraction) if head["form"] == "rows" else _as_object(extraction)
    if len(body) > limits.result:
        raise DocumentError(f"{head['path']}: gives {len(body) >> 20} MB of rows, more than {limits.result >> 20} MB")
    document = extraction.document
    return {"id": document.id, "status": document.status, "problems": list(document.problems), "sizes": sizes}, body


def _check_pages(data: bytes, path: str, most: int) -> None:
    """Raises DocumentError where a PDF has more pages; one whose pages cannot be counted is left to the parser."""
    if b"%PDF-" not in data[:1024]:
        return
    import pypdfium2

    from counterproof.kb.errors import DocumentError

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        if len(document) > most:
            raise DocumentError(f"{path}: {len(document)} pages, more than {most}; raise --max-pages to have it read")
    finally:
        document.close()


def _as_object(extraction: Any) -> tuple[dict[str, int], bytes]:
    from counterproof.kb.contract import extraction_object

    return {}, json.dumps(extraction_object(extraction), ensure_ascii=False).encode()


def _as_rows(extraction: Any) -> tuple[dict[str, int], bytes]:
    from counterproof import _streams
    from counterproof.kb import rows

    return _streams.pack(rows.tables(extraction))


def _audit(data: bytes, head: Head, limits: Limits) -> tuple[Head, bytes]:  # noqa: ARG001
    from counterproof import _auditor, _streams

    sizes, body = _streams.pack(_auditor.audit(head["documents"], data))
    return {"status": "ok", "problems": [], "sizes": sizes}, body


_FORMS: dict[str, Callable[[bytes, Head, Limits], tuple[Head, bytes]]] = {"object": _read, "rows": _read, "audit": _audit}


if __name__ == "__main__":
    main()
