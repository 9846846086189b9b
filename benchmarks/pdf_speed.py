"""Speed and memory of reading PDFs, beside pdfplumber's words in the same run.

    python benchmarks/pdf_speed.py FOLDER [--plumber-pages 60] [--memory-pages 100]

Prints pages a second on one core for a whole reading (parse alone, and parse with tables, prose and methods read into evidence), for
pdfplumber's ``extract_words`` on an even sample of the same pages, their ratio, and the peak memory of a fresh process that reads one
PDF of many pages put together from the folder.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pdfplumber
import pypdfium2

from counterproof.extract import pdf, pipeline


def main() -> None:
    """Measure and print one line of figures for each."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--plumber-pages", type=int, default=60)
    ask.add_argument("--memory-pages", type=int, default=100)
    ask.add_argument("--peak", type=Path, help=argparse.SUPPRESS)
    arguments = ask.parse_args()
    if arguments.peak:
        pdf.parse(arguments.peak.read_bytes(), str(arguments.peak))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    files = {path: path.read_bytes() for path in sorted(arguments.folder.glob("*.pdf"))}
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in files.values())
    parse = pages / _seconds(lambda: [pdf.parse(data, str(path)) for path, data in files.items()])
    whole = pages / _seconds(lambda: [pipeline.read(data, str(path)) for path, data in files.items()])
    plumber = _plumber(files, pages, arguments.plumber_pages)
    figures = {"pages": pages, "parse_pages_per_s": parse, "extract_pages_per_s": whole, "pdfplumber_words_pages_per_s": plumber}
    figures |= {"ratio": parse / plumber, "peak_mb": _peak(files, arguments.memory_pages)}
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


def _seconds(work: object) -> float:
    """Processor time of this process for one call."""
    assert callable(work)
    start = time.process_time()
    work()
    return time.process_time() - start


def _plumber(files: dict[Path, bytes], pages: int, wanted: int) -> float:
    """The words of pdfplumber on every n-th page, in pages a second."""
    every = max(1, pages // wanted)
    seen, number, start = 0, 0, time.process_time()
    for data in files.values():
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                number += 1
                if number % every == 0:
                    page.extract_words()
                    page.close()
                    seen += 1
    return seen / (time.process_time() - start)


def _peak(files: dict[Path, bytes], wanted: int) -> int:
    """Megabytes that a fresh process takes at most for one PDF of this many pages."""
    merged = pypdfium2.PdfDocument.new()
    for data in files.values():
        if len(merged) < wanted:
            source = pypdfium2.PdfDocument(data)
            merged.import_pages(source, list(range(min(len(source), wanted - len(merged)))))
    target = Path("build") / "pdf_speed.pdf"
    target.parent.mkdir(exist_ok=True)
    merged.save(target)
    done = subprocess.run([sys.executable, __file__, ".", "--peak", str(target)], capture_output=True, text=True, check=True)
    target.unlink()
    return int(done.stdout)


if __name__ == "__main__":
    main()
