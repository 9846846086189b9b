"""What each comparison offers: which family of tests can be computed from it, what its paper declares, what stands in the way."""

from __future__ import annotations

import numpy as np

from counterproof.queries.statistics import declared as declarations
from counterproof.queries.statistics.count_tests import count_reaches
from counterproof.queries.statistics.counts import OVERLAP, CountTables, count_tables
from counterproof.queries.statistics.effect_tests import effect_names, effect_reaches, effect_rows, table_effects
from counterproof.queries.statistics.layout import Layout
from counterproof.queries.statistics.mean_tests import mean_reaches, mistaken_boxes, rate_reaches
from counterproof.queries.statistics.rank_bounds import impossible, rank_reaches
from counterproof.queries.statistics.reach import Reach
from counterproof.queries.statistics.regroup import regrouped_reaches
from counterproof.queries.statistics.rounding import Flags, Floats, read_numbers
from counterproof.queries.statistics.statistic_tests import statistic_reaches


class Data:
    """The comparisons of a layout with their kinds of data, declarations and obstacles."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        printed = read_numbers(layout.first("alpha")).value
        self.alpha: Floats = np.where((printed > 0) & (printed < 1), printed, 0.05)
        self._alpha_known = ~np.isnan(printed)
        lists = [declarations.names(str(text)) for text in layout.first("declared")]
        self.sets = list(dict.fromkeys(lists))
        self.coverage = [declarations.covered(some) for some in self.sets]
        numbers = {some: i for i, some in enumerate(self.sets)}
        self.declared = np.array([numbers[some] for some in lists], dtype=np.int64)
        self.has_declared: Flags = np.array([bool(some) for some in lists])
        self.ordered = np.array([str(text).lower() for text in layout.first("ordered")], dtype=object)
        self._kinds()
        self._reasons = self._obstacles()
        self._bounds = self._rank_bounds()
        self.open: Flags = np.array([reason == "" for reason in self._reasons])
        self._tables: list[CountTables] = []
        self._notes: dict[int, list[str]] = {}

    def _kinds(self) -> None:
        """Which families can be computed."""
        layout = self.layout
        has = {name: layout.numbers(name).known for name in ("count", "percent", "mean", "median", "sd", "se", "ci_low", "ci_high", "n")}
        several = (layout.n_arms >= 2) & ~layout.doubled
        interval = has["ci_low"] & has["ci_high"]
        self.rates = several & layout.all_in_arms(has["percent"] & interval & ~has["count"]) & (layout.n_levels == 1)
        self.counts = several & layout.all_in_arms(has["count"] | has["percent"]) & ~layout.any(has["mean"]) & ~self.rates
        all_means = several & layout.all_in_arms(has["mean"]) & (layout.n_levels == 1)
        self.spread = layout.all_in_arms(has["sd"] | has["se"] | interval)
        self.sized = layout.all_in_arms(has["n"] & (layout.numbers("n").value >= 1))
        self.mean_only = all_means & ~(self.spread & self.sized)
        self.means = all_means & self.spread & self.sized
        self.medians = layout.any(has["median"]) & ~all_means
        self.effects = effect_rows(layout)[0] & ~self.rates
        self._effect_names = effect_names(layout)
        self.statistics: Flags = layout.first("statistic") != ""

    def _obstacles(self) -> list[str]:
        """The reason why a comparison cannot be checked at all, or an empty text."""
        layout, out = self.layout, []
        readable, blank = layout.p.readable, layout.first("p") == ""
        for i in range(len(layout)):
            some = self.sets[self.declared[i]]
            if blank[i] or not readable[i]:
                out.append("no_p_value" if blank[i] else "unreadable_p")
            elif self.effects[i] or self.statistics[i]:
                out.append("")
            elif self.counts[i] or self.means[i] or self.mean_only[i] or self.rates[i]:
                reason = declarations.obstacle(some, self._kind(i))
                out.append(reason or ("" if not self.mean_only[i] else "no_dispersion" if not self.spread[i] else "arm_size_unknown"))
            elif self.medians[i]:
                out.append("rank_test_on_summaries")
            elif some & declarations.SURVIVAL:
                out.append("survival_test")
            else:
                out.append("arms_unclear" if layout.doubled[i] else "single_arm" if layout.n_arms[i] == 1 else "no_values")
        return out

    def _rank_bounds(self) -> list[Reach]:
        """Bounds of rank tests declared for medians, for the comparisons whose printed P lies outside them; those can be checked."""
        ranks = np.array([bool(some) and some <= declarations.RANKS for some in self.sets])[self.declared]
        waiting = np.array([reason == "rank_test_on_summaries" for reason in self._reasons])
        chosen = waiting & ranks & (self.layout.n_arms >= 2) & (self.layout.n_levels == 1) & ~self.layout.doubled
        rounded, cut = self.layout.p.window(self.alpha), self.layout.p.window(self.alpha, truncated=True)
        window = np.minimum(rounded[0], cut[0]), np.maximum(rounded[1], cut[1])
        out = [reach.only(impossible(reach, window)) for reach in rank_reaches(self.layout, chosen)]
        for owner in (i for reach in out for i in reach.owner.tolist()):
            self._reasons[owner] = ""
        return out

    def standard(self, chosen: Flags, *, truncated: bool = False, first: bool = False) -> list[Reach]:
        """The standard tests of the chosen comparisons; ``truncated``: their inputs cut off, not rounded."""
        out = list(self._bounds) if first else []
        tables = count_tables(self.layout, chosen & self.counts, truncated)
        for batch in tables:
            out += count_reaches(batch.owner, batch.counts, self.ordered)
            out += table_effects(batch.owner, batch.counts, self._effect_names)
            if first:
                self._keep(batch)
        out += mean_reaches(self.layout, chosen & self.means, truncated)
        out += rate_reaches(self.layout, chosen & self.rates, truncated)
        out += effect_reaches(self.layout, chosen & self.effects, truncated)
        out += statistic_reaches(self.layout, chosen & self.statistics, truncated)
        declared_so = np.array(["one_sided" in some for some in self.sets])[self.declared]
        return out + [half.only(declared_so[half.owner]) for half in one_sided(out)] if declared_so.any() else out

    def _keep(self, batch: CountTables) -> None:
        self._tables.append(batch)
        self._notes.update(batch.notes)
        for owner, reason in batch.obstacles.items():
            self._reasons[owner] = reason

    def further(self, chosen: Flags) -> list[Reach]:
        """Regrouped tables and misuses of the chosen comparisons."""
        out = one_sided(self.standard(chosen & (self.layout.n_arms <= 2)))
        for arms, levels, owners in self.layout.shapes(chosen & self.counts):
            n = self.layout.printed_grid("n", owners, arms, levels).value
            size = dict(zip(owners.tolist(), np.where(np.isnan(n) | (levels == 1), -1, n).max(2), strict=True))
            for batch in self._tables:
                here = np.isin(batch.owner, owners)
                if here.any() and batch.counts.shape[1] == arms:
                    sizes = np.array([size[i] for i in batch.owner[here].tolist()])
                    out += regrouped_reaches(batch.owner[here], batch.counts[here], sizes)
        return out + mistaken_boxes(self.layout, chosen & self.means)

    def reason(self, i: int) -> str | None:
        """Why comparison ``i`` cannot be checked."""
        return self._reasons[i] or None

    def _kind(self, i: int) -> str:
        """What is compared: effects before counts, since tests declared for effects repeat from them."""
        if self.effects[i] or self.statistics[i]:
            return "effects"
        return "counts" if self.counts[i] else "rates" if self.rates[i] else "means"

    def escape(self, i: int, reached: bool) -> str | None:
        """Why a P that nothing attains is no contradiction: levels that overlap, or a test that cannot be repeated.

        ``reached``: a declared test could be repeated.
        """
        if OVERLAP in self._notes.get(i, ()):
            return "multiple_responses"
        return None if self.medians[i] and not self.effects[i] else declarations.escape(self.sets[self.declared[i]], self._kind(i), reached)

    def notes(self, i: int) -> tuple[str, ...]:
        """What was done with the inputs."""
        return tuple(self._notes.get(i, ()))

    def assumptions(self, i: int) -> tuple[str, ...]:
        """What was taken for granted."""
        out = () if self._alpha_known[i] else ("alpha 0.05",)
        return out if self.sets[self.declared[i]] else (*out, "no test declared: standard methods")


def one_sided(reaches: list[Reach]) -> list[Reach]:
    """Half of each two-sided P: a one-sided one printed as if it were two-sided."""
    halves = [r for r in reaches if r.method in declarations.WITH_SIDES]
    return [Reach(declarations.one_sided_name(r.method), "misuse", r.owner, r.low / 2, r.high / 2, r.sampled) for r in halves]
