"""Running text of a JATS element: raised and lowered digits, citations, note marks and formulas in a form that readers of numbers know.

``10<sup>−5</sup>`` becomes ``10⁻⁵``, ``F<sub>1,23</sub>`` becomes ``F₁,₂₃``, a raised citation becomes ``[17]`` before the full stop,
a note mark in a table cell is taken off and kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from lxml import etree

from counterproof.extract.markup.formulas import math_text, tex_text
from counterproof.extract.repair import lower_superscripts, subscript, superscript

OBJECT = "\ufffc"
"""Stands for a picture within a line, whose content cannot be read."""

_LINES = {"p", "list-item", "def-item", "disp-quote", "title", "disp-formula", "verse-line", "tr"}
_SKIPPED = {
    "table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text", "supplementary-material", "media", "fn", "object-id", "alt-text",
    "long-desc",
}  # fmt: skip
_LONGEST_CITATION = 300
_NOTE_REFERENCES = {"table-fn", "fn"}
_CITED_NUMBERS = re.compile(r"[\[(]?\s?\d[\d\s,;–—−-]*[a-z]?\s?[\])]?")
_ORDINAL = re.compile(r"st|nd|rd|th|er|ème")
_LETTER_MARKS = re.compile(r"[a-z](?:[\s,;]*[a-z]){0,5}")
_SYMBOL_MARKS = re.compile(r"[^\w®™©°+\-−–=<>%′″'\"()\[\]/.:]+")
_EXPONENT_SIGN = re.compile(r"^\s*[-‐‑–−]\s*(?=\d)")
_SINGLE_MARK = re.compile(r"[^\W\d_]\d+|\d+|([^\W\d_])\1*|([^\w\s,;])\2*")


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if "}" in tag else tag


def first_child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of this name (as ``find`` gives it, in half the time)."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def raw_text(element: etree._Element, marks: list[str] | None = None) -> str:
    """The element's text, not yet repaired; line feeds stand for breaks alone. Note marks go to ``marks`` where that is given."""
    if not len(element):  # as most cells
        return (element.text or "").replace("\n", " ").replace("\r", " ")
    reader = _Reader(marks)
    reader.content(element)
    return "".join(reader.out)


def runs(element: etree._Element, blocks: Container[str]) -> Iterator[str | etree._Element]:
    """The element's content as stretches of raw text and the ``blocks`` (by name) that part them, in order."""
    reader = _Reader(None)
    if local_name(element) == "disp-formula":
        yield formula_text(element)
        return
    reader.add(element.text)
    for child in element:
        name = local_name(child)
        if name in blocks:
            yield "".join(reader.out)
            reader.out.clear()
            yield child
        else:
            reader.child(child, name)
        reader.add(child.tail)
    yield "".join(reader.out)


def is_note_mark(text: str, before: str) -> bool:
    """Whether raised text is a note's mark: symbols, one letter, or letters in rising order (``abc``), but no ordinal (``5th``)."""
    text = text.strip()
    if text and _SYMBOL_MARKS.fullmatch(text):
        return True
    if not _LETTER_MARKS.fullmatch(text) or (before.isdigit() and _ORDINAL.fullmatch(text)):
        return False
    letters = re.sub(r"[^a-z]", "", text)
    return letters != text or list(letters) == sorted(set(letters)) or len(set(letters)) == 1


def split_marks(text: str) -> list[str]:
    """The single marks of raised text: ``a,b`` and ``ab`` are two, ``**``, ``aa``, ``12`` and ``a1`` are one."""
    return [mark[0] for mark in _SINGLE_MARK.finditer(text)]


