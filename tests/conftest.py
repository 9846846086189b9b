"""Fixtures that all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import counterproof
from counterproof.kb.dataset import Dataset

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real papers beside the checkout; tests that need it are skipped where it is missing."""
    folder = ROOT.parent / "shared"
    if not (folder / "papers").is_dir():
        pytest.skip("the folder of real papers (../shared) is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def demo() -> Iterator[Dataset]:
    """The demo's three papers, read and checked in memory."""
    with counterproof.datasets.load("rectal-demo") as data:
        yield data
