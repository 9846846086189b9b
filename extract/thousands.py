"""Thousands set off by a plain space, as in ``88 657``, in documents that show that they write them so.

Journals set a thin space there, which many files keep as a plain one; it would part one number into two. Where numbers in running text
and sizes of groups show the habit, and no number has a comma there, the space becomes the narrow one by which numbers are read whole.
"""

from __future__ import annotations

import re
from dataclasses import replace

from counterproof.kb.characters import THIN_SPACE
from counterproof.kb.document import Document, Table

_GROUPED = r"(?<![\d.,·/-])(?<![\d.,·] )\d{1,3}(?: \d{3}){1,3}"
_TOLD = re.compile(
    rf"(?:\b[nN] ?= ?|\b(?:of|in|all|total|included|enrolled|recruited|among|from|were) ){_GROUPED}(?=[);:,.]? [a-z]|\)|$)", re.MULTILINE
)
"""Sizes and counts that can hardly be two numbers side by side."""
_NUMBER = re.compile(rf"{_GROUPED}(?=$|[^\d.,·/ -]|[.,/](?!\d)|[ -](?![\d.]| ?\d)| \d{{1,3}}(?:\.\d{{1,2}})? ?%)", re.MULTILINE)
_COMMA = re.compile(r"\d,\d{3}(?!\d)")
ENOUGH = 2
"""Numbers told so by which the habit is known."""


def joined(document: Document) -> Document:
    """The document with the spaces within its numbers made narrow, where it writes thousands so; characters keep their places."""
    told = _TOLD.finditer(document.text)
    if not all(next(told, None) for _ in range(ENOUGH)) or _COMMA.search(document.text):
        return document
    return replace(
        document,
        text=_join(document.text),
        blocks=tuple([block._replace(text=_join(block.text)) for block in document.blocks]),
        tables=tuple([_table(table) for table in document.tables]),
    )


def _table(table: Table) -> Table:
    return replace(
        table,
        caption=_join(table.caption),
        cells=tuple([cell._replace(text=_join(cell.text)) for cell in table.cells]),
        footnotes=tuple([note._replace(text=_join(note.text)) for note in table.footnotes]),
    )


def _join(text: str) -> str:
    return _NUMBER.sub(lambda number: number[0].replace(" ", THIN_SPACE), text)
