"""Correlations whose P-value may be another than that of Student's t for the patients that are counted.

Spearman's has an exact P-value, which is that of t only with many patients. Of fewer than thirty it is not recomputed; from there on it
lies between that of t and that of the normal deviate r √(n − 1), which it nears as n grows (Kendall & Gibbons, Rank Correlation Methods,
5th ed., ch. 4; compared with permutations for n = 30 and 32). In a sentence the number of pairs may not be told at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from counterproof.kb.finding import Recomputation
from counterproof.kb.numbers import p_window, read_number, rounding_window
from counterproof.queries.statistics.statistic_tests import FEW_RANKS
from counterproof.queries.statistics.tails import t_two_sided, z_two_sided

Row = dict[str, Any]

RANKED = frozenset({"rs", "rho", "spearman"})
OPEN = frozenset({"r", "correlation"})
"""Names of Pearson's as well as of Spearman's."""


def ranked(row: Row) -> bool:
    """Whether a comparison is a rank correlation, by its name or by the only correlation that the paper declares."""
    if row["kind"] not in ("statistic", "effect"):
        return False
    name = str(row.get("effect") or "").lower()
    return name in RANKED or (name in OPEN and "spearman" in str(row.get("declared") or "").split(";"))


def of_few(row: Row) -> bool:
    """Whether it is one of fewer patients than the t approximation holds for, or of a number that is not told."""
    patients = _patients(row)
    return ranked(row) and not (patients and patients >= FEW_RANKS)


def between_approximations(row: Row) -> bool:
    """Whether its printed P lies between those of the two approximations, where the exact one is."""
    told, patients = row.get("statistic") if row["kind"] == "statistic" else row.get("estimate"), _patients(row)
    r, p = (read_number(str(text)) if text else None for text in (told, row["p"]))
    if not ranked(row) or not patients or not r or r.value is None or not p or p.value is None:
        return False
    ends = np.abs(rounding_window(r)).clip(max=1 - 1e-9)
    reached = [
        *t_two_sided(ends * np.sqrt((patients - 2) / (1 - ends**2)), patients - 2),
        *z_two_sided(ends * np.sqrt(patients - 1)),
    ]
    low, high = p_window(p)
    return bool(min(reached) <= high and max(reached) >= low)


def pairs_assumed(row: Row, recomputed: Sequence[Recomputation]) -> bool:
    """Whether a correlation stands without its number of pairs and fewer may explain its P: of an arm's patients some lack a value.

    In a table that P has to be larger than the arm's size gives; in a sentence the arm may be another too.
    """
    name, number = str(row.get("effect") or "").lower(), read_number(str(row["p"])) if row["p"] else None
    if name not in RANKED | OPEN or row.get("df") or number is None or number.value is None:
        return False
    if row.get("n") and re.search(rf"(?<![\d.,]){re.escape(str(row['n']))}(?![\d.]|,\d)", row.get("quote") or ""):
        return False
    least = p_window(number)[0]
    return row["table_no"] is None or all(high < least for one in recomputed for _, high in one.intervals if one.role != "misuse")


def _patients(row: Row) -> float | None:
    """How many patients it rests on: its n, or two more than its degrees of freedom."""
    n, df = (read_number(str(row[name])) if row.get(name) else None for name in ("n", "df"))
    if n and n.value:
        return n.value
    return df.value + 2 if df and df.value else None
