"""Every check against its named cases in tests/checks/<id>.yml, and against the rules that all checks keep."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterproof.queries.checks import Check, all_checks
from counterproof.queries.reasons import REASONS
from counterproof.queries.views import ORDER

CASES = Path(__file__).resolve().parent.parent / "checks"

BLANK: dict[str, Any] = {
    "document_id": "d", "aggregate_no": 0, "comparison_no": 0, "kind": None, "obstacle": None, "variable": "Outcome",
    "member_variable": None, "level": None, "arm": None, "arm_no": None, "arm_role": "arm", "arm_order": 0, "level_order": 0,
    "timepoint": None, "block": None, "partition": None, "table_no": 0, "table_label": "Table 1", "table_caption": "Outcomes", "row":
    1, "column": 1, "bases": [], "arm_n": None, "n": None, "count": None, "percent": None, "mean": None, "sd": None, "se": None,
    "median": None, "q1": None, "q3": None, "min": None, "max": None, "estimate": None, "effect": None, "ci_low": None, "ci_high":
    None, "ci_level": None, "statistic": None, "df": None, "p": None, "declared": None, "alpha": None, "ordered": None, "design":
    None, "method": None, "models": None, "table_notes": None, "confidence": 1.0, "quote": "", "section": "", "part": "results",
    "char_start": 0, "char_end": 1, "page": None, "x0": None, "top": None, "x1": None, "bottom": None,
}  # fmt: skip


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.fixture(scope="module")
def checks() -> dict[str, Check]:
    return {check.id: check for check in all_checks()}


@pytest.mark.parametrize(("check", "case"), cases())
def test_case(check: str, case: dict[str, Any], checks: dict[str, Check]) -> None:
    """The findings of the case's rows have the expected verdicts, reasons and words, in order."""
    shared = case.get("all", {})
    rows = [{**BLANK, **shared, "n": row.get("arm_n", shared.get("arm_n")), **row} for row in case["rows"]]
    found = list(checks[check].run(rows))
    assert [f.verdict for f in found] == [e["verdict"] if isinstance(e, dict) else e for e in case["expect"]], found
    for finding, expected in zip(found, case["expect"], strict=True):
        if isinstance(expected, dict):
            assert expected.get("says", "") in finding.message
            assert expected.get("reason", finding.reason) == finding.reason
            assert expected.get("changes_conclusion", finding.changes_conclusion) == finding.changes_conclusion


def test_every_check_has_cases_and_documentation(checks: dict[str, Check]) -> None:
    """A check without cases or documentation does not ship."""
    assert {path.stem for path in CASES.glob("*.yml")} == set(checks)
    for check in checks.values():
        assert check.title.endswith("."), check.id
        assert "Preconditions:" in check.doc, check.id
        assert "Reference:" in check.doc, check.id
        assert check.view in ORDER, check.id


def test_every_obstacle_is_worded() -> None:
    """A reason that the reading can give has words for people."""
    from typing import get_args

    from counterproof.kb.evidence import Obstacle

    assert set(get_args(Obstacle)) <= set(REASONS)
