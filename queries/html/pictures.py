"""Pictures of P-values: what one comparison's methods allow, printed against recomputed over a paper, and how many of each size."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from counterproof.kb.finding import FLAGS, Finding, Recomputation
from counterproof.kb.numbers import p_window, read_number
from counterproof.queries.html.axes import (
    P_TICKS,
    SMALLEST_P,
    WIDTH,
    Axis,
    bar,
    diamond,
    line,
    p_axis,
    p_ticks,
    picture,
    shortened,
    tick_words,
    words,
)
from counterproof.queries.method_names import method_name
from counterproof.queries.telling import shown_set

MOST_METHODS = 10
BINS = 20


def window(printed: str, *, cut: bool = False) -> tuple[float, float] | None:
    """The P-values that a printed one may stand for, rounded or ``cut`` off; None where it cannot be read."""
    number = read_number(printed)
    if number is None or number.value is None:
        return None
    low, high = p_window(number, truncated=cut)
    return max(low, 0.0), min(high, 1.0)


def strict(finding: Finding) -> tuple[Recomputation, ...]:
    """The declared methods of a finding, or the standard ones where none is declared."""
    declared = tuple(r for r in finding.recomputed if r.role == "declared")
    return declared or tuple(r for r in finding.recomputed if r.role == "standard")


def meets(finding: Finding, one: Recomputation) -> bool:
    """Whether a method allows what is printed, rounded to its digits."""
    printed = window(finding.reported)
    return printed is not None and any(a <= printed[1] + 1e-9 and b >= printed[0] - 1e-9 for a, b in one.intervals)


def methods_picture(finding: Finding, key: str) -> Markup | None:
    """The printed P as a band across what each method allows; None where there is nothing to draw."""
    printed, methods = window(finding.reported), strict(finding)
    if printed is None or not methods:
        return None
    hits = [r for r in finding.recomputed if r not in methods and any(a <= printed[1] and b >= printed[0] for a, b in r.intervals)]
    rows = [*methods[:MOST_METHODS], *hits[:3]]
    axis, top = p_axis(12, WIDTH - 14, _decade_below([printed[0], *(low for r in rows for low, _ in r.intervals)])), 24.0
    bottom = top + 30 * len(rows)
    x0, x1 = axis.at(printed[0]), axis.at(printed[1])
    parts = [*p_ticks(axis, top, bottom), bar(x0 - 1.5, top, x1 - x0 + 3, bottom - top, "band")]
    parts.append(words(min(max((x0 + x1) / 2, 62), WIDTH - 62), 14, f"printed P {finding.reported}", "strong", "middle"))
    for position, method in enumerate(rows):
        y = top + 30 * position
        parts.append(words(12, y + 13, f"{shortened(method_name(method.method), 48)} ({method.role})"))
        for low, high in method.intervals[:40]:
            a, b = axis.at(low), axis.at(high)
            parts.append(bar(a - 1.5, y + 17, b - a + 3, 8, "misuse" if method.role == "misuse" else "allowed"))
    said = "; ".join(f"{method_name(r.method)} ({r.role}) allows {shown_set(r.intervals)}" for r in rows)
    return picture(bottom + 22, "What each method allows", f"Printed P {finding.reported}; {said}.", parts, key)


def _decade_below(values: Sequence[float]) -> float:
    """The power of ten below all values that are P-values and not bounds at 0; those that no paper prints count as 1e-12."""
    least = min((value for value in values if value > 0), default=1.0)
    return 10.0 ** math.floor(math.log10(max(least, 1e-12)))


def scatter(findings: Sequence[Finding], key: str) -> Markup | None:
    """Printed against recomputed P-values on logarithmic scales, each with its interval; None where there are fewer than two."""
    drawn = [(finding, printed) for finding in findings if strict(finding) and (printed := window(finding.reported)) is not None]
    if len(drawn) < 2:
        return None
    top, bottom = 24, 328
    x_axis, y_axis = p_axis(46, WIDTH - 14), p_axis(bottom, top)
    parts = [line(x_axis.at(SMALLEST_P), y_axis.at(SMALLEST_P), x_axis.at(1), y_axis.at(1), "diagonal")]
    for p in P_TICKS:
        x, y, style = x_axis.at(p), y_axis.at(p), "alpha" if p == 0.05 else "grid"
        parts += [line(x, top, x, bottom, style), line(46, y, WIDTH - 14, y, style)]
        parts += [words(x, bottom + 14, tick_words(p), "tick", "middle"), words(42, y + 4, tick_words(p), "tick", "end")]
    parts += [words(WIDTH / 2 + 16, bottom + 32, "printed P", "strong", "middle"), words(4, 12, "recomputed P", "strong")]
    for finding, printed in sorted(drawn, key=lambda one: one[0].verdict in FLAGS):
        parts.append(_point(finding, printed, x_axis, y_axis))
    flagged = sum(finding.verdict in FLAGS for finding, _ in drawn)
    told = f"{len(drawn)} P-values, {flagged} of them flagged (diamonds). Those that agree lie on the diagonal; bars: what is attainable."
    return picture(366, "Printed against recomputed P-values", told, parts, key)


def _point(finding: Finding, printed: tuple[float, float], x_axis: Axis, y_axis: Axis) -> Markup:
    middle = (printed[0] + printed[1]) / 2 if printed[0] else printed[1] / 2
    x, intervals = x_axis.at(middle), [i for r in strict(finding) for i in r.intervals]
    nearest = min((min(max(middle, low), high) for low, high in intervals), key=lambda p: abs(y_axis.at(p) - y_axis.at(middle)))
    style = "flag" if finding.verdict in FLAGS else "fine"
    y = y_axis.at(nearest)
    parts = [line(x_axis.at(printed[0]), y, x_axis.at(printed[1]), y, f"reach {style}")]
    parts += [line(x, y_axis.at(low), x, y_axis.at(high), f"reach {style}") for low, high in intervals[:40]]
    mark = diamond(x, y, 5, style) if style == "flag" else Markup('<circle cx="{}" cy="{}" r="3.5" class="fine"/>').format(x, y)
    said = f"printed {finding.reported}, recomputed {shown_set(intervals)}: {finding.verdict.replace('_', ' ')}"
    return Markup("<g><title>{}</title>{}{}</g>").format(said, Markup("").join(parts), mark)


def histogram(findings: Sequence[Finding], key: str) -> Markup | None:
    """How many P-values printed as equal lie in each twentieth; None where there are fewer than twenty."""
    values = [number.value for f in findings if f.comparison is not None and (number := read_number(f.reported)) is not None
              and number.value is not None and number.comparator == "=" and 0 <= number.value <= 1]  # fmt: skip
    if len(values) < BINS:
        return None
    counts = [0] * BINS
    for value in values:
        counts[min(int(value * BINS + 1e-9), BINS - 1)] += 1
    step = (WIDTH - 40) / BINS
    parts = [line(30, 150, WIDTH - 10, 150, "axis"), words(4, 12, f"P-values in each twentieth (most: {max(counts)})", "label")]
    for position, count in enumerate(counts):
        height = 125 * count / max(counts)
        parts.append(bar(30 + position * step + 1, 150 - height, step - 2, height, "allowed"))
    parts += [words(30 + share * (WIDTH - 40), 166, f"{share:g}", "tick", "middle") for share in (0, 0.25, 0.5, 0.75, 1)]
    told = f"{len(values)} P-values printed as equal to a number; {counts[0]} of them below 0.05."
    return picture(174, "Printed P-values", told, parts, key)
