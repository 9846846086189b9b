"""The size that a note states for the very cell that bears its mark: ``1267ᵃ (58.0)`` and ``ᵃ n = 2184``."""

from __future__ import annotations

import re

from counterproof.extract.facts import Facts
from counterproof.extract.tables.columns import Column
from counterproof.extract.tables.layout import Panel
from counterproof.kb.characters import digits
from counterproof.kb.document import Footnote, Locator, Table
from counterproof.kb.numbers import ReportedNumber

_ONLY_SIZE = re.compile(
    r"(?:data |values? |results? |information )?(?:were |was )?(?:available |known |obtained |assessed |measured )?(?:for |in |on |from )?"
    r"(?:only |a total of )?(?:n ?= ?(?P<n>\d{1,3}(?:[,\u202f]\d{3})+|\d{1,7})|(?P<people>\d{1,3}(?:[,\u202f]\d{3})+|\d{1,7})"
    r" (?:patients|participants|subjects|women|men|children|individuals|people))[ .;,]{0,3}",
    re.IGNORECASE,
)
"""A note that tells a size and nothing else."""
_LONGEST = 90


def marked_sizes(facts: Facts, panel: Panel, columns: list[Column]) -> dict[tuple[int, int], int]:
    """Row and column of each value cell whose own mark leads to a size, with the evidence of that size, which is added to the facts."""
    notes = {note.mark: note for note in panel.noted if len(note.text) < _LONGEST and _ONLY_SIZE.fullmatch(note.text.strip())}
    found: dict[tuple[int, int], int] = {}
    added: dict[str, int | None] = {}
    for row in panel.rows if notes else ():
        for column in columns:
            cell = panel.cell(row.index, column.index) if column.role == "value" else None
            told = [mark for mark in cell.marks if mark in notes] if cell else []
            if len(told) == 1:
                if told[0] not in added:
                    added[told[0]] = _add(facts, panel.table, notes[told[0]])
                size = added[told[0]]
                if size is not None:
                    found[row.index, column.index] = size
    return found


def _add(facts: Facts, table: Table, note: Footnote) -> int | None:
    """The note's size as evidence where its block has it; None where the block cannot be found."""
    block = next((b for b in facts.document.blocks if b.kind == "footnote" and b.table == table.index and _is_of(b.text, note)), None)
    told = _ONLY_SIZE.fullmatch(note.text.strip())
    if block is None or told is None:
        return None
    size = told["n"] or told["people"]
    at = block.locator.start + block.text.rindex(size)
    locator = Locator(at, at + len(size), block.locator.box, block.locator.xpath)
    number = ReportedNumber(size, float(digits(size)))
    return facts.add_prose_number("n", number, locator, block.text, part=block.part, section=block.section)


def _is_of(text: str, note: Footnote) -> bool:
    return text == f"{note.mark} {note.text}".strip()
