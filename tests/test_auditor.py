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
from counterproof.kb.store import Reading, Store
from counterproof.queries import audit as auditing
from counterproof.queries.audit import audit
from counterproof.queries.checks import all_checks

DOCUMENTS = sorted((Path(__file__).resolve().parents[1] / "corpus" / "documents").iterdir())


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


def stored(documents: list[dict[str, Any]], paths: list[Path]) -> Store:
    """A store that has read these documents."""
    store = open_evidence(None)
    store.add(
        Reading(one["id"], one["path"], "", one["status"], tables=rows.tables(read(path.read_bytes(), str(path))))
        for one, path in zip(documents, paths, strict=True)
    )
    return store


@pytest.mark.parametrize("paths", [DOCUMENTS, DOCUMENTS[:1], DOCUMENTS[1:]], ids=["all", "first", "others"])
def test_findings_are_those_of_the_store(paths: list[Path]) -> None:
    """The same rows of findings from plain tables and from a store with its readings and corrections."""
    documents, body = packed(paths)
    found = _auditor.audit(documents, body)
    with stored(documents, paths) as store:
        findings = audit(store.connection).findings
    expected = finding_tables(findings, {one["id"]: one["number"] for one in documents}, [check.id for check in all_checks()], audit=0)
    assert {name: table.to_pylist() for name, table in found.items()} == {name: table.to_pylist() for name, table in expected.items()}


def test_a_database_is_made_anew_after_some_audits(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many audits have one database, the next another, in which the same documents have the same findings."""
    monkeypatch.setattr(_auditor, "AUDITS", 2)
    _auditor._databases.cache_clear()
    used = [next(_auditor._databases()) for _ in range(2)]
    documents, body = packed(DOCUMENTS[:1])
    found = [_auditor.audit(documents, body) for _ in range(3)]
    assert used[0] is used[1] is not next(_auditor._databases())
    assert found[0] == found[1] == found[2]
    _auditor._databases.cache_clear()


def test_few_documents_of_a_large_store_are_audited_as_among_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for one by one, as of a large store, two documents have the findings that they have when all are asked for at once."""
    documents, _ = packed(DOCUMENTS)
    wanted = [documents[2]["id"], documents[0]["id"]]
    with stored(documents, DOCUMENTS) as store:
        together = audit(store.connection, document_ids=wanted)
        monkeypatch.setattr(auditing, "PLAN", 0)
        assert audit(store.connection, document_ids=wanted) == together
        assert audit(store.connection, document_ids=[*wanted, wanted[0]]).findings == together.findings
    assert {finding.document for finding in together.findings} == set(wanted)


def test_an_audit_that_fails_spoils_none_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    documents, body = packed(DOCUMENTS[:1])
    sound = _auditor.audit(documents, body)

    def starved(*_: object) -> None:
        raise MemoryError

    _auditor._databases.cache_clear()
    with monkeypatch.context() as poor:
        poor.setattr("counterproof._auditor.fresh", starved)
        for _ in range(2):
            with pytest.raises(MemoryError):
                _auditor.audit(documents, body)
    assert _auditor.audit(documents, body)["findings"].equals(sound["findings"])
