"""Tables that run over several pages: their parts are found by number, read with the first part's columns, and joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from counterproof.extract.pdf.columns import Span
from counterproof.extract.pdf.geometry import View
from counterproof.extract.pdf.regions import Region
from counterproof.extract.pdf.structure import Grid, read_grid

SAME = 0.85
"""Heads or captions that are alike to this degree are the same, repeated."""


@dataclass(slots=True)
class Joiner:
    """Collects the tables of a paper, page by page."""

    tables: list[list[Grid]] = field(default_factory=list)

    def add(self, view: View, region: Region) -> list[Grid] | None:
        """Read a region. A new table is returned as the list of its parts, to which later pages may add; a part of one is not."""
        grid = read_grid(view, region)
        before = self._before(view, region)
        if before is None:
            if grid is None:
                return None
            self.tables.append([grid])
            return self.tables[-1]
        first = before[0]
        headless = grid is not None and not _same(grid.head_text, first.head_text)
        if grid is None or headless or len(grid.columns) != len(first.columns):
            shift = region.body.x0 - first.region.body.x0
            moved = [Span(c.x0 + shift, c.x1 + shift, True) for c in first.columns]
            grid = read_grid(view, region, moved, headless or grid is None)
        if grid is not None:
            before.append(grid)
        return None

    def _before(self, view: View, region: Region) -> list[Grid] | None:
        """The table of which this region is a later part."""
        caption = region.caption
        for parts in reversed(self.tables):
            last = parts[-1].region.caption
            if last.number != caption.number:
                continue
            if caption.continued or parts[-1].view.page == view.page:
                return parts if caption.continued else None
            if not caption.text or _same(caption.text, parts[0].region.caption.text):
                return parts
        return None


def _same(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME
