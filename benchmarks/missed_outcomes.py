"""The hand-annotated outcomes that are not complete in the evidence, each with the places where its numbers stand in the article.

    uv run python benchmarks/missed_outcomes.py ../shared/bench/rct_outcomes.csv ../shared/real/jats [-a]

An outcome is complete where all its values stand in the evidence of one variable, each arm's in one arm, the two arms distinct; group
sizes may come from the arm itself (the same rule as ``score_outcomes.py``). For each number of a miss: the cells, sentences and captions
that print it, what the evidence says of it there, or that the file does not print it. With ``-a`` also the outcomes with a number that
the file does not print, which the score leaves out.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counterproof.extract.pipeline import read
from counterproof.extract.prose.sentences import Sentence, split
from counterproof.extract.prose.words import SMALL, TENS
from counterproof.kb.document import Document
from counterproof.kb.evidence import Evidence, Extraction

KINDS = {"events": "count", "mean": "mean", "standard_deviation": "sd", "group_size": "n"}
KEYS = {"binary": ("events", "group_size"), "continuous": ("mean", "standard_deviation", "group_size")}
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:[.·]\d+)?|(?<![\w.])[.·]\d+")
WORDS = {float(number): word for word, number in (SMALL | TENS).items()}
MOST = 4
"""Places shown of a number."""

Arm = dict[str, float | None]


@dataclass(frozen=True)
class Outcome:
    """One annotated outcome: the article, its name, its two arms with their names and numbers."""

    article: str
    name: str
    kind: str
    arms: tuple[tuple[str, Arm], tuple[str, Arm]]

    @property
    def numbers(self) -> list[float | None]:
        """All its numbers."""
        return [number for _, arm in self.arms for number in arm.values()]


def outcomes(table: Path, folder: Path) -> Iterator[Outcome]:
    """The complete outcomes of the annotation whose articles lie in the folder."""
    with table.open(newline="") as file:
        for row in csv.DictReader(file):
            kind, article = row["outcome_type"], f"PMC{row['pmcid']}"
            if row["is_data_complete"] == "TRUE" and kind in KEYS and (folder / f"{article}.xml").exists():
                first, second = ((row[arm], {k: value(row[f"{arm}_{k}"]) for k in KEYS[kind]}) for arm in ("intervention", "comparator"))
                yield Outcome(article, row["outcome"], kind, (first, second))


def value(text: str) -> float | None:
    """A number without its sign."""
    try:
        return abs(float(text.replace(",", "").replace(" ", "").replace("·", ".")))
    except ValueError:
        return None


def complete(outcome: Outcome, extraction: Extraction) -> bool:
    """Whether all numbers of an outcome stand in the evidence of one variable, level and time in two arms."""
    labels = [arm.label for arm in extraction.arms]
    sizes: dict[str, set[float]] = defaultdict(set)
    groups: dict[object, dict[str, dict[str, set[float]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for e in extraction.evidence:
        if e.number.value is None or e.arm is None:
            continue
        number, arm = abs(e.number.value), labels[e.arm]
        if e.kind == "n":
            sizes[arm].add(number)
        groups[(e.table, e.variable, e.level, e.timepoint)][arm][e.kind].add(number)

    def fits(told: dict[str, set[float]], arm: str, wanted: Arm) -> bool:
        return all(w in told[KINDS[k]] or (k == "group_size" and w in sizes[arm]) for k, w in wanted.items())

    one, other = (numbers for _, numbers in outcome.arms)
    return any(
        fits(arms[a], a, one) and fits(arms[b], b, other)
        for key, arms in list(groups.items())
        if isinstance(key, tuple) and key[1]
        for a in list(arms)
        for b in list(arms)
        if a != b
    )


class Places:
    """Where a document prints numbers."""

    def __init__(self, extraction: Extraction) -> None:
        self.document: Document = extraction.document
        self.extraction = extraction
        self.sentences: list[Sentence] = list(split(self.document))
        self.evidence = {e.locator.start: e for e in extraction.evidence}

    def of(self, number: float) -> list[str]:
        """The places of a number: cells first, then captions and sentences."""
        return [*self._cells(number), *self._sentences(number)]

    def _cells(self, number: float) -> Iterator[str]:
        for table in self.document.tables:
            for cell in table.cells:
                for hit in NUMBER.finditer(cell.text):
                    if value(hit[0]) == number:
                        row = next((c.text for c in table.covered[cell.row] if c and c.text), "")
                        head = table.column_heads[cell.column]
                        yield f"{table.label} “{row[:40]}” × “{head[:30]}”: {self._told(cell.locator.start + hit.start())}"

    def _sentences(self, number: float) -> Iterator[str]:
        word = WORDS.get(number)
        for sentence in self.sentences:
            hits = [hit.start() for hit in NUMBER.finditer(sentence.text) if value(hit[0]) == number]
            if word:
                hits += [hit.start() for hit in re.finditer(rf"\b{word}\b", sentence.text, re.IGNORECASE)]
            for start in hits:
                kind = "caption" if sentence.block.kind == "caption" else sentence.block.part
                around = sentence.text[max(0, start - 60) : start + 60]
                yield f"{kind} “…{around}…”: {self._told(sentence.start + start)}"

    def _told(self, start: int) -> str:
        found = self.evidence.get(start)
        return self._meaning(found) if found else "no evidence"

    def _meaning(self, e: Evidence) -> str:
        arm = self.extraction.arms[e.arm].label if e.arm is not None else "no arm"
        return f"{e.kind} of {e.variable or 'no outcome'} in {arm}"


def main() -> None:
    """Print each miss with its places, and how many there are of each sort."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("table", type=Path)
    ask.add_argument("folder", type=Path)
    ask.add_argument("-a", "--all", action="store_true", help="also outcomes with a number that the file does not print")
    arg = ask.parse_args()
    wanted = list(outcomes(arg.table, arg.folder))
    read_ones = {a: read((arg.folder / f"{a}.xml").read_bytes(), f"{a}.xml") for a in sorted({o.article for o in wanted})}
    places = {article: Places(extraction) for article, extraction in read_ones.items()}
    tally: Counter[tuple[str, str]] = Counter()
    for outcome in wanted:
        at = {number: places[outcome.article].of(number) for number in outcome.numbers if number is not None}
        state = "complete" if complete(outcome, read_ones[outcome.article]) else "missed" if all(at.values()) else "not printed"
        tally[outcome.kind, state] += 1
        if state == "missed" or (arg.all and state == "not printed"):
            show(outcome, state, at)
    for (kind, state), n in sorted(tally.items()):
        print(f"{kind}: {state} {n}")


def show(outcome: Outcome, state: str, at: dict[float, list[str]]) -> None:
    """Print one outcome with the places of its numbers."""
    print(f"{outcome.article} {outcome.kind} {state}: {outcome.name}")
    for arm, numbers in outcome.arms:
        print(f"  {arm}")
        for key, number in numbers.items():
            found = at[number] if number is not None else []
            print(f"    {key} {number:g}: {found[0] if found else 'not printed in the file'}" if number is not None else f"    {key}: none")
            for place in found[1:MOST]:
                print(f"      {place}")
            if len(found) > MOST:
                print(f"      and {len(found) - MOST} more")
    print()


if __name__ == "__main__":
    main()
