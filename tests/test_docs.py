"""The generated pages of the docs are what the code says today."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_generated_pages_are_fresh() -> None:
    """`uv run python docs/generate.py` mends a failure."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not list(module.stale())
