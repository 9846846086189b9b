"""What an audit says: the verdict of one check on one comparison or number, and how it came to it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from counterproof.kb import display
from counterproof.kb.document import Box

Verdict = Literal[
    "error", "not_checkable", "undecided", "consistent", "other_method", "decision_error", "misapplied_method", "inconsistent"
]
Role = Literal["declared", "standard", "regrouped", "misuse"]
Severity = Literal["high", "medium", "low"]

FLAGS: tuple[Verdict, ...] = ("decision_error", "inconsistent", "misapplied_method", "other_method")


@dataclass(frozen=True, slots=True)
class Recomputation:
    """One method applied to one comparison: the set of P-values (or limits) that the printed numbers allow."""

    method: str
    role: Role
    intervals: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding points; ``file`` is named where the document has supplements."""

    table: str | None = None
    row: int | None = None
    column: int | None = None
    section: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    box: Box | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's verdict on one comparison or number.

    ``reported`` is the printed text, ``recomputed`` every method tried with what it allows, ``chance`` the share of printed
    P-values of the same form that would have been accepted, ``confidence`` the least sure of the readings it rests on.
    ``more_places`` are further places of the same cause.
    """

    document: str
    check: str
    verdict: Verdict
    place: Place
    message: str
    reported: str = ""
    reason: str | None = None
    severity: Severity = "low"
    changes_conclusion: bool = False
    recomputed: tuple[Recomputation, ...] = ()
    chance: float | None = None
    confidence: float = 1.0
    inputs: tuple[str, ...] = field(default=())
    comparison: int | None = None
    inspect_sr: str | None = None
    more_places: tuple[Place, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        methods = [(one.method, one.role, display.interval(low, high)) for one in self.recomputed for low, high in one.intervals]
        where = self.place.table or self.place.section
        return display.finding(
            display.Card(
                self.check, self.verdict, self.message, self.place.quote, self.reported, where, self.inputs, methods, self.confidence
            )
        )


def fingerprint_of(document: str, check: str, table: str | None, row: int | None, quote: str, reported: str) -> str:
    """The same for the same flag in every run: of the document, the check, the place and what is printed there, not of the wording."""
    parts = (document, check, table, row, quote, reported)
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]
