"""Lays corrections over the readings of a store: what each matches, what it replaces, and what matches nothing any more.

The readings are never changed. A set of corrections is added whenever the corrections, or what they match, are others than before;
the views show the readings with the latest set laid over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from counterproof.kb.corrections import CHANGES, Correction, Entry, FalseAlarm, beside, read_file, written
from counterproof.kb.errors import UsageError
from counterproof.kb.numbers import read_number
from counterproof.kb.rows import INT, REAL, TEXT, Schema, arrow
from counterproof.kb.schema import utc_now
from counterproof.kb.store import Store

Row = dict[str, Any]
Named = tuple[int, str, str, str | None]
"""A reading: its number, its document's id, path and DOI."""

_ID = pa.int64()
_PROVENANCE: Schema = {"made_by": TEXT, "made_on": pa.date32(), "why": TEXT}
_CORRECTIONS: Schema = {
    "set_no": INT, "correction_no": INT, "document": TEXT, "quote": TEXT, "number": TEXT, "occurrence": INT, "table_label": TEXT,
    "fingerprint": TEXT, "kind": TEXT, "value": TEXT, "arm": TEXT, "base": TEXT, **_PROVENANCE, "matched": pa.bool_(),
}  # fmt: skip
_NUMBERS: Schema = {
    "reading_id": _ID, "set_no": INT, "correction_no": INT, "evidence_no": INT, "aggregate_no": INT, "original": TEXT, "kind": TEXT,
    "text": TEXT, "value": REAL, "decimals": INT, "comparator": TEXT, "unit": TEXT, "arm_no": INT, "arm": TEXT, "base": TEXT, **_PROVENANCE,
}  # fmt: skip
_MEMBERS: Schema = {
    "reading_id": _ID, "set_no": INT, "comparison_no": INT, "aggregate_no": INT, "arm_order": INT, "kind": TEXT,
}  # fmt: skip

_COMPARES = {"count": "counts", "percent": "counts", "mean": "means", "sd": "means", "median": "medians"}
"""What a comparison compares, by the kind of its numbers."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of corrections: by document what was put right in words, what matched nothing and why, how many are of other papers."""

    entries: tuple[Entry, ...] = ()
    numbers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    elsewhere: int = 0

    @property
    def false_alarms(self) -> dict[str, FalseAlarm]:
        """The flags set aside, by fingerprint."""
        return {entry.fingerprint: entry for entry in self.entries if isinstance(entry, FalseAlarm)}


def stored(store: Store) -> tuple[Entry, ...]:
    """The entries of the set that holds in this store."""
    query = "select * from facts.corrections where set_no = (select max(set_no) from facts.correction_sets) order by correction_no"
    result = store.connection.execute(query)
    names = [column[0] for column in result.description or ()]
    found: list[Entry] = []
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        said = {"by": row["made_by"], "on": row["made_on"], "why": row["why"]}
        if row["fingerprint"]:
            found.append(FalseAlarm(fingerprint=row["fingerprint"], document=row["document"] or None, **said))
        else:
            same = ("document", "quote", "number", "occurrence", *CHANGES)
            found.append(Correction(table=row["table_label"], **{name: row[name] for name in same}, **said))
    return tuple(found)


def record(store: Store, entry: Entry) -> Applied:
    """Add an entry to the file beside the store (to a store in memory, to what it holds) and lay all of them over the readings.

    Raises UsageError for a correction that matches nothing; then nothing is changed.
    """
    file = beside(store.path) if store.path else None
    held = read_file(file) if file and file.exists() else stored(store)
    source = file or "given in Python"
    applied = apply(store, (*held, entry), source)
    mine = [one for one in applied.unmatched if one.startswith(f"correction {len(held) + 1} ")]
    if mine or (applied.elsewhere and not documents_named(entry.document or "", current_readings(store))):
        apply(store, held, source)
        raise UsageError(mine[0] if mine else f"{entry.document}: no document here is called so")
    if file:
        words = file.read_text("utf-8") if file.exists() else "\n".join(map(written, held))
        new = file.with_name(f"{file.name}.new")
        new.write_text(f"{words.rstrip()}\n\n{written(entry)}".lstrip(), "utf-8")
        new.replace(file)
    return applied


