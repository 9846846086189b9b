"""Whether a correction for several tests that the paper declares may have raised a P-value above what its numbers give.

Bonferroni's, Holm's, Hochberg's and Šidák's corrections only ever raise a P-value (Wright, Biometrics 1992;48:1005), and so does that of
Benjamini & Hochberg (J R Stat Soc B 1995;57:289). Papers often print adjusted P-values without saying so beside each.
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
"""Corrections that raise the P-values of a family of tests by different factors."""

_MULTIPLIED = frozenset({"bonferroni", "sidak"})
"""Corrections that multiply a P-value by the number of tests. (Tukey's, Dunnett's and Scheffé's are of contrasts among several arms.)"""

MOST_TESTS = 20
"""Tests that are tried as corrected together."""


def corrections(row: Row) -> frozenset[str]:
    """The corrections for several tests that the paper of a row declares, by name."""
    return frozenset((row.get("correction") or "").split(";")) - _OTHER


def may_be_raised(row: Row, recomputed: Sequence[Recomputation]) -> bool:
    """Whether the paper declares a correction that may have raised this P above all that was recomputed.

    Bonferroni's and Šidák's make it (nearly, where it is small) a whole multiple; those of whole families may raise it by any factor.
    """
    number, ways = read_number(str(row["p"])) if row.get("p") else None, corrections(row)
    sets = [r for r in recomputed if r.role in ("declared", "standard")]
    if number is None or number.value is None or not sets:
        return False
    least, most = p_window(number)
    if not all(high < least for r in sets for _, high in r.intervals):
        return False
    multiples = ((m * low, min(m * high, 1.0)) for r in sets for low, high in r.intervals for m in range(2, MOST_TESTS + 1))
    return bool(ways & _THROUGHOUT) or (bool(ways & _MULTIPLIED) and any(low <= most and high >= least for low, high in multiples))
