"""The letter: courteous, with places and arithmetic, and nothing of a paper takes effect in its Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from counterproof.kb.store import Store
from counterproof.queries.audit import AuditResult
from counterproof.queries.letter import escaped, letter

Auditor = Callable[..., tuple[AuditResult, Store]]


@pytest.fixture
def written(audited: Auditor, time: datetime) -> Callable[..., str]:
    def write(**papers: bytes) -> str:
        result, store = audited(**papers)
        return letter(result, store.connection, version="1.2.3", time=time)

    return write


def test_it_names_the_place_shows_the_arithmetic_and_asks(written: Callable[..., str], page: Callable[..., bytes]) -> None:
    text = written(one_html=page())
    assert "There is one place at which we could not reproduce" in text
    assert "## 1. Table 1" in text
    assert "    Chi-squared = Σ (count − expected)² / expected = 3.956" in text
    assert "Could you tell us, for each place above, how the number was obtained" in text
    assert "Draft: please compare each place with the paper before this is sent." in text
    assert "not valid for such data" not in text
    assert "2030-05-06" in text


def test_it_accuses_nobody(written: Callable[..., str], page: Callable[..., bytes]) -> None:
    text = written(one_html=page()).lower()
    assert not re.search(r"\b(?:wrong|false|fraud\w*|error|fabricat\w*|misconduct|suspicious|incorrect)\b", text)


def test_it_says_how_much_could_not_be_checked(written: Callable[..., str], page: Callable[..., bytes]) -> None:
    text = written(one_html=page("0.096", methods=" The rest had P = 0.3."))
    assert "found nothing that does not fit" in text
    assert "Of 3 P-values 1 could not be recomputed; we neither confirm nor doubt them." in text


def test_nothing_checkable_is_never_clean(written: Callable[..., str], essay: bytes) -> None:
    text = written(one_html=essay)
    assert "which does not mean that all is consistent" in text
    assert "does not fit" not in text


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x>",
        "[a](javascript:b)",
        "![x](http://y)",
        "# head",
        "1. item",
        "a|b",
        "`code`",
        "- item",
        "*b*",
        "http://x.org",
        "\n\n# x",
    ],
)
def test_markup_of_a_paper_is_shown_as_it_is(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)[<\[`*#|!]", shown)
    assert not re.match(r"-|\d+\.", shown)
    assert "http:" not in shown


def test_a_hostile_paper_puts_nothing_into_the_letter(written: Callable[..., str], page: Callable[..., bytes]) -> None:
    text = written(one_html=page(title="&lt;script&gt;x&lt;/script&gt;", stub="&lt;img src=x onerror=y&gt; [k](http://z)"))
    assert not re.search(r"(?<!\\)<", text.replace("    ", ""))


def test_it_tells_what_readers_put_right(audited: Auditor, page: Callable[..., bytes], time: datetime) -> None:
    result, store = audited(one_html=page())
    read = replace(result, coverage=tuple(replace(one, corrected=("40 instead of 4",)) for one in result.coverage))
    text = letter(read, store.connection, version="1.2.3", time=time)
    assert "## What readers put right" in text
    assert "- 40 instead of 4" in text
