"""Each hostile file ends within its limits, with a status and one line that says why; the batch goes on; the parent stays small."""

from __future__ import annotations

import json
import math
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from counterproof._inputs import Source
from counterproof._limits import Limits
from counterproof._reading import Outcome, read_all
from tests.hostile import markup, packages, pdfs
from tests.hostile.corpus import MAKERS

LIMITS = Limits(seconds=20, memory=1 << 30, result=64 << 20)
SMALL: dict[str, Callable[[], bytes]] = {
    **{
        name: make
        for name, make in MAKERS.items()
        if name.startswith(("looping", "external", "declared", "encrypted", "active", "strange"))
    },
    "flate.pdf": lambda: pdfs.flate_bomb(300),
    "glyphs.pdf": lambda: pdfs.many_words(15_000),
    "broken.pdf": pdfs.broken_xref,
    "huge-numbers.pdf": pdfs.huge_numbers,
    "pages.pdf": lambda: pdfs.many_pages(2000),
    "tree.pdf": lambda: pdfs.deep_page_tree(2000),
    "laughs.xml": lambda: markup.billion_laughs().encode(),
    "blow-up.xml": lambda: markup.quadratic_blow_up(20_000).encode(),
    "parameter.xml": lambda: markup.parameter_entity("http://127.0.0.1:9/x.dtd").encode(),
    "xinclude.xml": lambda: markup.xinclude("file:///etc/passwd").encode(),
    "deep.xml": lambda: markup.deep(5_000).encode(),
    "nested.xml": lambda: markup.nested(240, "sec").encode(),
    "nul.xml": lambda: MAKERS["nul-bytes.xml"](),
    "columns.xml": lambda: markup.wide_table(400, 4).encode(),
    "spans.xml": lambda: markup.absurd_spans().encode(),
    "digits.xml": lambda: markup.long_numbers(2000).encode(),
    "cell.xml": lambda: markup.long_cell(20_000).encode(),
    "p-values.xml": lambda: markup.many_p_values(1000).encode(),
    "sentence.xml": lambda: markup.one_sentence(100_000).encode(),
    "all-digits.xml": lambda: markup.same_character("1", 20_000).encode(),
    "all-brackets.xml": lambda: markup.same_character("(", 20_000).encode(),
    "all-dashes.xml": lambda: markup.same_character("- ", 20_000).encode(),
    "all-letters.xml": lambda: markup.same_character("a", 20_000).encode(),
    "all-numbers.xml": lambda: markup.same_character("1, ", 20_000).encode(),
    "formulas.xml": lambda: markup.formulas_of_sheets().encode(),
    "deep.html": lambda: markup.page("<div>" * 20_000 + markup.SENTENCE).encode(),
    "unclosed.html": lambda: markup.page("<table><tr><td>1 (5%)" * 500).encode(),
    "escapes.txt": MAKERS["escapes.txt"],
    "binary.txt": MAKERS["half-binary.txt"],
    "bomb.docx": lambda: packages.bomb(100),
    "lying.docx": lambda: packages.lying_bomb(100),
    "parts.docx": lambda: packages.many_parts(21_000),
    "paths.docx": packages.path_tricks,
    "relations.docx": packages.external_relations,
    "entity.docx": packages.external_entity,
    "laughs.docx": packages.laughs,
    "deep.docx": lambda: packages.deep(2_000),
    "columns.docx": lambda: packages.wide_table(500),
}
REFUSED = {
    "flate.pdf": "", "pages.pdf": "2000 pages, more than 1000", "encrypted.pdf": "encrypted with a password",
    "laughs.xml": "beyond the limits",
    "blow-up.xml": "beyond the limits", "looping-entity.xml": "beyond the limits", "parameter.xml": "external entity",
    "external-entity-file.xml": "external entity", "external-entity-http.xml": "external entity", "external-entity-far.xml": "",
    "deep.xml": "beyond the limits", "nul.xml": "", "deep.html": "nested", "relations.docx": "damaged", "paths.docx": "damaged",
    "bomb.docx": "unpacked", "lying.docx": "", "parts.docx": "unpacked",
    "entity.docx": "", "declared-utf-8-is-latin.xml": "encoding", "declared-nonsense.xml": "encoding",
}  # fmt: skip
"""What is refused, with words of the reason."""
READ = {"looping-outline.pdf", "broken.pdf", "active-content.pdf", "external-content.pdf", "encrypted-without-password.pdf", "xinclude.xml",
        "active-page.html", "strange-letters.html", "digits.xml", "escapes.txt"}  # fmt: skip
