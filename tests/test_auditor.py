"""The audit of a child process says what an audit of the store says, whatever was audited before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counterproof import _auditor
from counterproof._library import open_evidence
from counterproof._streams import pack
from counterproof.extract.pipeline import read
from counterproof.kb import rows
from counterproof.kb.findings import finding_tables
from counterproof.kb.store import Reading
from counterproof.queries.audit import audit
from counterproof.queries.checks import all_checks

DOCUMENTS = sorted(p for p in (Path(__file__).resolve().parents[1] / "corpus" / "documents").iterdir() if p.suffix in (".txt", ".xml"))[:6]


def packed(paths: list[Path]) -> tuple[list[dict[str, Any]], bytes]:
    """The documents as a child process is given them."""
    documents, bodies = [], []
    for number, path in enumerate(paths):
        document = read(path.read_bytes(), str(path))
        sizes, body = pack(rows.tables(document))
        documents.append({
            "number": number, "id": document.document.id, "path": str(path), "status": document.document.status, "sizes": sizes,
        })  # fmt: skip
        bodies.append(body)
    return documents, b"".join(bodies)


@pytest.mark.parametrize("paths", [DOCUMENTS, DOCUMENTS[:1], DOCUMENTS[3:]], ids=["six", "one", "three"])
def test_findings_are_those_of_the_store(paths: list[Path]) -> None:
    """The same rows of findings from plain tables and from a store with its readings and corrections."""
    documents, body = packed(paths)
    found = _auditor.audit(documents, body)
    with open_evidence(None) as store:
        store.add(
            Reading(one["id"], one["path"], "", one["status"], tables=rows.tables(read(path.read_bytes(), str(path))))
            for one, path in zip(documents, paths, strict=True)
        )
        findings = audit(store.connection).findings
    expected = finding_tables(findings, {one["id"]: one["number"] for one in documents}, [check.id for check in all_checks()], audit=0)
    assert {name: table.to_pylist() for name, table in found.items()} == {name: table.to_pylist() for name, table in expected.items()}
