"""How far a reading of a demo document agrees with its hand labels, number by number.

Works on the objects of the output contract alone, so that any extractor can be measured by it::

    counterproof extract corpus/documents --format jsonl | uv run python -m counterproof.corpus.agreement
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Number:
    """A reported number, labelled or read: its place (table or section, and row label), what is printed, what it belongs to.

    It has several kinds where the paper leaves it open.
    """

    where: str
    row: str
    kinds: tuple[str, ...]
    text: str
    value: float | None
    comparator: str
    arm: str
    variable: str
    level: str
    timepoint: str

    def __str__(self) -> str:
        about = " / ".join(part for part in (self.variable, self.level, self.arm, self.timepoint) if part)
        return f"{self.where} [{self.row}] {'|'.join(self.kinds)} {self.text} ({about})"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Labels beside what was read: ``pairs`` of equal place, value and kind; ``other_kind`` of equal place and value only."""

    pairs: tuple[tuple[Number, Number], ...]
    other_kind: tuple[tuple[Number, Number], ...]
    missed: tuple[Number, ...]
    surplus: tuple[Number, ...]

    @property
    def recall(self) -> dict[str, tuple[int, int]]:
        """By kind: how many of the labels were found with that kind, and how many labels there are."""
        found = Counter(read.kinds[0] for _, read in self.pairs)
        lost = Counter(label.kinds[0] for label, _ in self.other_kind) + Counter(label.kinds[0] for label in self.missed)
        return {kind: (found[kind], found[kind] + lost[kind]) for kind in sorted(found | lost)}

    @property
    def precision(self) -> dict[str, tuple[int, int]]:
        """By kind: how many of the numbers read have a label of that kind, and how many were read."""
        right = Counter(read.kinds[0] for _, read in self.pairs)
        off = Counter(read.kinds[0] for _, read in self.other_kind) + Counter(read.kinds[0] for read in self.surplus)
        return {kind: (right[kind], right[kind] + off[kind]) for kind in sorted(right | off)}

    @property
    def other_arm(self) -> tuple[tuple[Number, Number], ...]:
        """The pairs in tables whose arms differ."""
        return tuple((a, b) for a, b in self.pairs if a.where.startswith("Table") and a.arm.casefold() != b.arm.casefold())


def labelled(name: str) -> list[Number]:
    """The hand labels of a demo document, in reading order; ``name`` is its file name without the ending."""
    with (LABELS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Number(
                row["where"], row["row"], tuple(row["kind"].split("|")), row["text"], float(row["value"]), row["comparator"],
                row["arm"], row["variable"], row["level"], row["timepoint"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def read_numbers(reading: dict[str, Any]) -> list[Number]:
    """The evidence of one document (an object of ``counterproof extract --format jsonl``) in the labels' terms."""
    tables = {table["label"]: table["rows"] for table in reading["tables"]}
    return [_read(row, tables) for row in reading["evidence"]]


def compare(labels: Iterable[Number], numbers: Iterable[Number]) -> Agreement:
    """Each label with the number that was read in its place: the same kind and arm first, the same value alone last."""
    left, rest = list(labels), list(numbers)
    pairs = _take(left, rest, lambda a, b: b.kinds[0] in a.kinds and a.arm.casefold() == b.arm.casefold())
    pairs += _take(left, rest, lambda a, b: b.kinds[0] in a.kinds)
    other_kind = _take(left, rest, lambda *_: True)
    return Agreement(tuple(pairs), tuple(other_kind), tuple(left), tuple(rest))


def _read(row: dict[str, Any], tables: dict[str, list[list[str]]]) -> Number:
    """Its place is the table, the table of the caption that it stands in, the abstract, or the innermost section."""
    table = row["table"]
    stub = tables[table][row["row"]][0] if table and row["row"] is not None and row["kind"] != "n" else ""
    captioned = next((label for label in tables if row["quote"].startswith(label)), None)
    section = "Abstract" if row["part"] == "abstract" else (row["section"] or "").rsplit(" > ", 1)[-1]
    about = (row[key] or "" for key in ("arm", "variable", "level", "timepoint"))
    return Number(table or captioned or section, stub, (row["kind"],), row["text"], row["value"], row["comparator"], *about)


def _take(left: list[Number], rest: list[Number], fits: Callable[[Number, Number], bool]) -> list[tuple[Number, Number]]:
    """Pairs of one place and value that fit each other, taken out of both lists; in reading order."""
    pairs = []
    for label in list(left):
        match = next((number for number in rest if _same_place(label, number) and fits(label, number)), None)
        if match is not None:
            pairs.append((label, match))
            left.remove(label)
            rest.remove(match)
    return pairs


def _same_place(label: Number, number: Number) -> bool:
    same = (label.value, label.comparator, _plain(label.where)) == (number.value, number.comparator, _plain(number.where))
    return same and (number.kinds == ("n",) or _plain(label.row) == _plain(number.row))


def _plain(text: str) -> str:
    return _SPACES.sub("", text).casefold()


def main() -> None:
    """Print, for each document that comes in, precision and recall by kind and every disagreement."""
    for line in sys.stdin:
        reading = json.loads(line)
        name = Path(reading["document"]["path"]).stem
        result = compare(labelled(name), read_numbers(reading))
        print(f"{name}: recall, precision by kind")
        for kind in sorted(result.recall | result.precision):
            (found, labels), (right, read) = result.recall.get(kind, (0, 0)), result.precision.get(kind, (0, 0))
            print(f"  {kind:10} {found}/{labels} of the labels, {right}/{read} of the numbers read")
        for title, pairs in (("other kind", result.other_kind), ("other arm", result.other_arm)):
            for label, number in pairs:
                print(f"  {title}: {label}  ->  {number}")
        for title, numbers in (("missed", result.missed), ("surplus", result.surplus)):
            for number in numbers:
                print(f"  {title}: {number}")


if __name__ == "__main__":
    main()
