"""The letters that are sought before an expression stand in every text that it finds, so that they pass over none."""

import re
from collections.abc import Callable

import pytest

from counterproof.extract import methods
from counterproof.extract.cues import Cue
from counterproof.extract.methods import alpha, names
from counterproof.extract.prose import bases, context, kinds, obstacles, subjects
from counterproof.kb.characters import folded

Tried = Callable[..., None]

CUES: list[Cue] = [
    *(rule.cue for _, rule in names._ALL),
    *alpha._FORMS,
    *(found for _, found in obstacles._CUES),
    *(value for module in (methods, context, bases, kinds, subjects) for value in vars(module).values() if isinstance(value, Cue)),
]
OTHER_SPACES = re.compile(r"[^\S \n\u202f]")
"""The text of a document has none of these."""


@pytest.mark.parametrize("sought", CUES, ids=lambda sought: sought.letters[0])
def test_what_a_cue_finds_has_some_of_its_letters(sought: Cue, tried: Tried) -> None:
    def found(text: str) -> None:
        text = OTHER_SPACES.sub(" ", text)
        small = folded(text)
        hit = sought.expression.search(text)
        assert hit is None or sought.search(text, small)
        assert len(small) == len(text)

    tried(sought.expression, found, 10)


@pytest.mark.parametrize("rule", [rule for _, rule in names._ALL], ids=lambda rule: rule.name)
def test_names_of_methods_are_sought_in_small_letters(rule: names.Rule) -> None:
    printed = rule.cue.expression.pattern.replace(r"\S", "").replace(r"\B", "").replace(r"\W", "").replace(r"\D", "")
    assert printed == folded(printed)
    assert all(letters == folded(letters) for letters in rule.cue.letters)
