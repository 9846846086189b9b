"""What is read of a shard's documents is kept beside memory where it is much, and is given back as it came."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counterproof import _spool
from counterproof._reading import Outcome
from counterproof._spool import spool


def outcome(number: int, body: bytes) -> Outcome:
    return Outcome(f"{number}.xml", str(number), "ok" if body else "failed", body=body, sizes={"evidence": len(body)} if body else {})


@pytest.mark.parametrize("in_memory", [1, 10, 1000])
def test_outcomes_come_back_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int) -> None:
    monkeypatch.setattr(_spool, "IN_MEMORY", in_memory)
    given = [outcome(number, os.urandom(length)) for number, length in enumerate([3, 0, 9, 40, 1, 0, 2])]
    with spool(tmp_path) as kept:
        for one in given:
            kept.keep(one)
        assert list(kept) == given
        assert kept.body(2) == given[2].body
        portions = list(kept.portions())
        assert [number for portion in portions for number in portion] == [0, 2, 3, 4, 6]
        assert all(len(portion) == 1 or sum(len(given[n].body) for n in portion) <= in_memory for portion in portions)
        kept.keep(given[0])
        assert list(kept) == [*given, given[0]]
    assert not list(tmp_path.iterdir())
