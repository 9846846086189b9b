"""Sentences, the people counted in them, and the times they print."""

import pytest

from counterproof.queries.sentences import counts, sentences
from counterproof.queries.times import months, months_behind, timeless


def test_sentences_survive_abbreviations() -> None:
    """``vs.`` and ``Fig.`` end no sentence."""
    text = "We saw 3 vs. 4 cases (Fig. 2 shows them). Then A. Smith came. It ended."
    assert [text[start : start + len(own)] for start, own in sentences(text)] == [own for _, own in sentences(text)]
    assert [own for _, own in sentences(text)] == ["We saw 3 vs. 4 cases (Fig. 2 shows them).", "Then A. Smith came.", "It ended."]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Of 1,436 women, 7 were excluded.", [1436, 7]),
        ("Thirty-nine patients and two controls came.", [39, 2]),
        ("Patients aged 18 to 65 years had 10 mg in 2009.", []),
        ("From 28 October 2009, 217 patients (44%) were seen in 16 centres.", [217]),
        ("Divided into 2 groups: 38 in the first and 37 in the second.", [38, 37]),
        ("A median of 3.5 and an HR of 0.5-1.2 in 12/40 of them.", []),
    ],
)
def test_counts(sentence: str, expected: list[int]) -> None:
    """Whole numbers that may count people, without ages, doses, dates, shares and names of groups."""
    assert [count.value for count in counts(sentence)] == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("3-year", 36.0), ("six months", 6.0), ("12 weeks", 12 * 84 / 365.25), ("1- to 3-year", 36.0), ("at discharge", None), (None, None)],
)
def test_months(printed: str | None, expected: float | None) -> None:
    """Time points in months."""
    assert months(printed) == pytest.approx(expected) if expected else months(printed) is None


def test_months_behind() -> None:
    """The unit may stand behind a bracket; a number that stands there twice has none."""
    found = months_behind("Median survival was 20.5 (range 0.7 to 93.4) months.", "20.5")
    assert found is not None
    assert found[0] == pytest.approx(20.45)
    assert found[1] == pytest.approx(20.55)
    assert months_behind("It was 2 years (2 in each arm).", "2") is None
    assert months_behind("It was 20.5 in all.", "20.5") is None


def test_timeless() -> None:
    """Names without their times are one outcome."""
    assert timeless("1-year overall survival") == timeless("Overall survival at 3 years")


def test_long_input_is_no_trouble() -> None:
    """Adversarial repetition ends."""
    assert counts("1" * 50000) == []
    assert [count.value for count in counts("ſix patients")] == [6]  # a long s is an s where case does not matter
    assert len(counts("twenty-" * 5000)) <= 5000
    assert len(list(sentences("So. " * 20000))) == 20000
