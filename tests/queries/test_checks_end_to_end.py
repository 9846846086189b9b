"""Checks over a whole paper: from the file through the views to the findings, since the cases of a check bypass its view."""

from __future__ import annotations

from pathlib import Path

import pytest

import counterproof

PAPER = """<html><head><title>Drug against placebo</title></head><body><h1>Drug against placebo</h1>
<h2>Abstract</h2><p>Median overall survival was 20 months and the 2-year overall survival rate was 60%.</p>
<h2>Methods</h2><p>Patients were randomised to drug or placebo. P values below 0.05 were considered significant.</p>
<h2>Results</h2><p>A total of 217 patients were randomised to receive drug (n = 145) or placebo (n = 70). The 1-, 2- and 3-year overall
survival rates were 61%, 72% and 50%, respectively. Pain was significantly lower with drug (4.1 vs 4.3, P = 0.31). The median time to
recurrence was 74.4 days. The median hospital stay was 11.2 days with drug and 13.0 days with placebo.</p>
<table><caption>Table 1. Outcomes</caption><thead><tr><th>Variable</th><th>Drug (n = 9)</th><th>Placebo (n = 8)</th><th>P</th></tr></thead>
<tbody><tr><td>Operative time (min), median (range)</td><td>14 (15 to 22)</td><td>13 (10 to 18)</td><td>820</td></tr>
<tr><td>Number of drains, mean (SD)</td><td>3.47 (1.20)</td><td>3.50 (1.20)</td><td>0.24</td></tr>
<tr><td>Mean hospital stay (days)</td><td>11.2</td><td>13.0</td><td>0.21</td></tr>
<tr><td>Visits to a doctor, mean (SD)</td><td>8.26 (5.842)</td><td>7.64 (5.976)</td><td>0.83</td></tr>
<tr><td>Any contact, mean (SD)</td><td>8.26 (5.842)</td><td>7.64 (5.976)</td><td>0.83</td></tr></tbody></table>
<table><caption>Table 2. Patients with recurrence</caption><thead><tr><th>Patient No.</th><th>Time to recurrence (days)</th><th>Age</th>
</tr></thead><tbody><tr><td>1</td><td>56</td><td>51</td></tr><tr><td>2</td><td>32</td><td>64</td></tr><tr><td>3</td><td>49</td><td>47</td>
</tr><tr><td>4</td><td>91</td><td>70</td></tr><tr><td>5</td><td>144</td><td>66</td></tr></tbody></table></body></html>
"""

EXPECTED = {
    "bounds": "least value 15, median 14",
    "duplicate_values": "have the same mean and SD",
    "flow": "145 + 70 = 215",
    "grim": "no 9 whole numbers have this mean",
    "label": "11.2 and 13.0 are means in Table 1 and medians in the text",
    "listing": "it is the mean of the 5 values",
    "p_range": "820 stands in the column of P-values",
    "significance_words": "significantly lower with drug",
    "survival": "a survival curve cannot rise",
}


@pytest.fixture(scope="module")
def flags(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    path: Path = tmp_path_factory.mktemp("papers") / "paper.html"
    path.write_text(PAPER)
    found: dict[str, list[str]] = {}
    for finding in counterproof.audit(path).flags:
        found.setdefault(finding.check, []).append(finding.message)
    return found


@pytest.mark.parametrize("check", sorted(EXPECTED))
def test_a_paper_with_each_inconsistency(check: str, flags: dict[str, list[str]]) -> None:
    """Each planted inconsistency is told by its check."""
    assert any(EXPECTED[check] in message for message in flags.get(check, [])), flags.get(check)
