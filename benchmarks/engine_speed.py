"""How many comparisons a second the engine recomputes on one core, against scipy and R called for each.

Run: ``python benchmarks/engine_speed.py [--size 100000]``. Prints one line a measurement: what, comparisons a second, and the ratio
to scipy's function (or R's) called for each comparison in the same run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pandas as pd
from scipy import stats

from counterproof.queries.statistics import exact, fourfold, means, welch
from counterproof.queries.statistics.engine import judge
from counterproof.queries.statistics.means import MeansBox
from counterproof.queries.statistics.rounding import Floats, Ints


def rate(work: Callable[[], object], size: int) -> float:
    """Comparisons a second of processor time, the best of three runs."""
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return size / best


def show(what: str, ours: float, theirs: float | None = None, whose: str = "") -> None:
    """One line of the report."""
    beside = f"   {theirs:10,.0f} {whose}   x{ours / theirs:,.0f}" if theirs else ""
    print(f"{what:44s}{ours:12,.0f} a second{beside}")


def counts(size: int, rng: np.random.Generator) -> None:
    """2 x 2 tables by all methods at once."""
    tables = np.maximum(rng.multinomial(rng.integers(16, 400, size), [0.2, 0.3, 0.2, 0.3]).reshape(size, 2, 2), 1).astype(float)

    def ours() -> None:
        for test in (*fourfold.TESTS.values(), fourfold.student_on_codes, fourfold.rank_sum_corrected, fourfold.unpooled_z):
            test(tables)
        fourfold.exact(tables)

    some = tables[:200]

    def scipy_rows() -> None:
        for table in some:
            stats.chi2_contingency(table, correction=False)
            stats.chi2_contingency(table, correction=True)
            stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
            stats.fisher_exact(table)

    show("2 x 2, all 10 methods", rate(ours, size), rate(scipy_rows, 200), "scipy, 4 methods")
    show("2 x 2, Pearson alone", rate(lambda: fourfold.pearson(tables), size))
    show("2 x 2, Fisher's three conventions", rate(lambda: fourfold.exact(tables), size))


def boxes(size: int, arms: int, rng: np.random.Generator) -> MeansBox:
    """Means and SDs printed with one decimal."""
    n = rng.integers(6, 150, (size, arms)).astype(float)
    mean, sd = rng.normal(50, 5, (size, arms)).round(1), rng.uniform(4, 12, (size, arms)).round(1)
    return MeansBox(n, mean - 0.05, mean + 0.05, sd - 0.05, sd + 0.05)


def of_means(size: int, rng: np.random.Generator) -> None:
    """Attainable sets over rounding boxes."""
    two = boxes(size, 2, rng)
    mean, sd, n = two.mean_low + 0.05, two.sd_low + 0.05, two.n

    def scipy_rows() -> None:
        for i in range(500):
            stats.ttest_ind_from_stats(mean[i, 0], sd[i, 0], n[i, 0], mean[i, 1], sd[i, 1], n[i, 1])

    scipy_rate = rate(scipy_rows, 500)
    show("Student's t over the rounding box", rate(lambda: means.student(two), size), scipy_rate, "scipy, one point")
    show("Welch's t over the rounding box", rate(lambda: welch.welch(two), size), scipy_rate, "scipy, one point")
    show("Student, Welch and z over the rounding box", rate(lambda: (means.student(two), welch.welch(two), means.z_test(two)), size))
    for arms in (3, 4):
        some = boxes(size, arms, rng)
        show(f"ANOVA of {arms} arms over the rounding box", rate(partial(means.anova, some), size))
        show(f"Welch's ANOVA of {arms} arms over the box", rate(partial(welch.welch_anova, some), size))


def larger(rng: np.random.Generator) -> None:
    """Exact tests of r x c tables by size, without the cache."""
    for arms, levels, each in ((2, 3, 30), (2, 3, 200), (3, 3, 20), (3, 3, 60), (2, 5, 60), (3, 4, 30), (4, 4, 15)):
        tables = [rng.multinomial(each, np.ones(levels) / levels, size=arms) for _ in range(60)]

        stacked = np.array(tables, dtype=np.float64)

        def ours(stacked: Floats = stacked) -> None:
            exact.exact_p.cache_clear()
            exact.sampled_p.cache_clear()
            exact.fisher_freeman_halton(stacked)

        low, high = exact.fisher_freeman_halton(stacked)
        sampled = int((low < high).sum())
        name = f"Fisher {arms} x {levels}, {each} an arm" + (f" ({sampled} of 60 sampled)" if sampled else "")
        show(name, rate(ours, len(tables)), of_r(tables), "R's fisher.test")


def of_r(tables: list[Ints]) -> float | None:
    """R's rate on the same tables; None where there is no R."""
    if not shutil.which("Rscript"):
        return None
    one = [f"matrix(c({','.join(map(str, table.T.ravel()))}),{table.shape[0]})" for table in tables]
    code = f"t<-list({','.join(one)});s<-proc.time()[3];for(x in t)try(fisher.test(x,workspace=2e7),silent=TRUE);cat(proc.time()[3]-s)"
    try:
        done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True, timeout=120)
    except subprocess.TimeoutExpired:
        return None
    return len(tables) / max(float(done.stdout), 1e-3)


def whole(rng: np.random.Generator) -> None:
    """The engine from text to judgement."""
    lines = []
    for i in range(10_000):
        for arm in (0, 1):
            n = rng.integers(20, 200)
            lines.append({"id": str(i), "arm": str(arm), "n": str(n), "count": str(rng.integers(1, n)), "p": f"{rng.uniform():.3f}"})
    rows = pd.DataFrame(lines)
    show("judge(): 2 x 2 from text to verdict", rate(lambda: judge(rows), 10_000))


def main() -> None:
    """Run all measurements."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--size", type=int, default=100_000)
    size, rng = ask.parse_args().size, np.random.default_rng(1)
    counts(size, rng)
    of_means(size, rng)
    larger(rng)
    whole(rng)


if __name__ == "__main__":
    main()
