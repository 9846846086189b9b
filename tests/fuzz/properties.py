"""What holds for every input, however mad: each property takes what a fuzzer made and raises where it does not hold."""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable
from pathlib import Path

from counterproof.extract.facts import FAULT
from counterproof.extract.pipeline import read
from counterproof.kb import rows
from counterproof.kb.cells import read_cell
from counterproof.kb.contract import extraction_object
from counterproof.kb.errors import CounterproofError
from counterproof.kb.evidence import Extraction
from counterproof.kb.intervals import read_intervals
from counterproof.kb.numbers import ReportedNumber, find_numbers, read_number, rounding_window, truncation_window
from counterproof.kb.p_cells import read_p_cell
from counterproof.kb.p_values import find_p_numbers, read_p_values


def document(data: bytes) -> None:
    """A file is read or refused in one line; every place that the reading gives lies within the text and holds what it says."""
    try:
        extraction = read(data, "fuzzed")
    except CounterproofError as error:
        message = str(error)
        assert message.startswith("fuzzed: "), message
        assert "\n" not in message, message
        return
    assert not any(FAULT in problem for problem in extraction.document.problems), extraction.document.problems
    _places_hold(extraction)
    extraction_object(extraction)
    rows.tables(extraction)


def _places_hold(extraction: Extraction) -> None:
    paper = extraction.document
    for block in paper.blocks:
        assert paper.text[block.locator.start : block.locator.end] == block.text, block
    for table in paper.tables:
        for cell in table.cells:
            assert paper.text[cell.locator.start : cell.locator.end] == cell.text, cell
            assert 0 <= cell.row < cell.row + cell.row_span <= table.n_rows, cell
            assert 0 <= cell.column < cell.column + cell.column_span <= table.n_columns, cell
        assert len(table.row_levels) == table.n_rows, table.label
    places = [item.locator for group in (extraction.evidence, extraction.methods, extraction.cited) for item in group]
    assert all(0 <= place.start <= place.end <= len(paper.text) for place in places)
    for number in (*(e.number for e in extraction.evidence), *(c.number for c in extraction.cited)):
        _sound(number)
    for evidence in extraction.evidence:
        assert evidence.aggregate is None or 0 <= evidence.aggregate < len(extraction.aggregates), evidence
    for comparison in extraction.comparisons:
        assert comparison.p is None or extraction.evidence[comparison.p].kind == "p_value", comparison
        assert all(0 <= member.aggregate < len(extraction.aggregates) for member in comparison.members), comparison


def _sound(number: ReportedNumber) -> None:
    """A number is finite, and the windows of what it may have been before rounding hold it."""
    assert number.value is None or math.isfinite(number.value), number
    if number.value is not None:
        for low, high in (rounding_window(number), truncation_window(number)):
            assert low <= high, number


def figures(text: str) -> None:
    """Numbers, cells, P-values and intervals are read or not, and stand where they are said to stand."""
    for whole in (False, True):
        for found in (*find_numbers(text, whole_cell=whole), *find_p_numbers(text, whole_cell=whole)):
            assert text[found.start : found.end] == found.number.text, found
            _sound(found.number)
    number = read_number(text)
    if number is not None:
        _sound(number)
        again = read_number(number.text)
        assert again is not None, number
        assert again.unit in (number.unit, None), number
        assert again._replace(unit=number.unit) == number, number  # a unit of measure (12 mg) is read, but is no part of the text
    for read_all in (read_p_values, read_intervals):
        for item in read_all(text):
            assert 0 <= item.start < item.end <= len(text), item
    read_cell(text)
    read_p_cell(text)
    read_p_cell(text, p_first=True)


def as_text(data: bytes) -> str:
    """Bytes of a fuzzer as text; every byte counts."""
    return data.decode("utf-8", "replace")


TARGETS: dict[str, Callable[[bytes], None]] = {"document": document, "figures": lambda data: figures(as_text(data))}


def place(error: BaseException) -> str:
    """Where in our code an error arose, as a name for the file of its input."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/fuzz/" not in f.filename] or traceback.extract_tb(
        error.__traceback__
    )
    ours = [f for f in frames if any(f"/{part}/" in f.filename for part in ("extract", "kb", "queries", "counterproof"))] or frames
    words = f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"
    return f"{words}-{frames[-1].name}" if frames[-1] is not ours[-1] else words
