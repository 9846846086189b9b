"""Figures attributed to a report that is in the same store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TRIAL = b"""<!DOCTYPE html><html><head><title>Radiotherapy before surgery for tumors of the lower bowel</title>
<meta name="citation_doi" content="10.5555/trial.1">
<meta name="citation_title" content="Radiotherapy before surgery for tumors of the lower bowel">
</head><body><h1>Radiotherapy before surgery for tumors of the lower bowel</h1>
<h2>Methods</h2><p>Patients had radiotherapy and then surgery.</p>
<h2>Results</h2><p>Of the 43 patients who were operated on, 11 (25.6%) had a pathological complete response. Table 1 shows the outcomes.</p>
<table><caption>Table 1. Outcomes</caption><tr><th>Outcome</th><th>All (n = 43)</th></tr>
<tr><td>Pathological complete response, n (%)</td><td>11 (25.6)</td></tr>
<tr><td>Local recurrence, n (%)</td><td>2 (4.7)</td></tr></table></body></html>"""

REVIEW = """<!DOCTYPE html><html><head><title>A review</title></head><body><h1>A review</h1>
<h2>Introduction</h2><p>Tumors of the lower bowel are common.</p>
<h2>Discussion</h2><p>In the trial of Meyer et al. [1], a pathological complete response was observed in {figure}% of the patients.
Others did not see this [2].</p>
<h2>References</h2><ol>
<li>Meyer A, Braun B. {title}. J Trials 2020;1:1-9.{doi}</li>
<li>Other C. Something else altogether about bowels. J Trials 2019;3:4-5.</li>
<li>Third D. Yet another report about the bowel. J Trials 2018;3:4-5.</li></ol></body></html>"""

TITLE = "Radiotherapy before surgery for tumors of the lower bowel"


def verdicts(
    audited: Callable[..., Any], figure: str, title: str = TITLE, doi: str = " doi:10.5555/trial.1"
) -> list[tuple[str, str | None]]:
    """What the check says of a review beside the trial that it cites."""
    result, _ = audited(trial_html=TRIAL, review_html=REVIEW.format(figure=figure, title=title, doi=doi).encode())
    return [(f.verdict, f.reason) for f in result.findings if f.check == "cited_figure"]


def test_a_figure_that_the_report_prints(audited: Callable[..., Any]) -> None:
    """25.6% is what the trial tells."""
    assert verdicts(audited, "25.6") == [("consistent", None)]


def test_a_figure_that_it_does_not(audited: Callable[..., Any]) -> None:
    """By its DOI, or by its title where it has none, the reference is that very report."""
    assert verdicts(audited, "32.4") == [("inconsistent", None)]
    assert verdicts(audited, "32.4", doi="") == [("inconsistent", None)]


def test_another_report_of_the_same_study_is_a_note(audited: Callable[..., Any]) -> None:
    """The title is the same but the DOI is another: never a flag. Another title is no link at all."""
    assert verdicts(audited, "32.4", doi=" doi:10.5555/abstract.9") == [("not_checkable", "other_report")]
    assert verdicts(audited, "32.4", title="Long-term results of radiotherapy before surgery", doi="") == []
