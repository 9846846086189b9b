"""Opens a PDF and reads its pages as views."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from counterproof.extract.pdf.chars import Chars, read_chars
from counterproof.extract.pdf.geometry import Rect, View, Word
from counterproof.extract.pdf.paths import THIN, Rectangle, Shapes, read_shapes
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


@dataclass(slots=True)
class RawPage:
    """What PDFium tells of a page, in PDF space: its characters, shapes, visible rectangle and rotation in quarter turns."""

    number: int
    chars: Chars
    shapes: Shapes
    frame: Rectangle
    rotation: int


def read_raw(document: pypdfium2.PdfDocument, number: int) -> RawPage | None:
    """One page (counted from 1), None where it is damaged."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        left, bottom, right, top = page.get_bbox()
        return RawPage(number, read_chars(page, MAX_CHARS), read_shapes(page), (left, bottom, right, top), page.get_rotation() // 90 % 4)
    finally:
        page.close()


def views_of(raw: RawPage) -> list[View]:
    """The views of a page, that of most of its text first."""
    chars, rotation, frame = raw.chars, raw.rotation, raw.frame
    turns = np.array([(s.turn - rotation) % 4 for s in chars.styles] + [0], np.int32)[chars.style]
    x0, base, x1 = np.zeros(len(chars)), np.zeros(len(chars)), np.zeros(len(chars))
    box = chars.box.astype(np.float64)
    for turn in set(turns.tolist()):
        total, mine = (turn + rotation) % 4, turns == turn
        ax, _ = _turn(box[mine, 0], box[mine, 3], frame, total)
        bx, _ = _turn(box[mine, 2], box[mine, 1], frame, total)
        x0[mine], x1[mine] = np.minimum(ax, bx), np.maximum(ax, bx)
        base[mine] = _turn(chars.origin[mine, 0], chars.origin[mine, 1], frame, total)[1]
    words = make_words(chars, x0, x1, base, turns) or {0: []}
    return [_view(raw, turn, words[turn]) for turn in sorted(words, key=lambda t: -len(words[t]))]


def _view(raw: RawPage, turn: int, words: list[Word]) -> View:
    left, bottom, right, top = raw.frame
    total = (turn + raw.rotation) % 4
    width, height = (right - left, top - bottom) if total % 2 == 0 else (top - bottom, right - left)
    view = View(raw.number, turn, width, height, words)
    for rule in raw.shapes.rules:
        rect = _rect(rule, raw.frame, total, view)
        if rect and rect.width >= rect.height and rect.width > THIN:
            view.level.append(rect)
        elif rect and rect.height > THIN:
            view.upright.append(rect)
    view.bands = [r for b in raw.shapes.bands if (r := _rect(b, raw.frame, total, view))]
    view.images = [r for b in raw.shapes.images if (r := _rect(b, raw.frame, total, view))]
    return view


def _turn(x: NDArray[np.float64], y: NDArray[np.float64], frame: Rectangle, turn: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """PDF space to a view whose text, ``turn`` quarter turns anticlockwise in PDF space, runs to the right."""
    left, bottom, right, top = frame
    if turn == 0:
        return x - left, top - y
    if turn == 1:
        return y - bottom, x - left
    if turn == 2:
        return right - x, y - bottom
    return top - y, right - x


def _rect(box: Rectangle, frame: Rectangle, turn: int, view: View) -> Rect | None:
    """The rectangle in the view, cut at the page's edges; None where it lies outside."""
    xs, ys = _turn(np.array([box[0], box[2]]), np.array([box[1], box[3]]), frame, turn)
    x0, x1 = max(0.0, float(xs.min())), min(view.width, float(xs.max()))
    y0, y1 = max(0.0, float(ys.min())), min(view.height, float(ys.max()))
    return Rect(x0, y0, x1, y1) if x1 >= x0 and y1 >= y0 else None
