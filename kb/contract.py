"""An extraction as the object of the output contract, which scripts of others depend on: extend it, never break it."""

from __future__ import annotations

from typing import Any

from counterproof.kb.document import Box, Document, Table
from counterproof.kb.evidence import Evidence, Extraction

Object = dict[str, Any]


def extraction_object(extraction: Extraction) -> Object:
    """One document with its tables, evidence and methods as a JSON-able object."""
    document = extraction.document
    return {
        "document": document_object(document),
        "tables": [_table(table, extraction) for table in document.tables],
        "evidence": [_evidence(evidence, extraction) for evidence in extraction.evidence],
        "methods": [{"kind": m.kind, "name": m.name, "scope": m.scope, "quote": m.quote} for m in extraction.methods],
        "status": document.status,
        "problems": list(document.problems),
    }


def failure_object(document_id: str | None, path: str, problem: str) -> Object:
    """The object of a document that could not be read."""
    return {
        "document": {"id": document_id, "path": path, "title": None, "doi": None, "pmcid": None, "year": None, "n_pages": None},
        "tables": [],
        "evidence": [],
        "methods": [],
        "status": "failed",
        "problems": [problem],
    }


def document_object(document: Document) -> Object:
    """What identifies the document."""
    about = document.metadata
    return {
        "id": document.id,
        "path": document.path,
        "title": about.title,
        "doi": about.doi,
        "pmcid": about.pmcid,
        "year": about.year,
        "n_pages": document.n_pages,
        "format": document.format,
        "journal": about.journal,
        "authors": list(about.authors),
        "files": [{"name": f.name, "sha256": f.sha256, "char_start": f.start, "char_end": f.end} for f in document.files],
    }


def table_name(table: Table) -> str:
    """The label as printed; a table without one is named by its position, as in ``#3``."""
    return table.label or f"#{table.index + 1}"


def box_list(box: Box | None) -> list[float] | None:
    """``[x0, top, x1, bottom]`` in points from the page's upper left, or None."""
    return [box.x0, box.top, box.x1, box.bottom] if box else None


def _table(table: Table, extraction: Extraction) -> Object:
    return {
        "label": table_name(table),
        "caption": table.caption,
        "page": table.page,
        "header_rows": table.header_rows,
        "column_heads": table.column_heads,
        "rows": table.rows,
        "row_levels": list(table.row_levels),
        "arms": [_arm(n, extraction) for n, arm in enumerate(extraction.arms) if arm.table == table.index and arm.role == "arm"],
        "footnotes": [{"mark": note.mark, "text": note.text} for note in table.footnotes],
        "image": table.image,
        "confidence": table.confidence,
    }


def _arm(number: int, extraction: Extraction) -> Object:
    arm = extraction.arms[number]
    size = extraction.evidence[arm.n].number.value if arm.n is not None else None
    return {"column": arm.column, "label": arm.label, "n": int(size) if size is not None and size == int(size) else size}


def _evidence(evidence: Evidence, extraction: Extraction) -> Object:
    number, locator = evidence.number, evidence.locator
    table = extraction.document.tables[evidence.table] if evidence.table is not None else None
    return {
        "kind": evidence.kind,
        "text": number.text,
        "value": number.value,
        "comparator": number.comparator,
        "decimals": number.decimals,
        "unit": number.unit,
        "variable": evidence.variable,
        "level": evidence.level,
        "arm": extraction.arms[evidence.arm].label if evidence.arm is not None else None,
        "timepoint": evidence.timepoint,
        "table": table_name(table) if table else None,
        "row": evidence.row,
        "column": evidence.column,
        "section": evidence.section or None,
        "quote": evidence.quote,
        "char_start": locator.start,
        "char_end": locator.end,
        "page": locator.box.page if locator.box else table.page if table else None,
        "bbox": box_list(locator.box),
        "xpath": locator.xpath,
        "part": evidence.part,
        "confidence": evidence.confidence,
    }
