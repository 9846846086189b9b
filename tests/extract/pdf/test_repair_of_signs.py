"""Characters that a PDF decodes wrongly, and hyphens at line ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from counterproof.extract.pdf.chars import Chars, Style
from counterproof.extract.pdf.fonts import FontHabits
from counterproof.extract.pdf.geometry import View, Word
from counterproof.extract.pdf.habits import SignHabits
from counterproof.extract.pdf.hyphens import SOFT, settle_hyphens

Sheet = Any


def chars(*pieces: tuple[str, str]) -> Chars:
    """Characters in fonts: each piece is a text and its font's name."""
    fonts = sorted({font for _, font in pieces})
    code = [ord(c) for text, _ in pieces for c in text]
    style = [fonts.index(font) for text, font in pieces for _ in text]
    box = np.array([(5 * i, 8, 5 * i + 5, 0) for i in range(len(code))], np.float32)
    origin = np.zeros((len(code), 2))
    styles = [Style(font, 10.0, False, False, 0) for font in fonts]
    return Chars(np.array(code, np.uint32), box, origin, np.array(style, np.int32), styles)


def corrected(page: Chars) -> str:
    habits = FontHabits()
    habits.observe(page)
    habits.correct(page)
    return "".join(map(chr, page.code.tolist()))


def test_font_known_by_name() -> None:
    """Mathematical Pi holds signs on the keys of figures."""
    assert corrected(chars(("P", "Times"), (",", "MathematicalPi-One"), (".05 with 5", "Times"))) == "P<.05 with 5"


def test_font_known_by_impossible_readings() -> None:
    """A nameless font of nothing but such keys is convicted by readings that cannot be meant; figures of other fonts stay."""
    page = chars(("n", "T"), ("5", "X"), ("25, P", "T"), (",", "X"), ("0.05, n", "T"), ("5", "X"), ("35", "T"))
    assert corrected(page) == "n=25, P<0.05, n=35"


def test_font_of_figures_is_left_alone() -> None:
    """A font that also holds other figures is one of figures."""
    page = chars(("n", "T"), ("5", "X"), ("2 n", "T"), ("5", "X"), ("3", "T"), ("409", "X"))
    assert corrected(page) == "n52 n53409"


def test_glyphs_without_a_meaning_are_shown() -> None:
    """A control code that is drawn is a character that cannot be read, never nothing."""
    assert corrected(chars(("p ", "T"), ("\x04", "AdvP4C4E74x"), (" .05", "T"))) == "p \ufffd .05"


def view(*texts: str) -> View:
    words = [Word(text, 30.0 * i, 30.0 * i + 25, 10, 10, order=i) for i, text in enumerate(texts)]
    return View(1, 0, 600, 800, words)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["(P,0.05)", "P,.001", "n51,893"], ["(P<0.05)", "P<.001", "n51,893"]),
        (["P50.03", "(P5.04)", "n5126"], ["P=0.03", "(P=.04)", "n=126"]),
        (["P", "5", "0.03", "P", "5", ".2"], ["P", "=", "0.03", "P", "=", ".2"]),
        (["Po0.001", "Po0.05"], ["P<0.001", "P<0.05"]),
    ],
)
def test_habit_of_a_paper(texts: list[str], expected: list[str]) -> None:
    """Two impossible readings of a sign make a habit, which is then put right throughout."""
    page = view(*texts)
    habits = SignHabits([page])
    habits.repair(page.words)
    assert [word.text for word in page.words] == expected


@pytest.mark.parametrize("texts", [["P,0.05"], ["P=0.05", "P<0.01", "P,0.05", "P,0.04"], ["at", "5", "years", "n", "51"]])
def test_no_habit(texts: list[str]) -> None:
    """One slip, or a paper that writes its signs rightly elsewhere, is left as printed."""
    page = view(*texts)
    SignHabits([page]).repair(page.words)
    assert [word.text for word in page.words] == texts


def hyphenated(*lines: str) -> list[str]:
    words = [
        Word(text, 30.0 * i, 30.0 * i + 25, 10.0 + 12 * n, 10, order=10 * n + i)
        for n, line in enumerate(lines)
        for i, text in enumerate(line.split())
    ]
    settle_hyphens([View(1, 0, 600, 800, words)])
    return [word.text for word in words]


def test_soft_hyphen() -> None:
    """A word cut by the typesetter is written whole elsewhere, or nowhere in parts."""
    assert hyphenated("the treat-", "ment of a treatment")[1] == f"treat{SOFT}"


def test_hard_hyphens() -> None:
    """A compound that the paper hyphenates elsewhere, and ranges of numbers, keep theirs."""
    assert hyphenated("an open-", "label trial is open-label")[1] == "open-"
    assert hyphenated("aged 20-", "40 years")[1] == "20-"


def test_sign_repair_is_told(new_sheet: Callable[..., Sheet]) -> None:
    """A repaired paper says so among its problems."""
    sheet = new_sheet()
    sheet.prose(60, 500, 60, 5)
    sheet.text(60, 140, "The difference was significant (P,0.05), and so was the other one (P,0.001).", 10)
    document = sheet.read()
    assert "(P<0.05)" in document.text
    assert document.problems == ("a font decodes signs wrongly (such as = as 5): 2 characters put right",)
