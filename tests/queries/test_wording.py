"""What the words of a sentence claim, and where its numbers stand."""

import pytest

from counterproof.queries.wording import claim, positions, spoken, turns


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Pain was significantly lower with the drug (P = ", "significant"),
        ("There was a significant difference in pain (", "significant"),
        ("There was a statistically significant association (", "significant"),
        ("All three terms are significant (", "significant"),
        ("Pain did not differ between the arms (", "not_significant"),
        ("There was no significant difference (", "not_significant"),
        ("The difference was not statistically significant (", "not_significant"),
        ("There were no differences in age (", "not_significant"),
        ("A nonsignificant increase was seen (", "not_significant"),
        ("Pain was not only significantly lower (", None),
        ("Neither arm had significantly less pain (", None),
        ("There was a trend towards significantly less pain (", None),
        ("Clinically significant bleeding was seen (", None),
        ("It was significantly lower after adjustment (", None),
        ("P below 0.05 was considered significant (", None),
        ("Pain was lower (", None),
        ("There was no significant difference at entry, and at 3 months pain was less (", None),
        ("There was no significant difference in age but for a higher weight (", None),
        ("Pain was significantly lower, and nausea was the same (", None),
        ("The arms did not differ apart from age (", None),
    ],
)
def test_claim(words: str, expected: str | None) -> None:
    """Only plain words claim or deny significance."""
    assert claim(words) == expected


def test_turns() -> None:
    """A sentence that sets one statement against another is no plain one."""
    assert turns("lower in women but not in men")
    assert not turns("lower in women and men")


def test_spoken_words_stop_at_a_bracket() -> None:
    """A message quotes the telling words only."""
    assert spoken("There were no differences in age (P = 0.3") == "no differences in age"


def test_positions_need_one_fit() -> None:
    """Equal numbers of a sentence are told apart by their distance; where that is not enough there is no answer."""
    sentence = "A (P = 0.02) and B (P = 0.02)"
    assert positions(sentence, [(107, "0.02"), (124, "0.02")]) == [7, 24]
    assert positions(sentence, [(107, "0.02")]) is None
    assert positions(sentence, [(107, "0.03")]) is None


def test_long_input_is_no_trouble() -> None:
    """Adversarial repetition ends."""
    assert claim("not " * 20000 + "significant " * 20000) is None