def apply(store: Store, entries: Sequence[Entry], source: str | Path) -> Applied:
    """Lay these entries, and no others, over the current readings of a store.

    Nothing is written where the store has the same set already.
    """
    readings = current_readings(store) if entries else []
    numbers: list[Row] = []
    members: list[Row] = []
    unmatched: list[str] = []
    elsewhere = 0
    told: dict[str, list[str]] = {}
    taken: dict[tuple[int, int], int] = {}
    matched: set[int] = set()
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, FalseAlarm):
            continue
        own = documents_named(entry.document, readings)
        if not own:
            elsewhere += 1
            continue
        found, why = _match(store, entry, own)
        if not why and (earlier := next((taken[k] for row in found if (k := (row["reading_id"], row["evidence_no"])) in taken), None)):
            why = f"it puts the same number right as entry {earlier}; say both in one"
        arm = _arm(store, entry, found[0]) if entry.arm and not why else None
        if entry.arm and not why and arm is None:
            why = f"no arm there is called {entry.arm}"
        if why:
            unmatched.append(f"correction {number} ({entry.number} in “{_short(entry.quote)}”, by {entry.by}) is not applied: {why}")
            continue
        matched.add(number)
        taken |= {(row["reading_id"], row["evidence_no"]): number for row in found}
        changed = [_changed(row, entry, number, arm) for row in found]
        numbers += changed
        if arm:  # the other numbers of the cell go with it
            with_it = entry.model_copy(update={"kind": None, "value": None, "base": None})
            numbers += [_changed(row, with_it, number, arm) for row in _siblings(store, found)]
        members += _members(store, found, entry, arm)
        told.setdefault(found[0]["document_id"], []).append(_words(entry, changed[0]["original"]))
    _write(store, entries, matched, numbers, members, str(source))
    return Applied(tuple(entries), {id: tuple(words) for id, words in told.items()}, tuple(unmatched), elsewhere)


def current_readings(store: Store) -> list[Named]:
    """Every current reading: its number, its document's id, path and DOI."""
    query = """select reading_id, r.document_id, r.path, d.doi
        from facts.current_readings r left join facts.documents d using (reading_id)"""
    return store.connection.execute(query).fetchall()


def documents_named(document: str, readings: Iterable[Named]) -> list[Named]:
    """The readings that an entry means: by the beginning of the document's id, its DOI, or the name of its file."""
    said = document.lower()
    as_doi = said.removeprefix("https://doi.org/").removeprefix("doi:").strip()
    return [
        (number, id, path, doi)
        for number, id, path, doi in readings
        if (doi and as_doi == doi.lower()) or (len(said) >= 8 and id.startswith(said)) or document in (path, Path(path).name)
    ]


def _match(store: Store, entry: Correction, own: list[Named]) -> tuple[list[Row], str | None]:
    """The numbers of the current reading that an entry names (one place, perhaps with several meanings), or why there are none."""
    if len(own) > 1:
        return [], f"{len(own)} documents are called {entry.document}; give the beginning of its id"
    rows = _rows(store, own[0][0])
    words, number = _plain(entry.quote), _plain(entry.number)
    fitting = [
        row for row in rows
        if _plain(row["text"]) == number and words in _plain(row["quote"]) and (not entry.table or row["label"] == entry.table)
    ]  # fmt: skip
    places = sorted({(row["char_start"], row["char_end"]) for row in fitting})
    if not places:
        return [], "no such number stands there (any more)"
    if entry.occurrence is None and len(places) > 1:
        return [], f"{len(places)} numbers fit; add occurrence = 1 to {len(places)}, or more words"
    if (entry.occurrence or 1) > len(places):
        return [], f"only {len(places)} such numbers stand there"
    place = places[(entry.occurrence or 1) - 1]
    here = [row for row in fitting if (row["char_start"], row["char_end"]) == place]
    grouped = [row for row in here if row["aggregate_no"] is not None]
    if (entry.kind or entry.arm or entry.base) and grouped:
        here = grouped
    if (entry.arm or entry.base) and not grouped:
        return [], "it belongs to no arm's figures, so that it can have neither arm nor base"
    return [{**row, "document_id": own[0][1]} for row in here], None


def _siblings(store: Store, found: list[Row]) -> list[Row]:
    """The other numbers of the same aggregates."""
    own, cells = {row["evidence_no"] for row in found}, {row["aggregate_no"] for row in found}
    return [r for r in _rows(store, found[0]["reading_id"]) if r["aggregate_no"] in cells and r["evidence_no"] not in own]


def _rows(store: Store, reading: int) -> list[Row]:
    """The reported numbers of a reading as they were read."""
    result = store.connection.execute(
        """select e.reading_id, e.evidence_no, e.kind, e.text, e.quote, e.char_start, e.char_end, e.aggregate_no, e.arm, e.arm_no,
            e.table_no, t.label
        from facts.evidence e left join facts.tables t using (reading_id, table_no) where e.reading_id = ? order by e.evidence_no""",
        [reading],
    )
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _arm(store: Store, entry: Correction, row: Row) -> tuple[int, str] | None:
    """The arm of this name: of the number's own table before others."""
    arms = store.connection.execute(
        "select arm_no, label, table_no from facts.arms where reading_id = ? order by arm_no", [row["reading_id"]]
    ).fetchall()
    named = [arm for arm in arms if _plain(arm[1]).lower() == _plain(entry.arm or "").lower()]
    named.sort(key=lambda arm: arm[2] != row["table_no"])
    return (named[0][0], named[0][1]) if named else None


