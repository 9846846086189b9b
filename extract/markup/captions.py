"""Tells table captions and table notes from prose where only their words and places can: HTML pages, Word files."""

from __future__ import annotations

import re
from collections.abc import Collection

_LABEL = re.compile(
    r"(?P<label>(?:Supplement(?:ary|al) |Appendix |Online |Extended Data |e)?Tab(?:le|\.)\s?"
    r"(?:[A-Z]{0,2}[-.]?\d{1,3}(?:[.-]\d{1,2})?[A-Za-z]?|[IVXL]{1,5})"
    r"(?:\s?\([a-z]\))?)(?![\w.]*\w)(?P<gap>\s?[.:|–—-]?\s*)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?:Supplement(?:ary|al) |e)?Fig(?:ure|\.)?\s?[A-Z]?\d", re.IGNORECASE)
_VERBS = re.compile(
    r"(?:shows?|showed|presents?|presented|lists?|listed|gives?|gave|summari[sz]es?|summari[sz]ed|describes?|displays?|reports?|provides?|details?"
    r"|illustrates?|compares?|contains?|outlines?|reveals?|demonstrates?|indicates?|is|are|was|were|and|in|for|that|which|below|above)\b"
)
_NOTE_WORDS = re.compile(
    r"(?:foot)?notes?\b|abbreviations?\b|legend\b|key:|source:|numbers (?:are|in)\b|p[- ]?values? (?:are|for|from|by|of|was|were)\b"
    r"|(?:data|(?:all )?values?|results|figures) (?:are|is|in|as|shown|given|presented|expressed|represent)\b|(?:mean|n) ?[=(±]"
    r"|\w[\w/²-]{0,11} ?= ?[a-z]",
    re.IGNORECASE,
)
_NOTE_SIGN = re.compile(r"[^\w\s(\[\"'“‘<>≤≥=+−–-]|[ᵃ-ᶿ⁰¹²³⁴-⁹]|\(?[a-z]\)\s?\S|[a-z]")
_ABBREVIATION = re.compile(r"[A-Za-z0-9]{0,4}[A-Z][A-Za-z0-9/²-]{0,10}[A-Z0-9²]\s?[:,]\s?[A-Za-z][a-z]")
_SPELT = re.compile(r"([A-Z][A-Za-z]{0,6}[A-Z])[ ,:]+((?:[A-Za-z-]+[ -]){1,7}[A-Za-z-]+)")
_LONGEST_CAPTION = 800


def split_label(text: str) -> tuple[str, str] | None:
    """``Table 1. Baseline data`` as label and caption; None where the text begins with no table's label."""
    hit = _LABEL.match(text)
    return (hit["label"].strip(), text[hit.end() :].strip()) if hit else None


def is_caption(text: str) -> bool:
    """Whether a paragraph is a table's caption and no sentence that begins with a table (``Table 1 shows …``)."""
    hit = _LABEL.match(text)
    if not hit or len(text) > _LONGEST_CAPTION:
        return False
    return not _VERBS.match(text, hit.end()) or hit["gap"].strip() != ""


def is_figure_caption(text: str) -> bool:
    """Whether a paragraph begins with a figure's label."""
    return bool(_FIGURE.match(text)) and len(text) < _LONGEST_CAPTION * 2


def is_note(text: str, used: Collection[str] = ()) -> bool:
    """Whether a paragraph right under a table is one of its notes and no prose.

    A sign, a raised character or a small letter begins it, an abbreviation with what it stands for, the words of notes, or one of
    the marks that the table has ``used``.
    """
    if _NOTE_SIGN.match(text) or _NOTE_WORDS.match(text) or _ABBREVIATION.match(text) or _spells_out(text):
        return True
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return first.strip(".:)(") in used


def _spells_out(text: str) -> bool:
    """``PM paraspinal mapping``: an abbreviation and words that begin with its letters, in order."""
    hit = _SPELT.match(text)
    if not hit:
        return False
    letters = [c.lower() for c in hit[1] if c.isupper()]
    initials = [word[0].lower() for word in re.split(r"[ -]", hit[2]) if word]
    remaining = iter(initials)
    return all(letter in remaining for letter in letters)
