"""Models as Arrow tables, one for each table of schema ``facts`` (without ``reading_id``, which the store gives)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import repeat
from typing import Any

import pyarrow as pa

from counterproof.kb.document import Block, Box, Cell, Locator, Reference
from counterproof.kb.evidence import Aggregate, Evidence, Extraction
from counterproof.kb.numbers import ReportedNumber

Fields = dict[str, Sequence[Any]]
Columns = dict[str, "Sequence[Any] | pa.Array[Any]"]
Schema = dict[str, pa.DataType]

TEXT, INT, REAL, BOOL = pa.string(), pa.int32(), pa.float64(), pa.bool_()
TEXTS, INTS = pa.list_(pa.string()), pa.list_(pa.int32())

_PLACE: Schema = {"char_start": INT, "char_end": INT, "page": INT, "x0": REAL, "top": REAL, "x1": REAL, "bottom": REAL, "xpath": TEXT}

SCHEMAS: dict[str, Schema] = {
    "documents": {
        "format": TEXT, "title": TEXT, "doi": TEXT, "pmcid": TEXT, "year": INT, "journal": TEXT, "authors": TEXTS, "n_pages": INT,
    },
    "blocks": {"block_no": INT, "kind": TEXT, "text": TEXT, "part": TEXT, "section": TEXT, "table_no": INT, **_PLACE},
    "tables": {
        "table_no": INT, "label": TEXT, "caption": TEXT, "n_rows": INT, "n_columns": INT, "header_rows": INT, "row_levels": INTS,
        "column_heads": TEXTS, "part": TEXT, "section": TEXT, "image": BOOL, "confidence": REAL, **_PLACE,
    },
    "cells": {
        "table_no": INT, "row": INT, "column": INT, "text": TEXT, "row_span": INT, "column_span": INT, "marks": TEXTS, "bold": BOOL,
        "confidence": REAL, **_PLACE,
    },
    "footnotes": {"table_no": INT, "footnote_no": INT, "mark": TEXT, "text": TEXT},
    "reference_list": {"reference_no": INT, "label": TEXT, "text": TEXT, "doi": TEXT, "title": TEXT, "pmid": TEXT, "year": INT},
    "arms": {"arm_no": INT, "label": TEXT, "n_evidence_no": INT, "table_no": INT, "column": INT, "role": TEXT},
    "aggregates": {
        "aggregate_no": INT, "variable": TEXT, "level": TEXT, "arm_no": INT, "timepoint": TEXT, "table_no": INT, "row": INT, "column": INT,
        "block": INT, "partition": BOOL, "unit": TEXT,
    },
    "aggregate_bases": {"aggregate_no": INT, "position": INT, "evidence_no": INT},
    "evidence": {
        "evidence_no": INT, "kind": TEXT, "text": TEXT, "value": REAL, "decimals": INT, "comparator": TEXT, "unit": TEXT, "variable": TEXT,
        "level": TEXT, "arm_no": INT, "arm": TEXT, "timepoint": TEXT, "table_no": INT, "row": INT, "column": INT, "part": TEXT,
        "section": TEXT, "quote": TEXT, **_PLACE, "aggregate_no": INT, "confidence": REAL,
    },
    "comparisons": {
        "comparison_no": INT, "kind": TEXT, "p_evidence_no": INT, "variable": TEXT, "ordered": BOOL, "method": TEXT, "obstacle": TEXT,
        "confidence": REAL,
    },
    "comparison_members": {"comparison_no": INT, "aggregate_no": INT, "arm_order": INT, "level_order": INT},
    "files": {
        "file_no": INT, "name": TEXT, "sha256": TEXT, "n_bytes": pa.int64(), "format": TEXT, "n_pages": INT, "char_start": INT,
        "char_end": INT,
    },
    "methods": {"method_no": INT, "kind": TEXT, "name": TEXT, "scope": TEXT, "quote": TEXT, **_PLACE},
    "cited_figures": {
        "figure_no": INT, "claim_no": INT, "reference_nos": INTS, "kind": TEXT, "text": TEXT, "value": REAL, "decimals": INT,
        "comparator": TEXT, "unit": TEXT, "variable": TEXT, "timepoint": TEXT, "part": TEXT, "section": TEXT, "quote": TEXT, **_PLACE,
        "confidence": REAL,
    },
}  # fmt: skip


_EMPTY = {name: pa.schema(schema.items()).empty_table() for name, schema in SCHEMAS.items()}
"""Many papers have no rows for some tables."""


def tables(extraction: Extraction) -> dict[str, pa.Table]:
    """Everything that was read from one document, by table of schema ``facts``."""
    columns = {
        "documents": _documents(extraction),
        "blocks": _blocks(extraction),
        "tables": _tables(extraction),
        "cells": _cells(extraction),
        "footnotes": _footnotes(extraction),
        "reference_list": _references(extraction),
        "arms": _arms(extraction),
        "aggregates": _aggregates(extraction),
        "aggregate_bases": _bases(extraction),
        "evidence": _evidence(extraction),
        "comparisons": _comparisons(extraction),
        "comparison_members": _members(extraction),
        "files": _files(extraction),
        "methods": _methods(extraction),
        "cited_figures": _cited(extraction),
    }
    return {name: arrow(SCHEMAS[name], values) if any(map(len, values.values())) else _EMPTY[name] for name, values in columns.items()}


def arrow(schema: Schema, columns: Columns) -> pa.Table:
    """Columns as an Arrow table of this schema."""
    return pa.table([_array(columns[name], type) for name, type in schema.items()], names=list(schema))


def _array(values: Sequence[Any] | pa.Array[Any], type: pa.DataType) -> pa.Array[Any]:
    """A column; numbers none of which is missing are copied at once instead of one by one."""
    if isinstance(values, pa.Array):
        return values
    if type is INT or type is REAL:
        with suppress(TypeError, OverflowError):
            return pa.Array.from_buffers(type, len(values), [None, pa.py_buffer(array("i" if type is INT else "d", values))])
    return pa.array(values, type)


def _fields(kind: type[Any], items: Sequence[tuple[Any, ...]]) -> Fields:
    """The fields of named tuples of one kind, each as a column."""
    return dict(zip(kind._fields, zip(*items, strict=True) if items else repeat(()), strict=False))


def _place(locators: Iterable[Locator]) -> Columns:
    places = _fields(Locator, list(locators))
    boxes = places["box"]
    return {
        "char_start": places["start"],
        "char_end": places["end"],
        **(_boxes(boxes) if any(boxes) else _no_boxes(len(boxes))),
        "xpath": places["xpath"],
    }


def _no_boxes(height: int) -> Columns:
    """Places in a file without pages, as most."""
    page, edge = pa.nulls(height, INT), pa.nulls(height, REAL)
    return {"page": page, "x0": edge, "top": edge, "x1": edge, "bottom": edge}


def _boxes(boxes: Sequence[Box | None]) -> Columns:
    return {
        "page": [box.page if box else None for box in boxes],
        "x0": [box.x0 if box else None for box in boxes],
        "top": [box.top if box else None for box in boxes],
        "x1": [box.x1 if box else None for box in boxes],
        "bottom": [box.bottom if box else None for box in boxes],
    }


def _documents(extraction: Extraction) -> Columns:
    document, about = extraction.document, extraction.document.metadata
    return {
        "format": [document.format],
        "title": [about.title],
        "doi": [about.doi],
        "pmcid": [about.pmcid],
        "year": [about.year],
        "journal": [about.journal],
        "authors": [list(about.authors)],
        "n_pages": [document.n_pages],
    }


def _blocks(extraction: Extraction) -> Columns:
    blocks = _fields(Block, extraction.document.blocks)
    return {
        "block_no": range(len(extraction.document.blocks)),
        **{name: blocks[name] for name in ("kind", "text", "part", "section")},
        "table_no": blocks["table"],
        **_place(blocks["locator"]),
    }


def _tables(extraction: Extraction) -> Columns:
    every = extraction.document.tables
    return {
        "table_no": [t.index for t in every],
        "label": [t.label for t in every],
        "caption": [t.caption for t in every],
        "n_rows": [t.n_rows for t in every],
        "n_columns": [t.n_columns for t in every],
        "header_rows": [t.header_rows for t in every],
        "row_levels": [list(t.row_levels) for t in every],
        "column_heads": [t.column_heads for t in every],
        "part": [t.part for t in every],
        "section": [t.section for t in every],
        "image": [t.image for t in every],
        "confidence": [t.confidence for t in every],
        **_place(t.locator for t in every),
        "page": [t.page for t in every],
    }


def _cells(extraction: Extraction) -> Columns:
    tables = extraction.document.tables
    every = _fields(Cell, [cell for table in tables for cell in table.cells])
    return {
        "table_no": [table.index for table in tables for _ in table.cells],
        **{name: every[name] for name in ("row", "column", "text", "row_span", "column_span", "marks", "bold", "confidence")},
        **_place(every["locator"]),
    }


def _footnotes(extraction: Extraction) -> Columns:
    notes = [(t.index, number, note) for t in extraction.document.tables for number, note in enumerate(t.footnotes)]
    return {
        "table_no": [table for table, _, _ in notes],
        "footnote_no": [number for _, number, _ in notes],
        "mark": [note.mark for _, _, note in notes],
        "text": [note.text for _, _, note in notes],
    }


def _references(extraction: Extraction) -> Columns:
    entries = extraction.document.references
    return {"reference_no": range(len(entries)), **_fields(Reference, entries)}


def _arms(extraction: Extraction) -> Columns:
    arms = extraction.arms
    return {
        "arm_no": range(len(arms)),
        "label": [a.label for a in arms],
        "n_evidence_no": [a.n for a in arms],
        "table_no": [a.table for a in arms],
        "column": [a.column for a in arms],
        "role": [a.role for a in arms],
    }


def _aggregates(extraction: Extraction) -> Columns:
    every = _fields(Aggregate, extraction.aggregates)
    return {
        "aggregate_no": range(len(extraction.aggregates)),
        "arm_no": every["arm"],
        "table_no": every["table"],
        **{name: every[name] for name in ("variable", "level", "timepoint", "row", "column", "block", "partition", "unit")},
    }


def _bases(extraction: Extraction) -> Columns:
    bases = [(number, position, base) for number, a in enumerate(extraction.aggregates) for position, base in enumerate(a.bases)]
    return {
        "aggregate_no": [number for number, _, _ in bases],
        "position": [position for _, position, _ in bases],
        "evidence_no": [base for _, _, base in bases],
    }


def _evidence(extraction: Extraction) -> Columns:
    every, arms = _fields(Evidence, extraction.evidence), extraction.arms
    return {
        "evidence_no": range(len(extraction.evidence)),
        "kind": every["kind"],
        **_fields(ReportedNumber, every["number"]),
        "arm_no": every["arm"],
        "arm": [arms[arm].label if arm is not None else None for arm in every["arm"]],
        "table_no": every["table"],
        **{name: every[name] for name in ("variable", "level", "timepoint", "row", "column", "part", "section", "quote", "confidence")},
        **_place(every["locator"]),
        "aggregate_no": every["aggregate"],
    }


def _comparisons(extraction: Extraction) -> Columns:
    every = extraction.comparisons
    return {
        "comparison_no": range(len(every)),
        "kind": [c.kind for c in every],
        "p_evidence_no": [c.p for c in every],
        "variable": [c.variable for c in every],
        "ordered": [c.ordered for c in every],
        "method": [c.method for c in every],
        "obstacle": [c.obstacle for c in every],
        "confidence": [c.confidence for c in every],
    }


def _members(extraction: Extraction) -> Columns:
    members = [(number, member) for number, c in enumerate(extraction.comparisons) for member in c.members]
    return {
        "comparison_no": [number for number, _ in members],
        "aggregate_no": [m.aggregate for _, m in members],
        "arm_order": [m.arm_order for _, m in members],
        "level_order": [m.level_order for _, m in members],
    }


def _files(extraction: Extraction) -> Columns:
    every = extraction.document.files
    return {
        "file_no": range(len(every)),
        "name": [f.name for f in every],
        "sha256": [f.sha256 for f in every],
        "n_bytes": [f.n_bytes for f in every],
        "format": [f.format for f in every],
        "n_pages": [f.n_pages for f in every],
        "char_start": [f.start for f in every],
        "char_end": [f.end for f in every],
    }


def _methods(extraction: Extraction) -> Columns:
    every = extraction.methods
    return {
        "method_no": range(len(every)),
        "kind": [m.kind for m in every],
        "name": [m.name for m in every],
        "scope": [m.scope for m in every],
        "quote": [m.quote for m in every],
        **_place(m.locator for m in every),
    }


def _cited(extraction: Extraction) -> Columns:
    every = extraction.cited
    return {
        "figure_no": range(len(every)),
        "claim_no": [f.claim for f in every],
        "reference_nos": [list(f.references) for f in every],
        "kind": [f.kind for f in every],
        "text": [f.number.text for f in every],
        "value": [f.number.value for f in every],
        "decimals": [f.number.decimals for f in every],
        "comparator": [f.number.comparator for f in every],
        "unit": [f.number.unit for f in every],
        "variable": [f.variable for f in every],
        "timepoint": [f.timepoint for f in every],
        "part": [f.part for f in every],
        "section": [f.section for f in every],
        "quote": [f.quote for f in every],
        **_place(f.locator for f in every),
        "confidence": [f.confidence for f in every],
    }
