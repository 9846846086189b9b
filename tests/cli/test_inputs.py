"""What a command line's paths stand for, and what broken files come to."""

from __future__ import annotations

import errno
import io
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterproof import _children, _inputs, _reading
from counterproof._extracting import find
from counterproof._inputs import Pieces, Source, TornError, looks_like_paper, sources
from counterproof._limits import Limits
from counterproof._output import Messages
from counterproof._reading import read_all

PROSE = "The trial compared two arms. Patients were followed for three years (see below). Nothing else was done. " * 12
PAPER = "Abstract\nWe compared two arms.\n\nMethods\nFisher's test was used.\n\nResults\nRelapse was rarer (P = 0.03).\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people keep them: papers, other files, hidden ones."""
    for name, text in {
        "a.txt": PAPER,
        "b/c.xml": "<?xml version='1.0'?><!DOCTYPE article><article></article>",
        "b/d.html": "<!DOCTYPE html><html></html>",
        "b/editorial.txt": PROSE,
        "b/empty.xml": "",
        "notes.md": "# Notes\n" + PAPER,
        "data.csv": "id,p\n1,0.03\n",
        "data.json": '{"p": 0.03}',
        "pom.xml": "<project></project>",
        "script.py": "import os\n" * 100,
        ".hidden/e.txt": PAPER,
        ".f.txt": PAPER,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    (tmp_path / "b" / "broken.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    return tmp_path


def names(found: list[Source], folder: Path) -> list[str]:
    return [str(Path(source.path).relative_to(folder)) for source in found]


def test_a_folder_stands_for_what_looks_like_a_paper(folder: Path) -> None:
    expected = ["a.txt", "b/broken.pdf", "b/c.xml", "b/d.html", "b/editorial.txt", "b/empty.xml"]
    left: list[str] = []
    assert sorted(names(sources([str(folder)], leave=left.append), folder)) == expected
    assert left == [str(folder / "pom.xml")]


def test_what_is_left_out_of_a_folder_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    find([str(folder)], None, Messages())
    assert "1 file looks like no paper and is left out" in capsys.readouterr().err
    (folder / "log.txt").write_text("one two three")
    find([str(folder)], None, Messages(), verbose=True)
    said = capsys.readouterr().err
    assert "2 files look like no papers and are left out" in said
    assert f"  {folder / 'log.txt'}\n" in said
    find([str(folder / "a.txt")], None, Messages())
    assert not capsys.readouterr().err


def test_a_pattern_stands_for_the_files_it_matches(folder: Path) -> None:
    assert names(sources([str(folder / "**" / "*.xml")]), folder) == ["b/c.xml", "b/empty.xml", "pom.xml"]
    assert sources([str(folder / "*.docx")]) == []


def test_a_named_file_is_read_whatever_it_is_and_each_file_once(folder: Path) -> None:
    paths = [str(folder / "data.csv"), str(folder / "missing.pdf"), str(folder / "b" / ".." / "data.csv")]
    assert names(sources(paths), folder) == ["data.csv", "missing.pdf"]


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"words")))
    assert sources(["-"], "piped.txt") == [Source("piped.txt", b"words")]


@pytest.mark.parametrize(
    ("head", "paper"),
    [
        (b"%PDF-1.7\n", True),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<article xml:lang='en'>", True),
        (b"<html><body>", True),
        (PAPER.encode(), True),
        (PAPER.encode("utf-16"), False),
        (b"\x89PNG\r\n\x1a\n", False),
        (b"PK\x03\x04" + bytes(30) + b"word/document.xml", True),
        (b"PK\x03\x04" + bytes(30) + b"photo.jpg", False),
        (b"[tool]\nname = 1\n", False),
        (b"", False),
    ],
)
def test_papers_are_known_by_their_content(head: bytes, paper: bool) -> None:
    assert looks_like_paper(head) is paper


