"""The picture of a test attribution: for each P-value what the attributed procedure gives and what the declared tests give."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from counterproof.kb.finding import Finding, Recomputation
from counterproof.kb.numbers import read_number
from counterproof.queries.html.axes import WIDTH, bar, p_axis, p_ticks, picture, shortened, words
from counterproof.queries.html.pictures import meets, strict, window
from counterproof.queries.method_names import method_name
from counterproof.queries.telling import shown_set

MOST = 24
ROW = 34.0


def attribution_picture(finding: Finding, findings: Sequence[Finding], key: str) -> Markup | None:
    """One row a P-value that the procedure of an attribution can be held against, those that it gives first; None for other findings."""
    if finding.check != "attribution" or not finding.reason:
        return None
    rows = _rows(finding, findings)
    if not rows:
        return None
    axis, top = p_axis(12, WIDTH - 14), 8.0
    bottom = top + ROW * len(rows)
    parts = p_ticks(axis, top, bottom)
    for position, (one, given) in enumerate(rows):
        parts += _row(one, given, top + ROW * position)
    method = method_name(finding.reason)
    hits = sum(meets(one, given) for one, given in rows)
    told = "; ".join(
        f"{_name(one)}: printed {one.reported}, {method} gives {shown_set(given.intervals)}, the named tests {_strict(one)}"
        for one, given in rows
    )
    return picture(bottom + 22, f"{method}: {hits} of {len(rows)} P-values", f"{told}.", parts, key)


def _rows(finding: Finding, findings: Sequence[Finding]) -> list[tuple[Finding, Recomputation]]:
    """The comparisons of the kind that the attribution is about, each with what the procedure allows."""
    told = {place.start for place in (finding.place, *finding.more_places)}
    explained = [f for f in findings if f.comparison is not None and f.place.start in told and f.recomputed]
    if not explained:
        return []
    kind, tabled = explained[0].check, explained[0].place.table is not None
    rows = []
    for one in findings:
        given = next((r for r in one.recomputed if r.method == finding.reason), None)
        if one.check == kind and (one.place.table is not None) == tabled and given is not None and _telling(one.reported):
            rows.append((one, given))
    return sorted(rows, key=lambda row: (row[0].place.start not in told, row[0].place.start or 0))[:MOST]


def _row(one: Finding, given: Recomputation, y: float) -> list[Markup]:
    """Name and printed P above, below them what is printed (outline), the procedure (upper bars) and the named tests (lower bars)."""
    axis = p_axis(12, WIDTH - 14)
    printed = window(one.reported) or (1.0, 1.0)
    mark = "✓" if meets(one, given) else "✗"
    parts = [words(12, y + 12, f"{mark} {shortened(_name(one), 40)}: P {one.reported}")]
    x0, x1 = axis.at(printed[0]), axis.at(printed[1])
    parts.append(bar(x0 - 2.5, y + 16, x1 - x0 + 5, 14, "band"))
    for low, high in given.intervals[:20]:
        parts.append(bar(axis.at(low) - 1.5, y + 17, axis.at(high) - axis.at(low) + 3, 6, "misuse"))
    for low, high in [i for r in strict(one) for i in r.intervals][:40]:
        parts.append(bar(axis.at(low) - 1.5, y + 24, axis.at(high) - axis.at(low) + 3, 5, "allowed"))
    return parts


def _name(one: Finding) -> str:
    return one.place.quote.partition(" | ")[0].strip() or one.place.section or "text"


def _strict(one: Finding) -> str:
    return shown_set([i for r in strict(one) for i in r.intervals])


def _telling(printed: str) -> bool:
    number = read_number(printed)
    return bool(number and number.value and number.comparator == "=" and number.decimals >= 2)
