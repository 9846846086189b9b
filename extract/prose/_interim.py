"""Interim readers until kb.numbers offers them."""

from __future__ import annotations

import re

from counterproof.kb.numbers import FoundNumber, read_number

_P = re.compile(
    r"(?<![A-Za-z0-9])[Pp](?:[\s-]{0,2}values?)?(?: for (?:trend|interaction|difference|comparison|all))?"
    r"\s{0,2}(?:(?:was|were|is|of|all|at)\s)?\s?(?P<n>[=<>≤≥]\s{0,2}(?:0?[.·,]\s?\d+|0|1(?:\.0+)?)(?:\s?[×x]\s?10[-−–]?\d+)?)"
)


def read_p_values(text: str) -> list[FoundNumber]:
    found = []
    for hit in _P.finditer(text):
        number = read_number(hit["n"])
        if number:
            found.append(FoundNumber(number, hit.start("n"), hit.end("n")))
    return found
