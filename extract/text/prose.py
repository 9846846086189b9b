"""Running text of an export: paragraphs, headings, and which part of the paper each stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from counterproof.extract.builder import TableDraft
from counterproof.extract.sections import part_of
from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line
from counterproof.kb.document import Part

_ENDS = re.compile(r"[.:?!][\])'\"”’]*(?:\[?[\d,\s–-]+\]?)?$")
_LOW = re.compile(r"[a-z(\[<>≤≥=±%\d,;]")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+[A-Z][^.!?]{2,90}$")
_RUN_IN = re.compile(
    r"(?:background|introduction|purpose|aims?|objectives?|context|importance|rationale"
    r"|(?:materials? and |patients and )?methods?"
    r"|design|setting|results?|findings|conclusions?|interpretation|discussion"
    r"|funding|trial registration|keywords?)(?:[/ ](?:and )?\w+){0,3}\s?[:.—]\s",
    re.IGNORECASE,
)
_PANEL = re.compile(r"\(?[A-Ha-h]\)?")  # the letter of a figure's panel
_MAIN_METHODS = re.compile(
    r"(?:\d+\W+)?(?:online )?(?:(?:materials?|patients?|subjects?|participants)\W+(?:and|&)\W+)?method(?:s|ology)\W*$", re.IGNORECASE
)
_UNWRAPPED = 200  # a usual line longer than this is a whole paragraph
_ORDER: tuple[Part, ...] = ("front", "abstract", "introduction", "methods", "results", "discussion", "back", "references")

Kind = Literal["paragraph", "heading", "figure", "table"]


@dataclass(slots=True)
class Piece:
    """A stretch of the document: its lines, or the table that stands there."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    table: TableDraft | None = None
    part: Part = "front"
    section: str = ""

    @property
    def unfinished(self) -> bool:
        """Whether its last sentence has no end."""
        return self.kind == "paragraph" and not _ENDS.search(self.lines[-1].text)


def paragraphs(lines: Sequence[Line], width: int) -> list[Piece]:
    """Lines of running text as headings and paragraphs."""
    pieces: list[Piece] = []
    telling = any(line.soft for line in lines)
    lines = [line for i, line in enumerate(lines) if not (_PANEL.fullmatch(line.text) and (line.opens or i == 0))]
    for i, line in enumerate(lines):
        after = lines[i + 1] if i + 1 < len(lines) else None
        fresh = not pieces or line.opens or pieces[-1].kind == "heading" or width > _UNWRAPPED or _breaks(lines[i - 1], line, width)
        if (fresh or _ENDS.search(lines[i - 1].text)) and is_heading(line, after, width, telling):
            pieces.append(Piece("heading", [line]))
        elif fresh and not (pieces and pieces[-1].kind == "paragraph" and _goes_on(pieces[-1].lines[-1], line, width)):
            pieces.append(Piece("paragraph", [line]))
        else:
            pieces[-1].lines.append(line)
    return pieces


def _breaks(above: Line, line: Line, width: int) -> bool:
    """A short last line and then a capital, where the export has no blank lines between paragraphs; a labelled part of an abstract."""
    if _ENDS.search(above.text) and _RUN_IN.match(line.text):
        return True
    return bool(_ENDS.search(above.text)) and len(above.text) < 0.8 * width and not line.text[:1].islower() and not above.soft


def _goes_on(above: Line, line: Line, width: int) -> bool:
    """Whether a paragraph goes on across a blank line: a page's or column's end inside a sentence."""
    if _ENDS.search(above.text):
        return False
    return bool(
        line.text[:1].islower() or above.text.endswith("-") or above.soft or (len(above.text) > 0.85 * width and _LOW.match(line.text))
    )


def is_heading(line: Line, after: Line | None, width: int, telling: bool = False) -> bool:
    """Whether a line that could begin a paragraph is a heading; ``telling`` says that the export marks its wrapped lines."""
    text = line.text
    wrapped = line.soft and not (after and after.opens)
    if wrapped and not (part_of(text) and len(text.split()) <= 4 and after and after.text[:1].isupper()):
        return False
    if len(text) > 100 or text.endswith((".", ",", ";", "-", ":")) or not (text[0].isupper() or text[0].isdigit()):
        return False
    if _NUMBERED.match(text) or (part_of(text) and len(text.split()) <= 6 and len(text) < 0.8 * width):
        return True
    if (
        after is None
        or text[0].isdigit()
        or after.text[:1].islower()
        or len(text.split()) > 12
        or (text.endswith(")") and "(" in text and len(text) < 12)
    ):
        return False
    if len(text) < 4 or not any(c.islower() or c == " " for c in text):
        return False
    if telling or width > _UNWRAPPED:
        return not after.opens or (width > _UNWRAPPED and len(after.text) > 150)
    room = width - len(text) - 1 - len(after.text.split(" ", 1)[0])
    return room > 0.12 * width and len(text) < 0.8 * width and len(after.text) > 0.75 * width


def sew(pieces: Sequence[Piece]) -> list[Piece]:
    """Paragraphs that a table, figure or page end cut in two put together; what stood between follows them."""
    sewn: list[Piece] = []
    for piece in pieces:
        k = len(sewn) - 1
        while k >= 0 and sewn[k].kind in ("table", "figure"):
            k -= 1
        above = sewn[k] if k >= 0 else None
        if piece.kind == "paragraph" and above and above.unfinished and k < len(sewn) - 1 and _reads_on(above, piece):
            above.lines.extend(piece.lines)
        else:
            sewn.append(piece)
    return sewn


def _reads_on(above: Piece, piece: Piece) -> bool:
    """A sentence begun in a paragraph of several lines goes on; a lone line without a full stop is as often a label."""
    first, last = piece.lines[0].text, above.lines[-1].text
    return first[:1].islower() or last.endswith("-") or (len(above.lines) > 1 and len(last) > 30 and not _RUN_IN.match(first))


def assign_parts(pieces: Sequence[Piece], joiner: Joiner) -> None:
    """Sets each piece's part and section from the headings above it."""
    titles = [joiner.join([line.text for line in piece.lines]) if piece.kind == "heading" else "" for piece in pieces]
    named: list[Part | None] = [part_of(title) if title else None for title in titles]
    part: Part = "front" if any(named) else "body"
    section = ""
    for i, piece in enumerate(pieces):
        if piece.kind == "heading":
            part = _next_part(part, named[i], titles[i], named[i + 1 :])
            section = titles[i]
        elif piece.kind == "paragraph" and part in ("front", "body") and _RUN_IN.match(piece.lines[0].text):
            part, section = "abstract", "Abstract"
        piece.part, piece.section = part, section


def _next_part(part: Part, named: Part | None, title: str, later: Sequence[Part | None]) -> Part:
    if named is None:
        return part
    if "abstract" in later and named != "abstract" and part == "front":
        return part
    if part == "abstract" and named in later and named not in ("abstract", "references", "back"):
        return part
    back = part in _ORDER and _ORDER.index(named) < _ORDER.index(part)
    if back and named != "abstract" and not (named == "methods" and _MAIN_METHODS.match(title)) and part != "back":
        return part
    return named
