"""Single things of a store, as they leave the API: frozen, every field named and typed, nothing else allowed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, PrivateAttr

from counterproof.kb import display
from counterproof.kb.document import Box


class Model(BaseModel):
    """What all have in common: their values do not change, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Paper(Model):
    """One document of the store (a row of the view ``documents``)."""

    document_id: str
    path: str
    format: str | None
    title: str | None
    doi: str | None
    pmcid: str | None
    year: int | None
    journal: str | None
    authors: tuple[str, ...] | None
    n_pages: int | None
    status: str
    problems: tuple[str, ...]
    extractor: str
    n_bytes: int
    added_at: datetime


class Place(Model):
    """Where something stands: offsets into the paper's normalised text, page and rectangle (points, from the page's upper left)."""

    document_id: str
    path: str
    char_start: int | None
    char_end: int | None
    page: int | None
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None

    @property
    def box(self) -> Box | None:
        """The rectangle on the page; None where the format has no pages."""
        if self.page is None or self.x0 is None or self.top is None or self.x1 is None or self.bottom is None:
            return None
        return Box(self.page, self.x0, self.top, self.x1, self.bottom)


class PrintedCell(Model):
    """A cell of a printed table at its upper left place in the grid."""

    row: int
    column: int
    text: str
    row_span: int
    column_span: int


class PrintedTable(Place):
    """A table as printed (a row of the view ``tables``, with its cells)."""

    table_no: int
    label: str
    caption: str
    n_rows: int
    n_columns: int
    header_rows: int
    row_levels: tuple[int, ...]
    column_heads: tuple[str, ...]
    part: str
    section: str
    image: bool
    confidence: float
    xpath: str | None
    cells: tuple[PrintedCell, ...]

    @property
    def rows(self) -> list[list[str]]:
        """The grid of texts, header rows first; a spanning cell's text stands in its first place only."""
        grid = [[""] * self.n_columns for _ in range(self.n_rows)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell.text
        return grid

    def _repr_html_(self) -> str:
        return display.table(self.label, self.caption, self.rows, self.header_rows)


class Arm(Model):
    """A group compared, or a total (a row of the view ``arms``)."""

    document_id: str
    path: str
    arm_no: int
    label: str
    n_evidence_no: int | None
    table_no: int | None
    column: int | None
    role: str


class Number(Place):
    """One reported number (a row of the view ``evidence``)."""

    evidence_no: int
    kind: str
    text: str
    value: float | None
    decimals: int
    comparator: str
    unit: str | None
    variable: str | None
    level: str | None
    arm_no: int | None
    arm: str | None
    timepoint: str | None
    table_no: int | None
    row: int | None
    column: int | None
    part: str
    section: str
    quote: str
    xpath: str | None
    aggregate_no: int | None
    confidence: float


class Comparison(Model):
    """A reported P-value or effect with what it compares (a row of the view ``comparisons``)."""

    document_id: str
    path: str
    comparison_no: int
    kind: str
    p_evidence_no: int | None
    variable: str | None
    ordered: bool | None
    method: str | None
    obstacle: str | None
    confidence: float


class Method(Place):
    """A method that a paper declares (a row of the view ``methods``)."""

    method_no: int
    kind: str
    name: str
    scope: str
    quote: str
    xpath: str | None


class Recomputed(Model):
    """One interval of values that one method allows."""

    method: str
    role: str
    low: float
    high: float


class Finding(Place):
    """A check's verdict on one comparison or number (a row of the view ``findings``, with every method tried)."""

    audit_id: int
    finding_no: int
    check_id: str
    verdict: str
    reason: str | None
    severity: str
    changes_conclusion: bool
    table_label: str | None
    row: int | None
    column: int | None
    section: str
    quote: str
    reported: str
    message: str
    inputs: tuple[str, ...]
    chance: float | None
    confidence: float
    comparison_no: int | None
    inspect_sr: str | None
    recomputed: tuple[Recomputed, ...]

    def _repr_html_(self) -> str:
        methods = [(one.method, one.role, display.interval(one.low, one.high)) for one in self.recomputed]
        where = f"{self.table_label or self.section} · {_file(self.path)}"
        return display.finding(
            display.Card(self.check_id, self.verdict, self.message, self.quote, self.reported, where, self.inputs, methods, self.confidence)
        )


class Source(Model):
    """Where something stands in a paper, as quote and as position (the selectors of the W3C Web Annotation model).

    ``start`` and ``end`` are offsets into the document's normalised text, ``before`` and ``after`` its text around them.
    """

    document: str
    path: str
    exact: str
    before: str
    after: str
    quote: str
    start: int
    end: int
    box: Box | None = None
    xpath: str | None = None
    _draw: Callable[[], str | None] | None = PrivateAttr(default=None)
    _drawn: list[str | None] = PrivateAttr(default_factory=list)

    def __str__(self) -> str:
        return f"{self.path}{self._where}: “{self.before}[{self.exact}]{self.after}”"

    def drawn_by(self, draw: Callable[[], str | None]) -> Source:
        """The same, with the way to draw its page (as base64 of a PNG), which is gone when it is first asked for."""
        self._draw = draw
        return self

    @property
    def crop(self) -> bytes | None:
        """The page around the number as PNG, the number boxed; None where the file is no PDF or no longer the one that was read."""
        image = self._image()
        return base64.b64decode(image) if image else None

    @property
    def _where(self) -> str:
        page = f", page {self.box.page}" if self.box else ""
        return f"{page}, characters {self.start} to {self.end}"

    def _image(self) -> str | None:
        if not self._drawn:
            self._drawn.append(self._draw() if self._draw else None)
        return self._drawn[0]

    def _repr_html_(self) -> str:
        return display.source(self.before, self.exact, self.after, _file(self.path) + self._where, self._image())


def _file(path: str) -> str:
    """The name of a file without its folders."""
    return path.replace("\\", "/").rpartition("/")[2]
