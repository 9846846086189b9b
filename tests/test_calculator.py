"""The calculator of the command line: one printed row, every method."""

from __future__ import annotations

import json

import pytest

from counterproof._calculator import ci, p
from counterproof.kb.errors import UsageError


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_counts_with_a_printed_bound(capsys: pytest.CaptureFixture[str]) -> None:
    assert p(["4/7", "100/100"], printed="<0.001") == 0
    text = told(capsys)
    assert "Fisher's exact test (standard)" in text
    assert "verdict   consistent" in text
    assert "alpha 0.05" in text


def test_means_with_their_spread(capsys: pytest.CaptureFixture[str]) -> None:
    assert p(["59 (8.1) n=40", "60 (9) n=38"], printed="0.47") == 0
    assert "Welch's t (standard)" in told(capsys)
    assert p(["59 ± 8.1, n = 40", "66 ± 9 (n=38)"], printed="0.47") == 1
    assert "different sides of 0.05" in told(capsys)


@pytest.mark.parametrize(
    "arms", [["4 of 20", "10 of 20"], ["20% n=20", "50 % (20)"], ["4:16", "10:10"], ["10.2 SE 0.4 n=20", "11.9 SE 0.5 n=20"]]
)
def test_ways_to_write_an_arm(arms: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert p(arms, printed="0.0001") == 1
    assert "inconsistent" in told(capsys).replace("decision error", "inconsistent")


def test_a_declared_test_binds(capsys: pytest.CaptureFixture[str]) -> None:
    assert p(["4/20", "10/20"], printed="0.047", declared="fisher") == 0
    text = told(capsys)
    assert "(declared)" in text
    assert "other method" in text


def test_an_interval_as_a_ratio_and_where_the_scale_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert ci(["1.18", "0.30", "2.89"], printed="0.028", effect="hr") == 1
    assert "decision error" in told(capsys)
    assert ci(["1.18", "0.30", "2.89"], printed="0.028") == 0
    text = told(capsys)
    assert "taken as a ratio" in text
    assert "taken as a difference" in text
    assert ci(["−0.5", "−1.0", "0.2"], printed="0.1") == 0


def test_json_has_every_method(capsys: pytest.CaptureFixture[str]) -> None:
    p(["4/7", "100/100"], printed="<0.001", format="json")
    (one,) = json.loads(told(capsys))
    assert one["verdict"] == "consistent"
    assert {"fisher", "chi_squared"} <= {r["method"] for r in one["recomputed"]}


@pytest.mark.parametrize(
    ("arms", "printed", "word"),
    [(["4/7"], "0.1", "two arms"), (["4/7", "x"], "0.1", "not understood"), (["8/7", "1/2"], "0.1", "cannot be"),
     (["4/7", "3 (1) n=4"], "0.1", "different ways"), (["4/7", "1/7"], "soon", "not a P-value")],
)  # fmt: skip
def test_what_is_not_understood_is_told(arms: list[str], printed: str, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        p(arms, printed=printed)


@pytest.mark.parametrize(("values", "word"), [(["1", "x", "2"], "not a number"), (["1", "3", "2"], "above the upper one")])
def test_intervals_that_are_none(values: list[str], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        ci(values, printed="0.1")
