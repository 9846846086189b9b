"""Degrees of freedom that are set low (``F₂,₂₂``) are those of the statistic."""

from __future__ import annotations

import pytest

from counterproof.extract.prose.tokens import tokens


@pytest.mark.parametrize(
    ("text", "statistic", "df"),
    [
        ("F ₂,₂₂ = 12.85, p", "12.85", "₂,₂₂"),
        ("t₍₂₈₎ = 2.1, p", "2.1", "₂₈"),
        ("(t ₁₁ = 3.9, p", "3.9", "₁₁"),
        ("χ²₁ = 4.2, p", "4.2", "₁"),
    ],
)
def test_lowered_degrees_of_freedom(text: str, statistic: str, df: str) -> None:
    found = next(token for token in tokens(text) if token.tag == "STAT")
    assert {part.kind: part.number.text for part in found.parts} == {"statistic": statistic, "df": df}


def test_a_lowered_index_of_another_word_stays() -> None:
    assert all(token.tag != "STAT" for token in tokens("VO₂ was 12 and HbA₁c 7"))
