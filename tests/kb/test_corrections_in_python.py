"""Corrections in Python and at the command line: the same file, and the checks run again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import counterproof
from counterproof.cli import main
from counterproof.kb.dataset import Dataset
from counterproof.kb.errors import UsageError
from counterproof.kb.models import Finding

PAGE = b"""<!DOCTYPE html><html><head><title>A small trial</title></head><body><h1>A small trial</h1>
<h2>Methods</h2><p>Proportions were compared with the chi-squared test.</p>
<h2>Results</h2><table><caption>Table 1. Outcomes by arm</caption>
<tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr>
<tr><td>Relapse, n (%)</td><td>4 (20.0)</td><td>10 (50.0)</td><td>0.31</td></tr>
<tr><td>Cure, n (%)</td><td>8 (40.0)</td><td>4 (20.0)</td><td>0.168</td></tr></table></body></html>"""

SAID: Any = {"by": "A. Reader", "why": "a slip of the reading", "on": date(2030, 5, 6)}


def relapse(store: Dataset) -> Finding:
    """What the check of counts says of the first row."""
    found = store.findings.where(check="p_from_counts").about("Relapse").first()
    assert found is not None
    return found


@pytest.mark.parametrize("file", [None, "store.duckdb"])
def test_correct_and_set_aside(tmp_path: Path, file: str | None) -> None:
    """A flag goes when its number is put right or it is set aside; what matches nothing is refused and not written."""
    (tmp_path / "trial.html").write_bytes(PAGE)
    store = tmp_path / file if file else None
    with counterproof.open(store) as mine:
        mine.add(tmp_path / "trial.html")
        assert mine.check() == 1
        flag = relapse(mine)
        mine.set_aside(flag, **SAID)
        aside = relapse(mine)
        assert (aside.verdict, aside.reason) == ("not_checkable", "set_aside")
        assert "A. Reader on 2030-05-06" in aside.message
        words = mine.correct("trial.html", "Relapse", "0.31", value="0.047", **SAID)
        assert "value 0.047 instead of value 0.31" in words
        assert relapse(mine).verdict == "consistent"
        with pytest.raises(UsageError, match="no such number"):
            mine.correct("trial.html", "Relapse", "0.32", value="0.047", **SAID)
        with pytest.raises(UsageError, match="no document here"):
            mine.correct("other.html", "Relapse", "0.31", value="0.047", **SAID)
    if store:
        text = (tmp_path / "store.duckdb.corrections.toml").read_text("utf-8")
        assert text.count("[[correction]]") == text.count("[[false_alarm]]") == 1


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The file beside the store is laid over it by ``correct`` and by every audit; the report says so."""
    monkeypatch.chdir(tmp_path)
    Path("trial.html").write_bytes(PAGE)
    Path("store.duckdb.corrections.toml").write_text(
        '[[correction]]\ndocument = "trial.html"\nquote = "Relapse"\nnumber = "0.31"\nvalue = "0.047"\n'
        'by = "A"\non = 2030-05-06\nwhy = "x"\n'
    )

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["counterproof", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    code, out, _ = run("audit", "trial.html", "--store", "store.duckdb")
    assert code == 0
    assert "amended  0.31 in “Relapse”: value 0.047 instead of value 0.31" in out
    assert run("correct", "--store", "store.duckdb")[0] == 0
    file = Path("store.duckdb.corrections.toml")
    file.write_text(file.read_text().replace('"Relapse"', '"Remission"'))
    code, _, err = run("correct", "--store", "store.duckdb")
    assert code == 1
    assert "no such number stands there" in err
    code, _, err = run("audit", "trial.html", "--store", "store.duckdb")
    assert code == 1
    assert "is not applied" in err
    file.write_text("[[correction]]\nby = ")
    code, _, err = run("audit", "trial.html", "--store", "store.duckdb")
    assert (code, err.count("\n")) == (2, 1)
    assert run("correct", "missing.toml", "--store", "store.duckdb")[0] == 2
