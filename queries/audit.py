"""Runs the checks over the documents of a store and sums up what they found and what they could not look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import duckdb

from counterproof.kb.finding import FLAGS, Finding, Place
from counterproof.queries.checks import Check, Row, choose
from counterproof.queries.grouping import grouped
from counterproof.queries.shared import Rows
from counterproof.queries.views import UNREAD

ORDER = {"decision_error": 0, "inconsistent": 1, "misapplied_method": 2, "other_method": 3, "error": 4, "undecided": 5}
PLAN = 250
"""Documents whose rows a view gives in about the time in which the query for one document is planned."""

SEVERITY = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read of one document, how many of its P-values could be checked, why the others not, and what readers put right."""

    document: str
    path: str
    title: str | None
    format: str
    status: str
    problems: tuple[str, ...]
    tables: int
    arms: tuple[str, ...]
    p_found: int
    p_checked: int
    not_checked: dict[str, int]
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditResult:
    """All findings, worst first within each document, with the coverage of each document and the corrections that match nothing."""

    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    unmatched: tuple[str, ...] = ()

    @property
    def flags(self) -> tuple[Finding, ...]:
        """The findings that say that something printed does not fit."""
        return tuple(f for f in self.findings if f.verdict in FLAGS)

    @property
    def summary(self) -> dict[str, Any]:
        """The summary object of the output contract."""
        return {
            "documents": len(self.coverage),
            "failed": sum(c.status == "failed" for c in self.coverage),
            "p_values_found": sum(c.p_found for c in self.coverage),
            "p_values_checked": sum(c.p_checked for c in self.coverage),
            "not_checked_by_reason": dict(sum((Counter(c.not_checked) for c in self.coverage), Counter[str]()).most_common()),
            "corrections": {
                "applied": sum(len(c.corrected) for c in self.coverage),
                "set_aside": sum(f.reason == "set_aside" for f in self.findings),
                "not_applied": len(self.unmatched),
            },
            "by_verdict": dict(Counter(f.verdict for f in self.findings).most_common()),
            "by_check": dict(Counter(f.check for f in self.flags).most_common()),
        }


def audit(
    connection: duckdb.DuckDBPyConnection,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    document_ids: Sequence[str] | None = None,
) -> AuditResult:
    """Run the chosen checks over the current readings of a store (or of the documents named).

    A check that fails is itself a finding (verdict ``error``), so that no failure is hidden.
    """
    found = _found(connection, choose(select, ignore), document_ids)
    return AuditResult(_told(connection, found), tuple(_coverage(connection, found, document_ids)))


def audit_findings(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> tuple[Finding, ...]:
    """The findings alone of an audit by these checks, in the same order."""
    return _told(connection, _found(connection, checks))


def _found(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], document_ids: Sequence[str] | None = None) -> list[Finding]:
    """What the checks find, one after the other."""
    found: list[Finding] = []
    rows: dict[str, Rows] = {}
    for check in checks:
        if check.view not in rows:
            rows[check.view] = view_rows(connection, check.view, document_ids, UNREAD.get(check.view, ()))
        found += _run(check, rows[check.view])
    for shared in rows.values():
        shared.known.clear()  # what was worked out refers to the rows: without this ring they are gone at once
    return found


def _told(connection: duckdb.DuckDBPyConnection, found: list[Finding]) -> tuple[Finding, ...]:
    """The findings as they are told: alike ones grouped, their files named, worst first within each document."""
    return tuple(sorted(_located(connection, grouped(found)), key=_weight))


def _located(connection: duckdb.DuckDBPyConnection, findings: list[Finding]) -> list[Finding]:
    """The findings with the file of each place named, where a document has more than one."""
    files: dict[str, list[tuple[int, str]]] = {}
    for id, start, name in connection.execute("select document_id, char_start, name from files order by all").fetchall():
        files.setdefault(id, []).append((start, name))
    return [_in_files(f, files[f.document]) if f.document in files else f for f in findings]


def _in_files(finding: Finding, files: list[tuple[int, str]]) -> Finding:
    def located(place: Place) -> Place:
        at = place.start
        return place if at is None else replace(place, file=next(name for start, name in reversed(files) if start <= at))

    return replace(finding, place=located(finding.place), more_places=tuple(map(located, finding.more_places)))


def _run(check: Check, rows: list[Row]) -> list[Finding]:
    try:
        return list(check.run(rows))
    except Exception as error:  # a check's own failure is shown as a finding, and the other checks go on
        message = f"the check {check.id} failed: {type(error).__name__}: {error}"
        return [Finding(id, check.id, "error", Place(), message) for id in sorted({row["document_id"] for row in rows})]


def view_rows(
    connection: duckdb.DuckDBPyConnection, view: str, document_ids: Sequence[str] | None = None, without: Sequence[str] = ()
) -> Rows:
    """The rows of a view, by column name (but for some) and in an order that is always the same."""
    rows = Rows([])
    columns = f"* exclude ({', '.join(without)})" if without else "*"
    for condition, values in _conditions(connection, document_ids):
        result = connection.execute(f"select {columns} from {view} {condition}", values)
        names = [column[0] for column in result.description or ()]
        rows += map(dict, map(zip, repeat(names), _in_order(result.fetchall())))
    return rows


def _in_order(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows as SQL's ``order by all`` has them, which takes a database several times as long: it compares whole rows."""
    try:
        return sorted(rows)
    except TypeError:  # two rows differ first in a column where one has no value
        return sorted(rows, key=lambda row: [(value is None, value) for value in row])


def _conditions(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str] | None) -> list[tuple[str, dict[str, Any]]]:
    """By which conditions the rows of these documents (None: of all) are asked for, one query after the other.

    Of a large store, documents are asked for one by one: only an equality reaches every join of a view, so that nothing else is read.
    """
    if document_ids is None:
        return [("", {})]
    count = connection.execute("select count(*) from documents").fetchone()
    assert count is not None
    if len(document_ids) * PLAN < count[0]:
        return [("where document_id = $id", {"id": id}) for id in sorted(set(document_ids))]
    return [("where list_contains($ids, document_id)", {"ids": list(document_ids)})]


def _weight(finding: Finding) -> tuple[Any, ...]:
    """Worst first: what would change a conclusion, then by severity, verdict and place."""
    return (
        finding.document,
        finding.verdict not in FLAGS,
        not finding.changes_conclusion,
        SEVERITY[finding.severity],
        ORDER.get(finding.verdict, 9),
        finding.place.start or 0,
    )


def _coverage(connection: duckdb.DuckDBPyConnection, found: list[Finding], ids: Sequence[str] | None) -> Iterable[Coverage]:
    checked: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    seen: set[tuple[str, int]] = set()
    for finding in found:
        if finding.comparison is None or (finding.document, finding.comparison) in seen:
            continue
        seen.add((finding.document, finding.comparison))
        if finding.recomputed:
            checked[finding.document] += 1
        else:
            reasons.setdefault(finding.document, Counter())[finding.reason or finding.verdict] += 1
    for row in view_rows(connection, "reading_overview", ids):
        id = row["document_id"]
        yield Coverage(
            document=id,
            path=row["path"],
            title=row["title"],
            format=row["format"],
            status=row["status"],
            problems=tuple(row["problems"] or ()),
            tables=row["tables"],
            arms=tuple(row["arms"] or ()),
            p_found=row["p_values"],
            p_checked=checked[id],
            not_checked=dict(reasons.get(id, Counter()).most_common()),
        )
