"""The command ``extract``: what was read of each document, in the format asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from counterproof._inputs import Source, sources
from counterproof._limits import Limits
from counterproof._output import Messages, Target, output
from counterproof._progress import tracked
from counterproof._reading import Outcome, read_all
from counterproof.kb.contract import failure_object
from counterproof.kb.sheets import guarded

Object = dict[str, Any]

NO_INPUT, SOME_FAILED, DONE = 5, 3, 0


def find(paths: Iterable[str], stdin_filename: str | None, messages: Messages, *, verbose: bool = False) -> list[Source]:
    """The documents that the paths name; that there are none is said, and how many files of folders were left out."""
    paths = list(paths)
    left: list[str] = []
    found = sources(paths, stdin_filename, left.append)
    if left:
        files = "1 file looks like no paper and is" if len(left) == 1 else f"{len(left)} files look like no papers and are"
        messages.say(f"of the text, XML and HTML in the folders, {files} left out{':' if verbose else ' (--verbose tells which)'}")
        if verbose:
            messages.say("\n".join(f"  {path}" for path in left))
    if not found:
        messages.problem(f"no papers in {', '.join(paths)} (PDF, JATS XML, HTML, DOCX or plain text)")
    return found


def tell(outcome: Outcome, messages: Messages, *, verbose: bool = False) -> None:
    """One line on standard error for a document that failed."""
    if outcome.status == "failed":
        messages.problem("; ".join(outcome.problems))
        if verbose and outcome.trace:
            messages.say(outcome.trace)


def extract(
    paths: list[str],
    *,
    format: str,
    to: Path | None,
    jobs: int,
    limits: Limits,
    stdin_filename: str | None,
    debug_images: Path | None,
    messages: Messages,
    verbose: bool,
) -> int:
    """Run the command; the exit code."""
    found = find(paths, stdin_filename, messages, verbose=verbose)
    if not found:
        return NO_INPUT
    failed: set[str] = set()
    messages.show_progress &= to is not None or not sys.stdout.isatty()  # a bar would stand between the lines

    def watched() -> Iterator[Outcome]:
        for outcome in tracked(read_all(found, "object", jobs=jobs, limits=limits), len(found), "reading", messages):
            tell(outcome, messages, verbose=verbose)
            if outcome.status == "failed":
                failed.add(outcome.path)
            yield outcome

    with output(to) as target:
        WRITERS[format](watched(), target)
    if debug_images:
        _draw([source for source in found if source.path not in failed], debug_images, messages)
    return SOME_FAILED if failed else DONE


def _draw(found: list[Source], folder: Path, messages: Messages) -> None:
    """Pages of the PDF files with what was read drawn on them."""
    from counterproof.extract.pdf import debug

    folder.mkdir(parents=True, exist_ok=True)
    for source in found:
        if source.data is None and Path(source.path).is_file() and b"%PDF-" in Path(source.path).read_bytes()[:1024]:
            try:
                debug.draw(source.path, folder)
            except Exception as error:  # drawing is a help for people; what was read has been printed already
                messages.problem(f"{source.path}: not drawn ({error})")


def _line(outcome: Outcome) -> str:
    """The document's object as JSON on one line."""
    if outcome.status == "failed":
        return json.dumps(failure_object(outcome.document_id, outcome.path, "; ".join(outcome.problems)), ensure_ascii=False)
    return outcome.body.decode()


def _write_jsonl(outcomes: Iterator[Outcome], target: Target) -> None:
    for outcome in outcomes:
        target.write(_line(outcome) + "\n")


def _write_json(outcomes: Iterator[Outcome], target: Target) -> None:
    target.write("[")
    for number, outcome in enumerate(outcomes):
        target.write(",\n" if number else "\n")
        target.write(json.dumps(json.loads(_line(outcome)), ensure_ascii=False, indent=1))
    target.write("\n]\n")


def _write_csv(outcomes: Iterator[Outcome], target: Target) -> None:
    import csv

    writer = None
    for outcome in outcomes:
        document = json.loads(_line(outcome))
        for evidence in document["evidence"]:
            row = {"document": document["document"]["path"], **evidence, "bbox": json.dumps(evidence["bbox"]) if evidence["bbox"] else None}
            if writer is None:
                writer = csv.DictWriter(target.stream, list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow({name: guarded(value) for name, value in row.items()})


def _write_text(outcomes: Iterator[Outcome], target: Target) -> None:
    from counterproof._extract_text import print_document

    for outcome in outcomes:
        print_document(json.loads(_line(outcome)), target)


WRITERS = {"text": _write_text, "json": _write_json, "jsonl": _write_jsonl, "csv": _write_csv}
