"""Crops of PDF pages with boxes around the numbers of a finding, drawn by a child process under limits: the file may be hostile."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counterproof.kb.document import Box

START = "from counterproof.queries.html.crops import main; main()"
SCALE = 1.6
MARGIN = 60.0
TALLEST = 330.0
"""Points of a page that a crop has at most."""
SECONDS, MEMORY = 20, 1 << 30
MOST_BYTES = 900_000
"""Bytes of all crops of one report together; later crops are left out."""

_GREYS, _RED, _BLUE = 14, 14, 15
"""The palette of a crop: so many greys, then the colours of the boxes."""

Region = tuple[Box, Sequence[Box], Box | None]
"""The box of the flagged number, those of its inputs, and that of the table that it stands in."""


def crops(path: str, document: str, regions: Sequence[Region], budget: int = MOST_BYTES) -> list[str | None]:
    """For each region the crop as a data address; None where it cannot be drawn.

    The file is drawn only if its SHA-256 still is ``document``.
    """
    nothing: list[str | None] = [None] * len(regions)
    try:
        data = Path(path).read_bytes() if regions else b""
    except OSError:
        return nothing
    if not data or hashlib.sha256(data).hexdigest() != document:
        return nothing
    asked = json.dumps(
        [[_sides(flagged), [_sides(box) for box in others], table and _sides(table)] for flagged, others, table in regions]
    ).encode()
    try:
        child = subprocess.run([sys.executable, "-P", "-c", START], input=asked + b"\n" + data, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, timeout=SECONDS, check=True)  # fmt: skip
        drawn = json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError):
        return nothing
    left = budget
    found: list[str | None] = []
    for image in drawn:
        if not isinstance(image, str) or len(image) > left:
            found.append(None)
            continue
        left -= len(image)
        found.append(f"data:image/png;base64,{image}")
    return found


def _sides(box: Box) -> list[float]:
    return [box.page, box.x0, box.top, box.x1, box.bottom]


def main() -> None:
    """The child: a line of JSON with the regions and then the PDF on standard input, JSON with the crops on standard output."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    import pdfplumber

    with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read())) as pdf:
        pages: dict[int, Any] = {}
        answers = [_crop(pdf, pages, *region) for region in asked]
    sys.stdout.write(json.dumps(answers))


def _crop(pdf: Any, pages: dict[int, Any], flagged: list[float], others: list[list[float]], table: list[float] | None) -> str | None:
    from PIL import ImageDraw

    number = int(flagged[0]) - 1
    if not 0 <= number < len(pdf.pages):
        return None
    if number not in pages:
        page = pdf.pages[number]
        scale = min(SCALE, 1400 / max(page.width, page.height))
        pages[number] = page.to_image(resolution=72 * scale).original.convert("L"), scale
    image, scale = pages[number]
    near = [box for box in others if box[0] == flagged[0] and abs(box[2] - flagged[2]) < TALLEST / 2]
    boxes = [flagged, *near]
    wide = _width(flagged, boxes, table, image.width / scale)
    left = int(max(0, (wide[0] - 12) * scale))
    right = int(min(image.width, (wide[1] + 12) * scale))
    top = int(max(0, (min(box[2] for box in boxes) - MARGIN) * scale))
    bottom = int(min(image.height, (max(box[4] for box in boxes) + MARGIN) * scale))
    if bottom - top < 8 or right - left < 8:
        return None
    part = _palette(image.crop((left, top, right, bottom)))
    draw = ImageDraw.Draw(part)
    for box, color, width in [*((box, _BLUE, 1) for box in near), (flagged, _RED, 3)]:
        x, y = box[1] * scale - left - 3, box[2] * scale - top - 3
        draw.rectangle((x, y, max(box[3] * scale - left + 3, x), max(box[4] * scale - top + 3, y)), outline=color, width=width)
    out = io.BytesIO()
    part.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


def _width(flagged: list[float], boxes: list[list[float]], table: list[float] | None, page: float) -> tuple[float, float]:
    """From where to where a crop goes: the table, the page where the table began on another one, or the sentence's surroundings."""
    left, right = min(box[1] for box in boxes), max(box[3] for box in boxes)
    if table is None:
        return left - 3 * MARGIN, right + 3 * MARGIN
    return (min(left, table[1]), max(right, table[3])) if table[0] == flagged[0] else (0.0, page)


def _palette(gray: Any) -> Any:
    """An image of fourteen greys, with two colours left for the boxes: four bits a pixel."""
    from PIL import Image

    image = Image.frombytes("P", gray.size, gray.point([value * (_GREYS - 1) // 255 for value in range(256)]).tobytes())
    greys = [shade for step in range(_GREYS) for shade in [step * 255 // (_GREYS - 1)] * 3]
    image.putpalette([*greys, 200, 0, 0, 0, 90, 180])
    return image


def _limit() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        return  # a system without such limits; the parent's clock still holds


if __name__ == "__main__":
    main()
