"""A paper of several files as one string of bytes, so that whatever takes a document's bytes takes main text and supplements too.

A bundle is a mark, the number of parts, their lengths, and the parts. It has no names: the document's identity is that of the bytes of
its files in their order. The names stand in its path (:func:`path_of`).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

MARK = b"\x00counterproof bundle 1\x00"
MOST_PARTS = 100
BETWEEN = " + "
"""What stands between the names in the path of a document of several files."""

_NUMBER = struct.Struct(">Q")


def pack(parts: Sequence[bytes]) -> bytes:
    """Main text and supplements as one."""
    lengths = b"".join(_NUMBER.pack(len(part)) for part in parts)
    return b"".join((MARK, _NUMBER.pack(len(parts)), lengths, *parts))


def unpack(data: bytes) -> tuple[bytes, ...] | None:
    """The parts of a bundle; None for any other bytes.

    Raises ValueError for a bundle that is damaged.
    """
    if not data.startswith(MARK):
        return None
    at = len(MARK)
    try:
        (number,) = _NUMBER.unpack_from(data, at)
        if not 1 <= number <= MOST_PARTS:
            raise ValueError(f"a bundle of {number} files")
        lengths = struct.unpack_from(f">{number}Q", data, at + _NUMBER.size)
    except struct.error as error:
        raise ValueError("a bundle that ends within its head") from error
    at += _NUMBER.size * (1 + number)
    if sum(lengths) != len(data) - at:
        raise ValueError("a bundle whose files have other sizes than it says")
    parts = []
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    return tuple(parts)


def path_of(main: str, supplements: Sequence[str]) -> str:
    """The path that a document of several files goes by."""
    return BETWEEN.join((main, *supplements))


def names_of(path: str, number: int) -> tuple[str, ...]:
    """The names of its files, without their folders; numbers where the path does not tell them apart."""
    names = tuple(Path(name).name for name in path.split(BETWEEN))
    return names if len(names) == number else tuple(f"file {n}" for n in range(1, number + 1))
