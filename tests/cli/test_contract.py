"""The command line keeps its contract: formats, streams, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

import counterproof

Run = Callable[..., tuple[int, str, str]]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_extract_prints_the_contract(run: Run, sound: Path) -> None:
    code, out, err = run("extract", sound, "--format", "jsonl")
    assert (code, err) == (0, "")
    (document,) = lines(out)
    assert set(document) == {"document", "tables", "evidence", "methods", "status", "problems"}
    about, (table,), evidence = document["document"], document["tables"], document["evidence"]
    assert {"id", "path", "title", "doi", "pmcid", "year", "n_pages"} <= set(about)
    assert about["path"] == str(sound)
    assert table["rows"][1] == ["Relapse, n (%)", "4 (20.0)", "10 (50.0)", "0.096"]
    assert table["header_rows"] == 1
    assert {"column", "label", "n"} == set(table["arms"][0])
    assert [arm["n"] for arm in table["arms"]] == [20, 20]
    (p,) = [one for one in evidence if one["kind"] == "p_value" and one["table"]]
    assert (p["text"], p["value"], p["comparator"], p["decimals"]) == ("0.096", 0.096, "=", 3)
    assert (p["table"], p["row"], p["column"], p["bbox"], p["page"]) == ("Table 1", 1, 3, None, None)
    assert {"unit", "variable", "level", "arm", "timepoint", "section", "quote", "char_start", "char_end"} <= set(p)


def test_extract_in_all_formats(run: Run, sound: Path) -> None:
    assert json.loads(run("extract", sound, "--format", "json")[1])[0]["status"] == "ok"
    rows = list(csv.DictReader(io.StringIO(run("extract", sound, "--format", "csv")[1])))
    assert {row["document"] for row in rows} == {str(sound)}
    text = run("extract", sound)[1]
    assert "A small trial" in text
    assert "10 (50.0)" in text


def test_audit_tells_findings_and_sums_up_last(run: Run, sound: Path, unsound: Path) -> None:
    code, out, _ = run("audit", sound, unsound, "--format", "jsonl", "--all")
    assert code == 1
    *findings, summary = lines(out)
    assert {"documents", "failed", "p_values_found", "p_values_checked", "by_verdict", "by_check"} <= set(summary["summary"])
    by_path = {(f["document"], f["check"]): f for f in findings}
    assert by_path[str(sound), "p_from_counts"]["verdict"] == "consistent"
    flagged = by_path[str(unsound), "p_from_counts"]
    assert flagged["verdict"] == "inconsistent"
    assert flagged["reported"] == "0.41"
    assert (flagged["table"], flagged["row"]) == ("Table 1", 1)
    assert flagged["fingerprint"]


def test_audit_exit_codes(run: Run, sound: Path, unsound: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.xml"
    empty.touch()
    silent = tmp_path / "silent.txt"
    silent.write_text("Only words stand here. " * 40)
    assert run("audit", sound)[0] == 0
    assert run("audit", unsound)[0] == 1
    assert run("audit", unsound, "--fail-on", "never")[0] == 0
    assert run("audit", unsound, empty)[0] == 3
    assert run("audit", empty)[0] == 5
    assert run("audit", silent)[0] == 5
    assert run("audit", sound, "--select", "no_such_check")[0] == 2
    assert run("audit", sound, "--jobs", "many")[0] == 2
    assert run("audit")[0] == 2


def test_select_and_ignore_choose_checks(run: Run, unsound: Path) -> None:
    assert run("audit", unsound, "--ignore", "p_from_counts")[0] == 0
    *findings, _ = lines(run("audit", unsound, "--select", "percent", "--all", "--format", "jsonl")[1])
    assert {finding["check"] for finding in findings} == {"percent"}


def test_a_baseline_hides_what_is_known(run: Run, unsound: Path, tmp_path: Path) -> None:
    for format in ("jsonl", "json"):
        file = tmp_path / f"baseline.{format}"
        assert run("audit", unsound, "--format", format, "--output", file)[0] == 1
        code, out, err = run("audit", unsound, "--baseline", file, "--format", "jsonl")
        assert (code, len(lines(out))) == (0, 1)
        assert "1 finding(s) of the baseline" in err
    (tmp_path / "bad").write_text("words")
    assert run("audit", unsound, "--baseline", tmp_path / "bad")[0] == 2


def test_the_same_file_twice_is_reported_once(run: Run, unsound: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xml"
    copy.write_bytes(unsound.read_bytes())
    code, out, err = run("audit", unsound, copy, unsound, "--format", "jsonl")
    assert (code, len(lines(out))) == (1, 2)
    assert "the same file" in err


def test_a_store_keeps_evidence_and_findings(run: Run, unsound: Path) -> None:
    assert run("audit", unsound, "--store", "mine.duckdb")[0] == 1
    _, out, _ = run(
        "sql", "select check_id, verdict from findings where verdict = 'inconsistent'", "--store", "mine.duckdb", "--format", "jsonl"
    )
    assert lines(out) == [{"check_id": "p_from_counts", "verdict": "inconsistent"}]
    _, _, err = run("add", unsound, "--store", "mine.duckdb")
    assert "0 added, 1 there already" in err


def test_rows_of_a_query_in_all_formats(run: Run, sound: Path, tmp_path: Path) -> None:
    run("add", sound, "--quiet")
    query = "select kind, value, decimals from evidence where kind = 'p_value' and table_no = 0"
    expected = {"kind": "p_value", "value": 0.096, "decimals": 3}
    assert lines(run("sql", query, "--format", "jsonl")[1]) == [expected]
    assert json.loads(run("sql", query, "--format", "json")[1]) == [expected]
    assert run("sql", query, "--format", "csv")[1] == "kind,value,decimals\np_value,0.096,3\n"
    assert run("sql", query)[1] == "kind     value  decimals\np_value  0.096         3\n(1 row)\n"
    (tmp_path / "query.sql").write_text(query)
    assert run("sql", "-f", "query.sql", "--format", "parquet", "-o", "rows.parquet")[0] == 0
    assert parquet.read_table(tmp_path / "rows.parquet").to_pylist() == [expected]
    for arguments in ((), (query, "-f", "query.sql"), ("drop view evidence",), (query, "--format", "parquet")):
        code, out, err = run("sql", *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_standard_input_has_a_name(run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sound.read_bytes())))
    code, out, _ = run("extract", "-", "--stdin-filename", "piped.xml", "--format", "jsonl")
    assert code == 0
    assert json.loads(out)["document"]["path"] == "piped.xml"


def test_output_goes_to_a_file_and_messages_to_standard_error(run: Run, sound: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    code, out, err = run("extract", sound, "--format", "jsonl", "--output", file)
    assert (code, out, err) == (0, "", "")
    assert json.loads(file.read_text())["status"] == "ok"
    code, _, err = run("extract", sound, "--output", tmp_path / "nowhere" / "x")
    assert (code, err.count("\n")) == (2, 1)


def test_checks_explain_and_schema(run: Run) -> None:
    assert "p_from_counts" in run("checks")[1]
    assert "p_from_counts" in {check["id"] for check in json.loads(run("checks", "--format", "json")[1])}
    assert "P-value" in run("explain", "p_from_counts")[1]
    code, out, err = run("explain", "nothing")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "The number as printed." in run("schema", "evidence")[1]
    assert run("schema", "nothing")[0] == 2
    assert {"evidence", "findings"} <= {view["name"] for view in json.loads(run("schema", "--format", "json")[1])}


def test_recompute_prints_a_verdict_a_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("id,arm,n,count,p\na,x,20,4,0.096\na,y,20,10,0.096\nb,x,20,4,0.41\nb,y,20,10,0.41\n")
    code, out, _ = run("recompute", file, "--format", "jsonl")
    assert code == 1
    first, second = lines(out)
    assert {"id", "verdict", "reported", "recomputed", "reason"} <= set(first)
    assert [(one["id"], one["verdict"]) for one in (first, second)] == [("a", "consistent"), ("b", "inconsistent")]
    assert "2 comparisons: 1 consistent, 1 inconsistent" in run("recompute", file, "--fail-on", "never")[1]
    file.write_text("id,arm,n,count,p\n")
    assert run("recompute", file)[0] == 5
    assert run("recompute", tmp_path / "none.csv")[0] == 2


def test_the_version_comes_before_anything_heavy() -> None:
    code = "import sys; from counterproof import cli; print({'duckdb', 'pandas', 'numpy', 'pyarrow', 'scipy', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    done = subprocess.run([sys.executable, "-m", "counterproof.cli", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"counterproof {counterproof.__version__}\n"


def test_no_colour_where_it_is_not_wanted(run: Run, unsound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("audit", unsound)[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run("audit", unsound)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("audit", unsound)[1]


def test_a_closed_pipe_ends_quietly(sound: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "counterproof.cli", "extract", str(sound), "--format", "jsonl"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert "Traceback" not in done.stderr
