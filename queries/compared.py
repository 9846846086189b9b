"""All comparisons of some rows of the view ``comparison_rows``, judged together: the checks on P-values share them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter
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
    def retold(self) -> list[tuple[Group, Group]]:
        """Each comparison that tells another again, with that one."""
        return [(group, self.again[group.key]) for group in self.every if group.key in self.again]

    @cached_property
    def _by_kind(self) -> dict[str, list[tuple[int, Group]]]:
        found: dict[str, list[tuple[int, Group]]] = {}
        for position, group in enumerate(self.every):
            if group.key not in self.again:
                found.setdefault(group.first["kind"], []).append((position, group))
        return found

    def of(self, kinds: Iterable[str]) -> list[Group]:
        """The comparisons of these kinds that tell no other again, in the order of their rows."""
        placed = [pair for kind in kinds for pair in self._by_kind.get(kind, ())]
        return [group for _, group in sorted(placed, key=itemgetter(0))]

    @cached_property
    def shared(self) -> set[str]:
        """The comparisons (by key) whose P-value is that of several contrasts together."""
        return shared_by_contrasts(self.of(ALL_KINDS))

    @cached_property
    def least(self) -> Sizes:
        """The fewest patients on which a row of each arm rests."""
        return smallest_sizes(self.rows)

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """The engine's judgement of each comparison (by key) that can be recomputed."""
        return judge_groups([g for g in self.every if not g.obstacle and g.key not in self.shared], column_bases(self.rows))
