"""Rules, filled bands and pictures of a page, read from PDFium's page objects."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MAX_OBJECTS = 20_000
MAX_SEGMENTS = 400
ROUNDED_BOX = 20
"""A box with round corners has at most this many segments."""
MAX_DEPTH = 4
THIN = 3.0
"""A filled rectangle up to this height (points) is a rule, not a band."""

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Shapes:
    """What is drawn on a page, in PDF space: (left, bottom, right, top) each."""

    rules: list[Rectangle]
    bands: list[Rectangle]
    images: list[Rectangle]


def read_shapes(page: pypdfium2.PdfPage) -> Shapes:
    """The page's straight lines, filled rectangles and images, those within form objects included."""
    shapes = Shapes([], [], [])
    count = pdfium.FPDFPage_CountObjects(page.raw)
    objects = (pdfium.FPDFPage_GetObject(page.raw, index) for index in range(min(count, MAX_OBJECTS)))
    _walk(objects, _UNIT, shapes, 0)
    return shapes


def _walk(objects: Iterator[Any], matrix: Matrix, shapes: Shapes, depth: int) -> None:
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, matrix, shapes)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(item, matrix)
            if box:
                (shapes.rules if min(box[2] - box[0], box[3] - box[1]) <= THIN else shapes.images).append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            count = min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
            inner = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(count))
            _walk(inner, _compose(_matrix(item), matrix), shapes, depth + 1)


def _path(item: Any, matrix: Matrix, shapes: Shapes) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    if not _visible(item, bool(stroke.value)):
        return
    box = _bounds(item, matrix)
    if box is None:
        return
    thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
    segments = pdfium.FPDFPath_CountSegments(item)
    if thin:
        shapes.rules.append(box)
    elif segments <= MAX_SEGMENTS:
        _figures(item, segments, _compose(_matrix(item), matrix), bool(fill.value), bool(stroke.value), shapes)


def _visible(item: Any, stroked: bool) -> bool:
    """White paint is no rule: publishers cover parts of a page with it."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not colour(item, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < 250


def _figures(item: Any, count: int, matrix: Matrix, filled: bool, stroked: bool, shapes: Shapes) -> None:
    """The straight parts of a compound path: each subpath that is a rectangle or made of level and upright lines."""
    for points, curved in _subpaths(item, count, matrix):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            shapes.rules.append(box)
            continue
        if filled and not curved and len(points) >= 4:
            shapes.bands.append(box)
        if stroked and not curved:
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                if abs(ax - bx) <= 0.5 or abs(ay - by) <= 0.5:
                    shapes.rules.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def _subpaths(item: Any, count: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO and count > ROUNDED_BOX:
            return  # A drawing or a letter's outline: rules have no curves.
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_apply(matrix, x.value, y.value))
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, curved


def _bounds(item: Any, matrix: Matrix) -> Rectangle | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    if matrix is _UNIT:
        return left.value, bottom.value, right.value, top.value
    ax, ay = _apply(matrix, left.value, bottom.value)
    bx, by = _apply(matrix, right.value, top.value)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _UNIT
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
