"""What readers put right: a small file in TOML, each entry with who says so, when and why.

An entry names a number by its document, words of the sentence or row where it stands, and its printed text: never by a row of the store,
so that it holds for every later reading of the same paper.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from counterproof.kb.errors import UsageError
from counterproof.kb.evidence import Kind
from counterproof.kb.numbers import read_number

ENDING = ".corrections.toml"
"""What the name of a store's file of corrections adds to the store's own."""

LARGEST = 1 << 20
"""Bytes that a file of corrections may have: some thousand entries."""

CHANGES = ("kind", "value", "arm", "base")

_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*(correction|false_alarm)[ \t]*\]\]", re.MULTILINE)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)

    by: str = Field(min_length=1, max_length=200)
    on: date
    why: str = Field(min_length=1, max_length=2000)


class FalseAlarm(_Entry):
    """A flag that a reader has looked at and sets aside; with ``document`` it is told when the flag is no longer raised."""

    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    document: str | None = Field(default=None, min_length=1, max_length=500)


class Correction(_Entry):
    """What a reader puts right of one printed number.

    ``document`` is the beginning of its id (8 digits or more), its DOI or its file's name. ``occurrence`` tells like numbers of one
    quote apart, from 1. What is given of ``kind``, ``value``, ``arm`` and ``base`` takes the place of what was read.
    """

    document: str = Field(min_length=1, max_length=500)
    quote: str = Field(min_length=1, max_length=5000)
    number: str = Field(min_length=1, max_length=100)
    occurrence: int | None = Field(default=None, ge=1)
    table: str | None = None
    kind: Kind | None = None
    value: str | None = None
    arm: str | None = None
    base: str | None = None

    @field_validator("number", "value", "base", mode="before")
    @classmethod
    def _is_text(cls, value: object) -> object:
        if isinstance(value, int | float):
            raise ValueError(f'write it in quotes, "{value}": 4.5 and 4.50 are different prints')
        return value

    @field_validator("value", "base")
    @classmethod
    def _is_number(cls, value: str | None) -> str | None:
        if value is not None and read_number(value) is None:
            raise ValueError("not one printed number")
        return value

    @model_validator(mode="after")
    def _says_something(self) -> Correction:
        if all(getattr(self, name) is None for name in CHANGES):
            raise ValueError(f"says nothing to put right: give one or more of {', '.join(CHANGES)}")
        return self


Entry = Correction | FalseAlarm
_MODELS: dict[str, type[Correction] | type[FalseAlarm]] = {"correction": Correction, "false_alarm": FalseAlarm}


def beside(store: Path) -> Path:
    """Where the corrections of a store stand."""
    return store.with_name(store.name + ENDING)


def read_file(file: Path) -> tuple[Entry, ...]:
    """The entries of a file, in its order.

    Raises UsageError, with the line, for what is no correction.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror or error})") from error
    if len(data) > LARGEST:
        raise UsageError(f"{file}: larger than {LARGEST >> 20} MB, which no file of corrections is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(f"{file}, line {line}: not text in UTF-8") from error
    return parse(text, str(file))


def parse(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of a text in TOML; ``name`` names it in messages.

    Raises UsageError, with the line, for what is no correction.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_told(name, str(error), text.count("\n") + 1)) from error
    except (RecursionError, ValueError) as error:  # brackets nested without end; numbers of thousands of digits
        raise UsageError(f"{name}: no TOML that can be read ({type(error).__name__})") from error
    heads = [(hit[1], text.count("\n", 0, hit.start()) + 1) for hit in _HEAD.finditer(text)]
    for key, entries in content.items():
        if key not in _MODELS or not isinstance(entries, list):
            line = next((n for n, row in enumerate(text.splitlines(), 1) if key in row), 1)
            raise UsageError(f"{name}, line {line}: only [[correction]] and [[false_alarm]] are known, not {_short(key)}")
    found: list[tuple[int, Entry]] = []
    for key, model in _MODELS.items():
        lines = [line for head, line in heads if head == key]
        for number, entry in enumerate(content.get(key, [])):
            line = lines[number] if number < len(lines) else 1
            found.append((line, _entry(model, entry, f"{name}, line {line}")))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def _entry(model: type[Correction] | type[FalseAlarm], entry: Any, where: str) -> Entry:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        said = {"missing": "is missing", "extra_forbidden": "is not known here"}.get(
            first["type"], first["msg"].removeprefix("Value error, ")
        )
        if field == "kind":
            said = f"is none of {', '.join(get_args(Kind))}"
        raise UsageError(
            f"{where}: {_short(field) + ': ' if field and first['type'] == 'value_error' else _short(field) + ' ' if field else ''}{said}"
        ) from error


def written(entry: Entry) -> str:
    """An entry as it stands in a file."""
    head = "correction" if isinstance(entry, Correction) else "false_alarm"
    lines = [f"[[{head}]]"]
    said = entry.model_dump(exclude_none=True)
    for name in sorted(said, key=("by", "on", "why").__contains__):  # who, when and why come last
        value = said[name]
        lines.append(f"{name} = {value.isoformat() if isinstance(value, date) else value if isinstance(value, int) else _quoted(value)}")
    return "\n".join(lines) + "\n"


def entry_of(values: dict[str, Any]) -> Entry:
    """An entry from its values by name (the false alarm is the one with a fingerprint).

    Raises UsageError for what is no correction.
    """
    given = {name: value for name, value in values.items() if value is not None}
    return _entry(FalseAlarm if "fingerprint" in given else Correction, given, "correction")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _told(name: str, error: str, last: int) -> str:
    """A parser's message, with the line first."""
    error = error.replace(" (at end of document)", f" (at line {last}, column 1)")
    hit = re.search(r" \(at line (\d+), column \d+\)$", error)
    return f"{name}, line {hit[1]}: {error[: hit.start()]}" if hit else f"{name}: {error}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
