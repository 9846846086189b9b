"""A random sample of flags for readers to judge, stratified by check and verdict, at most five a paper.

    uv run python benchmarks/draw_flags.py --seed 20261121 --n 100 --out DIR ../shared/real/jats ../shared/real/pairs ../shared/real/pdf

Writes `flags.csv` (the columns of `tests/golden/judged.csv`, judgement and reason still empty) and `flags.txt` (the same flags as an
editor sees them). A paper that lies there both as JATS and as PDF is read once: from the PDF if its name hashes even, else from the JATS.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import random
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

FLAGS = {"decision_error", "inconsistent", "misapplied_method", "other_method"}
A_PAPER = 5
COLUMNS = ["round", "document", "check", "verdict", "locator", "numbers", "judgement", "reason"]
Finding = dict[str, Any]


def papers(folders: list[Path]) -> list[Path]:
    """One file a paper."""
    by_name: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(p for folder in folders for p in folder.iterdir() if p.suffix in {".xml", ".pdf", ".html"}):
        by_name[path.stem].append(path)
    chosen = []
    for name, files in by_name.items():
        even = hashlib.sha256(name.encode()).digest()[0] % 2 == 0
        preferred = [f for f in files if (f.suffix == ".pdf") == even]
        chosen.append((preferred or files)[0])
    return chosen


def flags(files: list[Path]) -> list[Finding]:
    """Every flag of an audit of the files."""
    command = [sys.executable, "-m", "counterproof.cli", "audit", "--format", "jsonl", "--fail-on", "never", *map(str, files)]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return [found for found in map(json.loads, lines) if found.get("verdict") in FLAGS]


def draw(found: list[Finding], n: int, chance: random.Random) -> list[Finding]:
    """`n` flags: from each stratum its share of all, rounded up, so that no check is left out; at most `A_PAPER` of a paper."""
    strata: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for flag in found:
        strata[flag["check"], flag["verdict"]].append(flag)
    taken: list[Finding] = []
    rest: list[Finding] = []
    of_paper: Counter[str] = Counter()
    for _, members in sorted(strata.items(), key=lambda item: (len(item[1]), item[0])):
        chance.shuffle(members)
        quota = math.ceil(n * len(members) / len(found))
        for flag in members:
            if quota and of_paper[flag["document"]] < A_PAPER:
                taken.append(flag)
                of_paper[flag["document"]] += 1
                quota -= 1
            else:
                rest.append(flag)
    chance.shuffle(rest)
    for flag in rest:
        if len(taken) < n and of_paper[flag["document"]] < A_PAPER:
            taken.append(flag)
            of_paper[flag["document"]] += 1
    return sorted(taken[:n], key=lambda f: (f["document"], f["table"] or "", f["char_start"] or 0))


def locator(flag: Finding) -> str:
    """Where the flag stands."""
    page = f"page {flag['page']}" if flag["page"] else ""
    row = f"row {flag['row']}" if flag["row"] is not None else ""
    return ", ".join(filter(None, [flag["table"] or flag["section"] or "", row, page]))


def main() -> None:
    """Draw and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", type=Path, nargs="+")
    ask.add_argument("--seed", type=int, required=True)
    ask.add_argument("--n", type=int, default=100)
    ask.add_argument("--round", type=int, default=1)
    ask.add_argument("--out", type=Path, required=True)
    arg = ask.parse_args()
    found = flags(papers(arg.folders))
    chosen = draw(found, arg.n, random.Random(arg.seed))
    arg.out.mkdir(parents=True, exist_ok=True)
    with (arg.out / "flags.csv").open("w", newline="") as csv_file, (arg.out / "flags.txt").open("w") as text_file:
        table = csv.writer(csv_file, lineterminator="\n")
        table.writerow(COLUMNS)
        for number, flag in enumerate(chosen, 1):
            name = Path(flag["document"]).name
            table.writerow([arg.round, name, flag["check"], flag["verdict"], locator(flag), flag["reported"], "", ""])
            text_file.write(f"#{number} {flag['document']} | {flag['check']} | {flag['verdict']} | {locator(flag)}\n")
            text_file.write(f"  printed: {flag['reported']}\n  quote: {flag['quote']}\n  says: {flag['message']}\n")
            for line in flag["inputs"]:
                text_file.write(f"    input: {line}\n")
            for place in flag["more_places"]:
                text_file.write(f"    also: {place.get('quote', place)}\n")
    print(f"{len(chosen)} of {len(found)} flags from {len({f['document'] for f in chosen})} papers, in {arg.out}")


if __name__ == "__main__":
    main()
