"""Tables of a JATS article: each ``table-wrap`` as drafts with label, caption, cells and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from counterproof.extract.builder import TableDraft
from counterproof.extract.jats.inline import local_name, raw_text
from counterproof.extract.markup.grid import MarkupCell, MarkupRow, RowGroup, indent_of, span_of
from counterproof.extract.markup.notes import read_notes
from counterproof.extract.markup.tables import NoteText, draft_table
from counterproof.extract.repair import repair

_GROUPS: dict[str, RowGroup] = {"thead": "head", "tbody": "body", "tfoot": "foot"}
_LABEL = re.compile(
    r"(?:Supplementary |Supplemental |Appendix |eTable|Box |Online )?(?:Table|Tab\.?)\s?[A-Z]{0,2}\d{0,3}[A-Za-z]?\b", re.IGNORECASE
)
_PART_LETTER = re.compile(r"\([a-z]\)")
_TELLING = ("{*}bold", "{*}italic", "{*}list-item")
"""What inside a cell tells its emphasis or its level."""


def table_drafts(wrap: etree._Element, tree: etree._ElementTree, group: tuple[str, str] = ("", "")) -> Iterator[TableDraft]:
    """A draft for each table in a ``table-wrap``; one without cells is a picture of a table (``image``).

    ``group`` is the label and caption of the ``table-wrap-group`` around it, for parts that have none of their own.
    """
    label, caption = _of_group(group, label_and_caption(wrap))
    notes, path = _notes(wrap), tree.getpath(wrap)
    drafts = [draft for table in _own_tables(wrap) if (draft := draft_table(_rows(table, tree), notes)).cells]
    if not drafts:
        footnotes = [note for mark, text in notes for note in read_notes(text, (), mark)]
        drafts = [TableDraft(footnotes=footnotes, image=True, confidence=0.0)]
    for draft in drafts:
        draft.label, draft.caption, draft.xpath = label, caption, path
        yield draft


def share_notes(parts: Sequence[TableDraft]) -> None:
    """A symbol that one part of a table uses and only a sister part explains means there what it means here; letters may not."""
    explained = {note.mark: note for part in reversed(parts) for note in part.footnotes if note.mark and not note.mark.isalnum()}
    for part in parts:
        own = {note.mark for note in part.footnotes}
        used = dict.fromkeys(mark for cell in part.cells for mark in cell.marks)
        part.footnotes = [*part.footnotes, *(explained[mark] for mark in used if mark in explained and mark not in own)]


def _own_tables(wrap: etree._Element) -> list[etree._Element]:
    """The wrap's tables, those inside cells of others left out."""
    return [t for t in wrap.iter("{*}table") if not any(local_name(a) in ("td", "th", "entry") for a in t.iterancestors())]


def _of_group(group: tuple[str, str], own: tuple[str, str]) -> tuple[str, str]:
    """Label and caption of a part: ``Table 1`` with ``(b) Outcomes`` is ``Table 1(b)``."""
    label, caption = own
    if not label and (letter := _PART_LETTER.match(caption)):
        label = group[0] + letter[0]
    return label or group[0], " ".join(dict.fromkeys(text for text in (group[1], caption) if text))


def label_and_caption(wrap: etree._Element) -> tuple[str, str]:
    """The label without its full stop and the caption without its label; title and paragraphs of a caption in one line."""
    label_element, caption_element = wrap.find("{*}label"), wrap.find("{*}caption")
    label = repair(raw_text(label_element)).rstrip(" .:|") if label_element is not None else ""
    pieces: list[str] = []
    if caption_element is not None:
        pieces = [text for child in caption_element if local_name(child) and (text := repair(raw_text(child)))]
        pieces = pieces or [repair(raw_text(caption_element))]
    caption = " ".join(piece if piece[-1:] in ".:;?!" or i == len(pieces) - 1 else piece + "." for i, piece in enumerate(pieces))
    if not label and (lead := _LABEL.match(caption)) and any(c.isdigit() for c in lead[0]):
        label, caption = lead[0], caption[lead.end() :].lstrip(" .:|–—-")
    elif label and caption.casefold().startswith(label.casefold()):
        caption = caption[len(label) :].lstrip(" .:|–—-")
    return label, caption


