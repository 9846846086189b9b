"""Where a command writes: data to standard output or a file, messages to standard error, colour and width as the terminal allows."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from counterproof.kb.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True)
class Target:
    """An open output with how it may be written to."""

    stream: TextIO
    width: int
    color: bool
    terminal: bool = False

    def write(self, text: str) -> None:
        """Write text as it is."""
        self.stream.write(text)

    def line(self, text: str, style: str = "") -> None:
        """Write one line as it is, in a style where there is colour."""
        if not (style and self.color):
            self.stream.write(f"{printable(text)}\n")
            return
        from rich.console import Console
        from rich.text import Text

        Console(file=self.stream, force_terminal=True).print(Text(text, style), soft_wrap=True)

    def print(self, *things: RenderableType) -> None:
        """Print things of rich, one below the other; lines are written without the blanks that fill them.

        A text that says ``no_wrap`` (a path) stays on one line, however narrow the terminal.
        """
        from rich.console import Console

        drawn = io.StringIO()
        console = Console(
            file=drawn,
            width=self.width,
            force_terminal=self.color,
            no_color=not self.color,
            highlight=False,
            emoji=False,
            markup=False,
        )
        for thing in things:
            console.print(thing, soft_wrap=bool(getattr(thing, "no_wrap", False)))
        self.stream.writelines(f"{printable(line.rstrip())}\n" for line in drawn.getvalue().split("\n")[:-1])


@contextmanager
def output(path: Path | None) -> Iterator[Target]:
    """Standard output, or the file of ``--output``, which appears only when it is complete."""
    if path is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", newline="\n")
        yield Target(sys.stdout, width(), colored(sys.stdout), sys.stdout.isatty())
        sys.stdout.flush()
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield Target(stream, 100, False)
        os.replace(part, path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        part.unlink(missing_ok=True)


def colored(stream: TextIO) -> bool:
    """Whether to colour: a terminal, and neither NO_COLOR nor a dumb terminal; FORCE_COLOR asks for it anyway."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def width() -> int:
    """Columns of the terminal (or COLUMNS), between 40 and 160; 100 where there is none."""
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 160))


_COMMANDS = re.compile(r"\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """A text without what a terminal would obey instead of show, as names of files may hold; colours stay."""
    return _COMMANDS.sub("\ufffd", text)


class Messages:
    """Lines on standard error; ``quiet`` keeps all but problems back, and without ``problems`` those too."""

    def __init__(self, *, quiet: bool = False, problems: bool = True) -> None:
        self.quiet = quiet
        self.problems = problems
        self.show_progress = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def problem(self, text: str) -> None:
        """Something that went wrong, on one line."""
        if not self.problems:
            return
        print("counterproof: " + printable(" ".join(text.split())), file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """Something worth knowing."""
        if not self.quiet:
            print(printable(text), file=sys.stderr, flush=True)
