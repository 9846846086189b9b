"""The HTML report: what it says, that nothing of a hostile paper takes effect in it, and that it asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from lxml import etree

from counterproof.kb.store import Store
from counterproof.queries.audit import AuditResult, Coverage
from counterproof.queries.html.page import Run, report

Auditor = Callable[..., tuple[AuditResult, Store]]
Page = Callable[..., bytes]
HOSTILE = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;&quot; onmouseover=&quot;alert(3) &lt;/style&gt;{{ 7*7 }}"


def tree_of(text: str) -> Any:
    """The page as a browser would parse it."""
    return etree.fromstring(text, etree.HTMLParser())


@pytest.fixture
def made(audited: Auditor, time: datetime) -> Callable[..., str]:
    def make(**papers: bytes) -> str:
        result, store = audited(**papers)
        return report(result, store.connection, Run("1.2.3", time, {"Checks": "all"}))

    return make


def test_a_finding_shows_quote_arithmetic_methods_and_table(made: Callable[..., str], page: Page) -> None:
    text = made(one_html=page())
    tree = tree_of(text)
    card = tree.xpath("//article")[0]
    assert card.xpath(".//blockquote//mark[@class='flagged']/text()") == ["0.41"]
    assert card.xpath(".//blockquote//mark[@class='input']/text()") == ["4", "20.0", "10", "50.0"]
    assert card.xpath(".//table[@class='extracted']//td[@class='flagged']//mark/text()") == ["0.41"]
    assert "Chi-squared = Σ" in card.xpath("string(.//pre)")
    assert "Fisher's exact test" in card.xpath("string(.//table[@class='methods'])")
    assert "2030-05-06 07:08 UTC" in text
    assert hashlib.sha256(page()).hexdigest() in text
    assert "1.2.3" in tree.xpath("string(//footer)")


def test_headings_descend_one_by_one_and_ids_are_unique(made: Callable[..., str], page: Page) -> None:
    for text in (made(one_html=page()), made(one_html=page(), two_html=page("0.096"))):
        tree = tree_of(text)
        levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert all(name in ids for names in tree.xpath("//@aria-labelledby") for name in names.split())
        assert all(link[1:] in ids for link in tree.xpath("//a/@href"))


def test_nothing_of_a_hostile_paper_takes_effect(made: Callable[..., str], page: Page) -> None:
    text = made(one_html=page(title=HOSTILE, methods=HOSTILE, caption=HOSTILE, stub=HOSTILE), two_html=page(title=HOSTILE))
    tree = tree_of(text)
    assert "alert(1)" in text
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//iframe | //object | //embed | //link | //base | //form | //img[not(starts-with(@src, 'data:'))]")
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith("on") or name == "style"]
    assert len(tree.xpath("//style")) == 1
    assert "{{ 7*7 }}" in text


def test_characters_that_turn_the_direction_of_text_are_shown_as_such(made: Callable[..., str], page: Page) -> None:
    text = made(one_html=page(title="Trial \u202egnorw", stub="\u2066x"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_the_policy_allows_the_one_style_sheet_the_one_script_and_data_images_only(made: Callable[..., str], page: Page) -> None:
    text = made(one_html=page())
    allowed = {}
    for name in ("style", "script"):
        own = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert own is not None
        allowed[name] = base64.b64encode(hashlib.sha256(own[1].encode()).digest()).decode()
    policy = tree_of(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{allowed['style']}'; script-src 'sha256-{allowed['script']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:|//)", text)


def test_nothing_checkable_is_never_clean(made: Callable[..., str], essay: bytes) -> None:
    text = made(one_html=essay)
    assert "Nothing in this paper could be checked, which does not mean that all is consistent." in text
    assert "No inconsistency" not in text


def test_files_that_could_not_be_read_are_told_and_no_verdict_is_given(audited: Auditor, page: Page, time: datetime) -> None:
    result, store = audited(fine_html=page("0.096", title="Fine"))
    gone = Coverage("gone.pdf", "gone.pdf", None, "", "failed", ("gone.pdf: cannot be opened",), 0, (), 0, 0, {})
    for coverage in ((gone,), (*result.coverage, gone)):
        text = report(AuditResult(result.findings, coverage), store.connection, Run("1", time))
        assert "This file could not be read, so nothing in it was checked." in text
        assert "cannot be opened" in text


def test_many_papers_are_ranked_with_what_chance_alone_would_give(made: Callable[..., str], page: Page) -> None:
    tree = tree_of(made(fine_html=page("0.096", title="Fine"), odd_html=page(title="Odd")))
    assert [bdi.text for bdi in tree.xpath("//tbody/tr/th/a/bdi")] == ["Odd", "Fine"]
    assert "Chance alone, that is P-values taken from other papers, would have given about" in tree.xpath("string(//main)")


def test_pictures_say_in_words_what_they_show(made: Callable[..., str], page: Page) -> None:
    tree = tree_of(made(one_html=page()))
    pictures = tree.xpath("//svg")
    assert pictures
    for picture in pictures:
        assert picture.get("role") == "img"
        assert picture.xpath("string(./title)")
        assert picture.xpath("string(./desc)")
