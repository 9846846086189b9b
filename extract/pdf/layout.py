"""The frame of a paper's pages: size and pitch of its running text, its columns, and the furniture to leave out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from counterproof.extract.pdf.geometry import Line, Rect, View, Word
from counterproof.extract.pdf.words import cluster, split_line

SEGMENT_GAP = 0.95
"""Words further apart than this many font sizes are no neighbours in a sentence."""
MARGIN_ZONE = 0.12
"""Furniture stands in this share of the page's height at its head and foot."""
SAME_SIZE = 0.04
"""Sizes that differ by at most this share are one."""
RIVAL = 0.4
"""A font size with this share of the commonest one's characters may be that of running text."""
EDGE_LINES = 4
"""Furniture is among this many lines at the head and the foot."""
GUTTER_SHARE = 0.12
"""A gutter is crossed by at most this share of the lines that stand on its two sides."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a paper's pages share: the font size of running text and the pitch of its lines, in points."""

    size: float
    pitch: float


@dataclass(slots=True)
class Layout:
    """One view of a page with its lines and prose columns."""

    view: View
    body: Body
    lines: list[Line]
    columns: list[Rect]

    def is_body(self, line: Line) -> bool:
        """Whether the line is set in the size of running text."""
        return abs(line.size - self.body.size) <= SAME_SIZE * self.body.size

    def column_of(self, x0: float, x1: float) -> Rect | None:
        """The column that holds this stretch, None where it reaches over several."""
        slack = self.body.size
        for column in self.columns:
            if column.x0 - slack <= x0 and x1 <= column.x1 + slack:
                return column
        return None

    def is_prose(self, line: Line) -> bool:
        """Whether the line is a full line of running text: body size, words all along its column, no wide gap."""
        column = self.column_of(line.x0, line.x1)
        if column is None or not self.is_body(line) or len(line.words) < 4:
            return False
        return line.x1 - line.x0 >= 0.85 * column.width


def body_of(views: list[View]) -> Body:
    """The size of running text and the commonest distance between its lines.

    It is the largest size that is about as common as the commonest: references and tables may hold more characters, in smaller type.
    """
    sizes: Counter[float] = Counter()
    for view in views:
        for word in view.words:
            sizes[round(word.size, 1)] += len(word.text)
    if not sizes:
        return Body(10.0, 12.0)
    most = sizes.most_common(1)[0][1]
    size = max(size for size, count in sizes.items() if count >= RIVAL * most)
    steps: Counter[float] = Counter()
    for view in views:
        last: dict[int, float] = {}
        for word in sorted((w for w in view.words if abs(w.size - size) < 0.06), key=lambda w: w.base):
            key = round(word.x0 / 3)
            if key in last and 0.9 * size <= word.base - last[key] <= 2.5 * size:
                steps[round(word.base - last[key], 1)] += 1
            last[key] = word.base
    return Body(size, steps.most_common(1)[0][0] if steps else 1.2 * size)


def drop_furniture(pages: list[View]) -> None:
    """Take running heads, feet, page numbers and line numbers off the words of all pages."""
    for view in pages:
        _drop_line_numbers(view)
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[list[tuple[tuple[str, int], list[Word]]]] = []
    for view in pages:
        edges.append([(_furniture_key(line), line) for line in _edge_lines(view)])
        for text, height in {key for key, _ in edges[-1]}:
            seen.update({(text, height - 1), (text, height), (text, height + 1)})
    need = 2 if len(pages) < 8 else 3
    for view, lines in zip(pages, edges, strict=True):
        gone = {id(w) for key, line in lines if seen[key] >= need for w in line}
        if gone:
            view.words = [w for w in view.words if id(w) not in gone]


def _edge_lines(view: View) -> list[list[Word]]:
    """The first and last lines of a page, within its margins."""
    lines = cluster(view.words)
    top, bottom = MARGIN_ZONE * view.height, (1 - MARGIN_ZONE) * view.height
    edges = [line for line in lines[:EDGE_LINES] if line[0].base < top] + [line for line in lines[-EDGE_LINES:] if line[0].base > bottom]
    return [line for line in edges if line[0].text.lower() not in ("table", "tab.", "fig.", "figure", "box")]


def _furniture_key(line: list[Word]) -> tuple[str, int]:
    """The line's text without page numbers, and its height on the page: what a running head repeats."""
    text = " ".join("#" if w.text.isdigit() and len(w.text) < 5 else w.text for w in sorted(line, key=lambda w: w.text.isdigit()))
    return text.lower(), round(line[0].base / 6)


def _drop_line_numbers(view: View) -> None:
    """A column of numbers at the left or right edge that count the lines."""
    numbers = [w for w in view.words if w.text.isdigit() and len(w.text) <= 4]
    if len(numbers) < 10 or not view.words:
        return
    for edge in ("x0", "x1"):
        stacks: dict[int, list[Word]] = {}
        for word in numbers:
            stacks.setdefault(round(getattr(word, edge) / 4), []).append(word)
        for stack in stacks.values():
            stack.sort(key=lambda w: w.base)
            values = [int(w.text) for w in stack]
            steps = Counter(b - a for a, b in pairwise(values))
            if len(stack) < 10 or steps.most_common(1)[0][1] < 0.9 * (len(stack) - 1) or steps.most_common(1)[0][0] not in (1, 5):
                continue
            rest = [w for w in view.words if w not in stack]
            outside = sum(w.x0 < stack[0].x1 for w in rest), sum(w.x1 > stack[0].x0 for w in rest)
            if min(outside) <= 0.02 * len(rest):
                view.words = rest
                return


