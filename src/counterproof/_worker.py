"""The child process that reads documents: bytes in, an extraction out, under limits of memory and CPU time.

Each message is two lengths, a JSON head and a body. The child writes nothing else to its standard output, whatever libraries print.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import traceback
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from typing import IO, Any

LENGTHS = struct.Struct(">QQ")
Head = dict[str, Any]


def send(stream: IO[bytes], head: Head, body: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(head).encode()
    stream.write(LENGTHS.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Head, bytes] | None:
    """Read one message; None where the other side has ended."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    n_text, n_body = LENGTHS.unpack(lengths)
    text, body = stream.read(n_text), stream.read(n_body)
    if len(text) < n_text or len(body) < n_body:
        return None
    return json.loads(text), body


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.meta_path.insert(0, _WithoutPandas())
    limits = json.loads(sys.argv[1])
    _limit_memory(limits["memory"])
    while (message := receive(source)) is not None:
        head, data = message
        _limit_cpu(limits["cpu"])
        send(answers, *answer(data, head["path"], head["form"]))


def answer(data: bytes, path: str, form: str) -> tuple[Head, bytes]:
    """Read one document; ``form`` is ``object`` (the JSON of the contract) or ``rows`` (Arrow tables of the store)."""
    from counterproof.kb.errors import CounterproofError

    try:
        from counterproof.extract import pipeline

        extraction = pipeline.read(data, path)
        sizes, body = _FORMS[form](extraction)
        document = extraction.document
        return {"status": document.status, "problems": list(document.problems), "sizes": sizes}, body
    except CounterproofError as error:
        return _failure(str(error)), b""
    except MemoryError:
        return _failure(f"{path}: reading it needs more memory than allowed"), b""
    except RecursionError:
        return _failure(f"{path}: nested too deeply to be read"), b""
    except Exception as error:  # whatever a parser stumbles over is this document's failure, and the batch goes on
        return _failure(f"{path}: cannot be read ({type(error).__name__}: {error})") | {"trace": traceback.format_exc()}, b""


def _failure(problem: str) -> Head:
    return {"status": "failed", "problems": [problem], "sizes": {}}


def _as_object(extraction: Any) -> tuple[dict[str, int], bytes]:
    from counterproof.kb.contract import extraction_object

    return {}, json.dumps(extraction_object(extraction), ensure_ascii=False).encode()


def _as_rows(extraction: Any) -> tuple[dict[str, int], bytes]:
    """Each table as an Arrow stream, one after the other, with their lengths by name."""
    import pyarrow as pa

    from counterproof.kb import rows

    sizes, pieces = {}, []
    for name, table in rows.tables(extraction).items():
        if table.num_rows:
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            pieces.append(sink.getvalue().to_pybytes())
            sizes[name] = len(pieces[-1])
    return sizes, b"".join(pieces)


class _WithoutPandas(MetaPathFinder):
    """Arrow would load pandas, which takes a second, only to see that lists are no frames."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        """Pandas is not to be found; everything else is left to the other finders."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


_FORMS: dict[str, Callable[[Any], tuple[dict[str, int], bytes]]] = {"object": _as_object, "rows": _as_rows}


def _limit_memory(n_bytes: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
    except (ImportError, ValueError, OSError):
        return  # a system without such limits; the parent's clock still holds


def _limit_cpu(seconds: int) -> None:
    """Allow this document so many seconds on top of what the process has used."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    main()
