"""One character for each meaning, at the same place: what numbers are read from, so that spans fit the text as printed."""

from __future__ import annotations

import unicodedata

THIN_SPACE = "\u202f"
"""Stands for every thin or no-break space: between digits these part thousands."""


def digits(number: str) -> str:
    """A whole number as printed without the commas or spaces that part its thousands."""
    return number.replace(",", "").replace(THIN_SPACE, "")


_SAME: dict[int, int] = {
    **dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u2008"), ord(THIN_SPACE)),
    **dict.fromkeys(map(ord, "\t\u2003\u2002\u2004\u2005\u2006\u2007\u200a\u3000"), ord(" ")),
    **dict.fromkeys(map(ord, "\u2010\u2011\ufe63\uff0d\u2043\u00ad"), ord("-")),
    **dict.fromkeys(map(ord, "\u2796\u02d7"), ord("−")),
    **dict.fromkeys(map(ord, "\u2012\ufe58"), ord("–")),
    **dict.fromkeys(map(ord, "\u2015\u2e3a\u2e3b"), ord("—")),
    **dict.fromkeys(map(ord, "∙⋅・‧"), ord("·")),
    **dict.fromkeys(map(ord, "∗⁎＊﹡"), ord("*")),
    **dict.fromkeys(map(ord, "⩽≦⪯≼"), ord("≤")),
    **dict.fromkeys(map(ord, "⩾≧⪰≽"), ord("≥")),
    **dict.fromkeys(map(ord, "‹˂"), ord("<")),
    **dict.fromkeys(map(ord, "›˃"), ord(">")),
    **dict.fromkeys(map(ord, "∼˜～≅≃"), ord("≈")),
    ord("~"): ord("≈"),
    **dict.fromkeys(map(ord, "’‘`"), ord("'")),
    ord("∶"): ord(":"),
}


class _Plain(dict[int, int]):
    """Every other character by its compatibility form if that is one character; raised and lowered ones stay what they are."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        form = unicodedata.normalize("NFKC", character)
        raised = unicodedata.decomposition(character).startswith(("<super>", "<sub>"))
        self[code] = code if raised or len(form) != 1 else _SAME.get(ord(form), ord(form))
        return self[code]


_PLAIN = _Plain(_SAME)


def plain(text: str) -> str:
    """The text with one form for each dash, dot, space, star and relation, character by character: ``len`` does not change."""
    if not text.isascii() or "~" in text or "\t" in text or "`" in text:
        text = text.translate(_PLAIN)
    return text.replace("+/-", " ± ").replace("+/−", " ± ") if "+/" in text else text


def folded(text: str) -> str:
    """The text in small letters, place by place: where it lacks a word in small letters, no search without regard to case finds it.

    Such a search takes three letters for ``i`` or ``s`` that ``lower`` does not, or not for one letter.
    """
    return text.lower() if text.isascii() else text.replace("İ", "i").replace("ı", "i").replace("ſ", "s").lower()
