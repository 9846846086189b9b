"""Whether the misuse that gives a printed P is named with reason, or met it by chance.

Where many methods are tried, or the rounding range of one is wide, one of them meets any P. A misuse is a claim about the authors; so it is
made only where chance would seldom meet these digits or the same misuse gives another such P of the table, and where it gives at least
half of those P-values of the table that the declared and standard tests do not give.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterproof.kb.finding import Recomputation
from counterproof.queries.method_names import method_name
from counterproof.queries.statistics.chance import share_accepted
from counterproof.queries.statistics.engine import Judgement
from counterproof.queries.statistics.rounding import PrintedP, read_p_values

SELDOM = 0.05
"""Misuses that together would meet more than this share of printed P-values prove nothing alone."""

UNEXPLAINED = ("inconsistent", "decision_error", "misapplied_method")


def coincidence(judgement: Judgement, table: Sequence[Judgement]) -> str | None:
    """What to say instead of naming a misuse that a coincidence explains as well; None where it is named with reason.

    ``table`` holds the flagged judgements of the same kind in the same table (or in the text).
    """
    giving = [r for r in judgement.recomputed if r.role == "misuse" and _gives(r, judgement)]
    if not giving:
        return None
    others = [one for one in table if one.id != judgement.id]
    chance = _chance(judgement)
    for method in giving:
        tried = [(r, one) for one in others for r in one.recomputed if r.method == method.method]
        hits = sum(_gives(r, one) for r, one in tried)
        misses = sum(not _gives(r, one) and one.verdict in UNEXPLAINED for r, one in tried)
        if hits >= misses and (hits or chance <= SELDOM):
            return None
    name = method_name(giving[0].method)
    if _printed(judgement).comparator[0] != "=":
        return f"no method fits convincingly; {name} would, but a P-value that is only bounded does not tell one method from another"
    if chance > SELDOM:
        return f"no method fits convincingly; {name} would, but misuses meet {round(100 * chance)} of 100 such P-values by chance"
    return f"no method fits convincingly; {name} would, but it does not give the other P-values here that do not fit"


def _gives(one: Recomputation, judgement: Judgement) -> bool:
    low, high = (float(end[0]) for end in _printed(judgement).window(np.array([judgement.alpha])))
    return any(a <= high + 1e-9 and b >= low - 1e-9 for a, b in one.intervals)


def _chance(judgement: Judgement) -> float:
    """How often one misuse or another would meet a P printed in this form."""
    every = [interval for r in judgement.recomputed if r.role == "misuse" for interval in r.intervals]
    return share_accepted(_printed(judgement), every)


def _printed(judgement: Judgement) -> PrintedP:
    return read_p_values(np.array([judgement.reported], dtype=object))