class _Reader:
    """Walks an element's content; ``out`` collects the text."""

    def __init__(self, marks: list[str] | None) -> None:
        self.marks = marks
        self.out: list[str] = []
        self.begun = False
        self.dropped = False  # whether a note's mark was taken off right before
        self.bracket = 0  # characters left in which a closing bracket may still come; 0 outside square brackets

    def content(self, element: etree._Element) -> None:
        self.add(element.text)
        for child in element:
            self.child(child, local_name(child))
            self.add(child.tail)

    def add(self, text: str | None) -> None:
        if text:
            if self.dropped and self.out and text[0] in "),;]":
                self.out[-1] = self.out[-1].rstrip(" ")  # "negative ᵃ)" leaves no blank
            self.dropped = False
            self.out.append(text.replace("\n", " ").replace("\r", " "))
            if not self.begun:
                self.begun = not text.isspace()
            if "[" in text or "]" in text:
                self.bracket = _LONGEST_CITATION if text.rfind("[") > text.rfind("]") else 0
            elif self.bracket:
                self.bracket = max(0, self.bracket - len(text))

    def child(self, child: etree._Element, name: str) -> None:
        if not name or name in _SKIPPED:
            return
        if name in ("sup", "sub"):
            self._raised(child, name)
        elif name == "xref":
            self._reference(child)
        elif name in ("break", "hr"):
            self.out.append("\n")
        elif name in ("inline-formula", "alternatives", "math", "tex-math", "chem-struct-wrap"):
            self.add(formula_text(child))
        elif name in ("inline-graphic", "graphic"):
            self.add(OBJECT)
        elif name in _LINES:
            self._line(child, name)
        else:
            self.content(child)
            if name in ("label", "term"):
                self.out.append(" ")

    def _line(self, child: etree._Element, name: str) -> None:
        if self.begun and self.out[-1][-1:] != "\n":
            self.out.append("\n")
        if name == "disp-formula":
            self.add(formula_text(child))
        else:
            self.content(child)
        following = child.getnext()
        if (child.tail and child.tail.strip()) or (following is not None and local_name(following) not in ("break", "")):
            self.out.append("\n")

    def _raised(self, child: etree._Element, name: str) -> None:
        text = raw_text(child)
        if name == "sub":
            self.add(subscript(text))
        elif len(child) and any(x.get("ref-type") == "bibr" for x in child.iter("{*}xref")):
            self._cite("".join(child.itertext()), raised=True)
        elif self.marks is not None and (self._refers_to_note(child) or is_note_mark(text, self._last())):
            self._mark(text)
        elif _ORDINAL.fullmatch(text) and self._last().isdigit():
            self.add(text)
        else:
            text = _EXPONENT_SIGN.sub("−", text)
            self.add(superscript(text) if len(text.strip()) == 1 or not text.strip().isalpha() else text)

    def _mark(self, text: str) -> None:
        """Take a note's marks off the text."""
        assert self.marks is not None, "marks are taken where they are kept"
        self.marks.extend(split_marks(text))
        self.dropped = True

    def _refers_to_note(self, child: etree._Element) -> bool:
        return len(child) > 0 and any(x.get("ref-type") in _NOTE_REFERENCES for x in child.iter("{*}xref"))

    def _reference(self, child: etree._Element) -> None:
        kind = child.get("ref-type")
        text = raw_text(child)
        if kind in _NOTE_REFERENCES:
            if self.marks is not None:
                self._mark(lower_superscripts(text))
            else:
                self.add(superscript(text))
        elif kind == "bibr":
            self._cite(text, raised=len(child) == 1 and local_name(child[0]) == "sup" and not (child.text or "").strip())
        else:
            self.add(text)

    def _cite(self, text: str, *, raised: bool) -> None:
        """A citation's number gets brackets, unless it has them, and never touches the number before it."""
        text = " ".join((lower_superscripts(text) if raised else text).split())
        before = "".join(self.out[-4:])
        if self.bracket or not _CITED_NUMBERS.fullmatch(text):
            self.add(text)
            return
        stop = ""
        if raised and before[-1:] in tuple(".,;:"):
            stop, self.out[-1] = self.out[-1][-1], self.out[-1][:-1]
            before = before[:-1]
        if before and not before[-1].isspace() and before[-1] not in "([":
            self.out.append(" ")
        self.add((text if text[0] == "[" else f"[{text.strip('()')}]") + stop)

    def _last(self) -> str:
        return next((piece[-1] for piece in reversed(self.out) if piece), "")


def formula_text(element: etree._Element) -> str:
    """A formula as readable text: from its MathML, else its TeX, else its plain content; a picture alone is :data:`OBJECT`."""
    math = element if local_name(element) == "math" else next(element.iter("{*}math"), None)
    if math is not None:
        return math_text(math)
    tex = element if local_name(element) == "tex-math" else next(element.iter("{*}tex-math"), None)
    if tex is not None:
        return tex_text("".join(tex.itertext()))
    if next(element.iter("{*}graphic", "{*}inline-graphic"), None) is not None and not "".join(element.itertext()).strip():
        return OBJECT
    reader = _Reader(None)
    reader.content(element)
    return "".join(reader.out)
