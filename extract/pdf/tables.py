"""All tables of a paper: page by page, parts that go on over pages joined."""

from __future__ import annotations

from dataclasses import dataclass

from counterproof.extract.pdf.captions import find_captions
from counterproof.extract.pdf.join import Joiner
from counterproof.extract.pdf.layout import Layout
from counterproof.extract.pdf.regions import PageTables, Region, find_regions, find_sequel, survey, usual_side
from counterproof.extract.pdf.structure import Grid


@dataclass(slots=True)
class Found:
    """A region that was read as a table; ``parts`` is the table where it begins here, None where it goes on."""

    layout: Layout
    region: Region
    parts: list[Grid] | None


@dataclass(slots=True)
class PageFound:
    """The tables on one page, and what else was told by its captions."""

    surveys: list[PageTables]
    tables: list[Found]


def read_tables(pages: list[list[Layout]]) -> list[PageFound]:
    """The tables of each page; ``pages`` holds the layouts of each page's views."""
    surveys = [[survey(layout, find_captions(layout)) for layout in page] for page in pages]
    side = usual_side([s for page in surveys for s in page])
    joiner = Joiner()
    found: list[PageFound] = []
    last: tuple[PageTables, Region] | None = None
    for page in surveys:
        regions = [(s, region) for s in page for region in find_regions(s, side)]
        sequel = find_sequel(page[0], *last) if last else None
        if sequel:
            regions.insert(0, (page[0], sequel))
        tables = [Found(s.layout, region, joiner.add(s.layout.view, region)) for s, region in regions]
        found.append(PageFound(page, tables))
        mine = [(s, region) for s, region in regions if s is page[0]]
        last = max(mine, key=lambda m: m[1].body.bottom, default=None)
    return found
