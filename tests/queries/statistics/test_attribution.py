"""Test attribution, the chance of acceptances, and explanations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from counterproof.kb.errors import UsageError
from counterproof.queries.statistics.attribution import attribute, promising
from counterproof.queries.statistics.engine import judge, read_rows
from counterproof.queries.statistics.explain import explain

# Figures of Ann Coloproctol 2019, tables 2 and 3: count by level of each group, printed P
ROWS: list[tuple[str, str, tuple[int, ...], tuple[int, ...]]] = [
    ("sex", "0.444", (4, 3), (71, 29)),
    ("stage", "0.431", (1, 5, 1), (5, 75, 20)),
    ("nodes", "0.850", (1, 1, 5), (11, 26, 63)),
    ("drug", "0.002", (4, 1, 2), (90, 7, 3)),
    ("procedure", "0.268", (1, 2, 1, 0), (56, 34, 7, 3)),
    ("sphincter", "0.344", (3, 1), (90, 10)),
    ("emergency", "0.843", (0, 4), (1, 99)),
]


def rows() -> pd.DataFrame:
    lines = []
    for key, p, early, control in ROWS:
        shared = {"id": key, "p": p, "declared": "chi_squared;fisher"}
        for arm, counts in (("early", early), ("control", control)):
            lines += [shared | {"arm": arm, "level": str(k), "n": str(sum(counts)), "count": str(c)} for k, c in enumerate(counts)]
    return pd.DataFrame(lines)


def test_one_undeclared_procedure_explains_a_paper() -> None:
    judgements = judge(rows())
    found = attribute(judgements)
    assert found.striking
    assert promising(judgements)
    assert found.best is not None
    assert (found.best.method, len(found.best.explained)) == ("student_t_on_codes", 7)
    assert found.declared_explained == ()
    assert found.sentence().startswith("7 of 7 P-values")


def test_declared_tests_that_explain_are_not_striking() -> None:
    data = rows()
    p = ["0.429", "0.443", "0.741", "0.021", "0.268", "0.365", "1.000"]
    data["p"] = data["id"].map(dict(zip(dict.fromkeys(data["id"]), p, strict=True)))
    judgements = judge(data)
    found = attribute(judgements)
    assert not found.striking
    assert not promising(judgements)
    assert found.best is not None
    assert found.best.method == "fisher"


def test_nothing_to_attribute() -> None:
    assert attribute([]).best is None
    assert not promising([])
    assert attribute([]).sentence() == "No P-value could be held against any test."


def test_explanation_can_be_followed() -> None:
    text = explain(rows())
    assert "Chi-squared = Σ (count − expected)² / expected = 1.126 with 2 degrees of freedom" in text
    assert "Student's t on the codes of the levels: 0.4312  <- the printed P" in text
    means = [{"id": "m", "arm": "a", "n": "20", "mean": "5.1", "sd": "1.2", "p": "0.002"},
             {"id": "m", "arm": "b", "n": "21", "mean": "6.3", "sd": "1.1", "p": "0.002"}]  # fmt: skip
    assert "Student's t = 1.2 / (1.15" in explain(pd.DataFrame(means))
    ratio = [{"id": "r", "effect": "hr", "estimate": "0.72", "ci_low": "0.55", "ci_high": "0.94", "p": "0.016"}]
    assert "Standard error = (ln 0.94 − ln 0.55) / (2 × 1.96)" in explain(pd.DataFrame(ratio))


def test_judgements_do_not_depend_on_company() -> None:
    """A comparison judged alone is judged as in a batch."""
    data = rows()
    together = {j.id: j for j in judge(data)}
    for key in np.unique(data["id"]):
        alone = judge(data[data["id"] == key])[0]
        assert (alone.verdict, alone.reason, alone.chance) == (together[key].verdict, together[key].reason, together[key].chance)
        for one, other in zip(alone.recomputed, together[key].recomputed, strict=True):
            assert (one.method, one.role) == (other.method, other.role)
            np.testing.assert_allclose(one.intervals, other.intervals, rtol=1e-10)


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "empty file"), ("arm,n\na,3\n", "no column 'id'"), ("id,colour\n1,red\n", "unknown column 'colour'"),
     ("id,p,p\n1,2,3\n", "stands twice"), ("id,arm\n1,a\n", "no column with numbers"), ("id,p\n1,2,3\n", "row 2 has 3 cells"),
     ('id,p\n1,"2\n', "not a CSV file")],
)  # fmt: skip
def test_faulty_files(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_rows(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_rows(tmp_path / "none.csv")
