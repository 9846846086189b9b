"""Colour, width and progress as the terminal allows: in a terminal, in a narrow one, in a pipe; and the shell's completion."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from counterproof import _options

Run = Callable[..., tuple[int, str, str]]
PLAIN = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI")


def in_terminal(*arguments: object, columns: int, **variables: str) -> str:
    """What a program shows in a terminal of so many columns, escapes included; standard output and error are the terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    around = {k: v for k, v in os.environ.items() if k not in PLAIN} | {"TERM": "tmux-256color"} | variables
    command = [sys.executable, "-m", "counterproof.cli", *map(str, arguments)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=around)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        pass  # the other end is closed
    finally:
        os.close(ours)
    process.wait(60)
    return shown.decode()


def plain(text: str) -> str:
    """A text without escapes, and of each line what was written last."""
    without = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r\n", "\n")
    return "\n".join(line.rpartition("\r")[2] for line in without.split("\n"))


def test_a_terminal_gets_colour_its_own_width_and_progress_that_goes_away(sound: Path, unsound: Path) -> None:
    shown = in_terminal("audit", sound, unsound, columns=52)
    assert "\x1b[1m" in shown
    assert "reading" in shown
    assert "0/2" in shown or "1/2" in shown
    report = plain(shown)
    assert "inconsistent" in report
    told = [line for line in report.split("\n") if line.startswith("      ")]
    assert told
    assert max(map(len, told)) <= 52


def test_a_terminal_that_asks_for_no_colour_gets_none() -> None:
    assert "\x1b[1m" in in_terminal("explain", "percent", columns=80)
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b[" not in in_terminal("explain", "percent", columns=80, **variables)


def test_lists_are_set_for_the_eye_in_a_terminal_and_one_a_line_in_a_pipe(run: Run) -> None:
    shown = plain(in_terminal("checks", columns=44))
    assert max(map(len, shown.split("\n"))) <= 44
    assert "p_from_counts" in shown
    lines = run("checks")[1].splitlines()
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)


def test_a_pipe_gets_neither_colour_nor_progress(run: Run, sound: Path, unsound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PLAIN:
        monkeypatch.delenv(name, raising=False)
    _, out, err = run("audit", sound, unsound)
    assert "\x1b" not in out + err
    assert "reading" not in err


def test_columns_set_the_width_of_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(len, run("explain", "percent")[1].splitlines())) <= 50


def test_an_explanation_has_method_limits_example_and_reference(run: Run) -> None:
    text = run("explain", "p_from_counts")[1]
    for heading in ("Preconditions:", "Example:", "Reference:", "View:"):
        assert f"\n{heading} " in text
    assert "--of PAPER" in text


def test_a_check_that_is_misspelt_is_asked_for(run: Run, sound: Path) -> None:
    code, _, err = run("audit", sound, "--select", "percnt")
    assert code == 2
    assert "did you mean percent?" in err


def test_the_shell_completes_the_names_of_checks() -> None:
    assert _options.check_names("p_from_c") == ["p_from_counts"]
    assert "percent" in _options.check_names("")
