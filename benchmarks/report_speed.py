"""Size of the HTML report of each paper in a folder, and the time from its evidence to the written page (checks and report).

    python benchmarks/report_speed.py FOLDER

Prints a line a paper and the greatest figures of all, beside those of a paper in which every one of 240 P-values is flagged.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from counterproof._library import open_evidence
from counterproof.extract import pipeline
from counterproof.kb import rows
from counterproof.kb.store import Reading
from counterproof.queries.audit import audit
from counterproof.queries.html.page import Run, report

SUFFIXES = {".pdf", ".xml", ".html", ".txt", ".docx"}


def main() -> None:
    """Measure and print one line a paper."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    papers = [path for path in sorted(ask.parse_args().folder.rglob("*")) if path.suffix in SUFFIXES]
    measured = [_measured(path.read_bytes(), str(path)) for path in papers]
    if measured:
        seconds, size = (max(figures) for figures in zip(*measured, strict=True))
        print(f"most of {len(measured)} papers: {seconds:.2f} s, {size / 1e6:.2f} MB")
    _measured(flagged(240), "240 flags")


def _measured(data: bytes, name: str) -> tuple[float, int]:
    with open_evidence() as store:
        read = pipeline.read(data, name)
        document = read.document
        store.add([Reading(document.id, name, "1", document.status, document.problems, len(data), rows.tables(read))])
        start = time.perf_counter()
        result = audit(store.connection)
        size = len(report(result, store.connection, Run("0", datetime.now(UTC))).encode())
        seconds = time.perf_counter() - start
    print(f"{name}: {document.n_pages or '?'} pages, {len(result.flags)} flags, {seconds:.2f} s, {size / 1e6:.2f} MB")
    return seconds, size


def flagged(n: int) -> bytes:
    """A paper whose one table has so many rows with a P-value that its counts do not allow."""
    lines = "".join(
        f"<tr><td>Event {i}, n (%)</td><td>{10 + i % 7} ({(10 + i % 7) / 0.4:.1f})</td><td>{20 + i % 9} ({(20 + i % 9) / 0.4:.1f})</td>"
        f"<td>0.{700 + i}</td></tr>"
        for i in range(n)
    )
    head = "<tr><th>Outcome</th><th>Drug (n = 40)</th><th>Placebo (n = 40)</th><th>P value</th></tr>"
    text = "<p>Proportions were compared with Fisher's exact test. P &lt; 0.05 was considered significant.</p>"
    table = f"<table><caption>Table 1. Events</caption>{head}{lines}</table>"
    return f"<html><head><title>Events</title></head><body><h1>Events</h1><h2>Methods</h2>{text}{table}</body></html>".encode()


if __name__ == "__main__":
    main()
