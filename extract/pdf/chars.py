"""Characters of a page as arrays, read from PDFium through ctypes.

PDFium's own Python wrapper makes an object a character; here each call writes straight into an array. Boxes are the *loose* ones
(origin to advance): the tight ones leave gaps beside a ``1`` that look like word spaces.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

Point = tuple[float, float]
_Pointer = ctypes.c_void_p
_Index = ctypes.c_int


@dataclass(frozen=True, slots=True)
class Style:
    """How one text object is set: effective size in points, weight, slant, and its angle in quarter turns."""

    font: str
    size: float
    bold: bool
    italic: bool
    turn: int


@dataclass(frozen=True, slots=True)
class Chars:
    """The characters of one page in the order of its content, in PDF space (origin at the lower left).

    ``box`` is (left, top, right, bottom) a character, ``origin`` the point where its text object
    begins on the baseline, ``style`` an index into ``styles``;
    a character that PDFium inserted itself (spaces, line ends) has the style -1.
    """

    code: NDArray[np.uint32]
    box: NDArray[np.float32]
    origin: NDArray[np.float64]
    style: NDArray[np.int32]
    styles: list[Style]

    def __len__(self) -> int:
        return len(self.code)


def _direct(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function taking bare addresses: a third of the cost of a call with typed pointers."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _Pointer).value or 0)


_loose_box = _direct(pdfium.FPDFText_GetLooseCharBox, _Index, _Pointer, _Index, _Pointer)
_char_origin = _direct(pdfium.FPDFText_GetCharOrigin, _Index, _Pointer, _Index, _Pointer, _Pointer)
_unicode = _direct(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _Pointer, _Index)
_text_object = _direct(pdfium.FPDFText_GetTextObject, ctypes.c_size_t, _Pointer, _Index)


def read_chars(page: pypdfium2.PdfPage, limit: int) -> Chars:
    """All characters of a page, at most ``limit`` of them."""
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    if not text_page:
        return _empty()
    try:
        count = min(pdfium.FPDFText_CountChars(text_page), limit)
        if count <= 0:
            return _empty()
        handle = ctypes.cast(text_page, _Pointer).value
        box = np.zeros((count, 4), np.float32)
        at = box.ctypes.data
        deque(map(_loose_box, repeat(handle), range(count), range(at, at + 16 * count, 16)), maxlen=0)
        code = np.fromiter(map(_unicode, repeat(handle), range(count)), np.uint32, count)
        objects = np.fromiter(map(_text_object, repeat(handle), range(count)), np.uint64, count)
        style, styles, origins = _styles(text_page, handle, objects)
        return Chars(code, box, np.array([*origins, (0.0, 0.0)])[style], style, styles)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _empty() -> Chars:
    return Chars(np.zeros(0, np.uint32), np.zeros((0, 4), np.float32), np.zeros((0, 2)), np.zeros(0, np.int32), [])


def _styles(text_page: Any, handle: Any, objects: NDArray[np.uint64]) -> tuple[NDArray[np.int32], list[Style], list[Point]]:
    """One style and one point on the baseline a text object, told from the object's first character; -1 where there is no object."""
    found, first, place = np.unique(objects, return_index=True, return_inverse=True)
    fonts: dict[int, tuple[str, bool, bool]] = {}
    styles: list[Style] = []
    origins: list[Point] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
    none = int(found[0] == 0)
    for text_object, index in zip(found[none:].tolist(), first[none:].tolist(), strict=True):
        styles.append(_style(text_page, index, text_object, fonts))
        _char_origin(handle, index, x_at, y_at)
        origins.append((x.value, y.value))
    return place.astype(np.int32) - none, styles, origins


def _style(text_page: Any, index: int, text_object: int, fonts: dict[int, tuple[str, bool, bool]]) -> Style:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        matrix.a = matrix.d = 1.0
    size = float(pdfium.FPDFText_GetFontSize(text_page, index)) * math.hypot(matrix.c, matrix.d)
    turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    font = pdfium.FPDFTextObj_GetFont(ctypes.cast(text_object, pdfium.FPDF_PAGEOBJECT))
    key = ctypes.cast(font, _Pointer).value or 0
    if key not in fonts:
        fonts[key] = _font(font)
    name, bold, italic = fonts[key]
    return Style(name, size, bold, italic, turn)


def _font(font: Any) -> tuple[str, bool, bool]:
    """A font's name, and whether it is bold and slanted."""
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 128) if font else 0
    name = buffer.value.decode("latin-1", "replace") if length else ""
    return name, _is_bold(name), _is_italic(name)


def _is_bold(name: str) -> bool:
    """By name alone: the weights that PDFium derives from a font's stems are not comparable between fonts."""
    lower = name.lower()
    return any(word in lower for word in ("bold", "black", "heavy", "demi", "-bd", ".b"))


def _is_italic(name: str) -> bool:
    lower = name.lower()
    return "ital" in lower or "obli" in lower
