"""Rows of documents with the numbers of their readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def numbered(tables: dict[str, pa.Table], reading: int) -> dict[str, pa.Table]:
    """Tables of one document with the number of its reading."""
    import pyarrow as pa

    number = pa.scalar(reading, pa.int64())
    return {name: rows.append_column("reading_id", pa.repeat(number, rows.num_rows)) for name, rows in tables.items()}


def renumbered(tables: dict[str, pa.Table], first: int) -> dict[str, pa.Table]:
    """Tables of findings whose ``reading_id`` is the position of a reading in its shard, with the number of that reading."""
    import pyarrow as pa
    import pyarrow.compute as pc

    shift = pa.scalar(first, pa.int64())
    return {
        name: rows.set_column(rows.schema.get_field_index("reading_id"), "reading_id", pc.add(rows["reading_id"], shift))
        for name, rows in tables.items()
    }
