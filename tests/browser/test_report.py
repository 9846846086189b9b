"""The report as a browser shows it: on phone and desktop, in both colour schemes, on paper, by mouse, by keyboard, to a screen reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open

EVERYTHING_OPEN = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"


@pytest.mark.parametrize("name", ["text", "pdf", "corpus"])
@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_it_fits_the_screen_and_axe_finds_nothing_serious(shown: Open, name: str, scheme: str, width: int) -> None:
    with shown(name, width=width, scheme=scheme) as view:
        page: Page = view.page
        page.evaluate(EVERYTHING_OPEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not cut_off(page)
        assert not serious(page)


@pytest.mark.parametrize("name", ["text", "corpus"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_it_is_pictured_in_both_schemes(shown: Open, pictures: Path, name: str, width: int) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        with shown(name, width=width, scheme=scheme) as view:
            picture = pictures / f"{name}-{width}-{scheme}.png"
            view.page.screenshot(path=picture, full_page=True)
            assert picture.stat().st_size > 10_000
            grounds.add(view.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


def cut_off(page: Page) -> list[str]:
    """Parts that reach beyond the right edge of the page and are in no region that scrolls."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main *:not(.scroll *, svg *, .skip)")]
            .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map((part) => part.outerHTML.slice(0, 80))"""
    )
    return found


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical, with the first place of each."""
    response: dict[str, Any] = Axe().run(page).response
    assert len(response["passes"]) > 10, "axe looked at hardly anything"
    bad = [one for one in response["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:120]})" for one in bad]


def test_all_parts_open_and_close_by_click(shown: Open) -> None:
    with shown("text") as view:
        card = view.page.locator("article", has=view.page.get_by_text("How to check by hand")).first
        arithmetic = card.locator("details", has_text="How to check by hand")
        expect(arithmetic.locator("> :not(summary)").first).to_be_hidden()
        arithmetic.locator("summary").click()
        expect(arithmetic.locator("> :not(summary)").first).to_be_visible()
        for summary in view.page.locator("main details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        for summary in view.page.locator("main details[open] > summary").all():
            if summary.is_visible():
                summary.click()


def test_the_keyboard_reaches_and_works_everything(shown: Open) -> None:
    with shown("corpus") as view:
        page: Page = view.page
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("radio", name="all")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="with findings")).to_be_checked()
        reached = [walked(page) for _ in range(12)]
        assert {"INPUT", "SELECT", "BUTTON", "A"} <= set(reached)
        page.locator("tr[data-paper] a").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("details.paper[open]")).to_have_count(1)
        summary = page.locator("details.paper[open] article details > summary").first
        summary.focus()
        page.keyboard.press("Space")
        expect(summary.locator("xpath=..")).to_have_attribute("open", "")


def walked(page: Page) -> str:
    """The name of the element that the next Tab reaches."""
    page.keyboard.press("Tab")
    name: str = page.evaluate("document.activeElement.tagName")
    return name


def test_papers_are_sorted_by_a_click_on_a_head(shown: Open) -> None:
    with shown("corpus") as view:
        table = view.page.locator("table.sortable").first
        head = table.locator("thead th").nth(1)
        counts = table.locator("tbody tr td:nth-of-type(1)")
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        assert numbers(counts.all_inner_texts()) == sorted(numbers(counts.all_inner_texts()), reverse=True)
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        assert numbers(counts.all_inner_texts()) == sorted(numbers(counts.all_inner_texts()))


def numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts]


def test_papers_are_narrowed_by_state_words_and_check(shown: Open) -> None:
    with shown("corpus") as view:
        page: Page = view.page
        rows, papers = page.locator("tr[data-paper]:visible"), page.locator("details.paper:visible")
        every = rows.count()
        assert every == papers.count() > 2
        page.get_by_role("radio", name="not read").check()
        expect(rows).to_have_count(1)
        expect(papers).to_have_count(1)
        expect(page.get_by_role("status")).to_have_text(f"1 of {every} papers shown")
        page.get_by_role("radio", name="all").check()
        page.get_by_role("searchbox").fill("no paper has these words")
        expect(rows).to_have_count(0)
        page.get_by_role("searchbox").fill("")
        page.get_by_role("combobox").select_option(index=1)
        assert 0 < rows.count() < every


def test_without_scripts_everything_is_there_but_sorting_and_searching(shown: Open) -> None:
    with shown("corpus", scripts=False) as view:
        page: Page = view.page
        expect(page.get_by_role("searchbox")).to_be_hidden()
        page.get_by_role("radio", name="not read").check()
        expect(page.locator("tr[data-paper]:visible")).to_have_count(1)
        expect(page.locator("details.paper:visible")).to_have_count(1)


def test_a_crop_of_the_page_is_shown_with_words_for_it(shown: Open) -> None:
    with shown("pdf") as view:
        images = view.page.locator("figure.crop img")
        expect(images.first).to_be_visible()
        for image in images.all():
            assert image.evaluate("(image) => image.naturalWidth") > 100
            assert "flagged" in (image.get_attribute("alt") or "")


@pytest.mark.parametrize("name", ["text", "corpus"])
def test_on_paper_the_parts_are_open_and_the_controls_gone(shown: Open, pictures: Path, name: str) -> None:
    with shown(name) as view:
        page: Page = view.page
        page.emulate_media(media="print")
        expect(page.locator("article pre").first).to_be_visible()
        if name == "corpus":
            expect(page.locator(".narrow")).to_be_hidden()
        printed = pictures / f"{name}.pdf"
        page.pdf(path=printed, format="A4")
        assert printed.read_bytes().startswith(b"%PDF")


def test_a_request_to_a_server_is_refused_and_would_fail_these_tests(shown: Open) -> None:
    with pytest.raises(AssertionError, match="Content Security Policy"), shown("text") as view:
        view.page.evaluate("fetch('http://127.0.0.1:9/').catch(() => null)")
