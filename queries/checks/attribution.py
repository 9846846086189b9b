"""One procedure that the paper does not declare explains its P-values, and the declared ones do not.

Over all comparisons of a kind in one paper, each single procedure is held against the printed digits: a hit on 0.47 weighs much, one on
<0.001 little, a miss costs. It is told once for the paper, with the P-values that the procedure gives and those that the declared
tests give, where the procedure explains at least three and most of those it can be held against, and beats all declared tests by
more than a factor of 100.

Preconditions: at least three comparisons of the kind that can be recomputed, and tests that the paper declares for them.

Example: a paper that declares Fisher's test prints 0.444, 0.431 and 0.850 for three rows of counts. Recompute each row by both tests:
where Student's t on the codes 0 and 1 gives all three to the last digit and Fisher's test none, chance is a poor explanation.

Reference: design of this project; the log-likelihood of a procedure that slips in one comparison of ten, against chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from counterproof.kb.finding import Finding
from counterproof.kb.numbers import read_number
from counterproof.queries.checks import Row
from counterproof.queries.compared import Comparisons
from counterproof.queries.comparisons import Group
from counterproof.queries.method_names import method_name
from counterproof.queries.places import place
from counterproof.queries.shared import once
from counterproof.queries.statistics.attribution import PaperAttribution, attribute, promising
from counterproof.queries.statistics.engine import Judgement

VIEW = "comparison_rows"
INSPECT_SR = "4.9"

KINDS = {"counts": "counts", "means": "means"}


def check(rows: list[Row]) -> Iterator[Finding]:
    """At most one finding for each paper and kind of data."""
    compared = once(Comparisons, rows)
    judgements = compared.judgements
    for kind, words in KINDS.items():
        papers: dict[str, list[Group]] = defaultdict(list)
        for group in compared.every:
            if group.first["kind"] == kind and not group.obstacle and not group.design and group.first["declared"]:
                papers[group.first["document_id"]].append(group)
        for paper in papers.values():
            own = _once(paper)
            if len(own) >= 3:
                yield from _paper(own, [judgements[g.key] for g in own if g.key in judgements], words)


def _once(groups: list[Group]) -> list[Group]:
    """Each comparison with a telling P once: those of the tables, where there are enough, since the text tells some again."""
    telling = [group for group in groups if _telling(str(group.first["p"]))]
    in_tables = [group for group in telling if group.first["table_no"] is not None]
    return in_tables if len(in_tables) >= 3 else telling


def _telling(printed: str) -> bool:
    """Whether a P is printed to digits that tell one test from another: no bound."""
    number = read_number(printed)
    return bool(number and number.value and number.comparator == "=" and number.decimals >= 2)


def _paper(groups: list[Group], judgements: list[Judgement], words: str) -> Iterator[Finding]:
    found = attribute(judgements) if promising(judgements) else None
    if found is None or not found.striking or found.best is None:
        return
    first = groups[0].first
    by_key = {group.key: group for group in groups}
    explained = [by_key[id.rpartition("#")[0]] for id in found.best.explained]
    yield Finding(
        document=first["document_id"],
        check="attribution",
        verdict="misapplied_method" if found.best.role == "misuse" else "other_method",
        place=place(explained[0].first),
        reported=", ".join(str(g.first["p"]) for g in explained),
        reason=found.best.method,
        severity="medium",
        message=_message(found, explained, words),
        confidence=median(row["confidence"] for g in explained for row in g.rows),
        inspect_sr=INSPECT_SR,
        more_places=tuple(place(g.first) for g in explained[1:]),
    )


def _message(found: PaperAttribution, explained: list[Group], words: str) -> str:
    assert found.best is not None
    method = method_name(found.best.method)
    listed = "; ".join(f"{g.first.get('variable') or 'row'} {g.first['p']}" for g in explained[:8]) + (" …" if len(explained) > 8 else "")
    return (
        f"{len(explained)} of {found.best.n} P-values between {words} are what {method} gives, to the printed digits ({listed}); "
        f"the declared tests give {len(found.declared_explained)} of {found.n}."
    )
