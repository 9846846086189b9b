"""Axes and small pieces that the pictures share. Colours come from classes in the style sheet, so that both schemes serve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 360
"""Units of a picture's width: about the pixels of a phone, so that its words stay readable there."""
SMALLEST_P = 1e-4
P_TICKS = (0.0001, 0.001, 0.01, 0.05, 0.1, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from data to units of a picture; ``log`` for ratios and P-values."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Where a value lies, held within the ends of the axis."""
        value = min(max(value, self.low), self.high)
        if self.log:
            share = (math.log(value) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        else:
            share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def p_axis(start: float, end: float, smallest: float = SMALLEST_P) -> Axis:
    """The scale of P-values: logarithmic, everything below ``smallest`` (at most 0.0001) at its end."""
    return Axis(max(min(smallest, SMALLEST_P), 1e-30), 1.0, start, end, log=True)


def tick_words(p: float, smallest: float = SMALLEST_P) -> str:
    """The words at a tick of the scale of P-values."""
    if p < SMALLEST_P:
        return f"{'≤' * (p <= smallest)}1e−{-round(math.log10(p))}"
    return f"{'≤' * (p <= smallest)}{p:g}".replace("0.", ".") if p < 1 else "1"


def _p_ticks(smallest: float) -> Sequence[float]:
    """The ticks of a scale; one that begins below 0.0001 has powers of ten, not more than six of them, and the level of significance."""
    if smallest >= SMALLEST_P:
        return P_TICKS
    last = -round(math.log10(smallest))
    return [*(10.0**-power for power in range(last, 0, -max(2, -(-last // 5)))), 0.05, 1.0]


def p_ticks(axis: Axis, top: float, bottom: float) -> list[Markup]:
    """The lines and words of a scale of P-values that runs from left to right."""
    parts = []
    for p in _p_ticks(axis.low):
        x = axis.at(p)
        parts.append(line(x, top, x, bottom, "alpha" if p == 0.05 else "grid"))
        parts.append(words(x, bottom + 14, tick_words(p, axis.low), "tick", "end" if p == 1 else "start" if p <= axis.low else "middle"))
    return parts


def picture(height: float, title: str, description: str, content: Sequence[Markup], key: str) -> Markup:
    """A picture with its title and description for those who do not see it; ``key`` is its id, one a page."""
    return Markup(
        '<svg class="picture" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}-t {key}-d">'
        '<title id="{key}-t">{title}</title><desc id="{key}-d">{description}</desc>{content}</svg>'
    ).format(width=WIDTH, height=round(height), title=title, description=description, content=Markup("").join(content), key=key)


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> Markup:
    """A line."""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(x1, y1, x2, y2, style)


def bar(x: float, y: float, width: float, height: float, style: str) -> Markup:
    """A rectangle."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>').format(x, y, round(width, 1), round(height, 1), style)


def words(x: float, y: float, text: str, style: str = "label", anchor: str = "start") -> Markup:
    """A line of text."""
    return Markup('<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>').format(x, y, style, anchor, text)


def diamond(x: float, y: float, size: float, style: str) -> Markup:
    """A mark that differs from a dot by its shape, not by its colour alone."""
    points = f"{x},{y - size} {x + size},{y} {x},{y + size} {x - size},{y}"
    return Markup('<polygon points="{}" class="{}"/>').format(points, style)


def shortened(text: str, most: int) -> str:
    """A text on one line, cut to so many characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
