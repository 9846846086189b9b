"""The way of a paper from bytes to evidence, in reading order of this file."""

from __future__ import annotations

from counterproof.extract import formats, methods, prose, tables
from counterproof.extract.facts import Facts
from counterproof.kb.evidence import Extraction

EXTRACTOR_VERSION = "2"
"""Raised with every change that makes the same file give other evidence; a store keeps readings by it."""


def read(data: bytes, path: str) -> Extraction:
    """Parse a file and read its tables, prose and methods.

    Raises ``DocumentError`` where the bytes are no readable paper.
    """
    facts = Facts(formats.parse(data, path))
    methods.read_methods(facts)
    tables.read_tables(facts)
    prose.read_prose(facts)
    return facts.build()
