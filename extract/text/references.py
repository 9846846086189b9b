"""The reference list of an export: entries by their numbers, else by blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.references import reference
from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line
from counterproof.kb.document import Reference

_ENTRY = re.compile(r"(?:[-•*]\s?)?[\[(]?(?P<number>\d{1,3})(?:[\])]\.?\s*|\.\s*|\s+|)(?=[^\W\d_]|[\"“'])")


def entries(lines: Sequence[Line], joiner: Joiner) -> list[Reference]:
    """The references in these lines; lines before the first entry are dropped."""
    starts = _numbered(lines)
    if len(starts) < 2:
        starts = [i for i, line in enumerate(lines) if line.opens]
    if not starts:
        return []
    found: list[Reference] = []
    for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
        text = joiner.join([line.text for line in lines[a:b]])
        hit = _ENTRY.match(text)
        if len(text) > 20:
            found.append(reference(hit["number"] if hit else "", text[hit.end() if hit else 0 :]))
    return found


def listed(lines: Sequence[Line]) -> int:
    """Where a reference list without a heading begins: five entries numbered one after another; the number of lines if none does."""
    run: list[int] = []
    due = 1
    for i, line in enumerate(lines):
        hit = _ENTRY.match(line.text) if line.text[:1] in "-•[*" else None
        if hit and int(hit["number"]) == due:
            run.append(i)
            due += 1
            if due == 6:
                return run[0]
        elif hit:
            run, due = [], 1
    return len(lines)


def _numbered(lines: Sequence[Line]) -> list[int]:
    """The lines that open an entry: numbers that follow one another."""
    starts: list[int] = []
    due: int | None = None
    for i, line in enumerate(lines):
        hit = _ENTRY.match(line.text)
        if hit and ((due is None and int(hit["number"]) <= 2) or (due is not None and due <= int(hit["number"]) <= due + 2)):
            starts.append(i)
            due = int(hit["number"]) + 1
    return starts
