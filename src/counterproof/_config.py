"""The configuration file: defaults of the options, in ``counterproof.toml`` or ``[tool.counterproof]`` of ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counterproof.kb.errors import UsageError

KEYS: dict[str, tuple[type, ...]] = {
    "select": (list,), "ignore": (list,), "baseline": (str,), "fail-on": (str,), "all": (bool,), "format": (str,), "store": (str,),
    "jobs": (int,), "timeout": (int, float), "wait": (int, float), "quiet": (bool,), "verbose": (bool,),
}  # fmt: skip
"""What may be configured, by the option's name, with the type of its value."""

PARAMETERS = {"all": "show_all"}
PATHS = frozenset({"baseline", "store"})
COMMANDS: dict[str, frozenset[str]] = {
    "audit": frozenset(KEYS),
    "extract": frozenset({"format", "jobs", "timeout", "quiet", "verbose"}),
    "add": frozenset({"store", "jobs", "timeout", "wait", "quiet", "verbose"}),
    "sql": frozenset({"store", "wait"}),
    "recompute": frozenset({"fail-on"}),
}
"""Which of them each command takes."""


def find(folder: Path) -> tuple[Path, dict[str, Any]] | None:
    """The nearest configuration in this folder or one above it: its file and its table."""
    for place in (folder, *folder.parents):
        file = place / "counterproof.toml"
        if file.is_file():
            return file, load(file)
        project = place / "pyproject.toml"
        if project.is_file():
            table = _toml(project).get("tool", {}).get("counterproof")
            if table is not None:
                return project, checked(project, table)
    return None


def load(file: Path) -> dict[str, Any]:
    """The configuration in this file."""
    whole = _toml(file)
    if file.name == "pyproject.toml":
        whole = whole.get("tool", {}).get("counterproof", {})
    return checked(file, whole)


def checked(file: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """The table if each key and type is known, paths taken from the file's folder; raises UsageError else."""
    found = {}
    for key, value in table.items():
        name = key.replace("_", "-")
        if name not in KEYS:
            raise UsageError(f"{file}: no option is named {key}; known: {', '.join(KEYS)}")
        if not isinstance(value, KEYS[name]) or (isinstance(value, bool) and bool not in KEYS[name]):
            raise UsageError(f"{file}: {key} must be {KEYS[name][-1].__name__}, not {value!r}")
        found[name] = str(file.parent / str(value)) if name in PATHS else value
    return found


def defaults(table: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """For each command the values of its parameters."""
    return {
        command: {PARAMETERS.get(key, key.replace("-", "_")): value for key, value in table.items() if key in keys}
        for command, keys in COMMANDS.items()
    }


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror or error})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not TOML ({error})") from error
