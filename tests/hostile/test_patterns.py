"""No regular expression of ours takes longer than its text is long: each is timed on text made to be its worst."""

from __future__ import annotations

import re
from collections import deque

import pytest

from tests.hostile.patterns import Use, all_patterns
from tests.hostile.pumping import STEEP, adversarial, growth

PARTS = 4


@pytest.fixture(scope="module")
def patterns() -> list[Use]:
    return sorted(all_patterns(), key=lambda use: use.where)


@pytest.mark.parametrize("part", range(PARTS))
def test_searches_are_linear(patterns: list[Use], part: int) -> None:
    """A text five times as long takes about five times as long; a quadratic search would take 25 times."""
    steep = []
    for use in patterns[part::PARTS]:
        for search in use.searches():
            ratio, piece = growth(search, dict.fromkeys(adversarial(use.pattern)))
            if ratio > STEEP:
                steep.append(f"{use.where}: {ratio:.0f} times longer on {piece!r} for {use.pattern.pattern!r}")
    assert not steep, "\n".join(steep)


def test_every_module_is_looked_at(patterns: list[Use]) -> None:
    """The walk finds the patterns in tables and those within calls."""
    assert len(patterns) > 500
    assert {use.where.split(".")[1] for use in patterns} >= {"extract", "kb", "queries"}
    assert any(":" in use.where for use in patterns)


@pytest.mark.parametrize("slow", [r"\s+$", r"(a|aa)+$", r"\d+x", r"(?:x+x+)+y", r"\s*,?\s*b", r"fo[a-z ]*bar", r"[a-z]++-"])
def test_what_is_slow_is_found(slow: str) -> None:
    pattern = re.compile(slow)
    ratio, _ = growth(lambda text: deque(pattern.finditer(text), 0), adversarial(pattern))
    assert ratio > STEEP


@pytest.mark.parametrize("quick", [r"(?<!\s)\s+$", r"\d{1,30}x", r"(?<![a-z])[a-z]+!"])
def test_what_is_quick_is_let_pass(quick: str) -> None:
    pattern = re.compile(quick)
    assert growth(lambda text: deque(pattern.finditer(text), 0), adversarial(pattern))[0] < STEEP
