"""Arrow tables as bytes, to go through a pipe: one stream a table, one after the other, with their lengths by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from typing_extensions import Buffer


def pack(tables: dict[str, pa.Table]) -> tuple[dict[str, int], bytes]:
    """The lengths of the streams by name, and the streams; tables without rows are left out."""
    import pyarrow as pa

    sizes, pieces = {}, []
    for name, table in tables.items():
        if table.num_rows:
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            pieces.append(sink.getvalue().to_pybytes())
            sizes[name] = len(pieces[-1])
    return sizes, b"".join(pieces)


def unpack(sizes: dict[str, int], body: Buffer) -> dict[str, pa.Table]:
    """The tables of which ``pack`` made the streams."""
    import pyarrow as pa

    found, at, buffer = {}, 0, pa.py_buffer(body)
    for name, size in sizes.items():
        found[name] = pa.ipc.open_stream(buffer.slice(at, size)).read_all()
        at += size
    return found
