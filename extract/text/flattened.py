"""Tables that a web page's export ran together into one line: caption and place are kept, cells are not guessed."""

from __future__ import annotations

import re

_FLAT = re.compile(r"(?<=[.)])(?P<label>(?:Table|TABLE)\s?(?:S?\d{1,2}|[IVX]{1,4}))[.:]\s?(?P<caption>[A-Z][^.]{10,300})\.(?=[A-Z0-9(])")
_GLUED = re.compile(r"[a-z)][A-Z][a-z]")


def find_flattened(text: str) -> tuple[str, str, int, int] | None:
    """Label, caption, start and end of a table that is glued into a paragraph, None where there is none."""
    for hit in _FLAT.finditer(text):
        rest = text[hit.end() :]
        if len(_GLUED.findall(rest[:600])) >= 3 and rest[:1].isupper():
            return hit["label"], hit["caption"], hit.start(), hit.end()
    return None
