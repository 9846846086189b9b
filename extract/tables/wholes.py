"""Whether the number behind a percent is its base or its count, told by the wholes that a column implies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from counterproof.extract.tables.cells import CellReading
from counterproof.extract.tables.columns import Column
from counterproof.kb.evidence import Kind

_FEWER = 1.25
"""How much the wholes of a column may differ by missing data."""


def settle_wholes(columns: Iterable[Column], cells: Mapping[tuple[int, int], CellReading]) -> None:
    """Decide what stands behind the percent in the columns headed ``% (N)``: ``51 (357)``."""
    based = [column for column in columns if ("percent", "n") in column.measures]
    pairs: dict[int, list[CellReading]] = {column.index: [] for column in based}
    for (_, index), cell in cells.items():
        if index in pairs and cell.shape == "bracket" and cell.values[0] > 0:
            pairs[index].append(cell)
    kind = _behind_percent(list(pairs.values()))
    for column in based:
        column.measures = tuple([("percent", kind) if measure == ("percent", "n") else measure for measure in column.measures])


def _behind_percent(columns: list[list[CellReading]]) -> Kind:
    """A count where each column's numbers are their percents of one whole, a base where these have nothing to do with one another.

    What missing data could explain, or one row alone, is left open.
    """
    unlike = max((_unlike(pairs) for pairs in columns if pairs), default=_FEWER)
    if unlike > _FEWER:
        return "value" if any(2 * _alike(pairs) > len(pairs) > 2 for pairs in columns) else "n"
    return "count" if unlike <= 1 and any(len(pairs) > 1 for pairs in columns) else "value"


def _alike(pairs: list[CellReading]) -> int:
    """How many pairs of a column the first whole that is implied twice explains: beside one row of a part (of the women), the others."""
    return max((sum(_unlike([one, other]) <= 1 for other in pairs) for one in pairs[:2]), default=0)


def _unlike(pairs: list[CellReading]) -> float:
    """How far the wholes that the pairs of a column imply are apart: up to 1 where one whole (700) explains every ``51 (357)``."""
    halves = [0.6 * 10.0 ** -cell.numbers[0].decimals for cell in pairs]
    most = min(cell.values[1] / max(cell.values[0] - half, 0.01) for cell, half in zip(pairs, halves, strict=True))
    least = max(cell.values[1] / (cell.values[0] + half) for cell, half in zip(pairs, halves, strict=True))
    return least / most if most > 0 else _FEWER
