"""The same values have the same unit wherever they are told.

Where a table and the text tell the same values of the same subject, one in ng/mL and the other in mg/mL, one of the two is a slip: the
values would differ a millionfold. Which one, the paper alone does not say.

Preconditions: two or more values, equal in both places as printed, of a subject of the same words; units that are concentrations or
rates (so that months and days are left to `label`) and stay different when spellings are made alike (dL and dl, µg and mcg).

Example: a table gives preoperative values of 5 and 2 under a label with (ng/mL), the text has "5 mg/mL vs. 2 mg/mL".

Reference: Cochrane Handbook for Systematic Reviews of Interventions, chapter 6 (units of continuous outcomes); this project's design.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from counterproof.kb.finding import Finding
from counterproof.queries.checks import Row
from counterproof.queries.mentions import same_subject
from counterproof.queries.places import place

VIEW = "unit_rows"
INSPECT_SR = "4.10"

_SPELLINGS = ((re.compile("[µμ]|mc(?=g)"), "u"), (re.compile(r"[\s.]"), ""), (re.compile("litre|liter"), "l"))
_KNOWN = re.compile(
    r"(?:[pnumk]?(?:g|mol|iu|u|eq)|iu|u|cells|copies|cfu)/(?:[munpdck]?l|[munk]?g|mm3|m2|cm2|min|h|hr|hour|d|day|kg)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """The values of one subject in one sentence or row, in one unit."""

    rows: list[Row]
    unit: str

    @property
    def values(self) -> list[str]:
        """The values as printed, in order."""
        return sorted(row["text"] for row in self.rows)

    @property
    def where(self) -> str:
        """Table label, or the part of the text."""
        first = self.rows[0]
        if first["table_no"] is not None:
            return str(first["table_label"] or "a table")
        return "the abstract" if first["part"] == "abstract" else "the text"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each subject whose values have two units."""
    papers: dict[str, dict[tuple[object, ...], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        unit = _plain(row["unit"] or "")
        if unit:
            papers[row["document_id"]][unit, row["quote"], row["variable"], row["timepoint"]].append(row)
    for groups in papers.values():
        mentions = [Mention(members, str(key[0])) for key, members in groups.items() if len(members) >= 2]
        yield from _pairs(mentions)


def _pairs(mentions: list[Mention]) -> Iterator[Finding]:
    """The first two mentions that disagree, with all others of the same subject and values, then the next."""
    told: set[int] = set()
    for number, one in enumerate(mentions):
        if number in told:
            continue
        alike = [(n, other) for n, other in enumerate(mentions) if n not in told and _same(one, other)]
        others = [other for _, other in alike if other.unit != one.unit]
        if others:
            told.update(n for n, _ in alike)
            yield _finding(one, others[0], [other for _, other in alike if other not in (one, others[0])])


def _same(one: Mention, other: Mention) -> bool:
    names = one.rows[0]["variable"], other.rows[0]["variable"]
    return one.values == other.values and (one is other or same_subject(*names))


def _plain(unit: str) -> str:
    """A unit in one spelling; empty where it is none that this check knows."""
    for expression, letters in _SPELLINGS:
        unit = expression.sub(letters, unit)
    return unit.lower() if _KNOWN.fullmatch(unit) else ""


def _finding(one: Mention, other: Mention, more: list[Mention]) -> Finding:
    first = one.rows[0]
    values = " and ".join(row["text"] for row in one.rows)
    also = "".join(f", {m.rows[0]['unit']} in {m.where}" for m in more)
    return Finding(
        document=first["document_id"],
        check="unit",
        verdict="inconsistent",
        place=place(first),
        reported=f"{first['unit']} and {other.rows[0]['unit']}",
        severity="medium",
        message=f"{first['variable']}: {values} are in {first['unit']} in {one.where} and in {other.rows[0]['unit']} "
        f"in {other.where}{also}.",
        confidence=min(row["confidence"] for mention in (one, other) for row in mention.rows),
        inspect_sr=INSPECT_SR,
        more_places=tuple(place(mention.rows[0]) for mention in (other, *more)),
    )