def test_outcomes_come_in_order_and_one_broken_file_stops_nothing(folder: Path) -> None:
    paths = [folder / "b/empty.xml", folder / "b/c.xml", folder / "missing.pdf", folder / "b/broken.pdf"]
    outcomes = list(read_all([Source(str(path)) for path in paths], "object", jobs=2))
    assert [outcome.path for outcome in outcomes] == [str(path) for path in paths]
    assert [outcome.status for outcome in outcomes if outcome.path.endswith(("empty.xml", "missing.pdf", "broken.pdf"))] == ["failed"] * 3
    assert all(outcome.document_id for outcome in outcomes if not outcome.path.endswith("missing.pdf"))
    assert all("\n" not in problem for outcome in outcomes for problem in outcome.problems)


def test_a_file_that_changes_while_it_is_read_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text(PAPER)
    monkeypatch.setattr(_inputs, "_PIECE", 7)
    source = Source(str(folder / "a.txt"))
    assert b"".join(Pieces(source, len(PAPER))) == PAPER.encode()
    assert b"".join(Pieces(source, len(PAPER) + 30)) == PAPER.encode() + bytes(30)
    before = source.identity(1000)
    monkeypatch.setattr(Source, "identity", lambda *_: before)
    (folder / "a.txt").write_text(PAPER[:-40])
    (outcome,) = read_all([source], "object", jobs=1)
    assert (outcome.document_id, outcome.status) == (before[0], "failed")
    assert "was changed while it was read" in outcome.problems[0]


def test_a_file_that_cannot_be_read_to_its_end_costs_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Torn(Pieces):
        def __iter__(self) -> Iterator[bytes]:
            yield from list(super().__iter__())[:1]
            if self.source.path.endswith("torn.txt"):
                raise TornError from OSError(errno.EIO, "Input/output error")

    (folder / "torn.txt").write_text(PAPER)
    (folder / "whole.txt").write_text(PAPER + "More.\n")
    monkeypatch.setattr(_reading, "Pieces", Torn)
    torn, whole = read_all([Source(str(folder / name)) for name in ("torn.txt", "whole.txt")], "object", jobs=1)
    assert (torn.status, whole.status) == ("failed", "ok")
    assert "cannot be read to its end ([Errno 5] Input/output error)" in torn.problems[0]


def test_a_reader_that_hangs_or_dies_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    hang = "import time, sys; data = sys.stdin.buffer.read(1); time.sleep(60)"
    real = _children.START
    monkeypatch.setattr(_children, "START", hang)
    (outcome,) = read_all([Source("slow.txt", PAPER.encode())], "object", limits=Limits(start=0.3))
    assert outcome.status == "failed"
    assert "did not start within 0.3 s" in outcome.problems[0]
    monkeypatch.setattr(_children, "START", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    worker = _children.Worker(Limits())
    head, _ = worker.ask({"path": "torn.txt", "form": "object"}, [PAPER.encode()], len(PAPER.encode()))
    assert "signal 11" in head["problems"][0]
    monkeypatch.setattr(_children, "START", real)
    head, body = worker.ask({"path": "whole.txt", "form": "object"}, [PAPER.encode()], len(PAPER.encode()))
    worker.close()
    worker.join()
    assert head["status"] == "ok"
    assert body


def test_ending_early_ends_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_children, "START", "import time; time.sleep(60)")
    before = threading.enumerate()  # other tests' threads may still be about
    outcomes = read_all([Source(f"{n}.txt", PAPER.encode()) for n in range(9)], "object", jobs=2)
    begun = [thread for thread in threading.enumerate() if thread not in before and "ThreadPoolExecutor" in thread.name]
    outcomes.close()
    assert begun
    assert not [thread for thread in begun if thread.is_alive()]


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    (outcome,) = read_all([Source(str(folder / "a.txt"))], "object", limits=Limits(file_size=10))
    assert (outcome.status, outcome.document_id) == ("failed", None)
    assert "larger than" in outcome.problems[0]


def test_what_is_known_is_not_read_again(folder: Path) -> None:
    (first,) = read_all([Source(str(folder / "a.txt"))], "object")
    assert first.document_id
    (again,) = read_all([Source(str(folder / "a.txt"))], "object", known=[first.document_id])
    assert (again.skipped, again.body) == (True, b"")
