"""A courteous letter to author or editor (Markdown) on what could not be reproduced, with places and arithmetic and no accusation."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime

import duckdb

from counterproof.kb.finding import FLAGS, Finding
from counterproof.queries.audit import AuditResult, Coverage
from counterproof.queries.html.sources import Paper
from counterproof.queries.report import DOUBTFUL, where
from counterproof.queries.verdict_words import chance_sentence, coverage_sentence, other_numbers, reasons
from counterproof.queries.working import workings

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&-])")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")

ASKS = {
    "decision_error": "Could you tell us which test gave this P-value, and on how many patients? The level of significance lies between "
    "the printed value and what we obtain, so the sentence that rests on it may need another look.",
    "inconsistent": "Could you tell us how this number was obtained, or whether one of the printed numbers is a slip of the pen?",
    "misapplied_method": "Could you confirm which test was used here?",
    "other_method": "Could you confirm which test was used here, and name it in the methods if it is another than stated?",
}


def letter(result: AuditResult, connection: duckdb.DuckDBPyConnection, *, version: str, time: datetime) -> str:
    """One letter a paper, parted by rules; every text from a paper is escaped."""
    parts = []
    for coverage in result.coverage:
        own = [f for f in result.findings if f.document == coverage.document]
        parts.append("\n".join(_letter(Paper(connection, coverage.document), coverage, own, version, time)))
    return "\n\n---\n\n".join(parts) + "\n"


def _letter(paper: Paper, coverage: Coverage, findings: Sequence[Finding], version: str, time: datetime) -> Iterator[str]:
    flags = [f for f in findings if f.verdict in FLAGS]
    yield f"# On the numbers in “{escaped(coverage.title or coverage.path)}”\n"
    yield f"{time:%Y-%m-%d}\n\nDear authors, dear editors,\n"
    if coverage.status == "failed":
        yield f"we wished to recompute the statistics of this paper, but its file could not be read: {escaped(coverage_sentence(coverage))}"
        yield "\nNothing was checked, so this letter says nothing about the paper.\n"
    else:
        yield _opening(coverage, findings, len(flags))
        worked = workings(paper.comparisons, flags)
        for number, finding in enumerate(flags, 1):
            yield from _item(number, finding, worked.get(finding.comparison, "") if finding.comparison is not None else "")
        yield from _unchecked(coverage)
        yield _closing(bool(flags))
    yield f"Made with counterproof {version}; file: {escaped(coverage.path)}" + (f", SHA-256 `{coverage.document}`." if paper.meta else ".")


def _opening(coverage: Coverage, findings: Sequence[Finding], flags: int) -> str:
    others = other_numbers(findings)
    looked = coverage_sentence(coverage) + (f" Besides, {others} other numbers fit those printed with them." if others else "")
    if flags:
        one = "There is one place" if flags == 1 else f"There are {flags} places"
        tail = f"{one} at which we could not reproduce what is printed. They are listed below with our arithmetic."
    elif coverage.p_checked or others:
        tail = "Where we could recompute, we found nothing that does not fit."
    else:
        tail = "Nothing could be recomputed from what is printed, which does not mean that all is consistent."
    opening = "we read this paper with interest and recomputed its statistics from the numbers that it prints itself."
    if flags == 1:
        tail = tail.replace("They are listed", "It is told")
    return f"{opening} {looked} {tail}\n"


def _item(number: int, finding: Finding, working: str) -> Iterator[str]:
    yield f"## {number}. {escaped(where(finding))}\n"
    if finding.place.quote:
        yield f"> {escaped(finding.place.quote)}\n"
    yield f"{escaped(finding.message)}\n"
    if finding.inputs:
        yield "We took these numbers from the paper:\n"
        yield "\n".join(f"- {escaped(text)}" for text in finding.inputs[:24]) + ("\n- …" if len(finding.inputs) > 24 else "") + "\n"
    if working:
        yield "The arithmetic:\n"
        yield textwrap.indent(_lines(working), "    ", lambda _: True) + "\n"
    if finding.chance is not None and finding.verdict != "other_method":
        yield f"{chance_sentence(finding.chance)}\n"
    if finding.confidence < DOUBTFUL:
        yield "Our program was not sure that it read these numbers as they are printed; please compare them with the paper first.\n"
    yield f"{ASKS[finding.verdict]}\n"


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
        "or a mistake of ours in reading the paper would all look the same. We would be grateful for a word on the places above, and "
        "for the numbers from which they could be recomputed.\n\nWith kind regards\n"
    )


def escaped(text: str) -> str:
    """A text from a paper on one line, so that Markdown shows it as it is: no markup, link or HTML in it takes effect."""
    flat = _SPECIAL.sub(r"\\\1", " ".join(_UNSEEN.sub(" ", text).split()))
    flat = re.sub(r"(?i)\b(https?|ftp|www)([:.])", r"\1\\\2", flat)  # no bare address becomes a link
    return re.sub(r"^(\d+)\.", r"\1\\.", flat)


def _lines(text: str) -> str:
    """Lines of arithmetic for an indented block, in which nothing is markup; the verdict's words are no part of a letter."""
    kept = (line for line in text.split("\n") if not line.startswith(("Verdict: ", "The printed and the recomputed")))
    return "\n".join(_UNSEEN.sub(" ", line) or " " for line in kept)
