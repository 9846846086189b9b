"""Seeds that look like papers, and changes that hurt: pieces cut, doubled, moved, and swapped for what parsers stumble over."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Iterable

TOKENS = [
    *["0", "1", "9", ".", ",", "·", "(", ")", "[", "]", "±", "/", "%", "–", "−", "-", "<", ">", "=", "≤", "≥", "≈", "~", "*", "†", "‡",
    "§", "¶", "|", ";", ":", "P", "p", "n", "N", "\t", "\n", "\r", "\x0c", "\x00", "\x1b", "\x85", "\u2028"],
    "\u00a0", "\u2009", "\u200b", "\u202e", "\ufeff", "\ufffd", "İ", "ﬁ", "½", "²", "①", "٣", "\U0001d7d9", "\U0001f600", "e\u0301",
    "\u0338",
    "P = 0.03", "p<0.001", "P = NS", "95% CI 1.2 to 3.4", "(1.2–3.4)", "12 (24.5%)", "3.4 ± 1.2", "n = 20", "1,234", "10 000", "1e309",
    "9" * 400,
    "0." + "0" * 400 + "1", "× 10⁻⁵", "10-999999999", "Table 1", "Table 99.", "Fig. 1", "vs.", "to", "median (IQR)", "mean (SD)",
    "respectively", "P 40", "N (3)", "0,120,240", "2.5 (1–3)2", "³", "<sup>3</sup>", "12 (N)", "t = 2.1, df = 3 4",
    "chi-squared", "hazard ratio", "Results", "Methods", "References", "<sup>a</sup>", "<td>", "</td>", "<tr>", "</tr>", "<table>",
    "</table>",
    "<thead>", "<tbody>", "<xref ref-type=\"table-fn\">", "colspan=\"9999\"", "rowspan=\"0\"", "rowspan=\"1000000000\"", "<sec>",
    "</sec>", "<p/>",
    "<title>", "<fn>", "<label>", "<table-wrap>", "<math>", "<mml:mfrac>", "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&#0;",
    "&#x10FFFF;", "&lt;",
    "<?xml version='1.0'?>", "<!DOCTYPE html>", "<w:tc>", "<w:vMerge/>", "<w:gridSpan w:val=\"-1\"/>", "<w:ins>",
    "<w:footnoteReference w:id=\"2\"/>",
    "obj", "endobj", "stream", "endstream", "xref", "trailer", "/Kids", "/Count 9999999", "/Contents 1 0 R", "/Parent 3 0 R",
    "/Length -1", "BT", "ET",
    "Tj", "Td", "Tm", "cm", "1e38", "-1e38", "q", "Q", "Do", "re", "f", "S",
]  # fmt: skip
BYTES = [token.encode() for token in TOKENS] + [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x80", b"\xff\xfe", b"\xfe\xff", bytes(8), b"\xff" * 8]
_PIECE = re.compile(rb"<[^<>]{0,300}>|[A-Za-z]{1,30}|[0-9]{1,30}|\s{1,9}|.", re.DOTALL)


def mutated(data: bytes, random: random.Random, others: Iterable[bytes] = ()) -> bytes:
    """The data with a few pieces changed; a Word package is changed inside, and packed again; so is a packed stream of a PDF."""
    if data.startswith(b"PK\x03\x04") and random.random() < 0.9:
        return _repacked(data, random)
    if data.startswith(b"%PDF-") and random.random() < 0.5:
        return _restreamed(data, random)
    return _changed(data, random, list(others))


def _changed(data: bytes, random: random.Random, others: list[bytes] | None = None) -> bytes:
    pieces = _PIECE.findall(data)
    for _ in range(random.choice((1, 1, 2, 3, 5, 9, 20))):
        at = random.randrange(len(pieces) + 1)
        end = min(len(pieces), at + random.choice((1, 1, 1, 2, 5, 20, 200)))
        match random.randrange(7):
            case 0:
                del pieces[at:end]
            case 1:
                pieces[at:at] = pieces[at:end] * random.choice((1, 1, 2, 8))
            case 2:
                pieces[at:at] = [random.choice(BYTES)]
            case 3:
                pieces[at:end] = [random.choice(BYTES)]
            case 4:
                to = random.randrange(len(pieces) + 1)
                pieces[to:to] = pieces[at:end]
            case 5:
                pieces[at:at] = [random.choice(BYTES)] * random.choice((2, 10, 100))
            case _:
                theirs = _PIECE.findall(random.choice(others)) if others else pieces
                start = random.randrange(len(theirs) + 1)
                pieces[at:at] = theirs[start : start + random.choice((1, 5, 20, 100))]
    return b"".join(pieces)


def _repacked(data: bytes, random: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [(name, package.read(name)) for name in package.namelist()[:40]]
    except Exception:  # already changed beyond a package
        return _changed(data, random)
    names = [name for name, _ in parts if "document" in name or "notes" in name] or [name for name, _ in parts]
    chosen = random.choice(names if random.random() < 0.8 else [name for name, _ in parts]) if names else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, _changed(content, random) if name == chosen else content)
    return out.getvalue()


def _restreamed(data: bytes, random: random.Random) -> bytes:
    """One stream unpacked, changed and left unpacked (its length left as it was, which readers must mend)."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))
    if not streams:
        return _changed(data, random)
    hit = random.choice(streams)
    try:
        content = zlib.compress(_changed(zlib.decompress(hit[1]), random))
    except zlib.error:
        content = _changed(hit[1], random)
    return data[: hit.start(1)] + content + b"\n" + data[hit.end(1) :]
