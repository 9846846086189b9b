"""Flags as reports tell them: one entry a cause, with what it explains, and slips of rounding apart.

Programs get every flag of its own; this is for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from counterproof.kb.finding import FLAGS, Finding
from counterproof.queries.grouping import TOGETHER

SLIPS = frozenset({"rounding"})
"""Checks whose flags change nothing that a reader concludes: reports tell them last."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A flag that is told, with those that it explains and that are not told again, and what they have in common."""

    finding: Finding
    explains: tuple[Finding, ...] = ()
    note: str = ""

    @property
    def slip(self) -> bool:
        """Whether it is a mere slip of rounding."""
        return self.finding.check in SLIPS


def causes(findings: Iterable[Finding]) -> list[Cause]:
    """The flags (and failures of checks) of one paper in the order given, slips of rounding last.

    What an attribution says of the whole paper is not said again of each of its P-values. Where most P-values of one table that a check
    recomputes do not fit, one cause is likelier than many: they are told together.
    """
    every = list(findings)
    shown = [f for f in every if f.verdict in (*FLAGS, "error")]
    attributed = {id(f): _attributed(f, shown) for f in shown if f.check == "attribution"}
    covered = {id(one) for some in attributed.values() for one in some}
    tables = _tables([f for f in shown if id(f) not in covered], every)
    covered |= {id(one) for cause in tables.values() for one in cause.explains}
    told = [tables.get(id(f)) or Cause(f, attributed.get(id(f), ())) for f in shown if id(f) not in covered]
    return sorted(told, key=lambda cause: cause.slip)


def _attributed(attribution: Finding, shown: Sequence[Finding]) -> tuple[Finding, ...]:
    """The flags on single P-values that an attribution explains, by their places."""
    starts = {place.start for place in (attribution.place, *attribution.more_places)}
    return tuple(
        f for f in shown if f.comparison is not None and f.verdict in ("other_method", "misapplied_method") and f.place.start in starts
    )


def _tables(shown: Sequence[Finding], every: Sequence[Finding]) -> dict[int, Cause]:
    """For the first flag of a table most of whose P-values do not fit (by its ``id``) the cause that tells them together."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in shown:
        if finding.comparison is not None and finding.verdict == "inconsistent" and finding.place.table:
            groups.setdefault((finding.check, finding.place.table), []).append(finding)
    found = {}
    for (check, table), members in groups.items():
        n = sum(f.check == check and f.place.table == table and bool(f.recomputed) for f in every)
        if len(members) >= TOGETHER and 2 * len(members) > n:
            note = (
                f"{f'All {n}' if len(members) == n else f'{len(members)} of the {n}'} P-values of {table} that could be recomputed so do "
                "not fit. One cause may explain them: "
                "a test that is not named, other patients than those counted here, or a reading of the table that is off."
            )
            found[id(members[0])] = Cause(members[0], tuple(members[1:]), note)
    return found
