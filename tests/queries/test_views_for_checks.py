"""The rows that checks are given: without the columns that none of them reads."""

from __future__ import annotations

from typing import Any

import pytest

from counterproof.queries.audit import view_rows
from counterproof.queries.checks import all_checks
from counterproof.queries.views import UNREAD
from tests.queries.conftest import Auditor

PAPER = """<html><head><title>A trial</title></head><body><h1>A trial</h1>
<h2>Methods</h2><p>Patients were randomised to drug or placebo.</p>
<h2>Results</h2><p>Pain fell by 4.1 (95% CI 3.0 to 5.2) points and 12 (60%) of 20 had none; age ranged from 40 to 70.</p>
<p>Fewer patients had pain with drug than with placebo (8 of 20 vs 14 of 20, P = 0.11).</p>
<table><caption>Table 1. Baseline characteristics</caption><thead><tr><th>Variable</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th></tr>
</thead><tbody><tr><td>Age, mean (SD)</td><td>61.2 (8.1)</td><td>60.9 (7.9)</td></tr><tr><td>Weight, mean (SD)</td><td>71.3 (9.1)</td>
<td>70.2 (9.4)</td></tr><tr><td>Stay (days), median (range)</td><td>11 (5 to 22)</td><td>13 (6 to 18)</td></tr><tr><td>Women, n (%)</td>
<td>9 (45.0)</td><td>11 (55.0)</td></tr><tr><td>Score, mean (95% CI)</td><td>5.1 (4.0 to 6.2)</td><td>5.3 (4.4 to 6.2)</td></tr></tbody>
</table></body></html>"""


class Shown(dict[str, Any]):
    """A row that may be asked for what it has alone."""

    unread: tuple[str, ...] = ()

    def get(self, key: str, default: Any = None) -> Any:
        """What the row has, but for the columns that are left out."""
        assert key not in self.unread
        return super().get(key, default)


def test_no_check_asks_for_a_column_that_is_left_out(audited: Auditor) -> None:
    """Every check over rows without the columns that it is not given, of a paper that has rows in each of these views."""
    _, store = audited(paper_html=PAPER.encode())
    for check in all_checks():
        unread = UNREAD.get(check.view, ())
        shown = [Shown(row) for row in view_rows(store.connection, check.view, without=unread)]
        for row in shown:
            row.unread = unread
        assert shown or not unread, check.view
        list(check.run([*shown]))


@pytest.mark.parametrize(
    ("sentence", "uneven"),
    [
        ("Confidence intervals were had by bias-corrected and accelerated bootstrap.", True),
        ("Estimates come with 95% credible intervals.", True),
        ("Confidence intervals are Wald's. The tree was drawn with 100 bootstrap replicates.", False),
        ("Confidence intervals are Wald's.", False),
        ("Bootstrapping with 1,000 replications was used to obtain 95% confidence intervals.", True),
        ("The odds ratio was 0.53 (95% CrI 0.31 to 0.90).", True),
        ("The posterior cruciate ligament was sewn after an interval of six weeks.", False),
        ("Models were compared by the Bayesian information criterion; odds ratios have 95% confidence intervals.", False),
    ],
)
def test_a_paper_that_tells_of_bootstrap_or_bayesian_intervals(audited: Auditor, sentence: str, uneven: bool) -> None:
    """Its intervals need not be even."""
    _, store = audited(paper_html=PAPER.replace("</p>", f" {sentence}</p>", 1).encode())
    rows = store.connection.execute("select uneven from estimate_rows").fetchall()
    assert rows
    assert {row[0] for row in rows} == {uneven}
