"""The generated pages of the docs are what the code says today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from counterproof.kb.dataset import Dataset
from counterproof.queries.checks import Check, all_checks

DOCS = Path(__file__).resolve().parent.parent / "docs"


def generate() -> ModuleType:
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(generate().PAGES))
def test_generated_pages_are_fresh(name: str, demo: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """`uv run python docs/generate.py` mends a failure."""
    module = generate()
    monkeypatch.setattr(module.living, "demo", lambda: demo)
    assert (DOCS / name).read_text("utf-8") == module.PAGES[name]()


def test_each_of_four_users_needs_three_commands_at_most() -> None:
    sections = (DOCS / "quickstart.md").read_text("utf-8").split("\n## A")[1:]
    commands = [sum(line.startswith("$ counterproof ") for line in section.splitlines()) for section in sections]
    assert len(commands) == 4
    assert all(1 <= number <= 3 for number in commands)


def test_the_cookbook_answers_ten_questions() -> None:
    text = (DOCS / "cookbook.md").read_text("utf-8")
    assert text.count("```sql") == text.count("```text") == 10
    assert "(0 rows)" not in text


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.id)
def test_every_check_says_its_limits_its_source_and_an_example(check: Check) -> None:
    """Add a paragraph to the docstring of the check's module."""
    for heading in ("Preconditions: ", "Example: ", "Reference: "):
        assert f"\n\n{heading}" in check.doc, f"{check.id} has no paragraph “{heading}…”"
    assert check.example
