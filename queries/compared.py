"""All comparisons of some rows of the view ``comparison_rows``, judged together: the checks on P-values share them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from counterproof.queries.alternatives import Sizes, smallest_sizes
from counterproof.queries.bases import column_bases
from counterproof.queries.comparisons import ALL_KINDS, Group, groups, judge_groups
from counterproof.queries.doubts import shared_by_contrasts
from counterproof.queries.restated import restated
from counterproof.queries.statistics.engine import Judgement

Row = dict[str, Any]


class Comparisons:
    """The comparisons of these rows, with what is asked of all of them together, worked out where it is first asked."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    @cached_property
    def every(self) -> list[Group]:
        """The comparisons in the order of their rows."""
        return groups(self.rows, ALL_KINDS)

    @cached_property
    def again(self) -> dict[str, Group]:
        """For each P-value that tells again what stands elsewhere (by key) the comparison that has its numbers."""
        return restated(self.every)

    @cached_property
    def shared(self) -> set[str]:
        """The comparisons (by key) whose P-value is that of several contrasts together."""
        return shared_by_contrasts([group for group in self.every if group.key not in self.again])

    @cached_property
    def least(self) -> Sizes:
        """The fewest patients on which a row of each arm rests."""
        return smallest_sizes(self.rows)

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """The engine's judgement of each comparison (by key) that can be recomputed."""
        return judge_groups([g for g in self.every if not g.obstacle and g.key not in self.shared], column_bases(self.rows))
