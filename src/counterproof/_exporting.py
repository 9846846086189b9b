"""The command ``export``: what a store says, for other programs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from counterproof._library import open_evidence
from counterproof._output import Messages, output
from counterproof.kb.errors import UsageError
from counterproof.kb.export import FORMATS, export


def run(format: str, *, store: Path, to: Path | None, wait: float, messages: Messages) -> int:
    """Run the command; the exit code. A format of one file goes to standard output where no place is named."""
    if format not in FORMATS:
        raise UsageError(f"no export is named {format}; there are: {', '.join(FORMATS)}")
    if to is None and FORMATS[format].folder:
        raise UsageError(f"{format} is a folder of files; name it with --output")
    with open_evidence(store, read_only=True, wait=wait) as evidence, tempfile.TemporaryDirectory() as scratch:
        told = export(evidence.connection, format, to or Path(scratch) / "export")
        if to is None:
            with output(None) as target:
                target.write((Path(scratch) / "export").read_text("utf-8"))
    for line in told:
        messages.say(line)
    if to is not None:
        messages.say(f"{to}: {FORMATS[format].title}")
    return 0
