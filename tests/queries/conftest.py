"""Audited papers as the reports take them: read in this process, in a store in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from counterproof._library import open_evidence
from counterproof.extract import pipeline
from counterproof.kb import rows
from counterproof.kb.store import Reading, Store
from counterproof.queries.audit import AuditResult, audit

Auditor = Callable[..., tuple[AuditResult, Store]]

PAGE = """<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>
<h2>Methods</h2><p>Proportions were compared with Fisher's exact test. P &lt; 0.05 was considered significant.{methods}</p>
<h2>Results</h2><p>Table 1 shows the outcomes.</p>
<table><caption>Table 1. Outcomes by arm {caption}</caption>
<tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr>
<tr><td>Relapse, n (%){stub}</td><td>4 (20.0)</td><td>10 (50.0)</td><td>{p}</td></tr>
<tr><td>Death, n (%)</td><td>2 (10.0)</td><td>3 (15.0)</td><td>1.000</td></tr></table></body></html>"""


@pytest.fixture
def page() -> Callable[..., bytes]:
    """A paper as HTML with one P-value to choose and text to put into title, methods, caption and stub."""

    def fill(p: str = "0.41", **texts: str) -> bytes:
        return PAGE.format(p=p, **({"title": "A small trial", "methods": "", "caption": "", "stub": ""} | texts)).encode()

    return fill


@pytest.fixture
def essay() -> bytes:
    """A paper without a number."""
    words = "<p>We argue that the history of a discipline is best told by those who took no part in it, and give reasons.</p>" * 8
    return f"<html><head><title>An essay</title></head><body><h1>An essay</h1>{words}</body></html>".encode()


@pytest.fixture
def time() -> datetime:
    """When the report is made."""
    return datetime(2030, 5, 6, 7, 8, tzinfo=UTC)


@pytest.fixture
def audited() -> Iterator[Auditor]:
    """Audit papers given as path and bytes: the result and the store."""
    stores = []

    def run(**papers: bytes) -> tuple[AuditResult, Store]:
        store = open_evidence()
        stores.append(store)
        for name, data in papers.items():
            path = name.replace("_", ".")
            read = pipeline.read(data, path)
            document = read.document
            store.add([Reading(document.id, path, "1", document.status, document.problems, len(data), rows.tables(read))])
        return audit(store.connection), store

    yield run
    for store in stores:
        store.close()
