"""Depth of a table's rows, by the indentation of their labels, else by the weight of section rows."""

from __future__ import annotations

from statistics import median, pstdev

from counterproof.extract.pdf.geometry import Word
from counterproof.extract.pdf.rows import GridRow

STEP = 0.35
"""Labels that start this many font sizes further right are a level deeper."""


def row_levels(rows: list[GridRow]) -> list[int]:
    """One depth a row (0 = outermost); none where labels are centred."""
    labels = [row.cells[0][0] if row.cells[0] else None for row in rows]
    known = [label for label in labels if label]
    if len(known) < 2 or _is_centred(known):
        return _by_weight(rows, labels)
    size = median(label[0].size for label in known)
    steps: list[float] = []
    for start in sorted(label[0].x0 for label in known):
        if not steps or start - steps[-1] > STEP * size:
            steps.append(start)
    levels: list[int] = []
    for label in labels:
        # A row without a label belongs to the one above it.
        deep = sum(s <= label[0].x0 + 0.01 for s in steps) - 1 if label else (levels[-1] if levels else 0)
        levels.append(deep)
    return levels if any(levels) else _by_weight(rows, labels)


def _is_centred(labels: list[list[Word]]) -> bool:
    """Whether labels share their middle rather than their left edge."""
    left = [label[0].x0 for label in labels]
    middle = [(label[0].x0 + label[-1].x1) / 2 for label in labels]
    return pstdev(left) > 0.5 * median(label[0].size for label in labels) and pstdev(middle) < 0.35 * pstdev(left)


def _by_weight(rows: list[GridRow], labels: list[list[Word] | None]) -> list[int]:
    """Without any indent: rows after a bold label without values stand beneath it, if plain labels follow."""
    sections = [bool(label) and not row.values and all(w.bold for w in label or ()) for row, label in zip(rows, labels, strict=True)]
    plain = [bool(label) and not all(w.bold for w in label or ()) for label in labels]
    if not any(sections) or not any(plain):
        return [0] * len(rows)
    levels: list[int] = []
    inside = False
    for section, light in zip(sections, plain, strict=True):
        inside = (inside or section) and (section or light or not levels)
        levels.append(int(inside and not section))
    return levels
