"""Turns rows of the views into places and inputs that a finding can show."""

from __future__ import annotations

from typing import Any

from counterproof.kb.document import Box
from counterproof.kb.finding import Place

Row = dict[str, Any]


def place(row: Row) -> Place:
    """Where the numbers of this row stand."""
    box = None
    if row.get("page") is not None and row.get("x0") is not None:
        box = Box(row["page"], row["x0"], row["top"], row["x1"], row["bottom"])
    return Place(
        table=row.get("table_label") if row.get("table_no") is not None else None,
        row=row.get("row"),
        column=row.get("column"),
        section=row.get("section") or "",
        quote=row.get("quote") or "",
        start=row.get("char_start"),
        end=row.get("char_end"),
        box=box,
    )


def subject(row: Row) -> str:
    """What the numbers are about, in the paper's words: variable, level, arm and time as far as they are known."""
    parts = [row.get("variable") or row.get("member_variable"), row.get("level"), row.get("timepoint")]
    words = ", ".join(str(part) for part in parts if part)
    return f"{words} ({row['arm']})" if words and row.get("arm") else words or str(row.get("arm") or "")
