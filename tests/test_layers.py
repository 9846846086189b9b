"""One direction of flow: what may import what, and that the layout of the project is what it says."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {"extract": {"queries"}, "queries": {"extract"}, "kb": {"extract", "queries"}, "corpus": {"extract", "kb", "queries"}}


def imported(path: Path) -> set[str]:
    """The parts of counterproof that a module imports."""
    parts = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        parts |= {name.split(".")[1] for name in names if name.startswith("counterproof.")}
    return parts


@pytest.mark.parametrize("part", sorted(FORBIDDEN))
def test_parts_import_only_what_lies_below_them(part: str) -> None:
    """`extract` and `queries` do not know each other, and `kb` knows neither."""
    modules = list((ROOT / part).rglob("*.py"))
    assert modules
    offenders = {str(path.relative_to(ROOT)): bad for path in modules if (bad := imported(path) & FORBIDDEN[part])}
    assert not offenders


def test_no_top_level_name_is_imported_by_itself() -> None:
    """A user's own `extract.py` must not shadow ours: everything is imported as `counterproof.…`."""
    for part in FORBIDDEN:
        for path in (ROOT / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                    assert node.module.split(".")[0] not in FORBIDDEN, path


def test_links_of_the_package_lead_to_the_parts() -> None:
    """The package holds links, the code lies in the top folders."""
    for part in FORBIDDEN:
        link = ROOT / "src" / "counterproof" / part
        assert link.resolve() == (ROOT / part)


def test_continuous_integration_runs_the_readmes_test_line() -> None:
    """What the README tells a newcomer is what is run."""
    readme, script = (ROOT / "README.md").read_text("utf-8"), (ROOT / ".ci" / "run").read_text("utf-8")
    line = next(line for line in script.splitlines() if "pytest" in line and not line.startswith("#"))
    assert line in readme
