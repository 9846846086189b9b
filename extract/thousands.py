"""Thousands set off by a plain space, as in ``88 657``, in documents that show that they write them so.

Journals set a thin space there, which many files keep as a plain one; it would part one number into two. Where numbers in running text
and sizes of groups show the habit, and no number has a comma there, the space becomes the narrow one by which numbers are read whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from counterproof.extract.prose.words import LABELLED, UNIT
from counterproof.kb.characters import THIN_SPACE
from counterproof.kb.document import Document, Table

_GROUPED = r"(?<![\d.,·/-])(?<!\d )(?<!\d[.,·] )(?:\d{1,2}(?: \d{3}){2}|\d{1,3} \d{3})"
_NO_COUNT = rf"(?! ?(?:%|{UNIT})|[-–—−]\d)"
"""What stands behind the second of two numbers: ``45 100%``, ``12 100 mg``, ``2 110–120``."""
_TOLD = re.compile(
    rf"(?:\b[nN] ?= ?|\b(?i:of|in|all|total|included|enrolled|recruited|among|from|were) )({_GROUPED}){_NO_COUNT}(?=[);:,.]? [a-z]|\)|$)",
    re.MULTILINE,
)
"""Sizes and counts that can hardly be two numbers side by side."""
_NUMBER = re.compile(rf"{_GROUPED}{_NO_COUNT}(?=$|[^\d.,·/ -]|[.,/](?!\d)|[ -](?![\d.]| ?\d)| \d{{1,3}}(?:\.\d{{1,2}})? ?%)", re.MULTILINE)
_COMMA = re.compile(r"\d,\d{3}(?!\d)")
ENOUGH = 2
"""Numbers told so by which the habit is known."""


def joined(document: Document) -> Document:
    """The document with the spaces within its numbers made narrow, where it writes thousands so; characters keep their places."""
    told = _TOLD.findall(document.text)
    if len(told) < ENOUGH or _COMMA.search(document.text):
        return document
    kept = [table for table in document.tables if not _tells(table, set(told))]
    places = {table.index for table in kept}
    return replace(
        document,
        text=_text(document, kept),
        blocks=tuple([b if b.kind == "table" and b.table in places else b._replace(text=_join(b.text)) for b in document.blocks]),
        tables=tuple([table if table.index in places else _table(table) for table in document.tables]),
    )


def _tells(table: Table, told: set[str]) -> bool:
    """Whether a table shows that its own numbers reach thousands: in others ``45 100`` may be 45 and 100%.

    Its caption or its head prints a size, or a cell prints a number that the text tells.
    """
    heads = (cell.text for cell in table.cells if cell.row < table.header_rows)
    if any(_TOLD.search(text) for text in (table.caption, *heads)):
        return True
    return any(number in told for cell in table.cells for number in _NUMBER.findall(cell.text))


def _text(document: Document, kept: Sequence[Table]) -> str:
    """The document's text, but for the tables that are kept as they are."""
    text, at, pieces = _join(document.text), 0, []
    for table in kept:
        pieces += [text[at : table.locator.start], document.text[table.locator.start : table.locator.end]]
        at = table.locator.end
    return "".join([*pieces, text[at:]])


def _table(table: Table) -> Table:
    return replace(
        table,
        caption=_join(table.caption),
        cells=tuple([cell._replace(text=_join(cell.text)) for cell in table.cells]),
        footnotes=tuple([note._replace(text=_join(note.text)) for note in table.footnotes]),
    )


def _join(text: str) -> str:
    return _NUMBER.sub(_narrow, text)


def _narrow(number: re.Match[str]) -> str:
    """A number with narrow spaces; behind a word that makes the first part a name (``week 6 150 patients``) it stays as it is."""
    line = max(number.start() - 20, number.string.rfind("\n", 0, number.start()) + 1)
    labelled = LABELLED.search(number.string, line, number.start())
    return number[0] if labelled else number[0].replace(" ", THIN_SPACE)
