"""Whatever is wrong with files, stores and configuration is told in one line each, with the right exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from counterproof.kb.store import open_store

PAPER = "Abstract\nTwo arms.\n\nMethods\nFisher's test.\n\nResults\nIn 4 of 20 and 10 of 20 patients (P = 0.096).\n"


def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "counterproof.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_broken_files_have_one_line_each_and_the_others_are_done(tmp_path: Path) -> None:
    broken = {
        "empty.xml": b"",
        "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "torn.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
        "entity.xml": b"<?xml version='1.0'?><article><body><p>a &nonsense; b</p></body></article>",
    }
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "sound.txt").write_text(PAPER)
    done = run(tmp_path, "extract", ".", "--format", "csv")
    lines = done.stderr.splitlines()
    assert done.returncode == 3
    assert len(lines) == len(broken), done.stderr
    for name in broken:
        assert sum(name in line for line in lines) == 1, name
    assert "p_value" in done.stdout


def test_a_folder_without_papers_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b\n")
    for command in ("audit", "extract", "add"):
        done = run(tmp_path, command, ".")
        assert (done.returncode, done.stdout) == (5, "")
        assert "no papers in" in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_locked_store_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "sound.txt").write_text(PAPER)
    with open_store(tmp_path / "mine.duckdb"):
        done = run(tmp_path, "add", "sound.txt", "--store", "mine.duckdb")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "another process" in done.stderr


def test_a_corrupt_store_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "mine.duckdb").write_bytes(bytes(range(256)) * 100)
    for arguments in (("sql", "select 1"), ("schema",)):
        done = run(tmp_path, *arguments, "--store", "mine.duckdb")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "no DuckDB file" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 'red'\n", "no option is named colour"),
        ("jobs = 'many'\n", "jobs must be int"),
        ("jobs = \n", "not TOML"),
        ("fail-on = 'sometimes'\n", "sometimes"),
    ],
)
def test_a_configuration_that_is_off_is_said_so(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "counterproof.toml").write_text(text)
    (tmp_path / "sound.txt").write_text(PAPER)
    done = run(tmp_path, "audit", "sound.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_configuration_gives_the_defaults_and_the_command_line_wins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.counterproof]\nstore = 'mine.duckdb'\nformat = 'jsonl'\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "sound.txt").write_text(PAPER)
    assert run(inner, "add", "sound.txt", "--quiet").returncode == 0
    assert (tmp_path / "mine.duckdb").exists()
    assert run(inner, "extract", "sound.txt").stdout.startswith('{"document"')
    assert run(inner, "extract", "sound.txt", "--format", "text").stdout.startswith("sound.txt")
