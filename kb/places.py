"""The place of a finding or number in its paper: the words around it, and the page that it stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
from pydantic import BaseModel

from counterproof.kb.document import Box
from counterproof.kb.errors import UsageError
from counterproof.kb.finding import Finding
from counterproof.kb.models import Source

CONTEXT = 60
"""Characters that a source shows before and behind its quote."""

Crop = Callable[[str, str, Box], str | None]
"""Draws the page of a file (path, document, box) as base64 of a PNG."""


def source(connection: duckdb.DuckDBPyConnection, item: BaseModel | Finding | Mapping[str, Any], crop: Crop) -> Source:
    """Where a thing with ``document_id`` and ``char_start`` stands.

    Raises UsageError where it has no place in a text.
    """
    row = _row(item)
    if row.get("char_start") is None or row.get("document_id") is None:
        raise UsageError("no place in a document's text belongs to this")
    id, start, end = str(row["document_id"]), int(row["char_start"]), int(row["char_end"])
    found = connection.execute("select path from documents where document_id = ?", [id]).fetchone()
    if found is None:
        raise UsageError(f"the store has no document {id}")
    path, whole = str(found[0]), text(connection, id)
    box = Box(int(row["page"]), row["x0"], row["top"], row["x1"], row["bottom"]) if _has_box(row) else None
    return Source(
        document=id,
        path=path,
        exact=whole[start:end],
        before=whole[max(0, start - CONTEXT) : start],
        after=whole[end : end + CONTEXT],
        quote=str(row.get("quote") or ""),
        start=start,
        end=end,
        box=box,
        xpath=row.get("xpath"),
    ).drawn_by(lambda: crop(path, id, box) if box else None)


def text(connection: duckdb.DuckDBPyConnection, document_id: str) -> str:
    """The normalised text of a document, into which all character offsets point."""
    query = "select char_start, text from blocks where document_id = ? order by char_start"
    whole = ""
    for start, block in connection.execute(query, [document_id]).fetchall():
        whole = whole.ljust(start, "\n") + block
    return whole


def _has_box(row: Mapping[str, Any]) -> bool:
    return all(row.get(name) is not None and row[name] == row[name] for name in ("page", "x0", "top", "x1", "bottom"))


def _row(item: BaseModel | Finding | Mapping[str, Any]) -> dict[str, Any]:
    """What of a thing says where it stands."""
    if isinstance(item, BaseModel):
        return {name: getattr(item, name) for name in type(item).model_fields}
    if not isinstance(item, Finding):
        return dict(item)
    place, box = item.place, item.place.box
    row: dict[str, Any] = {"document_id": item.document, "quote": place.quote, "char_start": place.start, "char_end": place.end}
    if box:
        row |= {"page": box.page, "x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
    return row
