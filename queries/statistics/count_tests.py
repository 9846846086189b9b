"""All tests of counts on batches of tables: which apply to which table, and how each stands."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from counterproof.queries.statistics import crosstab, exact, fourfold
from counterproof.queries.statistics.reach import Reach, Standing, known, point
from counterproof.queries.statistics.layout import Texts
from counterproof.queries.statistics.rounding import Flags, Floats, Ints


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
    """The standard tests of 2 × 2 tables."""
    names = {"pearson": "chi_squared", "yates": "chi_squared_yates", "n_minus_1": "chi_squared_n_minus_1"}
    out = [point(names.get(name, name), "standard", owner, test(tables)) for name, test in fourfold.TESTS.items()]
    out += [point(name, "standard", owner, p) for name, p in fourfold.exact(tables).items()]
    out.append(point("student_t_on_codes", "standard", owner, fourfold.student_on_codes(tables)))
    out.append(point("mann_whitney_corrected", "standard", owner, fourfold.rank_sum_corrected(tables)))
    return out


def crosstab_reaches(owner: Ints, tables: Floats, ordered: Texts) -> list[Reach]:
    """The standard tests of larger tables; those that use an order of the levels where the levels may have one."""
    arms, levels = tables.shape[1:]
    names = {"pearson": "chi_squared", "n_minus_1": "chi_squared_n_minus_1"}
    out = [point(names.get(name, name), "standard", owner, test(tables)) for name, test in crosstab.NOMINAL.items()]
    low, high = exact.fisher_freeman_halton(tables)
    out.append(Reach("fisher", "standard", owner, low, high, low < high))
    out += _ranked(owner, tables, ordered != "no") if levels > 2 else []
    if arms > 2:
        out += _split("linear_by_linear", owner, crosstab.linear_by_linear(tables), ordered == "yes")
        out += _split("cochran_armitage", owner, crosstab.cochran_armitage(tables), ordered == "yes")
    if levels > 2:
        name = "student_t_on_codes" if arms == 2 else "anova_on_codes"
        out += _split(name, owner, crosstab.anova_on_codes(tables), ordered == "yes")
        out += _split("welch_t_on_codes", owner, crosstab.welch_on_codes(tables), ordered == "yes") if arms == 2 else []
    return out


def _ranked(owner: Ints, tables: Floats, may: Flags) -> list[Reach]:
    """Tests that use the order of the levels."""
    out: list[Reach] = []
    arms = tables.shape[1]
    out += _split("kruskal_wallis" if arms > 2 else "mann_whitney", owner, crosstab.kruskal_wallis(tables), may)
    if arms == 2:
        out += _split("mann_whitney_corrected", owner, crosstab.mann_whitney_corrected(tables), may)
        out += _split("linear_by_linear", owner, crosstab.linear_by_linear(tables), may)
        out += _split("cochran_armitage", owner, crosstab.cochran_armitage(tables), may)
    return out


def _split(method: str, owner: Ints, p: Floats, fit: Flags, otherwise: Standing = "misuse") -> list[Reach]:
    """Standard where the data are fit for it, else a misuse."""
    return [point(method, "standard", owner[fit], p[fit]), point(method, otherwise, owner[~fit], p[~fit])]