def _rows(table: etree._Element, tree: etree._ElementTree) -> list[MarkupRow]:
    """The rows of an XHTML table, or of a table by the OASIS exchange model (``tgroup``, ``row``, ``entry``)."""
    rows = _xhtml_rows(table, "body", 0, tree)
    for section, part in enumerate(table, start=1):
        name = local_name(part)
        if name in _GROUPS:
            rows += _xhtml_rows(part, _GROUPS[name], section, tree)
        elif name == "tgroup":
            columns = [spec.get("colname") for spec in part if local_name(spec) == "colspec"]
            for group in part:
                kind = _GROUPS.get(local_name(group), "body")
                rows += [_oasis_row(row, kind, section, columns, tree) for row in group if local_name(row) == "row"]
    return rows


def _xhtml_rows(parent: etree._Element, group: RowGroup, section: int, tree: etree._ElementTree) -> list[MarkupRow]:
    return [
        MarkupRow(
            [
                _cell(cell, name == "th", span_of(cell.get("rowspan")), span_of(cell.get("colspan")), path)
                for cell, name, path in _with_paths(row, ("td", "th"), row_path, tree)
            ],
            group,
            section,
        )
        for row, _, row_path in _with_paths(parent, ("tr",), tree.getpath(parent), tree)
    ]


def _with_paths(
    parent: etree._Element, names: tuple[str, ...], path: str, tree: etree._ElementTree
) -> Iterator[tuple[etree._Element, str, str]]:
    """The children of these names, with their names and XPaths, which follow from the parent's ``path`` where there is no namespace."""
    counts = dict.fromkeys(names, 0)
    for child in parent:
        name = local_name(child)
        if name in counts:
            counts[name] += 1
            # Asking the tree for every path would count all earlier siblings each time.
            yield child, name, f"{path}/{name}[{counts[name]}]" if child.tag == name else tree.getpath(child)


def _oasis_row(row: etree._Element, group: RowGroup, section: int, columns: list[str | None], tree: etree._ElementTree) -> MarkupRow:
    marked = []
    for entry in (e for e in row if local_name(e) == "entry"):
        first, last = entry.get("namest"), entry.get("nameend")
        across = columns.index(last) - columns.index(first) + 1 if first in columns and last in columns else 1
        more = entry.get("morerows") or ""
        down = span_of(str(int(more) + 1)) if more.isascii() and more.isdecimal() and len(more) < 4 else 1
        marked.append(_cell(entry, group == "head", down, max(1, across), tree.getpath(entry)))
    return MarkupRow(marked, group, section)


def _cell(cell: etree._Element, head: bool, down: int, across: int, path: str) -> MarkupCell:
    if not len(cell):  # as most cells
        text = raw_text(cell)
        return MarkupCell(text, down, across, head, indent=indent_of(text, cell.get("style")), xpath=path)
    marks: list[str] = []
    text = raw_text(cell, marks)
    indent = indent_of(text, cell.get("style"))
    if next(cell.iter(*_TELLING), None) is None:
        return MarkupCell(text, down, across, head, indent=indent, marks=marks, xpath=path)
    bold, italic = _all_in(cell, "bold", text), _all_in(cell, "italic", text)
    return MarkupCell(text, down, across, head, bold, italic, indent + _list_depth(cell), marks, path)


def _all_in(cell: etree._Element, name: str, text: str) -> bool:
    """Whether nearly all of a cell's text is emphasised so; a mark or a colon may stand outside."""
    inside = sum(len("".join(e.itertext()).strip()) for e in cell.iter(f"{{*}}{name}"))
    return inside > 0 and inside >= 0.8 * len(text.strip())


def _list_depth(cell: etree._Element) -> int:
    first = next(cell.iter("{*}list-item"), None)
    return sum(local_name(a) == "list" for a in first.iterancestors()) if first is not None else 0


def _notes(wrap: etree._Element) -> list[NoteText]:
    """The notes under a table, from ``table-wrap-foot``, ``fn`` and legend paragraphs, each with its label."""
    notes: list[NoteText] = []
    for foot in wrap.iter("{*}table-wrap-foot", "{*}legend"):
        for child in foot.iter("{*}fn", "{*}p", "{*}attrib", "{*}title"):
            if local_name(child) == "fn":
                notes.append(_fn_note(child))
            elif not any(local_name(a) == "fn" for a in child.iterancestors()):
                notes.append((None, raw_text(child)))
    return notes


def _fn_note(fn: etree._Element) -> NoteText:
    label = fn.find("{*}label")
    mark = "".join(label.itertext()) if label is not None else fn.get("symbol")
    return mark, "\n".join(raw_text(child) for child in fn if local_name(child) not in ("label", ""))
