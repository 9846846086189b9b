"""Reports of the demo corpus in a headless browser: Debian's Chromium driven by Playwright, which brings no browser of its own here.

A word on the console, an exception in the page or a request for anything but the page itself fails the test in whose page it happens.
Screenshots are left in the folder COUNTERPROOF_SCREENSHOTS where that is set.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from reportlab.pdfgen.canvas import Canvas

from counterproof import datasets
from counterproof._library import open_evidence
from counterproof.extract import pipeline
from counterproof.kb import rows
from counterproof.kb.store import Reading
from counterproof.queries.audit import AuditResult, Coverage, audit
from counterproof.queries.html.page import Run, report

OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
PHONE, DESKTOP = 390, 1280


@dataclass(frozen=True, slots=True)
class View:
    """An open page and what it said or asked for against the rules."""

    page: Page
    said: list[str] = field(default_factory=list)


Open = Callable[..., Any]
"""Opens a report by name in a browser: a context manager of a ``View``."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window and with a fresh profile."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium; elsewhere set CHROMIUM to its path)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, headless=True, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports by name: ``text`` and ``pdf`` of one paper each, ``corpus`` of all with one that could not be read."""
    folder, found = tmp_path_factory.mktemp("reports"), datasets.path("rectal-demo")
    papers = sorted(path for path in found.rglob("*") if path.suffix in (".txt", ".pdf", ".xml", ".html"))
    drawn = folder / "trial.pdf"
    draw(drawn)
    chosen = {"text": [p for p in papers if p.suffix == ".txt"], "pdf": [drawn]}
    chosen["corpus"] = [drawn, *(p for p in papers if p.suffix != ".txt")]
    for name, some in chosen.items():
        (folder / f"{name}.html").write_text(written(some, failed=name == "corpus"), "utf-8")
    return {name: folder / f"{name}.html" for name in chosen}


TRIAL = (
    ("Outcome", "Drug (n = 20)", "Placebo (n = 20)", "P value"),
    ("Relapse, n (%)", "4 (20.0)", "10 (50.0)", "0.41"),
    ("Death, n (%)", "2 (10.0)", "3 (15.0)", "1.000"),
    ("Nausea, n (%)", "9 (45.0)", "5 (25.0)", "0.32"),
)


def draw(path: Path) -> None:
    """A paper of one page with a ruled table, in which the P of the first row does not fit."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, 780, "A small trial of a drug against placebo")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 750, "Proportions were compared with Fisher's exact test. P < 0.05 was considered significant.")
    canvas.drawString(60, 735, "Forty patients were randomised, twenty to each arm. Table 1 shows the outcomes.")
    canvas.drawString(60, 700, "Table 1. Outcomes by arm")
    for number, row in enumerate(TRIAL):
        for x, words in zip((60, 200, 320, 450), row, strict=True):
            canvas.drawString(x, 680 - 18 * number, words)
    for y in (692, 674, 616):
        canvas.line(58, y, 510, y)
    canvas.save()


def written(papers: list[Path], *, failed: bool = False) -> str:
    """The report on these papers, read in this process; ``failed`` adds one that could not be read."""
    with open_evidence() as store:
        for path in papers:
            data = path.read_bytes()
            read = pipeline.read(data, str(path))
            document = read.document
            store.add([Reading(document.id, str(path), "1", document.status, document.problems, len(data), rows.tables(read))])
        result = audit(store.connection)
        if failed:
            gone = Coverage("gone.pdf", "gone.pdf", None, "", "failed", ("gone.pdf: cannot be opened",), 0, (), 0, 0, {})
            result = AuditResult(result.findings, (*result.coverage, gone))
        return report(result, store.connection, Run("1.2.3", datetime(2030, 5, 6, tzinfo=UTC), {"Checks": "all"}))


@pytest.fixture
def shown(browser: Browser, reports: dict[str, Path]) -> Open:
    """Open a report; leaving it asserts that nothing was said on the console and nothing asked of any server."""

    @contextmanager
    def open(name: str, *, width: int = DESKTOP, scheme: Any = "light", scripts: bool = True) -> Iterator[View]:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts)
        view, address = View(context.new_page()), reports[name].as_uri()
        view.page.on("console", lambda message: view.said.append(f"console: {message.text}"))
        view.page.on("pageerror", lambda error: view.said.append(f"error: {error}"))
        view.page.on("request", lambda ask: None if _own(ask.url, address) else view.said.append(f"request: {ask.url}"))
        view.page.goto(address)
        yield view
        assert not view.said
        context.close()

    return open


def _own(asked: str, address: str) -> bool:
    return asked.startswith("data:image/png;base64,") or asked.partition("#")[0] == address


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go: a folder of the test's own, or the one that COUNTERPROOF_SCREENSHOTS names."""
    folder = Path(os.environ.get("COUNTERPROOF_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
