"""Tables of a page: which ``<table>`` reports data, the element around it with caption and notes, and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from counterproof.extract.builder import TableDraft
from counterproof.extract.html.inline import BLOCKS, local_name, raw_text
from counterproof.extract.markup.captions import is_caption, is_note, split_label
from counterproof.extract.markup.grid import MarkupCell, MarkupRow, RowGroup, indent_of, span_of
from counterproof.extract.markup.notes import read_notes
from counterproof.extract.markup.tables import NoteText, draft_table
from counterproof.extract.repair import repair

_GROUPS: dict[str, RowGroup] = {"thead": "head", "tbody": "body", "tfoot": "foot"}
_TABLE_CLASS = re.compile(r"(?:^|[\s_-])(?:table\w*|tables|tbl\w*|tw|xtable|figure)(?:$|[\s_-])|table-?wrap|article-table", re.IGNORECASE)
_NOTE_CLASS = re.compile(r"foot|note|legend|\bfn\b|tblfn|tfn", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:open|view|expand|show|see|full[ -]?size|download|enlarge|return|go to|back to|export|popup|print|copy|csv|xlsx?|powerpoint|\W)+"
    r"(?:in|a|an|to|new|tab|table|this|full|screen|window|size|larger|image|figure|text|as|file|version|slide|\W)*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class PageTable:
    """A table of the page with the element that holds all of it: ``wrap`` (the table itself where nothing surrounds it)."""

    wrap: etree._Element
    table: etree._Element | None
    before: list[etree._Element] = field(default_factory=list)
    after: list[etree._Element] = field(default_factory=list)

    @property
    def label_and_caption(self) -> tuple[str, str]:
        """The label and the caption, from ``<caption>`` or from what stands before the table (or, without that, behind it)."""
        own = self.table.find("caption") if self.table is not None else None
        pieces = [repair(raw_text(e)) for e in ([own] if own is not None else []) + self.before]
        pieces = [p for p in dict.fromkeys(pieces) if p and not _FURNITURE.fullmatch(p)]
        text = " ".join(
            p if p[-1:] in ".:;?!" or i == len(pieces) - 1 or split_label(p) == (p, "") else p + "." for i, p in enumerate(pieces)
        )
        label, caption = split_label(text) or ("", text)
        if label and (again := split_label(caption)) and again[0] == label:
            caption = again[1]
        return label, caption


def page_tables(content: etree._Element) -> list[PageTable]:
    """The data tables, in order, and those of which the page shows only the caption (their cells stand elsewhere or in a picture)."""
    tables = [table for table in content.iter("table") if _is_data(table)]
    found = [_surrounded(table, content, set(tables)) for table in tables]
    inside = {e for t in found for e in t.wrap.iter()} | {e for t in found for e in t.wrap.iterancestors()}
    for element in content.iter("figure", "div", "section"):
        if element not in inside and _is_empty_frame(element):
            found.append(PageTable(element, None, before=list(_leaves(element))))
            inside.update(element.iter())
    return found


def draft(found: PageTable, tree: etree._ElementTree) -> TableDraft:
    """The table as a draft; a mere caption becomes an image."""
    notes = list(_notes(found.after))
    if found.table is None:
        made = TableDraft(footnotes=[n for mark, text in notes for n in read_notes(text, (), mark)], image=True, confidence=0.0)
    else:
        made = draft_table(_rows(found.table, tree), notes)
    made.label, made.caption = found.label_and_caption
    made.xpath = tree.getpath(found.wrap)
    return made


def _notes(elements: list[etree._Element]) -> Iterator[NoteText]:
    """The notes, each with its mark where that stands in an element of its own before it (``<dt>``)."""
    mark: str | None = None
    for element in elements:
        text = raw_text(element)
        if re.fullmatch(r"\s*\S{1,3}[.):]?\s*", text):
            mark = text
        elif not _FURNITURE.fullmatch(repair(text) or "-"):
            yield mark, text
            mark = None


def _is_data(table: etree._Element) -> bool:
    """A table that holds no other and has at least two columns, two rows and a number or head; or one with a table's caption."""
    if any(True for _ in table.iter("table") if _ is not table):
        return False
    rows = [[c for c in tr if local_name(c) in ("td", "th")] for tr in table.iter("tr")]
    if table.find("caption") is not None or table.find(".//th") is not None:
        return any(len(row) > 1 for row in rows)
    wide = [row for row in rows if len(row) > 1]
    digits = sum(bool(re.search(r"\d", raw_text(c))) for row in wide for c in row[1:])
    return len(wide) > 1 and table.get("role") != "presentation" and digits > 1


