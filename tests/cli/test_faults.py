"""Whatever is wrong with files, stores and configuration is told in one line each, with the right exit code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from counterproof.kb.store import open_store

Run = Callable[..., tuple[int, str, str]]


def test_broken_files_have_one_line_each_and_the_others_are_done(run: Run, sound: Path, tmp_path: Path) -> None:
    broken = {
        "empty.xml": b"",
        "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "torn.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
        "entity.xml": b"<?xml version='1.0'?><article><body><p>a &nonsense; b</p></body></article>",
    }
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
    code, out, err = run("extract", ".", "--format", "csv")
    told = err.splitlines()
    assert code == 3
    assert len(told) == len(broken), err
    for name in broken:
        assert sum(name in line for line in told) == 1, name
    assert sound.name in out


@pytest.mark.parametrize("command", ["audit", "extract", "add"])
def test_a_folder_without_papers_is_no_input(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "data.csv").write_text("a,b\n")
    code, out, err = run(command, ".")
    assert (code, out, err.count("\n")) == (5, "", 1)
    assert "no papers in" in err


def test_a_locked_store_is_said_so(run: Run, sound: Path, tmp_path: Path) -> None:
    open_store(tmp_path / "mine.duckdb").close()
    hold = "import duckdb, sys; c = duckdb.connect('mine.duckdb'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        code, out, err = run("add", sound, "--store", "mine.duckdb")
        other.kill()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "another process" in err


@pytest.mark.parametrize("arguments", [("sql", "select 1"), ("schema",), ("add", "sound.xml"), ("audit", "sound.xml")])
def test_a_corrupt_store_is_said_so(run: Run, sound: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert sound.exists()
    (tmp_path / "mine.duckdb").write_bytes(bytes(range(256)) * 100)
    code, out, err = run(*arguments, "--store", "mine.duckdb")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "no DuckDB file" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 'red'\n", "no option is named colour"),
        ("jobs = 'many'\n", "jobs must be int"),
        ("jobs = \n", "not TOML"),
        ("fail-on = 'sometimes'\n", "sometimes"),
    ],
)
def test_a_configuration_that_is_off_is_said_so(run: Run, sound: Path, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "counterproof.toml").write_text(text)
    code, out, err = run("audit", sound)
    assert (code, out) == (2, "")
    assert said in err


def test_a_configuration_gives_the_defaults_and_the_command_line_wins(
    run: Run, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.counterproof]\nstore = 'mine.duckdb'\nformat = 'jsonl'\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert run("add", sound, "--quiet")[0] == 0
    assert (tmp_path / "mine.duckdb").exists()
    assert run("extract", sound)[1].startswith('{"document"')
    assert run("extract", sound, "--format", "text")[1].startswith(str(sound))
