"""Opens a PDF and reads its pages as views."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pypdfium2

from counterproof.extract.pdf.chars import read_chars
from counterproof.extract.pdf.geometry import Rect, View
from counterproof.extract.pdf.paths import THIN, Rectangle, read_shapes
from counterproof.extract.pdf.words import make_words
from counterproof.kb.errors import DocumentError

MAX_CHARS = 60_000
"""Characters read from one page; a page of a paper has about 5,000."""


def open_pdf(data: bytes, path: str) -> pypdfium2.PdfDocument:
    """The opened file; raises :class:`DocumentError` with what is off and what to do."""
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(f"{path}: the PDF is encrypted with a password; save it without one and try again") from None
        raise DocumentError(f"{path}: the PDF is damaged or cut short; download it again or print it to a new PDF") from None
    if not pages:
        raise DocumentError(f"{path}: the PDF has no pages; download it again")
    return document


def read_page(document: pypdfium2.PdfDocument, number: int) -> list[View]:
    """The views of one page (counted from 1), that of most of its text first."""
    page = document[number - 1]
    try:
        left, bottom, right, top = page.get_bbox()
        rotation = page.get_rotation() // 90 % 4
        chars = read_chars(page, MAX_CHARS)
        shapes = read_shapes(page)
    finally:
        page.close()
    frame = (left, bottom, right, top)
    turns = np.array([(s.turn + rotation * -1) % 4 for s in chars.styles] + [0], np.int32)[chars.style]
    ox, oy = chars.origin[:, 0], chars.origin[:, 1]
    x0, base, x1 = np.zeros(len(chars)), np.zeros(len(chars)), np.zeros(len(chars))
    for turn in set(turns.tolist()) or {0}:
        total = (turn + rotation) % 4
        mine = turns == turn
        ax, ay = _turn(chars.box[mine, 0].astype(float), chars.box[mine, 3].astype(float), frame, total)
        bx, by = _turn(chars.box[mine, 2].astype(float), chars.box[mine, 1].astype(float), frame, total)
        x0[mine], x1[mine] = np.minimum(ax, bx), np.maximum(ax, bx)
        base[mine] = _turn(ox[mine], oy[mine], frame, total)[1]
    words = make_words(chars, x0, x1, base, turns) or {0: []}
    views: list[View] = []
    for turn in sorted(words, key=lambda t: -len(words[t])):
        width, height = (right - left, top - bottom) if (turn + rotation) % 2 == 0 else (top - bottom, right - left)
        view = View(number, turn, width, height, words[turn])
        _add_shapes(view, shapes.rules, shapes.bands, shapes.images, frame, (turn + rotation) % 4)
        views.append(view)
    return views


def read_pages(document: pypdfium2.PdfDocument) -> Iterator[list[View]]:
    """The views of every page."""
    for number in range(1, len(document) + 1):
        yield read_page(document, number)


def _turn(x: np.ndarray, y: np.ndarray, frame: Rectangle, turn: int) -> tuple[np.ndarray, np.ndarray]:
    """PDF space to a view whose text, ``turn`` quarter turns anticlockwise in PDF space, runs to the right."""
    left, bottom, right, top = frame
    if turn == 0:
        return x - left, top - y
    if turn == 1:
        return y - bottom, x - left
    if turn == 2:
        return right - x, y - bottom
    return top - y, right - x


def _add_shapes(view: View, rules: list[Rectangle], bands: list[Rectangle], images: list[Rectangle], frame: Rectangle, turn: int) -> None:
    for rule in rules:
        rect = _rect(rule, frame, turn, view)
        if rect is None:
            continue
        if rect.width >= rect.height and rect.width > THIN:
            view.level.append(rect)
        elif rect.height > THIN:
            view.upright.append(rect)
    view.bands = [r for b in bands if (r := _rect(b, frame, turn, view))]
    view.images = [r for b in images if (r := _rect(b, frame, turn, view))]


def _rect(box: Rectangle, frame: Rectangle, turn: int, view: View) -> Rect | None:
    """The rectangle in the view, cut at the page's edges; None where it lies outside."""
    ax, ay = _turn(np.array(box[0]), np.array(box[1]), frame, turn)
    bx, by = _turn(np.array(box[2]), np.array(box[3]), frame, turn)
    x0, x1 = max(0.0, float(min(ax, bx))), min(view.width, float(max(ax, bx)))
    y0, y1 = max(0.0, float(min(ay, by))), min(view.height, float(max(ay, by)))
    return Rect(x0, y0, x1, y1) if x1 >= x0 and y1 >= y0 else None
