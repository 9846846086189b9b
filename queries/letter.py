"""A courteous letter to author or editor (Markdown) on what could not be reproduced, with places and arithmetic and no accusation."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath

import duckdb

from counterproof.kb.finding import FLAGS, Finding
from counterproof.queries.audit import AuditResult, Coverage
from counterproof.queries.causes import Cause, causes
from counterproof.queries.html.sources import Paper
from counterproof.queries.report import DOUBTFUL, where
from counterproof.queries.verdict_words import counted, coverage_sentence, other_numbers, reasons
from counterproof.queries.working import workings

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&-])")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")

ASKS = {
    "decision_error": "The level of significance lies between the printed value and what we obtain, so that a sentence which rests on "
    "it may need another look.",
    "misapplied_method": "Could you confirm which test was used here?",
    "other_method": "Could you confirm which test was used here, and name it in the methods if it is another than stated?",
}
"""What is asked at a place of its own; what is asked of every place stands at the end, once."""

MOST_INPUTS = 24
UNSUITED = "P by methods not valid"
"""How the arithmetic heads the tests that do not suit such data."""


def letter(result: AuditResult, connection: duckdb.DuckDBPyConnection, *, version: str, time: datetime) -> str:
    """One letter a paper, parted by rules; every text from a paper is escaped."""
    parts = []
    for coverage in result.coverage:
        own = [f for f in result.findings if f.document == coverage.document]
        parts.append("\n".join(_letter(Paper(connection, coverage.document), coverage, own, version, time)))
    return "\n\n---\n\n".join(parts) + "\n"


def _letter(paper: Paper, coverage: Coverage, findings: Sequence[Finding], version: str, time: datetime) -> Iterator[str]:
    told = [cause for cause in causes(findings) if cause.finding.verdict in FLAGS]
    yield f"# On the numbers in “{escaped(coverage.title or PurePath(coverage.path).name)}”\n"
    yield "*Draft: please compare each place with the paper before this is sent.*\n"
    yield f"{time:%Y-%m-%d}\n\nDear authors, dear editors,\n"
    if coverage.status == "failed":
        yield f"We wished to recompute the statistics of this paper, but its file could not be read: {escaped(coverage_sentence(coverage))}"
        yield "\nNothing was checked, so this letter says nothing about the paper.\n"
    else:
        yield _opening(coverage, findings, len(told))
        yield from _places(paper, told)
        yield from _corrected(coverage)
        yield from _unchecked(coverage)
        yield _closing(bool(told))
    yield f"Made with counterproof {version}; file: {escaped(coverage.path)}" + (f", SHA-256 `{coverage.document}`." if paper.meta else ".")


def _opening(coverage: Coverage, findings: Sequence[Finding], places: int) -> str:
    others = other_numbers(findings)
    looked = coverage_sentence(coverage) + (f" Besides, {counted(others, 'other number')} fit those printed with them." if others else "")
    if places == 1:
        tail = "There is one place at which we could not reproduce what is printed. It is told below with our arithmetic."
    elif places:
        tail = f"There are {places} places at which we could not reproduce what is printed. They are listed below with our arithmetic."
    elif coverage.p_checked or others:
        tail = "Where we could recompute, we found nothing that does not fit."
    else:
        tail = "Nothing could be recomputed from what is printed, which does not mean that all is consistent."
    return f"We read this paper with interest and recomputed its statistics from the numbers that it prints itself. {looked} {tail}\n"


def _places(paper: Paper, told: Sequence[Cause]) -> Iterator[str]:
    """One part a cause, the slips of rounding in one list at the end."""
    worked = workings(paper.comparisons, [cause.finding for cause in told])
    slips = [cause.finding for cause in told if cause.slip]
    for number, cause in enumerate((cause for cause in told if not cause.slip), 1):
        comparison = cause.finding.comparison
        yield from _item(number, cause, worked.get(comparison, "") if comparison is not None else "")
    if slips:
        yield "## Rounding\n\nThese are small, and nothing follows from them:\n"
        yield "\n".join(f"- {escaped(where(f))}: {escaped(f.message)}" for f in slips) + "\n"


def _item(number: int, cause: Cause, working: str) -> Iterator[str]:
    finding = cause.finding
    yield f"## {number}. {escaped(where(finding))}\n"
    if finding.place.quote:
        yield f"> {escaped(finding.place.quote)}\n"
    yield f"{escaped(finding.message)}\n"
    if cause.note:
        yield f"{escaped(cause.note)}\n"
    if cause.explains:
        yield "The same holds here:\n" if cause.note else "This concerns:\n"
        yield "\n".join(f"- {escaped(where(f))}: {escaped(f.message if cause.note else f'P {f.reported}')}" for f in cause.explains) + "\n"
    if finding.inputs:
        yield "We took these numbers from the paper:\n"
        shown = [escaped(text) for text in finding.inputs[:MOST_INPUTS]] + ["…"] * (len(finding.inputs) > MOST_INPUTS)
        yield "\n".join(f"- {text}" for text in shown) + "\n"
    if working:
        yield "The arithmetic:\n"
        yield textwrap.indent(_lines(working, misuse=finding.verdict == "misapplied_method"), "    ", lambda _: True) + "\n"
    if finding.confidence < DOUBTFUL:
        yield "Our program was not sure that it read these numbers as they are printed; please compare them with the paper first.\n"
    if finding.verdict in ASKS:
        yield f"{ASKS[finding.verdict]}\n"


def _corrected(coverage: Coverage) -> Iterator[str]:
    """The numbers that our program had misread and readers put right before anything was computed."""
    if coverage.corrected:
        yield "## What readers put right\n\nOur program had misread these numbers; everything above was computed from what readers found:\n"
        yield "\n".join(f"- {escaped(words)}" for words in coverage.corrected) + "\n"


def _unchecked(coverage: Coverage) -> Iterator[str]:
    left = coverage.p_found - coverage.p_checked
    if left <= 0 and not coverage.problems:
        return
    yield "## What could not be checked\n"
    if left > 0:
        yield f"Of {coverage.p_found} P-values {left} could not be recomputed; we neither confirm nor doubt them.\n"
        yield "\n".join(f"- {n} × {escaped(why)}" for n, why in reasons(coverage)) + "\n"
    if coverage.problems:
        yield "Not everything in the file could be read:\n"
        yield "\n".join(f"- {escaped(problem)}" for problem in coverage.problems[:10]) + "\n"


def _closing(any_flag: bool) -> str:
    if not any_flag:
        return "With kind regards\n"
    return (
        "That two printed numbers do not fit together does not tell why: a misprint, a test or a subset of patients that is not described, "
        "or a mistake of ours in reading the paper would all look the same. Could you tell us, for each place above, how the number was "
        "obtained and on how many patients, or whether one of the printed numbers is a slip of the pen? If we have misread the paper, we "
        "would be glad to be told so.\n\nWith kind regards\n"
    )


def escaped(text: str) -> str:
    """A text from a paper on one line, so that Markdown shows it as it is: no markup, link or HTML in it takes effect."""
    flat = _SPECIAL.sub(r"\\\1", " ".join(_UNSEEN.sub(" ", text).split()))
    flat = re.sub(r"(?i)\b(https?|ftp|www)([:.])", r"\1\\\2", flat)  # no bare address becomes a link
    return re.sub(r"^(\d+)\.", r"\1\\.", flat)


def _lines(text: str, *, misuse: bool) -> str:
    """Lines of arithmetic for an indented block, in which nothing is markup.

    The verdict's words are no part of a letter, nor are tests that do not suit such data, unless the place is about one (``misuse``).
    """
    kept: list[str] = []
    skipping = False
    for line in text.split("\n"):
        skipping = not misuse and (line.startswith(UNSUITED) or (skipping and line.startswith("  ")))
        if not skipping and not line.startswith(("Verdict: ", "The printed and the recomputed")):
            kept.append(_UNSEEN.sub(" ", line) or " ")
    return "\n".join(kept)
