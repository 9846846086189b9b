"""The percents of a group of numbers are of the base that the paper names for them.

Where the percents of several variables in one column fit none of the bases printed for them but all fit one other whole number, that
number is the base that was used: it is reported once for the column, not once for each percent. The same holds for the levels of one
variable, and for neighbouring sentences that name no base but share one that occurs nowhere in the paper. Where the levels of every
variable concerned add up to that number, the table shows itself that values are missing: a note says so and nothing is flagged, unless
the number is the size of another arm of the table, since two sizes may be swapped. So does a variable that counts its missing
patients in a level of their own, where the percents beside it are of the others.

A base a little above the printed one (a head of 485 over percents of 486) is found in the same way, where it gives every percent of the
column that the printed one does not give to the digit, of three variables at least, and nine tenths of all.

Preconditions: percents that miss the printed base (one below it by more than a slip of rounding); a shared base that is a single number
in prose and for levels, and is shared by three variables in a column, so that chance agreement is unlikely.

Example: under n = 30 stand 7 (25.0), 14 (50.0) and 21 (75.0). Divide each count by its percent: 7 / 0.25, 14 / 0.5 and 21 / 0.75 are all
28.

Reference: Bolland, Avenell & Grey, Royal Society Open Science 2025;12:240170; Barnett, F1000Research 2022;11:783.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from counterproof.kb.finding import Finding
from counterproof.queries.bases import Pair, base_above, column, misfits, shared_base, variables
from counterproof.queries.checks import Row
from counterproof.queries.comparisons import MISSING
from counterproof.queries.places import place, subject
from counterproof.queries.proportions import (
    Proportion,
    block_key,
    common_bases,
    level_sums,
    offered_bases,
    proportion,
    shown,
    whole,
)
from counterproof.queries.shared import once

VIEW = "proportion_rows"
INSPECT_SR = "4.6"


def check(rows: list[Row]) -> Iterator[Finding]:
    """One finding for each group of percents with a base of its own."""
    sums = once(level_sums, rows)
    printed = _printed(rows)
    heads: dict[tuple[Any, ...], set[int | None]] = defaultdict(set)
    for row in rows:
        heads[_table(row)].add(whole(row.get("arm_n")))
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        in_table = row.get("table_no") is not None
        groups[column(row) if in_table else (row["document_id"], None, row.get("part"), row.get("section"))].append(row)
    for members in groups.values():
        known = printed[members[0]["document_id"]]
        clusters = _in_column(members, sums) if members[0].get("table_no") is not None else _in_sentences(members, known)
        for base, cluster in clusters:
            told, counted = once(_known_sums, rows), _missing(members)
            own = [base in (sums.get(block_key(row)), told.get(block_key(row))) or _of_known(row, share, counted) for row, share in cluster]
            missing = base not in heads[_table(members[0])] and all(own)
            yield _note(base, cluster) if missing else _finding(base, cluster, known)


def _known_sums(rows: Iterable[Row]) -> dict[tuple[Any, ...], int]:
    """The sums of the levels of each block, without the patients whose level is not known."""
    return level_sums(row for row in rows if not MISSING.match(row.get("level") or ""))


def _table(row: Row) -> tuple[Any, ...]:
    return row["document_id"], row.get("table_no")


def _note(base: int, cluster: list[Pair]) -> Finding:
    """The levels of each variable add up to the base, or count who is missing: the table shows its missing values itself."""
    row = cluster[0][0]
    return Finding(
        document=row["document_id"],
        check="denominator",
        verdict="not_checkable",
        reason="missing_data",
        place=place(row),
        reported=", ".join(shown(row) for row, _ in cluster[:6]),
        message=f"{len(cluster)} percents are of {base}: values are missing, as the levels of these variables show.",
        confidence=min(row.get("confidence") or 1.0 for row, _ in cluster),
        inspect_sr=INSPECT_SR,
    )


def _printed(rows: Iterable[Row]) -> dict[str, set[int]]:
    """Every whole number that each paper prints, in figures or (up to ninety-nine) in words."""
    printed: dict[str, set[int]] = defaultdict(set)
    texts: dict[str, list[int]] = {}
    for row in rows:
        own = printed[row["document_id"]]
        own.update(offered_bases(row))
        if count := whole(row.get("count")):
            own.add(count)
        if row.get("numbers_in_text"):
            texts[row["document_id"]] = row["numbers_in_text"]  # the same in every row of a paper
    for document, numbers in texts.items():
        printed[document].update(numbers)
    return printed


def _in_column(rows: list[Row], sums: dict[tuple[Any, ...], int]) -> Iterator[tuple[int, list[Pair]]]:
    """The base that three variables of a column share, else those that the levels of one variable share, or one above the printed."""
    above = base_above(rows)
    if above:
        yield above
        return
    off = misfits(rows)
    shared = shared_base(off)
    rest = off
    if shared and variables(shared[1]) >= 3:
        yield shared
        rest = [pair for pair in off if pair not in shared[1]]
    blocks: dict[Any, list[Pair]] = defaultdict(list)
    for pair in rest:
        if pair[0].get("block") is not None:
            blocks[block_key(pair[0])].append(pair)
    for key, levels in blocks.items():
        run = common_bases(share for _, share in levels)
        if run and run[0] == run[1] and len(levels) >= 2 and run[0] != sums.get(key):
            yield run[0], levels


def _missing(rows: list[Row]) -> dict[object, set[int]]:
    """How many patients a column counts as missing: by variable, in levels of their own, and by the row right above such a row."""
    found: dict[object, set[int]] = defaultdict(set)
    for row in rows:
        if (count := whole(row.get("count"))) and MISSING.match(row.get("level") or row.get("variable") or ""):
            found[row.get("variable") if row.get("level") else (row.get("row") or 0) - 1].add(count)
    return found


def _of_known(row: Row, share: Proportion, missing: dict[object, set[int]]) -> bool:
    """Whether a percent is of the patients left when those are taken away who are counted as missing beside it."""
    counts = missing.get(row.get("variable"), set()) | missing.get(row.get("row"), set())
    return any(share.fits(base - count) for base in offered_bases(row) for count in counts if count < base)


def _in_sentences(rows: list[Row], known: set[int]) -> Iterator[tuple[int, list[Pair]]]:
    """Neighbouring percents without a named base that share a single one which the paper names nowhere."""
    cluster: list[Pair] = []
    for row in rows:
        share = proportion(row)
        if share is None or not share.informative or offered_bases(row):
            continue
        if any(share.fits(base) for base in known if base >= share.count):
            continue
        if common_bases(s for _, s in [*cluster, (row, share)]):
            cluster.append((row, share))
    run = common_bases(share for _, share in cluster)
    if run and run[0] == run[1] and len(cluster) >= 2:
        yield run[0], cluster


def _finding(base: int, cluster: list[Pair], known: set[int]) -> Finding:
    first = cluster[0][0]
    named = offered_bases(first)
    table = first.get("table_no") is not None
    where = ", ".join(str(w) for w in (first["table_label"] or "the table", first["arm"]) if w) if table else "these sentences"
    listed = ", ".join(shown(row) for row, _ in cluster[:6]) + (" …" if len(cluster) > 6 else "")
    against = f"not of {named[0]}, the size that is named" if named else "a number of patients that the paper names nowhere"
    also = f" {base} is printed elsewhere in the paper." if named and base in known else ""
    start = subject({**first, "arm": None}) if table else ""
    return Finding(
        document=first["document_id"],
        check="denominator",
        verdict="inconsistent",
        place=place(first),
        reported=listed,
        severity="low" if named and base < named[0] else "medium",
        message=f"{len(cluster)} percents of {where}{f', from “{start}” on,' if start else ''} are of {base}, {against}: {listed}.{also}",
        confidence=min(row.get("confidence") or 1.0 for row, _ in cluster),
        inspect_sr=INSPECT_SR,
        more_places=tuple(place(row) for row, _ in cluster[1:]),
    )
