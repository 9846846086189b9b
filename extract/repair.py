"""Text repair common to all formats: one form for each character, and nothing lost that tells numbers apart.

NFKC turns ``10⁻⁵`` into ``10-5`` and ``2½`` into ``21⁄2``, so superscripts, subscripts and fractions are left alone. Dashes come
down to four that mean different things: hyphen ``-``, minus ``−``, en dash ``–`` and em dash ``—``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

THOUSANDS_SPACE = "\u202f"
"""Kept between the digits of one number where the source set a thin or no-break space; every other space is a plain one."""

_PLAIN_SUPER = "0123456789+-−=()abcdefghijklmnoprstuvwxyz"
_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_PLAIN_SUB = "0123456789+-−=()"
_SUB = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"
_TO_SUPER = str.maketrans(_PLAIN_SUPER, _SUPER)
_TO_SUB = str.maketrans(_PLAIN_SUB, _SUB)
_DIGITS_TO_SUB = str.maketrans(_PLAIN_SUB[:10], _SUB[:10])
_FROM_SUPER = {ord(high): plain for high, plain in zip(_SUPER, _PLAIN_SUPER, strict=True)}
SUPERSCRIPT_LETTERS = "".join(c for c in _SUPER if unicodedata.category(c) == "Lm")
SUPERSCRIPT_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_KEPT = _SUPER + _SUB + "ªº™℠´¨¯¸˘˙˚˛˜˝"

# The Symbol font's codes as word processors export them, moved up to U+F000: Greek letters, relations and operators.
_SYMBOL_CODES = {
    **{0x41 + i: c for i, c in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    **{0x61 + i: c for i, c in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    **{code: chr(code) for code in (*range(0x20, 0x22), *range(0x28, 0x2A), 0x25, 0x2B, 0x2C, *range(0x2E, 0x40), 0x5B, 0x5D)},
    0x2A: "*", 0x2D: "−", 0x7E: "~", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB6: "∂", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD6: "√", 0xE5: "∑", 0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip

_CHARACTERS: dict[int, str | None] = {
    **{0xF000 + code: text for code, text in _SYMBOL_CODES.items()},
    **dict.fromkeys(map(ord, "‐‑﹣－\u2043"), "-"),
    **dict.fromkeys(map(ord, "‒⁃﹘"), "–"),
    **dict.fromkeys(map(ord, "―⸺⸻﹘"), "—"),
    **dict.fromkeys(map(ord, "\u2796\u02d7"), "−"),
    **dict.fromkeys(map(ord, "⩽≦⪯≼"), "≤"),
    **dict.fromkeys(map(ord, "⩾≧⪰≽"), "≥"),
    **dict.fromkeys(map(ord, "∼˜～"), "~"),
    **dict.fromkeys(map(ord, "∗⁎＊﹡"), "*"),
    ord("˂"): "<", ord("˃"): ">", ord("∣"): "|", ord("⁄"): "/", ord("∕"): "/", ord("∆"): "Δ",
    # No width, direction marks, byte order mark, the stray control characters of word processors.
    **dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF, 0xFFFE], None),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0100, 0xE01F0), *range(0xFE00, 0xFE10)], None),
    **dict.fromkeys([c for c in range(0x20) if chr(c) not in "\t\n\r\f\v"], None),
    # Control characters that were printable in Windows' code page; a terminal would take them for commands.
    **{code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)},
    0x7F: None, 0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0x00AD: None,
}  # fmt: skip

_LONE = "–—−±≤≥×÷·’‘“”°§©®À-ÖØ-öø-ÿΑ-ΡΣ-Ωα-ω"
"""Characters of every paper that have no other form, unless an accent joins them."""
_ALWAYS_KEPT = rf" -~\n{re.escape(_KEPT)}\u00bc-\u00be\u2150-\u215e\u2189"
_SETTLED = re.compile(rf"[{_ALWAYS_KEPT}{_LONE}]*")
"""Texts, as most, in which nothing is to be repaired."""
_KEPT_RUN = rf"[^{_ALWAYS_KEPT}{THOUSANDS_SPACE}"
_RUN = _KEPT_RUN + "]+"
_NOT_KEPT = re.compile(_KEPT_RUN + _LONE + "]+")
"""Runs that may have another form."""
_ACCENT = re.compile(r"[\u0300-\u036f]")
_ACCENTED = re.compile(rf"[ -~\n]?{_RUN}")
"""The same with the letter before them, which an accent may join."""
_RARE = re.compile("[\u00a0\u2009\u202f\u00ad\ufffe\u0300-\u036f\ud800-\udfff]")
"""What the repairs before the change of forms deal with; most texts have none of it."""
_GROUP_SPACE = re.compile(r"[\u00a0\u2009\u202f](?<=\d.)(?=\d{3}(?!\d))")
_SOFT_BREAK = re.compile(r"[\u00ad\ufffe][ \t]{0,9}\n?[ \t]{0,9}(?=[^\W\d_])")
_DECIMAL_DOT = re.compile(r"[∙⋅・‧](?<=\d.)(?=\d)")
_LATE = re.compile("[∙⋅・‧‹〈]")
"""What the repairs after the change of forms deal with."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_ANGLE_AS_LESS = re.compile(r"[‹〈](?=\s?[\d.])")
_BLANK = re.compile(r"[^\S\n\u202f]+")


def repair(text: str) -> str:
    """The text on one line, in one form for each character, with single spaces and none at its ends."""
    return _one_line(characters(text))


def repair_lines(text: str) -> list[str]:
    """The repaired lines of a text (at least one); empty lines stay, since they may align with a neighbour cell's."""
    return [_one_line(line) for line in characters(text).split("\n")]


def characters(text: str) -> str:
    """Repair of characters alone: white space keeps its place (carriage returns become line feeds)."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _SETTLED.fullmatch(text):
        return text
    forms = _NOT_KEPT
    if _RARE.search(text):
        text = _GROUP_SPACE.sub(THOUSANDS_SPACE, _SOFT_BREAK.sub("", _join_surrogates(text)))
        forms = _ACCENTED if _ACCENT.search(text) else _NOT_KEPT
    text = forms.sub(lambda run: _one_form(run[0]), text)
    return _ANGLE_AS_LESS.sub("<", _DECIMAL_DOT.sub("·", text)) if _LATE.search(text) else text


@lru_cache(maxsize=4096)
def _one_form(run: str) -> str:
    return unicodedata.normalize("NFKC", run.translate(_CHARACTERS)).translate(_CHARACTERS)


def superscript(text: str) -> str:
    """The text raised: ``-5`` becomes ``⁻⁵``; characters without a raised form stay as they are."""
    return text.translate(_TO_SUPER)


def subscript(text: str) -> str:
    """The text lowered: its digits, and its signs where no letters stand among them (``HbA₁c``, ``t₍₂₈₎``, but ``CL-RT``)."""
    return text.translate(_TO_SUB if not any(c.isalpha() for c in text) else _DIGITS_TO_SUB)


def lower_superscripts(text: str) -> str:
    """Raised characters back on the line: ``⁻⁵`` becomes ``-5``, ``ᵃ`` becomes ``a``."""
    return text.translate(_FROM_SUPER)


def _one_line(text: str) -> str:
    if "  " not in text and text.isprintable():  # so that every white space is a plain space
        return text.strip(" ")
    if THOUSANDS_SPACE not in text:
        return " ".join(text.split())
    return _BLANK.sub(" ", text.replace("\n", " ")).strip(" \u202f")


def _join_surrogates(text: str) -> str:
    """Pairs of surrogates that a PDF's character map wrote as two characters become the one they mean."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
