"""Flags as reports tell them: one entry a cause, with what it explains, and slips of rounding apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counterproof.kb.finding import FLAGS, Finding

SLIPS = frozenset({"rounding"})
"""Checks whose flags change nothing that a reader concludes: reports tell them last."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A flag that is told, with those that it explains and that are not told again."""

    finding: Finding
    explains: tuple[Finding, ...] = ()

    @property
    def slip(self) -> bool:
        """Whether it is a mere slip of rounding."""
        return self.finding.check in SLIPS


def causes(findings: Iterable[Finding]) -> list[Cause]:
    """The flags (and failures of checks) of one paper in the order given, slips of rounding last.

    What an attribution says of the whole paper is not said again of each of its P-values.
    """
    shown = [f for f in findings if f.verdict in (*FLAGS, "error")]
    by_place = {f.place.start: f for f in shown if f.comparison is not None and f.verdict in ("other_method", "misapplied_method")}
    told: list[Cause] = []
    covered: set[int | None] = set()
    for finding in shown:
        if finding.check == "attribution":
            starts = [place.start for place in (finding.place, *finding.more_places)]
            explained = {start: by_place[start] for start in starts if start is not None and start in by_place}
            covered.update(f.comparison for f in explained.values())
            told.append(Cause(finding, tuple(explained.values())))
        else:
            told.append(Cause(finding))
    kept = [cause for cause in told if cause.finding.comparison is None or cause.finding.comparison not in covered]
    return sorted(kept, key=lambda cause: cause.slip)
