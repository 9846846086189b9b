"""Words, rules and pictures of a page, turned upright: all that the rest of this package sees of a PDF.

A page has one *view* for each direction in which text runs on it. Within a view text runs left to right and y grows downwards;
``View.to_page`` leads back to the page as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from counterproof.kb.document import Box

ASCENT, DESCENT = 0.78, 0.22
"""Where a line of text reaches above and below its baseline, in font sizes: fonts' own figures are not comparable."""


@dataclass(slots=True)
class Word:
    """Characters set without a gap. ``raised`` is 1 for a superscript, -1 for a subscript; ``glued``: no space before it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    raised: int = 0
    glued: bool = False
    order: int = 0

    @property
    def top(self) -> float:
        """The upper edge of its line of text."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its line of text."""
        return self.base + DESCENT * self.size

    @property
    def middle(self) -> float:
        """Halfway between left and right."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in a view."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, word: Word, slack: float = 0.0) -> bool:
        """Whether the word's middle lies within."""
        y = word.base - 0.3 * word.size
        return self.x0 - slack <= word.middle <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack


@dataclass(slots=True)
class Line:
    """Words on one baseline, left to right, with no gap wide enough to part columns."""

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    base: float = 0.0
    size: float = 0.0

    def __post_init__(self) -> None:
        longest, width = self.words[0], -1.0
        x1 = longest.x1
        for word in self.words:
            if word.x1 > x1:
                x1 = word.x1
            if not word.raised and word.x1 - word.x0 > width:
                longest, width = word, word.x1 - word.x0
        self.x0, self.x1 = self.words[0].x0, x1
        self.base, self.size = longest.base, longest.size

    @property
    def top(self) -> float:
        """The upper edge of its line of text."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its line of text."""
        return self.base + DESCENT * self.size

    @property
    def middle_x(self) -> float:
        """Halfway between left and right."""
        return (self.x0 + self.x1) / 2

    @property
    def bold(self) -> bool:
        """Whether all words with letters are bold."""
        return all(w.bold for w in self.words if any(c.isalpha() for c in w.text))

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return join_words(self.words)


@dataclass(slots=True)
class View:
    """One direction of text on a page: ``turn`` is how many quarter turns (clockwise) made it upright."""

    page: int
    turn: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    level: list[Rect] = field(default_factory=list)
    upright: list[Rect] = field(default_factory=list)
    bands: list[Rect] = field(default_factory=list)
    images: list[Rect] = field(default_factory=list)

    def to_page(self, rect: Rect) -> Box:
        """The rectangle on the page as shown."""
        w, h = self.width, self.height
        x0, y0, x1, y1 = rect.x0, rect.top, rect.x1, rect.bottom
        if self.turn == 1:
            x0, y0, x1, y1 = y0, w - x1, y1, w - x0
        elif self.turn == 2:
            x0, y0, x1, y1 = w - x1, h - y1, w - x0, h - y0
        elif self.turn == 3:
            x0, y0, x1, y1 = h - y1, x0, h - y0, x1
        return Box(self.page, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def around(words: list[Word]) -> Rect:
    """The rectangle that holds all these words."""
    return Rect(min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words))


def join_words(words: list[Word]) -> str:
    """The words as text, with a space between those that are not glued."""
    return "".join(w.text if w.glued or not i else " " + w.text for i, w in enumerate(words))
