"""What a hostile paper says reaches people and programs as text: no markup, no commands, no formulas."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import counterproof
from counterproof._output import printable
from counterproof.kb.sheets import guarded
from tests.hostile import markup

Run = Callable[..., tuple[int, str, str]]
COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "active.html"
    path.write_text(markup.active_page(), "utf-8")
    return path


def test_nothing_active_reaches_the_report(run: Run, paper: Path) -> None:
    code, page, _ = run("audit", paper, "--format", "html")
    assert code == 1
    assert "Content-Security-Policy" in page
    shown = getattr(counterproof.audit(paper).findings[0], "_repr_html_", str)()
    for text in (page, shown):
        root = etree.HTML(text or "<html/>")
        assert "owned" not in "".join("".join(map(str, script.itertext())) for script in root.iter("script", "style"))
        for element in root.iter():
            if isinstance(element.tag, str):
                assert element.tag not in ("iframe", "object", "embed", "base", "link"), element.tag
                assert not any(name.startswith("on") for name in element.attrib), dict(element.attrib)
                addresses = " ".join(element.get(name, "") for name in ("href", "src", "style", "action"))
                assert "javascript:" not in addresses
                assert "127.0.0.1" not in addresses


def test_nothing_active_reaches_the_letter(run: Run, paper: Path) -> None:
    _, letter, _ = run("audit", paper, "--format", "letter")
    assert "owned" in letter
    letter = re.sub(r"(?m)^    .*$", "", letter)  # the arithmetic stands in a block of code
    assert not re.search(r"(?<!\\)<(?:script|img|svg|a)\b", letter), letter
    assert not re.search(r"(?<!\\)\]\(", letter)


@pytest.mark.parametrize("name", ["strange-letters.html", "escapes.txt"])
@pytest.mark.parametrize("arguments", [("extract", "text"), ("extract", "csv"), ("audit", "text"), ("audit", "csv"), ("audit", "sarif")])
def test_no_command_reaches_a_terminal(run: Run, tmp_path: Path, name: str, arguments: tuple[str, str]) -> None:
    (tmp_path / name).write_bytes({**markup.HTML, **markup.TEXT}[name]())
    command, format = arguments
    _, out, err = run(command, name, "--format", format)
    assert not COMMANDS.search(out), COMMANDS.findall(out)
    assert not COMMANDS.search(err)
    out.encode("utf-8")


def test_a_name_is_no_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J\x9b.xml").write_text("<article")
    for format in ("text", "csv"):
        _, _out, err = run("extract", ".", "--format", format)
        assert not COMMANDS.search(err), err
    assert printable("\x1b[1mbold\x1b[0m \x1b]0;title\x07") == "\x1b[1mbold\x1b[0m \ufffd]0;title\ufffd"


@pytest.mark.parametrize("command", ["extract", "audit"])
def test_no_cell_is_a_formula(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "sheet.xml").write_text(markup.formulas_of_sheets())
    _, out, _ = run(command, "sheet.xml", "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert any("cmd" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"[=@\t\r]|[+-].*[a-z(|!]", cell)]
    _, out, _ = run(command, "sheet.xml", "--format", "jsonl")
    assert all(json.loads(line) for line in out.splitlines())


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "\t=1", "+1+cmd", "-2+3+cmd|' /C calc'!A0", "-x"])
def test_formulas_are_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-4.5", "-1.2 to 3.4", "+0.3 (−1–2)", "-0.5%", "Age", "", "P = 0.03"])
def test_printed_numbers_stay(text: str) -> None:
    assert guarded(text) == text
