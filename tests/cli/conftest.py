"""The command line run in this process, and papers to run it on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from counterproof import _children, _worker, cli

SOUND = """<?xml version="1.0"?>
<article><front><article-meta><title-group><article-title>A small trial</article-title></title-group></article-meta></front>
<body><sec sec-type="methods"><title>Methods</title><p>Proportions were compared with Fisher's exact test. P &lt; 0.05 was
considered significant.</p></sec><sec sec-type="results"><title>Results</title><p>Table 1 shows the outcomes.</p>
<table-wrap id="t1"><label>Table 1</label><caption><p>Outcomes by arm</p></caption><table><thead>
<tr><th>Outcome</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr></thead><tbody>
<tr><td>Relapse, n (%)</td><td>4 (20.0)</td><td>10 (50.0)</td><td>{p}</td></tr>
</tbody></table></table-wrap></sec></body></article>
"""


def _here(
    worker: _children.Worker,
    head: dict[str, Any],
    pieces: Iterable[bytes],
    length: int,  # noqa: ARG001
    into: Callable[[], _worker.Sink] | None = None,
) -> _children.Answer:
    """A child's answer, given by this process."""
    said, body = _worker.answer(b"".join(pieces), head, worker.limits)
    if into is None:
        return said, body
    into().write(body)
    return said, b""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in an empty folder, documents read in this process: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(_children.Worker, "ask", _here)
    monkeypatch.setattr(cli, "hide", lambda name: None)  # noqa: ARG005 - other tests in this process want their modules

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["counterproof", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A paper whose P-value follows from its counts by the declared test."""
    path = tmp_path / "sound.xml"
    path.write_text(SOUND.format(p="0.096"))
    return path


@pytest.fixture
def unsound(tmp_path: Path) -> Path:
    """A paper whose P-value cannot follow from its counts."""
    path = tmp_path / "unsound.xml"
    path.write_text(SOUND.format(p="0.41"))
    return path
