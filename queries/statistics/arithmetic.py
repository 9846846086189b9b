"""Arithmetic that printed summaries must obey, one function a rule; none needs a test statistic.

Numbers come as printed (:class:`~counterproof.kb.numbers.ReportedNumber`), so that their decimals count. Each function is true
where the rule holds for some values that round, or are cut off, to what is printed: false is a proof that no data give them.
GRIM, GRIMMER and DEBIT hold only for whole numbers, or for sums and means of ``items`` of them.

Sources: Brown & Heathers (2017) SPPS 8:363 (GRIM); Anaya (2016), Allard (2018) (GRIMMER); Heathers & Brown (2019) (DEBIT);
Bhatia & Davis (2000) Am. Math. Mon. 107:353 (variance within a range).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from counterproof.kb.numbers import ReportedNumber, rounding_window, truncation_window

Window = tuple[float, float]


WAYS: tuple[Callable[[ReportedNumber], Window], ...] = (rounding_window, truncation_window)
"""How numbers come to be printed. Numbers that stand together are taken to be rounded all, or cut off all."""


def window(number: ReportedNumber) -> Window:
    """The least and greatest value that rounds or is cut off to what is printed."""
    rounded, cut = rounding_window(number), truncation_window(number)
    return min(rounded[0], cut[0]), max(rounded[1], cut[1])


def _sums(mean: Window, pieces: int) -> range:
    """The whole-number sums of ``pieces`` whole numbers whose mean lies in the window."""
    low, high = mean
    return range(math.ceil(low * pieces - 1e-9), math.floor(high * pieces + 1e-9) + 1)


def grim(mean: ReportedNumber, n: int, items: int = 1) -> bool:
    """Whether ``n`` whole numbers (or means of ``items`` each) can have this mean."""
    return len(_sums(window(mean), n * items)) > 0


def grimmer(mean: ReportedNumber, sd: ReportedNumber, n: int, items: int = 1) -> bool:
    """Whether ``n`` whole numbers (or means of ``items`` of them) can have this mean and this SD (divisor n − 1).

    The sum of squares must be whole, odd or even as the sum is, and no less than that of numbers as equal as the sum allows.
    """
    return any(_grimmer(way(mean), way(sd), n, items) for way in WAYS)


def _grimmer(mean: Window, sd: Window, n: int, items: int) -> bool:
    low, high = max(sd[0], 0.0) * items, sd[1] * items
    for total in _sums(mean, n * items):
        whole, rest = divmod(total, n)
        least = (n - rest) * whole**2 + rest * (whole + 1) ** 2
        first = max(math.ceil((n - 1) * low**2 + total**2 / n - 1e-6), least)
        last = math.floor((n - 1) * high**2 + total**2 / n + 1e-6)
        first += (first - total) % 2
        if first <= last:
            return True
    return False


def debit(mean: ReportedNumber, sd: ReportedNumber, n: int) -> bool:
    """Whether ``n`` zeros and ones can have this mean and this SD (divisor n − 1)."""
    if n < 2:
        return True
    for way in WAYS:
        low, high = way(sd)
        spreads = [math.sqrt(ones * (n - ones) / (n * (n - 1))) for ones in _sums(way(mean), n) if 0 <= ones <= n]
        if any(low - 1e-9 <= spread <= high + 1e-9 for spread in spreads):
            return True
    return False


def mean_within_range(mean: ReportedNumber, least: ReportedNumber | None, greatest: ReportedNumber | None) -> bool:
    """Whether the mean can lie between the least and the greatest value."""
    low, high = window(mean)
    return not ((least and high < window(least)[0]) or (greatest and low > window(greatest)[1]))


def sd_within_range(
    sd: ReportedNumber, least: ReportedNumber, greatest: ReportedNumber, n: int, mean: ReportedNumber | None = None
) -> bool:
    """Whether ``n`` values in this range (with this mean) can vary so much: SD² ≤ n/(n − 1) (mean − least)(greatest − mean)."""
    if n < 2:
        return True
    a, b = window(least)[0], window(greatest)[1]
    middle = (a + b) / 2
    if mean:
        low, high = window(mean)
        middle = min(max(middle, low), high)
    most = max((middle - a) * (b - middle), 0.0) * n / (n - 1)
    return max(window(sd)[0], 0.0) <= math.sqrt(most) + 1e-9


def in_order(numbers: Sequence[ReportedNumber | None]) -> bool:
    """Whether the printed numbers can rise: least, lower quartile, median, upper quartile, greatest; or limit, estimate, limit."""
    printed = [number for number in numbers if number is not None and number.value is not None]
    return not any(_above(printed[i], printed[j]) for j in range(len(printed)) for i in range(j))


def _above(one: ReportedNumber, other: ReportedNumber) -> bool:
    """Whether a number lies above another for sure; rounding keeps the order of numbers with equal decimals."""
    if one.decimals == other.decimals:
        return float(one.value or 0.0) > float(other.value or 0.0)
    return window(one)[0] > window(other)[1]


def probability(p: ReportedNumber) -> bool:
    """Whether a P-value can lie in [0, 1]."""
    if p.value is None:
        return True
    low, high = rounding_window(p)
    return high >= 0 and low <= 1 and 0 <= p.value <= 1


def percents_add_up(percents: Iterable[ReportedNumber], total: float = 100.0) -> bool:
    """Whether the percents of a partition can add up to ``total``."""
    windows = [window(percent) for percent in percents]
    return sum(low for low, _ in windows) <= total + 1e-9 and sum(high for _, high in windows) >= total - 1e-9


def percent_fits(count: int, base: int, percent: ReportedNumber) -> bool:
    """Whether ``count`` of ``base`` prints as this percent."""
    low, high = window(percent)
    return base > 0 and low - 1e-9 <= 100 * count / base <= high + 1e-9


def bases(count: int, percent: ReportedNumber, most: int = 100_000) -> range:
    """The bases of which ``count`` prints as this percent; those up to ``most`` where the percent sets no limit."""
    low, high = window(percent)
    if high <= 0:
        return range(max(count, 1), most + 1) if count == 0 else range(0)
    first = max(math.ceil(100 * count / high - 1e-9), count, 1)
    last = min(math.floor(100 * count / low + 1e-9), most) if low > 0 else most
    return range(first, last + 1)


def se_fits_sd(se: ReportedNumber, sd: ReportedNumber, n: int) -> bool:
    """Whether SE = SD/√n can hold."""
    (se_low, se_high), (sd_low, sd_high) = window(se), window(sd)
    root = math.sqrt(n)
    return sd_low <= se_high * root + 1e-9 and se_low * root <= sd_high + 1e-9
