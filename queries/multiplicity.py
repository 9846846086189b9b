"""Whether a correction for several tests that the paper declares may have raised a P-value above what its numbers give.

Bonferroni's, Holm's, Hochberg's, Šidák's and Benjamini & Hochberg's corrections only ever raise a P-value (Wright, Biometrics
1992;48:1005). Papers that declare the false discovery rate often print adjusted P-values throughout without saying so beside each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counterproof.kb.finding import Recomputation
from counterproof.kb.numbers import p_window, read_number

Row = dict[str, Any]

_OTHER = frozenset({"", "none", "sphericity"})
"""No correction for several tests."""

_THROUGHOUT = frozenset({"false_discovery_rate", "holm", "hochberg"})
"""Corrections of a whole family of tests; the others are mostly declared for contrasts among several arms only."""


def corrections(row: Row) -> frozenset[str]:
    """The corrections for several tests that the paper of a row declares, by name."""
    return frozenset((row.get("correction") or "").split(";")) - _OTHER


def may_be_raised(row: Row, recomputed: Sequence[Recomputation]) -> bool:
    """Whether the paper declares a correction of whole families of tests and all that was recomputed lies below the printed P."""
    number = read_number(str(row["p"])) if row.get("p") else None
    if number is None or number.value is None or not corrections(row) & _THROUGHOUT:
        return False
    sets = [r for r in recomputed if r.role in ("declared", "standard")]
    return bool(sets) and all(high < p_window(number)[0] for r in sets for _, high in r.intervals)
