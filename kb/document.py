"""The document model: one paper as blocks in reading order over one normalised text.

Every block, cell and number points into ``Document.text`` by character offsets, and to the page (PDF) or
the element (JATS, HTML) where it stands, so that whatever is said of a paper can be shown in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from counterproof.kb import display

BlockKind = Literal["title", "heading", "paragraph", "caption", "table", "footnote", "reference"]
Format = Literal["text", "jats", "pdf", "html", "docx"]
Part = Literal["front", "abstract", "introduction", "methods", "results", "discussion", "references", "back", "body"]
Status = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (counted from 1), in points from the page's upper left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Locator(NamedTuple):
    """Where something stands: ``Document.text[start:end]``, and the page box or the element's XPath."""

    start: int
    end: int
    box: Box | None = None
    xpath: str | None = None


class Block(NamedTuple):
    """A stretch of the document in reading order.

    ``part`` is the section's role (methods, results …) and ``section`` its heading as printed.
    ``table`` is the index in ``Document.tables`` of the table that a caption, table or footnote block belongs to.
    """

    kind: BlockKind
    text: str
    locator: Locator
    part: Part = "body"
    section: str = ""
    table: int | None = None


class Cell(NamedTuple):
    """One cell, at its upper left grid position; ``marks`` are the footnote marks taken off its text.

    ``confidence`` (0 to 1) is how sure the parser is of the cell's text and place.
    """

    row: int
    column: int
    text: str
    locator: Locator
    row_span: int = 1
    column_span: int = 1
    marks: tuple[str, ...] = ()
    bold: bool = False
    confidence: float = 1.0


class Footnote(NamedTuple):
    """A note under a table: its mark (empty for general notes) and its text."""

    mark: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table as printed: header rows first, cells at their grid places, rows with their indentation depth.

    ``row_levels`` has one depth for each row (0 = outermost). ``image`` is true where the table is a picture
    and no cell could be read. ``confidence`` (0 to 1) is the parser's trust in the grid as a whole.
    """

    index: int
    label: str
    caption: str
    n_rows: int
    n_columns: int
    header_rows: int
    cells: tuple[Cell, ...]
    row_levels: tuple[int, ...]
    footnotes: tuple[Footnote, ...]
    locator: Locator
    page: int | None = None
    section: str = ""
    part: Part = "body"
    image: bool = False
    confidence: float = 1.0

    @cached_property
    def grid(self) -> list[list[Cell | None]]:
        """``grid[row][column]``: the cell that begins there, else None."""
        places: list[list[Cell | None]] = [[None] * self.n_columns for _ in range(self.n_rows)]
        for cell in self.cells:
            places[cell.row][cell.column] = cell
        return places

    @cached_property
    def covered(self) -> list[list[Cell | None]]:
        """``covered[row][column]``: the cell that covers this place, spans included, else None."""
        places: list[list[Cell | None]] = [[None] * self.n_columns for _ in range(self.n_rows)]
        for cell in self.cells:
            if cell.row_span == cell.column_span == 1:  # as most cells
                places[cell.row][cell.column] = cell
                continue
            for row in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.n_columns)):
                    places[row][column] = cell
        return places

    @cached_property
    def rows(self) -> list[list[str]]:
        """The full grid of texts, header rows first; a spanning cell's text stands in its first place only."""
        return [[cell.text if cell else "" for cell in row] for row in self.grid]

    @cached_property
    def column_heads(self) -> list[str]:
        """For each column its stacked heads, top to bottom, joined by a space."""
        return [" ".join(path) for path in self.head_paths]

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        return display.table(self.label, self.caption, self.rows, self.header_rows)

    @cached_property
    def head_paths(self) -> list[tuple[str, ...]]:
        """For each column its heads from top to bottom; one that spans rows is named once."""
        paths: list[tuple[str, ...]] = []
        for column in range(self.n_columns):
            path: list[str] = []
            for row in range(self.header_rows):
                cell = self.covered[row][column]
                if cell and cell.text and (not path or path[-1] != cell.text):
                    path.append(cell.text)
            paths.append(tuple(path))
        return paths


class Reference(NamedTuple):
    """An entry of the reference list: its label as cited, its text, and what identifies it."""

    label: str
    text: str
    doi: str | None = None
    title: str | None = None
    pmid: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What identifies a paper, where its file says so."""

    title: str | None = None
    doi: str | None = None
    pmcid: str | None = None
    year: int | None = None
    journal: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One file of a paper that is more than one: its name, the sha256 of its bytes, and where its text stands in the document's."""

    name: str
    sha256: str
    n_bytes: int
    format: Format
    n_pages: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One paper. ``id`` is the sha256 of its file's bytes, in hex; ``files`` are named where there is more than one (main text first)."""

    id: str
    path: str
    format: Format
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    metadata: Metadata = field(default_factory=Metadata)
    references: tuple[Reference, ...] = ()
    n_pages: int | None = None
    status: Status = "ok"
    problems: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