def _changed(row: Row, entry: Correction, number: int, arm: tuple[int, str] | None) -> Row:
    """A number with what takes the place of its reading."""
    value = read_number(entry.value) if entry.value else None
    was = {"kind": row["kind"], "value": row["text"], "arm": row["arm"] or "no arm", "base": "as read"}
    return {
        "reading_id": row["reading_id"],
        "correction_no": number,
        "evidence_no": row["evidence_no"],
        "aggregate_no": row["aggregate_no"],
        "original": ", ".join(f"{name} {was[name]}" for name in CHANGES if getattr(entry, name) is not None),
        "kind": entry.kind,
        "text": value.text if value else None,
        "value": value.value if value else None,
        "decimals": value.decimals if value else None,
        "comparator": value.comparator if value else None,
        "unit": value.unit if value else None,
        "arm_no": arm[0] if arm else None,
        "arm": arm[1] if arm else None,
        "base": entry.base,
        "made_by": entry.by,
        "made_on": entry.on,
        "why": entry.why,
    }


def _members(store: Store, found: list[Row], entry: Correction, arm: tuple[int, str] | None) -> list[Row]:
    """Where the corrected aggregates stand in their comparisons: with their new arm, and compared as what they now are."""
    kind = _COMPARES.get(entry.kind or "")
    if arm is None and kind is None:
        return []
    rows = []
    reading = found[0]["reading_id"]
    for aggregate in dict.fromkeys(row["aggregate_no"] for row in found if row["aggregate_no"] is not None):
        comparisons = store.connection.execute(
            """select m.comparison_no, m.arm_order, c.kind from facts.comparison_members m
            join facts.comparisons c using (reading_id, comparison_no) where m.reading_id = ? and m.aggregate_no = ?""",
            [reading, aggregate],
        ).fetchall()
        for comparison, order, compares in comparisons:
            orders = dict(
                store.connection.execute(
                    """select a.arm_no, min(m.arm_order) from facts.comparison_members m
                    join facts.aggregates a using (reading_id, aggregate_no)
                    where m.reading_id = ? and m.comparison_no = ? group by all""",
                    [reading, comparison],
                ).fetchall()
            )
            place = order if arm is None else orders.get(arm[0], max(orders.values()) + 1)
            other = kind if compares in _COMPARES.values() and compares != kind else None
            rows.append({"reading_id": reading, "comparison_no": comparison, "aggregate_no": aggregate, "arm_order": place, "kind": other})
    return rows


def _write(store: Store, entries: Sequence[Entry], matched: set[int], numbers: list[Row], members: list[Row], source: str) -> None:
    """Add a set, where it differs from the one that holds."""
    told = [_told(entry, number, number in matched or isinstance(entry, FalseAlarm)) for number, entry in enumerate(entries, 1)]
    current = store.connection.execute("select coalesce(max(set_no), 0) from facts.correction_sets").fetchone()
    assert current is not None
    wanted = (_tuples(_CORRECTIONS, told), _tuples(_NUMBERS, numbers), _tuples(_MEMBERS, members))
    if wanted == tuple(
        _stored(store, *one, current[0])
        for one in (("corrections", _CORRECTIONS), ("corrected_numbers", _NUMBERS), ("corrected_members", _MEMBERS))
    ):
        return
    with store.transaction():
        number = current[0] + 1
        store.connection.execute("insert into facts.correction_sets values (?, ?, ?)", [number, source, utc_now()])
        for name, schema, rows in (
            ("corrections", _CORRECTIONS, told),
            ("corrected_numbers", _NUMBERS, numbers),
            ("corrected_members", _MEMBERS, members),
        ):
            columns: dict[str, Sequence[Any]] = {key: [row.get(key) for row in rows] for key in schema if key != "set_no"}
            store.insert(name, arrow(schema, {**columns, "set_no": [number] * len(rows)}))


def _told(entry: Entry, number: int, matched: bool) -> Row:
    said = entry.model_dump()
    said |= {"made_by": said.pop("by"), "made_on": said.pop("on"), "table_label": said.pop("table", None)}
    return {**said, "document": said["document"] or "", "correction_no": number, "matched": matched}


def _stored(store: Store, table: str, schema: Schema, number: int) -> list[tuple[object, ...]]:
    names = ", ".join(name for name in schema if name != "set_no")
    return sorted(store.connection.execute(f"select {names} from facts.{table} where set_no = ?", [number]).fetchall(), key=repr)


def _tuples(schema: Schema, rows: Iterable[Row]) -> list[tuple[object, ...]]:
    return sorted((tuple(row.get(name) for name in schema if name != "set_no") for row in rows), key=repr)


def _words(entry: Correction, original: str) -> str:
    now = ", ".join(f"{name} {getattr(entry, name)}" for name in CHANGES if getattr(entry, name) is not None)
    return f"{entry.number} in “{_short(entry.quote)}”: {now} instead of {original} ({entry.by}, {entry.on}: {entry.why})"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _short(text: str) -> str:
    flat = _plain(text)
    return flat if len(flat) <= 60 else f"{flat[:59]}…"
