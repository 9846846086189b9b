"""The recomputation engine: printed summary rows in, one judgement a comparison out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from counterproof.kb.finding import Recomputation, Verdict
from counterproof.queries.statistics.rows import read_rows

__all__ = ["Judgement", "judge", "read_rows"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the engine says of one comparison.

    ``reported`` is the printed P-value, ``recomputed`` every method tried with the P-values it allows, ``chance`` the share of
    printed P-values of the same form that would have been accepted (None where nothing was computed), ``alpha`` the level of
    significance used. ``notes`` tell what was done with the inputs ("base taken from the percents", "truncation instead of
    rounding"), ``assumptions`` what was taken for granted ("alpha 0.05").
    """

    id: str
    verdict: Verdict
    reason: str | None = None
    reported: str = ""
    recomputed: tuple[Recomputation, ...] = ()
    chance: float | None = None
    changes_conclusion: bool = False
    alpha: float = 0.05
    notes: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


def judge(rows: pd.DataFrame) -> list[Judgement]:
    """One judgement for each ``id`` of ``rows``, in order of first appearance (columns: see ``rows.COLUMNS``)."""
    ids = dict.fromkeys(rows["id"].astype(str))
    return [Judgement(id=key, verdict="error", reason="not implemented") for key in ids]
