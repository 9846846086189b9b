"""Tables whose cells an export set one a line: row after row, or column after column.

Row after row, each label is followed by its values. Column after column, a stack of labels is followed by stacks of values; then a
label and its values are brought together only where the counts leave no choice, since a wrong row is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from counterproof.extract.text.joining import Joiner
from counterproof.extract.text.lines import Line
from counterproof.extract.text.rows import Row
from counterproof.extract.text.values import Value, peel


@dataclass(slots=True)
class _Stack:
    """Labels, and the stacks of values behind them."""

    labels: list[Line] = field(default_factory=list)
    values: list[list[Value]] = field(default_factory=list)


def is_stacked(lines: Sequence[Line]) -> bool:
    """Whether nearly all lines hold either words or one value, and values are many."""
    kinds = [_kind(line) for line in lines]
    return len(lines) > 5 and kinds.count("row") <= 0.15 * len(lines) and kinds.count("value") >= 0.3 * len(lines)


def row_after_row(lines: Sequence[Line], joiner: Joiner) -> tuple[list[Row], int]:
    """The rows of labels that equal runs of values follow, and a run's length; none where labels and values do not alternate so.

    Runs of another length cannot be given to a label: they are left out with the labels directly above them.
    """
    runs = [(value, list(run)) for value, run in groupby(lines, key=lambda line: _kind(line) == "value")]
    lengths = [len(run) for value, run in runs if value]
    if len(lengths) < 3:
        return [], 0
    n, times = Counter(lengths).most_common(1)[0]
    if times < 0.6 * len(lengths):
        return [], 0
    rows: list[Row] = []
    for (value, labels), (_, values) in pairwise(runs):
        if not value and len(values) == n:
            rows.extend(_labelled(labels, values, joiner))
    return rows, n


def _labelled(labels: Sequence[Line], values: Sequence[Line], joiner: Joiner) -> list[Row]:
    """The row whose label stands last above the values, below the section rows above it."""
    start = len(labels) - 1
    while start and not labels[start].opens and (labels[start].text[:1].islower() or labels[start].text[:1] == "("):
        start -= 1
    heads = [Row(line.text, (), line.indent, line.page) for line in labels[:start] if not peel(line.text).values]
    label = joiner.join([line.text for line in labels[start:]])
    return [*heads, Row(label, tuple(peel(line.text).values[0] for line in values), labels[start].indent, labels[start].page)]


def headed_columns(lines: Sequence[Line]) -> tuple[list[str], list[Row]] | None:
    """The heads and rows where a stack of labels stands beside stacks of as many values, each under its own head; else None."""
    runs = [(value, list(run)) for value, run in groupby(lines, key=lambda line: _kind(line) == "value")]
    lengths = {len(run) for value, run in runs if value}
    n = max(lengths, default=0)
    if len(lengths) != 1 or n < 3 or sum(value for value, _ in runs) < 2 or not runs[-1][0]:
        return None
    # One run of words holds the labels and, behind them, the head of the next stack of values.
    tall = [(i, run) for i, (value, run) in enumerate(runs) if not value and len(run) > n]
    if len(tall) != 1 or len(tall[0][1]) > (n + 2 if tall[0][0] == 0 else n + 1):
        return None
    stack = tall[0][1][-n - 1 : -1]
    heads = [run[-1].text for value, run in runs if not value]
    if any(not value and len(run) > 1 and len(run) <= n for value, run in runs):
        return None
    columns = [[peel(line.text).values[0] for line in run] for value, run in runs if value]
    return heads, [Row(label.text, cells, label.indent, label.page) for label, cells in zip(stack, zip(*columns, strict=True), strict=True)]


def column_after_column(lines: Sequence[Line]) -> tuple[list[Line], list[Row], int] | None:
    """The head lines, the rows and their number of values where stacks of labels and of values fit each other, else None.

    The first stack of labels is the last block before the values; what stands above it are heads.
    """
    first = next((i for i, line in enumerate(lines) if _kind(line) == "value"), 0)
    top = first - 1
    while top > 0 and not lines[top].opens:
        top -= 1
    rows: list[Row] = []
    n_columns = 0
    for stack in _stacks(lines[max(top, 0) :]):
        n_columns = n_columns or _width(stack)
        found = _fitted(stack, n_columns)
        if found is None:
            return None
        rows.extend(found)
    return (list(lines[: max(top, 0)]), rows, n_columns) if len(rows) > 2 and n_columns > 1 else None


def _kind(line: Line) -> str:
    peeled = peel(line.text)
    if not peeled.values:
        return "label"
    return "value" if not peeled.label and len(peeled.values) == 1 else "row"


def _stacks(lines: Sequence[Line]) -> Iterator[_Stack]:
    stack = _Stack()
    for line in lines:
        if _kind(line) != "value":
            if stack.values:
                yield stack
                stack = _Stack()
            stack.labels.append(line)
            continue
        value = peel(line.text).values[0]
        if line.opens or not stack.values:
            stack.values.append([])
        stack.values[-1].append(value)
    yield stack


def _width(stack: _Stack) -> int:
    """How many stacks of equal height stand side by side: the first run of them."""
    heights = [len(values) for values in stack.values]
    return next((len(list(run)) for _, run in groupby(heights)), 0)


def _fitted(stack: _Stack, n_columns: int) -> list[Row] | None:
    """The stack's rows: its values in bands of ``n_columns`` equal stacks, a section row between each band and the next."""
    heights = [len(values) for values in stack.values]
    if not heights:
        return [Row(line.text, (), line.indent, line.page) for line in stack.labels]
    if n_columns < 1 or len(heights) % n_columns:
        return None
    bands = [stack.values[i : i + n_columns] for i in range(0, len(heights), n_columns)]
    if any(len({len(values) for values in band}) > 1 for band in bands):
        return None
    missing = len(stack.labels) - sum(len(band[0]) for band in bands)
    if missing not in (0, len(bands) - 1):
        return None
    rows: list[Row] = []
    labels = iter(stack.labels)
    for i, band in enumerate(bands):
        if i and missing:
            head = next(labels)
            rows.append(Row(head.text, (), head.indent, head.page))
        for cells in zip(*band, strict=True):
            label = next(labels)
            rows.append(Row(label.text, tuple(cells), label.indent, label.page))
    return rows
