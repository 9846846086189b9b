"""The forms of printed statistics, and the shortcuts that pass over what begins none."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract.prose import claim_forms, forms, matching, tokens
from counterproof.extract.prose.words import word_number

Tried = Callable[..., None]

PLAIN = re.compile(forms._WORD)
MARK = re.compile(forms._MARK)
OTHERS = [(tag, expression) for tag, expression in forms.FORMS if tag not in ("WORDS", "WORD", "MARK")]


PASSED_OVER = re.compile(r"[A-Za-z]s?df\b")
"""Printed so, without a space, the letters of a statistic are read as a word."""
MIXED = re.compile(r"[a-z][A-Z]")
"""No paper prints ``sQuare``."""


@pytest.mark.parametrize("expression", [form for _, form in OTHERS], ids=[f"{tag}-{i}" for i, (tag, _) in enumerate(OTHERS)])
def test_no_form_begins_with_a_plain_word_or_mark(expression: str, tried: Tried) -> None:
    form = re.compile(expression)

    def printed(text: str) -> None:
        for hit in form.finditer(text):
            assert PASSED_OVER.match(hit[0]) or MIXED.search(hit[0]) or not PLAIN.match(text, hit.start())
            assert not MARK.match(text, hit.start())

    tried(expression, printed, 30)


@given(st.from_regex(rf"(?:{forms._WORD})", fullmatch=True))
def test_a_plain_word_is_no_number(word: str) -> None:
    assert word_number(word) is None
    assert not tokens._word(word)[1]


def test_the_longest_stretch_of_words_is_that_of_the_patterns() -> None:
    assert matching._joints().words == 11  # "12 of these four patients who had a fever in winter (40%)"


def test_what_the_patterns_take_for_words_holds_no_number() -> None:
    found = tokens.tokens("The mean of all 12 patients (n = 4), in 7 of 9: 3.4 ± 1.2 mg; 95% CI 1 to 2, 5% (1–3) or 4 weeks [12] from two")
    assert {token.tag for token in found if token.parts}.isdisjoint(claim_forms.WORDS)
