"""Tables that run over several pages become one: repeated heads go, rows follow each other."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.fuzz import ratio

from counterproof.extract.builder import CellDraft, TableDraft
