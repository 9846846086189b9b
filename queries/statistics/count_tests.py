"""All tests of counts on batches of tables: which apply to which table, and how each stands."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from counterproof.queries.statistics import crosstab, exact, fourfold
from counterproof.queries.statistics.reach import Reach, Standing, known, point
from counterproof.queries.statistics.rounding import Floats, Ints
from counterproof.queries.statistics.rows import Texts


def compact(owner: Ints, counts: Floats) -> Iterator[tuple[Ints, Floats]]:
    """The tables without empty arms and levels, one batch for each pattern of what is left."""
    arms, levels = counts.sum(2) > 0, counts.sum(1) > 0
    if arms.all() and levels.all():
        yield owner, counts
        return
    pattern, which = np.unique(np.hstack([arms, levels]), axis=0, return_inverse=True)
    n_arms = counts.shape[1]
    for i, kept in enumerate(pattern):
        here = which.reshape(-1) == i
        yield owner[here], counts[here][:, kept[:n_arms]][:, :, kept[n_arms:]]


def count_reaches(owner: Ints, counts: Floats, ordered: Texts) -> list[Reach]:
    """The standard tests of tables of one shape; ``ordered`` is ``yes``, ``no`` or blank for each comparison."""
    out: list[Reach] = []
    for part, tables in compact(owner, counts):
        arms, levels = tables.shape[1:]
        if arms < 2 or levels < 2:
            out.append(point("fisher", "standard", part, np.full(len(part), 1.0 if arms >= 2 else np.nan)))
        elif arms == levels == 2:
            out += fourfold_reaches(part, tables)
        else:
            out += crosstab_reaches(part, tables, ordered[part])
    return known(out)


def fourfold_reaches(owner: Ints, tables: Floats) -> list[Reach]:
    """The tests of 2 × 2 tables: standard what software prints unasked, allowed the rarer conventions of the same tests."""
    out = [point(name, "standard", owner, test(tables)) for name, test in fourfold.TESTS.items()]
    exact_p = fourfold.exact(tables)
    out.append(point("fisher", "standard", owner, exact_p["fisher"]))
    out.append(point("student_t_on_codes", "standard", owner, fourfold.student_on_codes(tables)))
    out += [point(name, "allowance", owner, exact_p[name]) for name in ("fisher_mid_p", "fisher_doubled")]
    out.append(point("mann_whitney", "allowance", owner, fourfold.TESTS["chi_squared_n_minus_1"](tables)))  # of two levels, the same
    out.append(point("mann_whitney_corrected", "allowance", owner, fourfold.rank_sum_corrected(tables)))
    out.append(point("unpooled_z", "allowance", owner, fourfold.unpooled_z(tables)))
    return out


def crosstab_reaches(owner: Ints, tables: Floats, ordered: Texts) -> list[Reach]:
    """The tests of larger tables.

    Tests that use an order of the levels are standard for ordered levels and a misuse of nominal ones. Where nobody says
    which they are, linear-by-linear of two arms, which software prints beside chi-squared, stays standard and the rest is allowed.
    """
    arms, levels = tables.shape[1:]
    out = [point(name, "standard", owner, test(tables)) for name, test in crosstab.NOMINAL.items()]
    out.append(point("chi_squared_n_minus_1", "allowance", owner, crosstab.n_minus_1(tables)))
    low, high = exact.fisher_freeman_halton(tables)
    out.append(Reach("fisher", "standard", owner, low, high, low < high))
    trend: Standing = "standard" if arms == 2 else "allowance"
    out += _by_order("linear_by_linear", owner, crosstab.linear_by_linear(tables), ordered, unknown=trend)
    out += _by_order("cochran_armitage", owner, crosstab.cochran_armitage(tables), ordered)
    if levels > 2 and arms == 2:
        out += _by_order("mann_whitney", owner, crosstab.kruskal_wallis(tables), ordered)
        out += _by_order("mann_whitney_corrected", owner, crosstab.mann_whitney_corrected(tables), ordered)
        out += _by_order("student_t_on_codes", owner, crosstab.anova_on_codes(tables), ordered, unknown="misuse")
        out += _by_order("welch_t_on_codes", owner, crosstab.welch_on_codes(tables), ordered, unknown="misuse")
    elif levels > 2:
        out += _by_order("kruskal_wallis", owner, crosstab.kruskal_wallis(tables), ordered)
        out += _by_order("anova_on_codes", owner, crosstab.anova_on_codes(tables), ordered, unknown="misuse")
    return out


def _by_order(method: str, owner: Ints, p: Floats, ordered: Texts, unknown: Standing = "allowance") -> list[Reach]:
    """Standard for ordered levels, a misuse of nominal ones, ``unknown`` where nobody says."""
    standings: dict[str, Standing] = {"yes": "standard", "no": "misuse"}
    return [point(method, standings.get(str(word), unknown), owner[ordered == word], p[ordered == word]) for word in np.unique(ordered)]
