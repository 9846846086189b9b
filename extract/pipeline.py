"""The way of a paper from bytes to evidence, in reading order of this file."""

from __future__ import annotations

from collections.abc import Callable

from counterproof.extract import formats, methods, prose, tables
from counterproof.extract.facts import OF_THE_WHOLE, Facts
from counterproof.kb.evidence import Extraction

EXTRACTOR_VERSION = "5"
"""Raised with every change that makes the same file give other evidence; a store keeps readings by it."""


def read(data: bytes, path: str) -> Extraction:
    """Parse a file and read its tables, prose and methods.

    Raises ``DocumentError`` where the bytes are no readable paper. A part over which this program stumbles is left out; the
    document's status is then ``partial``.
    """
    facts = Facts(formats.parse(data, path))
    _whole(facts, "what the paper says of its methods", methods.read_methods)
    _whole(facts, "the tables", tables.read_tables)
    _whole(facts, "the running text", prose.read_prose)
    return facts.build()


def _whole(facts: Facts, what: str, read_part: Callable[[Facts], None]) -> None:
    """Add what a part tells, all or nothing: an error that this program makes in it costs no other part."""
    before = facts.kept()
    try:
        read_part(facts)
    except OF_THE_WHOLE:
        raise
    except Exception as error:
        facts.restore(before)
        facts.tell_fault(what, error)
