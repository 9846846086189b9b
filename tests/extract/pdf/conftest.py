"""A sheet on which tests set small papers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from counterproof.extract.pdf import parse
from counterproof.kb.document import Document

WIDTH, HEIGHT = 595.0, 842.0
SENTENCE = (
    "patients in both arms were followed for two years after the operation and seen every three months by a physician who did not know "
    "which treatment had been given so that bias in the assessment of the outcome could be kept as small as possible in this trial"
)
WORDS = SENTENCE.split()


class Sheet:
    """Pages of text and tables; y counts from the top, as in the documents that are read from it."""

    def __init__(self, password: str | None = None, owner: str | None = None) -> None:
        self._file = io.BytesIO()
        locked = StandardEncryption(password or "", ownerPassword=owner) if password is not None or owner else None
        self.canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), encrypt=locked)

    def text(self, x: float, y: float, text: str, size: float = 8, font: str = "Times-Roman") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def rule(self, x0: float, x1: float, y: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)

    def band(self, x0: float, x1: float, top: float, bottom: float) -> None:
        self.canvas.setFillGray(0.85)
        self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def raised(self, x: float, y: float, text: str, mark: str, size: float = 8) -> None:
        self.text(x, y, text, size)
        self.text(x + self.canvas.stringWidth(text, "Times-Roman", size), y - 0.35 * size, mark, 0.6 * size)

    def prose(self, x0: float, x1: float, y: float, lines: int, size: float = 10, seed: int = 0) -> list[str]:
        """Justified lines of running text; the words in order."""
        said: list[str] = []
        for number in range(lines):
            line = [WORDS[(seed + 7 * number + k) % len(WORDS)] for k in range(40)]
            fitting: list[str] = []
            while self.canvas.stringWidth(" ".join([*fitting, line[len(fitting)]]), "Times-Roman", size) < x1 - x0:
                fitting.append(line[len(fitting)])
            spare = x1 - x0 - self.canvas.stringWidth(" ".join(fitting), "Times-Roman", size)
            gap = spare / (len(fitting) - 1)
            x = x0
            for word in fitting:
                self.text(x, y + 1.2 * size * number, word, size)
                x += self.canvas.stringWidth(word + " ", "Times-Roman", size) + gap
            said.extend(fitting)
        return said

    def rows(self, y: float, xs: Sequence[float], rows: Sequence[Sequence[str]], size: float = 8, pitch: float = 12) -> float:
        """Rows of cells, left-aligned at ``xs``; the y after the last."""
        for row in rows:
            for x, cell in zip(xs, row, strict=True):
                if cell:
                    self.text(x, y, cell, size)
            y += pitch
        return y

    def image(self, share: float = 1.0) -> None:
        from PIL import Image

        picture = ImageReader(Image.new("RGB", (20, 20), "grey"))
        self.canvas.drawImage(picture, 0, 0, WIDTH * share, HEIGHT * share)

    def page(self, rotate: int = 0) -> None:
        """End this page."""
        if rotate:
            self.canvas.setPageRotation(rotate)
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self._file.getvalue()

    def read(self) -> Document:
        self.page()
        return parse(self.data(), "sheet.pdf")


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


@pytest.fixture
def new_sheet() -> Callable[..., Sheet]:
    return Sheet
