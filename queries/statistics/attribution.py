"""Which single procedure explains a paper's P-values: test attribution.

For every comparison of a kind each procedure either gives the printed digits or it does not. A P of the same form, drawn by
chance, meets the procedure's set with probability c (``chance``). Had the paper run the procedure throughout, but for a share ε of
slips that look like chance, a hit would have probability (1 − ε) + ε c and a miss ε (1 − c). The score is the logarithm of these over c
and 1 − c, summed over the comparisons: a hit on ``0.47`` weighs much, one on ``<0.001`` little, a miss costs log(1/ε).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from counterproof.kb.finding import Recomputation, Role
from counterproof.queries.statistics.chance import shares_accepted
from counterproof.queries.statistics.engine import Judgement
from counterproof.queries.statistics.rounding import PrintedP, read_p_values

SLIPS = 0.1
"""The share of comparisons that a procedure may miss for other reasons (typing errors, missing data, another test)."""
_LEAST_CHANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Attribution:
    """How well one procedure explains the P-values of a paper's comparisons.

    ``score`` is the log-likelihood ratio against chance (natural logarithm), ``explained`` and ``missed`` the ids.
    """

    method: str
    role: Role
    score: float
    explained: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many comparisons the procedure could be held against."""
        return len(self.explained) + len(self.missed)


@dataclass(frozen=True, slots=True)
class PaperAttribution:
    """The procedures in order of their score, and how many P-values the declared tests explain together.

    ``striking`` is true where one procedure that is not declared explains at least three P-values and most of
    those it can be held against, and beats all that the paper declares by more than a factor of 100.
    """

    ranking: tuple[Attribution, ...]
    declared_explained: tuple[str, ...]
    n: int
    striking: bool

    @property
    def best(self) -> Attribution | None:
        """The procedure with the highest score."""
        return self.ranking[0] if self.ranking else None

    def sentence(self) -> str:
        """In words: how many P-values the best procedure and the declared tests give."""
        best = self.best
        if best is None:
            return "No P-value could be held against any test."
        name = best.method.replace("_", " ")
        return (f"{len(best.explained)} of {best.n} P-values of this kind are what {name} gives, to all printed digits; "
                f"the declared tests give {len(self.declared_explained)} of {self.n}.")  # fmt: skip


def attribute(judgements: Iterable[Judgement], alpha: float = 0.05) -> PaperAttribution:
    """Weigh every procedure over the comparisons of one kind (counts, means …) in one paper.

    Only comparisons with a reported P and at least one recomputation count, and procedures that apply to half of them or more.
    """
    usable = _usable(judgements)
    hits = _held(usable, alpha)
    widely = {method: held for method, held in hits.items() if 2 * len(held) >= len(usable)}
    ranking = sorted((_weigh(method, held) for method, held in widely.items()), key=lambda a: (-a.score, a.method))
    declared = tuple(j.id for j in usable if any(hits[r.method][j.id][0] for r in j.recomputed if r.role == "declared"))
    rivals = max((a.score for a in ranking if a.role == "declared"), default=0.0)
    best = ranking[0] if ranking else None
    striking = best is not None and best.role != "declared" and len(best.explained) >= 3 and len(best.explained) > 0.6 * best.n
    striking = striking and best is not None and best.score > max(rivals, 0.0) + math.log(100) and len(best.explained) > len(declared)
    return PaperAttribution(tuple(ranking), declared, len(usable), striking)


def promising(judgements: Iterable[Judgement], alpha: float = 0.05) -> bool:
    """Whether one procedure gives three P-values or more, and more than the declared tests: without that none can be striking."""
    usable = _usable(judgements)
    low, high = _windows(read_p_values(np.array([judgement.reported for judgement in usable], dtype=object)), alpha)
    explained: Counter[str] = Counter()
    declared = 0
    for judgement, least, most in zip(usable, low, high, strict=True):
        given = {one.method: _meets(one, least, most) for one in judgement.recomputed}
        explained.update(method for method, hit in given.items() if hit)
        declared += any(given[one.method] for one in judgement.recomputed if one.role == "declared")
    return max(explained.values(), default=0) > max(2, declared)


def _usable(judgements: Iterable[Judgement]) -> list[Judgement]:
    return [j for j in judgements if j.recomputed and j.verdict not in ("error", "undecided") and j.reported]


def _windows(p: PrintedP, alpha: float) -> tuple[list[float], list[float]]:
    """The least and the greatest value that each P may be printed for, a hair wider."""
    low, high = p.window(np.full(len(p.value), alpha))
    slack = np.minimum(1e-9, 1e-6 * (high - low))
    return (low - slack).tolist(), (high + slack).tolist()


def _meets(one: Recomputation, least: float, most: float) -> bool:
    return any(a <= most and b >= least for a, b in one.intervals)


def _held(judgements: Sequence[Judgement], alpha: float) -> dict[str, dict[str, tuple[bool, float, Role]]]:
    """For each method and comparison whether it attains the printed P, the chance of that, and its role."""
    pairs = [(judgement, one) for judgement in judgements for one in judgement.recomputed]
    p = read_p_values(np.array([judgement.reported for judgement, _ in pairs], dtype=object))
    windows = zip(*_windows(p, alpha), strict=True)
    chances = shares_accepted(p, [one.intervals for _, one in pairs]).tolist()
    hits: dict[str, dict[str, tuple[bool, float, Role]]] = {}
    for (judgement, one), (least, most), chance in zip(pairs, windows, chances, strict=True):
        hit = _meets(one, least, most)
        hits.setdefault(one.method, {})[judgement.id] = (hit, max(chance, _LEAST_CHANCE), one.role)
    return hits


def _weigh(method: str, held: dict[str, tuple[bool, float, Role]]) -> Attribution:
    score = sum(_gain(hit, chance) for hit, chance, _ in held.values())
    explained = tuple(key for key, (hit, _, _) in held.items() if hit)
    missed = tuple(key for key, (hit, _, _) in held.items() if not hit)
    return Attribution(method, _usual([role for _, _, role in held.values()]), score, explained, missed)


def _gain(hit: bool, chance: float) -> float:
    """Log-likelihood of a hit or a miss under the procedure with slips, less that under chance."""
    chance = min(chance, 0.999)
    return math.log(((1 - SLIPS) + SLIPS * chance) / chance) if hit else math.log(SLIPS)


def _usual(roles: Sequence[Role]) -> Role:
    return max(sorted(set(roles)), key=roles.count)
