"""Puts a document together: parsers add blocks and tables in reading order, the builder keeps the offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from counterproof.kb.document import (
    Block,
    BlockKind,
    Box,
    Cell,
    Document,
    Footnote,
    Format,
    Locator,
    Metadata,
    Part,
    Reference,
    Status,
    Table,
)

CELL_GAP = " | "
ROW_GAP = "\n"
BLOCK_GAP = "\n\n"


@dataclass(slots=True)
class CellDraft:
    """A cell as a parser sees it, before it has offsets."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    marks: tuple[str, ...] = ()
    bold: bool = False
    box: Box | None = None
    xpath: str | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class TableDraft:
    """A table as a parser sees it; ``row_levels`` may be left empty (all 0)."""

    label: str = ""
    caption: str = ""
    cells: list[CellDraft] = field(default_factory=list)
    header_rows: int = 0
    row_levels: Sequence[int] = ()
    footnotes: list[Footnote] = field(default_factory=list)
    box: Box | None = None
    xpath: str | None = None
    image: bool = False
    confidence: float = 1.0


class DocumentBuilder:
    """Collects blocks and tables in reading order and hands out their places in the normalised text."""

    def __init__(self, data: bytes, path: str, format: Format) -> None:
        self.id = hashlib.sha256(data).hexdigest()
        self.path = path
        self.format: Format = format
        self.metadata = Metadata()
        self.references: list[Reference] = []
        self.problems: list[str] = []
        self.n_pages: int | None = None
        self.status: Status = "ok"
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._pieces: list[str] = []
        self._length = 0

    def block(
        self,
        kind: BlockKind,
        text: str,
        *,
        part: Part = "body",
        section: str = "",
        box: Box | None = None,
        xpath: str | None = None,
        table: int | None = None,
    ) -> Block:
        """Add one block; its text must already be repaired and have no blank lines."""
        start = self._append(text)
        self._append(BLOCK_GAP)
        block = Block(kind, text, Locator(start, start + len(text), box, xpath), part, section, table)
        self._blocks.append(block)
        return block

    def table(self, draft: TableDraft, *, part: Part = "body", section: str = "") -> Table:
        """Add a table: a caption block, a table block with one line a row, and a block for each footnote."""
        index = len(self._tables)
        caption = " ".join(t for t in (draft.label, draft.caption) if t)
        if caption:
            self.block("caption", caption, part=part, section=section, box=draft.box, xpath=draft.xpath, table=index)
        n_rows = max((c.row + c.row_span for c in draft.cells), default=0)
        text, cells = _laid_out(draft.cells, self._length)
        start = self._append(text)
        locator = Locator(start, self._length, draft.box, draft.xpath)
        self._append(BLOCK_GAP)
        self._blocks.append(Block("table", text, locator, part, section, index))
        table = Table(
            index=index,
            label=draft.label,
            caption=draft.caption,
            n_rows=n_rows,
            n_columns=max((c.column + c.column_span for c in draft.cells), default=0),
            header_rows=draft.header_rows,
            cells=cells,
            row_levels=tuple(draft.row_levels) or (0,) * n_rows,
            footnotes=tuple(draft.footnotes),
            locator=locator,
            page=draft.box.page if draft.box else None,
            section=section,
            part=part,
            image=draft.image,
            confidence=draft.confidence,
        )
        self._tables.append(table)
        for note in draft.footnotes:
            self.block("footnote", f"{note.mark} {note.text}".strip(), part=part, section=section, table=index)
        return table

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks added so far."""
        return tuple(self._blocks)

    def build(self) -> Document:
        """The finished document."""
        return Document(
            id=self.id,
            path=self.path,
            format=self.format,
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            tables=tuple(self._tables),
            metadata=self.metadata,
            references=tuple(self.references),
            n_pages=self.n_pages,
            status=self.status,
            problems=tuple(self.problems),
        )

    def _append(self, text: str) -> int:
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start


def _laid_out(drafts: Sequence[CellDraft], at: int) -> tuple[str, tuple[Cell, ...]]:
    """A table's text, one line a row, and its cells with their places in a document where that text begins ``at`` a place."""
    pieces: list[str] = []
    cells: list[Cell] = []
    row: int | None = None
    for cell in sorted(drafts, key=attrgetter("row", "column")):
        if row is not None:
            gap = CELL_GAP if cell.row == row else ROW_GAP
            pieces.append(gap)
            at += len(gap)
        row, text = cell.row, cell.text
        end = at + len(text)
        locator = Locator(at, end, cell.box, cell.xpath)
        cells.append(Cell(row, cell.column, text, locator, cell.row_span, cell.column_span, cell.marks, cell.bold, cell.confidence))
        pieces.append(text)
        at = end
    return "".join(pieces), tuple(cells)
