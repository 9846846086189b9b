"""Runs the examples of the docs and writes what they print beneath them.

In a page, a block of ``sql`` is asked of the demo corpus and a block of ``python`` is run (one session a page); what follows in a block of
``text`` is their output. A block of ``console`` holds commands after ``$`` with their output, run one after the other in an empty folder
that has ``corpus`` in it; ``| head -n N`` is understood, a longer output is cut and says so.
"""

from __future__ import annotations

import ast
import contextlib
import datetime
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import counterproof
from counterproof import _querying, cli
from counterproof._output import Target
from counterproof.kb.dataset import Dataset

DOCS = Path(__file__).resolve().parent
PAGES = ("quickstart.md", "cookbook.md", "dataset.md", "exports.md", "corrections.md")
WIDTH = 100

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    """A page with what its examples print today."""
    text = (DOCS / name).read_text("utf-8")
    session: dict[str, object] = {}
    with _folder():
        return _refreshed(text, session)


def _refreshed(text: str, session: dict[str, object]) -> str:
    pieces, at, printed = [], 0, None
    for block in _FENCE.finditer(text):
        kind, body = block[1], block[2]
        if kind == "text" and printed is not None:
            body, printed = printed, None
        elif kind in ("sql", "python"):
            printed = _RUN[kind](body, session)
        elif kind == "console":
            body = "".join(_console(command) for command in _commands(body))
        pieces += [text[at : block.start()], f"```{kind}\n{body}```"]
        at = block.end()
    return "".join([*pieces, text[at:]])


def _sql(body: str, _: dict[str, object]) -> str:
    out = io.StringIO()
    _querying.WRITERS["table"](demo().sql(body.strip().rstrip(";")).arrow(), Target(out, WIDTH, False))
    return _shown(out.getvalue())


def _python(body: str, session: dict[str, object]) -> str:
    out = io.StringIO()
    session.setdefault("demo", demo())
    with contextlib.redirect_stdout(out):
        exec(compile(body, "example", "exec"), session)
    return _shown(out.getvalue())


_RUN: dict[str, Callable[[str, dict[str, object]], str]] = {"sql": _sql, "python": _python}


_load = cache(counterproof.datasets.load)


def demo() -> Dataset:
    """The demo corpus, read and checked."""
    return _load("rectal-demo")


def _commands(body: str) -> list[str]:
    """The commands of a console block; a line that ends in a backslash goes on."""
    joined = re.findall(r"^\$ ((?:.*\\\n)*.*)$", body, re.MULTILINE)
    return list(joined)


def _console(command: str) -> str:
    """A command and what it prints on both streams."""
    line, _, head = command.replace("\\\n", " ").partition(" | head -n ")
    words = shlex.split(line)
    if words[0] == "cat":
        printed = "".join(Path(name).read_text("utf-8") for name in words[1:])
    else:
        printed = _run(words)
    return f"$ {command}\n" + (_first(printed, int(head)) if head else _shown(printed))


def _run(words: list[str]) -> str:
    """The command line in this process."""
    out, argv = io.StringIO(), sys.argv
    sys.argv = words
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
            cli.main()
    finally:
        sys.argv = argv
    return out.getvalue()


def _lines(text: str) -> list[str]:
    """The lines of an output, long ones cut, today's date left out."""
    dated = text.replace(f"{datetime.date.today():%Y-%m-%d}", "(today's date)")
    return [line if len(line) <= 240 else line[:239] + "…" for line in dated.splitlines()]


def _shown(text: str, most: int = 45) -> str:
    lines = _lines(text)
    more = [f"… {len(lines) - most} more lines"] if len(lines) > most else []
    return "".join(f"{line}\n" for line in [*lines[:most], *more])


def _first(text: str, number: int) -> str:
    return "".join(f"{line}\n" for line in _lines(text)[:number])


@contextlib.contextmanager
def _folder() -> Iterator[None]:
    """An empty folder to work in, with the corpus and a terminal's width."""
    before, settings = Path.cwd(), {"COLUMNS": str(WIDTH), "NO_COLOR": "1"}
    saved = {name: os.environ.get(name) for name in settings}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus").symlink_to(DOCS.parent / "corpus")
        os.environ.update(settings)
        os.chdir(folder)
        load = counterproof.datasets.load
        counterproof.datasets.load = lambda *_, **__: demo()  # read once for all pages
        try:
            yield
        finally:
            counterproof.datasets.load = load
            os.chdir(before)
            for name, value in saved.items():
                os.environ.pop(name, None) if value is None else os.environ.update({name: value})


GENERATED = {name: partial(page, name) for name in PAGES}
"""The pages with a function that gives each as it should be."""


def notebook() -> str:
    """The tutorial (``tutorial.py``, cells after ``# %%``) as a notebook with the outputs of today."""
    import nbformat
    from nbformat import v4

    cells, session = [], {}
    with _folder():
        for number, piece in enumerate((DOCS / "tutorial.py").read_text("utf-8").split("# %%")[1:]):
            head, _, body = piece.partition("\n")
            if "[markdown]" in head:
                text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in body.strip().splitlines())
                cells.append(v4.new_markdown_cell(text, id=f"cell-{number}"))
            else:
                cells.append(v4.new_code_cell(body.strip(), id=f"cell-{number}", execution_count=None, outputs=_outputs(body, session)))
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}
    made = v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(made)
    return nbformat.writes(made, indent=1) + "\n"


def _outputs(body: str, session: dict[str, object]) -> list[object]:
    """What a notebook shows of a cell: what it prints, and its last expression."""
    from nbformat import v4

    tree = ast.parse(body)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    out, value = io.StringIO(), None
    with contextlib.redirect_stdout(out):
        exec(compile(tree, "cell", "exec"), session)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), session)
    found: list[object] = [v4.new_output("stream", name="stdout", text=out.getvalue())] if out.getvalue() else []
    if value is not None:
        shown = {"text/plain": repr(value)} if not hasattr(value, "_repr_html_") else {"text/html": value._repr_html_()}
        found.append(v4.new_output("execute_result", data={"text/plain": type(value).__name__, **shown}, execution_count=None))
    return found


GENERATED["tutorial.ipynb"] = notebook
