"""A report stays small: that of an article of twelve pages, and that of a paper in which everything is flagged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from counterproof.kb.store import Store
from counterproof.queries.audit import AuditResult
from counterproof.queries.html.page import MOST_CARDS, Run, report

Auditor = Callable[..., tuple[AuditResult, Store]]
MOST = 2_000_000
HEAD = "<tr><th>Outcome</th><th>Drug (n = 40)</th><th>Placebo (n = 40)</th><th>P value</th></tr>"


def row(number: int) -> str:
    a, b = 10 + number % 7, 20 + number % 9
    return f"<tr><td>Event {number}, n (%)</td><td>{a} ({a / 0.4:.1f})</td><td>{b} ({b / 0.4:.1f})</td><td>0.{700 + number}</td></tr>"


def test_the_report_of_a_twelve_page_article_is_small(shared: Path, audited: Auditor, time: datetime) -> None:
    path = shared / "real" / "pdf" / "rct_trial__32977831__PMC7519555.pdf"
    result, store = audited(article_pdf=path.read_bytes())
    text = report(result, store.connection, Run("1", time))
    assert len(result.flags) > 1
    assert len(text.encode()) < MOST


def test_a_paper_in_which_every_p_value_is_flagged_has_a_small_report_that_says_what_it_leaves_out(
    audited: Auditor, time: datetime
) -> None:
    flagged = MOST_CARDS + 5
    table = f"<table><caption>Table 1. Events</caption>{HEAD}{''.join(map(row, range(flagged)))}</table>"
    text = "<h2>Methods</h2><p>Proportions were compared with Fisher's exact test. P &lt; 0.05 was considered significant.</p>"
    result, store = audited(odd_html=f"<html><head><title>Odd</title></head><body><h1>Odd</h1>{text}{table}</body></html>".encode())
    shown = report(result, store.connection, Run("1", time))
    assert len(result.flags) >= flagged
    assert len(shown.encode()) < MOST
    assert f"{len(result.flags) - MOST_CARDS} further findings are not shown one by one" in shown
