"""Text repair common to all formats."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract.repair import lower_superscripts, repair, repair_lines, subscript, superscript


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("𝑃 < 0.05, 𝑛 = 7", "P < 0.05, n = 7"),
        ("eﬃcacy of ﬁve", "efficacy of five"),
        ("2.1 × 10⁻⁵ and 28 kg/m²", "2.1 × 10⁻⁵ and 28 kg/m²"),
        ("0.30ᵃ", "0.30ᵃ"),
        ("2½ cups", "2½ cups"),
        ("１２．５％", "12.5%"),
        ("non‐small‑cell", "non-small-cell"),
        ("−0.5 59–75 — ", "−0.5 59–75 —"),
        ("P ˂ .01, P ‹ 0.05, ‹so›", "P < .01, P < 0.05, ‹so›"),
        ("a ⩽ b ≧ c", "a ≤ b ≥ c"),
        ("soft\u00adware and line\u00ad\nend", "software and lineend"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\uf0b1 5 \uf0b3 3, \uf061 = .05, \uf063\u00b2", "± 5 ≥ 3, α = .05, χ²"),
        ("\ud835\udc43 = .03", "P = .03"),
        ("10\u2009218 and 1\u00a0234\u00a0567", "10\u202f218 and 1\u202f234\u202f567"),
        ("45\u00a0%, 5\u200912 and 3\u00a01234", "45 %, 5 12 and 3 1234"),
        ("0∙5 and 0·91", "0·5 and 0·91"),
        ("a\t b\r\n c", "a b c"),
        ("Müller’s´", "Müller’s´"),
        ("  ", ""),
    ],
)
def test_characters_come_out_in_one_form(raw: str, text: str) -> None:
    assert repair(raw) == text


def test_lines_stay_apart_and_empty_ones_stay() -> None:
    assert repair_lines("\n10 (25) \r\n  30\u00a0(75)") == ["", "10 (25)", "30 (75)"]


@given(st.text())
def test_repairing_twice_changes_nothing(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@given(st.text(alphabet="0123456789.,<>=%±()[] -−–·ABCxyz"))
def test_no_printed_number_is_lost(text: str) -> None:
    assert repair(text) == " ".join(text.split())


@given(st.text(alphabet="0123456789+=()"))
def test_raising_and_lowering_are_inverse(text: str) -> None:
    assert lower_superscripts(superscript(text)) == text
    assert unicodedata.normalize("NFKC", subscript(text)) == text
