"""Running text of HTML elements: raised and lowered digits, citations, note marks, formulas."""

from __future__ import annotations

import re

from lxml import etree

from counterproof.extract.jats.inline import is_note_mark, split_marks
from counterproof.extract.markup.formulas import math_text
from counterproof.extract.repair import lower_superscripts, subscript, superscript

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "li", "main", "nav", "ol", "p", "picture",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
UNREAD = frozenset(
    {
        "annotation", "annotation-xml", "audio", "button", "canvas", "embed", "iframe", "img", "input", "link", "map", "meta",
        "mjx-assistive-mml", "mjx-container", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
    }
)  # fmt: skip
_HIDDEN = re.compile(r"(?:^|[ _-])(?:sr-only|visually-?hidden|screen-?reader\w*|assistive|MathJax\w*)(?:$|[ _-])")
_CITED = re.compile(r"[\[(]?\s*\d{1,3}[a-z]?(?:\s*[,;–—−-]\s*\d{1,3}[a-z]?)*\s*[\])]?")
_TO_NOTE = re.compile(r"#.{0,40}?(?:fn|note|foot)", re.IGNORECASE)
_TO_REFERENCE = re.compile(r"(?!#.{0,40}?(?:fn|note|foot))#.{0,60}?(?:ref|bib|cit|(?:^|[-_#])(?:CR|B|R|c)\d)", re.IGNORECASE)


def local_name(element: etree._Element) -> str:
    """The element's name in lower case without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def raw_text(element: etree._Element, marks: list[str] | None = None) -> str:
    """The element's text, not yet repaired; line feeds stand for breaks alone. Note marks go to ``marks`` where that is given."""
    reader = TextReader(marks)
    reader.content(element)
    return reader.text


class TextReader:
    """Collects the text of elements one after the other."""

    def __init__(self, marks: list[str] | None = None) -> None:
        self.marks = marks
        self.out: list[str] = []

    @property
    def text(self) -> str:
        """What was read so far, without line feeds at its ends."""
        return "".join(self.out).strip("\n")

    def content(self, element: etree._Element) -> None:
        """Read what stands inside an element."""
        self.add(element.text)
        for child in element:
            self.element(child)
            self.add(child.tail)

    def add(self, text: str | None) -> None:
        """Read a stretch of text, in which line feeds are white space."""
        if text:
            self.out.append(text.replace("\n", " ").replace("\r", " "))

    def element(self, child: etree._Element) -> None:
        """Read an element by its name."""
        name = local_name(child)
        if not name or name in UNREAD or _HIDDEN.search(child.get("class") or ""):
            return
        if name in ("sup", "sub"):
            self._raised(child, name)
        elif name == "a" and self.marks is not None and _TO_NOTE.match(child.get("href") or "") and len(raw_text(child).strip()) < 4:
            self.marks.extend(split_marks(lower_superscripts(raw_text(child).strip("[]() "))))
        elif name == "a" and self._is_bare_reference(child):
            self._cite(raw_text(child))
        elif name == "math":
            self.add(math_text(child))
        elif name in ("br", "hr"):
            self.out.append("\n")
        elif name in BLOCKS:
            self._break()
            self.content(child)
            self._break()
        else:
            self.content(child)

    def _break(self) -> None:
        if any(piece.strip() for piece in self.out) and self.out[-1] != "\n":
            self.out.append("\n")

    def _raised(self, child: etree._Element, name: str) -> None:
        text = raw_text(child)
        if name == "sub":
            self.add(subscript(text))
            return
        link = next(child.iter("a"), None)
        link = child.getparent() if link is None and child.getparent() is not None else link
        target = (link.get("href") or "") if link is not None and local_name(link) == "a" else ""
        cited = bool(_CITED.fullmatch(text.strip())) and (_TO_REFERENCE.search(target) or (target and self.marks is None))
        if cited:
            self._cite(text)
        elif self.marks is not None and (is_note_mark(text, self._last()) or (_TO_NOTE.match(target) and len(text.strip()) < 8)):
            self.marks.extend(split_marks(lower_superscripts(text)))
        else:
            self.add(superscript(text) if len(text.strip()) == 1 or not text.strip().isalpha() else text)

    def _is_bare_reference(self, link: etree._Element) -> bool:
        """A citation that is neither raised nor in brackets would run into the word before it."""
        target = link.get("href") or ""
        return "#" in target and len(link) == 0 and self._last().isalpha() and bool(_CITED.fullmatch((link.text or "").strip()))

    def _cite(self, text: str) -> None:
        """A citation's number in brackets, before the full stop that it follows, never touching the number before it."""
        text = lower_superscripts(" ".join(text.split())).strip("[]() ")
        before = "".join(self.out[-8:])
        if before.rfind("[") > before.rfind("]"):
            self.add(text)
            return
        stop = ""
        if before[-1:] in tuple(".,;:"):
            stop = before[-1]
            self.out[-1] = self.out[-1][:-1]
        self.out.append(f"{'' if before[-1:].isspace() or not before else ' '}[{text}]{stop}")

    def _last(self) -> str:
        return next((piece.rstrip()[-1:] for piece in reversed(self.out) if piece.strip()), "")
