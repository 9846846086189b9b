"""The pages of the docs: links and anchors hold, every page is on the site, and the examples of ``extending.md`` do what they say."""

from __future__ import annotations

import importlib.util
import logging
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from counterproof._library import open_evidence
from counterproof.extract import methods, prose, tables
from counterproof.extract.facts import Facts
from counterproof.kb import rows
from counterproof.kb.store import Reading
from counterproof.queries.audit import audit
from tests.queries.test_checks import BLANK

ROOT = Path(__file__).resolve().parent.parent
EXTENDING = (ROOT / "docs" / "extending.md").read_text("utf-8")


def test_the_site_builds_without_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A page that is in no menu, a link or an anchor that leads nowhere is a warning."""
    with caplog.at_level(logging.WARNING, "mkdocs"):
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site"), theme={"name": "mkdocs"}, strict=False))
    assert not [record.getMessage() for record in caplog.records]
    assert (tmp_path / "site" / "limits.html").exists()


def example(title: str) -> str:
    """The block of ``extending.md`` with this title."""
    found = re.search(rf'^```\w+ title="{re.escape(title)}"\n(.*?)^```$', EXTENDING, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def module(title: str, folder: Path) -> ModuleType:
    """The module of a block, loaded from a file."""
    path = folder / Path(title).name
    path.write_text(example(title), "utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_the_example_of_a_check_keeps_its_cases(tmp_path: Path) -> None:
    check = module("queries/checks/too_many.py", tmp_path)
    cases: list[dict[str, Any]] = yaml.safe_load(example("tests/checks/too_many.yml"))
    for case in cases:
        found = list(check.check([BLANK | row for row in case["rows"]]))
        expected = [one if isinstance(one, dict) else {"verdict": one} for one in case["expect"]]
        assert [finding.verdict for finding in found] == [one["verdict"] for one in expected], case["name"]
        assert all(one.get("says", "") in finding.message for finding, one in zip(found, expected, strict=True))


def test_the_example_of_a_parser_gives_a_finding(tmp_path: Path) -> None:
    parser = module("extract/markdown.py", tmp_path)
    data = example("trial.md").encode()
    assert parser.accepts(data)
    assert not parser.accepts(b"%PDF-1.7")
    facts = Facts(parser.parse(data, "trial.md"))
    methods.read_methods(facts)
    tables.read_tables(facts)
    prose.read_prose(facts)
    read = facts.build()
    document = read.document
    with open_evidence() as store:
        store.add([Reading(document.id, "trial.md", "1", document.status, document.problems, len(data), rows.tables(read))])
        (flag,) = audit(store.connection).flags
    assert (flag.check, flag.reported, flag.place.table) == ("p_from_counts", "0.41", "Table 1")
