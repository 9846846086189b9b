"""All pages of a PDF as views, with the characters of wrongly decoded fonts put right."""

from __future__ import annotations

import pypdfium2

from counterproof.extract.pdf.fonts import FontHabits
from counterproof.extract.pdf.geometry import Rect, View
from counterproof.extract.pdf.habits import SignHabits
from counterproof.extract.pdf.hyphens import settle_hyphens
from counterproof.extract.pdf.page import MAX_CHARS, RawPage, read_raw, views_of

FEW_WORDS = 5
"""A page with fewer words is no text …"""
IMAGE_SHARE = 0.3
"""… and an image if pictures cover this share of it."""


def read_views(document: pypdfium2.PdfDocument) -> tuple[list[list[View]], list[str]]:
    """The views of each page (that of most of its text first), and what was off with them."""
    fonts, problems = FontHabits(), []
    raws: list[RawPage] = []
    for number in range(1, len(document) + 1):
        raw = read_raw(document, number)
        if raw is None:
            problems.append(f"page {number} is damaged and was left out")
            continue
        raws.append(raw)
        fonts.observe(raw.chars)
    for raw in raws:
        fonts.correct(raw.chars)
    pages = [views_of(raw) for raw in raws]
    problems += [
        f"page {raw.number} has more than {MAX_CHARS} characters; the rest was left out" for raw in raws if len(raw.chars) >= MAX_CHARS
    ]
    signs = SignHabits([view for views in pages for view in views])
    for views in pages:
        for view in views:
            signs.repair(view.words)
    settle_hyphens([view for views in pages for view in views])
    problems += [f"page {views[0].page} is an image" for views in pages if _is_image(views)]
    if fonts.repaired + signs.repaired:
        problems.append(f"a font decodes signs wrongly (such as = as 5): {fonts.repaired + signs.repaired} characters put right")
    unreadable = sum(word.text.count("\ufffd") for views in pages for view in views for word in view.words)
    if unreadable:
        problems.append(f"{unreadable} characters without a meaning in their font are shown as \ufffd")
    return pages, problems


def _is_image(views: list[View]) -> bool:
    """Whether a page has pictures and next to no text: it is scanned, or holds a figure alone."""
    if sum(len(view.words) for view in views) >= FEW_WORDS:
        return False
    view = views[0]
    return sum(_area(image) for image in view.images) >= IMAGE_SHARE * view.width * view.height


def _area(rect: Rect) -> float:
    return rect.width * rect.height
