"""Findings and reported numbers as W3C Web Annotations: where each stands in its paper, for any reader of that standard.

A target names the paper by the digest of its bytes (``ni:///sha-256;…``, RFC 6920) and the place by quote, by position in the
normalised text, by page and rectangle (RFC 8118) and by XPath, as far as the format has them.

Reference: Sanderson R, Ciccarese P, Young B. Web Annotation Data Model. W3C Recommendation, 2017.
"""

from __future__ import annotations

import base64
import json
import uuid
from pathlib import Path
from typing import Any

import duckdb

from counterproof.kb import places
from counterproof.kb.export.rows import Row, rows

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 40
"""Characters of text that a quote has before and behind it."""
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:counterproof")

_NUMBERS = """select e.*, tables.label as table_label
from evidence as e left join tables on tables.document_id = e.document_id and tables.table_no = e.table_no order by path, char_start"""
_FINDINGS = (
    "select * from findings where char_start is not null and verdict not in ('consistent', 'not_checkable') order by path, char_start"
)


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Write one collection with a page: every flag, and every number that the papers report."""
    path.write_text(json.dumps(collection(connection), ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    return []


def collection(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The annotations as an AnnotationCollection."""
    papers = {row["document_id"]: row for row in rows(connection, "select document_id, doi, format, extractor from documents")}
    texts = {document: places.text(connection, document) for document in papers}
    items = []
    for query, make in ((_FINDINGS, _finding), (_NUMBERS, _number)):
        for row in rows(connection, query):
            items.append({**make(row), "target": _target(row, papers[row["document_id"]], texts[row["document_id"]])})
    page = {"id": _id("page", *(item["id"] for item in items)), "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {"@context": CONTEXT, "id": _id("collection", page["id"]), "type": "AnnotationCollection", "total": len(items), "first": page}


def _finding(row: Row) -> Row:
    return {
        "id": _id("finding", row["document_id"], row["check_id"], row["char_start"], row["reported"], row["message"]),
        "type": "Annotation",
        "motivation": "assessing",
        "body": [_body(row["message"], "assessing"), _body(row["verdict"], "tagging"), _body(row["check_id"], "classifying")],
    }


def _number(row: Row) -> Row:
    words = [row[name] for name in ("variable", "level", "arm", "timepoint") if row[name]]
    bodies = [_body(row["kind"], "classifying"), *([_body(", ".join(words), "describing")] if words else [])]
    return {"id": _id("number", row["document_id"], row["evidence_no"]), "type": "Annotation", "motivation": "classifying", "body": bodies}


def _body(text: str, purpose: str) -> Row:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose}


def _target(row: Row, paper: Row, text: str) -> Row:
    start, end = row["char_start"], row["char_end"]
    quote = {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - _AROUND) : start],
             "suffix": text[end : end + _AROUND]}  # fmt: skip
    selectors: list[Row] = [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
    if row["page"] is not None and paper["format"] == "pdf":
        selectors.append({"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc8118", "value": _fragment(row)})
    if row.get("xpath"):
        selectors.append({"type": "XPathSelector", "value": row["xpath"]})
    target = {"type": "SpecificResource", "source": digest_uri(row["document_id"]), "selector": selectors}
    if paper["doi"]:
        target["scope"] = f"https://doi.org/{paper['doi']}"
    return target | {"renderedVia": {"id": f"urn:counterproof:extractor:{paper['extractor']}", "type": "Software"}}


def _fragment(row: Row) -> str:
    if row["x0"] is None:
        return f"page={row['page']}"
    sides = (row["x0"], row["top"], row["x1"] - row["x0"], row["bottom"] - row["top"])
    return f"page={row['page']}&viewrect=" + ",".join(f"{side:.1f}" for side in sides)


def digest_uri(sha256: str) -> str:
    """The name of a file by its bytes (RFC 6920)."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def _id(*parts: object) -> str:
    """The same name for the same annotation in every run."""
    return f"urn:uuid:{uuid.uuid5(_NAMES, chr(31).join(map(str, parts)))}"
