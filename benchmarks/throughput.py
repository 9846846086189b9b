"""Documents a second with audit, scaling from one process to two, memory over the run, bytes a document.

    python benchmarks/throughput.py FOLDER [--documents 5000] [--pdfs FOLDER] [--pdf-documents 40] [--scaling 400]

FOLDER has JATS articles, repeated until there are enough documents; each copy is made distinct by a comment, since the same bytes are
the same document. The first pass, in which no article was seen before, is told apart from the later ones, so that nothing that is kept
from copy to copy can flatter the rate. Rates are by the wall clock and by the CPU time of all processes (which other work on the machine
does not change); memory is that of the command and of its largest child.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from copies import make_copies

COMMAND = [sys.executable, "-m", "counterproof.cli", "add"]


def main() -> None:
    """Measure and print one line for each."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--documents", type=int, default=5000)
    ask.add_argument("--pdfs", type=Path)
    ask.add_argument("--pdf-documents", type=int, default=40)
    ask.add_argument("--scaling", type=int, default=400)
    arguments = ask.parse_args()
    articles = sorted(arguments.folder.glob("*.xml"))
    with tempfile.TemporaryDirectory(prefix="counterproof-throughput-") as name:
        where = Path(name)
        first = make_copies(articles, len(articles), where / "first")
        measure("first pass, distinct articles", where / "first", len(first), where, jobs=1)
        if arguments.scaling:
            make_copies(articles, arguments.scaling, where / "scaling")
            one = measure("one process", where / "scaling", arguments.scaling, where, jobs=1)
            two = measure("two processes", where / "scaling", arguments.scaling, where, jobs=2)
            print(f"scaling from one process to two: {one / two:.2f} times as fast", flush=True)
        if arguments.documents:
            make_copies(articles, arguments.documents, where / "many")
            measure("all passes", where / "many", arguments.documents, where, jobs=0, memory=True)
        if arguments.pdfs:
            pdfs = sorted(arguments.pdfs.glob("*.pdf"))
            made = make_copies(pdfs, min(arguments.pdf_documents, len(pdfs)), where / "pdf")
            measure("PDF", where / "pdf", len(made), where, jobs=1, pages=True)


def measure(what: str, papers: Path, n: int, where: Path, *, jobs: int, memory: bool = False, pages: bool = False) -> float:
    """Add all papers of a folder to a new store with audit, print what it took, and return the seconds."""
    store, shards = where / "evidence.duckdb", where / "evidence.shards"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen([*COMMAND, str(papers), "--store", str(store), "--audit", "-q", "-j", str(jobs)], stderr=subprocess.DEVNULL)
    seen: list[tuple[float, int, int]] = []
    watch = threading.Thread(target=_watch, args=(process, seen))
    watch.start()
    process.wait()
    watch.join()
    took = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    read, n_pages = _counted(store)
    size = sum(file.stat().st_size for file in shards.rglob("*.parquet"))
    line = f"{what}: {n} documents ({read} read), {took:.1f} s = {n / took:.1f} a second, {cpu:.1f} CPU-s = {n / cpu:.1f} a second a core"
    if pages:
        line += f", {n_pages} pages = {n_pages / cpu:.1f} a second a core"
    print(f"{line}; a document: store {store.stat().st_size // n:,} bytes, shards {size // n:,}", flush=True)
    if memory:
        for part in range(1, 5):
            until = [s for s in seen if s[0] <= took * part / 4 and s[0] > took * (part - 1) / 4]
            if until:
                parent, child = max(s[1] for s in until), max(s[2] for s in until)
                print(f"  quarter {part}: the command at most {parent >> 20} MB, its largest child {child >> 20} MB", flush=True)
    subprocess.run(["rm", "-rf", str(store), str(shards)], check=True)
    return took


def _watch(process: subprocess.Popen[bytes], seen: list[tuple[float, int, int]]) -> None:
    """Note the memory of a process and of its largest child twice a second (where there is /proc)."""
    began = time.monotonic()
    while process.poll() is None:
        listed = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False).stdout.split()
        seen.append((time.monotonic() - began, _memory(process.pid), max((_memory(int(pid)) for pid in listed), default=0)))
        time.sleep(0.5)


def _memory(pid: int) -> int:
    """Resident bytes of a process."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _counted(store: Path) -> tuple[int, int]:
    """How many documents a store could read, and their pages."""
    query = "select count(*) as documents, coalesce(sum(n_pages), 0)::bigint as pages from documents where status <> 'failed'"
    command = [sys.executable, "-m", "counterproof.cli", "sql", query, "--store", str(store), "--format", "json"]
    row = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[0]
    return row["documents"], row["pages"]


if __name__ == "__main__":
    main()
