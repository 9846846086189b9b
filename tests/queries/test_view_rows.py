"""The rows that an audit takes from a view: always in the same order, and gone when it has ended."""

from __future__ import annotations

import gc
import random

import duckdb

from counterproof.queries.audit import audit_findings, view_rows
from counterproof.queries.checks import all_checks
from tests.queries.conftest import Auditor
from tests.queries.test_views_for_checks import PAPER


def test_rows_are_in_the_order_of_all_their_columns() -> None:
    """As ``order by all`` has them: texts by their bytes, lists place by place, what is missing last."""
    some = random.Random(5)
    texts = [None, "", "a", "B", "é", "\U0001f600", "\ufb01", "ab"]
    with duckdb.connect() as connection:
        connection.execute("create table shown (document_id varchar, n integer, text varchar, share double, bases varchar[], yes boolean)")
        connection.execute("create table documents (document_id varchar)")
        for _ in range(400):
            row = [some.choice("ab"), some.choice([None, 1, 2]), some.choice(texts), some.choice([None, -0.5, 3.0]),
                   some.choice([None, [], ["1"], ["1", "2"]]), some.choice([None, False, True])]  # fmt: skip
            connection.execute("insert into shown values (?, ?, ?, ?, ?, ?)", row)
        expected = connection.execute("select * from shown order by all").fetchall()
        assert [tuple(row.values()) for row in view_rows(connection, "shown")] == expected
        plain = connection.execute("select * exclude (n) from shown where document_id = 'a' order by all").fetchall()
        assert [tuple(row.values()) for row in view_rows(connection, "shown", ["a"], ["n"])] == plain


def test_an_audit_leaves_no_rings(audited: Auditor) -> None:
    """What the checks work out refers to rows and rows to it: undone at the end, so that memory is free without a search."""
    _, store = audited(paper_html=PAPER.encode())
    checks = all_checks()
    assert audit_findings(store.connection, checks)
    gc.collect()
    gc.disable()
    try:
        audit_findings(store.connection, checks)
        assert gc.collect() == 0
    finally:
        gc.enable()
