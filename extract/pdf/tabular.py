"""What a row of a table looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.pdf.geometry import Line

NUMBER = re.compile(r"[<>≤≥=~≈±(\[]*\s?[-−–+]?\s?(?:\d[\d.,·]*|[.·]\d+)")
"""How the text of a value starts."""
_EMPTY = re.compile(r"[-−–—.…]{1,3}|n\.?[sad]\.?|nr|ref(?:erence)?\.?|yes|no", re.IGNORECASE)


def is_value(text: str) -> bool:
    """Whether a cell's text is a number, or says that there is none."""
    return bool(NUMBER.match(text) or _EMPTY.fullmatch(text))


def is_row(parts: Sequence[Line]) -> bool:
    """A line of several parts, at least half of which after the first are values."""
    if len(parts) < 2:
        return False
    values = [is_value(p.text) for p in parts[1:]]
    return 2 * sum(values) >= len(values)
