"""From bytes to text: which encoding an export is in, and whether the bytes are text at all."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_CONTROLS = frozenset(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)
_UNDEFINED = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_MOJIBAKE = ("â€", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Â±", "Â°", "â‰¤", "â‰¥", "Î±", "Î²", "Âµ", "Î¼")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and, where the encoding had to be guessed or is damaged, one line that says so."""

    text: str
    problem: str | None = None


def decode(data: bytes) -> Decoded | None:
    """The text in these bytes, None where they are not text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(data) % 2 == 0:
        return _strict(data, "utf-16")
    if not data.strip() or (data.startswith(_BINARY[:-1]) and not _plain(data[:400])) or data.startswith(_BINARY[-1]):
        return None
    if any(byte in _CONTROLS for byte in data):
        return _few_controls(data)
    return _strict(data, "utf-8-sig") or _single_byte(data)


def _plain(head: bytes) -> bool:
    """``BM`` may open a sentence; nothing else of an image's head may."""
    return head.startswith(b"BM") and all(byte not in _CONTROLS for byte in head)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return Decoded(text, _damage(text))


def _few_controls(data: bytes) -> Decoded | None:
    """Stray control characters come from fonts without a character map; more than a few mean that this is no text."""
    share = sum(byte in _CONTROLS for byte in data) / len(data)
    if share > 0.03 or b"\x00" in data:
        return None
    kept = bytes(byte for byte in data if byte not in _CONTROLS)
    decoded = _strict(kept, "utf-8-sig") or _single_byte(kept)
    return decoded and Decoded(decoded.text, decoded.problem or "the text holds control characters: some signs may be missing from it")


def _single_byte(data: bytes) -> Decoded | None:
    """Western single-byte text; where few bytes break an otherwise sound UTF-8 text those alone are lost, and it is said."""
    high = sum(byte >= 0x80 for byte in data)
    loose = data.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if broken * 10 < high:
        return Decoded(
            loose.lstrip("\ufeff"), f"{broken} characters are not valid UTF-8 and are shown as \ufffd: export the text again as UTF-8"
        )
    if high > 0.3 * len(data):
        return None
    name = "latin-1" if any(byte in _UNDEFINED for byte in data) else "cp1252"
    return Decoded(data.decode(name), f"not UTF-8: read as {name}, so signs such as ≤ or ± may be wrong: export the text again as UTF-8")


def _damage(text: str) -> str | None:
    lost = text.count("\ufffd")
    if lost:
        return f"{lost} characters were lost before this export (\ufffd): signs and numbers beside them may be wrong"
    twice = sum(text.count(sign) for sign in _MOJIBAKE)
    if twice >= 3:
        return "signs such as ≤ and ± look encoded twice (for example â€ or Â±): export the text again as UTF-8"
    return None
