"""Manuscripts are confidential: no network, no files outside the store's folder, none left behind; and a checkout without links."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from counterproof import _checkout
from counterproof.kb.store import open_store

WATCH = """
import os, sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        with open(os.environ["WATCHED"], "a") as file:
            file.write(f"{event} {arguments[1:]!r}\\n")
sys.addaudithook(hook)
open(os.environ["WATCHED"] + f".{os.getpid()}", "w").close()
"""
"""Notes whatever this process and its children do with the network, and that they were watched."""


def watched(tmp_path: Path, *arguments: str) -> int:
    """Run a command with its network watched and its folder of temporary files known; how many processes took part."""
    site, seen = tmp_path / "site", tmp_path / "watched"
    site.mkdir(exist_ok=True)
    seen.mkdir(exist_ok=True)
    (tmp_path / "temporary").mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(WATCH)
    environment = os.environ | {
        "PYTHONPATH": f"{site}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "WATCHED": str(seen / "log"),
        "TMPDIR": str(tmp_path / "temporary"),
    }
    command = [sys.executable, "-m", "counterproof.cli", *arguments]
    assert subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False).returncode in (0, 1)
    assert not (seen / "log").exists(), (seen / "log").read_text()
    return len(list(seen.iterdir()))


@pytest.mark.slow
def test_nothing_opens_a_connection_or_leaves_a_file(sound: Path, tmp_path: Path) -> None:
    assert watched(tmp_path, "audit", str(sound)) >= 2  # the command and its child
    assert watched(tmp_path, "add", str(sound), "--audit") >= 4
    assert watched(tmp_path, "sql", "select count(*) from evidence") >= 6
    assert not list((tmp_path / "temporary").iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {"site", "watched", "temporary", sound.name, "evidence.duckdb", "evidence.shards"}


def test_a_store_fetches_no_extension_and_writes_nowhere_else(tmp_path: Path) -> None:
    query = "select current_setting('autoinstall_known_extensions'), current_setting('temp_directory')"
    with open_store() as store:
        assert store.connection.execute(query).fetchone() == (False, "")
    (tmp_path / "a.duckdb.tmp").mkdir()
    (tmp_path / "a.duckdb.tmp" / "left.tmp").write_bytes(b"rows of a process that was killed")
    with open_store(tmp_path / "a.duckdb") as store:
        assert store.connection.execute(query).fetchone() == (False, str(tmp_path / "a.duckdb.tmp"))
        assert not (tmp_path / "a.duckdb.tmp").exists()


def test_a_checkout_without_links_says_what_to_do(tmp_path: Path) -> None:
    package = tmp_path / "counterproof"
    package.mkdir()
    here = Path(_checkout.__file__).parent
    for name in ("__init__.py", "_checkout.py"):
        (package / name).write_text((here / name).read_text("utf-8"))
    (package / "extract").write_text("../../extract")
    done = subprocess.run(
        [sys.executable, "-c", "import counterproof"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "core.symlinks" in done.stderr
    assert "install the wheel" in done.stderr


@pytest.mark.parametrize("missing", ["resource", "fcntl"])
def test_a_system_without_limits_or_locks_still_works(missing: str, sound: Path, tmp_path: Path) -> None:
    """As on Windows."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(f"import sys; sys.modules[{missing!r}] = None\n")
    command = [sys.executable, "-m", "counterproof.cli", "add", str(sound), "--store", "a.duckdb"]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(site)}, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 added" in done.stderr