def _surrounded(table: etree._Element, content: etree._Element, tables: set[etree._Element]) -> PageTable:
    """The table with its frame: the smallest element around it that begins with a label, widened while elements are a table's by name."""
    best = PageTable(table, table)
    for frame in table.iterancestors():
        if frame is content or local_name(frame) in ("body", "main", "article", "td") or _holds_other(frame, table, tables):
            break
        before, after = _around(frame, table)
        named = local_name(frame) == "figure" or bool(_TABLE_CLASS.search(f"{frame.get('class') or ''} {frame.get('id') or ''}"))
        labelled = bool(before) and split_label(repair(raw_text(before[0]))) is not None
        if any(local_name(e) in ("h1", "h2", "h3", "h4", "h5", "h6") for e in after) or not (named or labelled or not (before or after)):
            break
        if labelled and not named and (best.before or not _only_notes(after)):
            break
        best = PageTable(frame, table, before, after)
    _look_beside(best)
    return best


def _holds_other(frame: etree._Element, table: etree._Element, tables: set[etree._Element]) -> bool:
    return any(other in tables and other is not table for other in frame.iter("table"))


def _look_beside(found: PageTable) -> None:
    """A caption in the paragraph right before the frame, notes in those right behind it, where the page has no frame for them."""
    previous = found.wrap.getprevious() if not found.label_and_caption[0] else None
    if previous is not None and next(previous.iter("table"), None) is None and is_caption(repair(raw_text(previous))):
        found.before.insert(0, previous)
    following = found.wrap.getnext() if not found.after else None
    while following is not None and next(following.iter("table"), None) is None and _only_notes([following]):
        found.after.append(following)
        following = following.getnext()


def _only_notes(elements: list[etree._Element]) -> bool:
    """Whether these elements hold notes and the page's own buttons, and nothing else; not where they are all empty."""
    texts = [(element, text) for element in elements if (text := repair(raw_text(element)))]
    return bool(texts) and all(_NOTE_CLASS.search(e.get("class") or "") or is_note(text) or _FURNITURE.fullmatch(text) for e, text in texts)


def _around(frame: etree._Element, table: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """The leaf blocks of the frame before and behind the table."""
    before: list[etree._Element] = []
    after: list[etree._Element] = []
    side = before
    for leaf in _leaves(frame, table):
        if leaf is table:
            side = after
        elif repair(raw_text(leaf)):
            side.append(leaf)
    return before, after


def _leaves(frame: etree._Element, stop: etree._Element | None = None) -> Iterator[etree._Element]:
    """The innermost blocks of an element in order (inline elements right in it as blocks of their own); ``stop`` is not entered."""
    for child in frame:
        name = local_name(child)
        holds_stop = stop is not None and any(e is stop for e in child.iterdescendants("table"))
        if child is stop:
            yield child
        elif name in ("ul", "ol", "dl") and not holds_stop:
            yield from child
        elif holds_stop or (name not in ("", "li") and any(local_name(e) in BLOCKS for e in child)):
            yield from _leaves(child, stop)
        elif name:
            yield child


def _is_empty_frame(element: etree._Element) -> bool:
    """A frame with a table's caption and without a table: the cells are a picture or stand on another page."""
    if local_name(element) != "figure" and not _TABLE_CLASS.search(element.get("class") or ""):
        return False
    text = repair(raw_text(element))
    linked = next(element.iter("a", "img"), None) is not None
    return linked and next(element.iter("table"), None) is None and is_caption(text)


def _rows(table: etree._Element, tree: etree._ElementTree) -> list[MarkupRow]:
    rows: list[MarkupRow] = []
    for section, part in enumerate(table):
        name = local_name(part)
        if name in _GROUPS:
            rows += [_row(tr, _GROUPS[name], section, tree) for tr in part if local_name(tr) == "tr"]
        elif name == "tr":
            rows.append(_row(part, "body", 0, tree))
    return [row for row in rows if row.cells]


def _row(tr: etree._Element, group: RowGroup, section: int, tree: etree._ElementTree) -> MarkupRow:
    path, counts, cells = tree.getpath(tr), {"td": 0, "th": 0}, list[MarkupCell]()
    for cell in tr:
        name = local_name(cell)
        if name in counts:
            counts[name] += 1
            cells.append(_cell(cell, f"{path}/{name}[{counts[name]}]"))
    return MarkupRow(cells, group, section)


def _cell(cell: etree._Element, path: str) -> MarkupCell:
    marks: list[str] = []
    text = raw_text(cell, marks)
    style = cell.get("style") or ""
    return MarkupCell(
        text=text,
        row_span=span_of(cell.get("rowspan")),
        column_span=span_of(cell.get("colspan")),
        head=local_name(cell) == "th",
        bold=_all_in(cell, ("b", "strong"), text) or bool(re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style)),
        italic=_all_in(cell, ("i", "em"), text),
        indent=indent_of(text, style),
        marks=marks,
        xpath=path,
    )


def _all_in(cell: etree._Element, names: tuple[str, ...], text: str) -> bool:
    """Whether nearly all of a cell's text is emphasised so; a mark or a colon may stand outside."""
    inside = sum(len("".join(str(t) for t in e.itertext()).strip()) for e in cell.iter(*names))
    return inside > 0 and inside >= 0.8 * len(text.strip())