"""What is read all the same."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """All small files read in one run by reusable children."""
    sources = [Source(name, make()) for name, make in SMALL.items()]
    return {outcome.path: outcome for outcome in read_all(sources, "object", jobs=2, limits=LIMITS)}


def test_every_file_has_its_outcome_and_one_line(outcomes: dict[str, Outcome]) -> None:
    assert outcomes.keys() == SMALL.keys()
    for name, outcome in outcomes.items():
        assert all(problem and "\n" not in problem for problem in outcome.problems), name
        if outcome.status == "failed":
            assert len(outcome.problems) == 1, name
            assert outcome.problems[0].startswith(f"{name}: "), outcome.problems
            assert outcome.trace is None, outcome.trace
        else:
            assert json.loads(outcome.body)["document"]["path"] == name


def test_what_is_refused_says_why(outcomes: dict[str, Outcome]) -> None:
    for name, words in REFUSED.items():
        assert outcomes[name].status == "failed", name
        assert words in outcomes[name].problems[0], outcomes[name].problems


def test_what_can_be_read_is_read(outcomes: dict[str, Outcome]) -> None:
    for name in READ:
        assert outcomes[name].status != "failed", outcomes[name].problems
        numbers = json.loads(outcomes[name].body)["evidence"]
        assert any(number["kind"] == "p_value" for number in numbers), name


def test_a_page_that_is_cut_is_told(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["glyphs.pdf"].status == "partial"
    assert any("left out" in problem for problem in outcomes["glyphs.pdf"].problems)


def test_nothing_of_another_file_is_read(outcomes: dict[str, Outcome]) -> None:
    for name, outcome in outcomes.items():
        assert b"root:" not in outcome.body, name


def test_quotes_have_a_length(outcomes: dict[str, Outcome]) -> None:
    for name in ("p-values.xml", "cell.xml", "columns.xml", "sentence.xml"):
        quotes = [number["quote"] for number in json.loads(outcomes[name].body)["evidence"]]
        assert max(map(len, quotes)) < 2100, name


def test_every_value_is_finite(outcomes: dict[str, Outcome]) -> None:
    values = [number["value"] for number in json.loads(outcomes["digits.xml"].body)["evidence"]]
    assert all(value is None or math.isfinite(value) for value in values)


def test_the_parent_stays_small(outcomes: dict[str, Outcome]) -> None:
    """A child that is stopped costs its parent nothing: the test process itself, all libraries loaded, is far below a bomb's size."""
    assert outcomes
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < (1200 << 10)


@pytest.mark.parametrize(
    "name", ["-rf.xml", "a\nb.xml", "..xml", "ä\u202exml.xml", "x" * 240 + ".xml", b"\xff\xfe.xml", "\x1b[2J.xml", "a b;c$(d).xml"]
)
def test_names_are_only_names(tmp_path: Path, name: str | bytes) -> None:
    """A file is read whatever it is called, and its name reaches the output as it is, in valid JSON."""
    path = os.path.join(os.fsencode(tmp_path), os.fsencode(name))
    Path(os.fsdecode(path)).write_text(markup.article())
    (outcome,) = read_all([Source(os.fsdecode(path))], "object", limits=LIMITS)
    assert outcome.status == "ok", outcome.problems
    assert json.loads(outcome.body)["document"]["path"]
