"""Variable, level and time of a row, from its label and the labels above it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from counterproof.extract.tables.columns import is_level_name
from counterproof.extract.tables.headings import is_time, read_heading
from counterproof.extract.tables.layout import Panel, Row
from counterproof.extract.tables.rows import Place
from counterproof.kb.document import Table

_TOPIC = re.compile(
    r"\b(?:characteristics|outcomes?|variables|parameters|measure(?:ment)?s|demographics?|data|endpoints?|results|features|findings|factors|scores|"
    r"events|complications|comorbidit(?:y|ies)|symptoms|medications?|laboratory|tests|values|anthropometrics?)\W*$",
    re.IGNORECASE,
)
"""Heads of a topic: the rows below are variables of their own, not the levels of one."""


class Meaning(NamedTuple):
    """``named`` is false where the table's caption had to lend its name to the variable."""

    variable: str
    level: str | None = None
    time: str | None = None
    named: bool = True


def name_rows(panel: Panel, places: dict[int, Place], arms: dict[int, str], table: Table) -> dict[int, Meaning]:
    """The meaning of each row."""
    lent = (table.caption or panel.title or table.label or table.section or "table").strip().rstrip(".")
    labels = Counter(_bare(row.label) for row in panel.rows)
    if not arms and (stub := _levels_of_stub(panel, places)):
        return {row.index: Meaning(stub, row.label or None) for row in panel.rows}
    return {row.index: _meaning(panel, row, places, arms.get(row.index), lent, labels) for row in panel.rows}


def _levels_of_stub(panel: Panel, places: dict[int, Place]) -> str | None:
    """``Smoking`` heads the stub and its rows are ``yes`` and ``no``: the stub's head is the variable, the rows its levels."""
    path = panel.heads[0] if panel.stub == 1 and not panel.title else []
    rows = [row for row in panel.rows if not row.heading.p and row.label]
    if not path or len(rows) < 2 or any(places[row.index].above for row in rows):
        return None
    name = _bare(path[-1][1].text)
    return name if name and not is_listing(panel) and all(is_level_name(row.label) for row in rows) else None


def _meaning(panel: Panel, row: Row, places: dict[int, Place], arm: str | None, lent: str, labels: Counter[str]) -> Meaning:
    place = places[row.index]
    above = [bare for text in place.above if (bare := _bare(text))]
    if panel.title:
        above = [panel.title, *above]
    time = next((text for text in reversed(above) if is_time(text)), None)
    above = [text for text in above if not is_time(text)]
    own = "" if arm is not None else _bare(row.heading.name or ("" if row.heading.explicit else row.label))
    if row.heading.time and arm is None:
        own = row.label
    if row.heading.time and arm is None and _all_times(panel, places, row):
        return Meaning(_join(above) or lent, None, row.heading.time, bool(above))
    if not own:
        return Meaning(_join(above) or lent, None, time, bool(above))
    if not above:
        return Meaning(own, None, time)
    if len(above) == 1 and not panel.title and _TOPIC.search(above[0]):
        return Meaning(own, None, time)
    if len(above) > 1 and not panel.title and _TOPIC.search(above[0]):
        above = above[1:]
    unique = labels[above[-1]] <= 1 and not panel.title
    return Meaning(above[-1] if unique and len(above) == 1 else _join(above), own, time)


def _all_times(panel: Panel, places: dict[int, Place], row: Row) -> bool:
    """``Before treatment`` beside ``During chemotherapy`` is a level; beside other times it is one."""
    place = places[row.index]
    alike = [
        r
        for r in panel.rows
        if places[r.index].parent == place.parent and places[r.index].above == place.above and not places[r.index].blank
    ]
    return (place.parent is None and not place.above) or all(r.heading.time or r.heading.p for r in alike)


_LISTING = re.compile(
    r"^(?:patients?|cases?|subjects?|participants?|pt\.?|animal|no\.?|id|#)(?:\s*(?:no\.?|number|id|#|code))?\.?$", re.IGNORECASE
)


_CODE = re.compile(r"(?:\w{1,4}[-. ]?)?\d{1,4}[A-Za-z]?")


def is_listing(panel: Panel) -> bool:
    """Whether each row is one patient: the stub is headed so, and its labels are distinct numbers or codes."""
    head = panel.heads[0][-1][1].text.strip() if panel.stub and panel.heads[0] else ""
    if not _LISTING.match(head):
        return False
    labels = [row.label for row in panel.rows]
    codes = sum(bool(_CODE.fullmatch(label)) for label in labels)
    return len(labels) > 2 and len(set(labels)) == len(labels) and codes * 5 >= len(labels) * 4


def _join(above: list[str]) -> str:
    return ": ".join(above)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """A label without its size and statistics."""
    heading = read_heading(text, head=False)
    if heading.p or heading.time:
        return text.strip().rstrip(":")
    return (heading.name or ("" if heading.explicit else text)).strip().rstrip(":")
