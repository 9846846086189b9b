"""Fuzzing for as long as you like: ``python benchmarks/fuzz.py --minutes 60``.

Each parser and the readers of numbers get files that look like papers, changed by a fuzzer that follows the coverage of our code.
Prints the inputs tried and, for each place where a property failed, the smallest input found; exit code 1 where there is any.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.fuzz.properties import TARGETS, place  # noqa: E402
from tests.fuzz.seeds import documents, figures  # noqa: E402

ROUND = 240
"""Seconds after which a process makes room for one with another target; a crash or hang ends it sooner."""


def fuzz(folder: Path, minutes: float, targets: list[str], seed: int) -> dict[str, int]:
    """Fuzz the targets in turn; the inputs tried, by target."""
    end, tried, round_ = time.monotonic() + minutes * 60, dict.fromkeys(targets, 0), 0
    while (left := end - time.monotonic()) > 2:
        target = targets[round_ % len(targets)]
        number = seed * 1000 + round_
        seconds = int(max(2, min(ROUND, left, minutes * 60 / len(targets))))
        command = [sys.executable, str(ROOT / "tests" / "fuzz" / "guided.py"), target, str(folder), str(seconds), str(number)]
        with (folder / "log").open("ab") as log:
            try:
                subprocess.run(command, stdout=log, stderr=log, timeout=seconds + 60, check=False)
            except subprocess.TimeoutExpired:
                (folder / f"{target}-{number}-hangs").touch()
        counter = folder / f"tried-{target}-{number}"
        tried[target] += int(counter.read_text()) if counter.exists() else 0
        print(f"{time.strftime('%H:%M:%S')} {target}: {tried[target]} inputs; {len(failures(folder))} failures", flush=True)
        round_ += 1
    return tried


def failures(folder: Path) -> list[Path]:
    """The inputs that broke a property, and those at which a process ended."""
    kept = [path for path in sorted((folder / "found").glob("*")) if path.suffix != ".trace"] if (folder / "found").exists() else []
    return kept + [
        path for path in sorted(folder.iterdir()) if any(word in path.name for word in ("-crash-", "-timeout-", "-oom-", "-hangs"))
    ]


def minimised(data: bytes, fails: Callable[[bytes], bool], seconds: float = 20.0) -> bytes:
    """A smaller input that fails alike: ever smaller pieces are left out as long as it does."""
    end, size = time.monotonic() + seconds, max(1, len(data) // 2)
    while size and time.monotonic() < end:
        at = 0
        while at < len(data) and time.monotonic() < end:
            less = data[:at] + data[at + size :]
            if fails(less):
                data = less
            else:
                at += size
        size //= 2
    return data


def outcome(target: str, data: bytes) -> str | None:
    """The place where a property fails for this input; None where it holds."""
    try:
        TARGETS[target](data)
    except Exception as error:
        return place(error)
    return None


def report(path: Path) -> None:
    """Print a failure with the smallest input."""
    target, _, where = path.name.partition("-")
    print(f"\n{path.name} ({path.stat().st_size} bytes, {path})")
    if path.parent.name != "found":
        if path.stat().st_size:
            began = time.process_time()
            outcome(target, path.read_bytes())
            print(f"alone it takes {time.process_time() - began:.2f} s of the processor")
        return
    small = minimised(path.read_bytes(), lambda data: outcome(target, data) == where)
    path.with_suffix(".small").write_bytes(small)
    print(path.with_suffix(".trace").read_text().strip().splitlines()[-1][:300])
    print(f"smallest, {len(small)} bytes: {small[:400]!r}")


def main() -> int:
    """Run; 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--target", action="append", choices=list(TARGETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="kept afterwards (default: a folder that is taken away again where nothing failed)")
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="counterproof-fuzz-"))
    for target, seeds in (("figures", figures()), ("document", documents())):
        corpus = folder / f"corpus-{target}"
        corpus.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(seeds):
            (corpus / f"seed-{number}").write_bytes(data)
    tried = fuzz(folder, asked.minutes, asked.target or ["document", "figures"], asked.seed)
    found = failures(folder)
    for path in found:
        report(path)
    print("\n" + ", ".join(f"{n:,} inputs for {target}" for target, n in tried.items()) + f"; {len(found)} failures")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
