"""The hostile corpus through the command line: ``python benchmarks/hostile.py [--only PART] [--timeout S] [--large]``.

Makes every file of tests/hostile, adds all of them to one store in one run and then each alone, and prints for each the outcome, the
seconds, and the peak memory of the reader and of the process that the user started. Fails if a file ends without an outcome, if the
parent takes 300 MB or more, or if the run as a whole loses a document. ``--large`` adds an XML file of 500 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.hostile.corpus import MAKERS  # noqa: E402
from tests.hostile.markup import much_text  # noqa: E402

MOST = 300
"""Megabytes that the parent may take."""


def high_water(pid: int) -> tuple[float, float]:
    """The greatest resident memory of a process so far, and of its children, in megabytes."""
    children = [int(child) for task in _listed(f"/proc/{pid}/task") for child in _text(f"/proc/{pid}/task/{task}/children").split()]
    return _peak(pid), max(map(_peak, children), default=0.0)


def _peak(pid: int) -> float:
    line = next((line for line in _text(f"/proc/{pid}/status").splitlines() if line.startswith("VmHWM")), "")
    return int(line.split()[1]) / 1024 if line else 0.0


def _text(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def _listed(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except OSError:
        return []


def run(arguments: list[str]) -> tuple[int, str, str, float, float, float]:
    """Exit code, output, messages, seconds, and the peak memory of the parent and of its children."""
    begin = time.monotonic()
    command = [str(Path(sys.executable).with_name("counterproof"))]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        peaks = [0.0, 0.0]

        def watch() -> None:
            while process.poll() is None:
                for n, peak in enumerate(high_water(process.pid)):
                    peaks[n] = max(peaks[n], peak)
                time.sleep(0.02)

        watcher = threading.Thread(target=watch)
        watcher.start()
        out, err = process.communicate()
        watcher.join()
    return process.returncode, out, err, time.monotonic() - begin, peaks[0], peaks[1]


def alone(path: Path, seconds_allowed: float) -> tuple[str, bool]:
    """A line of the table for one file, and whether all is well."""
    code, out, err, seconds, parent, child = run(["extract", str(path), "--format", "jsonl", "--timeout", f"{seconds_allowed:g}"])
    lines = out.splitlines()
    try:
        said = json.loads(lines[0]) if len(lines) == 1 else {}
    except ValueError:
        said = {}
    status, problems = said.get("status", "none"), said.get("problems", [])
    reason = " ".join(str(problem) for problem in problems).replace(str(path), "").strip(" :") or f"{len(said.get('evidence', []))} numbers"
    well = code in (0, 3) and status in ("ok", "partial", "failed") and parent < MOST and "Traceback" not in err
    size = path.stat().st_size / 1e6
    return f"{path.name:32} {size:7.2f} {seconds:6.1f} {child:7.0f} {parent:7.0f}  {status:8}{'' if well else '!! '}{reason[:150]}", well


def together(folder: Path, number: int) -> bool:
    """All files and a sound one in one run into a store; whether each has its outcome."""
    _, out, err, seconds, parent, child = run(
        ["add", *sorted(map(str, folder.iterdir())), "--store", str(folder / "store.duckdb"), "--format", "jsonl"]
    )
    told = [json.loads(line) for line in out.splitlines()]
    done = {status: sum(line["status"] == status for line in told) for status in ("ok", "partial", "failed")}
    print(f"\nall {number} in one run: {done}, {seconds:.0f} s, child {child:.0f} MB, parent {parent:.0f} MB")
    return len(told) == number and parent < MOST and "Traceback" not in err


def main() -> int:
    """Run; 1 where something is off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--after", default="", help="only the files that follow this one")
    parser.add_argument("--timeout", type=float, default=120.0)
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    makers = {name: make for name, make in MAKERS.items() if asked.only in name}
    if asked.after:
        makers = dict(list(makers.items())[list(makers).index(asked.after) + 1 :])
    if asked.large:
        makers["five-hundred-megabytes.xml"] = lambda: much_text(500)
    with tempfile.TemporaryDirectory(prefix="counterproof-hostile-") as name:
        folder = Path(name)
        print(f"{'file':32} {'MB':>7} {'s':>6} {'child':>7} {'parent':>7}  outcome")
        well = True
        for file, make in makers.items():
            path = folder / file
            path.write_bytes(make())
            line, good = alone(path, asked.timeout)
            well &= good
            print(line, flush=True)
        if not asked.only and not asked.after:
            well &= together(folder, len(makers))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