def lay_out(pages: list[list[View]], body: Body) -> list[list[Layout]]:
    """Find the prose columns of all pages and cut their lines at gutters and wide gaps."""
    rough = [[_rough_lines(view) for view in views] for views in pages]
    own = [_columns(lines[0], body, views[0]) for views, lines in zip(pages, rough, strict=True)]
    usual = Counter(view.turn for views in pages for view in views[:1]).most_common(1)[0][0] if pages else 0
    known = [c for views, c in zip(pages, own, strict=True) if c and views[0].turn == usual]
    shared = [c for c in known if sum(_alike(c, other, body) for other in known) > 1] or known
    layouts: list[list[Layout]] = []
    for views, lines, columns in zip(pages, rough, own, strict=True):
        layouts.append([])
        for index, view in enumerate(views):
            # Text that runs another way than the paper's is a table or a figure: it has no columns of prose.
            prose = not index and view.turn == usual and shared
            if not prose:
                layouts[-1].append(_layout(view, body, [_extent(lines[index], view)]))
            elif any(_alike(columns, other, body) for other in shared):
                layouts[-1].append(_layout(view, body, columns))
            else:
                layouts[-1].append(_layout(view, body, _best_columns(shared, lines[0], body)))
    return layouts


def _best_columns(shared: list[list[Rect]], lines: list[Line], body: Body) -> list[Rect]:
    """Of the columns that pages of this paper share those at whose edges most lines begin: left and right pages differ."""
    running = [line for line in lines if abs(line.size - body.size) <= SAME_SIZE * body.size and len(line.words) > 3]
    starts = Counter(round(line.x0) for line in running)

    def begun(columns: list[Rect]) -> int:
        return sum(starts[round(c.x0) + step] for c in columns for step in (-1, 0, 1))

    return max(shared, key=lambda columns: (begun(columns), sum(c.width for c in columns)))


def _rough_lines(view: View) -> list[Line]:
    return [line for row in cluster(view.words) for line in split_line(row, SEGMENT_GAP)]


def _alike(one: list[Rect], other: list[Rect], body: Body) -> bool:
    """Whether two pages have the same columns, moved sideways perhaps: left and right pages differ."""
    if len(one) != len(other):
        return False
    return all(abs(a.width - b.width) <= 1.5 * body.size for a, b in zip(one, other, strict=True))


def _layout(view: View, body: Body, columns: list[Rect]) -> Layout:
    layout = Layout(view, body, [], columns)
    layout.lines = [line for row in cluster(view.words) for line in _cut(row, layout)]
    return layout


def _extent(lines: list[Line], view: View) -> Rect:
    if not lines:
        return Rect(0, 0, view.width, view.height)
    return Rect(min(line.x0 for line in lines), 0, max(line.x1 for line in lines), view.height)


def _columns(lines: list[Line], body: Body, view: View) -> list[Rect]:
    """Columns between the stretches that few lines of running text cross."""
    running = [line for line in lines if abs(line.size - body.size) <= SAME_SIZE * body.size and len(line.words) >= 3]
    if len(running) < 6:
        return []
    cells = int(view.width) + 2
    cover = [0] * cells
    for line in running:
        for x in range(max(0, int(line.x0)), min(cells, int(line.x1) + 1)):
            cover[x] += 1
    peak = sorted(cover)[int(0.9 * cells)]
    low = GUTTER_SHARE * peak
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for x, count in enumerate([*cover, 0]):
        if count > low and start is None:
            start = x
        elif count <= low and start is not None:
            if spans and start - spans[-1][1] < 0.6 * body.size:
                spans[-1] = (spans[-1][0], x)
            else:
                spans.append((start, x))
            start = None
    return [Rect(a, 0, b, view.height) for a, b in spans if b - a >= 8 * body.size]


def _cut(row: list[Word], layout: Layout) -> list[Line]:
    """The line's parts between wide gaps; a narrower gap is enough where it lies in a gutter."""
    gutters = [(a.x1, b.x0) for a, b in zip(layout.columns, layout.columns[1:], strict=False)]
    parts: list[list[Word]] = [[row[0]]]
    reach = row[0].x1
    for word in row[1:]:
        gap = word.x0 - reach
        in_gutter = gap > 0.4 * word.size and any(
            reach <= right + 1 and word.x0 >= left - 1 and gap > 0.6 * (right - left) for left, right in gutters
        )
        if gap > SEGMENT_GAP * word.size or in_gutter:
            parts.append([])
        parts[-1].append(word)
        reach = max(reach, word.x1)
    return [Line(part) for part in parts]
