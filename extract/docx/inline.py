"""Running text of Word paragraphs: raised and lowered runs, symbols, formulas, note marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from lxml import etree

from counterproof.extract.docx.package import W, local_name
from counterproof.extract.jats.inline import is_note_mark, split_marks
from counterproof.extract.markup.formulas import raised
from counterproof.extract.repair import lower_superscripts, subscript, superscript

NoteText = Callable[[str, str], str]
"""Gives the mark under which a footnote or endnote (kind, id) is shown."""

_CITED = re.compile(r"\s*\d{1,3}(?:\s*[,;–—−-]\s*\d{1,3})*\s*")
_AFTER_WORD = re.compile(r"(?:[A-Za-z]{4}|[.,;:)”\"’%])$")


def paragraph_text(paragraph: etree._Element, marks: list[str] | None = None, note: NoteText | None = None) -> str:
    """The paragraph's text, not yet repaired; line feeds are breaks. Note marks go to ``marks`` where that is given (table cells)."""
    out = ""
    pieces = [(_place(run), _run_text(run, note)) for run in paragraph.iter(f"{W}r", *_MATH) if not _inside_math(run)]
    for place, group in groupby(pieces, key=lambda piece: piece[0]):
        text = "".join(text for _, text in group)
        if place == "subscript":
            out += subscript(text)
        elif place != "superscript" or not text.strip():
            out += text
        elif marks is not None and is_note_mark(text, out.rstrip()[-1:]):
            marks.extend(split_marks(lower_superscripts(text)))
        elif marks is None and _CITED.fullmatch(text) and _AFTER_WORD.search(out.rstrip()):
            out = _cited(out, text.strip())
        else:
            out += superscript(text) if len(text.strip()) == 1 or not text.strip().isalpha() else text
    return out


def is_emphasised(paragraph: etree._Element, name: str) -> bool:
    """Whether all words of a paragraph are bold (``b``) or italic (``i``)."""
    runs = [run for run in paragraph.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
    return bool(runs) and all(_is_on(run.find(f"{W}rPr/{W}{name}")) for run in runs)


_MATH_SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH = (f"{_MATH_SPACE}oMath",)


def _inside_math(element: etree._Element) -> bool:
    return any(local_name(a) == "oMath" for a in element.iterancestors())


def _place(run: etree._Element) -> str:
    """Whether a run stands raised (``superscript``), lowered (``subscript``) or on the line (empty)."""
    align = run.find(f"{W}rPr/{W}vertAlign")
    value = align.get(f"{W}val", "") if align is not None else ""
    if run.find(f"{W}footnoteReference") is not None or run.find(f"{W}endnoteReference") is not None:
        return "superscript"
    return value if value in ("superscript", "subscript") else ""


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _run_text(run: etree._Element, note: NoteText | None) -> str:
    if local_name(run) == "oMath":
        return _math_text(run)
    if _is_on(run.find(f"{W}rPr/{W}vanish")):
        return ""
    return "".join(_piece(child, note) for child in run)


def _piece(child: etree._Element, note: NoteText | None) -> str:
    name = local_name(child)
    if name == "t":
        return (child.text or "").replace("\n", " ")
    if name in ("br", "cr"):
        return "\n"
    if name == "sym":
        code = child.get(f"{W}char", "")
        return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
    if name in ("footnoteReference", "endnoteReference"):
        return note(name[: -len("Reference")], child.get(f"{W}id", "")) if note else ""
    return {"tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}.get(name, "")


def _math_text(element: etree._Element) -> str:
    """An Office formula on one line: fractions as ``a/b``, powers raised, indices lowered."""
    name, parts = local_name(element), {local_name(child): child for child in element}
    if name == "t":
        return element.text or ""
    if name == "f" and "num" in parts and "den" in parts:
        return f"{_math_text(parts['num'])}/{_math_text(parts['den'])}"
    if name == "sSup" and "e" in parts and "sup" in parts:
        return _math_text(parts["e"]) + raised(_math_text(parts["sup"]))
    if name == "sSub" and "e" in parts and "sub" in parts:
        return _math_text(parts["e"]) + subscript(_math_text(parts["sub"]))
    return "".join(_math_text(child) for child in element)


def _cited(out: str, numbers: str) -> str:
    """A raised citation in brackets, before the full stop that it follows."""
    stop = out[-1] if out[-1:] in tuple(".,;:") else ""
    return f"{out[: len(out) - len(stop)].rstrip()} [{numbers}]{stop}"
