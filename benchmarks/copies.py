"""Many documents from a few real ones: each copy has a comment of its own at its end, so that its bytes are another document's."""

from __future__ import annotations

from pathlib import Path


def make_copies(originals: list[Path], n: int, folder: Path) -> list[Path]:
    """Write ``n`` documents in order of passes: first each original once, then each again and so on, a folder for each thousand."""
    contents = [path.read_bytes() for path in originals]
    made = []
    for number in range(n):
        path = folder / f"{number // 1000:03}" / f"{number:06}{originals[number % len(originals)].suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[number % len(contents)] + _comment(path.suffix, number))
        made.append(path)
    return made


def _comment(suffix: str, number: int) -> bytes:
    return f"\n% copy {number}\n".encode() if suffix == ".pdf" else f"\n<!-- copy {number} -->\n".encode()
